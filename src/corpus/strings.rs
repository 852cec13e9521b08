//! An arena of strings, each kept once.

use hashbrown::DefaultHashBuilder;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The place of a string in its arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct StrNo(u32);

/// Many strings in one allocation, and where each ends.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

/// A growing arena that knows what it holds.
#[derive(Debug, Default)]
pub(super) struct Interner {
    strings: Strings,
    known: HashTable<StrNo>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// Returns the place of `text`, adding it when it is new.
    pub(super) fn intern(&mut self, text: &str) -> StrNo {
        let hash = self.hasher.hash_one(text);
        if let Some(&known) = self.known.find(hash, |&place| self.strings.get(place) == text) {
            return known;
        }
        let added = self.strings.push(text);
        let (strings, hasher) = (&self.strings, &self.hasher);
        self.known.insert_unique(hash, added, |&place| hasher.hash_one(strings.get(place)));
        added
    }

    /// Returns the arena, which will not grow any more.
    pub(super) fn finish(mut self) -> Strings {
        self.strings.text.shrink_to_fit();
        self.strings.ends.shrink_to_fit();
        self.strings
    }
}

impl Strings {
    fn push(&mut self, text: &str) -> StrNo {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("a segment's strings are far below 4 GB"));
        StrNo(self.ends.len() as u32 - 1)
    }

    /// Returns a string.
    pub(super) fn get(&self, place: StrNo) -> &str {
        let place = place.0 as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[place] as usize]
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_are_kept_once() {
        let mut interner = Interner::default();
        let places = ["", "Anna", "Ann", "", "Anna"].map(|text| interner.intern(text));
        let strings = interner.finish();
        assert_eq!(places.map(|place| strings.get(place).to_owned()), ["", "Anna", "Ann", "", "Anna"]);
        assert_eq!((places[0], places[1]), (places[3], places[4]));
        assert_eq!(strings.text, "AnnaAnn");
    }
}
