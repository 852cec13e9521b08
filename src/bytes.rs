//! Places in a mailbox: an offset, and a range between two.
//!
//! Both count bytes from the start of the mailbox, as 64-bit numbers on every machine. They are
//! types of their own so that a place in the file is never taken for a place in a decoded string, a
//! message's number or a row of a list.
//!
//! Not here: where the bytes come from (see `source`), and what they say (see `mbox`).

use bytemuck::Pod;
use bytemuck::Zeroable;
use std::fmt;

/// A place in the mailbox, in bytes from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct ByteOffset(pub u64);

/// A stretch of the mailbox: from `start` up to, and without, `end`.
///
/// **Invariant:** `start <= end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRange {
    start: ByteOffset,
    end: ByteOffset,
}

/// What of a mailbox is not there any more, though it was when it was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Where the file ends now, where it was cut.
    pub cut_to: Option<ByteOffset>,
    /// Stretches of it that the disk does not give.
    pub unreadable: Vec<ByteRange>,
}

impl Loss {
    /// Returns whether all is there.
    pub fn is_none(&self) -> bool {
        self.cut_to.is_none() && self.unreadable.is_empty()
    }

    /// Returns whether some of a range is lost.
    pub fn touches(&self, range: ByteRange) -> bool {
        let overlaps = |lost: &ByteRange| lost.start() < range.end() && range.start() < lost.end();
        self.cut_to.is_some_and(|end| end < range.end()) || self.unreadable.iter().any(overlaps)
    }
}

impl ByteOffset {
    /// Returns the offset as an index into the mailbox's bytes.
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    /// Returns the offset of the byte at `index` in a slice that begins here.
    #[must_use]
    pub fn plus(self, index: usize) -> Self {
        Self(self.0 + index as u64)
    }
}

impl ByteRange {
    /// Returns the range between two offsets; an `end` before `start` gives an empty range.
    pub fn new(start: ByteOffset, end: ByteOffset) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Returns the range that holds the whole of `bytes`.
    pub fn all(bytes: &[u8]) -> Self {
        Self::new(ByteOffset(0), ByteOffset(bytes.len() as u64))
    }

    /// Returns where the range begins.
    pub fn start(self) -> ByteOffset {
        self.start
    }

    /// Returns the offset after its last byte.
    pub fn end(self) -> ByteOffset {
        self.end
    }

    /// Returns how many bytes it holds.
    pub fn len(self) -> u64 {
        self.end.0 - self.start.0
    }

    /// Returns whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns these bytes of the mailbox; what reaches past its end is left out.
    pub fn of(self, mailbox: &[u8]) -> &[u8] {
        let end = self.end.index().min(mailbox.len());
        mailbox.get(self.start.index().min(end)..end).unwrap_or_default()
    }
}

impl fmt::Display for ByteOffset {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_past_the_end_gives_what_is_there() {
        let range = ByteRange::new(ByteOffset(2), ByteOffset(9));
        assert_eq!(range.of(b"abcd"), b"cd");
        assert_eq!(range.of(b"a"), b"");
    }

    #[test]
    fn a_loss_touches_what_reaches_into_it() {
        let range = |start, end| ByteRange::new(ByteOffset(start), ByteOffset(end));
        let cut = Loss { cut_to: Some(ByteOffset(10)), unreadable: Vec::new() };
        let torn = Loss { cut_to: None, unreadable: vec![range(10, 20)] };
        assert!(!cut.touches(range(3, 10)) && cut.touches(range(3, 11)) && cut.touches(range(30, 40)));
        assert!(!torn.touches(range(3, 10)) && torn.touches(range(3, 11)) && !torn.touches(range(20, 40)));
        assert!(!Loss::default().touches(range(0, 10)));
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_empty() {
        assert!(ByteRange::new(ByteOffset(9), ByteOffset(2)).is_empty());
    }
}
