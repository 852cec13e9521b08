//! Which lines of a text are somebody else's, and which are a signature.

use super::outline::Outline;
use std::ops::Range;

/// What a line of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// The writer's own words.
    Own,
    /// Nothing.
    Blank,
    /// Somebody else's words, quoted so many times.
    Quoted {
        /// 1 is what is being answered.
        depth: u8,
    },
    /// Below `-- ` (RFC 3676 §4.3).
    Signature,
}

/// Returns every line of a stretch of a text, its line end left out, and what it is.
pub(super) fn lines(text: &str, outline: &Outline, stretch: Range<usize>) -> Vec<(Range<usize>, LineKind)> {
    let first = outline.quotes.partition_point(|quote| quote.range.end <= stretch.start);
    let mut quotes = outline.quotes.iter().skip(first).peekable();
    let mut lines = Vec::new();
    let mut start = stretch.start;
    let written = text.get(stretch).unwrap_or_default();
    for line in written.strip_suffix('\n').unwrap_or(written).split('\n') {
        while quotes.next_if(|quote| quote.range.end <= start).is_some() {}
        let kind = match quotes.peek().filter(|quote| quote.range.contains(&start)) {
            Some(quote) => LineKind::Quoted { depth: quote.depth },
            None if outline.signature.contains(&start) => LineKind::Signature,
            None if line.trim().is_empty() => LineKind::Blank,
            None => LineKind::Own,
        };
        lines.push((start..start + line.len(), kind));
        start += line.len() + 1;
    }
    lines
}

/// Counts the lines of the quotation that begins at a line, the blank ones between its paragraphs too.
pub(super) fn quoted_run(lines: &[(Range<usize>, LineKind)], first: usize) -> usize {
    let mut run = 0;
    for (place, (_, kind)) in lines.iter().enumerate().skip(first) {
        match kind {
            LineKind::Quoted { .. } => run = place + 1 - first,
            LineKind::Blank if run > 0 => {}
            _ => break,
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use super::super::links::Links;
    use super::*;
    use crate::mail::Text;

    fn all_lines(text: &str) -> Vec<(Range<usize>, LineKind)> {
        let outline = Outline::of(&Text { text: text.to_owned(), ..Text::default() }, &mut Links::default());
        lines(text, &outline, 0..text.trim_end_matches('\n').len())
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let kinds = all_lines(text).into_iter().map(|(_, kind)| match kind {
            LineKind::Own => 'o',
            LineKind::Blank => '.',
            LineKind::Quoted { depth } => char::from_digit(depth.into(), 10).unwrap(),
            LineKind::Signature => 's',
        });
        assert_eq!(kinds.collect::<String>(), expected, "in {text:?}");
    }

    #[test]
    fn quotes_and_signatures_are_told_from_the_writers_words() {
        check("Hello\n\n> a\n> > b\n>>> c\n\nBye\n-- \nAnna\n\ndesk\n", "o.123.ossss");
        check("Bye\n-- \nAnna\n> top post\nmore\n", "oss1o");
        check("Bye\n\n-----Original Message-----\nFrom: a\n\n> b\n", "o.1112");
        check("a > b\n", "o");
        check("", ".");
    }

    #[test]
    fn a_quotation_ends_at_the_next_own_line() {
        let lines = all_lines("> a\n\n> b\n\nown\n> c\n");
        assert_eq!(quoted_run(&lines, 0), 3);
        assert_eq!(quoted_run(&lines, 1), 0);
        assert_eq!(quoted_run(&lines, 5), 1);
    }
}
