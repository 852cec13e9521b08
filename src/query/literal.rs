//! Letters, phrases and regular expressions, and where they stand in a text.
//!
//! Letters and phrases are looked for in the folded text, in which a phrase's words are joined by one blank
//! whatever stood between them: blanks, a line break, the marks of a quoted line, a hyphen. A regular
//! expression sees the text as it was decoded, with its accents.

use super::edges::is_edge;
use super::expr::Pattern;
use super::fuzzy::Block;
use super::fuzzy::mask_of;
use super::glance::Glance;
use super::glance::Sight;
use crate::mail::TextRange;
use crate::text::Between;
use crate::text::fold_into;
use crate::text::fold_with_map;
use crate::text::place_before;
use crate::text::place_behind;
use memchr::memmem;
use regex::Regex;

/// A pattern, made ready.
#[derive(Clone, Debug)]
pub enum Matcher {
    Literal(Box<Literal>),
    Regex(Regex),
}

/// Letters or a phrase, folded and made ready.
#[derive(Clone, Debug)]
pub struct Literal {
    finder: memmem::Finder<'static>,
    glance: Option<Glance>,
    mask: u64,
    is_phrase: bool,
}

/// So much of a long text is looked through at once, since the way back from folded letters takes room.
const WINDOW_BYTES: usize = 4 << 20;

/// So much of a long text is looked at again on both sides of that.
const MARGIN_BYTES: usize = 64 << 10;

impl Matcher {
    /// Makes a pattern ready.
    pub fn new(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Letters(letters) => Self::Literal(Box::new(Literal::new(letters, false))),
            Pattern::Phrase(words) => Self::Literal(Box::new(Literal::new(words.trim(), true))),
            Pattern::Regex(regex) => Self::Regex(regex.clone()),
        }
    }

    /// Returns whether it stands in a text. `folded` is memory to use again.
    pub fn is_in(&self, text: &str, folded: &mut Vec<u8>) -> bool {
        match self {
            Self::Regex(regex) => regex.is_match(text),
            Self::Literal(literal) => {
                match literal.glance.as_ref().map_or(Sight::Unclear, |glance| glance.look_at(text)) {
                    Sight::Absent => return false,
                    Sight::There if !literal.is_phrase => return true,
                    _ => {}
                }
                fold_into(text, Between::Names, folded);
                literal.is_in(folded)
            }
        }
    }

    /// Returns `false` where it is certain that it is not in what a person reads of this HTML.
    pub fn may_be_in_html(&self, markup: &str) -> bool {
        match self {
            Self::Regex(_) => true,
            Self::Literal(literal) => {
                literal.glance.as_ref().is_none_or(|glance| glance.may_be_in_html(markup))
            }
        }
    }

    /// Returns where it stands in a text, as whole characters.
    pub fn hits(&self, text: &str) -> Vec<TextRange> {
        self.hits_while(text, usize::MAX, &mut || true).unwrap_or_default()
    }

    /// Returns the first so many places, where `goes_on` says so each time it is asked, which is after a
    /// few megabytes.
    pub fn hits_while(
        &self,
        text: &str,
        most: usize,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<TextRange>> {
        match self {
            Self::Regex(regex) => {
                let hits = regex.find_iter(text).map(|hit| hit.range());
                Some(hits.filter(|hit| !hit.is_empty()).take(most).collect())
            }
            Self::Literal(literal) => {
                literal.hits_in_windows(text, (WINDOW_BYTES, MARGIN_BYTES), most, goes_on)
            }
        }
    }
}

impl Literal {
    fn new(letters: &str, is_phrase: bool) -> Self {
        let mut folded = Vec::new();
        fold_into(letters, Between::Names, &mut folded);
        let glance = Glance::of(&folded);
        Self { mask: mask_of(&folded), finder: memmem::Finder::new(&folded).into_owned(), glance, is_phrase }
    }

    /// Returns `false` where it is certain that it does not stand in a text with these letters.
    pub fn may_be_among(&self, mask: u64) -> bool {
        mask & self.mask == self.mask
    }

    /// Returns whether it stands in a folded text.
    pub fn is_in(&self, folded: &[u8]) -> bool {
        self.all_in(folded).next().is_some()
    }

    fn hits_in_windows(
        &self,
        text: &str,
        (window, margin): (usize, usize),
        most: usize,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<TextRange>> {
        let mut found: Vec<TextRange> = Vec::new();
        if self.glance.as_ref().is_some_and(|glance| glance.look_at(text) == Sight::Absent) {
            return Some(found);
        }
        let mut folded = Vec::new();
        let mut start = 0;
        while start < text.len() && found.len() < most {
            goes_on().then_some(())?;
            let end = place_behind(text, start.saturating_add(window));
            let first = place_before(text, start.saturating_sub(margin));
            let last = place_behind(text, end.saturating_add(margin));
            let near = text.get(first..last)?;
            let map = fold_with_map(near, Between::Names, &mut folded);
            let hits = self.all_in(&folded).map(|hit| map.original(near, hit));
            let hits = hits.map(|hit| hit.start + first..hit.end + first);
            found.extend(hits.filter(|hit| (start..end).contains(&hit.start)));
            start = found.last().map_or(end, |hit| hit.end.max(end));
        }
        found.truncate(most);
        Some(found)
    }

    /// Returns whether wherever it stands it stands in one entry of a haystack: between two there is a blank,
    /// and of people name and address are looked into one by one.
    pub fn stays_in_entries(&self) -> bool {
        !self.finder.needle().contains(&b' ')
    }

    /// Returns which entries of a block it stands in.
    pub fn entries_of(&self, block: &Block) -> Vec<bool> {
        let mut holding = vec![false; block.entries()];
        block.for_each_place(&self.finder, |entry, text, at| {
            if let Some(holds) = holding.get_mut(entry) {
                *holds = *holds || self.is_hit(text, at);
            }
        });
        holding
    }

    /// Returns whether letters that stand here are what is looked for.
    fn is_hit(&self, folded: &[u8], at: usize) -> bool {
        !self.is_phrase || is_edge(folded, at) && is_edge(folded, at + self.finder.needle().len())
    }

    fn all_in<'a>(&'a self, folded: &'a [u8]) -> impl Iterator<Item = TextRange> + 'a {
        let len = self.finder.needle().len();
        let hits = self.finder.find_iter(folded).filter(move |&at| len > 0 && self.is_hit(folded, at));
        hits.map(move |at| at..at + len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &Pattern, text: &str, expected: &[&str]) {
        let matcher = Matcher::new(pattern);
        let found: Vec<&str> = matcher.hits(text).into_iter().map(|hit| &text[hit]).collect();
        assert_eq!(found, expected, "{pattern:?} in {text:?}");
        assert_eq!(matcher.is_in(text, &mut Vec::new()), !expected.is_empty(), "{pattern:?} in {text:?}");
    }

    #[test]
    fn letters_stand_anywhere_and_phrases_are_whole() {
        let letters = |text: &str| Pattern::Letters(text.to_owned());
        let phrase = |text: &str| Pattern::Phrase(text.to_owned());
        check(&letters("melench"), "Me\u{301}lenchon et MÉLENCHON", &["Me\u{301}lench", "MÉLENCH"]);
        check(&letters("pen"), "spend the pen", &["pen", "pen"]);
        check(&phrase("pen"), "spend the pen", &["pen"]);
        check(
            &phrase("le pen"),
            "simple pendant Le\u{A0}Pen, le\r\n> pen LE-PEN",
            &["Le\u{A0}Pen", "le\r\n> pen", "LE-PEN"],
        );
        check(&phrase("jean-luc"), "Jean Luc", &["Jean Luc"]);
        check(&phrase("(secret)"), "a(secret)b", &["(secret)"]);
        check(&letters("zürich"), "ZURICH", &["ZURICH"]);
    }

    proptest! {
        /// Where a text is cut to be looked through does not matter.
        #[test]
        fn windows_find_what_the_whole_text_has(
            text in "([ab] ?|é|\n> |-|c{1,9}){0,60}", needle in "[ab]( ?[ab])?", is_phrase: bool, window in 1..40_usize,
        ) {
            let literal = Literal::new(&needle, is_phrase);
            let whole = literal.hits_in_windows(&text, (usize::MAX, 0), usize::MAX, &mut || true).unwrap();
            let cut = literal.hits_in_windows(&text, (window, 64), usize::MAX, &mut || true).unwrap();
            prop_assert_eq!(cut.is_empty(), whole.is_empty());
            let overlaps = needle.starts_with(needle.chars().last().unwrap());
            prop_assert!(overlaps || cut == whole, "{:?} and {:?}", cut, whole);
        }
    }

    #[test]
    fn a_regular_expression_sees_the_text_as_decoded() {
        let regex = |source: &str| Pattern::Regex(Regex::new(source).unwrap());
        check(&regex("(?i)[0-9]{3}k"), "100k 20k 300K", &["100k", "300K"]);
        check(&regex("é*"), "aéé e", &["éé"]);
    }
}
