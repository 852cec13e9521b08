//! One fuzzy word asked of a whole block: the same answers as row by row, many times faster.
//!
//! What the entries say is put together for the rows (`seen`). Where letters were typed behind a word that was
//! asked before, a row that held that loosely goes on where it ended.

use super::Block;
use super::Class;
use super::Needle;
use super::Row;
use super::seen::MAX_LETTERS;
use super::seen::Seen;
use crate::query::search::Verdict;

/// Where a loose match ends, as early as it can: the entry within its row, and the byte within the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub(super) entry: u8,
    pub(super) byte: u8,
}

/// What the rows of a block answered to a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    pub verdicts: Vec<Verdict>,
    ends: Vec<End>,
}

/// What the rows of a block answered to a word of which the needle is a longer one.
#[derive(Clone, Copy, Debug)]
pub struct Beginning<'a> {
    pub rows: &'a Rows,
    /// How many letters it has.
    pub letters: usize,
}

impl End {
    /// Somewhere else than two bytes can say, or it is not known.
    pub(super) const SOMEWHERE: Self = Self { entry: u8::MAX, byte: u8::MAX };

    pub(super) fn at(entry: usize, byte: usize) -> Self {
        match (u8::try_from(entry), u8::try_from(byte)) {
            (Ok(entry), Ok(byte)) => Self { entry, byte },
            _ => Self::SOMEWHERE,
        }
    }
}

impl Needle {
    /// Asks all rows of a block but those that `within` refuses; what is answered of these says nothing.
    pub fn over(&self, block: &Block, within: &[Verdict], beginning: Option<Beginning<'_>>) -> Rows {
        if self.folded().is_empty() {
            self.ask_each(block, within, beginning, |_, _| Some((Class::Whole, End::SOMEWHERE)))
        } else if self.is_in_mask() {
            self.ask_each(block, within, beginning, |_, _| Some((Class::Near, End::SOMEWHERE)))
        } else if !self.stays_in_entries() || self.len() > MAX_LETTERS {
            let mut text = Vec::new();
            self.ask_each(block, within, beginning, |row, _| {
                row.text_into(&mut text);
                Some((self.class_in(&text, row.mask)?, End::SOMEWHERE))
            })
        } else {
            let may_be_firm = |place: &usize| beginning.is_none_or(|beginning| beginning.is_firm(*place));
            let asked = within.iter().enumerate().filter(|(_, before)| **before != Verdict::No);
            let firm = asked.filter(|(place, _)| may_be_firm(place)).count();
            let mut seen = Seen::of(self, block, firm < block.len() / FEW);
            self.ask_each(block, within, beginning, |row, begun| match begun {
                None => seen.class_of(row),
                // What held the beginning loosely cannot hold all of it in any better way.
                Some((letters, end)) => Some((Class::Looser, seen.end_of(row, letters, end)?)),
            })
        }
    }

    /// Asks the rows that are not refused at a glance. `ask` is told how many letters a row holds loosely
    /// already, and where they end.
    fn ask_each(
        &self,
        block: &Block,
        within: &[Verdict],
        beginning: Option<Beginning<'_>>,
        mut ask: impl FnMut(Row<'_>, Option<(usize, End)>) -> Option<(Class, End)>,
    ) -> Rows {
        let mut rows =
            Rows { verdicts: vec![Verdict::No; block.len()], ends: vec![End::SOMEWHERE; block.len()] };
        let answers = rows.verdicts.iter_mut().zip(&mut rows.ends).zip(within);
        for (place, (row, ((verdict, end), within))) in block.rows().zip(answers).enumerate() {
            let before = beginning.and_then(|beginning| beginning.rows.verdicts.get(place));
            if row.mask & self.mask() != self.mask() || *within == Verdict::No || before == Some(&Verdict::No)
            {
                continue;
            }
            let is_begun = before == Some(&Verdict::Yes(Class::Looser));
            let begun = beginning.filter(|_| is_begun).and_then(|beginning| beginning.of(place));
            if let Some((class, at)) = ask(row, begun) {
                (*verdict, *end) = (Verdict::Yes(class), at);
            }
        }
        rows
    }
}

impl Beginning<'_> {
    /// Returns whether a row holds the word in a better way than loosely.
    fn is_firm(self, place: usize) -> bool {
        matches!(self.rows.verdicts.get(place), Some(Verdict::Yes(Class::Whole | Class::Near)))
    }

    fn of(self, place: usize) -> Option<(usize, End)> {
        Some((self.letters, *self.rows.ends.get(place)?))
    }
}

/// Fewer rows than one in so many are asked by themselves how they hold a needle firmly: it is not worth to
/// find out what all entries say.
const FEW: usize = 12;
