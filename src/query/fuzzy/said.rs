//! What a text says of a needle, packed so that the texts of a row are put together in few steps.

use super::cuts::Cuts;

/// Of needles of more letters texts say nothing: four bits count those that are found.
pub const MAX_LETTERS: usize = 15;

/// What a text by itself says of a needle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// How many letters are found behind the text for each number of them that is found before it: four bits
    /// each, the lowest for none.
    through: u64,
    /// From the lowest byte on: the classes in which it holds the needle by itself, the lengths to which the
    /// needle can be cut up at its end, and those from which its first word could go on.
    firmly: u64,
}

/// What the texts of a row say one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Together {
    found: u64,
    /// The bytes of `firmly` of all texts.
    firmly: u64,
    /// The lengths with which a cut could go on from one text to the next.
    joins: u64,
    last: u64,
}

impl Said {
    /// Where in `firmly` its bytes begin.
    const OPEN: u32 = 8;
    const GOES_ON: u32 = 16;

    /// Packs the bits of the classes that hold, the lengths to which the needle can be cut up at the end of the
    /// text, those from which its first word could go on, and what [`Self::through_of`] packed.
    pub fn new(classes: u8, open: u8, goes_on: u8, through: u64) -> Self {
        let firmly = u64::from(classes) | u64::from(open) << Self::OPEN | u64::from(goes_on) << Self::GOES_ON;
        Self { through, firmly }
    }

    /// Packs how many letters are found behind a text for each number of them found before it, from none to
    /// all.
    #[inline(always)]
    pub fn through_of(found: impl Iterator<Item = u64>) -> u64 {
        found.zip(0..).fold(0, |all, (found, before)| all | found << (4 * before))
    }

    /// Returns the cuts at the end of the text, where none came to it and they are short enough to be known.
    pub fn open(self) -> Option<Cuts> {
        Cuts::of_byte((self.firmly >> Self::OPEN) as u8)
    }

    /// Returns whether its first word could go on from one of these cuts.
    pub fn takes_on(self, cuts: Cuts) -> bool {
        (self.firmly >> Self::GOES_ON) as u8 & cuts.in_a_byte() != 0
    }

    /// Returns whether nothing was found out yet: behind a whole needle, there is a whole needle.
    pub fn is_unknown(self) -> bool {
        self.through == 0
    }
}

impl Together {
    /// Adds the next text of a row.
    pub fn then(self, next: Said) -> Self {
        Self {
            found: next.through >> (4 * self.found) & 0xF,
            firmly: self.firmly | next.firmly,
            joins: self.joins | self.last << (Said::GOES_ON - Said::OPEN) & next.firmly,
            last: next.firmly,
        }
    }

    /// Returns how many letters are found in their order.
    pub fn found(self) -> usize {
        self.found as usize
    }

    /// Returns the bits of the classes in which one of the texts holds the needle.
    pub fn classes(self) -> u8 {
        self.firmly as u8
    }

    /// Returns whether a cut could go on from one text to the next.
    pub fn may_be_joined(self) -> bool {
        (self.joins >> Said::GOES_ON) as u8 != 0
    }
}
