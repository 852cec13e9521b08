//! Where words begin and end in folded text.

/// Returns whether a word may end or begin at this place of a folded text.
///
/// Between two letters or digits it may not, unless their script writes no blanks between words (Thai,
/// Chinese, Japanese and their neighbours): there it may anywhere.
pub(super) fn is_edge(folded: &[u8], at: usize) -> bool {
    let Some((before, after)) = folded.split_at_checked(at) else { return true };
    match (before.last(), after.first()) {
        (Some(last), Some(first)) if last.is_ascii() && first.is_ascii() => {
            !(is_word(*last) && is_word(*first))
        }
        (Some(_), Some(_)) => {
            !(last_letter(before).is_some_and(joins) && first_letter(after).is_some_and(joins))
        }
        _ => true,
    }
}

/// Returns whether a byte of folded text belongs to a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

fn joins(letter: char) -> bool {
    let is_without_blanks = matches!(letter, '\u{E00}'..='\u{EFF}' | '\u{2E80}'..='\u{ABFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..);
    letter.is_alphanumeric() && !is_without_blanks
}

fn first_letter(text: &[u8]) -> Option<char> {
    let len = match text.first()? {
        ..0xC0 => 1,
        ..0xE0 => 2,
        ..0xF0 => 3,
        _ => 4,
    };
    letter(text.get(..len)?)
}

fn last_letter(text: &[u8]) -> Option<char> {
    let is_first = |byte: &u8| byte & 0xC0 != 0x80;
    let behind_first = text.iter().rev().take(4).position(is_first)?;
    letter(text.get(text.len() - 1 - behind_first..)?)
}

fn letter(bytes: &[u8]) -> Option<char> {
    std::str::from_utf8(bytes).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, expected: bool) {
        assert_eq!(
            is_edge(format!("{before}{after}").as_bytes(), before.len()),
            expected,
            "{before}|{after}"
        );
    }

    #[test]
    fn a_word_ends_where_letters_do() {
        check("macron", "", true);
        check("", "macron", true);
        check("macron", "'s", true);
        check("macron", "utrient", false);
        check("le", " pen", true);
        check("ели", "на", false);
        check("ели", ".", true);
        check("x", "é", false);
        check("梅朗", "雄", true);
        check("3", "630", false);
        check("«", "a", true);
    }
}
