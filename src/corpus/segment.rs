//! A stretch of the mailbox's envelopes: a struct of arrays, and one arena for the strings.
//!
//! Each list that differs in length by message (people, references) is one array for the segment and
//! the place where each message's share ends. Names, addresses and subjects are kept once a segment.

use super::IdHash;
use super::IdKey;
use super::Person;
use super::acquaintances::Acquaintances;
use super::acquaintances::PersonNo;
use super::strings::Interner;
use super::strings::StrNo;
use super::strings::Strings;
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
use std::ops::Range;

/// The envelopes of some neighbouring messages.
#[derive(Debug, Default)]
pub struct Segment {
    /// One offset a message.
    offsets: Vec<ByteOffset>,
    end: ByteOffset,
    dates: Vec<Date>,
    anomalies: Vec<Anomalies>,
    subjects: Vec<StrNo>,
    ids: Vec<Option<IdHash>>,
    reference_ends: Vec<u32>,
    references: Vec<IdHash>,
    people_ends: Vec<u32>,
    people: Vec<(Role, PersonNo)>,
    persons: Vec<(StrNo, StrNo)>,
    /// By row, for the few messages that have one.
    thread_marks: Vec<(u32, IdHash)>,
    strings: Strings,
}

/// Stands for “no date” in the array of dates.
const NO_DATE: Date = Date { seconds: i64::MIN, zone_minutes: 0 };

/// A segment that is being filled.
struct Filling<'a> {
    mailbox: &'a [u8],
    segment: Segment,
    strings: Interner,
    acquaintances: Acquaintances<'a>,
    key: IdKey,
    /// Where each header is read, and what it refers to.
    header: RawEnvelope<'a>,
    answers: Vec<Cow<'a, [u8]>>,
}

impl Segment {
    /// Reads the envelopes of the messages that begin within a stretch of the mailbox.
    ///
    /// The segments of neighbouring stretches, joined, are the same however the mailbox is cut. The end
    /// of the last message is looked for beyond the stretch.
    pub fn read(mailbox: &[u8], within: ByteRange, key: IdKey) -> Self {
        let beyond = ByteRange::new(within.end(), ByteRange::all(mailbox).end());
        let mut found = mbox::separators(mailbox, within).peekable();
        let mut filling = Filling::new(mailbox, key);
        while let Some(separator) = found.next() {
            let end = match found.peek() {
                Some(next) => next.offset,
                None => end_of_last(mailbox, beyond),
            };
            filling.add(Slot::begun_by(separator, end));
        }
        filling.finish()
    }

    /// Reads the envelopes of messages whose places are known.
    pub fn of_slots(mailbox: &[u8], slots: &[Slot], key: IdKey) -> Self {
        let mut filling = Filling::new(mailbox, key);
        for &slot in slots {
            filling.add(slot);
        }
        filling.finish()
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len()
    }

    pub(super) fn range(&self, row: usize) -> ByteRange {
        ByteRange::new(self.offsets[row], self.offsets.get(row + 1).copied().unwrap_or(self.end))
    }

    pub(super) fn subject(&self, row: usize) -> &str {
        self.strings.get(self.subjects[row])
    }

    pub(super) fn date(&self, row: usize) -> Option<Date> {
        Some(self.dates[row]).filter(|&date| date != NO_DATE)
    }

    pub(super) fn people(&self, row: usize) -> impl Iterator<Item = (Role, Person<'_>)> {
        self.people[share(&self.people_ends, row)].iter().map(|&(role, person)| {
            let (name, address) = self.persons[person.0 as usize];
            (role, Person { name: self.strings.get(name), address: self.strings.get(address) })
        })
    }

    pub(super) fn id(&self, row: usize) -> Option<IdHash> {
        self.ids[row]
    }

    pub(super) fn references(&self, row: usize) -> &[IdHash] {
        &self.references[share(&self.reference_ends, row)]
    }

    pub(super) fn thread_mark(&self, row: usize) -> Option<IdHash> {
        let place = self.thread_marks.binary_search_by_key(&(row as u32), |&(row, _)| row).ok()?;
        Some(self.thread_marks[place].1)
    }

    pub(super) fn anomalies(&self, row: usize) -> Anomalies {
        self.anomalies[row]
    }

    pub(super) fn memory_bytes(&self) -> usize {
        fn of<T>(list: &Vec<T>) -> usize {
            list.capacity() * size_of::<T>()
        }
        of(&self.offsets)
            + of(&self.dates)
            + of(&self.anomalies)
            + of(&self.subjects)
            + of(&self.ids)
            + of(&self.reference_ends)
            + of(&self.references)
            + of(&self.people_ends)
            + of(&self.people)
            + of(&self.persons)
            + of(&self.thread_marks)
            + self.strings.memory_bytes()
    }
}

fn end_of_last(mailbox: &[u8], beyond: ByteRange) -> ByteOffset {
    mbox::separators(mailbox, beyond).next().map_or(beyond.end(), |next| next.offset)
}

/// Returns a message's share of an array, from where the shares end.
fn share(ends: &[u32], row: usize) -> Range<usize> {
    let start = row.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[row] as usize
}

/// Returns the date to sort and show a message by: the header's, else the separator's.
///
/// A header that has no date to be read, or one that cannot be true, gives way to the separator of
/// `slot`, where that says one.
fn date_of(of_header: Option<Date>, slot: &[u8], anomalies: &mut Anomalies) -> Option<Date> {
    let credible = of_header.filter(|_| !anomalies.has(Anomaly::ImpossibleDate));
    if credible.is_some() {
        return credible;
    }
    let of_postmark = mbox::postmark_of(slot).date.and_then(Date::of_postmark);
    anomalies.note_if(of_postmark.is_some(), Anomaly::DateFromPostmark);
    of_postmark.or(of_header)
}

impl<'a> Filling<'a> {
    fn new(mailbox: &'a [u8], key: IdKey) -> Self {
        Self {
            mailbox,
            segment: Segment::default(),
            strings: Interner::default(),
            acquaintances: Acquaintances::default(),
            key,
            header: RawEnvelope::default(),
            answers: Vec::new(),
        }
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
        segment.subjects.push(subject);
        segment.dates.push(date.unwrap_or(NO_DATE));
        segment.anomalies.push(anomalies);
        segment.offsets.push(slot.range.start());
        segment.end = slot.range.end();
    }

    /// Adds everyone in the header, and notes what is odd about it as a whole.
    fn add_people(&mut self, anomalies: &mut Anomalies) {
        let people = &mut self.segment.people;
        let first = people.len();
        let mut writers = 0;
        let mut add = |role: Role, value: &'a [u8]| {
            let (members, odd) = self.acquaintances.meet(value, &mut self.strings);
            *anomalies = anomalies.and(odd);
            people.extend(members.iter().map(|&member| (role, member)));
            members.len()
        };
        for &(role, value) in &self.header.people {
            let count = add(role, value);
            writers += if role == Role::From { count } else { 0 };
        }
        // Those whom Sender names stand in the place of From.
        if let Some(sender) = self.header.sender.filter(|_| writers == 0) {
            let count = add(Role::From, sender);
            people[first..].rotate_right(count);
        }
        *anomalies = anomalies.and(self.header.anomalies(writers));
        self.segment.people_ends.push(self.segment.people.len() as u32);
    }

    fn add_ids(&mut self, anomalies: &mut Anomalies) {
        let row = self.segment.offsets.len() as u32;
        let key = self.key;
        self.answers.clear();
        self.header.references(&mut self.answers);
        if self.answers.is_empty() {
            self.header.in_reply_to(&mut self.answers);
            self.answers.truncate(1);
        }
        self.segment.references.extend(self.answers.iter().map(|id| key.hash(id)));
        self.segment.reference_ends.push(self.segment.references.len() as u32);
        self.segment.ids.push(self.header.message_id(anomalies).map(|id| key.hash(&id)));
        self.segment.thread_marks.extend(self.header.thread_mark().map(|mark| (row, key.hash(mark))));
    }

    fn finish(self) -> Segment {
        let mut segment = self.segment;
        segment.strings = self.strings.finish();
        segment.persons = self.acquaintances.finish();
        segment.offsets.shrink_to_fit();
        segment.dates.shrink_to_fit();
        segment.anomalies.shrink_to_fit();
        segment.subjects.shrink_to_fit();
        segment.ids.shrink_to_fit();
        segment.reference_ends.shrink_to_fit();
        segment.references.shrink_to_fit();
        segment.people_ends.shrink_to_fit();
        segment.people.shrink_to_fit();
        segment.persons.shrink_to_fit();
        segment
    }
}
