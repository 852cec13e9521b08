//! The hits on a page: where they are marked, and where one goes to see them.

use super::Mark;
use super::Page;
use crate::app::meaning::Meaning;
use std::ops::Range;

/// A hit that is drawn, or that something drawn hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its number among the hits of the message.
    pub hit: usize,
    /// The row to go to.
    pub row: usize,
    /// It stands in what is folded there.
    pub is_hidden: bool,
}

/// The hits of a page, in the order in which they stand on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HitMarks {
    /// Sorted, and none overlaps another. A hit that goes over lines has several.
    pub(super) marks: Vec<(usize, Mark)>,
    stops: Vec<Stop>,
}

impl HitMarks {
    /// Marks a hit, or a part of one, on a row.
    pub(super) fn mark(&mut self, hit: usize, range: Range<usize>, meaning: Meaning) {
        self.marks.push((hit, Mark { range, meaning }));
    }

    /// Notes a hit that is hidden behind a row.
    pub(super) fn hide(&mut self, hit: usize, row: usize) {
        self.stops.push(Stop { hit, row, is_hidden: true });
    }

    /// Finds the rows of what was marked since the last time.
    pub(super) fn settle(&mut self, from: usize, row_of: impl Fn(usize) -> usize) {
        for (hit, mark) in self.marks.iter().skip(from) {
            if self.stops.last().is_none_or(|last| last.hit != *hit) {
                self.stops.push(Stop { hit: *hit, row: row_of(mark.range.start), is_hidden: false });
            }
        }
    }
}

impl Page {
    /// Returns every hit of the message that the page shows or hides, in the order of the page.
    pub fn stops(&self) -> &[Stop] {
        &self.hits.stops
    }

    /// Returns how many hits are marked.
    pub fn marked(&self) -> usize {
        self.hits.stops.iter().filter(|stop| !stop.is_hidden).count()
    }

    /// Gives the marks of one hit another meaning.
    pub fn set_meaning(&mut self, hit: usize, meaning: Meaning) {
        for (_, mark) in self.hits.marks.iter_mut().filter(|(marked, _)| *marked == hit) {
            mark.meaning = meaning;
        }
    }
}
