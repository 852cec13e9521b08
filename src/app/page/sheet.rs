//! One block of a page as it is laid out: one text, what its stretches mean, and where it wraps.
//!
//! Not here: which blocks there are (`reader`), and when they are laid out (`page`).

use super::hits::HitMarks;
use crate::app::meaning::Meaning;
use std::ops::Range;

/// A block of a page, laid out for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub(super) text: String,
    /// Sorted, and none overlaps another.
    pub(super) marks: Vec<Mark>,
    /// Drawn over the marks.
    pub(super) hits: HitMarks,
    pub(super) rows: Vec<SheetRow>,
    pub(super) pieces: Vec<Piece>,
}

/// A stretch of a sheet's text that means something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
}

/// One row of a sheet: a stretch of its text, and the cells left free before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetRow {
    pub(super) range: Range<u32>,
    /// Quote marks that are drawn again before a line that goes on.
    pub(super) prefix: Range<u32>,
    pub(super) indent: u16,
}

/// A stretch of a sheet's text that was copied from a text of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) on_sheet: usize,
    pub(super) place: Place,
}

/// A place in the texts of a message, whatever the width of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which text of the message.
    pub text: usize,
    /// The byte of its decoded text.
    pub offset: usize,
}

/// A row of a page, as it is to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine<'a> {
    /// The cells left free before it.
    pub indent: u16,
    /// The quote marks before a row that goes on.
    pub prefix: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Where what the text means changes, and to what; in bytes of `text`, ascending.
    changes: Vec<(usize, Meaning)>,
}

impl PageLine<'_> {
    /// Returns where in its text one meaning ends and the next begins.
    pub fn cuts(&self) -> Vec<usize> {
        self.changes.iter().map(|&(at, _)| at).collect()
    }

    /// Returns the meanings of the pieces between the cuts.
    pub fn meanings(&self) -> impl Iterator<Item = Meaning> {
        std::iter::once(Meaning::Plain).chain(self.changes.iter().map(|&(_, meaning)| meaning))
    }
}

impl Sheet {
    /// Returns how many rows it has.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Returns a row; one past the end is empty.
    pub fn row(&self, row: usize) -> PageLine<'_> {
        let Some(row) = self.rows.get(row) else { return PageLine::default() };
        let range = row.range.start as usize..row.range.end as usize;
        let text = self.text.get(range.clone()).unwrap_or_default();
        let prefix = self.text.get(row.prefix.start as usize..row.prefix.end as usize).unwrap_or_default();
        PageLine { indent: row.indent, prefix, text, changes: self.changes(&range) }
    }

    fn changes(&self, range: &Range<usize>) -> Vec<(usize, Meaning)> {
        let mut changes = Vec::new();
        let mut done = range.start;
        let hits = &self.hits.marks;
        let first = hits.partition_point(|(_, mark)| mark.range.end <= range.start);
        let seen = hits.iter().skip(first).map(|(_, mark)| mark);
        for hit in seen.take_while(|mark| mark.range.start < range.end) {
            add_changes(&self.marks, done..hit.range.start, &mut changes);
            done = hit.range.end.min(range.end);
            changes.push((hit.range.start.max(range.start), hit.meaning));
            changes.push((done, Meaning::Plain));
        }
        add_changes(&self.marks, done..range.end, &mut changes);
        changes.into_iter().map(|(at, meaning)| (at - range.start, meaning)).collect()
    }

    /// Returns the place in the message that the row shows, or the last one shown above it; `None` where
    /// there is none above.
    pub fn place_of(&self, row: usize) -> Option<Place> {
        let start = self.rows.get(row)?.range.start as usize;
        let piece = self.pieces.partition_point(|piece| piece.on_sheet <= start).checked_sub(1)?;
        let Piece { on_sheet, place } = *self.pieces.get(piece)?;
        Some(Place { offset: place.offset + (start - on_sheet), ..place })
    }

    /// Returns the row that shows a place in the message, or the nearest above it.
    pub fn row_of(&self, place: Place) -> usize {
        let piece = self.pieces.partition_point(|piece| piece.place <= place).saturating_sub(1);
        let Some(piece) = self.pieces.get(piece) else { return 0 };
        let next = self.pieces.partition_point(|next| next.on_sheet <= piece.on_sheet);
        let next = self.pieces.get(next);
        let on_sheet = piece.on_sheet + place.offset.saturating_sub(piece.place.offset);
        let on_sheet = next.map_or(on_sheet, |next| on_sheet.min(next.on_sheet.saturating_sub(1)));
        self.rows.partition_point(|row| row.range.start as usize <= on_sheet).saturating_sub(1)
    }
}

/// Adds where the meaning changes within a range, by marks that are sorted.
fn add_changes(marks: &[Mark], range: Range<usize>, changes: &mut Vec<(usize, Meaning)>) {
    if range.is_empty() {
        return;
    }
    let first = marks.partition_point(|mark| mark.range.end <= range.start);
    for mark in marks.iter().skip(first).take_while(|mark| mark.range.start < range.end) {
        changes.push((mark.range.start.max(range.start), mark.meaning));
        changes.push((mark.range.end.min(range.end), Meaning::Plain));
    }
}
