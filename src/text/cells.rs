//! How many cells of a terminal a text takes, and how it is made to take no more.
//!
//! Widths are those of the drawing crate: of each glyph by itself (UAX #11 and #29), so that columns
//! stay where it puts them.

use super::Glyphs;
use super::Printable;
use super::glyphs::plain_len;
use super::slice;
use std::ops::Add;
use std::ops::AddAssign;

/// A number of cells on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cells(pub usize);

/// Says that there was more.
const ELLIPSIS: char = '…';

impl Cells {
    /// Returns what is left when so many are taken, at least none.
    #[must_use]
    pub fn less(self, taken: Self) -> Self {
        Self(self.0.saturating_sub(taken.0))
    }

    /// Returns the number as the drawing crate counts, at most as many as it can.
    pub fn as_u16(self) -> u16 {
        u16::try_from(self.0).unwrap_or(u16::MAX)
    }
}

impl From<u16> for Cells {
    fn from(cells: u16) -> Self {
        Self(usize::from(cells))
    }
}

impl Add for Cells {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self(self.0 + more.0)
    }
}

impl AddAssign for Cells {
    fn add_assign(&mut self, more: Self) {
        *self = *self + more;
    }
}

/// Returns how many cells a text takes.
pub fn width(text: &Printable) -> Cells {
    if plain_len(text.as_str().as_bytes()) == text.as_str().len() {
        return Cells(text.as_str().len());
    }
    let mut cells = Cells(0);
    let mut glyphs = Glyphs::of(text.as_str());
    loop {
        cells.0 += glyphs.take_plain().len();
        let Some(glyph) = glyphs.next() else { return cells };
        cells += glyph.cells(cells);
    }
}

/// Makes a text safe to draw in at most so many cells; where it is cut, it ends in `…`. What lies
/// behind the cut is not looked at.
///
/// ```
/// use tranche::text::{Cells, fit};
///
/// assert_eq!(fit("3 630 files", Cells(6)).as_str(), "3 630…");
/// ```
pub fn fit(text: &str, room: Cells) -> Printable {
    let mut drawn = String::new();
    let mut cells = Cells(0);
    let mut bytes_with_ellipsis = 0;
    for glyph in Glyphs::of(text) {
        if cells < room {
            bytes_with_ellipsis = drawn.len();
        }
        glyph.write(text, cells, &mut drawn);
        cells += glyph.cells(cells);
        if cells > room {
            drawn.truncate(bytes_with_ellipsis);
            drawn.extend((room > Cells(0)).then_some(ELLIPSIS));
            break;
        }
    }
    Printable::trusted(drawn)
}

/// Makes a text safe to draw in at most so many cells, of its end; where it is cut, it begins with `…`.
pub fn fit_left(text: &str, room: Cells) -> Printable {
    let whole = Printable::new(text);
    let all = width(&whole);
    if all <= room {
        return whole;
    }
    let mut column = Cells(0);
    let mut kept_from = 0;
    for glyph in Glyphs::of(text) {
        if all.less(column) < room {
            break;
        }
        kept_from = glyph.range.end;
        column += glyph.cells(column);
    }
    let mut drawn = String::from_iter((room > Cells(0)).then_some(ELLIPSIS));
    drawn.push_str(Printable::at(slice(text, kept_from..text.len()), column).as_str());
    Printable::trusted(drawn)
}

/// Makes a text safe to draw in exactly so many cells: cut at its end, or with blanks behind it.
pub fn pad(text: &str, room: Cells) -> Printable {
    let fitted = fit(text, room);
    let blanks = " ".repeat(room.less(width(&fitted)).0);
    Printable::trusted(fitted.into_string() + &blanks)
}

/// Makes a text safe to draw in exactly so many cells: cut at its end, or with blanks before it.
pub fn pad_left(text: &str, room: Cells) -> Printable {
    let fitted = fit(text, room);
    let blanks = " ".repeat(room.less(width(&fitted)).0);
    Printable::trusted(blanks + fitted.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check_width(text: &str, cells: usize) {
        assert_eq!(width(&Printable::new(text)), Cells(cells));
    }

    #[track_caller]
    fn check(room: usize, text: &str, fitted: &str, left: &str) {
        assert_eq!(fit(text, Cells(room)).as_str(), fitted);
        assert_eq!(fit_left(text, Cells(room)).as_str(), left);
    }

    #[test]
    fn widths_are_those_of_the_terminal() {
        check_width("", 0);
        check_width("Mélenchon", 9);
        check_width("Me\u{301}lenchon", 9);
        check_width("漢字", 4);
        check_width("👨‍👩‍👧", 2);
        check_width("🇫🇷", 2);
        check_width("❤️", 2);
        check_width("\x1B", 4);
        check_width("\u{202E}", 8);
        check_width("\u{E0041}", 9);
        check_width("a\tb", 9);
    }

    #[test]
    fn what_does_not_fit_is_cut_between_letters() {
        check(5, "abcde", "abcde", "abcde");
        check(4, "abcde", "abc…", "…cde");
        check(1, "abcde", "…", "…");
        check(0, "abcde", "", "");
        check(4, "漢字漢", "漢…", "…漢");
        check(5, "漢字漢", "漢字…", "…字漢");
        check(3, "e\u{301}e\u{301}e\u{301}e\u{301}", "e\u{301}e\u{301}…", "…e\u{301}e\u{301}");
        check(5, "a\x1Bb", "a…", "…b");
    }

    #[test]
    fn columns_have_their_width() {
        assert_eq!(pad("ab", Cells(4)).as_str(), "ab  ");
        assert_eq!(pad_left("ab", Cells(4)).as_str(), "  ab");
        assert_eq!(pad("漢字", Cells(3)).as_str(), "漢…");
        assert_eq!(pad("漢字漢", Cells(4)).as_str(), "漢… ");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in crate::text::tests::hostile(), room in 0..30usize) {
            let whole = width(&Printable::new(&text));
            for fitted in [fit(&text, Cells(room)), fit_left(&text, Cells(room))] {
                prop_assert!(width(&fitted) <= Cells(room), "{:?}", fitted);
                prop_assert!(whole > Cells(room) || fitted == Printable::new(&text));
                prop_assert_eq!(&Printable::new(fitted.as_str()), &fitted);
            }
            prop_assert_eq!(width(&pad(&text, Cells(room))), Cells(room));
        }

        #[test]
        fn widths_add_up(text in crate::text::tests::hostile()) {
            let mut column = Cells(0);
            for glyph in Glyphs::of(&text) {
                column += glyph.cells(column);
            }
            prop_assert_eq!(width(&Printable::new(&text)), column);
        }
    }
}
