//! What goes to the terminal: the cells that changed, in as few bytes as it takes.
//!
//! Over a slow line every byte is waited for. The wire remembers what the terminal shows, so it can
//! tell when the rest of a row is blank (one erase), when it is cheaper to write the few cells between
//! two changes than to jump over them, and when nothing changed at all: then it writes nothing.
//!
//! Not here: deciding what changed (the drawing crate compares frames).

use super::cell_style::CellStyle;
use super::cell_style::is_blank;
use crate::app::geometry::Size as ScreenSize;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::width;
use ratatui::backend::Backend;
use ratatui::backend::ClearType;
use ratatui::backend::WindowSize;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::layout::Size;
use std::io;
use std::io::Write;

/// A gap of unchanged cells that is cheaper written again than jumped over.
const GAP_CELLS_WRITTEN: u16 = 3;

/// A run of blanks that is cheaper erased than written.
const BLANKS_ERASED: usize = 6;

/// The terminal's end of the drawing crate.
pub(super) struct Wire<W> {
    output: W,
    pending: Vec<u8>,
    size: Size,
    /// What the terminal shows.
    shown: Vec<Cell>,
    /// Where its cursor is, where that is certain.
    at: Option<Position>,
    style: CellStyle,
    is_cursor_shown: bool,
}

impl<W: Write> Wire<W> {
    /// Writes to a terminal of this size that shows nothing, and has the cursor hidden.
    pub(super) fn new(output: W, size: ScreenSize) -> Self {
        let mut wire = Self {
            output,
            pending: Vec::new(),
            size: Size::default(),
            shown: Vec::new(),
            at: None,
            style: CellStyle::default(),
            is_cursor_shown: false,
        };
        wire.set_size(size);
        wire
    }

    /// Says that the terminal has another size.
    pub(super) fn set_size(&mut self, size: ScreenSize) {
        let size = Size { width: size.width, height: size.height };
        if size != self.size {
            self.size = size;
            self.shown = vec![Cell::default(); usize::from(size.width) * usize::from(size.height)];
        }
    }

    /// Says that the terminal has been taken anew.
    pub(super) fn cursor_is_hidden(&mut self) {
        self.is_cursor_shown = false;
        self.style = CellStyle::default();
        self.at = None;
    }

    fn place(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.size.width) + usize::from(x)
    }

    /// Remembers a cell; those that a wide glyph covers show nothing of their own.
    ///
    /// Returns how many cells it takes, and whether the next one shows the right half of a glyph that
    /// it cuts: terminals differ in what they make of a half.
    fn show(&mut self, place: usize, cell: &Cell) -> (u16, bool) {
        let cells = cells_of(cell);
        let cuts_a_glyph = self.shown.get(place + cells - 1).is_some_and(|before| cells_of(before) > 1);
        for (covered, shown) in self.shown.iter_mut().skip(place).take(cells).enumerate() {
            if covered == 0 {
                shown.clone_from(cell);
            } else {
                shown.reset();
            }
        }
        (cells as u16, cuts_a_glyph)
    }

    /// Writes the changes of one row, which ascend.
    fn write_row(&mut self, y: u16, columns: &[u16]) {
        let mut columns = columns.iter().copied().peekable();
        while let Some(x) = columns.next() {
            let blanks = self.blanks_from(x, y);
            let is_to_the_end = usize::from(x) + blanks >= usize::from(self.size.width);
            if is_to_the_end && blanks > 2 {
                self.go_to(x, y);
                self.set_blank_style();
                self.pending.extend_from_slice(b"\x1b[K");
                return;
            }
            self.fill_gap(x, y);
            self.go_to(x, y);
            if blanks >= BLANKS_ERASED {
                self.set_blank_style();
                let _ = write!(self.pending, "\x1b[{blanks}X");
                while columns.next_if(|&next| usize::from(next) < usize::from(x) + blanks).is_some() {}
                continue;
            }
            self.write_cell(x, y);
        }
    }

    /// Counts the cells from here on that show nothing.
    fn blanks_from(&self, x: u16, y: u16) -> usize {
        let row = self.shown.get(self.place(x, y)..self.place(0, y + 1)).unwrap_or_default();
        row.iter().take_while(|cell| is_blank(cell)).count()
    }

    /// Writes the few cells between the cursor and a column again, where that is cheaper than a jump.
    fn fill_gap(&mut self, x: u16, y: u16) {
        let Some(at) = self.at.filter(|at| at.y == y && at.x < x && x - at.x <= GAP_CELLS_WRITTEN) else {
            return;
        };
        let gap = self.shown.get(self.place(at.x, y)..self.place(x, y)).unwrap_or_default();
        let is_in_style = |cell: &Cell| {
            is_blank(cell) && !self.style.shows_on_blanks() || CellStyle::of(cell) == self.style
        };
        let is_cheap = gap.iter().all(|cell| cell.symbol().len() == 1 && is_in_style(cell));
        if is_cheap {
            let symbols: String = gap.iter().map(Cell::symbol).collect();
            self.pending.extend_from_slice(symbols.as_bytes());
            self.at = Some(Position { x, y });
        }
    }

    fn write_cell(&mut self, x: u16, y: u16) {
        let Some(cell) = self.shown.get(self.place(x, y)).cloned() else { return };
        if is_blank(&cell) {
            self.set_blank_style();
        } else {
            self.set_style(CellStyle::of(&cell));
        }
        self.pending.extend_from_slice(cell.symbol().as_bytes());
        let is_last = x + 1 >= self.size.width;
        let is_certain = !is_last && takes_one_cell_anywhere(cell.symbol());
        self.at = is_certain.then_some(Position { x: x + 1, y });
    }

    /// Moves the cursor, by the shortest way there is.
    fn go_to(&mut self, x: u16, y: u16) {
        let to = Position { x, y };
        if self.at == Some(to) {
            return;
        }
        let absolute = format!("\x1b[{};{}H", y + 1, x + 1);
        let way = match self.at {
            Some(at) if at.y == y && at.x + 1 == x => "\x1b[C".to_owned(),
            Some(at) if at.y == y && at.x < x => format!("\x1b[{}C", x - at.x),
            Some(at) if at.y == y && x == 0 => "\r".to_owned(),
            Some(at) if at.y + 1 == y && x == 0 => "\r\n".to_owned(),
            Some(at) if at.y + 1 == y && at.x == x => "\n".to_owned(),
            Some(at) if at.x == x => format!("\x1b[{}d", y + 1),
            _ => absolute.clone(),
        };
        let shortest = if way.len() < absolute.len() { way } else { absolute };
        self.pending.extend_from_slice(shortest.as_bytes());
        self.at = Some(to);
    }

    /// Makes sure that a blank shows nothing; most styles are not seen on one.
    fn set_blank_style(&mut self) {
        if self.style.shows_on_blanks() {
            self.set_style(CellStyle::default());
        }
    }

    fn set_style(&mut self, style: CellStyle) {
        if style != self.style {
            self.pending.extend_from_slice(self.style.way_to(style).as_bytes());
            self.style = style;
        }
    }

    fn show_cursor_if(&mut self, is_shown: bool) {
        if is_shown != self.is_cursor_shown {
            self.is_cursor_shown = is_shown;
            self.pending.extend_from_slice(if is_shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }
}

/// Returns whether every terminal agrees about the width of a glyph. Of others, wide or joined out of
/// several letters, one cannot be sure where they leave the cursor.
fn takes_one_cell_anywhere(symbol: &str) -> bool {
    symbol.chars().count() == 1 && width(&Printable::new(symbol)) == Cells(1)
}

/// Returns how many cells the glyph of a cell takes.
fn cells_of(cell: &Cell) -> usize {
    if cell.symbol().is_ascii() { 1 } else { width(&Printable::new(cell.symbol())).0.max(1) }
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut rows: Vec<(u16, Vec<u16>)> = Vec::new();
        for (x, y, cell) in content {
            let place = self.place(x, y);
            let (cells, cuts_a_glyph) = self.show(place, cell);
            if rows.last().is_none_or(|(row, _)| *row != y) {
                rows.push((y, Vec::new()));
            }
            let changed = [Some(x), Some(x + cells).filter(|&next| cuts_a_glyph && next < self.size.width)];
            if let Some((_, columns)) = rows.last_mut() {
                columns.extend(changed.into_iter().flatten());
            }
        }
        for (y, mut columns) in rows {
            columns.dedup();
            self.write_row(y, &columns);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_if(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_if(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.go_to(x, y);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.set_style(CellStyle::default());
        self.pending.extend_from_slice(b"\x1b[2J");
        self.shown.fill(Cell::default());
        self.at = None;
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let written = self.output.write_all(&self.pending);
        self.pending.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::style::Color;
    use ratatui::style::Modifier;
    use ratatui::style::Style;

    const SIZE: ScreenSize = ScreenSize { width: 20, height: 4 };

    /// A text, where it stands, and a style.
    type Stroke = (u16, u16, String, u8);

    fn style(number: u8) -> Style {
        match number {
            0 => Style::new(),
            1 => Style::new().fg(Color::Cyan),
            2 => Style::new().fg(Color::DarkGray),
            3 => Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            4 => Style::new().add_modifier(Modifier::UNDERLINED),
            _ => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// Wide letters in styles that do not show on blanks, or narrow ones in all: what is left of half a
    /// wide letter differs between terminals, and ours never has it underlined.
    fn frames() -> impl Strategy<Value = Vec<Vec<Stroke>>> {
        prop_oneof![
            frames_of("[ab ]{0,12}|漢字|é {5,20}x|e\u{301} a", 4),
            frames_of("[ab ]{0,12}|é {5,20}x", 6)
        ]
    }

    fn frames_of(text: &'static str, styles: u8) -> impl Strategy<Value = Vec<Vec<Stroke>>> {
        let stroke = (0u16..20, 0u16..4, text, 0..styles);
        proptest::collection::vec(proptest::collection::vec(stroke, 0..8), 1..6)
    }

    fn draw(terminal: &mut Terminal<Wire<Vec<u8>>>, strokes: &[Stroke]) -> Vec<u8> {
        let drawn = terminal.draw(|frame| {
            for (x, y, text, number) in strokes {
                frame.buffer_mut().set_stringn(*x, *y, text, usize::from(SIZE.width - x), style(*number));
            }
        });
        drawn.unwrap();
        std::mem::take(&mut terminal.backend_mut().output)
    }

    proptest! {
        /// However few bytes are written, the terminal shows each frame.
        #[test]
        fn the_terminal_shows_what_was_drawn(frames in frames()) {
            let mut terminal = Terminal::new(Wire::new(Vec::new(), SIZE)).unwrap();
            let mut screen = vt100::Parser::new(SIZE.height, SIZE.width, 0);
            for strokes in &frames {
                screen.process(&draw(&mut terminal, strokes));
                let mut afresh = Terminal::new(Wire::new(Vec::new(), SIZE)).unwrap();
                let mut expected = vt100::Parser::new(SIZE.height, SIZE.width, 0);
                expected.process(&draw(&mut afresh, strokes));
                for y in 0..SIZE.height {
                    for x in 0..SIZE.width {
                        let (seen, wanted) = (screen.screen().cell(y, x).unwrap(), expected.screen().cell(y, x).unwrap());
                        let is_blank = |cell: &vt100::Cell| cell.contents().trim().is_empty();
                        prop_assert!(seen.contents() == wanted.contents() || is_blank(seen) && is_blank(wanted),
                            "{x},{y}: {:?} and not {:?}", seen.contents(), wanted.contents());
                        prop_assert_eq!(seen.inverse(), wanted.inverse());
                        prop_assert_eq!(seen.underline(), wanted.underline());
                        prop_assert!(is_blank(wanted) || seen.fgcolor() == wanted.fgcolor() && seen.bold() == wanted.bold());
                    }
                }
                prop_assert_eq!(draw(&mut terminal, strokes), b"", "nothing changed");
            }
        }
    }
}
