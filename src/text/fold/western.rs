//! Text in which some letters can be seen before it is folded.
//!
//! In what is written in western Europe, accents, quotes and dashes stand above ASCII, and some letters
//! of ASCII are what none of these folds to: a `b` in the folded text then is a `b` or a `B` in the text.

/// Letters that no letter above ASCII of a western text folds to, the rarest first.
pub const STANDS_FOR_ITSELF: &str = "zqxjkwvbgfpmlr567890";

/// Returns whether a text is ASCII, Latin-1, `Œ`, `œ`, `Ÿ`, `€`, and the spaces, dashes and quotes from
/// U+2000 to U+203F.
pub fn is_western(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a branch for each byte, so that many are looked at together.
    let is_other = |byte: u8| (byte > 0xC3) & (byte != 0xE2) & (byte != 0xC5);
    if bytes.chunks(256).any(|chunk| chunk.iter().fold(false, |any, &byte| any | is_other(byte))) {
        return false;
    }
    memchr::memchr2_iter(0xE2, 0xC5, bytes).all(|at| {
        matches!(
            bytes.get(at..),
            Some([0xE2, 0x80, ..] | [0xE2, 0x82, 0xAC, ..] | [0xC5, 0x92 | 0x93 | 0xB8, ..])
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn no_western_letter_folds_to_one_that_stands_for_itself() {
        let western = ('\u{80}'..=char::MAX).filter(|letter| is_western(letter.encode_utf8(&mut [0; 4])));
        let mut count = 0;
        for letter in western {
            let folded = fold(&letter.to_string());
            assert!(!folded.contains(|folded| STANDS_FOR_ITSELF.contains(folded)), "{letter} {folded}");
            count += 1;
        }
        assert_eq!(count, 128 + 4 + 64);
        assert!(is_western("plain") && !is_western("ž") && !is_western("a 梅"));
    }
}
