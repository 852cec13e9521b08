//! The envelopes of a mailbox, kept compactly, as they stood at one moment.
//!
//! A [`Corpus`] is a snapshot: a list of shared [`Segment`]s, each a stretch of the mailbox in
//! struct-of-arrays form with one arena for its strings. Growing makes a new snapshot that shares the
//! old segments, so whoever holds the old one keeps something true, and cloning costs one count.
//!
//! **Invariant:** a message's number is its place in the mailbox, and never changes while the mailbox
//! is open: segments are added at the end, in the order of the file.
//!
//! Not here: reading envelopes (`mail`), deciding who answers whom (`threads`), or filling a corpus on
//! several cores (`runtime`).

mod acquaintances;
mod ids;
mod reader;
mod segment;
mod strings;

pub use ids::IdHash;
pub use ids::IdKey;
pub use reader::Reader;
pub use segment::Segment;

use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::mail::Anomalies;
use crate::mail::Date;
use crate::mail::Role;
use bytemuck::Pod;
use bytemuck::Zeroable;
use std::fmt;
use std::io;
use std::sync::Arc;

/// A message's place in its mailbox, counted from 0. People see it counted from 1 (`Display`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct MessageNo(pub u32);

/// The envelopes of the messages read so far. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    segments: Arc<[Placed]>,
    key: IdKey,
    preamble: ByteRange,
    len: u32,
}

/// A segment, the number of its first message, and how many of its messages count.
#[derive(Clone, Debug)]
struct Placed {
    first: u32,
    len: u32,
    segment: Arc<Segment>,
}

/// What the corpus keeps of one message's envelope.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    number: MessageNo,
    segment: &'a Segment,
    row: usize,
}

/// A person as the corpus keeps them: name and address, decoded; either may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Person<'a> {
    /// The name as a person reads it.
    pub name: &'a str,
    /// The address as written.
    pub address: &'a str,
}

impl MessageNo {
    /// Returns the number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Reads a number as people write it, counted from 1.
    pub fn from_ordinal(ordinal: u64) -> Option<Self> {
        u32::try_from(ordinal.checked_sub(1)?).ok().map(Self)
    }

    /// Returns the number as people see it, counted from 1.
    pub fn ordinal(self) -> u64 {
        u64::from(self.0) + 1
    }
}

impl fmt::Display for MessageNo {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ordinal().fmt(out)
    }
}

impl Corpus {
    /// Returns a corpus without messages, whose ids are hashed with this key.
    pub fn with_key(key: IdKey) -> Self {
        Self { key, ..Self::default() }
    }

    /// Returns the key that its ids are hashed with.
    pub fn key(&self) -> IdKey {
        self.key
    }

    /// Hashes an id as the ids of this corpus are hashed.
    pub fn hash(&self, id: &[u8]) -> IdHash {
        self.key.hash(id)
    }

    /// Returns the snapshot with a preamble before its first message.
    #[must_use]
    pub fn behind(self, preamble: ByteRange) -> Self {
        Self { preamble, ..self }
    }

    /// Returns the snapshot that has these segments behind its own.
    #[must_use]
    pub fn grown(&self, segments: impl IntoIterator<Item = Arc<Segment>>) -> Self {
        let mut placed = self.segments.to_vec();
        let mut len = self.len;
        for segment in segments {
            let first = len;
            len += segment.len() as u32;
            placed.push(Placed { first, len: len - first, segment });
        }
        Self { segments: placed.into(), key: self.key, preamble: self.preamble, len }
    }

    /// Returns the snapshot without its last message, and where that begins: what must be read again
    /// when the mailbox has grown, as the message may be longer now.
    ///
    /// The segments that begin within so many bytes of it go too, so that a mailbox which grows message by
    /// message does not end up with a segment for each.
    #[must_use]
    pub fn without_last(&self, near_bytes: u64) -> (Self, ByteOffset) {
        let Some(last) = self.len.checked_sub(1) else { return (self.clone(), ByteOffset(0)) };
        let start_of = |number| self.get(MessageNo(number)).map(|kept| kept.range().start());
        let start = start_of(last).unwrap_or_default();
        let is_near = |first| start_of(first).is_some_and(|first| start.0 - first.0 < near_bytes);
        let firsts = self.segments.iter().rev().map(|placed| placed.first);
        let len = firsts.take_while(|&first| is_near(first)).last().unwrap_or(last);
        let mut placed = self.segments.to_vec();
        placed.retain(|placed| placed.first < len);
        if let Some(placed) = placed.last_mut() {
            placed.len = len - placed.first;
        }
        (Self { segments: placed.into(), len, ..self.clone() }, start_of(len).unwrap_or_default())
    }

    /// Returns how many messages, from the first, are the same as in an earlier snapshot: all of its own
    /// but the last, where that has become longer.
    pub fn same_as(&self, before: &Self) -> usize {
        let range_in = |corpus: &Self, place: usize| Some(corpus.get(MessageNo(place as u32))?.range());
        let last = before.len().saturating_sub(1);
        if range_in(self, last) == range_in(before, last) { before.len() } else { last.min(self.len()) }
    }

    /// Returns how many messages there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns what stands before the first separator, and belongs to no message.
    pub fn preamble(&self) -> ByteRange {
        self.preamble
    }

    /// Returns the message with this number.
    pub fn get(&self, number: MessageNo) -> Option<Kept<'_>> {
        let place = self.segments.partition_point(|placed| placed.first <= number.0).checked_sub(1)?;
        let placed = self.segments.get(place)?;
        let row = (number.0 - placed.first) as usize;
        (row < placed.len as usize).then_some(Kept { number, segment: &placed.segment, row })
    }

    /// Returns every message, in mailbox order.
    pub fn iter(&self) -> impl Iterator<Item = Kept<'_>> {
        self.segments.iter().flat_map(|placed| {
            (0..placed.len).map(|row| Kept {
                number: MessageNo(placed.first + row),
                segment: &placed.segment,
                row: row as usize,
            })
        })
    }

    /// Returns the message whose range holds this place of the mailbox.
    pub fn at(&self, offset: ByteOffset) -> Option<Kept<'_>> {
        let starts_by = |kept: &Kept<'_>| kept.range().start() <= offset;
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(MessageNo(middle)).as_ref().is_some_and(starts_by) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let kept = self.get(MessageNo(low.checked_sub(1)?))?;
        (offset < kept.range().end()).then_some(kept)
    }

    /// Writes everything, so that it can be used where it lies.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        let preamble = [self.preamble.start().0, self.preamble.end().0];
        let IdKey([one, other]) = self.key;
        out.column(&[one, other, preamble[0], preamble[1], self.segments.len() as u64])?;
        for placed in self.segments.iter() {
            out.column(&[u64::from(placed.len)])?;
            placed.segment.pack(out)?;
        }
        Ok(())
    }

    /// Returns the corpus that was packed; nothing where the bytes are none.
    pub fn unpack(from: &mut Unpacker) -> Option<Self> {
        let [one, other, start, end, segments] = from.values()?;
        let mut placed = Vec::new();
        let mut first = 0_u32;
        for _ in 0..segments {
            let [len] = from.values()?;
            let segment = Segment::unpack(from)?;
            let len = u32::try_from(len).ok().filter(|&len| len as usize <= segment.len())?;
            placed.push(Placed { first, len, segment: Arc::new(segment) });
            first = first.checked_add(len)?;
        }
        let preamble = ByteRange::new(ByteOffset(start), ByteOffset(end));
        Some(Self { segments: placed.into(), key: IdKey([one, other]), preamble, len: first })
    }

    /// Returns how many segments it has.
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// Returns the bytes of memory that the envelopes take.
    pub fn memory_bytes(&self) -> usize {
        self.segments.iter().map(|placed| placed.segment.memory_bytes()).sum()
    }
}

impl<'a> Kept<'a> {
    /// Returns the message's number.
    pub fn number(self) -> MessageNo {
        self.number
    }

    /// Returns its range in the mailbox, separator included.
    pub fn range(self) -> ByteRange {
        self.segment.range(self.row)
    }

    /// Returns its subject, decoded; empty where it has none.
    pub fn subject(self) -> &'a str {
        self.segment.subject(self.row)
    }

    /// Returns its date: the header's, else the separator's (`Anomaly::DateFromPostmark`).
    pub fn date(self) -> Option<Date> {
        self.segment.date(self.row)
    }

    /// Returns everyone in the header, with the field they stand in.
    pub fn people(self) -> impl Iterator<Item = (Role, Person<'a>)> {
        self.segment.people(self.row)
    }

    /// Returns who wrote it; the first where several did.
    pub fn sender(self) -> Person<'a> {
        self.people().find(|(role, _)| *role == Role::From).map(|(_, person)| person).unwrap_or_default()
    }

    /// Returns its own Message-ID.
    pub fn id(self) -> Option<IdHash> {
        self.segment.id(self.row)
    }

    /// Returns the ids of the messages that it answers, oldest first, its parent last: those of
    /// References, else the first of In-Reply-To (RFC 5256, REFERENCES step 1).
    pub fn references(self) -> &'a [IdHash] {
        self.segment.references(self.row)
    }

    /// Returns the id that In-Reply-To names where there are References without it.
    pub fn answered_beside(self) -> Option<IdHash> {
        self.segment.answered_beside(self.row)
    }

    /// Returns the conversation that the program of its writer put it in.
    pub fn thread_mark(self) -> Option<IdHash> {
        self.segment.thread_mark(self.row)
    }

    /// Returns what was odd about its header and its place.
    pub fn anomalies(self) -> Anomalies {
        self.segment.anomalies(self.row)
    }
}

impl<'a> Person<'a> {
    /// Returns the name, or the address where there is no name.
    pub fn shown(self) -> &'a str {
        if self.name.is_empty() { self.address } else { self.name }
    }
}
