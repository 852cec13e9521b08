//! An address list taken to pieces: words, quoted strings, comments, bracketed addresses, and the
//! signs between entries (RFC 5322 §3.4 and §4.4).
//!
//! What is opened and never closed is not believed: such a quote is a letter like others, such a
//! bracket ends at the next comma or bracket. So one broken entry does not swallow those behind it.
//!
//! **Invariant:** the work is linear in the value. A search for a closing sign that fails is not made
//! again, and one that succeeds is not repeated.

use super::encoded_word::word_len;

/// A piece of an address list, with its bytes as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words, with the blanks around them.
    Text(&'a [u8]),
    /// What stands in double quotes, escapes included.
    Quoted(&'a [u8]),
    /// What stands in parentheses.
    Comment(&'a [u8]),
    /// What stands in angle brackets.
    Angle(&'a [u8]),
    /// `,`, the end of an entry.
    Comma,
    /// `;`, the end of an entry and of a group.
    Semicolon,
    /// `:`, the end of a group's name.
    Colon,
}

/// The pieces of an address list, in order.
pub(super) struct Pieces<'a> {
    value: &'a [u8],
    at: usize,
    /// Some sign stands in the value that few values have: `(`, `;`, `:`, `[`, or an encoded word.
    has_rare_signs: bool,
    /// No further quote is closed.
    quotes_are_letters: bool,
    /// A comment was not closed; those behind it end at the first `)`.
    comments_are_flat: bool,
    /// No further `)` follows.
    parentheses_are_letters: bool,
}

/// How far the end of a domain literal such as `[IPv6:2001:db8::1]` is looked for.
const LONGEST_LITERAL_BYTES: usize = 128;

/// Takes an address list to pieces.
pub(super) fn pieces(value: &[u8]) -> Pieces<'_> {
    let has_rare_signs =
        memchr::memchr3(b'(', b';', b':', value).is_some() || memchr::memchr2(b'[', b'?', value).is_some();
    Pieces {
        value,
        at: 0,
        has_rare_signs,
        quotes_are_letters: false,
        comments_are_flat: false,
        parentheses_are_letters: false,
    }
}

/// Returns whether a byte may end a run of words.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'"' | b'(' | b'<' | b',' | b';' | b':' | b'[' | b'=')
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        let mut at = start;
        loop {
            let rest = self.value.get(at..).unwrap_or_default();
            let Some(run) = self.next_sign(rest) else {
                at = self.value.len();
                break;
            };
            at += run;
            let Some((piece, len)) = self.sign_at(at) else {
                at += self.letters_at(at);
                continue;
            };
            if at > start {
                break;
            }
            self.at = at + len;
            return Some(piece);
        }
        self.at = at;
        self.value.get(start..at).filter(|text| !text.is_empty()).map(Piece::Text)
    }
}

impl<'a> Pieces<'a> {
    /// Returns how far the next sign is.
    fn next_sign(&self, rest: &[u8]) -> Option<usize> {
        if self.has_rare_signs {
            rest.iter().position(|&byte| is_sign(byte))
        } else {
            memchr::memchr3(b'"', b'<', b',', rest)
        }
    }

    /// Returns the piece that a sign begins, and its length; none where it is a letter like others.
    fn sign_at(&mut self, at: usize) -> Option<(Piece<'a>, usize)> {
        let (&sign, after) = self.value.get(at..)?.split_first()?;
        match sign {
            b',' => Some((Piece::Comma, 1)),
            b';' => Some((Piece::Semicolon, 1)),
            b':' => Some((Piece::Colon, 1)),
            b'"' => self.quoted(after),
            b'(' => self.comment(after),
            b'<' => Some(angle(after)),
            _ => None,
        }
    }

    /// Returns how many bytes at a sign that is none are letters: all of an encoded word, in which many
    /// programs leave commas and brackets as they are, and all of a domain literal.
    fn letters_at(&self, at: usize) -> usize {
        let rest = self.value.get(at..).unwrap_or_default();
        if rest.starts_with(b"=?") {
            return word_len(rest).unwrap_or(2);
        }
        let near = rest.get(..LONGEST_LITERAL_BYTES).unwrap_or(rest);
        if near.first() != Some(&b'[') {
            return 1;
        }
        let end = near.iter().position(|byte| b"]<>,\"".contains(byte)).unwrap_or(0);
        if near.get(end) == Some(&b']') { end + 1 } else { 1 }
    }

    fn quoted(&mut self, after: &'a [u8]) -> Option<(Piece<'a>, usize)> {
        if self.quotes_are_letters {
            return None;
        }
        let Some(len) = quoted_len(after) else {
            self.quotes_are_letters = true;
            return None;
        };
        let inside = after.get(..len)?;
        // `"Anna <a@b.example>, "Bob" <…>`: the quote that ends it begins another.
        (!holds_an_entry(inside)).then_some((Piece::Quoted(inside), len + 2))
    }

    fn comment(&mut self, after: &'a [u8]) -> Option<(Piece<'a>, usize)> {
        if !self.comments_are_flat {
            if let Some(len) = nested_len(after) {
                return Some((Piece::Comment(after.get(..len)?), len + 2));
            }
            self.comments_are_flat = true;
        }
        if self.parentheses_are_letters {
            return None;
        }
        let Some(len) = memchr::memchr(b')', after) else {
            self.parentheses_are_letters = true;
            return None;
        };
        Some((Piece::Comment(after.get(..len)?), len + 2))
    }
}

/// Returns the length of a quoted string up to the quote that ends it.
fn quoted_len(after: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'"', b'\\', after.get(at..)?)?;
        if after.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Returns whether a bracketed address and a comma stand in what quotes enclose.
fn holds_an_entry(quoted: &[u8]) -> bool {
    let mut ends = memchr::memchr_iter(b'>', quoted);
    ends.any(|end| quoted.get(end + 1..).is_some_and(|rest| rest.trim_ascii_start().first() == Some(&b',')))
}

/// Returns the length of a comment up to the `)` that ends it; comments nest.
fn nested_len(after: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 1);
    loop {
        at += memchr::memchr3(b'(', b')', b'\\', after.get(at..)?)?;
        match after.get(at) {
            Some(b'(') => depth += 1,
            Some(b')') => depth -= 1,
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
        at += 1;
    }
}

/// Reads a bracketed address up to its `>`. One that is not closed ends before the next `<`, or before
/// the first comma.
fn angle(after: &[u8]) -> (Piece<'_>, usize) {
    let sound = memchr::memchr3(b'>', b'<', b'"', after).filter(|&end| after.get(end) == Some(&b'>'));
    if let Some(end) = sound {
        return (Piece::Angle(after.get(..end).unwrap_or_default()), end + 2);
    }
    let mut first_comma = None;
    let mut at = 0;
    let end = loop {
        match after.get(at) {
            Some(b'>') => {
                return (Piece::Angle(after.get(..at).unwrap_or_default()), at + 2);
            }
            Some(b',' | b';') => first_comma = first_comma.or(Some(at)),
            // A local part in quotes may hold any sign.
            Some(b'"') => {
                let near = after.get(at + 1..).unwrap_or_default();
                let near = near.get(..LONGEST_LITERAL_BYTES).unwrap_or(near);
                at += quoted_len(near).map_or(0, |len| len + 1);
            }
            Some(b'<') | None => break first_comma.unwrap_or(at.min(after.len())),
            Some(_) => {}
        }
        at += 1;
    };
    (Piece::Angle(after.get(..end).unwrap_or_default()), end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let shown = pieces(value.as_bytes()).map(|piece| match piece {
            Piece::Text(text) => format!("[{}]", String::from_utf8_lossy(text)),
            Piece::Quoted(text) => format!("Q[{}]", String::from_utf8_lossy(text)),
            Piece::Comment(text) => format!("C[{}]", String::from_utf8_lossy(text)),
            Piece::Angle(text) => format!("A[{}]", String::from_utf8_lossy(text)),
            Piece::Comma => ",".to_owned(),
            Piece::Semicolon => ";".to_owned(),
            Piece::Colon => ":".to_owned(),
        });
        assert_eq!(shown.collect::<String>(), expected, "{value:?}");
    }

    #[test]
    fn pieces_of_sound_lists() {
        check("a@b, \"D, J\" <c@d>; e", "[a@b],[ ]Q[D, J][ ]A[c@d];[ e]");
        check("x (a (b) c) <\"q>\"@r>", "[x ]C[a (b) c][ ]A[\"q>\"@r]");
        check("g: a@[IPv6:::1];", "[g]:[ a@[IPv6:::1]];");
        check("\"a\\\"b\" <@r,@s:t@u>", "Q[a\\\"b][ ]A[@r,@s:t@u]");
    }

    #[test]
    fn what_is_never_closed() {
        check("\"a <b@c>, d", "[\"a ]A[b@c],[ d]");
        check("\"a <b@c>, \"d\" <e@f>", "[\"a ]A[b@c],[ ]Q[d][ ]A[e@f]");
        check("a <b@c, d <e@f>", "[a ]A[b@c],[ d ]A[e@f]");
        check("a <b@c", "[a ]A[b@c]");
        check("a <<b@c>", "[a ]A[]A[b@c]");
        check("(a (b) <c@d>", "C[a (b][ ]A[c@d]");
        check("(a <c@d>", "[(a ]A[c@d]");
        check("[a, b", "[[a],[ b]");
        check("", "");
    }

    #[test]
    fn hostile_lists_take_linear_time() {
        for sign in ["\"", "(", "<", "[", "\\", "<,", "=?a?Q?", "=?a?Q?x?=", "(\"", "<\"", "(a)(", "\">,"] {
            let value = sign.repeat(1 << 20);
            assert!(pieces(value.as_bytes()).count() <= value.len());
        }
    }
}
