//! Tables: those of data in columns, those of layout one cell after the other.
//!
//! A table is written cell after cell first. If it then turns out to hold short texts side by side, and
//! no table, list or quote, its cells are put beside each other. It is gone over once, and never the
//! tables around it.

use super::Rendered;
use super::look::Look;
use crate::mail::TextRange;
use crate::text::Printable;
use crate::text::width;

/// A cell that is longer is prose.
const LONGEST_CELL: usize = 40;
/// In a table that is drawn with a border, cells are data though they be longer.
const LONGEST_BORDERED_CELL: usize = 72;
/// Wider tables would be wrapped, which is worse than one cell a line.
const WIDEST: usize = 100;
const MOST_CELLS: usize = 20_000;
const MOST_COLUMNS: usize = 24;
const GAP: usize = 2;

/// A table that is open.
#[derive(Debug)]
pub(super) struct Table {
    /// The text's length before it.
    start: usize,
    rows: Vec<Vec<Option<TextRange>>>,
    cells: usize,
    has_border: bool,
    is_layout: bool,
    look: Look,
}

/// What became of a cell: where its text was, and where it is now.
struct Moved {
    from: TextRange,
    to: usize,
}

impl Table {
    pub(super) fn begin(start: usize, has_border: bool, look: Look) -> Self {
        Self { start, rows: Vec::new(), cells: 0, has_border, is_layout: false, look }
    }

    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Notes a cell by where its text stands.
    pub(super) fn cell(&mut self, text: Option<TextRange>) {
        self.cells += 1;
        if self.cells > MOST_CELLS {
            self.is_layout = true;
            return;
        }
        if self.rows.is_empty() {
            self.begin_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(text);
        }
    }

    /// Notes that it holds more than cells of text.
    pub(super) fn is_layout(&mut self) {
        self.is_layout = true;
    }

    /// Puts the cells beside each other, if the table is one of data; returns whether it is.
    pub(super) fn put_into_columns(mut self, rendered: &mut Rendered) -> bool {
        self.rows.retain(|row| row.iter().any(Option::is_some));
        if self.is_layout || !self.holds_all(&rendered.text) {
            return false;
        }
        let Some(columns) = self.columns(&rendered.text) else { return false };
        let Some(written) = rendered.text.get(self.start..) else { return false };
        let line_ends = written.len() - written.trim_start_matches(['\n', '>', ' ']).len();
        let before = written.get(..line_ends).unwrap_or_default();
        let mut text = before.to_owned();
        // The first line has its quote marks and indent already.
        let prefix = "> ".repeat(self.look.quotes.into()) + &" ".repeat(self.look.indent.into());
        let mut moved = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                text.push('\n');
                text.push_str(&prefix);
            }
            self.write_row(row, &columns, &rendered.text, &mut text, &mut moved);
        }
        rendered.text.truncate(self.start);
        rendered.text.push_str(&text);
        move_ranges(rendered, self.start, &moved);
        true
    }

    /// Starts anew behind a caption, which stands before the first cell.
    pub(super) fn begin_behind(&mut self, caption_end: usize) {
        if self.cells == 0 {
            self.start = caption_end;
        }
    }

    /// Returns whether every word since its start stands in one of its cells.
    fn holds_all(&self, text: &str) -> bool {
        let mut end = self.start;
        let mut is_empty = |until: usize, next: usize| {
            let between = text.get(end..until);
            end = next;
            between.is_some_and(|it| it.trim_matches(['\n', '>', ' ']).is_empty())
        };
        let cells = self.rows.iter().flatten().flatten();
        cells.into_iter().all(|cell| is_empty(cell.start, cell.end)) && is_empty(text.len(), text.len())
    }

    /// Returns the width of each column; none where this is no table of data.
    fn columns(&self, text: &str) -> Option<Vec<usize>> {
        let longest = if self.has_border { LONGEST_BORDERED_CELL } else { LONGEST_CELL };
        let mut columns: Vec<usize> = Vec::new();
        let mut has_columns = false;
        for row in &self.rows {
            let is_title = row.iter().flatten().count() < 2;
            for (number, cell) in row.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let cells = text.get(cell.clone()).filter(|it| !it.contains('\n')).map(cells)?;
                if cells > longest && !is_title || number >= MOST_COLUMNS {
                    return None;
                }
                if columns.len() <= number {
                    columns.resize(number + 1, 0);
                }
                if let Some(column) = columns.get_mut(number).filter(|_| !is_title) {
                    *column = cells.max(*column);
                    has_columns = true;
                }
            }
        }
        let all: usize = columns.iter().filter(|&&column| column > 0).map(|column| column + GAP).sum();
        (has_columns && all <= WIDEST + GAP).then_some(columns)
    }

    fn write_row(
        &self,
        row: &[Option<TextRange>],
        columns: &[usize],
        old: &str,
        text: &mut String,
        moved: &mut Vec<Moved>,
    ) {
        let is_title = row.iter().flatten().count() < 2;
        let mut blanks = 0;
        for (cell, &column) in row.iter().zip(columns) {
            let words = cell.clone().and_then(|range| old.get(range)).unwrap_or_default();
            if let Some(from) = cell.clone() {
                text.push_str(&" ".repeat(if is_title { 0 } else { blanks }));
                moved.push(Moved { from, to: self.start + text.len() });
                text.push_str(words);
                blanks = 0;
            }
            let wide = if column == 0 { 0 } else { column + GAP };
            blanks += wide.saturating_sub(cells(words));
        }
    }
}

fn cells(text: &str) -> usize {
    width(&Printable::new(text)).0
}

/// Has links and hidden text follow the cells that they stand in.
fn move_ranges(rendered: &mut Rendered, start: usize, moved: &[Moved]) {
    let end = rendered.text.len();
    let place = |at: usize| {
        let next = moved.partition_point(|cell| cell.from.start <= at);
        let cell = next.checked_sub(1).and_then(|before| moved.get(before));
        cell.map_or(start, |cell| cell.to + (at - cell.from.start).min(cell.from.len()))
    };
    let links = rendered.links.iter_mut().rev().map(|link| &mut link.range);
    for range in links.take_while(|range| range.end > start) {
        *range = place(range.start.max(start)).min(end)..place(range.end).min(end);
    }
    for range in rendered.hidden.iter_mut().rev().take_while(|range| range.end > start) {
        let from = if range.start < start { range.start } else { place(range.start) };
        *range = from..place(range.end).min(end);
    }
}
