//! The scores of the rows of a block, put together from what their entries add.
//!
//! Between two entries there is a blank, so a letter in one never stands beside a letter in another. All that an
//! entry must know of those before it is then, for each number of letters found, the best value if its gap
//! had begun at the row's start; and what it adds to that does not depend on where in the row it stands, but
//! for an addend. So that is found out once for each entry and number of letters, by the recurrence of
//! [`score`](super::score).
//!
//! Rows that are not ASCII or longer than [`SCORED_BYTES`] are scored by themselves, and so are all rows for
//! long needles and those with a blank in them.

use super::Block;
use super::Needle;
use super::Row;
use super::mask::is_ascii;
use super::needle::SCORED_BYTES;
use super::score::AFTER_HARD_SEPARATOR;
use super::score::FIRST_LETTER;
use super::score::GAP;
use super::score::LETTER;
use super::score::Letter;
use super::score::Placed;
use super::score::ROW_START;
use super::score::Scratch;
use super::score::bonus;
use super::score::follow;
use super::score::placed;

/// Scores rows of one block.
pub struct Scorer<'a> {
    needle: &'a Needle,
    block: &'a Block,
    /// The needle is one of which entries are asked.
    is_asked: bool,
    /// Where in `gains` it stands what an entry adds: `needle.len() + 1` places for each entry, one for each
    /// number of letters before it, and one for an entry that begins its row.
    places: Vec<u32>,
    /// For each number of letters that an entry leads to from those before it, the best value, and
    /// with it the last letter's place if more are to come.
    gains: Vec<i16>,
    /// For each number of letters the best value so far, if its gap had begun at the row's start.
    open: Vec<i32>,
    placed: [Vec<Placed>; 2],
    text: Vec<u8>,
    scratch: Scratch,
}

/// What entries add is asked of needles of so many letters: the effort grows with the square.
const MOST_LETTERS: usize = 6;

/// Not found out yet.
const UNKNOWN: u32 = u32::MAX;

/// The entry does not lead on at all.
const NOTHING: u32 = u32::MAX - 1;

/// The letters are not there.
const NEVER: i16 = i16::MIN;
const NOT_YET: i32 = i32::MIN / 2;

impl<'a> Scorer<'a> {
    /// Makes ready to score the rows of a block.
    pub fn new(needle: &'a Needle, block: &'a Block) -> Self {
        let letters = 1..=MOST_LETTERS;
        let is_asked =
            letters.contains(&needle.len()) && needle.in_entries().is_some() && needle.folded().is_ascii();
        let places = vec![UNKNOWN; if is_asked { block.entries() * (needle.len() + 1) } else { 0 }];
        Self {
            needle,
            block,
            is_asked,
            places,
            gains: Vec::new(),
            open: Vec::new(),
            placed: Default::default(),
            text: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// Returns the score of a row that holds the needle.
    pub fn score(&mut self, row: Row<'_>) -> i32 {
        if let Some(score) = self.score_by_entries(row) {
            return score;
        }
        row.text_into(&mut self.text);
        self.needle.score_in(&self.text, &mut self.scratch)
    }

    fn score_by_entries(&mut self, row: Row<'_>) -> Option<i32> {
        let letters = self.needle.len();
        if !self.is_asked || !is_ascii(row.mask) {
            return None;
        }
        self.open.clear();
        self.open.resize(letters, NOT_YET);
        let (mut best, mut start) = (NOT_YET, 0);
        for entry in row.entries().map(|entry| entry.place()) {
            let end = start + self.block.text_of(entry).len();
            if end > SCORED_BYTES {
                return None;
            }
            // From the most letters down, so that what the entry leads to is not taken for what came before it.
            for from in (0..letters).rev() {
                if from > 0 && self.open[from] == NOT_YET {
                    continue;
                }
                let Some(place) = self.gains_of(entry, from, start == 0) else { continue };
                let before = if from == 0 { 0 } else { self.open[from] - GAP - start as i32 + 1 };
                let gains = &self.gains[place..place + letters - from];
                let Some((&whole, parts)) = gains.split_last() else { continue };
                for (open, &gain) in self.open[from + 1..].iter_mut().zip(parts) {
                    if gain != NEVER {
                        *open = (*open).max(before + start as i32 + i32::from(gain));
                    }
                }
                if whole != NEVER {
                    best = best.max(before + i32::from(whole));
                }
            }
            start = end + 1;
        }
        (best > NOT_YET).then_some(best)
    }

    /// Returns where it stands what an entry adds when so many letters are found before it.
    fn gains_of(&mut self, entry: usize, from: usize, begins_row: bool) -> Option<usize> {
        let letters = self.needle.len();
        let kind = if begins_row { letters } else { from };
        let place = entry * (letters + 1) + kind;
        if *self.places.get(place)? == UNKNOWN {
            self.places[place] = self.find_gains(entry, from, begins_row);
        }
        let known = self.places[place];
        (known != NOTHING).then_some(known as usize)
    }

    fn find_gains(&mut self, entry: usize, from: usize, begins_row: bool) -> u32 {
        let text = self.block.text_of(entry);
        if !self.needle.may_go_on(from, self.block.mask_of(entry)) {
            return NOTHING;
        }
        let needle = &self.needle.folded().as_bytes()[from..];
        let place = self.gains.len() as u32;
        let [before, current] = &mut self.placed;
        let first = |at: usize| {
            let at_start = if begins_row { ROW_START } else { AFTER_HARD_SEPARATOR };
            let earned = bonus(text, at, at_start);
            placed(at, if from == 0 { FIRST_LETTER + earned } else { LETTER + earned - at as i32 })
        };
        before.clear();
        before.extend(needle[0].places(text).map(first));
        for (nth, letter) in needle.iter().enumerate() {
            if nth > 0 {
                follow(text, letter.places(text), before, current);
                std::mem::swap(before, current);
            }
            let is_last = nth + 1 == needle.len();
            let gain =
                before.iter().map(|placed| if is_last { placed.value } else { placed.value + placed.at });
            self.gains.push(gain.max().map_or(NEVER, |gain| gain as i16));
        }
        place
    }
}
