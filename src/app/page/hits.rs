//! The hits on a sheet: where they are marked, and where one goes to see them.

use super::sheet::Mark;
use super::sheet::Sheet;
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

/// The hits of a sheet, in the order in which they stand on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HitMarks {
    /// Sorted, and none overlaps another, each with the number of the hit that begins there. A hit that goes
    /// over lines has several, and what is marked and not gone to has no number.
    pub(super) marks: Vec<(Option<usize>, Mark)>,
    stops: Vec<Stops>,
}

/// Hits that are gone to on one row, one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stops {
    hits: Range<usize>,
    row: usize,
    is_hidden: bool,
}

impl HitMarks {
    /// Marks a stretch of a row, where perhaps a hit begins.
    pub(super) fn mark(&mut self, begins: Option<usize>, range: Range<usize>, meaning: Meaning) {
        self.marks.push((begins, Mark { range, meaning }));
    }

    /// Notes hits that are hidden behind a row.
    pub(super) fn hide(&mut self, hits: Range<usize>, row: usize) {
        self.stops.push(Stops { hits, row, is_hidden: true });
    }

    /// Finds the rows of what was marked since the last time.
    pub(super) fn settle(&mut self, from: usize, row_of: impl Fn(usize) -> usize) {
        for (begins, mark) in self.marks.iter().skip(from) {
            let &Some(hit) = begins else { continue };
            let (hits, row) = (hit..hit + 1, row_of(mark.range.start));
            self.stops.push(Stops { hits, row, is_hidden: false });
        }
    }
}

impl Sheet {
    /// Returns every hit that begins on the sheet, seen or hidden, in its order.
    pub fn stops(&self) -> impl Iterator<Item = Stop> {
        self.hits.stops.iter().flat_map(|stops| {
            let &Stops { row, is_hidden, .. } = stops;
            stops.hits.clone().map(move |hit| Stop { hit, row, is_hidden })
        })
    }

    /// Returns where one goes to see a hit.
    pub fn stop_of(&self, hit: usize) -> Option<Stop> {
        let stops = self.hits.stops.iter().find(|stops| stops.hits.contains(&hit))?;
        Some(Stop { hit, row: stops.row, is_hidden: stops.is_hidden })
    }

    /// Counts the hits that are gone to above a row.
    pub fn stops_above(&self, row: usize) -> usize {
        self.hits.stops.iter().take_while(|stops| stops.row < row).map(|stops| stops.hits.len()).sum()
    }
}
