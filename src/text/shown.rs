//! Which letters may stand on a screen as they are.
//!
//! A letter that cannot be seen where it stands, or that changes how its neighbours are drawn without
//! being part of them, does not: controls, bidirectional overrides, joiners and variation selectors
//! that join and select nothing, tags, fillers, and marks heaped on one base.
//!
//! Not here: how such a letter is drawn instead (see `printable`).

use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// Languages put up to three marks on a letter; more of them bury the rows around it.
const MOST_MARKS: usize = 4;

const ZWNJ: char = '\u{200C}';
const ZWJ: char = '\u{200D}';
const TEXT_SELECTOR: char = '\u{FE0E}';
const EMOJI_SELECTOR: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';
const BLACK_FLAG: char = '\u{1F3F4}';

/// The only flags made of tags: England, Scotland, Wales (UTS #51, table of RGI tag sequences).
const TAGGED_FLAGS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Returns the cells of a letter that needs no look at its neighbours, as long as the next is such a
/// letter too; most letters of most text are.
pub(super) fn simple_cells(letter: char) -> Option<usize> {
    match letter {
        ' '..='~' => Some(1),
        // Latin with its punctuation, but not the soft hyphen.
        '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' => Some(1),
        // Cyrillic, without its combining marks.
        '\u{400}'..='\u{482}' | '\u{48A}'..='\u{52F}' => Some(1),
        // Dashes, quotation marks, dots, and the signs of currencies.
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}' => Some(1),
        // Kana, ideographs, Hangul syllables and full-width forms.
        '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF5E}' => Some(2),
        _ => None,
    }
}

/// Returns how many cells the drawing crate gives these letters when they are drawn together.
pub(super) fn cells(cluster: &str) -> usize {
    // It adds one for each half-width sound mark.
    let sound_marks = cluster.matches(['\u{FF9E}', '\u{FF9F}']).count();
    cluster.width() + sound_marks
}

/// Returns whether a letter can be drawn as the first of its cluster: a mark has no base there.
pub(super) fn can_begin(letter: char) -> bool {
    !is_never_shown(letter) && cells(letter.encode_utf8(&mut [0; 4])) > 0
}

/// Returns how many bytes at the start of a grapheme cluster may be drawn as they are; its first
/// letter may.
pub(super) fn shown_bytes(cluster: &str) -> usize {
    let mut base = None;
    let mut marks = 0;
    let mut before = None;
    let mut rest = cluster.chars();
    let mut shown = 0;
    while let Some(letter) = rest.next() {
        if letter.width().unwrap_or(0) == 0 {
            marks += 1;
        } else {
            base = Some(letter);
            marks = 0;
        }
        if !is_shown(letter, base, before, rest.as_str()) || marks > MOST_MARKS {
            break;
        }
        if is_tag(letter) {
            // The flag's other tags were looked at with the first.
            return cluster.len() - rest.as_str().trim_start_matches(is_tag).len();
        }
        shown = cluster.len() - rest.as_str().len();
        before = Some(letter);
    }
    shown
}

/// Returns whether a letter is never drawn as it is, wherever it stands.
pub(super) fn is_never_shown(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{AD}' | '\u{34F}' | '\u{61C}' // soft hyphen, grapheme joiner, Arabic letter mark
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers
            | '\u{17B4}' | '\u{17B5}' | '\u{180E}' // silent vowels of Khmer, Mongolian separator
            | '\u{200B}' | '\u{200E}' | '\u{200F}' // zero-width space, direction marks
            | '\u{2028}'..='\u{202E}' // line ends, embeddings and overrides
            | '\u{2060}'..='\u{206F}' // joiner, invisible operators, isolates, shaping
            | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' // byte order mark, interlinear notes
            | '\u{FDD0}'..='\u{FDEF}' // no letters at all
            | '\u{13430}'..='\u{1345F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E001F}' | '\u{E0080}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

/// Whether a letter may be drawn between what stands before and after it in its cluster.
fn is_shown(letter: char, base: Option<char>, before: Option<char>, rest: &str) -> bool {
    match letter {
        _ if is_never_shown(letter) => false,
        ZWJ if joins_two(rest) => true,
        ZWJ | ZWNJ => base.is_some_and(is_joining) && before.is_some_and(|it| !is_joiner(it)),
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180F}' | '\u{E0100}'..='\u{E01EF}' => {
            before.is_some_and(|base| takes_selector(base, letter, rest))
        }
        _ if is_tag(letter) => before == Some(BLACK_FLAG) && is_flag(letter, rest),
        _ => true,
    }
}

/// A cluster goes on behind a joiner with something to see only where the joiner is needed: in a
/// family of emoji (UAX #29, GB11) and in an Indic conjunct (GB9c).
fn joins_two(rest: &str) -> bool {
    rest.chars().next().is_some_and(|next| next.width().unwrap_or(0) > 0)
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, ZWJ | ZWNJ)
}

/// Scripts whose letters change shape beside one another: Arabic and its kin, those of India,
/// Tibetan, Burmese, Khmer and Mongolian.
fn is_joining(letter: char) -> bool {
    matches!(letter,
        '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}' | '\u{1800}'..='\u{18AF}' | '\u{1CD0}'..='\u{1CFF}'
        | '\u{A840}'..='\u{A87F}' | '\u{A8E0}'..='\u{A8FF}' | '\u{A9E0}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AA7F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{11000}'..='\u{1137F}')
}

/// Whether a base has the variants that a selector chooses among (UTS #51, UTS #37, and the
/// standardized variants of Unicode).
fn takes_selector(base: char, selector: char, rest: &str) -> bool {
    match selector {
        EMOJI_SELECTOR if matches!(base, '#' | '*' | '0'..='9') => rest.starts_with(KEYCAP),
        TEXT_SELECTOR | EMOJI_SELECTOR => has_emoji_and_text_forms(base),
        '\u{FE00}'..='\u{FE02}' => {
            is_ideograph(base) || matches!(base, '\u{2200}'..='\u{22FF}' | '\u{2A00}'..='\u{2AFF}')
        }
        '\u{180B}'..='\u{180F}' => matches!(base, '\u{1820}'..='\u{18AA}'),
        '\u{E0100}'..='\u{E01EF}' => is_ideograph(base),
        _ => false,
    }
}

fn has_emoji_and_text_forms(base: char) -> bool {
    matches!(base,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2194}'..='\u{21AA}' | '\u{231A}'..='\u{23FF}' | 'Ⓜ'
        | '\u{25AA}'..='\u{27BF}' | '\u{2934}' | '\u{2935}' | '\u{2B05}'..='\u{2B55}' | '〰' | '〽'
        | '㊗' | '㊙' | '\u{1F000}'..='\u{1FAFF}')
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
}

fn is_tag(letter: char) -> bool {
    matches!(letter, '\u{E0020}'..='\u{E007F}')
}

/// Whether these tags, behind a black flag, name one of the flags there are.
fn is_flag(first: char, rest: &str) -> bool {
    let tags = std::iter::once(first).chain(rest.chars()).take_while(|&letter| is_tag(letter));
    let plain = |tag: char| char::from_u32(u32::from(tag) - 0xE0000).unwrap_or('\u{7F}');
    let named: String = tags.take(8).map(plain).collect();
    TAGGED_FLAGS.iter().any(|flag| named.strip_suffix('\u{7F}') == Some(flag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[track_caller]
    fn check(cluster: &str, shown: &str) {
        assert_eq!(&cluster[..shown_bytes(cluster)], shown);
    }

    #[test]
    fn what_belongs_to_its_base_is_shown() {
        for whole in ["a", "e\u{301}", "👨‍👩‍👧‍👦", "❤️", "1️⃣", "🇫🇷", "👍🏽", "葛\u{E0100}", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]
        {
            check(whole, whole);
        }
        check("ی\u{200C}", "ی\u{200C}");
        check("क्\u{200D}ष", "क्\u{200D}ष");
    }

    #[test]
    fn what_is_heaped_on_it_is_not() {
        check("a\u{200D}", "a");
        check("a\u{FE0F}", "a");
        check("1\u{FE0F}", "1");
        check("ی\u{200C}\u{200C}", "ی\u{200C}");
        check("🏴\u{E0068}\u{E0069}\u{E007F}", "🏴");
        check("a\u{300}\u{300}\u{300}\u{300}\u{300}\u{300}", "a\u{300}\u{300}\u{300}\u{300}");
    }

    #[test]
    fn simple_letters_are_alone_and_as_wide_as_said() {
        for letter in '\0'..=char::MAX {
            if let Some(simple) = simple_cells(letter) {
                let three = format!("a{letter}漢");
                assert_eq!((three.graphemes(true).count(), three.width()), (3, simple + 3), "{letter:?}");
                assert!(!is_never_shown(letter), "{letter:?}");
            }
        }
    }

    #[test]
    fn what_takes_no_cell_begins_nothing() {
        assert!(
            ['\u{301}', '\u{202E}', '\u{200D}', '\u{FE0F}', '\u{E0061}', '\x1B'].map(can_begin) == [false; 6]
        );
        assert!(['a', 'é', '漢', '👩', '\u{93E}', '\u{F0B7}'].map(can_begin) == [true; 6]);
    }
}
