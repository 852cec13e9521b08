//! The haystacks of neighbouring messages: sender, recipients and subject, folded, in one arena.
//!
//! A haystack is the name and the address of everyone in From, then of everyone in To, Cc and Bcc, then
//! the subject, each followed by one blank but the last. A block is as much as is answered in one step of a
//! few milliseconds, so it is bounded in messages and in bytes.

use super::mask_of;
use crate::columns::Column;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Role;
use crate::query::edges::is_word;
use crate::text::Between;
use crate::text::fold_into;
use std::borrow::Cow;
use std::io;
use std::ops::Range;

/// How many messages a block holds: to score them takes 2 or 3 ms at worst.
const BLOCK_MESSAGES: usize = 4 * 1024;

/// How much text a block holds before it is closed; hostile mail has recipients by the megabyte.
const BLOCK_BYTES: usize = 2 << 20;

/// The haystacks of some neighbouring messages.
#[derive(Clone, Debug, Default)]
pub struct Block {
    first: MessageNo,
    masks: Column<u64>,
    /// Where each row's text ends.
    ends: Column<u32>,
    text: Column<u8>,
    /// The first byte of every word, row after row.
    initials: Column<u8>,
    initial_ends: Column<u32>,
}

/// One message's haystack.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub number: MessageNo,
    pub mask: u64,
    pub text: &'a [u8],
    /// The first byte of every word of the text.
    pub initials: &'a [u8],
}

/// Builds the haystacks of these messages, as many blocks as they need.
pub fn blocks(corpus: &Corpus, numbers: Range<MessageNo>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut filling = Block { first: numbers.start, ..Block::default() };
    let mut folded = Vec::new();
    for number in numbers.start.0..numbers.end.0 {
        let Some(kept) = corpus.get(MessageNo(number)) else { break };
        filling.add(kept, &mut folded);
        if filling.len() >= BLOCK_MESSAGES || filling.text.len() >= BLOCK_BYTES {
            blocks.push(filling.closed());
            filling = Block { first: MessageNo(number + 1), ..Block::default() };
        }
    }
    if !filling.is_empty() {
        blocks.push(filling.closed());
    }
    blocks
}

/// Returns the texts that a haystack is made of, in its order.
pub fn pieces(kept: Kept<'_>) -> impl Iterator<Item = &str> {
    let of = move |is_sender: bool| {
        kept.people().filter(move |(role, _)| (*role == Role::From) == is_sender).map(|(_, person)| person)
    };
    let people = of(true).chain(of(false)).flat_map(|Person { name, address }| [name, address]);
    people.chain([kept.subject()]).filter(|piece| !piece.is_empty())
}

impl Block {
    /// Returns a block of these messages without their haystacks, for queries that need none.
    pub fn bare(numbers: Range<MessageNo>) -> Self {
        let nothing = vec![0; numbers.end.0.saturating_sub(numbers.start.0) as usize];
        let masks = Cow::Owned(vec![0; nothing.len()]);
        let ends: Cow<'static, [u32]> = Cow::Owned(nothing);
        Self { first: numbers.start, masks, ends: ends.clone(), initial_ends: ends, ..Self::default() }
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
    pub fn haystack(&self, number: MessageNo) -> Option<&str> {
        std::str::from_utf8(self.row(number)?.text).ok()
    }

    /// Returns the bytes of memory that it takes, and how many of them are not text.
    pub fn memory_bytes(&self) -> (usize, usize) {
        let ends = size_of_val(&*self.ends) + size_of_val(&*self.initial_ends);
        let beside = size_of_val(&*self.masks) + ends + self.initials.len();
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
        out.column(&self.text)?;
        out.column(&self.initials)?;
        out.column(&self.initial_ends)
    }

    /// Returns the block that was packed; nothing where the bytes are none.
    pub fn unpack(from: &mut Unpacker) -> Option<Self> {
        Some(Self {
            first: MessageNo(u32::try_from(from.values::<1>()?[0]).ok()?),
            masks: from.column()?,
            ends: from.column()?,
            text: from.column()?,
            initials: from.column()?,
            initial_ends: from.column()?,
        })
    }

    /// Returns the letters of each row.
    pub(super) fn masks(&self) -> &[u64] {
        &self.masks
    }

    /// Returns the text of all rows, one behind the other.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Returns where a row stands in the text.
    pub(super) fn place_of(&self, row: usize) -> Range<usize> {
        share(&self.ends, row)
    }

    pub(in crate::query) fn row(&self, number: MessageNo) -> Option<Row<'_>> {
        let place = number.0.checked_sub(self.first.0)? as usize;
        let mask = *self.masks.get(place)?;
        let text = self.text.get(share(&self.ends, place))?;
        let initials = self.initials.get(share(&self.initial_ends, place))?;
        Some(Row { number, mask, text, initials })
    }

    pub(in crate::query) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (self.first.0..).map(MessageNo).map_while(|number| self.row(number))
    }

    fn add(&mut self, kept: Kept<'_>, folded: &mut Vec<u8>) {
        let all = self.text.to_mut();
        let start = all.len();
        for piece in pieces(kept) {
            fold_into(piece, Between::Names, folded);
            if all.len() > start {
                all.push(b' ');
            }
            all.extend_from_slice(folded);
        }
        let text = all.get(start..).unwrap_or_default();
        self.masks.to_mut().push(mask_of(text));
        self.initials.to_mut().extend(initials_of(text));
        self.initial_ends.to_mut().push(u32::try_from(self.initials.len()).unwrap_or(u32::MAX));
        self.ends.to_mut().push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn closed(mut self) -> Self {
        self.masks.to_mut().shrink_to_fit();
        self.ends.to_mut().shrink_to_fit();
        self.text.to_mut().shrink_to_fit();
        self.initials.to_mut().shrink_to_fit();
        self.initial_ends.to_mut().shrink_to_fit();
        self
    }
}

/// Returns the first byte of every word of a folded text.
pub(super) fn initials_of(folded: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut is_inside = false;
    folded.iter().copied().filter(move |&byte| {
        let begins = is_word(byte) && !is_inside;
        is_inside = is_word(byte);
        begins
    })
}

/// Returns a row's share of an arena, from where the shares end.
fn share(ends: &[u32], row: usize) -> Range<usize> {
    let end = |row: usize| ends.get(row).map_or(0, |&end| end as usize);
    row.checked_sub(1).map_or(0, end)..end(row)
}
