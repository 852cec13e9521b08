//! One fuzzy word asked of a whole block: the same answers as row by row, several times faster.
//!
//! The letters side by side are looked for in the text of all rows at once. What is left is asked for the
//! letters in their order; where letters were typed behind a word that was asked before, each row goes on
//! where that word ended in it.

use super::Block;
use super::Class;
use super::Needle;
use crate::query::edges::is_edge;
use crate::query::search::Verdict;

/// Where the loose matches of a block end: the offset in its row, for as many as fit into a byte.
pub type Ends = Vec<u8>;

/// It ends somewhere else, or there is no loose match.
const SOMEWHERE: u8 = u8::MAX;

/// What a wider query found in a block.
#[derive(Clone, Copy, Debug)]
pub struct Wider<'a> {
    /// What each row answered.
    pub verdicts: &'a [Verdict],
    /// Where the loose matches end of the word that it was, when more letters stand behind it now.
    pub beginning: Option<Beginning<'a>>,
}

/// The word that was asked before, of which the needle is a longer one.
#[derive(Clone, Copy, Debug)]
pub struct Beginning<'a> {
    /// How many bytes it has.
    pub len: usize,
    /// Where it ends in each row.
    pub ends: &'a [u8],
}

impl Needle {
    /// Asks all rows of a block, or only those that a wider query found.
    pub fn over(&self, block: &Block, wider: Option<Wider<'_>>) -> (Vec<Verdict>, Ends) {
        if self.folded().is_empty() || self.is_in_mask() {
            return (self.seen_in_masks(block, wider), Vec::new());
        }
        let mut verdicts = vec![Verdict::No; block.len()];
        let mut ends = vec![SOMEWHERE; block.len()];
        self.find_side_by_side(block, wider, &mut verdicts);
        for (place, row) in block.rows().enumerate() {
            let is_settled = verdicts.get(place).is_none_or(|verdict| *verdict != Verdict::No);
            if is_settled || row.mask & self.mask() != self.mask() || is_refused(wider, place) {
                continue;
            }
            let (done, from) = begun(wider, place).unwrap_or_default();
            let Some(end) = self.end_of_letters(row.text, done, from) else { continue };
            let is_loose = done > 0 || !self.is_joined_in(row);
            let class = if is_loose { Class::Looser } else { Class::Near };
            if let (Some(verdict), Some(kept)) = (verdicts.get_mut(place), ends.get_mut(place)) {
                *verdict = Verdict::Yes(class);
                *kept = if is_loose { u8::try_from(end).unwrap_or(SOMEWHERE) } else { SOMEWHERE };
            }
        }
        (verdicts, ends)
    }

    /// Finds the rows that hold the one letter there is, or none.
    fn seen_in_masks(&self, block: &Block, wider: Option<Wider<'_>>) -> Vec<Verdict> {
        let class = if self.folded().is_empty() { Class::Whole } else { Class::Near };
        let holds = |place: usize, mask: u64| mask & self.mask() == self.mask() && !is_refused(wider, place);
        let verdict = |holds: bool| if holds { Verdict::Yes(class) } else { Verdict::No };
        block.masks().iter().enumerate().map(|(place, &mask)| verdict(holds(place, mask))).collect()
    }

    /// Finds the rows that hold the letters side by side.
    fn find_side_by_side(&self, block: &Block, wider: Option<Wider<'_>>, verdicts: &mut [Verdict]) {
        let firm = |verdict: &&Verdict| matches!(verdict, Verdict::Yes(Class::Whole | Class::Near));
        // What held the beginning loosely cannot hold all of it side by side.
        if let Some(wider) = wider.filter(|wider| wider.beginning.is_some())
            && wider.verdicts.iter().filter(firm).count() < block.len() / FEW
        {
            for (place, (before, row)) in wider.verdicts.iter().zip(block.rows()).enumerate() {
                if firm(&before)
                    && let Some(class) = self.class_side_by_side(row.text)
                    && let Some(verdict) = verdicts.get_mut(place)
                {
                    *verdict = Verdict::Yes(class);
                }
            }
            return;
        }
        let (text, needle) = (block.text(), self.folded().as_bytes());
        let (mut place, mut row, mut seen) = (0, block.place_of(0), 0);
        for_each_place(needle, text, |start| {
            while row.end <= start {
                place += 1;
                row = block.place_of(place);
            }
            let end = start + needle.len();
            if start < seen || end > row.end || is_refused(wider, place) {
                return;
            }
            let class = class_at(&text[row.clone()], start - row.start, needle.len());
            verdicts[place] = Verdict::Yes(class);
            // Nothing in the row is better than a whole word.
            seen = if class == Class::Whole { row.end } else { end };
        });
    }
}

/// How many places are looked at in one step.
const STEP: usize = 64;

/// Calls `found` with every place where the needle stands, overlapping ones too.
///
/// The first two letters are looked for at many places at once, in a loop that compilers turn into wide
/// instructions: a short needle stands everywhere, and to look for each of its places by itself takes longer.
fn for_each_place(needle: &[u8], text: &[u8], mut found: impl FnMut(usize)) {
    let &[first, second, ref rest @ ..] = needle else {
        let Some(&only) = needle.first() else { return };
        return memchr::memchr_iter(only, text).for_each(found);
    };
    let mut look = |at: usize, behind: &[u8]| {
        if behind.starts_with(rest) {
            found(at);
        }
    };
    let mut at = 0;
    while let (Some(here), Some(next)) =
        (text[at..].first_chunk::<STEP>(), text[at..].get(1..).and_then(<[u8]>::first_chunk::<STEP>))
    {
        let mut places = places_of_pair(here, next, first, second);
        while places != 0 {
            let place = at + places.trailing_zeros() as usize;
            look(place, &text[place + 2..]);
            places &= places - 1;
        }
        at += STEP;
    }
    for (place, pair) in text[at..].windows(2).enumerate().filter(|(_, pair)| **pair == [first, second]) {
        look(at + place, &text[at + place + pair.len()..]);
    }
}

/// Returns a bit for each place that has the one byte, and the other behind it.
fn places_of_pair(here: &[u8; STEP], next: &[u8; STEP], first: u8, second: u8) -> u64 {
    let mut is_pair = [0; STEP];
    for (is_pair, (here, next)) in is_pair.iter_mut().zip(here.iter().zip(next)) {
        *is_pair = u8::from((*here == first) & (*next == second));
    }
    // Of eight bytes that are 0 or 1, the product has one bit each in its highest byte.
    let bits = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let eights = is_pair.as_chunks::<8>().0.iter();
    eights.rev().fold(0, |places, bytes| places << 8 | bits(bytes))
}

/// Fewer rows than one in so many are asked one by one.
const FEW: usize = 4;

fn class_at(row: &[u8], start: usize, len: usize) -> Class {
    if is_edge(row, start) && is_edge(row, start + len) { Class::Whole } else { Class::Near }
}

fn is_refused(wider: Option<Wider<'_>>, place: usize) -> bool {
    wider.is_some_and(|wider| wider.verdicts.get(place) == Some(&Verdict::No))
}

/// Returns how many bytes of the needle a row holds loosely already, and where they end in it.
fn begun(wider: Option<Wider<'_>>, place: usize) -> Option<(usize, usize)> {
    let wider = wider?;
    let beginning = wider.beginning?;
    if wider.verdicts.get(place) != Some(&Verdict::Yes(Class::Looser)) {
        return None;
    }
    let end = beginning.ends.get(place).copied().filter(|&end| end != SOMEWHERE);
    end.map(|end| (beginning.len, usize::from(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_found(text in "[abé]{0,400}", needle in "[abé]{1,3}") {
            let (text, needle) = (text.as_bytes(), needle.as_bytes());
            let mut found = Vec::new();
            for_each_place(needle, text, |place| found.push(place));
            let expected: Vec<usize> = (0..text.len()).filter(|&at| text[at..].starts_with(needle)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
