//! What the entries of a block say of a needle, and what that makes of the rows.
//!
//! What an entry says holds for all rows that it is in, so it is found out once. What the entries of a row say is
//! then put together without looking at any text, but for the few rows of which the needle may be cut into
//! beginnings of words that follow one another from one entry to the next.

use super::Block;
use super::Class;
use super::Needle;
use super::Row;
use super::letters::Letters;
use super::needle::Cuts;
use super::said::Said;
use super::said::Together;
use crate::query::search::Verdict;

/// What the entries of a block say of a needle.
pub struct Seen<'a> {
    needle: &'a Needle,
    letters: &'a Letters,
    block: &'a Block,
    /// For each byte, the lengths of the needle from which a word that begins with it goes on.
    goes_on: [u8; 256],
    /// What each entry says, as far as it is known.
    said: Vec<Said>,
    /// For each entry, once a row asks, the cuts that last came to it, and what came of them.
    cuts: Vec<[Cuts; 2]>,
}

impl<'a> Seen<'a> {
    /// Makes ready to ask rows of a block.
    pub fn of(needle: &'a Needle, letters: &'a Letters, block: &'a Block) -> Self {
        let goes_on = lengths_before_each_byte(needle.folded().as_bytes());
        Self {
            needle,
            letters,
            block,
            goes_on,
            said: vec![Said::default(); block.entries()],
            cuts: Vec::new(),
        }
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
        let said = self
            .letters
            .said_in(text, place)
            .unwrap_or_else(|| self.needle.said_of(self.block.text_of(entry)));
        said.going_on_from(self.goes_on[usize::from(self.block.initial_of(entry))])
    }

    /// Takes the cuts of the needle through the words of a row.
    fn is_joined(&mut self, row: Row<'_>) -> bool {
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
        self.cuts.resize(self.said.len(), [Cuts::WHOLE; 2]);
        let [from, to] = &mut self.cuts[entry];
        if *from != begun {
            (*from, *to) = (begun, self.needle.joined_through(self.block.text_of(entry), begun));
        }
        *to
    }
}

/// Returns for each byte the lengths of a needle behind which it goes on with that byte. An entry without
/// words, which has a blank for it, takes on whatever comes to it.
fn lengths_before_each_byte(needle: &[u8]) -> [u8; 256] {
    let mut lengths = [0; 256];
    lengths[usize::from(b' ')] = u8::MAX;
    for (length, &byte) in needle.iter().enumerate().skip(1) {
        lengths[usize::from(byte)] |= Cuts::of_length(length).in_a_byte();
    }
    lengths
}
