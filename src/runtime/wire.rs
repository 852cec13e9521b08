//! What goes to the terminal: the cells that changed, in as few bytes as it takes.
//!
//! Over a slow line every byte is waited for. The wire remembers what the terminal shows, so it can
//! tell when the rest of a row is blank (one erase), when it is cheaper to write the few cells between
//! two changes than to jump over them, and when nothing changed at all: then it writes nothing.
//!
//! Not here: deciding what changed (the drawing crate compares frames).

use crate::app::geometry::Size as ScreenSize;
use ratatui::backend::Backend;
use ratatui::backend::ClearType;
use ratatui::backend::WindowSize;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::layout::Size;
use ratatui::style::Color;
use ratatui::style::Modifier;
use std::fs::File;
use std::io;
use std::io::Write;

/// A gap of unchanged cells that is cheaper written again than jumped over.
const GAP_CELLS_WRITTEN: u16 = 3;

/// A run of blanks that is cheaper erased than written.
const BLANKS_ERASED: usize = 6;

/// The terminal's end of the drawing crate.
pub(super) struct Wire {
    output: File,
    pending: Vec<u8>,
    size: Size,
    /// What the terminal shows.
    shown: Vec<Cell>,
    /// Where its cursor is, where that is certain.
    at: Option<Position>,
    style: CellStyle,
    is_cursor_shown: bool,
}

/// What of a cell's style we use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellStyle {
    colour: Color,
    attributes: Modifier,
}

impl Wire {
    /// Writes to a terminal of this size that shows nothing, and has the cursor hidden.
    pub(super) fn new(output: File, size: ScreenSize) -> Self {
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

    /// Writes the changes of one row, which ascend.
    fn write_row(&mut self, y: u16, columns: &[u16]) {
        let mut columns = columns.iter().copied().peekable();
        while let Some(x) = columns.next() {
            if self.at.is_some_and(|at| at.y == y && at.x > x) {
                continue;
            }
            let blanks = self.blanks_from(x, y);
            let is_to_the_end = usize::from(x) + blanks >= usize::from(self.size.width);
            if is_to_the_end && blanks > 2 {
                self.go_to(x, y);
                self.set_style(CellStyle::default());
                self.pending.extend_from_slice(b"\x1b[K");
                return;
            }
            self.fill_gap(x, y);
            self.go_to(x, y);
            if blanks >= BLANKS_ERASED {
                self.set_style(CellStyle::default());
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
        let is_cheap = gap.iter().all(|cell| cell.symbol().len() == 1 && style_of(cell) == self.style);
        if is_cheap {
            let symbols: String = gap.iter().map(Cell::symbol).collect();
            self.pending.extend_from_slice(symbols.as_bytes());
            self.at = Some(Position { x, y });
        }
    }

    fn write_cell(&mut self, x: u16, y: u16) {
        let Some(cell) = self.shown.get(self.place(x, y)).cloned() else { return };
        self.set_style(style_of(&cell));
        self.pending.extend_from_slice(cell.symbol().as_bytes());
        let is_last = x + 1 >= self.size.width;
        self.at = (!is_last).then_some(Position { x: x + 1, y });
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

    fn set_style(&mut self, style: CellStyle) {
        if style == self.style {
            return;
        }
        let mut codes: Vec<String> = Vec::new();
        let only_adds = self.style.attributes.difference(style.attributes).is_empty();
        let mut attributes = style.attributes.difference(self.style.attributes);
        let mut colour = (style.colour != self.style.colour).then_some(style.colour);
        let loses_colour = style.colour == Color::Reset && self.style.colour != Color::Reset;
        if !only_adds || loses_colour {
            codes.push(if style == CellStyle::default() { String::new() } else { "0".to_owned() });
            attributes = style.attributes;
            colour = (style.colour != Color::Reset).then_some(style.colour);
        }
        let numbers = ATTRIBUTES.iter().filter(|(attribute, _)| attributes.contains(*attribute));
        codes.extend(numbers.map(|(_, code)| (*code).to_owned()));
        codes.extend(colour.map(code_of));
        let _ = write!(self.pending, "\x1b[{}m", codes.join(";"));
        self.style = style;
    }

    fn show_cursor_if(&mut self, is_shown: bool) {
        if is_shown != self.is_cursor_shown {
            self.is_cursor_shown = is_shown;
            self.pending.extend_from_slice(if is_shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }
}

/// The attributes that the theme uses, and their numbers (ECMA-48 §8.3.117).
const ATTRIBUTES: [(Modifier, &str); 6] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

fn style_of(cell: &Cell) -> CellStyle {
    let is_blank =
        cell.symbol() == " " && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    if is_blank { CellStyle::default() } else { CellStyle { colour: cell.fg, attributes: cell.modifier } }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && style_of(cell) == CellStyle::default()
}

/// Returns the number of one of the sixteen colours as a foreground; of any other, the default.
fn code_of(colour: Color) -> String {
    const COLOURS: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match COLOURS.iter().position(|known| *known == colour) {
        Some(place) if place < 8 => (30 + place).to_string(),
        Some(place) => (90 + place - 8).to_string(),
        None => "39".to_owned(),
    }
}

impl Backend for Wire {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut rows: Vec<(u16, Vec<u16>)> = Vec::new();
        for (x, y, cell) in content {
            let place = self.place(x, y);
            if let Some(shown) = self.shown.get_mut(place) {
                shown.clone_from(cell);
            }
            match rows.last_mut() {
                Some((row, columns)) if *row == y => columns.push(x),
                _ => rows.push((y, vec![x])),
            }
        }
        for (y, columns) in rows {
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
