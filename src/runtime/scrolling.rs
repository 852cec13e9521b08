//! Whether what is wanted on the screen stands there already, some rows higher or lower.

use super::grid::Grid;

/// Rows that move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scrolling {
    /// The first row of the region that moves.
    pub(super) top: usize,
    /// The row behind its last.
    pub(super) end: usize,
    /// By how many rows it moves up; down where it is negative.
    pub(super) rows: isize,
}

/// Fewer rows in their places are not worth the words.
const WORTH_ROWS: usize = 2;

impl Scrolling {
    /// Finds the one that puts most rows where they are wanted; what does not fit is to be written anew.
    pub(super) fn between(shown: &Grid, wanted: &Grid) -> Option<Self> {
        let (shown, wanted) = (shown.fingerprints(), wanted.fingerprints());
        let height = shown.len().min(wanted.len()) as isize;
        let ways = (1 - height..height).filter(|&rows| rows != 0);
        let scored = ways.filter_map(|rows| Self::by(rows, &shown, &wanted));
        let (won, best) = scored.max_by_key(|(won, it)| (*won, -it.rows.abs()))?;
        (won >= WORTH_ROWS as isize).then_some(best)
    }

    /// Returns what a move by so many rows wins: the rows that come to where they are wanted, less those
    /// that were in their places.
    fn by(rows: isize, shown: &[Option<u64>], wanted: &[Option<u64>]) -> Option<(isize, Self)> {
        let source =
            |y: usize| y.checked_add_signed(rows).and_then(|from| shown.get(from)).copied().flatten();
        let comes = |&y: &usize| wanted[y].is_some() && source(y) == wanted[y] && shown[y] != wanted[y];
        let first = (0..wanted.len()).find(comes)?;
        let last = (0..wanted.len()).rfind(comes)?;
        let distance = rows.unsigned_abs();
        let (top, end) =
            if rows > 0 { (first, last + distance + 1) } else { (first.checked_sub(distance)?, last + 1) };
        let come = (first..=last).filter(comes).count();
        let stays = |&y: &usize| wanted[y].is_some() && shown[y] == wanted[y];
        let leave = (top..end).filter(stays).count();
        Some((come as isize - leave as isize, Self { top, end, rows }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shown: &str, wanted: &str, expected: Option<(usize, usize, isize)>) {
        let rows = |text: &str| -> Grid {
            let mut grid = Grid::blank(crate::app::geometry::Size { width: 1, height: text.len() as u16 });
            for (y, letter) in text.chars().enumerate() {
                let mut cell = ratatui::buffer::Cell::default();
                cell.set_char(letter);
                grid.put(0, y as u16, &cell, &super::super::abilities::Abilities::USUAL);
            }
            grid
        };
        let found = Scrolling::between(&rows(shown), &rows(wanted));
        assert_eq!(found.map(|it| (it.top, it.end, it.rows)), expected, "{shown} {wanted}");
    }

    #[test]
    fn rows_that_moved_are_found() {
        check("tabcdes", "tbcdefs", Some((1, 6, 1)));
        check("tabcdes", "tzabcds", Some((1, 6, -1)));
        check("tabcdes", "tcdexys", Some((1, 6, 2)));
        check("tabcdes", "tabcdes", None);
        check("tabcdes", "tvwxyzs", None);
        check("tabcdes", "tbXdefs", Some((1, 6, 1)));
        check("abcd", "dabc", Some((0, 4, -1)));
        check("aaaa", "bbbb", None);
    }
}
