//! Text that is safe to draw.
//!
//! Controls, direction overrides and invisible letters are spelled out (`\x1B`, `\u{202E}`). Nothing
//! is dropped; what is drawn as it is written are the letters that `shown` lets pass.

use super::Cells;
use super::Glyphs;
use super::glyphs::plain_len;
use super::slice;
use std::fmt;

/// Text in which nothing can act on a terminal: the only kind that is drawn.
///
/// **Invariant:** every glyph in it is drawn as it is written, so making it printable again changes
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printable(String);

impl Printable {
    /// Makes any text safe to draw, from the first column on.
    ///
    /// ```
    /// use tranche::text::Printable;
    ///
    /// assert_eq!(Printable::new("a\x1B[2Jb\u{202E}c\td").as_str(), r"a\x1B[2Jb\u{202E}c      d");
    /// ```
    pub fn new(text: &str) -> Self {
        Self::at(text, Cells(0))
    }

    /// Makes any text safe to draw from this column on; tab stops are every eight columns.
    pub fn at(text: &str, column: Cells) -> Self {
        if plain_len(text.as_bytes()) == text.len() {
            return Self(text.to_owned());
        }
        let mut drawn = Self(String::with_capacity(text.len() + 16));
        let mut column = column;
        let mut glyphs = Glyphs::of(text);
        loop {
            let plain = glyphs.take_plain();
            column.0 += plain.len();
            drawn.0.push_str(slice(text, plain));
            let Some(glyph) = glyphs.next() else { return drawn };
            glyph.write(text, column, &mut drawn.0);
            column.0 += glyph.cells(column).0;
        }
    }

    /// Makes any text safe to draw, in pieces that are cut at these offsets, which ascend: one more
    /// than there are cuts. What is drawn together stays together, in the piece in which it begins.
    pub fn pieces(text: &str, column: Cells, cuts: &[usize]) -> Vec<Self> {
        let mut pieces = vec![Self::default()];
        let mut column = column;
        let mut cuts = cuts.iter().peekable();
        for glyph in Glyphs::of(text) {
            while cuts.next_if(|&&cut| cut <= glyph.range.start).is_some() {
                pieces.push(Self::default());
            }
            if let Some(piece) = pieces.last_mut() {
                glyph.write(text, column, &mut piece.0);
            }
            column.0 += glyph.cells(column).0;
        }
        pieces.extend(cuts.map(|_| Self::default()));
        pieces
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text to be owned by what draws it.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Adds printable text behind it.
    pub fn push(&mut self, more: &Self) {
        self.0.push_str(&more.0);
    }

    /// Returns printable text for what this program itself says.
    pub(super) fn trusted(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Printable {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl AsRef<str> for Printable {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shown::is_never_shown;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, drawn: &str) {
        assert_eq!(Printable::new(text).as_str(), drawn);
    }

    #[test]
    fn what_reads_as_text_stays() {
        for text in
            ["", "plain", "Mélenchon", "Me\u{301}lenchon", "漢字", "👨‍👩‍👧 🇫🇷 ❤️", "می‌خواهم", "שלום", "हिन्दी"]
        {
            check(text, text);
        }
    }

    #[test]
    fn what_acts_is_spelled_out() {
        check("\x1B[31mred\x07", r"\x1B[31mred\x07");
        check("\u{9B}31m\x7F\0\r\n", r"\x9B31m\x7F\x00\x0D\x0A");
        check("a\u{202E}gpj.exe", r"a\u{202E}gpj.exe");
        check("\u{2066}\u{2069}\u{200E}\u{61C}", r"\u{2066}\u{2069}\u{200E}\u{61C}");
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        check("pay\u{200B}pal\u{AD}", r"pay\u{200B}pal\xAD");
        check("a\u{200D}b\u{FE0F}c\u{FEFF}", r"a\u{200D}b\u{FE0F}c\u{FEFF}");
        check("\u{2028}\u{2029}\u{FFF9}", r"\u{2028}\u{2029}\u{FFF9}");
        check("x\u{E0041}\u{E007F}", r"x\u{E0041}\u{E007F}");
        check("a\u{200D}\u{301}b", r"a\u{200D}\u{301}b");
        check("Z\u{300}\u{301}\u{302}\u{303}\u{304}!", "Z\u{300}\u{301}\u{302}\u{303}\\u{304}!");
    }

    #[test]
    fn tabs_reach_their_stops() {
        check("\ta\tb", "        a       b");
        check("漢\té\t.", "漢      é       .");
        assert_eq!(Printable::at("\tb", Cells(6)).as_str(), "  b");
    }

    #[test]
    fn pieces_are_cut_between_what_is_drawn_together() {
        let pieces = Printable::pieces("ae\u{301}b\tc", Cells(0), &[1, 2, 5, 9]);
        let pieces: Vec<&str> = pieces.iter().map(Printable::as_str).collect();
        assert_eq!(pieces, ["a", "e\u{301}", "b", "     c", ""]);
    }

    proptest! {
        #[test]
        fn nothing_drawn_acts_on_a_terminal(text in crate::text::tests::hostile()) {
            let drawn = Printable::new(&text);
            prop_assert!(!drawn.as_str().contains(is_never_shown), "{:?}", drawn);
            prop_assert_eq!(&Printable::new(drawn.as_str()), &drawn);
        }

        #[test]
        fn pieces_are_the_whole(text in crate::text::tests::hostile(), mut cuts in prop::collection::vec(0..99usize, 0..5)) {
            cuts.sort_unstable();
            let pieces = Printable::pieces(&text, Cells(3), &cuts);
            prop_assert_eq!(pieces.len(), cuts.len() + 1);
            let whole: String = pieces.into_iter().map(Printable::into_string).collect();
            prop_assert_eq!(whole, Printable::at(&text, Cells(3)).into_string());
        }
    }
}
