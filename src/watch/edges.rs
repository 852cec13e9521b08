//! Where words begin and end in folded text.
//!
//! `_` and everything that is no letter or digit parts words. A digit parts from letters what is long
//! enough to be known beside it: `Fillon2017` names Fillon.

/// Returns whether a word may begin at `at`: the letters on both sides are not of one word.
///
/// `is_short` says of the word that digits beside it are part of it.
pub fn begins_word(folded: &[u8], at: usize, is_short: bool) -> bool {
    let (before, first) = (letter_before(folded, at), letter_after(folded, at));
    !before.zip(first).is_some_and(|(before, first)| is_one_word(before, first, is_short))
}

/// Returns whether a word may end at `at`; see [`begins_word`].
pub fn ends_word(folded: &[u8], at: usize, is_short: bool) -> bool {
    let (last, after) = (letter_before(folded, at), letter_after(folded, at));
    !last.zip(after).is_some_and(|(last, after)| is_one_word(after, last, is_short))
}

/// Returns whether `outside` belongs to the word that `inside`, the edge of a name, is in.
fn is_one_word(outside: char, inside: char, is_short: bool) -> bool {
    let parts_digits = !is_short && outside.is_numeric() && !inside.is_numeric();
    outside.is_alphanumeric() && inside.is_alphanumeric() && !parts_digits
}

fn letter_before(folded: &[u8], at: usize) -> Option<char> {
    let before = folded.get(..at)?;
    let is_start = |&back: &usize| {
        before.len().checked_sub(back).and_then(|at| before.get(at)).is_some_and(|&byte| byte & 0xC0 != 0x80)
    };
    let back = (1..=4).find(is_start)?;
    letter_after(folded, at - back)
}

fn letter_after(folded: &[u8], at: usize) -> Option<char> {
    let after = folded.get(at..)?;
    let near = after.get(..4).unwrap_or(after);
    near.utf8_chunks().next()?.valid().chars().next()
}
