//! What each letter folds to; those from U+0080 to U+20FF by a table.
//!
//! A letter folds as NFKD takes it apart, in lower case, without its combining marks. Letters that
//! Unicode holds whole but people write plainly (`ø`, `ł`, `ß`, `æ`), quotes and dashes have rules of their
//! own. The tests hold every letter of the table to Unicode's data.

use super::rows::LIGATURES;
use super::rows::ROWS;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A letter, folded: at most [`MAX_LEN`] bytes of UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    len: u8,
    bytes: [u8; MAX_LEN],
}

/// The longest that a letter becomes, in bytes (Sinhala vowel signs of three parts).
const MAX_LEN: usize = 9;
/// The letters that the table covers.
const COVERED: std::ops::Range<u32> = 0x80..0x2100;

/// The table, made from the rows when it is first needed.
static LETTERS: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let rows = letters_of_rows();
    let folded = |value| char::from_u32(value).map_or(Letter::DROPPED, |letter| compute(letter, &rows));
    COVERED.map(folded).collect()
});

impl Letter {
    /// What folds to nothing.
    const DROPPED: Self = Self { len: 0, bytes: [0; MAX_LEN] };

    fn new(text: &str) -> Self {
        let mut bytes = [0; MAX_LEN];
        let len = text.len().min(MAX_LEN);
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self { len: len as u8, bytes }
    }

    fn of(letter: char) -> Self {
        Self::new(letter.encode_utf8(&mut [0; 4]))
    }

    /// Returns its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Writes it behind what is folded already.
    pub fn append_to(&self, folded: &mut Vec<u8>) {
        let here = folded.len();
        folded.extend_from_slice(&self.bytes);
        folded.truncate(here + usize::from(self.len));
    }
}

/// Folds letters.
#[derive(Clone, Copy, Debug)]
pub struct Letters(&'static [Letter]);

impl Letters {
    /// Returns the table.
    pub fn new() -> Self {
        Self(&LETTERS)
    }

    /// Folds one letter.
    pub fn fold(self, letter: char) -> Letter {
        self.covered(letter).unwrap_or_else(|| self.beyond(letter))
    }

    fn covered(self, letter: char) -> Option<Letter> {
        let place = u32::from(letter).wrapping_sub(COVERED.start) as usize;
        self.0.get(place).copied()
    }

    /// Folds a letter that the table does not cover.
    fn beyond(self, letter: char) -> Letter {
        if is_mark(letter) || is_unseen(letter) {
            return Letter::DROPPED;
        }
        let ligature = (letter as usize).checked_sub(0xFB00).and_then(|place| LIGATURES.get(place));
        if let Some(ligature) = ligature {
            return Letter::new(ligature);
        }
        let small = small(letter);
        self.covered(small).unwrap_or_else(|| Letter::of(small))
    }
}

/// Returns what each letter of the rows folds to; the first row that has it counts.
fn letters_of_rows() -> HashMap<char, Letter> {
    let mut rows = HashMap::new();
    for (folded, letters) in &ROWS {
        for letter in letters.chars() {
            rows.entry(letter).or_insert_with(|| Letter::new(folded));
        }
    }
    rows
}

/// Folds a letter of the table.
fn compute(letter: char, rows: &HashMap<char, Letter>) -> Letter {
    if is_mark(letter) || is_unseen(letter) {
        return Letter::DROPPED;
    }
    let small = small(letter);
    rows.get(&small).copied().unwrap_or_else(|| Letter::of(small))
}

/// Returns a letter in lower case, and in its ordinary width and weight.
fn small(letter: char) -> char {
    let plain = |base: u8, offset: u32| char::from(base + offset as u8);
    match u32::from(letter) {
        0x2212 => '-',
        0x3000 => ' ',
        // Full-width forms, circled letters, and the letters of mathematics that people decorate names with.
        value @ 0xFF01..=0xFF5E => plain(b'!', value - 0xFF01).to_ascii_lowercase(),
        value @ 0x24B6..=0x24E9 => plain(b'a', (value - 0x24B6) % 26),
        value @ 0x1D400..=0x1D6A3 => plain(b'a', (value - 0x1D400) % 26),
        value @ 0x1D7CE..=0x1D7FF => plain(b'0', (value - 0x1D7CE) % 10),
        // No letter between has another case; most of them are Chinese, and are many.
        0x2E00..=0xA63F | 0xAC00..=0x103FF => letter,
        _ if letter.is_whitespace() => ' ',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// Returns whether a letter is a mark on the one before it, of a script where words are also written
/// without such marks.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter),
        0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5 | 0x5C7
        | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF
        | 0xFE20..=0xFE2F)
}

/// Returns whether a letter has no width: soft hyphens, joiners, directions, variations.
fn is_unseen(letter: char) -> bool {
    matches!(u32::from(letter),
        0xAD | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0001..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// Letters that Unicode does not take apart, or not as people write them.
    fn by_hand(letter: char) -> Option<&'static str> {
        Some(match letter {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'đ' | 'ð' | 'ɖ' => "d",
            'ø' => "o",
            'ł' | 'ƚ' => "l",
            'ı' | 'ɨ' => "i",
            'ħ' => "h",
            'ŧ' => "t",
            'ŋ' => "n",
            'ƀ' => "b",
            'ʉ' => "u",
            'ƶ' => "z",
            'ĸ' => "k",
            'ȷ' => "j",
            'ς' => "σ",
            '´' | 'ʹ' | 'ʼ' | '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' => "'",
            '«' | '»' | '“' | '”' | '„' | '‟' | '″' => "\"",
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
            '⁄' => "/",
            '\u{85}' => " ",
            _ => return None,
        })
    }

    /// Folds by Unicode's data, again and again until nothing changes.
    fn by_unicode(text: &str) -> String {
        let mut folded = String::new();
        for letter in text.chars() {
            let apart = by_hand(letter).map_or_else(|| letter.nfkd().to_string(), str::to_owned);
            for letter in apart.chars().filter(|&letter| !is_mark(letter) && !is_unseen(letter)) {
                let letter = if letter.is_whitespace() { ' ' } else { letter };
                folded.extend(letter.to_lowercase().filter(|&letter| !is_mark(letter)));
            }
        }
        if folded == text { folded } else { by_unicode(&folded) }
    }

    #[track_caller]
    fn check(letters: std::ops::RangeInclusive<u32>) {
        for letter in letters.filter_map(char::from_u32) {
            let folded = Letters::new().fold(letter);
            let folded = str::from_utf8(folded.as_bytes()).unwrap();
            assert_eq!(folded, by_unicode(&letter.to_string()), "{letter} {}", letter.escape_unicode());
        }
    }

    #[test]
    fn every_letter_of_the_table_folds_as_unicode_says() {
        check(0x80..=0x20FF);
    }

    #[test]
    fn wide_and_decorated_letters_are_plain_ones() {
        check(0x24B6..=0x24E9);
        check(0x2C60..=0x2C6F);
        check(0x3000..=0x3001);
        check(0x4E00..=0x4E10);
        check(0xA640..=0xA66E);
        check(0xFB00..=0xFB06);
        check(0xFF01..=0xFF5E);
        check(0x1D400..=0x1D454);
        check(0x1D7CE..=0x1D7FF);
        check(0x10400..=0x10450);
    }

    #[test]
    fn no_row_is_longer_than_a_letter_may_be() {
        assert!(ROWS.iter().all(|(folded, _)| folded.len() <= MAX_LEN));
    }
}
