//! What the entries of a block say of a needle, and what that makes of the rows.
//!
//! What an entry says holds for all rows that it is in: how it holds the needle by itself, how many of the
//! letters it leads to from so many, and which cuts it takes on. Only the first is found out for all entries
//! at once; the rest as rows ask.

use super::Block;
use super::Class;
use super::Needle;
use super::Row;
use super::needle::Cuts;
use super::pass::End;
use crate::query::edges::is_edge;

/// Longer needles are not looked for in this way: a row in so many holds them.
pub const MAX_LETTERS: usize = 64;

/// Not found out yet.
const UNKNOWN: u8 = u8::MAX;

/// What the entries of a block say of a needle.
pub struct Seen<'a> {
    needle: &'a Needle,
    block: &'a Block,
    /// How each entry by itself holds the needle; `None` where few rows ask for that.
    alone: Option<Vec<Alone>>,
    /// For each entry, and each number of letters found before it, how many are found behind it, and where
    /// the last of them ends; as far as rows have asked.
    letters: Vec<[u8; 2]>,
    /// For each entry, once a row asks, the cuts that last came to it, and what came of them.
    cuts: Vec<[Cuts; 2]>,
    /// Memory for the haystack of a row.
    text: Vec<u8>,
}

/// How an entry by itself holds a needle, in numbers that are put together without a branch that a processor
/// would have to guess.
#[derive(Clone, Copy)]
struct Alone {
    /// The rank of the class, the lesser the better.
    rank: u8,
    /// A bit for each length to which the needle can be cut up at the end of the entry, and one for all that
    /// are greater.
    open: u8,
    /// The lengths from which the first word of the entry could go on.
    goes_on: u8,
}

/// What the entries of a row say by themselves.
#[derive(Clone, Copy)]
struct Together {
    rank: u8,
    /// Of the last entry.
    open: u8,
    /// Not zero where a cut may go on from one entry to the next.
    may_join: u8,
}

impl Alone {
    /// Does not hold it.
    const NOT: Self = Self { rank: u8::MAX, open: 0, goes_on: 0 };
}

impl<'a> Seen<'a> {
    /// Asks the entries, unless few rows want to know.
    pub fn of(needle: &'a Needle, block: &'a Block, are_few: bool) -> Self {
        let alone = if are_few { None } else { Some(alone(needle, block)) };
        Self { needle, block, alone, letters: Vec::new(), cuts: Vec::new(), text: Vec::new() }
    }

    /// Returns how well a row holds the needle, if it does, and where it does so loosely.
    pub fn class_of(&mut self, row: Row<'_>) -> Option<(Class, End)> {
        let Some(alone) = &self.alone else {
            row.text_into(&mut self.text);
            let class = self.needle.class_in(&self.text, row.mask)?;
            return Some((class, End::SOMEWHERE));
        };
        let begun = Together { rank: u8::MAX, open: 0, may_join: 0 };
        let together = row.entries().fold(begun, |Together { rank, open, may_join }, entry| {
            let here = alone.get(entry.place()).copied().unwrap_or(Alone::NOT);
            Together {
                rank: rank.min(here.rank),
                open: here.open,
                may_join: may_join | (open & here.goes_on),
            }
        });
        match together.rank {
            rank if rank == Class::Whole as u8 => return Some((Class::Whole, End::SOMEWHERE)),
            rank if rank == Class::Near as u8 => return Some((Class::Near, End::SOMEWHERE)),
            _ => {}
        }
        let end = self.end_of(row, 0, End::at(0, 0))?;
        let is_joined = together.may_join != 0 && self.is_joined(row);
        Some(if is_joined { (Class::Near, End::SOMEWHERE) } else { (Class::Looser, end) })
    }

    /// Returns where all letters are found, in their order and as early as they can, when so many are found
    /// before.
    pub fn end_of(&mut self, row: Row<'_>, letters: usize, end: End) -> Option<End> {
        let (mut done, from) = if end == End::SOMEWHERE { (0, End::at(0, 0)) } else { (letters, end) };
        let mut entries = row.entries().enumerate().skip(from.entry.into());
        if from.byte > 0 {
            let (nth, entry) = entries.next()?;
            let byte = usize::from(from.byte);
            let rest = self.block.text_of(entry.place()).get(byte..)?;
            let (found, end) = self.needle.letters_through(rest, done);
            if found == self.needle.len() {
                return Some(End::at(nth, byte + end));
            }
            done = found;
        }
        for (nth, entry) in entries {
            let (found, end) = self.letters_through(entry.place(), done);
            if found == self.needle.len() {
                return Some(if end == UNKNOWN { End::SOMEWHERE } else { End::at(nth, end.into()) });
            }
            done = found;
        }
        None
    }

    /// Returns how many letters are found behind an entry when so many are found before it, and where in it
    /// the last one ends.
    fn letters_through(&mut self, place: usize, done: usize) -> (usize, u8) {
        if self.letters.is_empty() {
            self.letters.resize(self.block.entries() * self.needle.len(), [UNKNOWN; 2]);
        }
        let Some([found, end]) = self.letters.get_mut(place * self.needle.len() + done) else {
            return (done, 0);
        };
        if *found == UNKNOWN {
            let may_go_on = self.needle.may_go_on(done, self.block.mask_of(place));
            let through = || self.needle.letters_through(self.block.text_of(place), done);
            let (letters, byte) = if may_go_on { through() } else { (done, 0) };
            (*found, *end) = (letters as u8, u8::try_from(byte).unwrap_or(UNKNOWN));
        }
        (usize::from(*found), *end)
    }

    fn is_joined(&mut self, row: Row<'_>) -> bool {
        self.cuts.resize(self.block.entries(), [Cuts::WHOLE; 2]);
        row.entries().fold(Cuts::NONE, |cuts, entry| self.cuts_through(entry.place(), cuts)).is_whole()
    }

    fn cuts_through(&mut self, place: usize, cuts: Cuts) -> Cuts {
        let Some([from, to]) = self.cuts.get_mut(place) else { return cuts };
        if *from != cuts {
            (*from, *to) = (cuts, self.needle.joined_through(self.block.text_of(place), cuts));
        }
        *to
    }
}

/// Finds out how each entry by itself holds a needle.
fn alone(needle: &Needle, block: &Block) -> Vec<Alone> {
    let letters = needle.folded().as_bytes();
    let goes_on = lengths_before_each_byte(letters);
    let of_initial = |&initial: &u8| Alone { goes_on: goes_on[usize::from(initial)], ..Alone::NOT };
    let mut alone: Vec<Alone> = block.initials().iter().map(of_initial).collect();
    let mut due = 0;
    block.for_each_word(letters.first().copied().unwrap_or_default(), |entry, text| {
        if entry >= due
            && let Some(alone) = alone.get_mut(entry)
        {
            let cuts = needle.joined_through(text, Cuts::NONE);
            let rank = if cuts.is_whole() { Class::Near as u8 } else { alone.rank };
            *alone = Alone { rank, open: cuts.in_a_byte(), ..*alone };
            due = entry + 1;
        }
    });
    let mut due = 0;
    block.for_each_place(needle.finder(), |entry, text, at| {
        // Nothing in an entry is better than a whole word.
        if entry >= due
            && let Some(alone) = alone.get_mut(entry)
        {
            let class = class_at(text, at, letters.len());
            alone.rank = alone.rank.min(class as u8);
            due = if class == Class::Whole { entry + 1 } else { entry };
        }
    });
    alone
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

fn class_at(entry: &[u8], start: usize, len: usize) -> Class {
    if is_edge(entry, start) && is_edge(entry, start + len) { Class::Whole } else { Class::Near }
}
