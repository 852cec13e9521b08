//! A header, field by field, as it is written.
//!
//! A field is `name:` at the start of a line, with its continuation lines (RFC 5322 §2.2.3). Lines end
//! in LF or CRLF, or in CR alone where the first line of the header does. What else stands in a
//! header is dealt with so that no text is lost:
//!
//! * `From ` and `>From ` lines, which relays and programs that write mailboxes leave there, are
//!   passed over;
//! * a single line that is no field, with a field right behind it, is passed over and noted;
//! * any other line that is no field ends the header, and is the first line of the body.
//!
//! Not here: what a value means, or decoding it (see `words`).

use crate::mail::Anomalies;
use crate::mail::Anomaly;
use std::ops::Range;

/// A field as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::mail) struct RawField<'a> {
    /// The name, without the blanks that may stand before the colon.
    pub name: &'a [u8],
    /// What follows the colon: with its folds, without the line end.
    pub value: &'a [u8],
    /// Where the whole field stands in the message, line end included.
    pub range: Range<usize>,
}

/// The fields of a message's header, in order.
pub(in crate::mail) struct Fields<'a> {
    message: &'a [u8],
    next: usize,
    line_end: u8,
    is_over: bool,
    anomalies: Anomalies,
}

/// Returns the fields of the header that `message` begins with.
pub(in crate::mail) fn fields(message: &[u8]) -> Fields<'_> {
    let line_end = line_end_of(message);
    Fields { message, next: 0, line_end, is_over: false, anomalies: Anomalies::default() }
}

/// Returns where the body of a message begins.
pub fn body_offset(message: &[u8]) -> usize {
    let mut fields = fields(message);
    fields.by_ref().for_each(drop);
    fields.body_start()
}

impl Fields<'_> {
    /// Returns where the body begins; where the header goes on, that is where it goes on.
    pub fn body_start(&self) -> usize {
        self.next
    }

    /// Returns what was odd about the lines so far.
    pub fn anomalies(&self) -> Anomalies {
        self.anomalies
    }

    /// Returns the length of the field that `rest` begins with: its line and those that continue it.
    fn field_len(&self, rest: &[u8], line_len: usize) -> usize {
        let mut len = line_len;
        while let Some(line @ [b' ' | b'\t', ..]) = rest.get(len..) {
            len += self.line_len(line);
        }
        len
    }

    fn line_len(&self, rest: &[u8]) -> usize {
        memchr::memchr(self.line_end, rest).map_or(rest.len(), |end| end + 1)
    }

    /// Passes over a line that is no field, or ends the header before it.
    fn pass_over(&mut self, rest: &[u8]) {
        let len = self.line_len(rest);
        let is_separator = rest.starts_with(b"From ") || rest.starts_with(b">From ");
        let after = rest.get(len..).unwrap_or_default();
        if is_separator || field_name(after).is_some() {
            self.anomalies.note_if(!is_separator, Anomaly::BadHeaderLine);
            self.next += len;
        } else {
            self.anomalies.note(Anomaly::NoHeaderEnd);
            self.is_over = true;
        }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = RawField<'a>;

    fn next(&mut self) -> Option<RawField<'a>> {
        while !self.is_over {
            let rest = self.message.get(self.next..).filter(|rest| !rest.is_empty())?;
            if let Some(blank_line) = blank_line_len(rest) {
                self.next += blank_line;
                self.is_over = true;
                break;
            }
            let line_len = self.line_len(rest);
            if let Some(name) = rest.get(..line_len).and_then(field_name) {
                let len = self.field_len(rest, line_len);
                let range = self.next..self.next + len;
                self.next = range.end;
                let value = without_line_end(rest.get(name.colon + 1..len)?);
                return Some(RawField { name: rest.get(..name.len)?, value, range });
            }
            self.pass_over(rest);
        }
        None
    }
}

/// Returns the byte that ends a line: CR where the first line ends in one, and a header goes on.
fn line_end_of(message: &[u8]) -> u8 {
    let Some(end) = memchr::memchr2(b'\n', b'\r', message) else { return b'\n' };
    let after = message.get(end + 1..).unwrap_or_default();
    let is_bare_cr = message.get(end) == Some(&b'\r') && after.first() != Some(&b'\n');
    let goes_on = matches!(after, [] | [b'\r' | b' ' | b'\t', ..]) || field_name(after).is_some();
    if is_bare_cr && goes_on { b'\r' } else { b'\n' }
}

fn blank_line_len(rest: &[u8]) -> Option<usize> {
    match rest {
        [b'\r', b'\n', ..] => Some(2),
        [b'\n' | b'\r', ..] => Some(1),
        _ => None,
    }
}

/// A field's name: its length, and where the colon stands.
struct Name {
    len: usize,
    colon: usize,
}

/// Returns the field name that a line begins with, if it begins with one: no blanks or controls are in it, but
/// blanks may stand before its colon (RFC 5322 §4.5.3).
fn field_name(line: &[u8]) -> Option<Name> {
    let len = line.iter().position(|&byte| byte <= b' ' || byte == b':').filter(|&len| len > 0)?;
    let blanks = line.get(len..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let colon = len + blanks;
    (line.get(colon) == Some(&b':')).then_some(Name { len, colon })
}

fn without_line_end(value: &[u8]) -> &[u8] {
    let value = value.strip_suffix(b"\n").unwrap_or(value);
    value.strip_suffix(b"\r").unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Compares `name|value` of each field, the body, and what was odd.
    #[track_caller]
    fn check(message: &str, expected: &[&str], body: &str, odd: &[Anomaly]) {
        let mut fields = fields(message.as_bytes());
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let found: Vec<String> =
            fields.by_ref().map(|field| text(field.name) + "|" + &text(field.value)).collect();
        assert_eq!(found, expected, "in {message:?}");
        assert_eq!(&message[fields.body_start()..], body, "body of {message:?}");
        assert_eq!(body_offset(message.as_bytes()), fields.body_start());
        assert_eq!(fields.anomalies().iter().collect::<Vec<_>>(), odd, "in {message:?}");
    }

    #[test]
    fn fields_and_their_folds() {
        check("A: b\nC:d\n\nbody\n", &["A| b", "C|d"], "body\n", &[]);
        check("A: b\r\nC:\r\n\td\r\n e\r\n\r\nbody", &["A| b", "C|\r\n\td\r\n e"], "body", &[]);
        check("A: b\rC: d\r\rbody", &["A| b", "C| d"], "body", &[]);
        check("A: b\rc\nC: d\n\n", &["A| b\rc", "C| d"], "", &[]);
        check("A : b\nB\t: c\n\n", &["A| b", "B| c"], "", &[]);
        check("A: b\n \nC: d\n\n", &["A| b\n ", "C| d"], "", &[]);
    }

    #[test]
    fn a_header_may_end_with_its_message() {
        check("A: b\nC: d", &["A| b", "C| d"], "", &[]);
        check("A: b\n", &["A| b"], "", &[]);
        check("", &[], "", &[]);
        check("\nbody", &[], "body", &[]);
    }

    #[test]
    fn lines_that_are_no_field() {
        check(">From a Mon Mar 6 09:00 2017\nA: b\n>From c\n\n", &["A| b"], "", &[]);
        check("From a Mon Mar 6 09:00 2017\nA: b\n\n", &["A| b"], "", &[]);
        check("A: b\nodd line\nC: d\n\nbody", &["A| b", "C| d"], "body", &[Anomaly::BadHeaderLine]);
        check(" odd\nA: b\n\n", &["A| b"], "", &[Anomaly::BadHeaderLine]);
        check("A: b\nHello,\n\nbody", &["A| b"], "Hello,\n\nbody", &[Anomaly::NoHeaderEnd]);
        check("A: b\nHello you\nand you", &["A| b"], "Hello you\nand you", &[Anomaly::NoHeaderEnd]);
        check(": x\nA: b\n\n", &["A| b"], "", &[Anomaly::BadHeaderLine]);
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_hold_their_fields(message in "([A-Z]:?|[ \t\r\n]|From |\u{e9}){0,60}") {
            let mut end = 0;
            for field in fields(message.as_bytes()) {
                prop_assert!(field.range.start >= end && field.range.end > field.range.start);
                end = field.range.end;
                let whole = &message.as_bytes()[field.range];
                prop_assert!(whole.starts_with(field.name));
            }
        }
    }
}
