//! Places in a text as the bits of a number, as in Shift-And (Baeza-Yates and Gonnet, 1992).
//!
//! What is asked of many places at once is then a few operations on one number, without a branch that a
//! processor would have to guess.

use num_traits::PrimInt;
use num_traits::Unsigned;
use num_traits::WrappingAdd;
use num_traits::WrappingSub;
use wide::CmpEq;
use wide::CmpGt;
use wide::CmpLt;
use wide::i8x16;

/// Places in a text, counted in bytes: a bit each, the first the lowest.
pub trait Bits: PrimInt + Unsigned + WrappingAdd + WrappingSub + From<u16> {
    /// How many places there are.
    const COUNT: usize = size_of::<Self>() * 8;
}

impl Bits for u64 {}
impl Bits for u128 {}

/// Sixteen bytes that are compared at once.
pub type Step = i8x16;

const STEP: usize = size_of::<Step>();

/// As many bytes as there are ever places.
pub type Window = [u8; <u128 as Bits>::COUNT];

/// Returns a byte sixteen times over, to be compared with.
pub fn splat(byte: u8) -> Step {
    i8x16::splat(byte as i8)
}

/// Returns as many bytes of a text as there are places, from `start` on. Where the text ends before, they are
/// copied into `copy`, with blanks behind them.
pub fn window<'a, P: Bits>(text: &'a [u8], start: usize, copy: &'a mut Option<Window>) -> &'a [u8] {
    match text.get(start..start + P::COUNT) {
        Some(window) => window,
        None => &copy.insert(last_window(text, start))[..P::COUNT],
    }
}

#[cold]
fn last_window(text: &[u8], start: usize) -> Window {
    let mut window = [b' '; size_of::<Window>()];
    let rest = text.get(start..).unwrap_or_default();
    window.iter_mut().zip(rest).for_each(|(byte, there)| *byte = *there);
    window
}

/// Returns where a byte stands in a window.
#[inline]
pub fn places_of<P: Bits>(byte: Step, window: &[u8]) -> P {
    places(window, |step| step.cmp_eq(byte))
}

/// Returns where the bytes of words stand in a window, as `edges::is_word` has them.
#[inline]
pub fn places_in_words<P: Bits>(window: &[u8]) -> P {
    let between = |step: Step, first: u8, last: u8| {
        step.cmp_gt(i8x16::splat(first as i8 - 1)) & step.cmp_lt(i8x16::splat(last as i8 + 1))
    };
    // Bytes beyond ASCII have the highest bit of themselves.
    places(window, |step| {
        between(step, b'a', b'z') | between(step, b'0', b'9') | between(step, b'A', b'Z') | step
    })
}

/// Returns where the highest bit is set in what comes of the bytes of a window.
#[inline]
fn places<P: Bits>(window: &[u8], of: impl Fn(Step) -> Step) -> P {
    window.as_chunks::<STEP>().0.iter().rev().fold(P::zero(), |places, step| {
        places << STEP | <P as From<u16>>::from(of(bytemuck::cast(*step)).move_mask() as u16)
    })
}

/// Returns all places behind the first of these; none where there are none.
pub fn behind_first<P: Bits>(places: P) -> P {
    !(places ^ places.wrapping_sub(&P::one()))
}

/// Returns all places behind the last of these; all where there are none. The last of all is not among them.
pub fn behind_last<P: Bits>(places: P) -> P {
    P::max_value() << (P::COUNT - places.leading_zeros() as usize)
}

/// Returns for each of these places the next of `stops` behind it, in one addition whose carries go there
/// (Parabix' MatchStar; Cameron and others, 2014). From a stop, it goes nowhere.
pub fn next_stops<P: Bits>(places: P, stops: P) -> P {
    (places & !stops).wrapping_add(&!stops) & stops
}

/// Returns the places one by one.
pub fn each<P: Bits>(mut places: P) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = places.trailing_zeros() as usize;
        places = places & places.wrapping_sub(&P::one());
        (first < P::COUNT).then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::edges::is_word;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_of_words_are_those(text in prop::collection::vec(any::<u8>(), 0..140), start in 0..140_usize) {
            let mut copy = None;
            let window = window::<u64>(&text, start, &mut copy);
            let expected: Vec<usize> = (0..64).filter(|&at| is_word(window[at])).collect();
            prop_assert_eq!(each(places_in_words::<u64>(window)).collect::<Vec<usize>>(), expected);
        }

        #[test]
        fn places_lead_to_the_next_stop(places in any::<u64>(), stops in any::<u64>()) {
            let next = |at: usize| (at + 1..64).find(|stop| stops >> stop & 1 != 0);
            let from = each(places).filter(|at| stops >> at & 1 == 0);
            let expected = from.filter_map(next).fold(0, |all: u64, stop| all | 1 << stop);
            prop_assert_eq!(next_stops(places, stops), expected);
        }

        #[test]
        fn behind_is_behind(places in 0..u64::MAX / 2) {
            let behind = |at: Option<usize>| at.map_or(0, |at| u64::MAX << at << 1);
            prop_assert_eq!(behind_first(places), behind(each(places).next()));
            prop_assert_eq!(behind_last(places), if places == 0 { u64::MAX } else { behind(each(places).last()) });
        }
    }
}
