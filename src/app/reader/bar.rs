//! The scroll bar: how much of the message is seen, and where its hits lie out of sight.
//!
//! It lies on its side, in the title line: there it has the same place whether the reader has the screen for
//! itself or not, what one selects of the text with the mouse pastes without it, and a page further down
//! costs the few cells that its thumb leaves and comes to. A message that is seen as a whole has none.
//!
//! What it costs to make grows with its cells, and not with the message: in a long one hits are looked up by
//! the bytes before them, as blocks that are not seen have no rows.

use super::Reader;
use super::ReaderView;
use crate::app::meaning::Meaning;
use crate::app::page::PARTS;
use std::ops::Range;

/// What a cell of the bar shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BarCell {
    /// What is seen of the message lies here.
    pub is_seen: bool,
    /// The first hit that lies here out of sight: the badge of whom it names, or `*` for a word of the filter,
    /// on the thumb reversed, as the place is that one has come to.
    pub hit: Option<(char, Meaning)>,
}

/// A word of the filter.
const WORD: char = '*';

impl Reader {
    /// Returns the bar in so many cells; `None` where all of the message is seen.
    pub fn bar(&self, cells: usize) -> Option<Vec<BarCell>> {
        self.percent()?;
        let seen = self.thumb(cells);
        let mut bar: Vec<BarCell> =
            (0..cells).map(|cell| BarCell { is_seen: seen.contains(&cell), hit: None }).collect();
        if self.view != ReaderView::Text || self.hits.is_empty() {
            return Some(bar);
        }
        let (above, below) = self.hits_beyond();
        let in_sight = above..self.hits.len().saturating_sub(below);
        let before = self.hits_before_cells(cells);
        for ((cell, &start), &end) in bar.iter_mut().zip(&before).zip(before.iter().skip(1)) {
            let first = if in_sight.contains(&start) { in_sight.end } else { start };
            cell.hit = (first < end).then(|| self.sign_of(first, cell.is_seen)).flatten();
        }
        Some(bar)
    }

    /// Returns the cells that stand for what is seen: always as many, and the last of them at the end.
    fn thumb(&self, cells: usize) -> Range<usize> {
        let (top, height) = (self.top, self.height());
        let above = self.page.parts_above(top);
        let seen = self.page.parts_above(self.page.after(top, height)).saturating_sub(above);
        let length = ((seen * cells + PARTS / 2) / PARTS).max(1).min(cells);
        let last = cells - length;
        let start = if self.is_at_end() { last } else { (above * cells / PARTS).min(last) };
        start..start + length
    }

    /// Counts the hits before each cell, and all of them.
    fn hits_before_cells(&self, cells: usize) -> Vec<usize> {
        let mut before: Vec<usize> =
            (0..cells).map(|cell| self.hits_before_part(cell * PARTS / cells)).collect();
        before.push(self.hits.len());
        before
    }

    /// Returns the sign of the hit in this place on the page, as it is drawn on the thumb or beside it.
    fn sign_of(&self, place: usize, is_seen: bool) -> Option<(char, Meaning)> {
        let hit = self.hit_at(place)?;
        let badge = match hit.whom {
            Some(candidate) => self.watchlist.candidates().get(usize::from(candidate.0))?.badge,
            None => WORD,
        };
        Some((badge, hit.meaning(is_seen)))
    }
}
