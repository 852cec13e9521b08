//! The envelope: the summary of a header that the index is made of.
//!
//! It is what the fields of interest say once they are decoded; `raw_envelope` finds them.

use super::address::read_people;
use super::raw_envelope::RawEnvelope;
use crate::mail::Address;
use crate::mail::Anomalies;
use crate::mail::Date;
use crate::mail::Role;
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
    let mut raw = RawEnvelope::default();
    raw.read(message);
    Envelope::of(&raw)
}

impl<'a> Envelope<'a> {
    fn of(raw: &RawEnvelope<'a>) -> Self {
        let mut envelope = Envelope::default();
        for &(role, value) in &raw.people {
            envelope.add_people(role, value);
        }
        let writers = envelope.people.iter().filter(|(role, _)| *role == Role::From).count();
        if let Some(sender) = raw.sender.filter(|_| writers == 0) {
            let others = std::mem::take(&mut envelope.people);
            envelope.add_people(Role::From, sender);
            envelope.people.extend(others);
        }
        let odd = &mut envelope.anomalies;
        envelope.subject = raw.subject(odd);
        envelope.date = raw.date(odd);
        envelope.date_raw = raw.date_raw();
        envelope.message_id = raw.message_id(odd);
        *odd = odd.and(raw.anomalies(writers));
        raw.in_reply_to(&mut envelope.in_reply_to);
        raw.references(&mut envelope.references);
        envelope.thread_mark = raw.thread_mark();
        envelope
    }

    fn add_people(&mut self, role: Role, value: &'a [u8]) {
        let mut people = Vec::new();
        read_people(value, &mut people, &mut self.anomalies);
        self.people.extend(people.into_iter().map(|person| (role, person)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Anomaly;
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
