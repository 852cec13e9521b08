//! Writing cells on a terminal, in as few bytes as it takes.
//!
//! It knows where the cursor is and what style is on, so that it finds the shortest way from one cell to
//! the next. It is cheap to clone: who has two ways to paint something tries both and takes the shorter.
//!
//! Not here: what is to be painted (see `wire`).

use super::abilities::Abilities;
use super::cell_style::CellStyle;
use super::cell_style::is_blank;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::width;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use std::io::Write;
use std::ops::Range;

/// What is written, and the state that it leaves the terminal in.
#[derive(Clone, Debug)]
pub(super) struct Pencil {
    /// What has been written.
    pub(super) written: Vec<u8>,
    /// Where the cursor is, where that is certain.
    at: Option<Position>,
    style: CellStyle,
    abilities: Abilities,
}

impl Pencil {
    /// Returns one for a terminal that has been set to plain letters.
    pub(super) fn new(abilities: Abilities) -> Self {
        Self { written: Vec::new(), at: None, style: CellStyle::default(), abilities }
    }

    /// Erases the whole screen.
    pub(super) fn clear(&mut self) {
        self.set_style(CellStyle::default());
        self.written.extend_from_slice(b"\x1b[2J");
    }

    /// Moves the rows from `top` to before `end` of the screen up, or down where `rows` is negative.
    ///
    /// By line feeds at the edge of a region: the oldest terminals can do that.
    pub(super) fn scroll(&mut self, top: usize, end: usize, rows: isize) {
        self.set_style(CellStyle::default());
        let _ = write!(self.written, "\x1b[{};{end}r", top + 1);
        self.at = None;
        let (edge, step) = if rows > 0 { (end - 1, &b"\n"[..]) } else { (top, &b"\x1bM"[..]) };
        self.go_to(0, edge as u16);
        self.written.extend(step.repeat(rows.unsigned_abs()));
        self.written.extend_from_slice(b"\x1b[r");
        self.at = Some(Position { x: 0, y: 0 });
    }

    /// Turns these columns of a row into others, cell by cell.
    pub(super) fn change_row(&mut self, y: u16, columns: Range<usize>, shown: &[Cell], wanted: &[Cell]) {
        let differs = |&x: &usize| shown.get(x) != wanted.get(x);
        let mut next = columns.start;
        while let Some(x) = (next..columns.end).find(differs) {
            let rest = wanted.get(x..).unwrap_or_default();
            let blanks = rest.iter().take_while(|cell| is_blank(cell)).count();
            if blanks == rest.len() && blanks > 2 && columns.end == wanted.len() {
                return self.erase_rest(x as u16, y);
            }
            next = x + 1;
            if rest.first().is_some_and(|cell| cell.symbol().is_empty()) {
                continue;
            }
            self.approach(x, y, wanted);
            if blanks == 0 {
                self.write_cell(x as u16, wanted);
                continue;
            }
            let changed = (x..columns.end.min(x + blanks)).rfind(differs).map_or(1, |last| last + 1 - x);
            next = x + changed;
            self.write_blanks(x, changed, wanted.len(), next < x + blanks);
        }
    }

    /// Turns a row into another from a column on: erases what is there, and writes what is not blank.
    pub(super) fn write_row_from(&mut self, first: usize, y: u16, wanted: &[Cell]) {
        self.erase_rest(first as u16, y);
        for (x, cell) in wanted.iter().enumerate().skip(first) {
            if !is_blank(cell) && !cell.symbol().is_empty() {
                self.approach(x, y, wanted);
                self.write_cell(x as u16, wanted);
            }
        }
    }

    fn erase_rest(&mut self, x: u16, y: u16) {
        self.go_to(x, y);
        self.set_blank_style();
        self.written.extend_from_slice(b"\x1b[K");
    }

    /// Shows nothing in so many cells. Erasing leaves the cursor where it is, so that only what is longer
    /// than the way on is erased, unless there is a way to go anyhow.
    fn write_blanks(&mut self, x: usize, blanks: usize, width: usize, is_way_to_go: bool) {
        self.set_blank_style();
        let worth_erasing = if is_way_to_go { 6 } else { 11 };
        if self.abilities.erases_cells && blanks >= worth_erasing {
            let _ = write!(self.written, "\x1b[{blanks}X");
            return;
        }
        self.written.resize(self.written.len() + blanks, b' ');
        let is_certain = x + blanks < width;
        self.at = self.at.filter(|_| is_certain).map(|at| Position { x: (x + blanks) as u16, ..at });
    }

    /// Goes to a cell; the few before it are written again where that is the shorter way.
    fn approach(&mut self, x: usize, y: u16, wanted: &[Cell]) {
        let gap = self.at.filter(|at| at.y == y && usize::from(at.x) < x);
        let Some(gap) = gap.and_then(|at| wanted.get(usize::from(at.x)..x)).filter(|gap| gap.len() <= 4)
        else {
            return self.go_to(x as u16, y);
        };
        let is_in_style = |cell: &Cell| {
            is_blank(cell) && !self.style.shows_on_blanks() || CellStyle::of(cell) == self.style
        };
        let way = if gap.len() == 1 { 3 } else { 4 };
        let is_shorter = gap.len() <= way && gap.iter().all(|it| it.symbol().len() == 1 && is_in_style(it));
        if is_shorter {
            let symbols: String = gap.iter().map(Cell::symbol).collect();
            self.written.extend_from_slice(symbols.as_bytes());
            self.at = Some(Position { x: x as u16, y });
        } else {
            self.go_to(x as u16, y);
        }
    }

    /// Writes a cell where the cursor is.
    fn write_cell(&mut self, x: u16, row: &[Cell]) {
        let Some(cell) = row.get(usize::from(x)).filter(|cell| !cell.symbol().is_empty()) else { return };
        self.set_style(CellStyle::of(cell));
        self.written.extend_from_slice(cell.symbol().as_bytes());
        let is_certain = usize::from(x) + 1 < row.len() && takes_one_cell_anywhere(cell.symbol());
        self.at = self.at.filter(|_| is_certain).map(|at| Position { x: x + 1, ..at });
    }

    /// Moves the cursor, by the shortest way there is.
    pub(super) fn go_to(&mut self, x: u16, y: u16) {
        let to = Position { x, y };
        if self.at == Some(to) {
            return;
        }
        let absolute = match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let down = match self.at {
            Some(at) if at.y == y => Some(String::new()),
            Some(at) if at.y + 1 == y => Some("\n".to_owned()),
            Some(at) if at.x == x && self.abilities.goes_along => Some(format!("\x1b[{}d", y + 1)),
            _ => None,
        };
        let way = self.at.zip(down).map(|(at, down)| down + &self.way_across(at.x, x));
        let shortest = way.filter(|way| way.len() < absolute.len()).unwrap_or(absolute);
        self.written.extend_from_slice(shortest.as_bytes());
        self.at = Some(to);
    }

    /// Returns the shortest way from a column to another of the same row.
    fn way_across(&self, from: u16, to: u16) -> String {
        let right = |cells: u16| match cells {
            0 => String::new(),
            1 => "\x1b[C".to_owned(),
            _ => format!("\x1b[{cells}C"),
        };
        if to + 1 == from {
            return "\x08".to_owned();
        }
        let way = if to >= from { right(to - from) } else { format!("\r{}", right(to)) };
        let along = format!("\x1b[{}G", to + 1);
        if self.abilities.goes_along && along.len() < way.len() { along } else { way }
    }

    /// Makes sure that a blank shows nothing; most styles are not seen on one.
    fn set_blank_style(&mut self) {
        if self.style.shows_on_blanks() {
            self.set_style(CellStyle::default());
        }
    }

    fn set_style(&mut self, style: CellStyle) {
        if style != self.style {
            self.written.extend_from_slice(self.style.way_to(style).as_bytes());
            self.style = style;
        }
    }
}

/// Returns whether every terminal agrees about the width of a glyph. Of others, wide or joined out of
/// several letters, one cannot be sure where they leave the cursor.
fn takes_one_cell_anywhere(symbol: &str) -> bool {
    symbol.chars().count() == 1 && width(&Printable::new(symbol)) == Cells(1)
}
