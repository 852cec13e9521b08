//! Where a short text stands in a long one.

use crate::query::edges::is_word;
use memchr::memmem::Finder;

/// The longest needle, in bytes, that is looked for by its first two letters.
const SHORT: usize = 3;

/// How many places are looked at in one step.
const STEP: usize = 64;

/// Calls `found` with every place where a needle stands, those apart that overlap one before.
///
/// Of a short needle the first two letters are looked for at many places at once: it stands everywhere, and to
/// look for each of its places by itself takes longer.
pub fn for_each_place(needle: &Finder<'_>, text: &[u8], mut found: impl FnMut(usize)) {
    let &[first, second, ref rest @ ..] = needle.needle() else {
        let Some(&only) = needle.needle().first() else { return };
        return memchr::memchr_iter(only, text).for_each(found);
    };
    if needle.needle().len() > SHORT {
        return needle.find_iter(text).for_each(found);
    }
    let mut due = 0;
    let is_pair = |here: u8, next: u8| (here == first) & (next == second);
    for_each_pair(text, is_pair, |at| {
        if at >= due && text.get(at + 2..).is_some_and(|behind| behind.starts_with(rest)) {
            found(at);
            due = at + needle.needle().len();
        }
    });
}

/// Calls `found` with every place where a word begins with this letter, unless it is the first of the text.
pub fn for_each_word(first: u8, text: &[u8], mut found: impl FnMut(usize)) {
    let begins = |at: &usize| at.checked_sub(1).is_some_and(|before| !is_word(text[before]));
    memchr::memchr_iter(first, text).filter(begins).for_each(&mut found);
}

/// Calls `found` with every place that is a pair with the one behind it.
///
/// So that compilers turn the loop into wide instructions, `is_pair` must have no branch.
fn for_each_pair(text: &[u8], is_pair: impl Fn(u8, u8) -> bool, mut found: impl FnMut(usize)) {
    let mut at = 0;
    while let (Some(here), Some(next)) =
        (text[at..].first_chunk::<STEP>(), text[at..].get(1..).and_then(<[u8]>::first_chunk::<STEP>))
    {
        let mut places = places_of_pairs(here, next, &is_pair);
        while places != 0 {
            found(at + places.trailing_zeros() as usize);
            places &= places - 1;
        }
        at += STEP;
    }
    for (place, pair) in text[at..].windows(2).enumerate() {
        if let &[here, next] = pair
            && is_pair(here, next)
        {
            found(at + place);
        }
    }
}

/// Returns a bit for each place that is a pair with the one behind it.
fn places_of_pairs(here: &[u8; STEP], next: &[u8; STEP], is_pair: impl Fn(u8, u8) -> bool) -> u64 {
    let mut are_pairs = [0; STEP];
    for (pair, (here, next)) in are_pairs.iter_mut().zip(here.iter().zip(next)) {
        *pair = u8::from(is_pair(*here, *next));
    }
    // Of eight bytes that are 0 or 1, the product has one bit each in its highest byte.
    let bits = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let eights = are_pairs.as_chunks::<8>().0.iter();
    eights.rev().fold(0, |places, bytes| places << 8 | bits(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_found(text in "[abé]{0,400}", needle in "[abé]{1,5}") {
            let (text, needle) = (text.as_bytes(), Finder::new(&needle));
            let mut found = Vec::new();
            for_each_place(&needle, text, |place| found.push(place));
            prop_assert_eq!(found, needle.find_iter(text).collect::<Vec<usize>>());
        }

        #[test]
        fn every_word_is_found(text in "[abé .]{0,400}") {
            let text = text.as_bytes();
            let mut found = Vec::new();
            for_each_word(b'a', text, |place| found.push(place));
            let begins = |&at: &usize| text[at] == b'a' && !is_word(text[at - 1]);
            prop_assert_eq!(found, (1..text.len()).filter(begins).collect::<Vec<usize>>());
        }
    }
}
