//! UTF-7, which no browser reads any more and old mail still has (RFC 2152).
//!
//! Letters stand for themselves; what lies between `+` and `-` is base64 of UTF-16. What cannot be
//! read becomes U+FFFD, and [`decode`] says whether that was so.

/// Decodes UTF-7, and returns whether all of it could be.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let mut text = String::with_capacity(bytes.len());
    let mut is_clean = true;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            is_clean &= byte.is_ascii();
            text.push(if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER });
            continue;
        }
        let run = rest.iter().position(|&letter| value(letter).is_none()).unwrap_or(rest.len());
        let (letters, after) = rest.split_at(run);
        rest = after.strip_prefix(b"-").unwrap_or(after);
        if letters.is_empty() {
            text.push('+');
            is_clean &= after.first() == Some(&b'-');
        } else {
            is_clean &= push_utf16(letters, &mut text);
        }
    }
    (text, is_clean)
}

/// Appends the UTF-16 that the base64 `letters` hold; the bits left over at the end must be zero.
fn push_utf16(letters: &[u8], text: &mut String) -> bool {
    let (mut bits, mut held) = (0_u32, 0_u32);
    let units = letters.iter().filter_map(|&letter| value(letter)).filter_map(|six| {
        bits = bits << 6 | six;
        held += 6;
        (held >= 16).then(|| {
            held -= 16;
            (bits >> held & 0xFFFF) as u16
        })
    });
    let mut is_clean = true;
    for unit in char::decode_utf16(units) {
        is_clean &= unit.is_ok();
        text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    is_clean && held < 6 && bits & ((1 << held) - 1) == 0
}

/// Returns the six bits that a letter of base64 stands for.
fn value(letter: u8) -> Option<u32> {
    let six = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(six))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str, is_clean: bool) {
        assert_eq!(decode(written.as_bytes()), (expected.to_owned(), is_clean));
    }

    #[test]
    fn the_examples_of_the_rfc() {
        check("A+ImIDkQ.", "A\u{2262}\u{391}.", true);
        check("Hi Mom -+Jjo--!", "Hi Mom -\u{263A}-!", true);
        check("+ZeVnLIqe-", "\u{65E5}\u{672C}\u{8A9E}", true);
        check("Item 3 is +AKM-1.", "Item 3 is £1.", true);
        check("1 +- 1", "1 + 1", true);
    }

    #[test]
    fn what_is_broken_shows() {
        check("a + b", "a + b", false);
        check("+2AA-", "\u{FFFD}", false);
        check("+A", "", false);
        check("é", "\u{FFFD}\u{FFFD}", false);
    }
}
