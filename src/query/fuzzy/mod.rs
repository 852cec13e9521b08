//! Fuzzy words: what they are looked for in, and how well they are found.
//!
//! What a match is, and how good, is defined by `SkimMatcherV2` of `fuzzy-matcher`, asked for positions with
//! a fresh matcher. A million rows are answered without it: a mask of the letters in a row refuses many of
//! them, what its entries say answers the rest (`letters`, `seen`, `pass`), and [`score`] reproduces the
//! matcher's score, of single rows and put together from what entries add (`scorer`).
//!
//! Not here: several words, fields and signs (see `search`).

mod bits;
mod block;
mod cuts;
mod letters;
mod mask;
mod needle;
mod pass;
mod places;
mod said;
mod score;
mod scorer;
mod seen;

pub use block::BLOCK_MESSAGES;
pub use block::Block;
pub(super) use block::Entry;
pub(super) use block::Row;
pub use block::blocks;
pub(super) use mask::mask_of;
pub(super) use needle::Needle;
#[cfg(test)]
pub(super) use score::Scratch;
pub(super) use scorer::Scorer;

/// How well a message answers a query. The better is the lesser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The words stand in it as words.
    Whole,
    /// The letters stand side by side, or each stretch of them begins the next word: `lepen` and `jlmel`
    /// find `Jean-Luc Mélenchon` and `Le Pen`.
    Near,
    /// The letters stand in it in this order, with others between them.
    Looser,
}

impl Class {
    /// Returns a bit of its own for a firm class.
    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Returns the best of the firm classes with these bits.
    fn best_of(bits: u8) -> Self {
        const BEST: [Class; 4] = [Class::Looser, Class::Whole, Class::Near, Class::Whole];
        BEST[usize::from(bits & 3)]
    }
}
