//! `format=flowed`: which lines of a text are one paragraph (RFC 3676).
//!
//! The text stays as it was sent; [`paragraphs`] says which stretches of it make a paragraph, so a
//! hit found in the text is found again in what is shown. [`unflow`] joins them.

use crate::mail::TextRange;
use memchr::memchr_iter;

/// A paragraph: what stands on its lines, without the quote marks, in ranges of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// How many `>` stand before each of its lines.
    pub quote_depth: usize,
    /// The pieces that make it up, to be joined as they are.
    pub pieces: Vec<TextRange>,
}

/// Returns the paragraphs of a flowed text; with `delsp` the blank at the end of a flowed line is not
/// part of it (§4.1).
pub fn paragraphs(text: &str, delsp: bool) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut flows_on = false;
    for line in lines(text) {
        let flowed = Line::read(text, line);
        // An empty line ends a paragraph, whatever the line before it promised.
        let goes_on = flows_on && !flowed.is_signature && !flowed.words.is_empty();
        match paragraphs.last_mut().filter(|last| goes_on && last.quote_depth == flowed.quote_depth) {
            Some(last) => last.pieces.push(flowed.piece(delsp)),
            None => paragraphs
                .push(Paragraph { quote_depth: flowed.quote_depth, pieces: vec![flowed.piece(delsp)] }),
        }
        flows_on = flowed.is_flowed;
    }
    paragraphs
}

/// Returns a flowed text with one line a paragraph, quoted ones behind their `>` and a blank.
///
/// ```
/// assert_eq!(tranche::mail::unflow("One \nline.\n> And \n> another.\n", false), "One line.\n> And another.\n");
/// ```
pub fn unflow(text: &str, delsp: bool) -> String {
    let mut unflowed = String::with_capacity(text.len());
    for paragraph in paragraphs(text, delsp) {
        unflowed.extend(std::iter::repeat_n('>', paragraph.quote_depth));
        let is_empty = paragraph.pieces.iter().all(TextRange::is_empty);
        if paragraph.quote_depth > 0 && !is_empty {
            unflowed.push(' ');
        }
        unflowed.extend(paragraph.pieces.into_iter().filter_map(|piece| text.get(piece)));
        unflowed.push('\n');
    }
    unflowed
}

/// A line of a flowed text.
struct Line {
    quote_depth: usize,
    words: TextRange,
    is_flowed: bool,
    is_signature: bool,
}

impl Line {
    fn read(text: &str, line: TextRange) -> Self {
        let written = text.get(line.clone()).unwrap_or_default();
        let quote_depth = written.bytes().take_while(|&byte| byte == b'>').count();
        let after_quote = written.get(quote_depth..).unwrap_or_default();
        // One blank was put there so that the line does not look quoted (§4.4).
        let words = after_quote.strip_prefix(' ').unwrap_or(after_quote);
        let is_signature = words == "-- ";
        Self {
            quote_depth,
            words: line.end - words.len()..line.end,
            is_flowed: words.ends_with(' ') && !is_signature,
            is_signature,
        }
    }

    fn piece(&self, delsp: bool) -> TextRange {
        let dropped = usize::from(delsp && self.is_flowed);
        self.words.start..self.words.end - dropped
    }
}

/// Returns where the lines stand, without their ends.
fn lines(text: &str) -> impl Iterator<Item = TextRange> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    ends.filter_map(move |end| {
        let line = start..end;
        start = end + 1;
        (end < text.len() || !line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, unflowed: &str) {
        assert_eq!(unflow(text, false), unflowed, "{text:?}");
    }

    #[test]
    fn lines_that_end_in_a_blank_go_on() {
        check("One \ntwo \nthree.\nFour.\n", "One two three.\nFour.\n");
        check("One \n", "One \n");
        check("", "");
        check("a \n\nb", "a \n\nb\n");
    }

    #[test]
    fn quotes_flow_by_themselves() {
        check("> One \n> two \n>> three \n> four \nfive\n", "> One two \n>> three \n> four \nfive\n");
        check(">\n> a\n", ">\n> a\n");
    }

    #[test]
    fn a_stuffed_blank_is_not_part_of_the_line() {
        check(" From here \n >on\n", "From here >on\n");
    }

    #[test]
    fn a_signature_stands_alone() {
        check("Yours \n-- \nAnna\n", "Yours \n-- \nAnna\n");
    }

    #[test]
    fn delsp_takes_the_blank_away() {
        assert_eq!(unflow("日本 \n語\n-- \n", true), "日本語\n-- \n");
    }
}
