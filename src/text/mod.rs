//! Decoded text: what of it may be drawn, how wide it is, where it breaks, and how it is folded for search.
//!
//! Text from a message is hostile until it is [`Printable`], which is the only kind that is drawn.
//! Widths and line breaks are of what will be drawn, so the three cannot disagree: all of them walk
//! the same [`Glyphs`].
//!
//! Not here: what the text means.

mod cells;
mod fold;
mod glyphs;
mod lead;
mod printable;
mod shown;
mod wrap;

pub use cells::Cells;
pub use cells::fit;
pub use cells::fit_left;
pub use cells::pad;
pub use cells::pad_left;
pub use cells::width;
pub use fold::Between;
pub use fold::FoldMap;
pub use fold::STANDS_FOR_ITSELF;
pub use fold::fold;
pub use fold::fold_into;
pub use fold::fold_with_map;
pub use fold::is_western;
pub use glyphs::Glyph;
pub use glyphs::Glyphs;
pub use glyphs::clusters;
pub use printable::Printable;
pub use wrap::Line;
pub use wrap::wrap;
pub use wrap::wrap_quoted;

use std::ops::Range;

/// A stretch of decoded text, in its bytes.
pub type TextRange = Range<usize>;

/// Returns the place between two letters that is nearest before `at`.
pub fn place_before(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Returns the place between two letters that is nearest behind `at`.
pub fn place_behind(text: &str, at: usize) -> usize {
    (at..at.saturating_add(4)).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Returns this stretch of the text; nothing where it does not lie in it, or cuts a letter.
fn slice(text: &str, range: TextRange) -> &str {
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_between_letters() {
        let places = |at| (place_before("aé漢", at), place_behind("aé漢", at));
        assert_eq!(
            [0, 1, 2, 3, 5, 6, 9].map(places),
            [(0, 0), (1, 1), (1, 3), (3, 3), (3, 6), (6, 6), (6, 6)]
        );
        assert_eq!((place_before("a", usize::MAX), place_behind("a", usize::MAX)), (1, 1));
    }

    /// Text in which whatever is hard to draw is likely.
    pub(super) fn hostile() -> impl Strategy<Value = String> {
        let pieces = [
            "a",
            "b",
            "word",
            " ",
            "  ",
            "\t",
            "\n",
            "> ",
            "\x1B[2J",
            "\r",
            "\u{9B}",
            "\u{202E}",
            "\u{2066}",
            "\u{200B}",
            "\u{200C}",
            "\u{200D}",
            "\u{AD}",
            "\u{FEFF}",
            "e\u{301}",
            "\u{301}",
            "\u{20E3}",
            "1",
            "漢",
            "字",
            "👩",
            "👍🏽",
            "❤",
            "\u{FE0F}",
            "🇫",
            "🏴",
            "\u{E0067}",
            "\u{E007F}",
            "क",
            "\u{94D}",
            "\u{93E}",
            "ی",
            "ﾞ",
            "\u{600}",
            "\u{115F}",
            "\u{1161}",
            "\u{F0B7}",
            "é",
            "’",
            "\u{A0}",
        ];
        let letter = prop_oneof![8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
        prop::collection::vec(letter, 0..40).prop_map(|pieces| pieces.concat())
    }
}
