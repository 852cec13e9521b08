//! The bytes of a message as text, for the raw view.

use super::outline::plain_stretches;
use std::fmt::Write as _;
use std::ops::Range;

/// How much of a message the raw view shows: more than anyone reads.
const BYTES_AT_MOST: usize = 512 << 20;

/// The bytes of a message as they stand in the mailbox; those that are no UTF-8 as `\xE9`.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    pub(super) text: String,
    pub(super) stretches: Vec<Range<usize>>,
    /// How many bytes are left out.
    pub(super) left_out: usize,
}

impl Raw {
    /// Makes text of a message.
    pub fn of(message: &[u8]) -> Self {
        let (seen, left_out) = message.split_at(message.len().min(BYTES_AT_MOST));
        let text = as_text(seen);
        let stretches = plain_stretches(&text);
        Self { text, stretches, left_out: left_out.len() }
    }
}

fn as_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}
