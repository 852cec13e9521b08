//! The hits of a message by the place they stand in, and how they come onto the page.
//!
//! **Invariant:** each hit is marked where it stands, or hidden by something that says so; what is
//! marked is nothing but hits.

use crate::app::meaning::Meaning;
use crate::app::page::Part;
use crate::app::page::Writer;
use crate::mail::Message;
use crate::watch::CandidateNo;
use crate::watch::MessageHit;
use crate::watch::Place;
use crate::watch::Watchlist;
use std::collections::BTreeSet;
use std::ops::Range;

/// The hits of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    pub(super) watchlist: &'a Watchlist,
    pub(super) hits: &'a [MessageHit],
    /// The number of the hit that one has come to.
    pub(super) here: Option<usize>,
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

    /// Hides the hits from this attachment on.
    pub(super) fn hide_attachments(self, page: &mut Writer, from: usize) {
        let first = self.hits.partition_point(|hit| hit.place < Place::Attachment(from));
        self.hide(page, first..self.hits.len());
    }

    /// Hides hits behind the line, and says whom they name.
    fn hide(self, page: &mut Writer, hits: Range<usize>) {
        if hits.is_empty() {
            return;
        }
        let badges = self.badges(self.hits.get(hits.clone()).unwrap_or_default());
        page.say(&format!(", names {badges}"), Meaning::Notice);
        page.hide_hits(hits);
    }

    /// Returns the badges of whom hits name, each once, in the order of the watchlist: `L F`.
    fn badges(self, hits: &[MessageHit]) -> String {
        let named: BTreeSet<CandidateNo> = hits.iter().map(|hit| hit.candidate).collect();
        let known = self.watchlist.candidates();
        let badges = named.iter().filter_map(|number| known.get(usize::from(number.0)));
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
            let meaning = match self.all.here == Some(number) {
                true => Meaning::WatchHere(hit.candidate),
                false => Meaning::Watch(hit.candidate),
            };
            let part = Part { hit: number, begins: hit.range.start >= range.start };
            page.mark_hit(part, range.len(), within, meaning);
        }
    }

    /// Hides the hits that begin in a range, and says whom they name: `, names L F`.
    pub(super) fn hide(self, page: &mut Writer, range: &Range<usize>) {
        let first = self.hits.partition_point(|hit| hit.range.start < range.start);
        let end = self.hits.partition_point(|hit| hit.range.start < range.end);
        self.all.hide(page, self.first + first..self.first + end);
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

/// Returns the place in which the hits of a text of a message stand.
pub(super) fn place_of_text(message: &Message, number: usize) -> Place {
    match (message.body().is_some(), number) {
        (true, 0) => Place::Body,
        (true, number) => Place::More(number - 1),
        (false, number) => Place::More(number),
    }
}

/// Returns the number of the text whose hits stand in a place; `None` for a place that is no text.
pub(super) fn text_of_place(message: &Message, place: Place) -> Option<usize> {
    match place {
        Place::Body => Some(0),
        Place::More(number) => Some(number + usize::from(message.body().is_some())),
        _ => None,
    }
}
