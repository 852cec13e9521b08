//! The hits of a message by the place they stand in, and how they come onto the page.
//!
//! A hit is a place that `n` goes to: where a candidate is named, or a word that a `body:` term of the filter
//! found. What the filter found in people, subject and names of attachments is marked too, and not gone to.
//! Where a candidate is named, that mark is drawn, whatever else was looked for there.
//!
//! **Invariant:** each hit is marked where it stands, or hidden by something that says so; what is
//! marked is nothing but hits and what the filter found.

use super::wording::Words;
use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Message;
use crate::mail::TextRange;
use crate::query::Search;
use crate::watch::CandidateNo;
use crate::watch::MessageHit;
use crate::watch::Place;
use crate::watch::Watchlist;
use std::collections::BTreeSet;
use std::ops::Range;

/// Where a candidate is named, or a word of the filter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) place: Place,
    /// Where, in bytes of the place's text.
    pub(super) range: TextRange,
    /// Who is named; nobody by a word of the filter.
    pub(super) whom: Option<CandidateNo>,
}

/// The hits of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks<'a> {
    pub(super) watchlist: &'a Watchlist,
    pub(super) hits: &'a [Hit],
    /// The number of the hit that one has come to.
    pub(super) here: Option<usize>,
    /// What the filter looks for.
    pub(super) search: Option<&'a Search>,
}

/// The hits of one text of a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct MarksIn<'a> {
    all: Marks<'a>,
    /// The number of the first of them among the hits of the message.
    first: usize,
    hits: &'a [Hit],
}

/// Returns the hits of a message in the order of their places, none overlapping another: of the words of the
/// filter those that lie where nobody is named.
pub(super) fn in_order(named: &[MessageHit], words: &Words) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(named.len() + words.0.len());
    let of_name =
        |hit: &MessageHit| Hit { place: hit.place, range: hit.range.clone(), whom: Some(hit.candidate) };
    let mut names = named.iter().map(of_name).peekable();
    for (place, range) in &words.0 {
        let ends_before = |hit: &Hit| (hit.place, hit.range.end) <= (*place, range.start);
        hits.extend(std::iter::from_fn(|| names.next_if(ends_before)));
        let is_free = names.peek().is_none_or(|name| (name.place, name.range.start) >= (*place, range.end));
        if is_free {
            hits.push(Hit { place: *place, range: range.clone(), whom: None });
        }
    }
    hits.extend(names);
    hits
}

impl Hit {
    pub(super) fn meaning(&self, is_here: bool) -> Meaning {
        match (self.whom, is_here) {
            (Some(candidate), false) => Meaning::Watch(candidate),
            (Some(candidate), true) => Meaning::WatchHere(candidate),
            (None, false) => Meaning::Match,
            (None, true) => Meaning::MatchHere,
        }
    }
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

    /// Hides hits behind the line, and says whom they name and how many the filter found.
    fn hide(self, page: &mut Writer, hits: Range<usize>) {
        if hits.is_empty() {
            return;
        }
        let hidden = self.hits.get(hits.clone()).unwrap_or_default();
        let badges = self.badges(hidden);
        if !badges.is_empty() {
            page.say(&format!(", names {badges}"), Meaning::Notice);
        }
        say_found(page, hidden.iter().filter(|hit| hit.whom.is_none()).count());
        page.hide_hits(hits);
    }

    /// Returns the badges of whom hits name, each once, in the order of the watchlist: `L F`.
    fn badges(self, hits: &[Hit]) -> String {
        let named: BTreeSet<CandidateNo> = hits.iter().filter_map(|hit| hit.whom).collect();
        let known = self.watchlist.candidates();
        let badges = named.iter().filter_map(|number| known.get(usize::from(number.0)));
        badges.map(|candidate| candidate.badge.to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// Says on a line how much the filter found in what is hidden there.
pub(super) fn say_found(page: &mut Writer, found: usize) {
    if found > 0 {
        page.say(&format!(", {} found", words::count(found as u64)), Meaning::Notice);
    }
}

impl<'a> MarksIn<'a> {
    /// Adds all of the place's text, or its beginning, with its hits marked, and what else the filter `found`
    /// in it: stretches in order.
    pub(super) fn say(self, page: &mut Writer, words: &str, found: Vec<TextRange>, meaning: Meaning) {
        page.say(words, meaning);
        let range = 0..words.len();
        let is_free = |found: &TextRange| self.touching(found).next().is_none();
        let within = |found: TextRange| found.start..found.end.min(range.end);
        let found = found.into_iter().filter(is_free).map(within).filter(|found| !found.is_empty());
        let hits = self.touching(&range).map(|(number, hit)| self.mark_of(number, hit, &range));
        let mut marks: Vec<_> = found.map(|range| (range, None, Meaning::Match)).chain(hits).collect();
        marks.sort_by_key(|(range, ..)| range.start);
        for (within, begins, meaning) in marks {
            page.mark_hit(begins, range.len(), within, meaning);
        }
    }

    /// Marks what was added to the page last: it stands there in the place's text. Of a hit that goes on in it
    /// the first `lead` bytes are left out.
    pub(super) fn mark(self, page: &mut Writer, range: Range<usize>, lead: usize) {
        for (number, hit) in self.touching(&range) {
            let (within, begins, meaning) = self.mark_of(number, hit, &range);
            let start = if begins.is_some() { within.start } else { within.start.max(lead) };
            if start < within.end {
                page.mark_hit(begins, range.len(), start..within.end, meaning);
            }
        }
    }

    /// Returns where a hit stands in a stretch, its number if it begins there, and what it means.
    fn mark_of(self, number: usize, hit: &Hit, stretch: &TextRange) -> (TextRange, Option<usize>, Meaning) {
        let (start, end) = (hit.range.start.max(stretch.start), hit.range.end.min(stretch.end));
        let begins = (hit.range.start >= stretch.start).then_some(number);
        (start - stretch.start..end - stretch.start, begins, hit.meaning(self.all.here == Some(number)))
    }

    /// Hides the hits that begin in a range, and says whom they name: `, names L F`.
    pub(super) fn hide(self, page: &mut Writer, range: &Range<usize>) {
        let first = self.hits.partition_point(|hit| hit.range.start < range.start);
        let end = self.hits.partition_point(|hit| hit.range.start < range.end);
        self.all.hide(page, self.first + first..self.first + end);
    }

    /// Returns the hits that reach into a range, with their numbers.
    fn touching(self, range: &Range<usize>) -> impl Iterator<Item = (usize, &'a Hit)> + use<'a> {
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
