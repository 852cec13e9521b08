//! A stretch of the mailbox's envelopes: a struct of columns, and one arena for the strings.
//!
//! Each list that differs in length by message (people, references) is one array for the segment and
//! the place where each message's share ends. Names, addresses and subjects are kept once a segment.
//!
//! A segment that was unpacked may hold any numbers: what leads nowhere is read as nothing.

use super::IdHash;
use super::IdKey;
use super::Person;
use super::acquaintances::Acquaintances;
use super::acquaintances::PersonNo;
use super::ids::NO_ID;
use super::strings::Interner;
use super::strings::StrNo;
use super::strings::Strings;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::columns::Column;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Date;
use crate::mail::RawEnvelope;
use crate::mail::Role;
use crate::mbox;
use crate::mbox::Slot;
use std::borrow::Cow;
use std::io;
use std::ops::Range;

/// The envelopes of some neighbouring messages.
#[derive(Debug, Default)]
pub struct Segment {
    /// One offset a message.
    offsets: Column<ByteOffset>,
    end: ByteOffset,
    /// When, in seconds; [`NO_DATE`] where no date is known.
    moments: Column<i64>,
    zones: Column<i16>,
    anomalies: Column<Anomalies>,
    subjects: Column<StrNo>,
    ids: Column<IdHash>,
    reference_ends: Column<u32>,
    references: Column<IdHash>,
    people_ends: Column<u32>,
    roles: Column<u8>,
    people: Column<PersonNo>,
    /// Name and address of each person.
    persons: Column<[StrNo; 2]>,
    /// The rows of the few messages that have a mark, and the marks.
    marked: Column<u32>,
    marks: Column<IdHash>,
    strings: Strings,
}

/// Stands for “no date” in the column of moments.
const NO_DATE: i64 = i64::MIN;

/// The fields that people stand in, each at the place that its number says.
const ROLES: [Role; 4] = [Role::From, Role::To, Role::Cc, Role::Bcc];

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
        let end = self.offsets.get(row + 1).copied().unwrap_or(self.end);
        ByteRange::new(self.offsets.get(row).copied().unwrap_or(end), end)
    }

    pub(super) fn subject(&self, row: usize) -> &str {
        self.subjects.get(row).map_or("", |&subject| self.strings.get(subject))
    }

    pub(super) fn date(&self, row: usize) -> Option<Date> {
        let seconds = self.moments.get(row).copied().filter(|&seconds| seconds != NO_DATE)?;
        Some(Date { seconds, zone_minutes: self.zones.get(row).copied().unwrap_or_default() })
    }

    pub(super) fn people(&self, row: usize) -> impl Iterator<Item = (Role, Person<'_>)> {
        let share = share(&self.people_ends, row);
        let roles = self.roles.get(share.clone()).unwrap_or_default();
        let people = self.people.get(share).unwrap_or_default();
        roles.iter().zip(people).filter_map(|(&role, person)| {
            let &[name, address] = self.persons.get(person.0 as usize)?;
            let person = Person { name: self.strings.get(name), address: self.strings.get(address) };
            Some((*ROLES.get(usize::from(role))?, person))
        })
    }

    pub(super) fn id(&self, row: usize) -> Option<IdHash> {
        self.ids.get(row).copied().filter(|&id| id != NO_ID)
    }

    pub(super) fn references(&self, row: usize) -> &[IdHash] {
        self.references.get(share(&self.reference_ends, row)).unwrap_or_default()
    }

    pub(super) fn thread_mark(&self, row: usize) -> Option<IdHash> {
        let place = self.marked.binary_search(&(row as u32)).ok()?;
        self.marks.get(place).copied()
    }

    pub(super) fn anomalies(&self, row: usize) -> Anomalies {
        self.anomalies.get(row).copied().unwrap_or_default()
    }

    /// Writes the columns in the order in which they are read.
    pub(super) fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        out.column(&self.offsets)?;
        out.column(&[self.end.0])?;
        out.column(&self.moments)?;
        out.column(&self.zones)?;
        out.column(&self.anomalies)?;
        out.column(&self.subjects)?;
        out.column(&self.ids)?;
        out.column(&self.reference_ends)?;
        out.column(&self.references)?;
        out.column(&self.people_ends)?;
        out.column(&self.roles)?;
        out.column(&self.people)?;
        out.column(&self.persons)?;
        out.column(&self.marked)?;
        out.column(&self.marks)?;
        self.strings.pack(out)
    }

    pub(super) fn unpack(from: &mut Unpacker) -> Option<Self> {
        Some(Self {
            offsets: from.column()?,
            end: ByteOffset(from.values::<1>()?[0]),
            moments: from.column()?,
            zones: from.column()?,
            anomalies: from.column()?,
            subjects: from.column()?,
            ids: from.column()?,
            reference_ends: from.column()?,
            references: from.column()?,
            people_ends: from.column()?,
            roles: from.column()?,
            people: from.column()?,
            persons: from.column()?,
            marked: from.column()?,
            marks: from.column()?,
            strings: Strings::unpack(from)?,
        })
    }

    pub(super) fn memory_bytes(&self) -> usize {
        size_of_val(&*self.offsets)
            + size_of_val(&*self.moments)
            + size_of_val(&*self.zones)
            + size_of_val(&*self.anomalies)
            + size_of_val(&*self.subjects)
            + size_of_val(&*self.ids)
            + size_of_val(&*self.reference_ends)
            + size_of_val(&*self.references)
            + size_of_val(&*self.people_ends)
            + size_of_val(&*self.roles)
            + size_of_val(&*self.people)
            + size_of_val(&*self.persons)
            + size_of_val(&*self.marked)
            + size_of_val(&*self.marks)
            + self.strings.memory_bytes()
    }
}

fn end_of_last(mailbox: &[u8], beyond: ByteRange) -> ByteOffset {
    mbox::separators(mailbox, beyond).next().map_or(beyond.end(), |next| next.offset)
}

/// Returns a message's share of a column, from where the shares end.
fn share(ends: &[u32], row: usize) -> Range<usize> {
    let end = |row: usize| ends.get(row).map_or(0, |&end| end as usize);
    row.checked_sub(1).map_or(0, end)..end(row)
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
        self.answers.clear();
        self.header.references(&mut self.answers);
        if self.answers.is_empty() {
            self.header.in_reply_to(&mut self.answers);
            self.answers.truncate(1);
        }
        let segment = &mut self.segment;
        segment.references.to_mut().extend(self.answers.iter().map(|id| key.hash(id)));
        segment.reference_ends.to_mut().push(segment.references.len() as u32);
        segment.ids.to_mut().push(self.header.message_id(anomalies).map_or(NO_ID, |id| key.hash(&id)));
        if let Some(mark) = self.header.thread_mark() {
            segment.marked.to_mut().push(row);
            segment.marks.to_mut().push(key.hash(mark));
        }
    }

    fn finish(self) -> Segment {
        let mut segment = self.segment;
        segment.strings = self.strings.finish();
        segment.persons = self.acquaintances.finish().into();
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
