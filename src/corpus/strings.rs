//! An arena of strings, each kept once.

use crate::columns::Column;
use crate::columns::Packer;
use crate::columns::Unpacker;
use bytemuck::Pod;
use bytemuck::Zeroable;
use hashbrown::DefaultHashBuilder;
use hashbrown::HashTable;
use std::hash::BuildHasher;
use std::io;
use std::ops::Range;

/// The place of a string in its arena.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct StrNo(u32);

/// Many strings in one allocation, and where each ends.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: Text,
    ends: Column<u32>,
}

/// All strings, one behind the other.
#[derive(Debug)]
enum Text {
    Own(String),
    /// Each string is checked when it is asked for, so that nobody waits for all.
    Unpacked(Column<u8>),
}

/// A growing arena that knows what it holds.
#[derive(Debug, Default)]
pub(super) struct Interner {
    text: String,
    ends: Vec<u32>,
    known: HashTable<StrNo>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// Returns the place of `text`, adding it when it is new.
    pub(super) fn intern(&mut self, text: &str) -> StrNo {
        let hash = self.hasher.hash_one(text);
        let get = |place: StrNo| &self.text[share(&self.ends, place)];
        if let Some(&known) = self.known.find(hash, |&place| get(place) == text) {
            return known;
        }
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).expect("a segment's strings are far below 4 GB"));
        let added = StrNo(self.ends.len() as u32 - 1);
        let get = |place: StrNo| &self.text[share(&self.ends, place)];
        self.known.insert_unique(hash, added, |&place| self.hasher.hash_one(get(place)));
        added
    }

    /// Returns a string.
    pub(super) fn get(&self, place: StrNo) -> &str {
        &self.text[share(&self.ends, place)]
    }

    /// Returns the arena, which will not grow any more.
    pub(super) fn finish(mut self) -> Strings {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        Strings { text: Text::Own(self.text), ends: self.ends.into() }
    }
}

impl Strings {
    /// Returns a string; an empty one where there is none.
    pub(super) fn get(&self, place: StrNo) -> &str {
        let share = share(&self.ends, place);
        match &self.text {
            Text::Own(text) => text.get(share).unwrap_or_default(),
            Text::Unpacked(text) => {
                text.get(share).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
            }
        }
    }

    pub(super) fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        out.column(self.text.bytes())?;
        out.column(&self.ends)
    }

    pub(super) fn unpack(from: &mut Unpacker) -> Option<Self> {
        Some(Self { text: Text::Unpacked(from.column()?), ends: from.column()? })
    }

    /// Returns the bytes of memory that it takes.
    pub(super) fn memory_bytes(&self) -> usize {
        self.text.bytes().len() + size_of_val(&*self.ends)
    }
}

impl Text {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Own(text) => text.as_bytes(),
            Self::Unpacked(text) => text,
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::Own(String::new())
    }
}

/// Returns where a string stands in the text, from where each ends.
fn share(ends: &[u32], place: StrNo) -> Range<usize> {
    let end = |place: usize| ends.get(place).map_or(0, |&end| end as usize);
    (place.0 as usize).checked_sub(1).map_or(0, end)..end(place.0 as usize)
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
        assert_eq!(strings.text.bytes(), b"AnnaAnn");
    }
}
