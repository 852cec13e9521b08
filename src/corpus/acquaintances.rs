//! The people that a reader met: each address list is read once, and each person kept once a segment.
//!
//! Most address lists of a mailbox stand in it many times, byte for byte, and nearly all of their
//! entries do. What was met before is neither taken apart nor decoded again.

use super::strings::Interner;
use super::strings::StrNo;
use crate::mail::Address;
use crate::mail::Anomalies;
use crate::mail::is_plain_entry;
use crate::mail::read_people;
use crate::mail::split_at_commas;
use bytemuck::Pod;
use bytemuck::Zeroable;
use hashbrown::HashMap;

/// So much of what was met is remembered from one segment to the next: the lists of a mailbox may be
/// without end.
const MOST_REMEMBERED: usize = 1 << 16;

/// The place of a person in a segment's `persons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct PersonNo(pub u32);

/// Stands for someone who is not in the segment yet.
const NOT_HERE: PersonNo = PersonNo(u32::MAX);

/// Everyone met so far, the address lists they were met in, and who of them is in the segment that is read.
#[derive(Default)]
pub(super) struct Acquaintances {
    /// Plain entries by what is written, and whole lists that hold others.
    entries: HashMap<Box<[u8]>, Known>,
    lists: HashMap<Box<[u8]>, Known>,
    /// The people of everything known, one after another.
    members: Vec<u32>,
    /// Names and addresses, by the place of a person among all who were met.
    met: Vec<[StrNo; 2]>,
    numbers: HashMap<[StrNo; 2], u32>,
    strings: Interner,
    /// Which number each of them has in the segment, and whom the numbers stand for.
    here: Vec<PersonNo>,
    persons: Vec<[StrNo; 2]>,
    /// Where a list is put together, again and again.
    list: Vec<PersonNo>,
}

/// What was read: its share of the members.
#[derive(Clone, Copy)]
struct Known {
    start: u32,
    end: u32,
    anomalies: Anomalies,
}

impl Acquaintances {
    /// Returns the people of an address list, and what was odd about it; `strings` are the segment's.
    pub(super) fn meet(&mut self, list: &[u8], strings: &mut Interner) -> (&[PersonNo], Anomalies) {
        self.list.clear();
        let mut anomalies = Anomalies::default();
        for entry in split_at_commas(list) {
            let Some(known) = self.entry(entry) else {
                self.list.clear();
                let whole = self.whole(list);
                self.add(whole, strings);
                return (&self.list, whole.anomalies);
            };
            self.add(known, strings);
            anomalies = anomalies.and(known.anomalies);
        }
        (&self.list, anomalies)
    }

    /// Returns the names and addresses of everyone in the segment, by number, and begins another.
    pub(super) fn leave(&mut self) -> Vec<[StrNo; 2]> {
        let mut persons = std::mem::take(&mut self.persons);
        persons.shrink_to_fit();
        if self.entries.len() + self.lists.len() > MOST_REMEMBERED {
            *self = Self::default();
        }
        self.here.fill(NOT_HERE);
        persons
    }

    /// Returns what an entry says, if it can be read by itself.
    fn entry(&mut self, entry: &[u8]) -> Option<Known> {
        if let Some(&known) = self.entries.get(entry) {
            return Some(known);
        }
        is_plain_entry(entry).then(|| {
            let known = self.read(entry);
            self.entries.insert(entry.into(), known);
            known
        })
    }

    fn whole(&mut self, list: &[u8]) -> Known {
        if let Some(&known) = self.lists.get(list) {
            return known;
        }
        let known = self.read(list);
        self.lists.insert(list.into(), known);
        known
    }

    /// Reads what is new.
    fn read(&mut self, written: &[u8]) -> Known {
        let mut anomalies = Anomalies::default();
        let mut people: Vec<Address<'_>> = Vec::new();
        read_people(written, &mut people, &mut anomalies);
        let start = self.members.len() as u32;
        for person in people {
            let key = [self.strings.intern(&person.name), self.strings.intern(&person.address)];
            let met = &mut self.met;
            let place = *self.numbers.entry(key).or_insert_with(|| {
                met.push(key);
                met.len() as u32 - 1
            });
            self.members.push(place);
        }
        self.here.resize(self.met.len(), NOT_HERE);
        Known { start, end: self.members.len() as u32, anomalies }
    }

    /// Adds people to the list that is put together, and to the segment those who are not in it yet.
    fn add(&mut self, known: Known, strings: &mut Interner) {
        for &member in &self.members[known.start as usize..known.end as usize] {
            let here = &mut self.here[member as usize];
            if *here == NOT_HERE {
                *here = PersonNo(self.persons.len() as u32);
                let person = self.met[member as usize];
                self.persons.push(person.map(|place| strings.intern(self.strings.get(place))));
            }
            self.list.push(*here);
        }
    }
}
