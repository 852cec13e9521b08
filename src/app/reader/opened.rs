//! A message that has been loaded: what it says, and its bytes as text for the raw view.
//!
//! Made by a worker out of the mailbox's bytes alone, so that the interface never waits for it.

use super::letterhead::Letterhead;
use crate::app::watching::taken_apart;
use crate::mail::Message;
use crate::mail::PartPath;
use crate::mail::bytes_of_part;
use crate::mail::read_message;
use crate::mbox;
use crate::watch::MessageHit;
use crate::watch::Scanner;
use crate::watch::Scratch;
use std::borrow::Cow;
use std::fmt::Write as _;

/// How much of a message the raw view shows: more than anyone reads, and little beside a mailbox.
const RAW_BYTES_AT_MOST: usize = 64 << 20;

/// A message that has been loaded.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// Who, when and about what.
    pub letterhead: Letterhead,
    /// What it says.
    pub message: Message,
    /// Where it names candidates.
    pub hits: Vec<MessageHit>,
    /// Its bytes as they stand in the mailbox; those that are no UTF-8 as `\xE9`.
    pub raw: String,
    /// How many bytes it has that `raw` leaves out.
    pub raw_bytes_left_out: usize,
}

impl Opened {
    /// Reads a message, or one that is attached to it.
    ///
    /// `within` leads from each message to the part that holds the next; a way that ends early is
    /// followed as far as it goes.
    pub fn read(message: &[u8], within: &[PartPath], scanner: &Scanner) -> Self {
        let mut bytes = Cow::Borrowed(message);
        for path in within {
            let inner = {
                let unquoted = mbox::unquote(&bytes);
                let outer = read_message(&unquoted);
                let Some(part) = outer.part(path) else { break };
                bytes_of_part(&unquoted, part).into_owned()
            };
            bytes = Cow::Owned(inner);
        }
        Self::of(&bytes, scanner)
    }

    fn of(bytes: &[u8], scanner: &Scanner) -> Self {
        let (seen, left_out) = bytes.split_at(bytes.len().min(RAW_BYTES_AT_MOST));
        let (envelope, message, hits) = taken_apart(bytes, scanner, &mut Scratch::default());
        Self {
            letterhead: Letterhead::of_envelope(&envelope),
            hits,
            message,
            raw: as_text(seen),
            raw_bytes_left_out: left_out.len(),
        }
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
