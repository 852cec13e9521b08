//! What a screen shows, row by row.
//!
//! **Invariant:** a glyph that takes two cells stands in the first, and the second holds nothing at all,
//! not even a blank: so two grids differ wherever one of them shows half of such a glyph.

use super::abilities::Abilities;
use super::cell_style::is_blank;
use crate::app::geometry::Size;
use crate::text::Printable;
use crate::text::width;
use ratatui::buffer::Cell;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

/// The cells of a screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    width: usize,
    rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// Returns a screen that shows nothing.
    pub(super) fn blank(size: Size) -> Self {
        let width = usize::from(size.width);
        Self { width, rows: vec![vec![Cell::default(); width]; usize::from(size.height)] }
    }

    /// Shows nothing.
    pub(super) fn clear(&mut self) {
        for row in &mut self.rows {
            row.fill(Cell::default());
        }
    }

    /// Returns the rows.
    pub(super) fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Shows a glyph, as the terminal can; those that it covers a part of are gone.
    pub(super) fn put(&mut self, x: u16, y: u16, glyph: &Cell, abilities: &Abilities) {
        let (x, cells) = (usize::from(x), cells_of(glyph));
        let Some(row) = self.rows.get_mut(usize::from(y)) else { return };
        if is_covered(row, x) {
            blank(row, x - 1);
        }
        if is_covered(row, x + cells) {
            blank(row, x + cells);
        }
        let mut shown = glyph.clone();
        abilities.reduce(&mut shown);
        if is_blank(&shown) {
            shown.reset();
        }
        for covered in row.iter_mut().skip(x + 1).take(cells - 1) {
            covered.reset();
            covered.set_symbol(if shown.symbol().is_ascii() { " " } else { "" });
        }
        if let Some(cell) = row.get_mut(x) {
            *cell = shown;
        }
    }

    /// Moves the rows from `top` to before `end` up, or down where `rows` is negative; blank ones come in.
    pub(super) fn scroll(&mut self, top: usize, end: usize, rows: isize) {
        let Some(region) = self.rows.get_mut(top..end) else { return };
        let distance = rows.unsigned_abs().min(region.len());
        let gone = if rows > 0 {
            region.rotate_left(distance);
            region.len() - distance..region.len()
        } else {
            region.rotate_right(distance);
            0..distance
        };
        for row in region.get_mut(gone).unwrap_or_default() {
            row.clear();
            row.resize(self.width, Cell::default());
        }
    }

    /// Returns a number for each row; rows that look the same have the same. A blank row has none.
    pub(super) fn fingerprints(&self) -> Vec<Option<u64>> {
        let fingerprint = |row: &Vec<Cell>| {
            let mut hasher = DefaultHasher::new();
            row.hash(&mut hasher);
            (!row.iter().all(is_blank)).then(|| hasher.finish())
        };
        self.rows.iter().map(fingerprint).collect()
    }
}

fn blank(row: &mut [Cell], x: usize) {
    if let Some(cell) = row.get_mut(x) {
        cell.reset();
    }
}

fn is_covered(row: &[Cell], x: usize) -> bool {
    row.get(x).is_some_and(|cell| cell.symbol().is_empty())
}

/// Returns how many cells a glyph takes.
fn cells_of(glyph: &Cell) -> usize {
    if glyph.symbol().is_ascii() { 1 } else { width(&Printable::new(glyph.symbol())).0.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(lines: [&str; 3]) -> Grid {
        let mut grid = Grid::blank(Size { width: 4, height: 3 });
        for (y, line) in lines.iter().enumerate() {
            for (x, letter) in line.chars().enumerate() {
                grid.put(x as u16, y as u16, &Cell::default().set_char(letter).clone(), &Abilities::USUAL);
            }
        }
        grid
    }

    #[test]
    fn rows_scroll_both_ways_and_only_where_they_should() {
        let mut up = grid(["a", "b", "c"]);
        up.scroll(1, 3, 1);
        assert_eq!(up, grid(["a", "c", ""]));
        let mut down = grid(["a", "b", "c"]);
        down.scroll(0, 2, -1);
        assert_eq!(down, grid(["", "a", "c"]));
        let mut away = grid(["a", "b", "c"]);
        away.scroll(0, 3, 9);
        assert_eq!(away, grid(["", "", ""]));
    }

    #[test]
    fn half_a_glyph_is_none() {
        let mut both = Grid::blank(Size { width: 4, height: 1 });
        let put = |grid: &mut Grid, x, symbol| {
            grid.put(x, 0, Cell::default().set_symbol(symbol), &Abilities::USUAL);
        };
        put(&mut both, 0, "漢");
        put(&mut both, 2, "字");
        let symbols =
            |grid: &Grid| grid.rows()[0].iter().map(|it| it.symbol().to_owned()).collect::<Vec<_>>();
        assert_eq!(symbols(&both), ["漢", "", "字", ""]);
        put(&mut both, 1, "梅");
        assert_eq!(symbols(&both), [" ", "梅", "", " "]);
    }
}
