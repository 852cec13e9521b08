//! Writing on one row of the screen, cell by cell and never past its end.
//!
//! Everything drawn passes through here, and here through `Printable`: what a message says cannot act
//! on the terminal, whoever forgets that it might.

use crate::app::geometry::Area;
use crate::app::meaning::Meaning;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::TextRange;
use crate::text::fit;
use crate::text::width;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Clear;
use ratatui::widgets::Sparkline;
use ratatui::widgets::Widget;

/// How a meaning looks.
pub type Look<'a> = &'a dyn Fn(Meaning) -> Style;

/// What is drawn on, and how meanings look there.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    look: Look<'a>,
}

/// A place on a row, and the room behind it.
pub struct Pen<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    x: u16,
    y: u16,
    end: u16,
}

impl<'b> Canvas<'b> {
    /// Draws on this buffer.
    pub fn new(buffer: &'b mut Buffer, look: Look<'b>) -> Self {
        Self { buffer, look }
    }

    /// Returns a pen at the start of a row of an area; one below it has no room.
    pub fn row(&mut self, area: Area, row: usize) -> Pen<'_, 'b> {
        let is_within = row < area.rows();
        let y = area.y + row.min(area.rows()) as u16;
        let end = if is_within { area.x + area.width } else { area.x };
        Pen { canvas: self, x: area.x, y, end }
    }

    /// Leaves nothing on an area.
    pub fn clear(&mut self, area: Area) {
        Clear.render(Rect { x: area.x, y: area.y, width: area.width, height: area.height }, self.buffer);
    }

    /// Draws numbers as bars over the cells of a row, each as high as it is beside the largest; what is
    /// not nothing is seen.
    pub fn sparkline(&mut self, area: Area, numbers: &[u32], meaning: Meaning) {
        let cells = usize::from(area.width);
        let sums: Vec<u64> = (0..cells).map(|cell| sum_of_cell(numbers, cell, cells)).collect();
        let largest = sums.iter().copied().max().unwrap_or(0).max(1);
        let eighths = sums.iter().map(|&sum| (sum * 8).div_ceil(largest));
        let bars = Sparkline::default().data(eighths).max(8).style((self.look)(meaning));
        bars.render(Rect { x: area.x, y: area.y, width: area.width, height: area.height }, self.buffer);
    }
}

/// Adds up the numbers that a cell of so many stands for.
fn sum_of_cell(numbers: &[u32], cell: usize, cells: usize) -> u64 {
    let (start, end) = (cell * numbers.len() / cells, (cell + 1) * numbers.len() / cells);
    numbers.iter().take(end).skip(start).map(|&number| u64::from(number)).sum()
}

impl Pen<'_, '_> {
    /// Returns the column it is at.
    pub fn x(&self) -> u16 {
        self.x
    }

    /// Gives stretches of a text that was written from this place on, in so many cells, a meaning of their
    /// own; what did not fit is left out.
    pub fn mark(&mut self, start: u16, text: &str, cells: u16, stretches: &[TextRange]) -> &mut Self {
        if stretches.is_empty() {
            return self;
        }
        let style = (self.canvas.look)(Meaning::Match);
        let end = start.saturating_add(cells).min(self.end);
        let is_cut = width(&Printable::new(text)) > Cells::from(end.saturating_sub(start));
        let end = end.saturating_sub(u16::from(is_cut));
        let place = |at: usize| {
            let before = width(&Printable::new(text.get(..at).unwrap_or_default())).as_u16();
            start.saturating_add(before).min(end)
        };
        for stretch in stretches {
            let (x, behind) = (place(stretch.start), place(stretch.end));
            let cells = Rect { x, y: self.y, width: behind.saturating_sub(x), height: 1 };
            self.canvas.buffer.set_style(cells, style);
        }
        self
    }

    /// Returns how many cells are left.
    pub fn room(&self) -> Cells {
        Cells::from(self.end.saturating_sub(self.x))
    }

    /// Leaves cells free.
    pub fn skip(&mut self, cells: u16) -> &mut Self {
        self.x = self.x.saturating_add(cells).min(self.end);
        self
    }

    /// Writes a text, as much as there is room for.
    pub fn text(&mut self, text: &str, meaning: Meaning) -> &mut Self {
        let fitted = fit(text, self.room());
        self.put(&fitted, meaning)
    }

    /// Writes a text into a column of so many cells; what it leaves free is not touched.
    pub fn column(&mut self, text: &str, cells: u16, meaning: Meaning) -> &mut Self {
        let start = self.x;
        let fitted = fit(text, Cells::from(cells).min(self.room()));
        self.put(&fitted, meaning);
        self.x = start.saturating_add(cells).min(self.end);
        self
    }

    /// Writes a text at the right of a column of so many cells.
    pub fn column_right(&mut self, text: &str, cells: u16, meaning: Meaning) -> &mut Self {
        let fitted = fit(text, Cells::from(cells).min(self.room()));
        self.skip(cells.saturating_sub(width(&fitted).as_u16())).put(&fitted, meaning)
    }

    /// Writes a text at the end of the row.
    pub fn at_end(&mut self, text: &str, meaning: Meaning) -> &mut Self {
        let fitted = fit(text, self.room());
        self.x = self.end.saturating_sub(width(&fitted).as_u16());
        self.put(&fitted, meaning)
    }

    /// Writes what is known to be safe; what does not fit is left out.
    pub fn put(&mut self, text: &Printable, meaning: Meaning) -> &mut Self {
        let style = (self.canvas.look)(meaning);
        let room = usize::from(self.end.saturating_sub(self.x));
        self.x = write(self.canvas.buffer, (self.x, self.y), text.as_str(), room, style);
        self
    }
}

/// Writes a text at a column and a row, in so many cells at most; returns the column behind it.
///
/// A glyph of two cells of which it covers the second is gone: half a glyph is none, and the drawing crate
/// tells two screens apart only where each glyph has its cells for itself.
pub fn write(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, room: usize, style: Style) -> u16 {
    if let Some(before) = x.checked_sub(1).and_then(|before| buffer.cell_mut((before, y)))
        && width(&Printable::new(before.symbol())) > Cells::from(1)
    {
        before.set_symbol(" ");
    }
    buffer.set_stringn(x, y, text, room, style).0
}
