//! Writing a block of a page, line by line.

use super::sheet::Mark;
use super::sheet::Piece;
use super::sheet::Place;
use super::sheet::Sheet;
use super::sheet::SheetRow;
use crate::app::meaning::Meaning;
use crate::text::Cells;
use crate::text::Line;
use crate::text::Printable;
use crate::text::width;
use crate::text::wrap_quoted;
use std::ops::Range;

/// A block that is being written, for a width.
#[derive(Debug)]
pub struct Writer {
    sheet: Sheet,
    width: usize,
    line: usize,
    body: Option<usize>,
    /// How many hits are marked on the lines that have ended.
    settled: usize,
    /// The hits that the line hides.
    hidden: Vec<Range<usize>>,
}

impl Writer {
    /// Begins a block for a width in cells.
    pub fn new(width: u16) -> Self {
        Self {
            sheet: Sheet::default(),
            width: usize::from(width).max(1),
            line: 0,
            body: None,
            settled: 0,
            hidden: Vec::new(),
        }
    }

    /// Returns the width it is written for.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Adds text to the line.
    pub fn say(&mut self, text: &str, meaning: Meaning) -> &mut Self {
        let start = self.sheet.text.len();
        self.sheet.text.push_str(text);
        self.mark(start, meaning);
        self
    }

    fn mark(&mut self, start: usize, meaning: Meaning) {
        let range = start..self.sheet.text.len();
        if meaning == Meaning::Plain || range.is_empty() {
            return;
        }
        match self.sheet.marks.last_mut() {
            Some(last) if last.meaning == meaning && last.range.end == start => last.range.end = range.end,
            _ => self.sheet.marks.push(Mark { range, meaning }),
        }
    }

    /// Adds text of the message that stands at a place of it.
    pub fn quote(&mut self, text: &str, place: Place, meaning: Meaning) -> &mut Self {
        self.sheet.pieces.push(Piece { on_sheet: self.sheet.text.len(), place });
        self.say(text, meaning)
    }

    /// Marks something in what was added to the line last: of its last `bytes`, those in `range`, where
    /// perhaps the hit of this number begins.
    pub fn mark_hit(&mut self, begins: Option<usize>, bytes: usize, range: Range<usize>, meaning: Meaning) {
        let start = self.sheet.text.len().saturating_sub(bytes);
        self.sheet.hits.mark(begins, start + range.start..start + range.end, meaning);
    }

    /// Notes that the line hides hits.
    pub fn hide_hits(&mut self, hits: Range<usize>) {
        self.hidden.push(hits);
    }

    /// Wraps what follows on the line below where it begins now, not below the line's start.
    pub fn hang(&mut self) -> &mut Self {
        self.body = Some(self.sheet.text.len());
        self
    }

    /// Ends the line, and wraps it.
    pub fn end_line(&mut self) {
        let body = self.body.take().unwrap_or(self.line);
        let lead = self.sheet.text.get(self.line..body).unwrap_or_default();
        let lead = width(&Printable::new(lead)).0.min(self.width / 2);
        let rest = self.sheet.text.get(body..).unwrap_or_default();
        let lines = wrap_quoted(rest, Cells(self.width - lead));
        self.push_row(self.line, body + lines.first().map_or(0, |line| line.range.end), 0..0, 0);
        for Line { prefix, indent, range } in lines.iter().skip(1) {
            let prefix = body + prefix.start..body + prefix.end;
            let hang = if prefix.is_empty() { indent.0 } else { 0 };
            self.push_row(body + range.start, body + range.end, prefix, lead + hang);
        }
        self.begin_line();
    }

    /// Ends the line, with whatever does not fit not seen.
    pub fn end_cut_line(&mut self) {
        self.push_row(self.line, self.sheet.text.len(), 0..0, 0);
        self.begin_line();
    }

    fn push_row(&mut self, start: usize, end: usize, prefix: Range<usize>, indent: usize) {
        let prefix = prefix.start as u32..prefix.end as u32;
        self.sheet.rows.push(SheetRow { range: start as u32..end as u32, prefix, indent: indent as u16 });
    }

    fn begin_line(&mut self) {
        let rows = &self.sheet.rows;
        let row_of = |at: usize| rows.partition_point(|row| row.range.start as usize <= at).saturating_sub(1);
        self.sheet.hits.settle(self.settled, row_of);
        self.settled = self.sheet.hits.marks.len();
        let last = rows.len().saturating_sub(1);
        for hits in self.hidden.drain(..) {
            self.sheet.hits.hide(hits, last);
        }
        self.sheet.text.push('\n');
        self.line = self.sheet.text.len();
    }

    /// Adds a quiet line that parts what follows from what was before, and names it.
    pub fn rule(&mut self, words: &str) {
        self.say(&format!("── {words} ──"), Meaning::Quiet).end_cut_line();
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.end_line();
    }

    /// Returns the block.
    pub fn finish(self) -> Sheet {
        self.sheet
    }
}
