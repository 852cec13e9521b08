//! Which lines separate messages.
//!
//! A separator begins `From `, carries a postmark (see [`Postmark`]), and the next line is a header
//! field. The blank line that RFC 4155 wants before it is usual but often missing in real mailboxes,
//! and prose after a blank line often begins with `From `: so a blank line is noted, not needed, and
//! the header field is needed.

use super::postmark::Postmark;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use memchr::memmem;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The line that begins a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separator {
    /// Where its `From ` stands.
    pub offset: ByteOffset,
    /// A blank line, or the start of the mailbox, stands before it.
    pub follows_blank_line: bool,
}

/// The separators of a stretch of a mailbox, in the order of the file.
pub struct Separators<'a> {
    mailbox: &'a [u8],
    line_start: memmem::Finder<'static>,
    next: usize,
    end: usize,
}

/// Finds the separators that begin within a stretch of the mailbox.
pub fn separators(mailbox: &[u8], within: ByteRange) -> Separators<'_> {
    let line_start = memmem::Finder::new(b"\nFrom ");
    Separators { mailbox, line_start, next: within.start().index(), end: within.end().index() }
}

impl Iterator for Separators<'_> {
    type Item = Separator;

    fn next(&mut self) -> Option<Separator> {
        loop {
            let start = self.next_line_that_begins_with_from()?;
            self.next = start + 1;
            if let Some(separator) = separator_at(self.mailbox, start) {
                return Some(separator);
            }
        }
    }
}

impl Separators<'_> {
    fn next_line_that_begins_with_from(&mut self) -> Option<usize> {
        let first = first_line(self.mailbox);
        if self.next <= first && first < self.end && self.mailbox.get(first..)?.starts_with(b"From ") {
            return Some(first);
        }
        // The line feed before it may belong to the stretch before this one.
        let from = self.next.saturating_sub(1);
        let to = self.end.saturating_add(b"From".len()).min(self.mailbox.len());
        let found = self.line_start.find(self.mailbox.get(from..to)?)?;
        let start = from + found + 1;
        (start < self.end).then_some(start)
    }
}

/// Returns where the first line begins: behind the byte order mark that some editors leave.
fn first_line(mailbox: &[u8]) -> usize {
    if mailbox.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
}

fn separator_at(mailbox: &[u8], start: usize) -> Option<Separator> {
    let rest = mailbox.get(start..)?;
    let line_end = memchr::memchr(b'\n', rest)?;
    let (line, after) = (rest.get(..line_end)?, rest.get(line_end + 1..)?);
    if !begins_with_a_field(after) || !Postmark::read(line).separates() {
        return None;
    }
    let before = mailbox.get(..start)?;
    let follows_blank_line = before.is_empty()
        || before == BYTE_ORDER_MARK
        || before == b"\n"
        || before == b"\r\n"
        || before.ends_with(b"\n\n")
        || before.ends_with(b"\n\r\n");
    Some(Separator { offset: ByteOffset(start as u64), follows_blank_line })
}

/// How long the name of a header field may be before we think it prose.
const LONGEST_FIELD_NAME_BYTES: usize = 128;

/// Returns whether the first line is a header field (RFC 5322 §2.2, with blanks before the colon).
///
/// `>From ` counts too: some relays wrote the quoted separators of those before them on top.
pub fn begins_with_a_field(bytes: &[u8]) -> bool {
    if bytes.starts_with(b">From ") {
        return true;
    }
    let head = bytes.get(..LONGEST_FIELD_NAME_BYTES).unwrap_or(bytes);
    let name = head.iter().take_while(|byte| matches!(byte, 33..=57 | 59..=126)).count();
    let mut after = head.iter().skip(name).skip_while(|byte| matches!(byte, b' ' | b'\t'));
    name > 0 && after.next() == Some(&b':')
}
