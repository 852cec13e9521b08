//! The haystacks of neighbouring messages: sender, recipients and subject, folded.
//!
//! A haystack is an entry for everyone in From, then for everyone in To, Cc and Bcc, then for the subject, with
//! a blank between two. The entry of a person is name, blank, address; a subject is two entries where it has
//! something like `Re:` before it. Few people write most of the mail, and whole conversations have one
//! subject: a block keeps each entry once, and of a message the numbers of its entries.
//!
//! A block is as much as is answered in one step of a few milliseconds, so it is bounded in messages, in
//! text and in numbers.

use super::mask_of;
use super::places::for_each_place;
use crate::columns::Column;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Role;
use crate::text::Between;
use crate::text::fold_into;
use hashbrown::HashMap;
use memchr::memmem;
use memchr::memmem::Finder;
use std::io;
use std::ops::Range;

/// How many messages a block holds: the more, the fewer entries are kept twice; to fill one takes some
/// milliseconds, to ask one less.
pub const BLOCK_MESSAGES: usize = 8 * 1024;

/// How much text, and how many numbers of entries, a block holds before it is closed; hostile mail has
/// recipients by the megabyte.
const BLOCK_BYTES: usize = 2 << 20;
const BLOCK_ENTRIES: usize = 256 * 1024;

/// The haystacks of some neighbouring messages.
#[derive(Clone, Debug, Default)]
pub struct Block {
    first: MessageNo,
    /// The letters of each row.
    masks: Column<u64>,
    /// Where each row's entries end.
    ends: Column<u32>,
    /// The entries of the rows, row after row, each with who is in it.
    entries: Column<u32>,
    /// Where the text of each entry ends; it begins behind the blank that stands before each.
    text_ends: Column<u32>,
    /// The letters of each entry.
    text_masks: Column<u64>,
    text: Column<u8>,
}

/// One message's haystack.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub number: MessageNo,
    /// The letters in it.
    pub mask: u64,
    entries: &'a [u32],
    block: &'a Block,
}

/// A part of a haystack: a text of its block, and what it says of its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry(u32);

/// Fills a block.
#[derive(Default)]
struct Filling {
    block: Block,
    /// The entries of the texts that were met. The corpus keeps each string once a segment, so where it lies
    /// says which it is.
    met: HashMap<[*const str; 2], [Option<u32>; 2]>,
    /// The entry of each folded text.
    known: HashMap<Box<[u8]>, u32>,
}

/// Builds the haystacks of these messages, as many blocks as they need.
pub fn blocks(corpus: &Corpus, numbers: Range<MessageNo>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut filling = Filling::from(numbers.start);
    for number in numbers.start.0..numbers.end.0 {
        let Some(kept) = corpus.get(MessageNo(number)) else { break };
        filling.add(kept);
        if filling.is_full() {
            blocks.push(filling.close());
            filling = Filling::from(MessageNo(number + 1));
        }
    }
    if !filling.block.is_empty() {
        blocks.push(filling.close());
    }
    blocks
}

impl Block {
    /// Returns a block of these messages without their haystacks, for queries that need none.
    pub fn bare(numbers: Range<MessageNo>) -> Self {
        let messages = numbers.end.0.saturating_sub(numbers.start.0) as usize;
        let (masks, ends) = (vec![0; messages].into(), vec![0; messages].into());
        Self { first: numbers.start, masks, ends, ..Self::default() }
    }

    /// Returns the numbers of its messages.
    pub fn numbers(&self) -> Range<MessageNo> {
        self.first..MessageNo(self.first.0 + self.len() as u32)
    }

    /// Returns how many messages it holds.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the haystack of a message, folded; nothing for one of another block.
    pub fn haystack(&self, number: MessageNo) -> Option<String> {
        let mut text = Vec::new();
        self.row(number)?.text_into(&mut text);
        String::from_utf8(text).ok()
    }

    /// Returns the bytes of memory that it takes, and how many of them are not text.
    pub fn memory_bytes(&self) -> (usize, usize) {
        let of_rows = size_of_val(&*self.masks) + size_of_val(&*self.ends) + size_of_val(&*self.entries);
        let beside = of_rows + size_of_val(&*self.text_ends) + size_of_val(&*self.text_masks);
        (beside + self.text.len(), beside)
    }

    /// Writes it, so that it can be used where it lies.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        out.column(&[u64::from(self.first.0)])?;
        out.column(&self.masks)?;
        out.column(&self.ends)?;
        out.column(&self.entries)?;
        out.column(&self.text_ends)?;
        out.column(&self.text_masks)?;
        out.column(&self.text)
    }

    /// Returns the block that was packed; nothing where the bytes are none.
    pub fn unpack(from: &mut Unpacker) -> Option<Self> {
        Some(Self {
            first: MessageNo(u32::try_from(from.values::<1>()?[0]).ok()?),
            masks: from.column()?,
            ends: from.column()?,
            entries: from.column()?,
            text_ends: from.column()?,
            text_masks: from.column()?,
            text: from.column()?,
        })
    }

    /// Returns how many entries it keeps.
    pub(in crate::query) fn entries(&self) -> usize {
        self.text_ends.len()
    }

    /// Returns the text of an entry.
    pub(super) fn text_of(&self, entry: usize) -> &[u8] {
        self.text.get(self.place_of(entry)).unwrap_or_default()
    }

    /// Returns a text with an entry in it, and where that stands there.
    pub(super) fn place_in_text(&self, entry: usize) -> (&[u8], Range<usize>) {
        let place = self.place_of(entry);
        if place.start <= place.end && place.end <= self.text.len() {
            (&self.text, place)
        } else {
            (&[], 0..0)
        }
    }

    /// Returns the letters in an entry.
    pub(super) fn mask_of(&self, entry: usize) -> u64 {
        self.text_masks.get(entry).copied().unwrap_or_default()
    }

    /// Returns the letters of each row.
    pub(super) fn masks(&self) -> &[u64] {
        &self.masks
    }

    /// Calls `found` for every place in an entry where letters stand side by side, with the entry, its text,
    /// and the place in it. The letters are without blanks.
    pub(in crate::query) fn for_each_place(
        &self,
        letters: &Finder<'_>,
        mut found: impl FnMut(usize, &[u8], usize),
    ) {
        let (mut entry, mut place) = (0, self.place_of(0));
        for_each_place(letters, &self.text, |at| {
            while place.end <= at && entry < self.entries() {
                entry += 1;
                place = self.place_of(entry);
            }
            if place.start <= at
                && let Some(text) = self.text.get(place.clone())
            {
                found(entry, text, at - place.start);
            }
        });
    }

    fn place_of(&self, entry: usize) -> Range<usize> {
        let Range { start, end } = share(&self.text_ends, entry);
        start + 1..end
    }

    pub(in crate::query) fn row(&self, number: MessageNo) -> Option<Row<'_>> {
        let place = number.0.checked_sub(self.first.0)? as usize;
        let share = (place < self.len()).then(|| share(&self.ends, place))?;
        // A block that was unpacked may hold any numbers.
        let mask = self.masks.get(place).copied().unwrap_or_default();
        let entries = self.entries.get(share).unwrap_or_default();
        Some(Row { number, mask, entries, block: self })
    }

    pub(in crate::query) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (self.first.0..).map(MessageNo).map_while(|number| self.row(number))
    }
}

impl<'a> Row<'a> {
    /// Returns its entries, those of the subject last.
    pub fn entries(self) -> impl Iterator<Item = Entry> + 'a {
        self.entries.iter().map(|&entry| Entry(entry))
    }

    /// Writes the whole haystack into `text`, whose bytes before are lost.
    pub fn text_into(self, text: &mut Vec<u8>) {
        text.clear();
        for entry in self.entries() {
            if !text.is_empty() {
                text.push(b' ');
            }
            text.extend_from_slice(self.block.text_of(entry.place()));
        }
    }
}

impl Entry {
    const SUBJECT: u32 = 7;

    /// How many bits say where an entry stands; those above say what it is.
    const PLACE_BITS: u32 = 29;

    fn new(place: u32, role: Option<Role>) -> Self {
        let kind = match role {
            Some(Role::From) => 0,
            Some(Role::To) => 1,
            Some(Role::Cc) => 2,
            Some(Role::Bcc) => 3,
            None => Self::SUBJECT,
        };
        Self(kind << Self::PLACE_BITS | place)
    }

    /// Returns which entry of its block it is.
    pub fn place(self) -> usize {
        (self.0 & ((1 << Self::PLACE_BITS) - 1)) as usize
    }

    /// Returns the field that a person stands in; nothing for a subject.
    pub fn role(self) -> Option<Role> {
        match self.0 >> Self::PLACE_BITS {
            0 => Some(Role::From),
            1 => Some(Role::To),
            2 => Some(Role::Cc),
            3 => Some(Role::Bcc),
            _ => None,
        }
    }
}

impl Filling {
    fn from(first: MessageNo) -> Self {
        Self { block: Block { first, ..Block::default() }, ..Self::default() }
    }

    fn is_full(&self) -> bool {
        let Block { text, entries, .. } = &self.block;
        self.block.len() >= BLOCK_MESSAGES || text.len() >= BLOCK_BYTES || entries.len() >= BLOCK_ENTRIES
    }

    fn add(&mut self, kept: Kept<'_>) {
        let people =
            |is_sender: bool| kept.people().filter(move |(role, _)| (*role == Role::From) == is_sender);
        let people = people(true).chain(people(false));
        let people = people.map(|(role, Person { name, address })| (Some(role), [name, address]));
        let mut mask = 0;
        for (role, texts) in people.chain([(None, [kept.subject(), ""])]) {
            for place in self.entries_of(texts, role.is_none()).into_iter().flatten() {
                mask |= self.block.mask_of(place as usize) | if mask == 0 { 0 } else { mask_of(b" ") };
                self.block.entries.to_mut().push(Entry::new(place, role).0);
            }
        }
        let end = u32::try_from(self.block.entries.len()).unwrap_or(u32::MAX);
        self.block.masks.to_mut().push(mask);
        self.block.ends.to_mut().push(end);
    }

    /// Returns the entries of a person or a subject, none where nothing is left when it is folded.
    fn entries_of(&mut self, texts: [&str; 2], is_subject: bool) -> [Option<u32>; 2] {
        let met = texts.map(std::ptr::from_ref);
        if let Some(&known) = self.met.get(&met) {
            return known;
        }
        let folded = texts.map(|text| {
            let mut folded = Vec::new();
            fold_into(text, Between::Names, &mut folded);
            folded
        });
        let whole = folded.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(&b' ');
        let cut = if is_subject { memmem::rfind(&whole, b": ") } else { None };
        let halves = match cut {
            Some(colon) => [&whole[..=colon], &whole[colon + 2..]],
            None => [&whole, &[][..]],
        };
        let entries = halves.map(|half| self.entry_of(half));
        self.met.insert(met, entries);
        entries
    }

    fn entry_of(&mut self, folded: &[u8]) -> Option<u32> {
        if folded.is_empty() {
            return None;
        }
        if let Some(&known) = self.known.get(folded) {
            return Some(known);
        }
        let place = self.block.entries() as u32;
        let text = self.block.text.to_mut();
        text.push(b' ');
        text.extend_from_slice(folded);
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.block.text_ends.to_mut().push(end);
        self.block.text_masks.to_mut().push(mask_of(folded));
        self.known.insert(folded.into(), place);
        Some(place)
    }

    fn close(mut self) -> Block {
        let Block { masks, ends, entries, text_ends, text_masks, text, .. } = &mut self.block;
        masks.to_mut().shrink_to_fit();
        ends.to_mut().shrink_to_fit();
        entries.to_mut().shrink_to_fit();
        text_ends.to_mut().shrink_to_fit();
        text_masks.to_mut().shrink_to_fit();
        text.to_mut().shrink_to_fit();
        self.block
    }
}

/// Returns a row's share of a column, from where the shares end.
fn share(ends: &[u32], row: usize) -> Range<usize> {
    let end = |row: usize| ends.get(row).map_or(0, |&end| end as usize);
    row.checked_sub(1).map_or(0, end)..end(row)
}
