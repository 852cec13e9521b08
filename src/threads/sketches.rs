//! Telling quickly that two subjects are not the same.
//!
//! Subjects are the same where they fold to the same letters, blanks aside. Most are asked for by
//! nobody; their sketch tells, without making a string.

/// Which subjects cannot be among some.
pub(super) struct Sketches {
    bits: Vec<bool>,
}

/// How many bits each subject has to itself: one in so many others is folded in vain.
const BITS_EACH: usize = 16;

impl Sketches {
    /// Sketches some subjects.
    pub(super) fn of<'a>(subjects: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let mut sketches = Self { bits: vec![false; (subjects.len() * BITS_EACH).next_power_of_two()] };
        for subject in subjects {
            let place = sketches.place(subject);
            sketches.bits[place] = true;
        }
        sketches
    }

    /// Returns whether a subject may be among them; `false` is certain.
    pub(super) fn may_have(&self, subject: &str) -> bool {
        self.bits[self.place(subject)]
    }

    /// Returns the place of a subject, the same for all that fold to the same.
    fn place(&self, subject: &str) -> usize {
        // Fibonacci hashing; whoever makes subjects collide gains that they are folded.
        let mut sketch = 0_u64;
        let mut add = |letter: char| {
            sketch = (sketch.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        };
        for letter in subject.chars() {
            if letter.is_ascii() {
                if !letter.is_ascii_whitespace() && letter != '\u{b}' {
                    add(letter.to_ascii_lowercase());
                }
            } else if !letter.is_whitespace() {
                letter.to_lowercase().for_each(&mut add);
            }
        }
        (sketch >> 32) as usize & (self.bits.len() - 1)
    }
}

/// Returns a base subject in lower case, with single blanks.
pub(super) fn folded(base: &str) -> String {
    let mut folded = String::with_capacity(base.len());
    for word in base.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: &str, same: &str) {
        assert_eq!(folded(subject), folded(same));
        assert!(Sketches::of([subject].into_iter()).may_have(same), "{subject:?}, {same:?}");
    }

    #[test]
    fn what_folds_to_the_same_has_the_same_sketch() {
        check("Lunch at NOON", "lunch  at\u{a0}noon");
        check("ÉCOLE Liberté", "école liberté");
        check("3 \u{212a}m", "3\t\u{b}km");
        check("\u{130}stanbul", "i\u{307}stanbul");
        check("", "");
    }

    #[test]
    fn other_subjects_are_mostly_told() {
        let subjects: Vec<String> = (0..1000).map(|number| format!("subject {number}")).collect();
        let sketches = Sketches::of(subjects.iter().map(String::as_str));
        let mistaken = (1000..2000).filter(|number| sketches.may_have(&format!("subject {number}"))).count();
        assert!(mistaken < 150, "{mistaken} of 1000");
    }
}
