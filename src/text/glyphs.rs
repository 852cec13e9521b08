//! The smallest things that are drawn: letters with their marks, or one letter spelled out.
//!
//! **Invariant:** the ranges of the glyphs tile the text, each takes a cell or more, and walking a text
//! from the start of any of its glyphs gives the same glyphs: so a line can be drawn without the text
//! before it.

use super::Cells;
use super::TextRange;
use super::shown;
use super::slice;
use unicode_segmentation::UnicodeSegmentation;

/// Where a cluster is cut. Real ones are far shorter; without an end, letters that join without end
/// would be looked at again and again.
const LONGEST_CLUSTER_BYTES: usize = 128;

const TAB_CELLS: usize = 8;

/// One thing that is drawn, and the text that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Where its letters stand in the text.
    pub range: TextRange,
    form: Form,
}

/// How a glyph is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// As it is written, in so many cells.
    AsWritten(usize),
    /// Spelled out: `\x1B`, `\u{202E}`.
    Spelled(char),
    /// As blanks up to the next tab stop.
    Tab,
}

/// The glyphs of a text, in order.
#[derive(Clone, Debug)]
pub struct Glyphs<'a> {
    text: &'a str,
    at: usize,
}

/// Returns what a person takes for one character each, and where it begins (UAX #29).
pub fn clusters(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    text.grapheme_indices(true)
}

impl<'a> Glyphs<'a> {
    /// Walks a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Takes the letters from here on that are each a glyph of one cell and one byte.
    pub(super) fn take_plain(&mut self) -> TextRange {
        let start = self.at;
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let mut len = plain_len(bytes);
        // What follows may be a mark on the last of them.
        if bytes.get(len).is_some_and(|byte| !byte.is_ascii()) {
            len = len.saturating_sub(1);
        }
        self.at += len;
        start..self.at
    }

    fn simple(&self, letter: char) -> Option<Form> {
        let cells = shown::simple_cells(letter)?;
        let next = slice(self.text, self.at + letter.len_utf8()..self.text.len()).chars().next();
        let is_alone = next.is_none_or(|next| next.is_ascii() || shown::simple_cells(next).is_some());
        is_alone.then_some(Form::AsWritten(cells))
    }

    fn longest_cluster_end(&self) -> usize {
        let end = self.text.len().min(self.at + LONGEST_CLUSTER_BYTES);
        (self.at..=end).rev().find(|&end| self.text.is_char_boundary(end)).unwrap_or(end)
    }

    /// Returns what may be drawn together from here on, which is one letter at least.
    fn cluster(&self) -> (usize, Form) {
        let cluster = slice(self.text, self.at..self.longest_cluster_end());
        let cluster = cluster.graphemes(true).next().unwrap_or_default();
        let bytes = shown::shown_bytes(cluster);
        (bytes, Form::AsWritten(shown::cells(slice(cluster, 0..bytes))))
    }
}

impl Iterator for Glyphs<'_> {
    type Item = Glyph;

    fn next(&mut self) -> Option<Glyph> {
        let letter = slice(self.text, self.at..self.text.len()).chars().next()?;
        let (bytes, form) = if let Some(form) = self.simple(letter) {
            (letter.len_utf8(), form)
        } else if letter == '\t' {
            (1, Form::Tab)
        } else if shown::can_begin(letter) {
            self.cluster()
        } else {
            (letter.len_utf8(), Form::Spelled(letter))
        };
        let start = self.at;
        self.at += bytes;
        Some(Glyph { range: start..self.at, form })
    }
}

impl Glyph {
    /// Returns how many cells it takes when it is drawn in this column.
    pub fn cells(&self, column: Cells) -> Cells {
        Cells(match self.form {
            Form::AsWritten(cells) => cells,
            Form::Spelled(letter) if u32::from(letter) < 0x100 => 4,
            Form::Spelled(letter) => {
                let digits = (u32::from(letter).max(1).ilog2() / 4 + 1) as usize;
                digits + r"\u{}".len()
            }
            Form::Tab => TAB_CELLS - column.0 % TAB_CELLS,
        })
    }

    /// Returns whether a line may be broken before and after it without a blank: it is wide.
    pub(super) fn is_wide(&self) -> bool {
        self.form == Form::AsWritten(2)
    }

    pub(super) fn is_tab(&self) -> bool {
        self.form == Form::Tab
    }

    /// Writes what is drawn for it in this column.
    pub(super) fn write(&self, text: &str, column: Cells, drawn: &mut String) {
        match self.form {
            Form::AsWritten(_) => drawn.push_str(slice(text, self.range.clone())),
            Form::Spelled(letter) if u32::from(letter) < 0x100 => {
                drawn.push_str(&format!(r"\x{:02X}", u32::from(letter)));
            }
            Form::Spelled(letter) => drawn.push_str(&format!(r"\u{{{:X}}}", u32::from(letter))),
            Form::Tab => drawn.extend(std::iter::repeat_n(' ', self.cells(column).0)),
        }
    }
}

/// Returns how many bytes from the start on are printable ASCII.
pub(super) fn plain_len(bytes: &[u8]) -> usize {
    let is_plain = |byte: &u8| (b' '..=b'~').contains(byte);
    // A whole chunk at a time, which the compiler turns into a few wide instructions.
    let whole =
        bytes.chunks_exact(32).take_while(|chunk| chunk.iter().fold(true, |all, it| all & is_plain(it)));
    let passed = whole.count() * 32;
    let rest = bytes.get(passed..).unwrap_or_default();
    passed + rest.iter().take_while(|byte| is_plain(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_joins_without_end_ends() {
        for hostile in
            ["\u{301}", "👍\u{FE0F}\u{200D}", "👩\u{200D}", "क्\u{200D}", "🇫", "\u{E0061}", "\u{600}"]
        {
            let text = format!("a{}", hostile.repeat(300_000));
            assert_eq!(Glyphs::of(&text).last().unwrap().range.end, text.len());
        }
    }

    proptest! {
        #[test]
        fn glyphs_tile_the_text_and_can_be_walked_from_any(text in crate::text::tests::hostile()) {
            let glyphs: Vec<Glyph> = Glyphs::of(&text).collect();
            let mut end = 0;
            for glyph in &glyphs {
                prop_assert_eq!(glyph.range.start, end);
                prop_assert!(glyph.cells(Cells(0)) > Cells(0));
                let from_here = Glyphs::of(&text[end..]).next().unwrap();
                prop_assert_eq!((from_here.range.len(), from_here.form), (glyph.range.len(), glyph.form));
                end = glyph.range.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
