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

mod folding;
mod letters;
mod map;
mod rows;
mod stride;
mod western;

use folding::Folding;
use folding::NoMap;
pub use map::FoldMap;
pub use western::STANDS_FOR_ITSELF;
pub use western::is_western;

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
        Between::Blanks => Folding::new(text, folded, NoMap).run::<false>(),
        Between::Names => Folding::new(text, folded, NoMap).run::<true>(),
    }
}

/// Folds a text into `folded`, and returns the way back.
pub fn fold_with_map(text: &str, between: Between, folded: &mut Vec<u8>) -> FoldMap {
    folded.clear();
    folded.reserve(text.len());
    let mut map = FoldMap::default();
    match between {
        Between::Blanks => Folding::new(text, folded, &mut map).run::<false>(),
        Between::Names => Folding::new(text, folded, &mut map).run::<true>(),
    }
    map
}

#[cfg(test)]
mod tests {
    use super::stride::STRIDE;
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
        check("seven b \u{200D}\r\nblank before a joiner", "seven b blank before a joiner");
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
        check_names("a =\n b - =\r\n- c =", "a b c =");
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
