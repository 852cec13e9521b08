//! The envelope: the summary of a header that the index is made of.
//!
//! Reading goes once over the header and no further, and looks only into the fields of interest. Of
//! those that a header may have once (RFC 5322 §3.6) the first counts; of From, To, Cc, Bcc and
//! References each does, so that nobody and no ancestor is lost.

use super::address::read_people;
use super::fields::RawField;
use super::fields::fields;
use super::ids;
use super::written_date::read_date;
use crate::mail::Address;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Date;
use crate::mail::Role;
use crate::mail::decode_value;
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
    /// The Message-ID, without its `<>` and without blanks in it.
    pub message_id: Option<Cow<'a, [u8]>>,
    /// The ids of In-Reply-To, without their `<>`, in the order of the field.
    pub in_reply_to: Vec<Cow<'a, [u8]>>,
    /// The ids of References, oldest first.
    pub references: Vec<Cow<'a, [u8]>>,
    /// The conversation that Gmail (`X-GM-THRID`) or Outlook (the root of `Thread-Index`) put it in.
    pub thread_mark: Option<&'a [u8]>,
    /// What was odd about the header.
    pub anomalies: Anomalies,
}

/// Reads the envelope of a message.
///
/// ```
/// let message = b"From: Anna Roux <anna@desk.example>\nSubject: 3 630 files\n\nHello.\n";
/// let envelope = tranche::mail::read_envelope(message);
/// assert_eq!(envelope.subject.as_deref(), Some("3 630 files"));
/// ```
pub fn read_envelope(message: &[u8]) -> Envelope<'_> {
    let mut reading = Reading::default();
    let mut fields = fields(message);
    for field in fields.by_ref() {
        reading.take(&field);
    }
    reading.finish(fields.anomalies())
}

/// A header that is being read.
#[derive(Default)]
struct Reading<'a> {
    envelope: Envelope<'a>,
    sender: Option<&'a [u8]>,
    gmails_mark: Option<&'a [u8]>,
    froms: u32,
    ids: u32,
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

impl<'a> Reading<'a> {
    fn take(&mut self, field: &RawField<'a>) {
        let Some(interest) = interest_of(field.name) else { return };
        let envelope = &mut self.envelope;
        let value = field.value;
        match interest {
            Interest::People(role) => {
                self.froms += u32::from(role == Role::From);
                read_people(role, value, &mut envelope.people, &mut envelope.anomalies);
            }
            Interest::Sender => self.sender = self.sender.or(Some(value)),
            Interest::Subject if envelope.subject.is_none() => {
                envelope.subject = Some(decoded(value, &mut envelope.anomalies));
            }
            Interest::Date if envelope.date_raw.is_none() => {
                envelope.date_raw = Some(decoded(value, &mut envelope.anomalies));
                envelope.date = read_date(value, &mut envelope.anomalies);
            }
            Interest::MessageId => {
                self.ids += 1;
                if envelope.message_id.is_none() {
                    envelope.message_id = ids::message_id(value, &mut envelope.anomalies);
                }
            }
            Interest::InReplyTo => ids::in_reply_to(value, &mut envelope.in_reply_to),
            Interest::References => ids::references(value, &mut envelope.references),
            Interest::GmailThread => self.gmails_mark = Some(value.trim_ascii()),
            Interest::ThreadIndex if envelope.thread_mark.is_none() => {
                envelope.thread_mark = ids::thread_index_root(value);
            }
            Interest::Subject | Interest::Date | Interest::ThreadIndex => {}
        }
    }

    fn finish(mut self, of_lines: Anomalies) -> Envelope<'a> {
        let is_from = |(role, _): &(Role, Address<'_>)| *role == Role::From;
        let writers = self.envelope.people.iter().filter(|person| is_from(person)).count();
        if writers == 0 {
            self.take_sender();
        }
        let mut envelope = self.envelope;
        envelope.thread_mark = self.gmails_mark.or(envelope.thread_mark);
        let odd = &mut envelope.anomalies;
        *odd = odd.and(of_lines);
        odd.note_if(writers == 0, Anomaly::NoFrom);
        odd.note_if(writers > 1 || self.froms > 1, Anomaly::SeveralFrom);
        odd.note_if(envelope.subject.is_none(), Anomaly::NoSubject);
        odd.note_if(envelope.date_raw.is_none(), Anomaly::NoDate);
        odd.note_if(self.ids == 0, Anomaly::NoMessageId);
        odd.note_if(self.ids > 1, Anomaly::SeveralMessageIds);
        envelope
    }

    /// Puts those whom `Sender` names in the place of `From`.
    fn take_sender(&mut self) {
        let Some(sender) = self.sender else { return };
        let others = std::mem::take(&mut self.envelope.people);
        read_people(Role::From, sender, &mut self.envelope.people, &mut self.envelope.anomalies);
        self.envelope.people.extend(others);
    }
}

fn decoded<'a>(value: &'a [u8], anomalies: &mut Anomalies) -> Cow<'a, str> {
    let (text, odd) = decode_value(value);
    *anomalies = anomalies.and(odd);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Shows people as `From Anna|a@b`, then id, references and date.
    fn shown(envelope: &Envelope<'_>) -> String {
        let people = envelope.people.iter().map(|(role, it)| format!("{role:?} {}|{}", it.name, it.address));
        let text = |ids: &[Cow<'_, [u8]>]| {
            ids.iter().map(|id| String::from_utf8_lossy(id).into_owned()).collect::<Vec<_>>().join(" ")
        };
        let id = text(envelope.message_id.as_slice());
        let answers = format!("{}; {}", text(&envelope.in_reply_to), text(&envelope.references));
        let date = envelope.date.map_or(String::new(), Date::rfc3339);
        let subject = envelope.subject.as_deref().unwrap_or("-");
        format!("{}; {subject}; {date}; {id}; {answers}", people.collect::<Vec<_>>().join(", "))
    }

    #[track_caller]
    fn check(header: &str, expected: &str, odd: &[Anomaly]) {
        let envelope = read_envelope(header.as_bytes());
        assert_eq!(shown(&envelope), expected, "{header:?}");
        assert_eq!(envelope.anomalies.iter().collect::<Vec<_>>(), odd, "{header:?}");
    }

    const REST: &str = "Date: Wed, 1 Feb 2017 09:30:00 +0100\nSubject: s\nMessage-ID: <i@j>\n\nbody";
    const READ: &str = "s; 2017-02-01T09:30:00+01:00; i@j; ; ";

    #[track_caller]
    fn people(header: &str, expected: &str, odd: &[Anomaly]) {
        check(&format!("{header}\n{REST}"), &format!("{expected}; {READ}"), odd);
    }

    #[test]
    fn everyone_in_the_order_of_the_header() {
        people(
            "From: Anna <a@b>\nTo: c@d\nCC: e@f, g@h\nBcc: i@j",
            "From Anna|a@b, To |c@d, Cc |e@f, Cc |g@h, Bcc |i@j",
            &[],
        );
        people("To: c@d\nto : e@f\nfrom: a@b", "To |c@d, To |e@f, From |a@b", &[]);
    }

    #[test]
    fn several_senders_or_none() {
        people("From: a@b\nFrom: c@d", "From |a@b, From |c@d", &[Anomaly::SeveralFrom]);
        people("From: a@b, c@d", "From |a@b, From |c@d", &[Anomaly::SeveralFrom]);
        people("To: c@d\nSender: a@b", "From |a@b, To |c@d", &[Anomaly::NoFrom]);
        people("From: \nSender: a@b", "From |a@b", &[Anomaly::NoFrom]);
        people("From: c@d\nSender: a@b", "From |c@d", &[]);
        people("To: c@d", "To |c@d", &[Anomaly::NoFrom]);
    }

    #[test]
    fn fields_that_are_missing_or_doubled() {
        let missing = [Anomaly::NoFrom, Anomaly::NoDate, Anomaly::NoSubject, Anomaly::NoMessageId];
        check("", "; -; ; ; ; ", &missing);
        check("\nSubject: of the body", "; -; ; ; ; ", &missing);
        check(
            "From: a@b\nDate: soon\nSubject: one\nSubject: two\nMessage-ID: <c@d>\nMessage-ID: <e@f>\n",
            "From |a@b; one; ; c@d; ; ",
            &[Anomaly::BadDate, Anomaly::SeveralMessageIds],
        );
    }

    #[test]
    fn what_it_answers() {
        let header = format!("From: a@b\nIn-Reply-To: <p@q>\nReferences: <m@n>\n <p@q>\n{REST}");
        check(&header, "From |a@b; s; 2017-02-01T09:30:00+01:00; i@j; p@q; m@n p@q", &[]);
    }

    #[test]
    fn marks_of_conversations() {
        let mark = |header: &str| {
            let envelope = read_envelope(header.as_bytes());
            envelope.thread_mark.map(|mark| String::from_utf8_lossy(mark).into_owned())
        };
        let outlook = "Thread-Index: AdKX2w4QIvz5VxQsSmWc2m8Z0kq4pA==\n";
        assert_eq!(mark(outlook).as_deref(), Some("AdKX2w4QIvz5VxQsSmWc2m8Z0kq4p"));
        assert_eq!(mark(&format!("{outlook}X-GM-THRID: 15\n")).as_deref(), Some("15"));
        assert_eq!(mark("Subject: x\n"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_have_an_envelope(message in proptest::collection::vec(any::<u8>(), 0..200)) {
            read_envelope(&message);
        }

        #[test]
        fn any_header_has_an_envelope(
            message in "((From|To|Date|Subject|Message-ID|References|In-Reply-To): ?|[<>@,;:\"()=?QBa1\u{e9} \n]){0,80}"
        ) {
            read_envelope(message.as_bytes());
        }
    }
}
