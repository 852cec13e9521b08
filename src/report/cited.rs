//! A citation: where a message stands, and what shows that it is the one that was meant.

use super::digest;
use super::listed::bracketed;
use crate::corpus::Kept;
use crate::mail::read_envelope;
use crate::text::Printable;
use std::fmt;

/// Where a message stands, and by what it is known.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Citation {
    mailbox: String,
    number: u64,
    offset: u64,
    length: u64,
    sha256: String,
    message_id: Option<String>,
    date_raw: Option<String>,
}

impl Citation {
    /// Cites a message of the mailbox of this name; `raw` is the message's own bytes.
    pub fn of(mailbox: &str, kept: Kept<'_>, raw: &[u8]) -> Self {
        let envelope = read_envelope(raw);
        Self {
            mailbox: mailbox.to_owned(),
            number: kept.number().ordinal(),
            offset: kept.range().start().0,
            length: kept.range().len(),
            sha256: digest(raw),
            message_id: envelope.message_id.as_deref().map(bracketed),
            date_raw: envelope.date_raw.as_deref().map(str::to_owned),
        }
    }
}

/// One line: mailbox, place, digest, Message-ID, and the date as it was written.
impl fmt::Display for Citation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mailbox, offset, length, sha256, message_id, date_raw, .. } = self;
        write!(out, "{}, @{offset} ({length} bytes), sha256:{sha256}", Printable::new(mailbox))?;
        let words =
            [message_id.as_deref().unwrap_or("no Message-ID"), date_raw.as_deref().unwrap_or("no date")];
        words.iter().try_for_each(|word| write!(out, ", {}", Printable::new(word)))
    }
}
