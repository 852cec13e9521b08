//! A needle cut into beginnings of words that follow one another, as `jlmel` is in `Jean-Luc Mélenchon`.

use crate::query::edges::is_word;

/// Needles longer than this, in bytes, are not cut.
const MAX_JOINED: usize = 63;

/// How far a needle has been cut into beginnings of words that follow one another: a bit for each length of
/// it that the word before can have brought us to. Any word may be the first, so zero is always among them;
/// its bit says that all of the needle was cut up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cuts(u64);

/// The lengths of a needle behind which it goes on with a byte, as [`Cuts::in_a_byte`], for each byte.
#[derive(Clone, Debug)]
pub struct GoesOn([u8; 256]);

impl Cuts {
    /// None has begun.
    pub const NONE: Self = Self(0);
    /// All of the needle was cut up.
    pub const WHOLE: Self = Self(1);

    /// Returns the cut of so many bytes; no cut where that is more than are looked for.
    pub fn of_length(bytes: usize) -> Self {
        Self(if bytes < MAX_JOINED { 1 << bytes } else { 0 })
    }

    /// Returns a bit for each of the lesser lengths, and one for all others.
    pub fn in_a_byte(self) -> u8 {
        let lesser = self.0 & 0x7F;
        lesser as u8 | u8::from(self.0 != lesser) << 7
    }

    /// Returns the cuts of which this is the byte, unless it says of some only that they are longer.
    pub fn of_byte(byte: u8) -> Option<Self> {
        (byte & 0x80 == 0).then_some(Self(byte.into()))
    }

    /// Returns whether all of the needle was cut up.
    pub fn is_whole(self) -> bool {
        self == Self::WHOLE
    }

    /// Takes cuts of a needle through the words of a text.
    pub fn through(self, text: &[u8], whole: &str) -> Self {
        let needle = whole.as_bytes();
        let is_cut = |first: &&u8| is_word(**first) && needle.len() <= MAX_JOINED;
        let Some(&first) = needle.first().filter(is_cut) else { return Self::NONE };
        let Self(mut reached) = self;
        let first_word = if reached == 0 { Some(0) } else { text.iter().position(|&byte| is_word(byte)) };
        let Some(mut at) = first_word.filter(|_| !self.is_whole()) else { return self };
        loop {
            // Unless a cut is open, only a word with the first letter can begin one.
            if reached == 0 {
                let Some(next) = text.get(at..).and_then(|rest| memchr::memchr(first, rest)) else {
                    return Self::NONE;
                };
                at += next;
                if at > 0 && text.get(at - 1).is_some_and(|&byte| is_word(byte)) {
                    at += 1;
                    continue;
                }
            }
            let rest = text.get(at..).unwrap_or_default();
            let next = next_word(rest);
            let word = rest.get(..next.unwrap_or(rest.len())).unwrap_or_default();
            let mut open = reached | 1;
            reached = 0;
            while open != 0 {
                let from = open.trailing_zeros() as usize;
                open &= open - 1;
                let left = needle.get(from..).unwrap_or_default();
                let shared = left.iter().zip(word).take_while(|(one, other)| one == other).count();
                if shared == left.len() {
                    return Self::WHOLE;
                }
                let lengths = (from + 1..=from + shared).filter(|&length| whole.is_char_boundary(length));
                reached |= lengths.fold(0, |all, length| all | 1 << length);
            }
            let Some(next) = next else { return Self(reached) };
            at += next;
        }
    }
}

impl GoesOn {
    /// Finds them for a needle.
    pub fn of(needle: &str) -> Self {
        let mut lengths = [0; 256];
        for (length, byte) in needle.bytes().enumerate().skip(1) {
            lengths[usize::from(byte)] |= Cuts::of_length(length).in_a_byte();
        }
        Self(lengths)
    }

    /// Returns those for a text whose first word begins with this byte. One without words takes on whatever
    /// comes to it.
    pub fn with(&self, first: Option<u8>) -> u8 {
        first.map_or(u8::MAX, |byte| self.0[usize::from(byte)])
    }
}

/// Returns where the next word begins in a text that begins with one.
fn next_word(text: &[u8]) -> Option<usize> {
    let end = text.iter().position(|&byte| !is_word(byte))?;
    Some(end + text.get(end..)?.iter().position(|&byte| is_word(byte))?)
}
