//! Where a short text stands in a long one.

use super::bits::Bits;
use super::bits::each;
use super::bits::places_of;
use super::bits::splat;
use super::bits::window;
use memchr::memmem::Finder;

/// The longest needle, in bytes, that is looked for by its first two letters.
const SHORT: usize = 3;

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
    let (first, second) = (splat(first), splat(second));
    let mut due = 0;
    for start in (0..text.len()).step_by(u64::COUNT) {
        let (mut copy, mut next_copy) = (None, None);
        let here = places_of::<u64>(first, window::<u64>(text, start, &mut copy));
        let next = places_of::<u64>(second, window::<u64>(text, start + 1, &mut next_copy));
        for at in each(here & next).map(|place| start + place) {
            if at >= due && text.get(at + 2..).is_some_and(|behind| behind.starts_with(rest)) {
                found(at);
                due = at + needle.needle().len();
            }
        }
    }
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
    }
}
