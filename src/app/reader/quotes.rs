//! Which lines of a text are somebody else's, and which are a signature.

use std::ops::Range;

/// A signature is short; what follows it further down is not part of it.
const SIGNATURE_LINES_AT_MOST: usize = 12;

/// What a line of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// The writer's own words.
    Own,
    /// Nothing.
    Blank,
    /// Somebody else's words, quoted so many times.
    Quoted {
        /// How many `>` stand before it.
        depth: usize,
    },
    /// Below `-- ` (RFC 3676 §4.3).
    Signature,
}

/// Returns every line of a text, its line end left out, and what it is.
pub(super) fn lines(text: &str) -> Vec<(Range<usize>, LineKind)> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut signature_left = 0;
    for line in text.trim_end_matches('\n').split('\n') {
        let kind = kind_of(line, &mut signature_left);
        lines.push((start..start + line.len(), kind));
        start += line.len() + 1;
    }
    lines
}

fn kind_of(line: &str, signature_left: &mut usize) -> LineKind {
    let depth = depth_of(line);
    if depth > 0 {
        *signature_left = 0;
        return LineKind::Quoted { depth };
    }
    if line == "-- " || line == "--" {
        *signature_left = SIGNATURE_LINES_AT_MOST;
        return LineKind::Signature;
    }
    if line.starts_with("---") || line.starts_with("___") {
        *signature_left = 0;
    }
    if *signature_left > 0 {
        *signature_left -= 1;
        return LineKind::Signature;
    }
    if line.trim().is_empty() { LineKind::Blank } else { LineKind::Own }
}

/// Counts the `>` before a line, those of `> > ` too.
fn depth_of(line: &str) -> usize {
    let mut depth = 0;
    for letter in line.chars() {
        match letter {
            '>' => depth += 1,
            ' ' if depth > 0 => {}
            _ => break,
        }
    }
    depth
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
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let kinds = lines(text).into_iter().map(|(_, kind)| match kind {
            LineKind::Own => 'o',
            LineKind::Blank => '.',
            LineKind::Quoted { depth } => char::from_digit(depth as u32, 10).unwrap(),
            LineKind::Signature => 's',
        });
        assert_eq!(kinds.collect::<String>(), expected, "in {text:?}");
    }

    #[test]
    fn quotes_and_signatures_are_told_from_the_writers_words() {
        check("Hello\n\n> a\n> > b\n>>> c\n\nBye\n-- \nAnna\n\ndesk\n", "o.123.osssss".get(..11).unwrap());
        check("Bye\n-- \nAnna\n> top post\nmore\n", "oss1o");
        check("--\nAnna\n______\nlist footer\n", "ssoo");
        check("a > b\n", "o");
        check("", ".");
    }

    #[test]
    fn a_quotation_ends_at_the_next_own_line() {
        let lines = lines("> a\n\n> b\n\nown\n> c\n");
        assert_eq!(quoted_run(&lines, 0), 3);
        assert_eq!(quoted_run(&lines, 1), 0);
        assert_eq!(quoted_run(&lines, 5), 1);
    }
}
