//! One fuzzy word, and how well a row holds it.

use super::Class;
use super::Row;
use super::mask::is_exact;
use super::mask::mask_of;
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

/// Needles longer than this are not looked for over the starts of words.
const MAX_JOINED: usize = 63;

/// A fuzzy word, folded and made ready.
#[derive(Clone, Debug)]
pub struct Needle {
    folded: String,
    letters: Vec<char>,
    mask: u64,
    whole: memmem::Finder<'static>,
    /// It is one letter with a bit of its own: the mask says all.
    is_in_mask: bool,
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
            whole: memmem::Finder::new(folded.as_bytes()).into_owned(),
            is_in_mask: matches!(folded.as_bytes(), [byte] if is_exact(*byte)),
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

    /// Returns how well a row holds it, if it does.
    ///
    /// One letter or digit is in no row as a word, since that says nothing: all rows with it are as good.
    pub fn class_in(&self, row: Row<'_>) -> Option<Class> {
        if row.mask & self.mask != self.mask {
            return None;
        }
        if self.is_in_mask {
            return Some(Class::Near);
        }
        match self.class_side_by_side(row.text) {
            None if self.end_of_letters(row.text, 0, 0).is_none() => None,
            None if self.is_joined_in(row) => Some(Class::Near),
            None => Some(Class::Looser),
            found => found,
        }
    }

    pub(super) fn class_side_by_side(&self, text: &[u8]) -> Option<Class> {
        let mut class = None;
        for at in self.whole.find_iter(text) {
            if is_edge(text, at) && is_edge(text, at + self.folded.len()) {
                return Some(Class::Whole);
            }
            class = Some(Class::Near);
        }
        class
    }

    /// Returns where the letters end in a text that holds them in their order, as early as they can, when
    /// the first `done` bytes of them end at `from`.
    pub(super) fn end_of_letters(&self, text: &[u8], done: usize, from: usize) -> Option<usize> {
        let needle = self.folded.get(done..)?;
        let mut at = from;
        if self.folded.is_ascii() {
            for byte in needle.bytes() {
                at += memchr::memchr(byte, text.get(at..)?)? + 1;
            }
            return Some(at);
        }
        let mut bytes = [0; 4];
        for letter in needle.chars() {
            let letter = letter.encode_utf8(&mut bytes).as_bytes();
            at += memmem::find(text.get(at..)?, letter)? + letter.len();
        }
        Some(at)
    }

    /// Returns whether it can be cut into beginnings of words of a row that follow one another.
    pub(super) fn is_joined_in(&self, row: Row<'_>) -> bool {
        self.may_be_joined(row.initials) && self.is_joined(row.text)
    }

    /// Refuses quickly: the word with the first letter must be followed by one that a cut could begin.
    fn may_be_joined(&self, initials: &[u8]) -> bool {
        let Some((&first, later)) = self.folded.as_bytes().split_first() else { return false };
        let later = mask_of(later);
        let is_later = |&next: &u8| mask_of(&[next]) & later != 0;
        memchr::memchr_iter(first, initials).any(|at| initials.get(at + 1).is_some_and(is_later))
    }

    /// Returns whether it can be cut into beginnings of words that follow one another.
    ///
    /// `reached` holds the lengths of needle that the word before can have brought us to, a bit for each;
    /// zero is always among them, since any word may be the first.
    fn is_joined(&self, text: &[u8]) -> bool {
        let needle = self.folded.as_bytes();
        let Some(&first) = needle.first().filter(|_| needle.len() <= MAX_JOINED) else { return false };
        let mut reached = 0_u64;
        let mut at = 0;
        loop {
            // Unless a cut is open, only a word with the first letter can begin one.
            if reached == 0 {
                let Some(next) = text.get(at..).and_then(|rest| memchr::memchr(first, rest)) else {
                    return false;
                };
                at += next;
                if at > 0 && text.get(at - 1).is_some_and(|&byte| is_word(byte)) {
                    at += 1;
                    continue;
                }
            }
            let word = text.get(at..).unwrap_or_default();
            let mut open = reached | 1;
            reached = 0;
            while open != 0 {
                let from = open.trailing_zeros() as usize;
                open &= open - 1;
                let left = needle.get(from..).unwrap_or_default();
                let shared = left.iter().zip(word).take_while(|(one, other)| one == other).count();
                if shared == left.len() {
                    return true;
                }
                // From `from + 1` to `from + shared`.
                reached |= ((1 << shared) - 1) << (from + 1);
            }
            let rest_of_word = word.iter().position(|&byte| !is_word(byte)).unwrap_or(word.len());
            let blanks = word.get(rest_of_word..).unwrap_or_default();
            let Some(next) = blanks.iter().position(|&byte| is_word(byte)) else { return false };
            at += rest_of_word + next;
        }
    }

    /// Returns the score of a row that holds it.
    pub fn score_in(&self, row: Row<'_>, scratch: &mut Scratch) -> i32 {
        let text = scored(row.text);
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
    use super::super::block::initials_of;
    use super::*;
    use crate::corpus::MessageNo;

    #[track_caller]
    fn check(word: &str, text: &str, expected: Option<Class>) {
        let mut folded = Vec::new();
        fold_into(text, Between::Names, &mut folded);
        let initials: Vec<u8> = initials_of(&folded).collect();
        let row = Row { number: MessageNo(0), mask: mask_of(&folded), text: &folded, initials: &initials };
        assert_eq!(Needle::new(word).class_in(row), expected, "{word} in {text}");
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
        let folded = far.into_bytes();
        let row = Row { number: MessageNo(0), mask: u64::MAX, text: &folded, initials: &[] };
        assert_eq!(Needle::new("nedle").score_in(row, &mut Scratch::default()), BEYOND);
    }
}
