//! The hits of a message by the place they stand in, and how they come onto the page.
//!
//! **Invariant:** each hit is marked where it stands, or hidden by something that says so; what is
//! marked is nothing but hits.

use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::mail::Message;
use crate::watch::CandidateNo;
use crate::watch::MessageHit;
use crate::watch::Place;
use crate::watch::Watchlist;
use std::ops::Range;

/// The hits of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    pub(super) watchlist: &'a Watchlist,
    pub(super) hits: &'a [MessageHit],
}

/// The hits of one text of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarksIn<'a> {
    all: Marks<'a>,
    /// The number of the first of them among the hits of the message.
    first: usize,
    hits: &'a [MessageHit],
}

impl<'a> Marks<'a> {
    /// Returns the hits that stand in a place.
    pub(super) fn within(self, place: Place) -> MarksIn<'a> {
        let first = self.hits.partition_point(|hit| hit.place < place);
        let end = self.hits.partition_point(|hit| hit.place <= place);
        MarksIn { all: self, first, hits: self.hits.get(first..end).unwrap_or_default() }
    }

    /// Returns the badges of candidates, each once, in the order of the watchlist: `L F`.
    fn badges(self, mut candidates: Vec<CandidateNo>) -> String {
        candidates.sort_unstable();
        candidates.dedup();
        let known = self.watchlist.candidates();
        let badges = candidates.iter().filter_map(|number| known.get(usize::from(number.0)));
        badges.map(|candidate| candidate.badge.to_string()).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> MarksIn<'a> {
    /// Adds words that begin at `offset` of the place's text, their hits marked.
    pub(super) fn say(self, page: &mut Writer, words: &str, offset: usize, meaning: Meaning) {
        page.say(words, meaning);
        self.mark(page, offset..offset + words.len());
    }

    /// Marks what was added to the page last: it stands there in the place's text.
    pub(super) fn mark(self, page: &mut Writer, range: Range<usize>) {
        for (number, hit) in self.touching(&range) {
            let (start, end) = (hit.range.start.max(range.start), hit.range.end.min(range.end));
            let within = start - range.start..end - range.start;
            page.mark_hit(number, range.len(), within, Meaning::Watch(hit.candidate));
        }
    }

    /// Hides the hits that begin in a range, and says whom they name: `, names L F`.
    pub(super) fn hide(self, page: &mut Writer, range: &Range<usize>) {
        let hidden: Vec<_> = self.touching(range).filter(|(_, hit)| hit.range.start >= range.start).collect();
        if hidden.is_empty() {
            return;
        }
        let badges = self.all.badges(hidden.iter().map(|(_, hit)| hit.candidate).collect());
        page.say(&format!(", names {badges}"), Meaning::Notice);
        for (number, _) in hidden {
            page.hide_hit(number);
        }
    }

    /// Returns the hits that reach into a range, with their numbers.
    fn touching(self, range: &Range<usize>) -> impl Iterator<Item = (usize, &'a MessageHit)> + use<'a> {
        let first = self.hits.partition_point(|hit| hit.range.end <= range.start);
        let end = range.end;
        let numbered = self.hits.iter().enumerate().skip(first);
        numbered
            .take_while(move |(_, hit)| hit.range.start < end)
            .map(move |(place, hit)| (self.first + place, hit))
    }
}

/// Returns the place in which the hits of each text of a message stand.
pub(super) fn places_of_texts(message: &Message) -> Vec<Place> {
    let mut others = (0..).map(Place::More);
    let place = |is_body: bool| if is_body { Some(Place::Body) } else { others.next() };
    message.texts.iter().map(|text| text.is_body).map(place).map(|it| it.unwrap_or(Place::Body)).collect()
}
