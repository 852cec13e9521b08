//! The forms in which a spelling stands in mail that was decoded badly on its way.
//!
//! Letters beyond ASCII are what suffers: UTF-8 read as windows-1252 or Latin-1, once or twice
//! (`MÃ©lenchon`); quoted-printable and numbers of HTML that nobody undid (`M=C3=A9lenchon`,
//! `M&#233;lenchon`); and letters that were lost (`M?lenchon`), within a word that is long enough to be
//! known without them.

use crate::text::Between;
use crate::text::fold_into;
use std::collections::BTreeSet;

/// What windows-1252 has where Latin-1 has controls, from 0x80 on; 0 is nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// A word of which letters were lost is known by no fewer others.
const LEAST_LETTERS: usize = 5;

/// Returns every form that is looked for, folded, the spelling itself among them.
pub fn forms(spelling: &str) -> BTreeSet<Vec<u8>> {
    let mut written: BTreeSet<String> = BTreeSet::new();
    let curly = spelling.replace('\'', "’");
    for spelling in [spelling, &curly, &spelling.to_uppercase(), &spelling.to_lowercase()] {
        for read in [windows_1252, latin_1] {
            let once = misread(spelling, read);
            written.extend([misread(&once, read), once]);
        }
        written.extend([quoted_printable(spelling, utf_8), quoted_printable(spelling, latin_1_byte)]);
        written.extend([html_numbers(spelling), spelling.to_owned()]);
        for lost in ["?", "??", "\u{FFFD}", "\u{FFFD}\u{FFFD}"] {
            written.extend(with_letters_lost(spelling, lost));
        }
    }
    written.iter().map(|form| folded(form)).filter(|form| !form.is_empty()).collect()
}

/// Folds a name as texts are folded that it is looked for in.
pub fn folded(name: &str) -> Vec<u8> {
    let mut folded = Vec::new();
    fold_into(name, Between::Names, &mut folded);
    folded.trim_ascii().to_vec()
}

/// Returns whether a spelling is all in capitals, and so found only in capitals.
pub fn is_as_written(spelling: &str) -> bool {
    spelling.contains(char::is_uppercase) && !spelling.contains(char::is_lowercase)
}

fn misread(text: &str, read: fn(u8) -> char) -> String {
    text.bytes().map(read).collect()
}

fn latin_1(byte: u8) -> char {
    char::from(byte)
}

fn windows_1252(byte: u8) -> char {
    let place = usize::from(byte).wrapping_sub(0x80);
    WINDOWS_1252.get(place).copied().filter(|&letter| letter != '\0').unwrap_or(char::from(byte))
}

fn utf_8(letter: char) -> Vec<u8> {
    letter.to_string().into_bytes()
}

fn latin_1_byte(letter: char) -> Vec<u8> {
    u8::try_from(letter).map_or_else(|_| utf_8(letter), |byte| vec![byte])
}

/// Writes letters beyond ASCII as quoted-printable does (RFC 2045 §6.7).
fn quoted_printable(text: &str, bytes: impl Fn(char) -> Vec<u8>) -> String {
    each_wide(text, |letter| bytes(letter).iter().map(|byte| format!("={byte:02X}")).collect())
}

fn html_numbers(text: &str) -> String {
    each_wide(text, |letter| format!("&#{};", u32::from(letter)))
}

/// Puts `lost` for each letter beyond ASCII; none where too little of a word would be left.
fn with_letters_lost(text: &str, lost: &str) -> Option<String> {
    for word in text.split([' ', '-']).filter(|word| !word.is_ascii()) {
        let kept = word.chars().filter(char::is_ascii_alphabetic).count();
        let is_ascii = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphabetic());
        if kept < LEAST_LETTERS || !is_ascii(word.chars().next()) || !is_ascii(word.chars().last()) {
            return None;
        }
    }
    Some(each_wide(text, |_| lost.to_owned()))
}

fn each_wide(text: &str, write: impl Fn(char) -> String) -> String {
    text.chars().map(|letter| if letter.is_ascii() { letter.to_string() } else { write(letter) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(spelling: &str, text: &str, expected: bool) {
        assert_eq!(forms(spelling).contains(&folded(text)), expected, "{spelling} {text}");
    }

    #[test]
    fn names_that_suffered_are_known() {
        for text in
            ["Mélenchon", "MELENCHON", "MÃ©lenchon", "MÃ\u{83}Â©lenchon", "MÃƒÂ©lenchon", "MÃ‰LENCHON"]
        {
            check("Mélenchon", text, true);
        }
        for text in
            ["M=C3=A9lenchon", "M=e9lenchon", "M&#233;lenchon", "M?lenchon", "M??LENCHON", "M\u{FFFD}lenchon"]
        {
            check("Mélenchon", text, true);
        }
        check("O'Neil", "Oâ€™Neil", true);
    }

    #[test]
    fn names_of_which_too_little_is_left_are_not() {
        check("Zoé", "Zo?", false);
        check("Éluard", "?luard", false);
        check("Léa Roux", "L?a Roux", false);
        check("Mélenchon", "M?l?nchon", false);
    }
}
