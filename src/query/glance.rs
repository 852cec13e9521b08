//! A glance at a text before it is folded: most texts cannot hold what is looked for.
//!
//! One letter of the needle is looked for as it is written, in both cases, and from there on the letters
//! beside it, as far as they are ASCII. The letter is the rarest of those that no accented letter folds to,
//! for as far as the text has letters of western Europe only. What ends the needle early must be something
//! that folding, or rendering, may take away: an accent, a line break, markup.
//!
//! **Invariant:** a text is refused only where its folded form cannot hold the needle. What cannot be said
//! at a glance is looked at properly.

use crate::mail::html;
use crate::text::STANDS_FOR_ITSELF;
use crate::text::is_western;
use memchr::memchr2_iter;

/// What to look for first.
#[derive(Clone, Debug)]
pub(super) struct Glance {
    letter: u8,
    /// The letters and digits right before it in the needle, and right after it.
    before: Vec<u8>,
    after: Vec<u8>,
    /// These are all of it.
    is_all: bool,
}

/// What a glance at a text says of a needle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// It is not in it.
    Absent,
    /// Whoever wants to know must look properly.
    Unclear,
    /// It stands there as it is written.
    There,
}

/// What of a text, behind and before a letter, may be gone in its folded form: the `=` and the line end of
/// a soft break; of HTML also tags, entities and controls.
#[derive(Clone, Copy)]
struct Vanishing {
    behind: fn(u8) -> bool,
    before: fn(u8) -> bool,
}

const OF_TEXT: Vanishing = Vanishing {
    behind: |byte| byte == b'=' || !byte.is_ascii(),
    before: |byte| byte == b'\n' || !byte.is_ascii(),
};

const OF_HTML: Vanishing = Vanishing {
    behind: |byte| matches!(byte, b'=' | b'<' | b'&' | 0..0x20 | 0x7F..),
    before: |byte| matches!(byte, b'>' | b';' | 0..0x20 | 0x7F..),
};

impl Glance {
    /// Chooses the letter of a folded needle; there may be none.
    pub(super) fn of(needle: &[u8]) -> Option<Self> {
        let letter = STANDS_FOR_ITSELF.bytes().find(|letter| needle.contains(letter))?;
        let (before, behind) = needle.split_at_checked(needle.iter().position(|&byte| byte == letter)?)?;
        let word = |byte: &&u8| byte.is_ascii_alphanumeric();
        let mut before: Vec<u8> = before.iter().rev().take_while(word).copied().collect();
        before.reverse();
        let after: Vec<u8> = behind.iter().skip(1).take_while(word).copied().collect();
        let is_all = before.len() + 1 + after.len() == needle.len();
        Some(Self { letter, before, after, is_all })
    }

    /// Looks at a text.
    pub(super) fn look_at(&self, text: &str) -> Sight {
        match self.seen_in(text.as_bytes(), OF_TEXT) {
            Sight::Absent if !is_western(text) => Sight::Unclear,
            sight => sight,
        }
    }

    /// Returns `false` where it is certain that the needle is not in what a person reads of this HTML.
    pub(super) fn may_be_in_html(&self, markup: &str) -> bool {
        // Rendering puts in numbers of lists and `[x]`, and no other letters.
        let may_be_put_in = self.letter.is_ascii_digit() || self.letter == b'x';
        may_be_put_in
            || self.seen_in(markup.as_bytes(), OF_HTML) != Sight::Absent
            || !is_western(markup)
            || !html::is_spelled_plainly(markup)
    }

    fn seen_in(&self, text: &[u8], vanishing: Vanishing) -> Sight {
        let small = |byte: &u8| byte.to_ascii_lowercase();
        let mut sight = Sight::Absent;
        for at in memchr2_iter(self.letter, self.letter.to_ascii_uppercase(), text) {
            let (before, after) =
                (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
            let behind = fits(self.after.iter().copied(), after.iter().map(small), vanishing.behind);
            if behind == Sight::Absent {
                continue;
            }
            let written = before.iter().rev().map(small);
            let before = fits(self.before.iter().rev().copied(), written, vanishing.before);
            match (behind, before) {
                (Sight::There, Sight::There) if self.is_all => return Sight::There,
                (_, Sight::Absent) => {}
                _ if !self.is_all => return Sight::Unclear,
                _ => sight = Sight::Unclear,
            }
        }
        sight
    }
}

/// Returns whether the letters are the next ones, up to where something may have vanished.
fn fits(
    letters: impl Iterator<Item = u8>,
    mut written: impl Iterator<Item = u8>,
    may_vanish: fn(u8) -> bool,
) -> Sight {
    for letter in letters {
        match written.next() {
            Some(next) if next == letter => {}
            Some(next) if may_vanish(next) => return Sight::Unclear,
            _ => return Sight::Absent,
        }
    }
    Sight::There
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::html::render;
    use crate::text::Between;
    use crate::text::fold_into;
    use memchr::memmem;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<u8> {
        let mut folded = Vec::new();
        fold_into(text, Between::Names, &mut folded);
        folded
    }

    /// Pieces of text and of markup in which letters are hard to see.
    fn hard_text() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "b",
            "r",
            "P",
            "m",
            "z",
            "5",
            "B",
            "e\u{301}",
            "\u{AD}",
            "\u{200B}",
            "é",
            "œ",
            "ž",
            "ß",
            "ᵇ",
            "ｂ",
            "𝐛",
            "№",
            "™",
            "²",
            "=\n",
            "=\r\n",
            "\n> ",
            "-",
            "’",
            " ",
            "<b>",
            "</b>",
            "<!-- > -->",
            "<br>",
            "&#98;",
            "&#x62",
            "&bopf;",
            "&nbsp;",
            "&eacute;",
            "&eacute",
            "&amp;",
            "&ordf",
            "&trade;",
            "&fflig;",
            "<img alt=b>",
            "<li>",
            "<ol>",
            "<noscript>",
            "</noscript>",
            "<input type=checkbox>",
            "<input type=radio checked>",
            "<input value='b'>",
            "<sup>",
            "2",
            "x",
            "\0",
            "<title>",
            "<a title=\"x>m\">",
            "<![CDATA[",
            "]]>",
        ]);
        prop::collection::vec(
            prop_oneof![9 => pieces.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
            0..24,
        )
        .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn what_is_in_a_text_is_never_refused(text in hard_text(), from in 0_usize..60, len in 1_usize..6) {
            let folded = folded(&text);
            let from = from.min(folded.len());
            let needle = &folded[from..(from + len).min(folded.len())];
            if let Some(glance) = Glance::of(needle) {
                prop_assert_ne!(glance.look_at(&text), Sight::Absent, "{:?}", String::from_utf8_lossy(needle));
            }
        }

        #[test]
        fn what_is_seen_is_there(text in hard_text(), needle in "[bmrz25x]{1,2}[a-z\\-]?") {
            if let Some(glance) = Glance::of(needle.as_bytes()) && glance.look_at(&text) == Sight::There {
                prop_assert!(memmem::find(&folded(&text), needle.as_bytes()).is_some(), "{}", needle);
            }
        }

        #[test]
        fn nor_what_is_in_html(markup in hard_text(), from in 0_usize..60, len in 1_usize..6) {
            let folded = folded(&render(&markup).text);
            let from = from.min(folded.len());
            let needle = &folded[from..(from + len).min(folded.len())];
            if let Some(glance) = Glance::of(needle) {
                prop_assert!(glance.may_be_in_html(&markup), "{:?}", String::from_utf8_lossy(needle));
            }
        }
    }

    #[test]
    fn most_texts_are_refused() {
        let glance = Glance::of(b"brontolith").unwrap();
        let look_at = |text| glance.look_at(text);
        let other = "Une lettre sur le budget, déjà bien longue; œuvre d’art — «\u{A0}bon\u{A0}»";
        assert_eq!(look_at(other), Sight::Absent);
        assert!(
            !glance
                .may_be_in_html("<p class=big>&eacute;t&#233;&nbsp;&amp; bunch</p><a href='?a=1&amp;c=2'>")
        );
        assert!(!glance.may_be_in_html("one<br>two<b>three</b><br/>"));
        assert_eq!(look_at("bron.b=\n le BRONTOLITHE"), Sight::There);
        assert_eq!(look_at("bro\nb=\nrontolith"), Sight::Unclear);
        assert_eq!(Glance::of(b"bron tolith").unwrap().look_at("le bron tolith"), Sight::Unclear);
        assert!(glance.may_be_in_html("<p>b<i>rontolith") && glance.may_be_in_html("bron&shy;tolith"));
        assert!(Glance::of("éte".as_bytes()).is_none());
        assert!(memmem::find(&folded("b=\nron"), b"bron").is_some());
    }
}
