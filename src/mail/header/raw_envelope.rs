//! The fields that an envelope is made of, as they are written.
//!
//! Finding them goes once over the header and no further, and decodes nothing: whoever reads many
//! headers can see that a value is one that was read before. Of the fields that a header may have
//! once (RFC 5322 §3.6) the first counts; of From, To, Cc, Bcc and References each does, so that
//! nobody and no ancestor is lost.

use super::address::Role;
use super::fields::fields;
use super::ids;
use super::ids::Id;
use super::plain_date::read_plain_date;
use super::words::decode_value;
use super::written_date::read_date;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Date;
use std::borrow::Cow;

/// The fields of interest of one message's header. One can be filled again and again.
#[derive(Clone, Debug, Default)]
pub struct RawEnvelope<'a> {
    /// Every From, To, Cc and Bcc, in the order of the header.
    pub people: Vec<(Role, &'a [u8])>,
    /// The Sender, for whom there is a place where From names nobody.
    pub sender: Option<&'a [u8]>,
    subject: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    message_ids: Vec<&'a [u8]>,
    in_reply_to: Vec<&'a [u8]>,
    references: Vec<&'a [u8]>,
    thread_index: Option<&'a [u8]>,
    gmail_thread: Option<&'a [u8]>,
    of_lines: Anomalies,
}

/// The fields of interest.
#[derive(Clone, Copy)]
enum Interest {
    People(Role),
    Sender,
    Subject,
    Date,
    MessageId,
    InReplyTo,
    References,
    ThreadIndex,
    GmailThread,
}

/// Returns what a field is to the envelope, by its length and first letter before its name.
fn interest_of(name: &[u8]) -> Option<Interest> {
    let first = name.first()?.to_ascii_lowercase();
    let (full, interest): (&[u8], Interest) = match (name.len(), first) {
        (2, b't') => (b"to", Interest::People(Role::To)),
        (2, b'c') => (b"cc", Interest::People(Role::Cc)),
        (3, b'b') => (b"bcc", Interest::People(Role::Bcc)),
        (4, b'f') => (b"from", Interest::People(Role::From)),
        (4, b'd') => (b"date", Interest::Date),
        (6, b's') => (b"sender", Interest::Sender),
        (7, b's') => (b"subject", Interest::Subject),
        (10, b'm') => (b"message-id", Interest::MessageId),
        (10, b'r') => (b"references", Interest::References),
        (10, b'x') => (b"x-gm-thrid", Interest::GmailThread),
        (11, b'i') => (b"in-reply-to", Interest::InReplyTo),
        (12, b't') => (b"thread-index", Interest::ThreadIndex),
        _ => return None,
    };
    name.eq_ignore_ascii_case(full).then_some(interest)
}

impl<'a> RawEnvelope<'a> {
    /// Finds the fields of a message, in the place of those it held.
    pub fn read(&mut self, message: &'a [u8]) {
        self.clear();
        let mut fields = fields(message);
        for field in fields.by_ref() {
            if let Some(interest) = interest_of(field.name) {
                self.take(interest, field.value);
            }
        }
        self.of_lines = fields.anomalies();
    }

    /// Forgets what it held, but for the room that its lists took.
    fn clear(&mut self) {
        self.people.clear();
        self.message_ids.clear();
        self.in_reply_to.clear();
        self.references.clear();
        (self.sender, self.subject, self.date) = (None, None, None);
        (self.thread_index, self.gmail_thread) = (None, None);
    }

    fn take(&mut self, interest: Interest, value: &'a [u8]) {
        match interest {
            Interest::People(role) => self.people.push((role, value)),
            Interest::Sender => self.sender = self.sender.or(Some(value)),
            Interest::Subject => self.subject = self.subject.or(Some(value)),
            Interest::Date => self.date = self.date.or(Some(value)),
            Interest::MessageId => self.message_ids.push(value),
            Interest::InReplyTo => self.in_reply_to.push(value),
            Interest::References => self.references.push(value),
            Interest::GmailThread => self.gmail_thread = Some(value.trim_ascii()),
            Interest::ThreadIndex => {
                self.thread_index = self.thread_index.or_else(|| ids::thread_index_root(value));
            }
        }
    }

    /// Returns the subject, decoded and unfolded.
    pub fn subject(&self, odd: &mut Anomalies) -> Option<Cow<'a, str>> {
        self.subject.map(|value| decoded(value, odd))
    }

    /// Returns when it says it was written.
    pub fn date(&self, odd: &mut Anomalies) -> Option<Date> {
        let value = self.date?;
        if let Some(date) = read_plain_date(value) {
            return Some(date);
        }
        *odd = odd.and(decode_value(value).1);
        read_date(value, odd)
    }

    /// Returns the `Date` field as written, unfolded. What is odd about it, `date` tells.
    pub fn date_raw(&self) -> Option<Cow<'a, str>> {
        self.date.map(|value| decode_value(value).0)
    }

    /// Returns the Message-ID, without its `<>` and without blanks in it.
    pub fn message_id(&self, odd: &mut Anomalies) -> Option<Id<'a>> {
        self.message_ids.iter().find_map(|value| ids::message_id(value, odd))
    }

    /// Adds the ids of In-Reply-To, without their `<>`, in the order of the field.
    pub fn in_reply_to(&self, into: &mut Vec<Id<'a>>) {
        self.in_reply_to.iter().for_each(|value| ids::in_reply_to(value, into));
    }

    /// Adds the ids of References, oldest first.
    pub fn references(&self, into: &mut Vec<Id<'a>>) {
        self.references.iter().for_each(|value| ids::references(value, into));
    }

    /// Returns the conversation that Gmail (`X-GM-THRID`) or Outlook (`Thread-Index`) put it in.
    pub fn thread_mark(&self) -> Option<&'a [u8]> {
        self.gmail_thread.or(self.thread_index)
    }

    /// Returns what was odd about the header as a whole, where `From` names so many people.
    pub fn anomalies(&self, writers: usize) -> Anomalies {
        let froms = self.people.iter().filter(|(role, _)| *role == Role::From).count();
        let mut odd = self.of_lines;
        odd.note_if(writers == 0, Anomaly::NoFrom);
        odd.note_if(writers > 1 || froms > 1, Anomaly::SeveralFrom);
        odd.note_if(self.subject.is_none(), Anomaly::NoSubject);
        odd.note_if(self.date.is_none(), Anomaly::NoDate);
        odd.note_if(self.message_ids.is_empty(), Anomaly::NoMessageId);
        odd.note_if(self.message_ids.len() > 1, Anomaly::SeveralMessageIds);
        odd
    }
}

fn decoded<'a>(value: &'a [u8], odd: &mut Anomalies) -> Cow<'a, str> {
    let (text, of_words) = decode_value(value);
    *odd = odd.and(of_words);
    text
}
