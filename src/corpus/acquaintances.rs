//! The people of a segment: each kept once, and each address list read once.
//!
//! Most address lists of a mailbox stand in it many times, byte for byte. One that was met before is
//! neither taken apart nor decoded again.

use super::strings::Interner;
use super::strings::StrNo;
use crate::mail::Address;
use crate::mail::Anomalies;
use crate::mail::read_people;
use hashbrown::HashMap;
use std::ops::Range;

/// The place of a person in a segment's `persons`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PersonNo(pub u32);

/// The people met so far, and the address lists they were met in.
#[derive(Default)]
pub(super) struct Acquaintances<'a> {
    persons: Vec<(StrNo, StrNo)>,
    numbers: HashMap<(StrNo, StrNo), PersonNo>,
    lists: HashMap<&'a [u8], List>,
    /// The people of every list, one list after another.
    members: Vec<PersonNo>,
    /// Where a list is read, again and again.
    read: Vec<Address<'a>>,
}

/// An address list that was read.
#[derive(Clone)]
struct List {
    members: Range<usize>,
    anomalies: Anomalies,
}

impl<'a> Acquaintances<'a> {
    /// Returns the people of an address list, and what was odd about it.
    pub(super) fn of(&mut self, value: &'a [u8], strings: &mut Interner) -> (&[PersonNo], Anomalies) {
        let list = match self.lists.get(value) {
            Some(list) => list.clone(),
            None => self.meet(value, strings),
        };
        (&self.members[list.members], list.anomalies)
    }

    /// Returns the names and addresses of everyone met, by number.
    pub(super) fn finish(self) -> Vec<(StrNo, StrNo)> {
        self.persons
    }

    fn meet(&mut self, value: &'a [u8], strings: &mut Interner) -> List {
        let mut anomalies = Anomalies::default();
        read_people(value, &mut self.read, &mut anomalies);
        let start = self.members.len();
        for person in self.read.drain(..) {
            let key = (strings.intern(&person.name), strings.intern(&person.address));
            let persons = &mut self.persons;
            let number = *self.numbers.entry(key).or_insert_with(|| {
                persons.push(key);
                PersonNo(persons.len() as u32 - 1)
            });
            self.members.push(number);
        }
        let list = List { members: start..self.members.len(), anomalies };
        self.lists.insert(value, list.clone());
        list
    }
}
