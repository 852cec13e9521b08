//! The people of a segment: each kept once, and each address list read once.
//!
//! Most address lists of a mailbox stand in it many times, byte for byte, and nearly all of their
//! entries do. What was met before is neither taken apart nor decoded again. Where another program
//! changes the mailbox meanwhile, what was met may be mistaken for what is there now, and no more.

use super::strings::Interner;
use super::strings::StrNo;
use crate::mail::Address;
use crate::mail::Anomalies;
use crate::mail::is_plain_entry;
use crate::mail::read_people;
use bytemuck::Pod;
use bytemuck::Zeroable;
use hashbrown::HashMap;

/// The place of a person in a segment's `persons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct PersonNo(pub u32);

/// The people met so far, and the address lists they were met in.
#[derive(Default)]
pub(super) struct Acquaintances<'a> {
    persons: Vec<[StrNo; 2]>,
    numbers: HashMap<[StrNo; 2], PersonNo>,
    /// Plain entries by what is written, and whole lists that hold others.
    entries: HashMap<&'a [u8], Known>,
    lists: HashMap<&'a [u8], Known>,
    /// The people of everything known, one after another.
    members: Vec<PersonNo>,
    /// Where a list is read and put together, again and again.
    read: Vec<Address<'a>>,
    met: Vec<PersonNo>,
}

/// What was read: its share of the members.
#[derive(Clone, Copy)]
struct Known {
    start: u32,
    end: u32,
    anomalies: Anomalies,
}

impl<'a> Acquaintances<'a> {
    /// Returns the people of an address list, and what was odd about it.
    pub(super) fn meet(&mut self, list: &'a [u8], strings: &mut Interner) -> (&[PersonNo], Anomalies) {
        self.met.clear();
        let mut anomalies = Anomalies::default();
        for entry in list.split(|&byte| byte == b',').map(<[u8]>::trim_ascii) {
            let Some(known) = self.entry(entry, strings) else { return self.whole(list, strings) };
            self.met.extend_from_slice(&self.members[known.start as usize..known.end as usize]);
            anomalies = anomalies.and(known.anomalies);
        }
        (&self.met, anomalies)
    }

    /// Returns what an entry says, if it can be read by itself.
    fn entry(&mut self, entry: &'a [u8], strings: &mut Interner) -> Option<Known> {
        if let Some(&known) = self.entries.get(entry) {
            return Some(known);
        }
        is_plain_entry(entry).then(|| {
            let known = self.read(entry, strings);
            self.entries.insert(entry, known);
            known
        })
    }

    fn whole(&mut self, list: &'a [u8], strings: &mut Interner) -> (&[PersonNo], Anomalies) {
        let known = self.lists.get(list).copied().unwrap_or_else(|| {
            let known = self.read(list, strings);
            self.lists.insert(list, known);
            known
        });
        (&self.members[known.start as usize..known.end as usize], known.anomalies)
    }

    /// Returns the names and addresses of everyone met, by number.
    pub(super) fn finish(mut self) -> Vec<[StrNo; 2]> {
        self.persons.shrink_to_fit();
        self.persons
    }

    /// Reads what is new.
    fn read(&mut self, written: &'a [u8], strings: &mut Interner) -> Known {
        let mut anomalies = Anomalies::default();
        read_people(written, &mut self.read, &mut anomalies);
        let start = self.members.len() as u32;
        for person in self.read.drain(..) {
            let key = [strings.intern(&person.name), strings.intern(&person.address)];
            let persons = &mut self.persons;
            let number = *self.numbers.entry(key).or_insert_with(|| {
                persons.push(key);
                PersonNo(persons.len() as u32 - 1)
            });
            self.members.push(number);
        }
        Known { start, end: self.members.len() as u32, anomalies }
    }
}
