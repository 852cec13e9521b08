//! Where one message ends and the next begins.
//!
//! [`split`] finds every message of a mailbox; [`separators`] finds the separators of any stretch of
//! it, so that several workers can look at once. Whether a line separates is decided by that line,
//! the one before and the one after, and by nothing else: however a mailbox is cut into stretches,
//! the separators found are the same. `Content-Length` is not believed (RFC 4155 knows none, and a
//! wrong one would hide mail).
//!
//! **Invariant:** the ranges tile the file. The preamble and the messages' ranges, joined in order,
//! are the file, byte for byte, so whatever else goes wrong nothing is outside.
//!
//! Not here: undoing `>From` (see [`unquote`]) or deciding whether a message makes sense (see `mail`).

mod postmark;
mod quoting;
mod separators;

pub use postmark::Postmark;
pub use postmark::PostmarkDate;
pub use quoting::unquote;
pub use separators::Separator;
pub use separators::Separators;
pub use separators::begins_with_a_field;
pub use separators::separators;

use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;

/// How a mailbox falls into messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// What stands before the first separator, and belongs to no message.
    pub preamble: ByteRange,
    /// Every message, in the order of the file.
    pub messages: Vec<Slot>,
}

/// The place of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The message with its separator, up to the next separator or the end of the mailbox.
    pub range: ByteRange,
    /// No blank line stands before the separator: two messages, or one cut in two.
    pub is_doubtful: bool,
}

impl Slot {
    /// Returns the place of the message that a separator begins.
    pub fn begun_by(separator: Separator, end: ByteOffset) -> Self {
        Self { range: ByteRange::new(separator.offset, end), is_doubtful: !separator.follows_blank_line }
    }
}

/// Finds every message of a mailbox.
///
/// A file without any separator that begins like a header is one message, as in an `.eml` file; any
/// other file without one is all preamble.
///
/// ```
/// let mailbox = b"From a@b.example Mon Mar  6 09:00:00 2017\nSubject: one\n\nHello.\n";
/// assert_eq!(tranche::mbox::split(mailbox).messages.len(), 1);
/// ```
pub fn split(mailbox: &[u8]) -> Split {
    let found: Vec<Separator> = separators(mailbox, ByteRange::all(mailbox)).collect();
    tile(&found, mailbox)
}

/// Lays the ranges of the messages that `found` begins over the whole mailbox.
fn tile(found: &[Separator], mailbox: &[u8]) -> Split {
    let all = ByteRange::all(mailbox);
    let Some(first) = found.first() else { return without_separators(mailbox) };
    let ends = found.iter().skip(1).map(|next| next.offset).chain([all.end()]);
    let messages = found.iter().zip(ends).map(|(&separator, end)| Slot::begun_by(separator, end));
    Split { preamble: ByteRange::new(all.start(), first.offset), messages: messages.collect() }
}

fn without_separators(mailbox: &[u8]) -> Split {
    let all = ByteRange::all(mailbox);
    if begins_with_a_field(mailbox) {
        return Split {
            preamble: ByteRange::default(),
            messages: vec![Slot { range: all, is_doubtful: false }],
        };
    }
    Split { preamble: all, messages: Vec::new() }
}

/// A message's own bytes: what was handed to the program that wrote the mailbox.
///
/// Its separator line is taken off, and the one line end that parts it from the next separator (or
/// from the end of the file). This is what a digest is made of and what is written out.
pub fn message_of(slot: &[u8]) -> &[u8] {
    let message = slot.get(separator_len(slot)..).unwrap_or_default();
    without_parting_line_end(message)
}

/// Returns the length of the separator line of a slot, its line end included; 0 where it has none.
pub fn separator_len(slot: &[u8]) -> usize {
    if !slot.starts_with(b"From ") {
        return 0;
    }
    memchr::memchr(b'\n', slot).map_or(slot.len(), |end| end + 1)
}

/// Takes off a last line that is empty, if there is one.
fn without_parting_line_end(message: &[u8]) -> &[u8] {
    let Some(rest) = message.strip_suffix(b"\n") else { return message };
    let rest = rest.strip_suffix(b"\r").unwrap_or(rest);
    if rest.is_empty() || rest.ends_with(b"\n") { rest } else { message }
}

/// Returns the separator line at the start of a slot, read as far as it can be.
pub fn postmark_of(slot: &[u8]) -> Postmark<'_> {
    Postmark::read(slot.get(..separator_len(slot)).unwrap_or_default())
}

/// Returns the year that the separator line of a slot ends in, as nearly all do.
pub fn postmark_year(slot: &[u8]) -> Option<i64> {
    let line = slot.get(..separator_len(slot))?.trim_ascii_end();
    let (before, year) = line.split_last_chunk::<4>()?;
    let is_year = before.last() == Some(&b' ') && year.iter().all(u8::is_ascii_digit);
    is_year.then(|| year.iter().fold(0, |year, digit| year * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(mailbox: &str, starts: &[u64]) {
        let split = split(mailbox.as_bytes());
        let found: Vec<u64> = split.messages.iter().map(|slot| slot.range.start().0).collect();
        assert_eq!(found, starts, "in {mailbox:?}");
    }

    const ONE: &str = "From a@b.example Mon Mar  6 09:00:00 2017\nSubject: one\n\nHello.\n\n";

    #[test]
    fn messages_begin_at_separators() {
        let n = ONE.len() as u64;
        check(ONE, &[0]);
        check(&ONE.repeat(3), &[0, n, 2 * n]);
        check(&ONE.repeat(2).replace('\n', "\r\n"), &[0, n + 5]);
        check(&format!("junk\n\n{ONE}"), &[6]);
        check(&format!("\u{feff}{ONE}"), &[3]);
        check(&format!("{ONE}{}", ONE.trim_end()), &[0, n]);
    }

    #[test]
    fn prose_that_looks_like_a_separator_stays_in_its_message() {
        check(&format!("{ONE}From my experience without a date\nand: more\n"), &[0]);
        check(&format!("{ONE}From a@b Mon Mar  6 09:00:00 2017\nno field here\n"), &[0]);
        check(&format!("{ONE}From a@b Mon Mar  6 09:00:00 2017\n Subject: x\n"), &[0]);
        check(&format!("{ONE}>From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n"), &[0]);
    }

    #[test]
    fn a_separator_without_a_blank_line_before_is_a_doubt() {
        let mailbox = format!("{}{ONE}", ONE.trim_end().to_owned() + "\n");
        let split = split(mailbox.as_bytes());
        assert_eq!(split.messages.iter().map(|slot| slot.is_doubtful).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_single_message_is_a_mailbox_of_one() {
        check("Subject: alone\n\nHello.\n", &[0]);
        check("Dear Sir,\nthis is no mail: really.\n", &[]);
        check("", &[]);
    }

    #[test]
    fn the_year_of_a_separator() {
        let year = |line: &str| postmark_year(line.as_bytes());
        assert_eq!(year("From a@b Mon Mar  6 09:00:00 2017\r\nSubject: x\n"), Some(2017));
        assert_eq!(year("From a@b Mon Mar  6 09:00:00 2017 +0100\n"), None);
        assert_eq!(year("From -\n"), None);
        assert_eq!(year("Subject: 2017"), None);
    }

    #[track_caller]
    fn own_bytes(slot: &str, expected: &str) {
        assert_eq!(message_of(slot.as_bytes()), expected.as_bytes(), "in {slot:?}");
    }

    #[test]
    fn a_message_is_its_slot_without_separator_and_parting_line_end() {
        own_bytes("From a\nX: y\n\nbody\n\n", "X: y\n\nbody\n");
        own_bytes("From a\nX: y\n\nbody\n", "X: y\n\nbody\n");
        own_bytes("From a\r\nX: y\r\n\r\nbody\r\n\r\n", "X: y\r\n\r\nbody\r\n");
        own_bytes("From a\nX: y\n\nbody", "X: y\n\nbody");
        own_bytes("From a", "");
    }

    /// Bytes in which separators, half separators and line ends are likely.
    fn mailboxes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just("From a@b Mon Mar  6 09:00:00 2017\n".to_owned()),
            Just("From - Mon Mar  6 09:00:00 2017\r\n".to_owned()),
            Just("From ".to_owned()),
            Just("\u{feff}".to_owned()),
            Just("Subject: x\n".to_owned()),
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            "[a-z: \n>]{0,12}",
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes())
    }

    proptest! {
        #[test]
        fn ranges_tile_any_bytes(mailbox in mailboxes()) {
            let split = split(&mailbox);
            let mut end = split.preamble.end();
            prop_assert_eq!(split.preamble.start(), ByteOffset(0));
            for slot in &split.messages {
                prop_assert_eq!(slot.range.start(), end);
                prop_assert!(!slot.range.is_empty());
                end = slot.range.end();
            }
            prop_assert_eq!(end, ByteOffset(mailbox.len() as u64));
        }

        #[test]
        fn any_way_of_cutting_gives_the_same_separators(mailbox in mailboxes(), cuts in proptest::collection::vec(0usize..600, 0..6)) {
            let whole: Vec<Separator> = separators(&mailbox, ByteRange::all(&mailbox)).collect();
            let mut ends: Vec<usize> = cuts.into_iter().map(|cut| cut.min(mailbox.len())).collect();
            ends.push(mailbox.len());
            ends.sort_unstable();
            let mut start = ByteOffset(0);
            let mut pieces = Vec::new();
            for end in ends {
                let end = ByteOffset(end as u64);
                pieces.extend(separators(&mailbox, ByteRange::new(start, end)));
                start = end;
            }
            prop_assert_eq!(pieces, whole);
        }
    }
}
