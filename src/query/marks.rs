//! Which letters of what is shown a query found.
//!
//! Only rows on screen are asked, so the fuzzy matcher itself says where its letters stand: a fresh one for
//! each row, since what it saw before changes what it says. Its places in the folded haystack lead back to
//! whole characters of the name, the address or the subject that they came from.

use super::field::TextField;
use super::fuzzy::Needle;
use super::search::Search;
use crate::corpus::Kept;
use crate::corpus::Person;
use crate::mail::Role;
use crate::mail::TextRange;
use crate::text::Between;
use crate::text::FoldMap;
use crate::text::fold_with_map;

/// A text of a message's header; people are counted in the order in which they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// The name of this person.
    Name(usize),
    /// The address of this person.
    Address(usize),
    /// The subject.
    Subject,
}

/// Letters that a query found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The text that they stand in.
    pub piece: Piece,
    /// Where in it, as whole characters.
    pub range: TextRange,
}

/// A piece, and its place in the folded haystack.
struct Folded<'a> {
    piece: Piece,
    role: Option<Role>,
    text: &'a str,
    map: FoldMap,
    place: TextRange,
}

impl Search {
    /// Returns the letters of a message's people and subject that the query found, in order, none twice.
    pub fn marks(&self, kept: Kept<'_>) -> Vec<Mark> {
        self.marks_in(&kept.people().collect::<Vec<_>>(), kept.subject())
    }

    /// Returns the same of people and a subject, wherever they are shown.
    pub fn marks_in(&self, people: &[(Role, Person<'_>)], subject: &str) -> Vec<Mark> {
        let (pieces, haystack) = folded_pieces(people, subject);
        let mut marks = Vec::new();
        for needle in self.needles() {
            for found in places_of(needle, &haystack) {
                marks.extend(pieces.iter().filter_map(|piece| piece.mark(&found)));
            }
        }
        for (place, matcher) in self.matchers() {
            for piece in pieces.iter().filter(|piece| place.looks_at(piece.role)) {
                let hits = matcher.hits(piece.text).into_iter();
                marks.extend(hits.map(|range| Mark { piece: piece.piece, range }));
            }
        }
        marks.sort_unstable_by_key(|mark| (mark.piece, mark.range.start));
        joined(marks)
    }

    /// Returns what the query's `file:` terms found in the name of an attachment, in order.
    pub fn file_name_hits(&self, name: &str) -> Vec<TextRange> {
        let names = self.matchers().into_iter().filter(|(place, _)| *place == TextField::File);
        in_order(names.flat_map(|(_, matcher)| matcher.hits(name)).collect())
    }

    /// Returns whether there are `body:` terms that a message may match by.
    pub fn looks_into_texts(&self) -> bool {
        self.matchers().iter().any(|(place, _)| *place == TextField::Body)
    }

    /// Returns what the query's `body:` terms found in a text, in order: the first so many of each. Nothing
    /// unless `goes_on` says so each time it is asked, which is after a few megabytes.
    pub fn body_hits_while(
        &self,
        text: &str,
        most: usize,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<TextRange>> {
        let mut hits = Vec::new();
        for (_, matcher) in self.matchers().into_iter().filter(|(place, _)| *place == TextField::Body) {
            hits.extend(matcher.hits_while(text, most, goes_on)?);
        }
        Some(in_order(hits))
    }
}

/// Puts stretches of a text in order, and joins those that overlap.
fn in_order(mut found: Vec<TextRange>) -> Vec<TextRange> {
    found.sort_unstable_by_key(|hit| (hit.start, hit.end));
    found.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        last.end = if overlaps { last.end.max(next.end) } else { last.end };
        overlaps
    });
    found
}

/// Folds every piece and joins them as the haystack of the index does.
fn folded_pieces<'a>(people: &[(Role, Person<'a>)], subject: &'a str) -> (Vec<Folded<'a>>, String) {
    let people = || people.iter().copied().enumerate();
    let senders = people().filter(|(_, (role, _))| *role == Role::From);
    let others = people().filter(|(_, (role, _))| *role != Role::From);
    let of_people = senders.chain(others).flat_map(|(place, (role, person))| {
        [(Piece::Name(place), Some(role), person.name), (Piece::Address(place), Some(role), person.address)]
    });
    let mut haystack = String::new();
    let mut pieces = Vec::new();
    let mut folded = Vec::new();
    for (piece, role, text) in of_people.chain([(Piece::Subject, None, subject)]) {
        let map = fold_with_map(text, Between::Names, &mut folded);
        if !haystack.is_empty() && !folded.is_empty() {
            haystack.push(' ');
        }
        let start = haystack.len();
        haystack.push_str(&String::from_utf8_lossy(&folded));
        pieces.push(Folded { piece, role, text, map, place: start..haystack.len() });
    }
    (pieces, haystack)
}

/// Where a fuzzy word stands: wherever its letters stand side by side, else where the matcher says.
fn places_of(needle: &Needle, haystack: &str) -> Vec<TextRange> {
    let side_by_side: Vec<TextRange> =
        haystack.match_indices(needle.folded()).map(|(at, found)| at..at + found.len()).collect();
    if side_by_side.is_empty() { needle.letters_in(haystack) } else { side_by_side }
}

impl Folded<'_> {
    /// Returns the letters of the piece that a stretch of the haystack was made of.
    fn mark(&self, found: &TextRange) -> Option<Mark> {
        let (start, end) = (found.start.max(self.place.start), found.end.min(self.place.end));
        let inside = start.checked_sub(self.place.start)?..end.checked_sub(self.place.start)?;
        if inside.start >= inside.end {
            return None;
        }
        Some(Mark { piece: self.piece, range: self.map.original(self.text, inside) })
    }
}

/// Joins marks that touch or overlap.
fn joined(marks: Vec<Mark>) -> Vec<Mark> {
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if last.piece == mark.piece && mark.range.start <= last.range.end => {
                last.range.end = last.range.end.max(mark.range.end);
            }
            _ => joined.push(mark),
        }
    }
    joined
}
