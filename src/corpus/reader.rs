//! Reading envelopes into segments.
//!
//! A reader remembers whom it met from one segment to the next, so a worker has one for all that it reads.
//! What is in a segment does not depend on what was read before it.

use super::IdKey;
use super::Segment;
use super::acquaintances::Acquaintances;
use super::ids::NO_ID;
use super::segment::NO_DATE;
use super::strings::Interner;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Date;
use crate::mail::RawEnvelope;
use crate::mail::Role;
use crate::mbox;
use crate::mbox::Slot;
use std::borrow::Cow;
use std::mem;

/// Reads stretches of a mailbox, one after another.
pub struct Reader<'a> {
    mailbox: &'a [u8],
    key: IdKey,
    acquaintances: Acquaintances,
    /// What is being filled.
    segment: Segment,
    strings: Interner,
    /// Where each header is read, and what it refers to.
    header: RawEnvelope<'a>,
    answers: Vec<Cow<'a, [u8]>>,
}

impl<'a> Reader<'a> {
    /// Returns one that has read nothing, and hashes ids with this key.
    pub fn new(mailbox: &'a [u8], key: IdKey) -> Self {
        Self {
            mailbox,
            key,
            acquaintances: Acquaintances::default(),
            segment: Segment::default(),
            strings: Interner::default(),
            header: RawEnvelope::default(),
            answers: Vec::new(),
        }
    }

    /// Reads the envelopes of the messages that begin within a stretch of the mailbox.
    ///
    /// The segments of neighbouring stretches, joined, are the same however the mailbox is cut. The end
    /// of the last message is looked for beyond the stretch.
    pub fn read(&mut self, within: ByteRange) -> Segment {
        let beyond = ByteRange::new(within.end(), ByteRange::all(self.mailbox).end());
        let mut found = mbox::separators(self.mailbox, within).peekable();
        while let Some(separator) = found.next() {
            let end = match found.peek() {
                Some(next) => next.offset,
                None => end_of_last(self.mailbox, beyond),
            };
            self.add(Slot::begun_by(separator, end));
        }
        self.finish()
    }

    /// Reads the envelopes of messages whose places are known.
    pub fn read_slots(&mut self, slots: &[Slot]) -> Segment {
        for &slot in slots {
            self.add(slot);
        }
        self.finish()
    }

    fn add(&mut self, slot: Slot) {
        let bytes = slot.range.of(self.mailbox);
        self.header.read(mbox::message_of(bytes));
        let mut anomalies = Anomalies::default();
        anomalies.note_if(slot.is_doubtful, Anomaly::NoBlankLineBefore);
        let of_header = self.header.date(&mut anomalies);
        let date = date_of(of_header, bytes, &mut anomalies);
        self.add_people(&mut anomalies);
        self.add_ids(&mut anomalies);
        let subject = self.header.subject(&mut anomalies);
        let subject = self.strings.intern(subject.as_deref().unwrap_or_default());
        let segment = &mut self.segment;
        segment.subjects.to_mut().push(subject);
        segment.moments.to_mut().push(date.map_or(NO_DATE, |date| date.seconds));
        segment.zones.to_mut().push(date.map_or(0, |date| date.zone_minutes));
        segment.anomalies.to_mut().push(anomalies);
        segment.offsets.to_mut().push(slot.range.start());
        segment.end = slot.range.end();
    }

    /// Adds everyone in the header, and notes what is odd about it as a whole.
    fn add_people(&mut self, anomalies: &mut Anomalies) {
        let (roles, people) = (self.segment.roles.to_mut(), self.segment.people.to_mut());
        let first = people.len();
        let mut writers = 0;
        let mut add = |role: Role, value: &'a [u8]| {
            let (members, odd) = self.acquaintances.meet(value, &mut self.strings);
            *anomalies = anomalies.and(odd);
            roles.extend(members.iter().map(|_| role as u8));
            people.extend_from_slice(members);
            members.len()
        };
        for &(role, value) in &self.header.people {
            let count = add(role, value);
            writers += if role == Role::From { count } else { 0 };
        }
        // Those whom Sender names stand in the place of From.
        if let Some(sender) = self.header.sender.filter(|_| writers == 0) {
            let count = add(Role::From, sender);
            roles[first..].rotate_right(count);
            people[first..].rotate_right(count);
        }
        *anomalies = anomalies.and(self.header.anomalies(writers));
        self.segment.people_ends.to_mut().push(self.segment.people.len() as u32);
    }

    fn add_ids(&mut self, anomalies: &mut Anomalies) {
        let row = self.segment.offsets.len() as u32;
        let key = self.key;
        let segment = &mut self.segment;
        self.answers.clear();
        self.header.references(&mut self.answers);
        let references = self.answers.len();
        self.header.in_reply_to(&mut self.answers);
        self.answers.truncate(references + 1);
        if let (before @ [_, ..], [answered]) = self.answers.split_at(references) {
            if !before.contains(answered) {
                segment.answering.to_mut().push(row);
                segment.answered.to_mut().push(key.hash(answered));
            }
            self.answers.truncate(references);
        }
        segment.references.to_mut().extend(self.answers.iter().map(|id| key.hash(id)));
        segment.reference_ends.to_mut().push(segment.references.len() as u32);
        segment.ids.to_mut().push(self.header.message_id(anomalies).map_or(NO_ID, |id| key.hash(&id)));
        if let Some(mark) = self.header.thread_mark() {
            segment.marked.to_mut().push(row);
            segment.marks.to_mut().push(key.hash(mark));
        }
    }

    /// Returns what was read, and begins anew.
    fn finish(&mut self) -> Segment {
        let mut segment = mem::take(&mut self.segment);
        segment.strings = mem::take(&mut self.strings).finish();
        segment.persons = self.acquaintances.leave().into();
        segment.offsets.to_mut().shrink_to_fit();
        segment.moments.to_mut().shrink_to_fit();
        segment.zones.to_mut().shrink_to_fit();
        segment.anomalies.to_mut().shrink_to_fit();
        segment.subjects.to_mut().shrink_to_fit();
        segment.ids.to_mut().shrink_to_fit();
        segment.reference_ends.to_mut().shrink_to_fit();
        segment.references.to_mut().shrink_to_fit();
        segment.people_ends.to_mut().shrink_to_fit();
        segment.roles.to_mut().shrink_to_fit();
        segment.people.to_mut().shrink_to_fit();
        segment
    }
}

fn end_of_last(mailbox: &[u8], beyond: ByteRange) -> ByteOffset {
    mbox::separators(mailbox, beyond).next().map_or(beyond.end(), |next| next.offset)
}

/// Returns the date to sort and show a message by: the header's, else the separator's.
///
/// A header that has no date to be read, or one that cannot be true, gives way to the separator of
/// `slot`, where that says one.
fn date_of(of_header: Option<Date>, slot: &[u8], anomalies: &mut Anomalies) -> Option<Date> {
    let credible = of_header.filter(|_| !anomalies.has(Anomaly::ImpossibleDate));
    if let Some(date) = credible {
        anomalies.note_if(is_long_after_postmark(date, slot), Anomaly::DateAfterPostmark);
        return credible;
    }
    let of_postmark = mbox::postmark_of(slot).date.and_then(Date::of_postmark);
    anomalies.note_if(of_postmark.is_some(), Anomaly::DateFromPostmark);
    of_postmark.or(of_header)
}

/// So much later than the separator's a date may be: clocks and zones differ by days, and a list that was
/// moved has the dates of the move.
const AFTER_POSTMARK_SECONDS: i64 = 366 * 24 * 3600;

/// In the mean of the calendar.
const YEAR_SECONDS: i64 = 31_556_952;

/// Returns whether a date is long after that of the separator. One of 1970 is that of a clock not set.
fn is_long_after_postmark(date: Date, slot: &[u8]) -> bool {
    // Most are seen not to be without reading more than a year; to the calendar's mean it is within two days.
    let least = |year: i64| (year - 1970) * YEAR_SECONDS + AFTER_POSTMARK_SECONDS - 2 * 24 * 3600;
    let may_be = mbox::postmark_year(slot).is_none_or(|year| date.seconds > least(year));
    let of_postmark = || mbox::postmark_of(slot).date.filter(|date| date.year > 1970);
    may_be
        && of_postmark()
            .and_then(Date::of_postmark)
            .is_some_and(|postmark| date.seconds - postmark.seconds > AFTER_POSTMARK_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(postmark: &str, date: &str, is_odd: bool) {
        let mailbox = format!("From a@b {postmark}\nDate: {date}\nSubject: x\n\n\n");
        let mailbox = mailbox.as_bytes();
        let segment = Segment::read(mailbox, ByteRange::all(mailbox), IdKey::default());
        let is_after = segment.anomalies(0).has(Anomaly::DateAfterPostmark);
        assert_eq!((segment.len(), is_after), (1, is_odd), "{postmark}, {date}");
    }

    #[test]
    fn dates_long_after_the_separator_are_odd() {
        check("Fri Oct  4 18:19:18 2002", "Wed, 04 Oct 2028 12:05:01 -0400", true);
        check("Mon Nov 25 14:14:43 2002", "Sat, 16 Jul 2005 07:54:19 +0200", true);
        check("Mon Nov 25 14:14:43 2002 +0100", "Sat, 16 Jul 2005 07:54:19 +0200", true);
        check("Mon Nov 25 14:14:43 2002", "Tue, 25 Nov 2003 07:54:19 +0200", false);
        check("Tue Dec 31 23:59:59 2002", "Wed, 1 Jan 2003 00:00:00 +0000", false);
        check("Thu Jan  1 00:00:00 1970", "Fri, 19 Jul 2002 09:28:07 +0200", false);
        check("Fri Oct  4 18:19:18 2002", "Wed, 04 Oct 1995 12:05:01 -0400", false);
    }
}
