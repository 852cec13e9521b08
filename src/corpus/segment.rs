//! A stretch of the mailbox's envelopes: a struct of arrays, and one arena for the strings.
//!
//! Each list that differs in length by message (people, references) is one array for the segment and
//! the place where each message's share ends. Names, addresses and subjects are kept once a segment.

use super::IdHash;
use super::IdKey;
use super::Person;
use super::strings::Interner;
use super::strings::StrNo;
use super::strings::Strings;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Date;
use crate::mail::Envelope;
use crate::mail::Role;
use crate::mail::read_envelope;
use crate::mbox;
use crate::mbox::Separator;
use crate::mbox::Slot;
use hashbrown::HashMap;
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

/// The place of a person in a segment's `persons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PersonNo(u32);

/// Stands for “no date” in the array of dates.
const NO_DATE: Date = Date { seconds: i64::MIN, zone_minutes: 0 };

/// A segment that is being filled.
struct Filling {
    segment: Segment,
    strings: Interner,
    known_persons: HashMap<(StrNo, StrNo), PersonNo>,
    key: IdKey,
}

impl Segment {
    /// Reads the envelopes of the messages that begin within a stretch of the mailbox.
    ///
    /// The segments of neighbouring stretches, joined, are the same however the mailbox is cut. The end
    /// of the last message is looked for beyond the stretch.
    pub fn read(mailbox: &[u8], within: ByteRange, key: IdKey) -> Self {
        let beyond = ByteRange::new(within.end(), ByteRange::all(mailbox).end());
        let mut found = mbox::separators(mailbox, within).peekable();
        let mut filling = Filling::new(key);
        while let Some(separator) = found.next() {
            let end = match found.peek() {
                Some(next) => next.offset,
                None => end_of_last(mailbox, beyond),
            };
            filling.add(mailbox, slot_of(separator, end));
        }
        filling.finish()
    }

    /// Reads the envelopes of messages whose places are known.
    pub fn of_slots(mailbox: &[u8], slots: &[Slot], key: IdKey) -> Self {
        let mut filling = Filling::new(key);
        for &slot in slots {
            filling.add(mailbox, slot);
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

fn slot_of(separator: Separator, end: ByteOffset) -> Slot {
    Slot { range: ByteRange::new(separator.offset, end), is_doubtful: !separator.follows_blank_line }
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
fn date_of(envelope: &Envelope<'_>, slot: &[u8], anomalies: &mut Anomalies) -> Option<Date> {
    let of_header = envelope.date.filter(|_| !anomalies.has(Anomaly::ImpossibleDate));
    if of_header.is_some() {
        return of_header;
    }
    let of_postmark = mbox::postmark_of(slot).date.and_then(Date::of_postmark);
    anomalies.note_if(of_postmark.is_some(), Anomaly::DateFromPostmark);
    of_postmark.or(envelope.date)
}

impl Filling {
    fn new(key: IdKey) -> Self {
        Self { segment: Segment::default(), strings: Interner::default(), known_persons: HashMap::new(), key }
    }

    fn add(&mut self, mailbox: &[u8], slot: Slot) {
        let bytes = slot.range.of(mailbox);
        let envelope = read_envelope(mbox::message_of(bytes));
        let mut anomalies = envelope.anomalies;
        anomalies.note_if(slot.is_doubtful, Anomaly::NoBlankLineBefore);
        let date = date_of(&envelope, bytes, &mut anomalies);
        self.add_people(&envelope);
        self.add_ids(&envelope);
        let subject = self.strings.intern(envelope.subject.as_deref().unwrap_or_default());
        let segment = &mut self.segment;
        segment.subjects.push(subject);
        segment.dates.push(date.unwrap_or(NO_DATE));
        segment.anomalies.push(anomalies);
        segment.offsets.push(slot.range.start());
        segment.end = slot.range.end();
    }

    fn add_people(&mut self, envelope: &Envelope<'_>) {
        for (role, person) in &envelope.people {
            let key = (self.strings.intern(&person.name), self.strings.intern(&person.address));
            let persons = &mut self.segment.persons;
            let number = *self.known_persons.entry(key).or_insert_with(|| {
                persons.push(key);
                PersonNo(persons.len() as u32 - 1)
            });
            self.segment.people.push((*role, number));
        }
        self.segment.people_ends.push(self.segment.people.len() as u32);
    }

    fn add_ids(&mut self, envelope: &Envelope<'_>) {
        let row = self.segment.offsets.len() as u32;
        let key = self.key;
        let answers = if envelope.references.is_empty() {
            envelope.in_reply_to.get(..1).unwrap_or_default()
        } else {
            &envelope.references
        };
        self.segment.references.extend(answers.iter().map(|id| key.hash(id)));
        self.segment.reference_ends.push(self.segment.references.len() as u32);
        self.segment.ids.push(envelope.message_id.as_deref().map(|id| key.hash(id)));
        self.segment.thread_marks.extend(envelope.thread_mark.map(|mark| (row, key.hash(mark))));
    }

    fn finish(self) -> Segment {
        let mut segment = self.segment;
        segment.strings = self.strings.finish();
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
