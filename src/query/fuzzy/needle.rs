//! One fuzzy word, and how well a row holds it.

use super::Class;
use super::cuts::Cuts;
use super::letters::Letters;
use super::mask::is_exact;
use super::mask::mask_of;
use super::said::Said;
use super::score::Scratch;
use super::score::score;
use crate::query::edges::is_edge;
use crate::query::edges::is_word;
use crate::text::Between;
use crate::text::fold_into;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem;
use std::ops::Range;

/// How much of a row is scored, in bytes. A loose match further on is worth nothing to anyone; it is
/// found all the same, and stands last.
pub const SCORED_BYTES: usize = 1024;

/// What a row scores that holds the needle only beyond [`SCORED_BYTES`].
const BEYOND: i32 = i16::MIN as i32;

/// A fuzzy word, folded and made ready.
#[derive(Clone, Debug)]
pub struct Needle {
    folded: String,
    letters: Vec<char>,
    mask: u64,
    /// The bits of each letter.
    letter_masks: Vec<u64>,
    whole: memmem::Finder<'static>,
    /// It is one letter with a bit of its own: the mask says all.
    is_in_mask: bool,
    in_entries: Option<Letters>,
}

impl Needle {
    /// Makes a word ready.
    pub fn new(word: &str) -> Self {
        let mut folded = Vec::new();
        fold_into(word, Between::Names, &mut folded);
        let folded = String::from_utf8(folded).unwrap_or_default();
        Self {
            letters: folded.chars().collect(),
            mask: mask_of(folded.as_bytes()),
            letter_masks: folded
                .chars()
                .map(|letter| mask_of(letter.encode_utf8(&mut [0; 4]).as_bytes()))
                .collect(),
            whole: memmem::Finder::new(folded.as_bytes()).into_owned(),
            is_in_mask: matches!(folded.as_bytes(), [byte] if is_exact(*byte)),
            in_entries: Letters::of(&folded),
            folded,
        }
    }

    /// Returns the word, folded.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Returns the bits that a mask must have for a row to hold it.
    pub(super) fn mask(&self) -> u64 {
        self.mask
    }

    /// Returns whether the mask of a row says all.
    pub(super) fn is_in_mask(&self) -> bool {
        self.is_in_mask
    }

    /// Returns what the entries of a haystack are asked, unless it is too long for that, or may stand in two
    /// of them.
    pub(super) fn in_entries(&self) -> Option<&Letters> {
        self.in_entries.as_ref()
    }

    /// Returns what a text with these letters says of it, which it is asked of letter by letter.
    pub(super) fn said_of(&self, letters: &Letters, text: &[u8], mask: u64) -> Said {
        let cuts = Cuts::NONE.through(text, &self.folded);
        let (joined, open) = if cuts.is_whole() { (Class::Near.bit(), 0) } else { (0, cuts.in_a_byte()) };
        let side_by_side = self.class_side_by_side(text).map_or(0, Class::bit);
        let goes_on = letters.goes_on(text.iter().copied().find(|&byte| is_word(byte)));
        let found = (0..=self.len()).map(|before| {
            let found =
                if self.may_go_on(before, mask) { self.letters_through(text, before) } else { before };
            found as u64
        });
        Said::new(side_by_side | joined, open, goes_on, Said::through_of(found))
    }

    /// Returns how many letters it has.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// Returns how well a text with these letters holds it, if it does.
    ///
    /// One letter or digit is in no text as a word, since that says nothing: all texts with it are as good.
    pub fn class_in(&self, text: &[u8], mask: u64) -> Option<Class> {
        if mask & self.mask != self.mask {
            return None;
        }
        if self.is_in_mask {
            return Some(Class::Near);
        }
        match self.class_side_by_side(text) {
            None if self.letters_through(text, 0) < self.len() => None,
            None if Cuts::NONE.through(text, &self.folded).is_whole() => Some(Class::Near),
            None => Some(Class::Looser),
            found => found,
        }
    }

    /// Returns whether the letters stand side by side in a text, and best how.
    fn class_side_by_side(&self, text: &[u8]) -> Option<Class> {
        let (mut class, mut from) = (None, 0);
        // One place may overlap the next.
        while let Some(next) = text.get(from..).and_then(|rest| self.whole.find(rest)) {
            let at = from + next;
            if is_edge(text, at) && is_edge(text, at + self.folded.len()) {
                return Some(Class::Whole);
            }
            (class, from) = (Some(Class::Near), at + 1);
        }
        class
    }

    /// Returns `false` where it is certain that a text with these letters does not hold the next one, when
    /// `done` are found.
    pub(super) fn may_go_on(&self, done: usize, mask: u64) -> bool {
        self.letter_masks.get(done).is_some_and(|letter| mask & letter == *letter)
    }

    /// Returns how many letters are found, in their order, at the end of a text that begins with `done` of them
    /// found.
    fn letters_through(&self, text: &[u8], done: usize) -> usize {
        let (mut rest, mut done) = (text, done);
        while let Some(letter) = self.letters.get(done) {
            let mut bytes = [0; 4];
            let behind = match *letter.encode_utf8(&mut bytes).as_bytes() {
                [byte] => memchr::memchr(byte, rest).map(|at| at + 1),
                ref bytes => memmem::find(rest, bytes).map(|at| at + bytes.len()),
            };
            let Some(left) = behind.and_then(|behind| rest.get(behind..)) else { break };
            (rest, done) = (left, done + 1);
        }
        done
    }

    /// Returns the score of a haystack that holds it.
    pub fn score_in(&self, text: &[u8], scratch: &mut Scratch) -> i32 {
        let text = scored(text);
        if text.is_ascii() && self.folded.is_ascii() {
            return score(text, self.folded.as_bytes(), scratch).unwrap_or(BEYOND);
        }
        let mut letters = std::mem::take(&mut scratch.letters);
        letters.clear();
        letters.extend(String::from_utf8_lossy(text).chars());
        let value = score(&letters, &self.letters, scratch).unwrap_or(BEYOND);
        scratch.letters = letters;
        value
    }

    /// Returns where its letters stand in a folded row, in bytes; nothing where the row does not hold it.
    ///
    /// Of a row longer than [`SCORED_BYTES`] only the beginning is looked at, so that the matcher's memory
    /// is bounded.
    pub fn letters_in(&self, row: &str) -> Vec<Range<usize>> {
        let row = std::str::from_utf8(scored(row.as_bytes())).unwrap_or_default();
        let Some((_, places)) = SkimMatcherV2::default().fuzzy_indices(row, &self.folded) else {
            return Vec::new();
        };
        let mut letters = row.char_indices().enumerate();
        let place = |place: usize| {
            letters.find(|(nth, _)| *nth == place).map(|(_, (at, letter))| at..at + letter.len_utf8())
        };
        places.into_iter().filter_map(place).collect()
    }

    /// Returns whether whoever holds this word also holds `other`, for any row.
    pub fn implies(&self, other: &Self) -> bool {
        let mut letters = self.letters.iter();
        other.letters.iter().all(|letter| letters.any(|mine| mine == letter))
    }
}

/// Returns the beginning of a row that is scored, cut between letters.
pub fn scored(text: &[u8]) -> &[u8] {
    let is_inside = |at: &usize| text.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let mut end = SCORED_BYTES.min(text.len());
    while is_inside(&end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, text: &str, expected: Option<Class>) {
        let mut folded = Vec::new();
        fold_into(text, Between::Names, &mut folded);
        assert_eq!(Needle::new(word).class_in(&folded, mask_of(&folded)), expected, "{word} in {text}");
    }

    #[test]
    fn a_word_is_whole_near_or_loose() {
        let row = "Jean-Luc Mélenchon jlm@desk.example Re: Le Pen's 3 630 files";
        check("Mélenchon", row, Some(Class::Whole));
        check("jean-luc", row, Some(Class::Whole));
        check("pen", row, Some(Class::Whole));
        check("melench", row, Some(Class::Near));
        check("lench", row, Some(Class::Near));
        check("lepen", row, Some(Class::Near));
        check("jlmel", row, Some(Class::Near));
        check("jelum", row, Some(Class::Near));
        check("3630", row, Some(Class::Near));
        check("jmel", row, Some(Class::Looser));
        check("mlnch", row, Some(Class::Looser));
        check("m", row, Some(Class::Near));
        check("penj", row, None);
        check("1.1", "11.1.1", Some(Class::Whole));
        check("zq", row, None);
        check("елка", "Моя ЁЛКА", Some(Class::Whole));
        check("еа", "Моя ЁЛКА", Some(Class::Looser));
        check("朗雄", "梅朗雄", Some(Class::Whole));
        // Lead byte of one letter and second byte of another are no letter.
        check("б", "д ұ", None);
    }

    #[test]
    fn a_cut_may_have_to_be_taken_back() {
        check("aab", "aa x ab", Some(Class::Looser));
        check("abac", "ab a ac", Some(Class::Looser));
        check("abac", "aba ac", Some(Class::Near));
        check("aaab", "aa aab", Some(Class::Near));
    }

    #[test]
    fn what_stands_far_out_is_found_and_scores_least() {
        let far = format!("{} needle x", "é".repeat(2000));
        check("nedle", &far, Some(Class::Looser));
        assert_eq!(Needle::new("nedle").score_in(far.as_bytes(), &mut Scratch::default()), BEYOND);
    }
}
