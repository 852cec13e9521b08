//! What a text says of a needle, found out for all places of its letters at once.
//!
//! A text that is too long for that is gone through letter by letter (`needle`); of a needle that is too
//! long, texts say nothing, and rows are asked one by one.

use super::Class;
use super::bits::Bits;
use super::bits::Step;
use super::bits::behind_first;
use super::bits::behind_last;
use super::bits::each;
use super::bits::next_stops;
use super::bits::places_in_words;
use super::bits::places_of;
use super::bits::splat;
use super::bits::window;
use super::cuts::Cuts;
use super::cuts::GoesOn;
use super::said::MAX_LETTERS;
use super::said::Said;
use crate::query::edges::is_edge;
use crate::query::edges::is_word;
use std::ops::Range;

/// The letters of a needle, made ready to be compared with a whole text at once.
#[derive(Clone, Debug)]
pub struct Letters {
    bytes: Vec<Step>,
    /// Where each letter ends, in bytes.
    ends: Vec<usize>,
    /// It can be cut into beginnings of words.
    is_cut: bool,
    goes_on: GoesOn,
}

/// Where each letter of a needle stands in a text.
struct Standing<'a, P, const LETTERS: usize, const IS_ASCII: bool> {
    needle: &'a Letters,
    text: &'a [u8],
    /// The last byte of each letter, where the whole letter stands.
    letters: [P; LETTERS],
    /// The bytes of words.
    words: P,
}

impl Letters {
    /// Makes a needle ready; nothing where it is too long, or may stand in two texts: between them there is a
    /// blank.
    pub fn of(needle: &str) -> Option<Self> {
        let ends: Vec<usize> = needle.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
        let is_cut = needle.bytes().next().is_some_and(is_word);
        let bytes = needle.bytes().map(splat).collect();
        let goes_on = GoesOn::of(needle);
        let is_asked = ends.len() <= MAX_LETTERS && !needle.contains(' ');
        is_asked.then_some(Self { bytes, ends, is_cut, goes_on })
    }

    /// Returns the lengths from which the first word of a text goes on that begins with this byte.
    pub fn goes_on(&self, first: Option<u8>) -> u8 {
        self.goes_on.with(first)
    }

    /// Returns how many bytes there are before a letter, and in it.
    fn bytes_of<const IS_ASCII: bool>(&self, letter: usize) -> (usize, usize) {
        if IS_ASCII {
            return (letter, 1);
        }
        let start = if letter == 0 { 0 } else { self.ends[letter - 1] };
        (start, self.ends[letter] - start)
    }

    /// Returns what the text in this place of a longer one says; nothing where it is too long.
    pub fn said_in(&self, all: &[u8], place: Range<usize>) -> Option<Said> {
        // The place behind the text must be one too.
        if place.len() < u64::COUNT {
            self.said_at::<u64>(all, place)
        } else if place.len() < u128::COUNT {
            self.said_at::<u128>(all, place)
        } else {
            None
        }
    }

    /// To a compiler that knows how many letters there are, they are no loops.
    fn said_at<P: Bits>(&self, all: &[u8], place: Range<usize>) -> Option<Said> {
        macro_rules! with {
            ($($letters:literal)*) => {
                match (self.ends.len(), self.bytes.len()) {
                    $(($letters, $letters) => Some(said::<P, $letters, true>(self, all, place)),
                    ($letters, _) => Some(said::<P, $letters, false>(self, all, place)),)*
                    _ => None,
                }
            };
        }
        with!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    }
}

#[inline(never)]
fn said<P: Bits, const LETTERS: usize, const IS_ASCII: bool>(
    needle: &Letters,
    all: &[u8],
    place: Range<usize>,
) -> Said {
    let mut copy = None;
    let window = window::<P>(all, place.start, &mut copy);
    Standing::<P, LETTERS, IS_ASCII>::of(needle, window, place.len()).said()
}

impl<'a, P: Bits, const LETTERS: usize, const IS_ASCII: bool> Standing<'a, P, LETTERS, IS_ASCII> {
    /// Finds the letters in the text at the start of a window.
    fn of(needle: &'a Letters, window: &'a [u8], len: usize) -> Self {
        let within = !(P::max_value() << len);
        let letters = std::array::from_fn(|letter| {
            let (start, len) = needle.bytes_of::<IS_ASCII>(letter);
            let byte = |nth: usize| places_of::<P>(needle.bytes[start + nth], window) << (len - 1 - nth);
            (0..len).fold(within, |all, nth| all & byte(nth))
        });
        Self { needle, text: &window[..len], letters, words: places_in_words::<P>(window) & within }
    }

    fn said(&self) -> Said {
        let (joined, open) = self.joined();
        let goes_on = self.needle.goes_on(self.text.get(self.words.trailing_zeros() as usize).copied());
        Said::new(self.side_by_side() | joined, open, goes_on, self.through())
    }

    /// Returns how the letters stand side by side, best as the bit of its class.
    fn side_by_side(&self) -> u8 {
        let starts = self.letters.iter().enumerate().map(|(letter, &places)| {
            let (start, len) = self.needle.bytes_of::<IS_ASCII>(letter);
            places >> (start + len - 1)
        });
        let starts = starts.fold(P::max_value(), |all, places| all & places);
        if starts.is_zero() {
            return 0;
        }
        let len = self.needle.bytes.len();
        let is_whole = if self.text.is_ascii() {
            let within_words = self.words & (self.words << 1);
            !(starts & !within_words & !(within_words >> len)).is_zero()
        } else {
            each(starts).any(|at| is_edge(self.text, at) && is_edge(self.text, at + len))
        };
        if is_whole { Class::Whole.bit() } else { Class::Near.bit() }
    }

    /// Returns whether the needle can be cut into beginnings of words that follow one another, as the bit of
    /// its class, else the lengths to which it is cut at the end of the text.
    fn joined(&self) -> (u8, u8) {
        let starts = self.words & !(self.words << 1);
        let in_last_word = behind_last(starts);
        let (mut open, mut at) = (0, starts);
        for (letter, &places) in self.letters.iter().enumerate() {
            let (start, len) = self.needle.bytes_of::<IS_ASCII>(letter);
            let next = (at << (len - 1) & places) << 1;
            if next.is_zero() || !self.needle.is_cut {
                return (0, open);
            }
            if !(next & in_last_word).is_zero() {
                open |= Cuts::of_length(start + len).in_a_byte();
            }
            at = next | next_stops(next, starts);
        }
        (Class::Near.bit(), 0)
    }

    /// Returns how many letters are found behind the text for each number of them found before it, as [`Said`]
    /// takes it.
    ///
    /// Letter by letter for all of these numbers: what is found for one of them waits for no other.
    #[inline(always)]
    fn through(&self) -> u64 {
        let mut left = [P::max_value(); LETTERS];
        let mut found: [u64; LETTERS] = std::array::from_fn(|before| before as u64);
        for (nth, &letter) in self.letters.iter().enumerate() {
            for before in 0..=nth {
                let here = letter & left[before];
                left[before] = behind_first(here);
                found[before] += u64::from(!here.is_zero());
            }
        }
        Said::through_of(found.into_iter().chain([LETTERS as u64]))
    }
}

#[cfg(test)]
mod tests {
    use crate::query::fuzzy::Needle;
    use crate::query::fuzzy::mask_of;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn a_text_says_what_it_says_letter_by_letter(
            before in "[ab ]{0,9}", behind in "[ab ]{0,9}|[ab ]{130}",
            text in "([abжé.梅]|ab| a){0,45}|[ab]{0,9}( [ab]{0,9}){0,20}|([ab]{1,2}\\.){0,20}[ab]",
            needle in "[abж梅]{1,4}|[ab.]{1,15}|[ab]\\.[ab](\\.[ab])?",
        ) {
            let needle = Needle::new(&needle);
            let all = format!("{before} {text} {behind}");
            let place = before.len() + 1..before.len() + 1 + text.len();
            let letters = needle.in_entries().unwrap();
            if let Some(said) = letters.said_in(all.as_bytes(), place) {
                let expected = needle.said_of(letters, text.as_bytes(), mask_of(text.as_bytes()));
                prop_assert_eq!(said, expected, "{:?} in {:?}", needle.folded(), text);
            } else {
                prop_assert!(text.len() > 127);
            }
        }
    }
}
