//! What the entries of a block say of a needle, and what that makes of the rows.
//!
//! What an entry says holds for all rows that it is in, so it is found out once. What the entries of a row
//! say is then put together without looking at any text, but for the few rows of which the needle may be cut
//! into beginnings of words that follow one another from one entry to the next.

use super::Block;
use super::Class;
use super::Needle;
use super::Row;
use super::cuts::Cuts;
use super::letters::Letters;
use super::said::Said;
use super::said::Together;
use crate::query::search::Verdict;

/// What the entries of a block say of a needle.
pub struct Seen<'a> {
    needle: &'a Needle,
    letters: &'a Letters,
    block: &'a Block,
    /// What each entry says, as far as it is known.
    said: Vec<Said>,
    /// For each entry, once a row asks, the cuts that last came to it, and what came of them.
    cuts: Vec<[Cuts; 2]>,
}

impl<'a> Seen<'a> {
    /// Makes ready to ask rows of a block.
    pub fn of(needle: &'a Needle, letters: &'a Letters, block: &'a Block) -> Self {
        Self { needle, letters, block, said: vec![Said::default(); block.entries()], cuts: Vec::new() }
    }

    /// Asks all entries: to ask them as rows need them takes longer, where most rows are asked.
    pub fn ask_entries(&mut self) {
        for entry in 0..self.said.len() {
            self.said[entry] = self.ask_entry(entry);
        }
    }

    /// Returns whether a row holds the needle, and how well.
    pub fn ask(&mut self, row: Row<'_>) -> Verdict {
        let mut all = Together::default();
        for entry in row.entries() {
            let Some(&(mut said)) = self.said.get(entry.place()) else { continue };
            if said.is_unknown() {
                said = self.ask_entry(entry.place());
                self.said[entry.place()] = said;
            }
            all = all.then(said);
        }
        if all.found() < self.needle.len() {
            return Verdict::No;
        }
        let class = Class::best_of(all.classes());
        let is_joined = class == Class::Looser && all.may_be_joined() && self.is_joined(row);
        Verdict::Yes(if is_joined { Class::Near } else { class })
    }

    fn ask_entry(&self, entry: usize) -> Said {
        let (text, place) = self.block.place_in_text(entry);
        let letter_by_letter =
            || self.needle.said_of(self.letters, self.block.text_of(entry), self.block.mask_of(entry));
        self.letters.said_in(text, place).unwrap_or_else(letter_by_letter)
    }

    /// Takes the cuts of the needle through the words of a row.
    fn is_joined(&mut self, row: Row<'_>) -> bool {
        // Nobody asks what comes of a whole one.
        self.cuts.resize(self.said.len(), [Cuts::WHOLE; 2]);
        row.entries().fold(Cuts::NONE, |cuts, entry| self.cuts_through(entry.place(), cuts)).is_whole()
    }

    fn cuts_through(&mut self, entry: usize, cuts: Cuts) -> Cuts {
        let Some(&said) = self.said.get(entry).filter(|_| !cuts.is_whole()) else { return cuts };
        let begun = if said.takes_on(cuts) { cuts } else { Cuts::NONE };
        if begun == Cuts::NONE
            && let Some(own) = said.open()
        {
            return own;
        }
        let [from, to] = &mut self.cuts[entry];
        if *from != begun {
            (*from, *to) = (begun, begun.through(self.block.text_of(entry), self.needle.folded()));
        }
        *to
    }
}
