//! Folding: the form of a text in which spellings that a person takes for the same are the same.
//!
//! Lower case, no accents (composed or not), one blank for any white space, no soft hyphens or letters
//! without width, plain quotes and dashes, ordinary width; Chinese and the like stay. [`fold_into`] is
//! what everything is searched through, and fast; [`fold_with_map`] also says which letters of the
//! original each byte was made of.
//!
//! **Invariant:** folding what is folded changes nothing, and both ways to fold give the same bytes,
//! which are UTF-8.
//!
//! Not here: Hangul syllables and kana are not put together or taken apart, and nothing is transliterated.

mod letters;
mod map;
mod stride;

use letters::Letters;
pub use map::FoldMap;
use stride::STRIDE;
use stride::Stride;

/// What folding makes of the marks between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// White space becomes one blank, all else stays.
    Blanks,
    /// What may stand between the words of a name becomes one blank as well: hyphens, and the `>` that
    /// begin a quoted line. A `=` at the end of a line, left over from quoted-printable, goes with its
    /// line end. Over an empty line no name goes on: there the blank is a line feed.
    Names,
}

/// Returns a text, folded.
pub fn fold(text: &str) -> String {
    let mut folded = Vec::new();
    fold_into(text, Between::Blanks, &mut folded);
    String::from_utf8(folded).expect("folding gives UTF-8")
}

/// Folds a text into `folded`, whose bytes before are lost.
pub fn fold_into(text: &str, between: Between, folded: &mut Vec<u8>) {
    folded.clear();
    folded.reserve(text.len());
    match between {
        Between::Blanks => Folding { text, folded, map: NoMap, at: 0 }.run::<false>(),
        Between::Names => Folding { text, folded, map: NoMap, at: 0 }.run::<true>(),
    }
}

/// Folds a text into `folded`, and returns the way back.
pub fn fold_with_map(text: &str, between: Between, folded: &mut Vec<u8>) -> FoldMap {
    folded.clear();
    folded.reserve(text.len());
    let mut map = FoldMap::default();
    match between {
        Between::Blanks => Folding { text, folded, map: &mut map, at: 0 }.run::<false>(),
        Between::Names => Folding { text, folded, map: &mut map, at: 0 }.run::<true>(),
    }
    map
}

/// Hears where each folded letter came from; see [`FoldMap`].
trait Notes {
    fn bytes(&mut self, folded: usize, original: usize);
    fn whole(&mut self, folded: usize, original: usize);
    fn dropped(&mut self, folded: usize, original: usize);
}

struct NoMap;

impl Notes for NoMap {
    fn bytes(&mut self, _: usize, _: usize) {}
    fn whole(&mut self, _: usize, _: usize) {}
    fn dropped(&mut self, _: usize, _: usize) {}
}

impl Notes for &mut FoldMap {
    fn bytes(&mut self, folded: usize, original: usize) {
        FoldMap::bytes(self, folded, original);
    }
    fn whole(&mut self, folded: usize, original: usize) {
        FoldMap::whole(self, folded, original);
    }
    fn dropped(&mut self, folded: usize, original: usize) {
        FoldMap::dropped(self, folded, original);
    }
}

struct Folding<'a, N> {
    text: &'a str,
    folded: &'a mut Vec<u8>,
    map: N,
    at: usize,
}

impl<N: Notes> Folding<'_, N> {
    fn run<const NAMES: bool>(&mut self) {
        let letters = Letters::new();
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let is_hard = rest.first_chunk().is_none_or(|&stride| self.easy::<NAMES>(stride));
            if is_hard {
                let Some(letter) = self.next_letter() else { break };
                self.step::<NAMES>(letters, letter);
            }
        }
    }

    /// Folds the bytes up to the first hard one, and returns whether there is one.
    ///
    /// A blank at the end is left for the next stride, which sees what follows it.
    fn easy<const NAMES: bool>(&mut self, stride: [u8; STRIDE]) -> bool {
        let stride = Stride::new::<NAMES>(stride);
        let easy = stride.easy();
        let len = if stride.ends_in_blank() { easy.min(STRIDE - 1) } else { easy };
        if len > 0 {
            let here = self.folded.len();
            self.map.bytes(here, self.at);
            // All of it is written and the end cut off again: a copy of fixed length is one instruction.
            self.folded.extend_from_slice(&stride.folded());
            self.folded.truncate(here + len);
            self.at += len;
        }
        len == easy && easy < STRIDE
    }

    fn next_letter(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Folds one letter, or the blanks that begin with it.
    fn step<const NAMES: bool>(&mut self, letters: Letters, letter: char) {
        let here = self.folded.len();
        if letter.is_ascii() {
            let byte = letter as u8;
            if is_blank::<NAMES>(byte) {
                return self.blanks::<NAMES>(letters);
            }
            if NAMES
                && byte == b'='
                && let Some(soft) = self.soft_break()
            {
                self.map.dropped(here, self.at);
                self.at += soft;
                return;
            }
            self.map.bytes(here, self.at);
            self.folded.push(byte.to_ascii_lowercase());
            self.at += 1;
            return;
        }
        let folded = letters.fold(letter);
        match *folded.as_bytes() {
            [] => self.map.dropped(here, self.at),
            [b' '] => return self.blanks::<NAMES>(letters),
            [b'-'] if NAMES => return self.blanks::<NAMES>(letters),
            [byte] => {
                self.map.whole(here, self.at);
                self.folded.push(byte);
            }
            _ => {
                self.map.whole(here, self.at);
                folded.append_to(self.folded);
            }
        }
        self.at += letter.len_utf8();
    }

    /// Returns the length of a `=` and the line end after it.
    fn soft_break(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_crlf = rest.starts_with(b"=\r\n");
        (is_crlf || rest.starts_with(b"=\n")).then_some(if is_crlf { 3 } else { 2 })
    }

    /// Folds a run of blanks into one, and with it the letters without width among them.
    fn blanks<const NAMES: bool>(&mut self, letters: Letters) {
        self.map.whole(self.folded.len(), self.at);
        let mut lines: usize = 0;
        let mut begins_line = false;
        while let Some(letter) = self.next_letter() {
            let is_mark = NAMES && begins_line && letter == '>';
            if !is_mark && !is_blank_or_unseen::<NAMES>(letters, letter) {
                break;
            }
            lines += usize::from(letter == '\n');
            begins_line = letter == '\n' || begins_line && matches!(letter, '>' | ' ' | '\t');
            self.at += letter.len_utf8();
        }
        self.folded.push(if NAMES && lines > 1 { b'\n' } else { b' ' });
    }
}

fn is_blank_or_unseen<const NAMES: bool>(letters: Letters, letter: char) -> bool {
    match u8::try_from(letter) {
        Ok(byte) if byte.is_ascii() => is_blank::<NAMES>(byte),
        _ => match letters.fold(letter).as_bytes() {
            b"" | b" " => true,
            folded => NAMES && folded == b"-",
        },
    }
}

/// Returns whether an ASCII byte folds to a blank.
fn is_blank<const NAMES: bool>(byte: u8) -> bool {
    (byte == b' ') | byte.wrapping_sub(b'\t').lt(&5) | (NAMES & (byte == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[track_caller]
    fn check_names(text: &str, expected: &str) {
        let mut folded = Vec::new();
        fold_into(text, Between::Names, &mut folded);
        assert_eq!(String::from_utf8(folded).unwrap(), expected);
    }

    #[test]
    fn case_and_accents_fold_away() {
        check("Jean-Luc MÉLENCHON", "jean-luc melenchon");
        check("Me\u{301}lenchon Me\u{301}", "melenchon me");
        check(
            "Łódź Øre Straße Æon Œuvre Đorđe Kadın İzmir",
            "lodz ore strasse aeon oeuvre dorde kadin izmir",
        );
        check("ΟΔΥΣΣΕΎΣ", "οδυσσευσ");
        check("Ёлка", "елка");
        check("梅朗雄 メランション", "梅朗雄 メランション");
        check("ＭＡＣＲＯＮ 𝐌𝐚𝐜𝐫𝐨𝐧 ﬁn", "macron macron fin");
    }

    #[test]
    fn any_white_space_is_one_blank() {
        check("a \t\r\n\u{A0}\u{2009}b", "a b");
        check("a \u{200B} b\u{AD}c\u{FEFF}d", "a bcd");
        check(
            "a line that is longer than one stride\n\n  of sixteen bytes ",
            "a line that is longer than one stride of sixteen bytes ",
        );
        check("fifteen letters \u{A0} more", "fifteen letters more");
        check("\u{200B}", "");
    }

    #[test]
    fn quotes_and_dashes_are_plain() {
        check("l’été — «\u{A0}oui\u{A0}» “no” 3–4…", "l'ete - \" oui \" \"no\" 3-4...");
    }

    #[test]
    fn between_the_words_of_a_name_all_is_a_blank() {
        check_names("Jean-Luc\n> > Mélenchon", "jean luc melenchon");
        check_names("Jean‑Luc =\nMélen=\r\nchon a=b", "jean luc melenchon a=b");
        check_names("Emmanuel\n\nMacron\n>\n>Le\n>Pen > a", "emmanuel\nmacron\nle pen > a");
        check_names("> a", "> a");
    }

    /// Text in which everything that is hard stands close together.
    fn hard_text() -> impl Strategy<Value = String> {
        let hard = prop::sample::select(vec![
            "a",
            "É",
            "e\u{301}",
            "ß",
            "œ",
            " ",
            "\n",
            "\r\n",
            "\u{A0}",
            "-",
            "–",
            "> ",
            "=\n",
            "=",
            "\u{AD}",
            "\u{200D}",
            "👩\u{200D}👧",
            "🇫🇷",
            "한",
            "\u{1112}\u{1161}",
            "ﷺ",
            "ﬃ",
            "½",
            "क\u{93F}",
            "\u{600}",
            "long enough for one stride",
        ]);
        prop::collection::vec(
            prop_oneof![hard.prop_map(str::to_owned), any::<char>().prop_map(String::from)],
            0..60,
        )
        .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in hard_text()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn with_and_without_a_map_the_bytes_are_the_same(text in hard_text()) {
            for between in [Between::Blanks, Between::Names] {
                let (mut plain, mut mapped) = (Vec::new(), Vec::new());
                fold_into(&text, between, &mut plain);
                fold_with_map(&text, between, &mut mapped);
                prop_assert_eq!(&plain, &mapped);
                prop_assert!(String::from_utf8(plain).is_ok());
            }
        }

        #[test]
        fn the_stride_makes_no_difference(text in hard_text(), shift in 0_usize..STRIDE) {
            let shifted = format!("{}{text}", "x".repeat(shift));
            prop_assert_eq!(fold(&shifted), format!("{}{}", "x".repeat(shift), fold(&text)));
        }

        #[test]
        fn a_folded_range_leads_back_to_whole_characters_and_its_own_letters(
            text in hard_text(), from in 0_usize..80, len in 1_usize..9,
        ) {
            let mut folded = Vec::new();
            let map = fold_with_map(&text, Between::Blanks, &mut folded);
            let folded = String::from_utf8(folded).unwrap();
            let range = from.min(folded.len())..(from + len).min(folded.len());
            let Some(part) = folded.get(range.clone()) else { return Ok(()) };
            let original = map.original(&text, range.clone());
            let letters = text.get(original.clone());
            prop_assert!(letters.is_some_and(|letters| fold(letters).contains(part)), "{letters:?} {part:?}");
            let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            prop_assert!(range.is_empty() || edges.contains(&original.start) && edges.contains(&original.end));
        }
    }
}
