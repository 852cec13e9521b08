//! The encoding Q of encoded words (RFC 2047 §4.2), as forgiving as mail is broken.
//!
//! Not here: B, which is base64 (see `transfer`).

/// Decodes Q: `_` is a blank, `=41` a byte, and all else stands for itself, line ends aside.
///
/// Returns whether every `=` was followed by two hexadecimal digits.
pub(super) fn decode(text: &[u8], out: &mut Vec<u8>) -> bool {
    let mut is_sound = true;
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            b'_' => out.push(b' '),
            b'\r' | b'\n' => {}
            b'=' => match byte_of_hex(bytes.as_slice()) {
                Some(decoded) => {
                    out.push(decoded);
                    bytes = bytes.as_slice().get(2..).unwrap_or_default().iter();
                }
                None => {
                    out.push(b'=');
                    is_sound = false;
                }
            },
            _ => out.push(byte),
        }
    }
    is_sound
}

fn byte_of_hex(digits: &[u8]) -> Option<u8> {
    let [high, low, ..] = digits else { return None };
    let (high, low) = (char::from(*high).to_digit(16)?, char::from(*low).to_digit(16)?);
    u8::try_from(high * 16 + low).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[u8], is_sound: bool) {
        let mut decoded = Vec::new();
        assert_eq!((decode(text.as_bytes(), &mut decoded), &decoded[..]), (is_sound, expected), "{text}");
    }

    #[test]
    fn blanks_bytes_and_what_is_neither() {
        check("a_b=20c=C3=a9", b"a b c\xC3\xA9", true);
        check("100=", b"100=", false);
        check("=4=41", b"=4A", false);
        check("a b\r\n c", b"a b c", true);
    }
}
