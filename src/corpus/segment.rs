//! A stretch of the mailbox's envelopes: a struct of columns, and one arena for the strings.
//!
//! Each list that differs in length by message (people, references) is one array for the segment and
//! the place where each message's share ends. Names, addresses and subjects are kept once a segment.
//!
//! A segment that was unpacked may hold any numbers: what leads nowhere is read as nothing.

use super::IdHash;
use super::IdKey;
use super::Person;
use super::Reader;
use super::acquaintances::PersonNo;
use super::ids::NO_ID;
use super::strings::StrNo;
use super::strings::Strings;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::columns::Column;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::mail::Anomalies;
use crate::mail::Date;
use crate::mail::Role;
use crate::mbox::Slot;
use std::io;
use std::ops::Range;

/// The envelopes of some neighbouring messages.
#[derive(Debug, Default)]
pub struct Segment {
    /// One offset a message.
    pub(super) offsets: Column<ByteOffset>,
    pub(super) end: ByteOffset,
    /// When, in seconds; [`NO_DATE`] where no date is known.
    pub(super) moments: Column<i64>,
    pub(super) zones: Column<i16>,
    pub(super) anomalies: Column<Anomalies>,
    pub(super) subjects: Column<StrNo>,
    pub(super) ids: Column<IdHash>,
    pub(super) reference_ends: Column<u32>,
    pub(super) references: Column<IdHash>,
    pub(super) people_ends: Column<u32>,
    pub(super) roles: Column<u8>,
    pub(super) people: Column<PersonNo>,
    /// Name and address of each person.
    pub(super) persons: Column<[StrNo; 2]>,
    /// The rows of the few messages that have a mark, and the marks.
    pub(super) marked: Column<u32>,
    pub(super) marks: Column<IdHash>,
    /// The rows of the few messages whose In-Reply-To names one that their References do not, and which.
    pub(super) answering: Column<u32>,
    pub(super) answered: Column<IdHash>,
    pub(super) strings: Strings,
}

/// Stands for “no date” in the column of moments.
pub(super) const NO_DATE: i64 = i64::MIN;

/// The fields that people stand in, each at the place that its number says.
const ROLES: [Role; 4] = [Role::From, Role::To, Role::Cc, Role::Bcc];

impl Segment {
    /// Reads the envelopes of the messages that begin within a stretch of the mailbox; for many stretches see
    /// [`Reader`].
    pub fn read(mailbox: &[u8], within: ByteRange, key: IdKey) -> Self {
        Reader::new(mailbox, key).read(within)
    }

    /// Reads the envelopes of messages whose places are known.
    pub fn of_slots(mailbox: &[u8], slots: &[Slot], key: IdKey) -> Self {
        Reader::new(mailbox, key).read_slots(slots)
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

    pub(super) fn answered_beside(&self, row: usize) -> Option<IdHash> {
        let place = self.answering.binary_search(&(row as u32)).ok()?;
        self.answered.get(place).copied()
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
        out.column(&self.answering)?;
        out.column(&self.answered)?;
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
            answering: from.column()?,
            answered: from.column()?,
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
            + size_of_val(&*self.answering)
            + size_of_val(&*self.answered)
            + self.strings.memory_bytes()
    }
}

/// Returns a message's share of a column, from where the shares end.
fn share(ends: &[u32], row: usize) -> Range<usize> {
    let end = |row: usize| ends.get(row).map_or(0, |&end| end as usize);
    row.checked_sub(1).map_or(0, end)..end(row)
}
