//! What is known of each message by itself: when it was written, and in a few bits its subject.
//!
//! Subjects are the same where their base subjects fold to the same letters, blanks aside. Most are asked for
//! by nobody; their sketch tells, without making a string.

use super::base_subject;
use crate::corpus::Corpus;

/// What is known of each message of a corpus by itself.
#[derive(Debug, Default)]
pub struct Hints {
    moments: Vec<i64>,
    subjects: Vec<Sketch>,
}

/// What is known of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The same for all base subjects that fold to the same.
    hash: u32,
    /// It says that it is an answer or a forward, and to what.
    pub(super) is_answer: bool,
}

/// Which subjects cannot be among some.
pub(super) struct Sketches {
    bits: Vec<bool>,
}

/// How many bits each subject has to itself: one in so many others is folded in vain.
const BITS_EACH: usize = 16;

impl Hints {
    /// Looks at every message of a corpus.
    pub fn of(corpus: &Corpus) -> Self {
        let mut latest_known = i64::MIN;
        let mut hints =
            Self { moments: Vec::with_capacity(corpus.len()), subjects: Vec::with_capacity(corpus.len()) };
        for message in corpus.iter() {
            latest_known = message.date().map_or(latest_known, |date| date.seconds);
            hints.moments.push(latest_known);
            hints.subjects.push(Sketch::of(message.subject()));
        }
        hints
    }

    /// Returns when each message was written, in seconds; one without a date when the message before it in
    /// the mailbox was.
    pub(super) fn moments(&self) -> &[i64] {
        &self.moments
    }

    /// Returns the sketch of a message's subject.
    pub(super) fn subject(&self, message: u32) -> Sketch {
        self.subjects[message as usize]
    }
}

impl Sketch {
    fn of(subject: &str) -> Self {
        let (base, is_answer) = base_subject(subject);
        Self { hash: hash(base), is_answer: is_answer && !base.is_empty() }
    }
}

impl Sketches {
    /// Gathers the sketches of some subjects.
    pub(super) fn of(subjects: impl ExactSizeIterator<Item = Sketch>) -> Self {
        let mut sketches = Self { bits: vec![false; (subjects.len() * BITS_EACH).next_power_of_two()] };
        for subject in subjects {
            let place = sketches.place(subject);
            sketches.bits[place] = true;
        }
        sketches
    }

    /// Returns whether a subject may be among them; `false` is certain.
    pub(super) fn may_have(&self, subject: Sketch) -> bool {
        self.bits[self.place(subject)]
    }

    fn place(&self, subject: Sketch) -> usize {
        subject.hash as usize & (self.bits.len() - 1)
    }
}

/// Hashes a base subject, all that fold to the same alike.
fn hash(base: &str) -> u32 {
    // Fibonacci hashing; whoever makes subjects collide gains that they are folded.
    let mut hash = 0_u64;
    let mut add =
        |letter: u32| hash = (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for letter in base.chars() {
        if letter.is_ascii() {
            if !letter.is_ascii_whitespace() && letter != '\u{b}' {
                add(letter.to_ascii_lowercase().into());
            }
        } else if !letter.is_whitespace() {
            letter.to_lowercase().for_each(|letter| add(letter.into()));
        }
    }
    (hash >> 32) as u32
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
        assert_eq!(Sketch::of(subject), Sketch::of(same), "{subject:?}, {same:?}");
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
        let subject = |number: usize| Sketch::of(&format!("subject {number}"));
        let sketches = Sketches::of((0..1000).map(subject));
        let mistaken = (1000..2000).filter(|&number| sketches.may_have(subject(number))).count();
        assert!(mistaken < 150, "{mistaken} of 1000");
    }

    #[test]
    fn an_answer_says_to_what() {
        let is_answer = ["RE : lunch", "lunch", "Re:"].map(|subject| Sketch::of(subject).is_answer);
        assert_eq!(is_answer, [true, false, false]);
    }
}
