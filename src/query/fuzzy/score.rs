//! The score of `SkimMatcherV2`, for rows that hold the needle.
//!
//! The recurrence is that of the matcher's full matrix, which `fuzzy_indices` fills, started afresh: a
//! letter earns 16, and more at the start of a word or behind the letter before it; a gap costs 3, and 1 for
//! each letter in it. It is evaluated only where letters match, between the first and the last place at
//! which each letter can stand, so it costs the number of such places and not the area of a matrix.
//!
//! Not here: which places were chosen. The few rows on screen ask the matcher itself.

/// What earns or costs how much, in the order of the recurrence.
pub(super) const LETTER: i32 = 16;
const ADJACENT: i32 = 4;
pub(super) const GAP: i32 = 3;
pub(super) const ROW_START: i32 = 16;
pub(super) const AFTER_HARD_SEPARATOR: i32 = 8;
const AFTER_SOFT_SEPARATOR: i32 = 7;
/// The first letter stands behind a gap of one, whatever stands before it.
pub(super) const FIRST_LETTER: i32 = LETTER - 1;

/// A letter of a row: a byte where all are ASCII, else a character.
pub trait Letter: Copy + PartialEq {
    /// Finds it in a row.
    fn find(self, row: &[Self]) -> Option<usize>;
    /// Finds the last of it in a row.
    fn find_last(self, row: &[Self]) -> Option<usize>;
    /// Finds all of it in a row.
    fn places(self, row: &[Self]) -> impl Iterator<Item = usize>;
    /// Returns what a letter behind this one earns.
    fn bonus_behind(self) -> i32;
}

/// Memory that is used again from row to row.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// For each letter of the needle, the first and the last place at which it can stand.
    windows: Vec<(usize, usize)>,
    before: Vec<Placed>,
    current: Vec<Placed>,
    /// The row as characters, where it is not ASCII.
    pub(super) letters: Vec<char>,
}

/// The best way to have matched the needle up to a letter that stands here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) at: i32,
    pub(super) value: i32,
}

/// Returns the score, or nothing where the row does not hold the needle.
pub fn score<L: Letter>(row: &[L], needle: &[L], scratch: &mut Scratch) -> Option<i32> {
    find_windows(row, needle, &mut scratch.windows)?;
    let Scratch { windows, before, current, .. } = scratch;
    let mut letters = needle.iter().zip(windows.iter());
    let Some((&letter, &window)) = letters.next() else { return Some(0) };
    before.clear();
    let first = |at| placed(at, FIRST_LETTER + bonus(row, at, ROW_START));
    before.extend(places(row, letter, window).map(first));
    for (&letter, &window) in letters {
        follow(row, places(row, letter, window), before, current);
        std::mem::swap(before, current);
    }
    before.iter().map(|placed| placed.value).max()
}

/// Places the next letter at each of these places, behind the letter before it at the best of its places.
pub(super) fn follow<L: Letter>(
    row: &[L],
    places: impl Iterator<Item = usize>,
    before: &[Placed],
    current: &mut Vec<Placed>,
) {
    current.clear();
    let mut earlier = before;
    // The best of the earlier places that are not next to this one, as if its gap began at the row's start.
    let mut gapped = NOWHERE;
    for at in places {
        let here = at as i32;
        while let Some((far, later)) = earlier.split_first().filter(|(placed, _)| placed.at < here - 1) {
            gapped = gapped.max(far.value - GAP + far.at);
            earlier = later;
        }
        let bonus = bonus(row, at, ROW_START);
        let mut best = gapped - (here - 1) + bonus;
        if let Some(next_to) = earlier.first().filter(|placed| placed.at == here - 1) {
            best = best.max(next_to.value + bonus.max(ADJACENT));
        } else if gapped == NOWHERE {
            continue;
        }
        current.push(placed(at, LETTER + best));
    }
}

/// The value of what is not placed.
const NOWHERE: i32 = i32::MIN / 2;

pub(super) fn placed(at: usize, value: i32) -> Placed {
    Placed { at: at as i32, value }
}

/// Returns what a letter earns for what stands before it; `at_start` if it is the first of the row.
pub(super) fn bonus<L: Letter>(row: &[L], at: usize, at_start: i32) -> i32 {
    match at.checked_sub(1) {
        None => at_start,
        Some(before) => row.get(before).map_or(0, |letter| letter.bonus_behind()),
    }
}

/// Finds every place of a letter within its window, both ends included.
fn places<L: Letter>(row: &[L], letter: L, (first, last): (usize, usize)) -> impl Iterator<Item = usize> {
    letter.places(row.get(first..=last).unwrap_or_default()).map(move |at| first + at)
}

fn find_windows<L: Letter>(row: &[L], needle: &[L], windows: &mut Vec<(usize, usize)>) -> Option<()> {
    windows.clear();
    let mut from = 0;
    for letter in needle {
        let first = from + letter.find(row.get(from..)?)?;
        windows.push((first, first));
        from = first + 1;
    }
    let mut until = row.len();
    for (letter, (_, last)) in needle.iter().zip(windows.iter_mut()).rev() {
        *last = letter.find_last(row.get(..until)?)?;
        until = *last;
    }
    Some(())
}

impl Letter for u8 {
    fn find(self, row: &[u8]) -> Option<usize> {
        memchr::memchr(self, row)
    }

    fn find_last(self, row: &[u8]) -> Option<usize> {
        memchr::memrchr(self, row)
    }

    fn places(self, row: &[u8]) -> impl Iterator<Item = usize> {
        memchr::memchr_iter(self, row)
    }

    fn bonus_behind(self) -> i32 {
        BONUSES[self as usize]
    }
}

impl Letter for char {
    fn find(self, row: &[char]) -> Option<usize> {
        row.iter().position(|&letter| letter == self)
    }

    fn find_last(self, row: &[char]) -> Option<usize> {
        row.iter().rposition(|&letter| letter == self)
    }

    fn places(self, row: &[char]) -> impl Iterator<Item = usize> {
        row.iter().enumerate().filter(move |(_, letter)| **letter == self).map(|(at, _)| at)
    }

    fn bonus_behind(self) -> i32 {
        u8::try_from(self).map_or(0, u8::bonus_behind)
    }
}

const BONUSES: [i32; 256] = {
    let mut bonuses = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        bonuses[byte] = match byte as u8 {
            0 | b' ' | b'/' | b'\\' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => AFTER_HARD_SEPARATOR,
            b'!'..=b'\'' | b'*'..=b'.' | b':'..=b'@' | b'^'..=b'`' | b'~' => AFTER_SOFT_SEPARATOR,
            _ => 0,
        };
        byte += 1;
    }
    bonuses
};

#[cfg(test)]
mod tests {
    use super::*;
    use fuzzy_matcher::FuzzyMatcher;
    use fuzzy_matcher::skim::SkimMatcherV2;
    use proptest::prelude::*;

    fn ours(row: &str, needle: &str, scratch: &mut Scratch) -> Option<i64> {
        if row.is_ascii() && needle.is_ascii() {
            return score(row.as_bytes(), needle.as_bytes(), scratch).map(i64::from);
        }
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        score(&letters(row), &letters(needle), scratch).map(i64::from)
    }

    #[track_caller]
    fn check(row: &str, needle: &str, scratch: &mut Scratch) {
        let expected = SkimMatcherV2::default().fuzzy_indices(row, needle).map(|(score, _)| score);
        assert_eq!(ours(row, needle, scratch), expected, "{needle:?} in {row:?}");
    }

    #[test]
    fn rows_score_as_the_matcher_scores_them() {
        let mut scratch = Scratch::default();
        let rows = [
            "",
            "ss",
            "mississippi",
            "jean luc melenchon",
            "a/b(c)d.e_f-g~h",
            "\0a\0b",
            "елена и елка",
            "梅a朗b雄",
        ];
        for row in rows {
            for needle in
                ["", "s", "ss", "sss", "jlm", "mel", "abc", "ab", "ен", "елк", "梅雄", "ab雄", "aceg"]
            {
                check(row, needle, &mut scratch);
            }
        }
    }

    /// A row, and a needle that is likely in it.
    fn row_and_needle() -> impl Strategy<Value = (String, String)> {
        let letters = prop::sample::select("abcs  ss.-/(_1é梅\0~".chars().collect::<Vec<_>>());
        let row = prop::collection::vec(letters, 0..60);
        (row, prop::collection::vec(any::<prop::sample::Index>(), 0..8), any::<bool>()).prop_map(
            |(row, mut picks, is_in_order)| {
                if row.is_empty() {
                    return (String::new(), String::new());
                }
                if is_in_order {
                    picks.sort_by_key(|pick| pick.index(row.len()));
                }
                let needle = picks.iter().map(|pick| row[pick.index(row.len())]).collect();
                (row.into_iter().collect(), needle)
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn any_row_scores_as_a_fresh_matcher_scores_it((row, needle) in row_and_needle()) {
            let mut scratch = Scratch::default();
            ours("abc cba bca", "abc", &mut scratch);
            let expected = SkimMatcherV2::default().fuzzy_indices(&row, &needle).map(|(score, _)| score);
            prop_assert_eq!(ours(&row, &needle, &mut scratch), expected);
        }
    }
}
