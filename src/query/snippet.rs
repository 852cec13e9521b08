//! The few words around a hit, on one line.

use crate::mail::TextRange;
use crate::text::clusters;

/// A hit with the words around it; white space of any kind is one blank, and `…` stands where it was cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words.
    pub text: String,
    /// Where the hit stands in them.
    pub hit: TextRange,
}

/// How many bytes are looked at for each character asked for; longer ones are cut off whole.
const CHARACTER_BYTES: usize = 32;

/// Returns a hit with up to `around` characters on either side of it, cut between words where there are
/// any. Of a long hit the beginning is shown.
pub fn snippet(text: &str, hit: TextRange, around: usize) -> Snippet {
    let before = text.get(..hit.start).unwrap_or_default();
    let found = text.get(hit.clone()).unwrap_or_default();
    let after = text.get(hit.end..).unwrap_or_default();
    let mut out = String::new();
    let (start, is_cut) = start_of_last(before, around);
    if is_cut {
        out.push('…');
    }
    push_line(&mut out, before.get(start..).unwrap_or_default());
    let begin = out.len();
    let (found, is_long) = first(found, around.saturating_mul(2).max(1));
    push_line(&mut out, found);
    let end = out.len();
    if is_long {
        out.push('…');
        return Snippet { text: out, hit: begin..end };
    }
    let (after, is_cut) = first(after, around);
    let after = if is_cut { whole_words(after) } else { after };
    push_line(&mut out, after);
    if is_cut {
        out.truncate(out.trim_end().len().max(end));
        out.push('…');
    }
    Snippet { text: out, hit: begin..end }
}

/// Returns the first characters of a text, and whether there are more.
fn first(text: &str, characters: usize) -> (&str, bool) {
    let near = text.get(..boundary(text, characters.saturating_mul(CHARACTER_BYTES))).unwrap_or(text);
    let end = clusters(near).nth(characters).map_or(near.len(), |(at, _)| at);
    (text.get(..end).unwrap_or_default(), end < text.len())
}

/// Returns where the last characters of a text begin, cut between words, and whether there are more.
fn start_of_last(text: &str, characters: usize) -> (usize, bool) {
    let from = boundary(text, text.len().saturating_sub(characters.saturating_mul(CHARACTER_BYTES)));
    let near = text.get(from..).unwrap_or_default();
    let Some((at, _)) = clusters(near).rev().take(characters).last() else {
        return (text.len(), !text.is_empty());
    };
    let start = from + at;
    let last = text.get(start..).unwrap_or_default();
    let is_between =
        text.get(..start).is_none_or(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    match last.find(char::is_whitespace) {
        Some(blank) if !is_between => (start + blank + 1, true),
        _ => (start, start > 0),
    }
}

/// Returns the end of the letter that this place cuts.
fn boundary(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

fn whole_words(text: &str) -> &str {
    text.rfind(char::is_whitespace).and_then(|blank| text.get(..blank)).unwrap_or(text)
}

/// Adds a text with every run of white space as one blank.
fn push_line(out: &mut String, text: &str) {
    for letter in text.chars() {
        if !letter.is_whitespace() {
            out.push(letter);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, hit: &str, around: usize, expected: &str) {
        let start = text.find(hit).unwrap();
        let found = snippet(text, start..start + hit.len(), around);
        let (before, after) = (&found.text[..found.hit.start], &found.text[found.hit.end..]);
        assert_eq!(format!("{before}[{}]{after}", &found.text[found.hit.clone()]), expected);
    }

    #[test]
    fn words_around_a_hit_stand_on_one_line() {
        check("one two three four five", "three", 40, "one two [three] four five");
        check("one two three four five", "three", 6, "…two [three] four…");
        check("one\r\n> two\tthree\n\nfour", "three", 40, "one > two [three] four");
        check("abcdefghij", "e", 2, "…cd[e]fg…");
        check("abcdefghij", "bcdefghi", 2, "…[bcde]…".replace("…[", "a[").as_str());
        check("x 👩\u{200D}👧👩\u{200D}👧 y", "y", 2, "…[y]");
        check("alone", "alone", 5, "[alone]");
        check("alone", "lon", 0, "…[l]…");
    }

    proptest! {
        #[test]
        fn any_hit_has_a_snippet(text in "(\\PC|[ae \n\u{301}]){0,60}", from in 0_usize..90, len in 0_usize..40, around in 0_usize..9) {
            let found = snippet(&text, from..from + len, around);
            prop_assert!(found.text.get(found.hit).is_some());
            prop_assert!(!found.text.contains('\n'));
        }
    }
}
