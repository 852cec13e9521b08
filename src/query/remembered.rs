//! What was found out about texts of the corpus, for as long as one pass lasts.
//!
//! The corpus keeps each name, address and subject once a segment, so where a text lies says which it is. Few
//! people write most of the mail: to look into their names once, and not for each message, is much quicker.
//!
//! It forgets: a text takes the place of another. Nothing is ever wrong for that, only asked again.

use super::literal::Matcher;

/// How many texts are remembered: more than the people of a block's messages, and few enough to stay near.
const SLOTS: usize = 2048;

/// Which texts hold what is looked for.
#[derive(Debug)]
pub(super) struct Remembered {
    slots: Vec<Slot>,
}

/// One text, and one thing that was looked for in it.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Address and length of the text, and the address of what was looked for.
    of: (usize, usize, usize),
    holds: bool,
}

impl Remembered {
    /// Remembers nothing yet.
    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::default(); SLOTS] }
    }

    /// Returns whether a text holds what is looked for; `look` finds that out where it is not remembered.
    ///
    /// Text and matcher must stay where they are for as long as this remembers.
    pub(super) fn or_look(&mut self, text: &str, matcher: &Matcher, look: impl FnOnce() -> bool) -> bool {
        let of = (text.as_ptr() as usize, text.len(), std::ptr::from_ref(matcher) as usize);
        // Fibonacci hashing: the highest bits of the product depend on all of the sum.
        let mixed = (of.0 as u64 ^ (of.2 as u64).rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let Some(slot) = self.slots.get_mut((mixed >> (64 - SLOTS.trailing_zeros())) as usize) else {
            return look();
        };
        if slot.of != of {
            *slot = Slot { of, holds: look() };
        }
        slot.holds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Pattern;

    #[test]
    fn each_text_is_known_by_where_it_lies_and_what_was_looked_for() {
        let texts: Vec<String> = (0..3 * SLOTS).map(|nth| format!("{nth}")).collect();
        let matchers = ["1", "7"].map(|letters| Matcher::new(&Pattern::Letters(letters.to_owned())));
        let mut remembered = Remembered::new();
        let mut looked = 0;
        for _ in 0..2 {
            for text in &texts {
                for (matcher, letter) in matchers.iter().zip(["1", "7"]) {
                    let look = || {
                        looked += 1;
                        text.contains(letter)
                    };
                    assert_eq!(remembered.or_look(text, matcher, look), text.contains(letter), "{text}");
                }
            }
        }
        assert!(looked > 3 * SLOTS);
        let again = |remembered: &mut Remembered| {
            remembered.or_look(&texts[0], &matchers[0], || panic!("it was looked into already"))
        };
        remembered.or_look(&texts[0], &matchers[0], || false);
        assert!(!again(&mut remembered));
    }
}
