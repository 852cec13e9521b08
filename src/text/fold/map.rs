//! The way back from folded text to the text it was folded from.

use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// Says which letters of a text a stretch of its folded form was made of.
///
/// **Invariant:** the pieces are in order, in the folded text and in the original.
#[derive(Clone, Debug, Default)]
pub struct FoldMap {
    pieces: Vec<Piece>,
}

/// What was folded together.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where it begins in the folded text.
    folded: usize,
    /// Where it begins in the original.
    original: usize,
    /// Byte for byte; else all of it is one letter, or one run of blanks.
    is_bytewise: bool,
}

/// No character that a person sees as one is looked for further away; only rows of flags and of emoji are
/// longer, and whoever writes a thousand of them shall not slow us down.
const GRAPHEME_BYTES: usize = 128;

impl FoldMap {
    /// Notes bytes that were folded one by one.
    pub(super) fn bytes(&mut self, folded: usize, original: usize) {
        if !self.pieces.last().is_some_and(|piece| piece.is_bytewise) {
            self.pieces.push(Piece { folded, original, is_bytewise: true });
        }
    }

    /// Notes a letter, or a run of blanks, that was folded as a whole.
    pub(super) fn whole(&mut self, folded: usize, original: usize) {
        self.pieces.push(Piece { folded, original, is_bytewise: false });
    }

    /// Notes that a letter of the original was dropped: it belongs to the letter before it.
    pub(super) fn dropped(&mut self, folded: usize, original: usize) {
        let Some(last) = self.pieces.last_mut().filter(|piece| piece.is_bytewise) else { return };
        match folded.checked_sub(1) {
            Some(before) if before > last.folded => self.whole(before, original - 1),
            _ => last.is_bytewise = false,
        }
    }

    /// Returns the letters of `text` that a stretch of its folded form was made of, as whole characters.
    ///
    /// `text` is the text that the map was made from.
    pub fn original(&self, text: &str, folded: Range<usize>) -> Range<usize> {
        let start = self.start(folded.start).unwrap_or(text.len());
        if folded.is_empty() {
            return start..start;
        }
        let end = self.end(folded.end - 1).unwrap_or(text.len());
        grapheme_start(text, start)..grapheme_end(text, end.max(start))
    }

    fn place(&self, folded: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.folded <= folded).checked_sub(1)
    }

    /// Returns where the letter begins that the folded byte was made of.
    fn start(&self, folded: usize) -> Option<usize> {
        let piece = self.pieces.get(self.place(folded)?)?;
        Some(if piece.is_bytewise { piece.original + (folded - piece.folded) } else { piece.original })
    }

    /// Returns where the letter ends; `None` at the end of the text.
    fn end(&self, folded: usize) -> Option<usize> {
        let place = self.place(folded)?;
        let piece = self.pieces.get(place)?;
        if piece.is_bytewise {
            return Some(piece.original + (folded - piece.folded) + 1);
        }
        self.pieces.get(place + 1).map(|next| next.original)
    }
}

/// Returns where the character begins that `at` stands in.
fn grapheme_start(text: &str, at: usize) -> usize {
    let (from, near) = neighbourhood(text, at);
    let mut cursor = GraphemeCursor::new(at - from, near.len(), true);
    match cursor.is_boundary(near, 0) {
        Ok(false) => cursor.prev_boundary(near, 0).ok().flatten().map_or(at, |start| from + start),
        _ => at,
    }
}

/// Returns where the character ends that `at` stands in.
fn grapheme_end(text: &str, at: usize) -> usize {
    let (from, near) = neighbourhood(text, at);
    let mut cursor = GraphemeCursor::new(at - from, near.len(), true);
    match cursor.is_boundary(near, 0) {
        Ok(false) => cursor.next_boundary(near, 0).ok().flatten().map_or(at, |end| from + end),
        _ => at,
    }
}

/// Returns the text around a place, and where it begins.
fn neighbourhood(text: &str, at: usize) -> (usize, &str) {
    let (mut from, mut to) = (at.saturating_sub(GRAPHEME_BYTES), at.saturating_add(GRAPHEME_BYTES));
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while to < text.len() && !text.is_char_boundary(to) {
        to += 1;
    }
    (from, text.get(from..to.min(text.len())).unwrap_or_default())
}
