//! The envelope: the summary of a header that the index is made of.

use super::Address;
use super::Anomalies;
use super::Date;
use super::Role;
use std::borrow::Cow;

/// The summary of one message's header, borrowing from its bytes what needs no decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Every person of From (else Sender), To, Cc and Bcc, in the order of the header.
    pub people: Vec<(Role, Address<'a>)>,
    /// The subject, decoded and unfolded.
    pub subject: Option<Cow<'a, str>>,
    /// When it says it was written.
    pub date: Option<Date>,
    /// The `Date` field as written, unfolded.
    pub date_raw: Option<Cow<'a, str>>,
    /// The Message-ID, without its `<>`.
    pub message_id: Option<&'a [u8]>,
    /// The ids of In-Reply-To, without their `<>`, in the order of the field.
    pub in_reply_to: Vec<&'a [u8]>,
    /// The ids of References, oldest first.
    pub references: Vec<&'a [u8]>,
    /// The conversation that Gmail (`X-GM-THRID`) or Outlook (the root of `Thread-Index`) put it in.
    pub thread_mark: Option<&'a [u8]>,
    /// What was odd about the header.
    pub anomalies: Anomalies,
}

/// Reads the envelope of a message.
pub fn read_envelope(message: &[u8]) -> Envelope<'_> {
    let mut envelope = Envelope::default();
    for line in message.split(|&byte| byte == b'\n').take_while(|line| !line.is_empty()) {
        if let Some(subject) = line.strip_prefix(b"Subject: ") {
            envelope.subject = Some(String::from_utf8_lossy(subject));
        }
        if let Some(from) = line.strip_prefix(b"From: ") {
            let name = String::from_utf8_lossy(from);
            envelope.people.push((Role::From, Address { name, address: Cow::Borrowed("") }));
        }
    }
    envelope
}
