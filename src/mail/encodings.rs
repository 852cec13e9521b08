//! The two encodings of encoded words, Q and B (RFC 2047 §4), as forgiving as mail is broken.

/// Decodes Q: `_` is a blank, `=41` a byte, and all else stands for itself, line ends aside.
///
/// Returns whether every `=` was followed by two hexadecimal digits.
pub(super) fn decode_q(text: &[u8], out: &mut Vec<u8>) -> bool {
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

/// What stands for nothing in base64.
const NO_DIGIT: u8 = 0xFF;

/// The value of each byte as a digit of base64 (RFC 4648 §4).
const DIGITS: [u8; 256] = digits();

const fn digits() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [NO_DIGIT; 256];
    let mut value = 0;
    while value < alphabet.len() {
        table[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    table
}

/// Decodes B: base64, with or without its padding, also several pieces behind one another. Bytes that
/// are no digits are passed over.
///
/// Returns whether the digits were all that stood there, and none was left over.
pub(super) fn decode_base64(text: &[u8], out: &mut Vec<u8>) -> bool {
    let (mut bits, mut count, mut is_sound) = (0_u32, 0, true);
    for &byte in text {
        let digit = DIGITS.get(usize::from(byte)).copied().unwrap_or(NO_DIGIT);
        if digit == NO_DIGIT {
            is_sound &= byte == b'=' || byte.is_ascii_whitespace();
            if byte == b'=' {
                is_sound &= count != 6;
                count = 0;
            }
            continue;
        }
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    is_sound && count != 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn q(text: &str, expected: &[u8], is_sound: bool) {
        let mut decoded = Vec::new();
        assert_eq!((decode_q(text.as_bytes(), &mut decoded), &decoded[..]), (is_sound, expected), "{text}");
    }

    #[track_caller]
    fn b(text: &str, expected: &str, is_sound: bool) {
        let mut decoded = Vec::new();
        let found = decode_base64(text.as_bytes(), &mut decoded);
        assert_eq!((found, String::from_utf8_lossy(&decoded).as_ref()), (is_sound, expected), "{text}");
    }

    #[test]
    fn the_q_encoding() {
        q("a_b=20c=C3=a9", b"a b c\xC3\xA9", true);
        q("100=", b"100=", false);
        q("=4=41", b"=4A", false);
        q("a b\r\n c", b"a b c", true);
    }

    #[test]
    fn the_b_encoding() {
        b("aGVsbG8=", "hello", true);
        b("aGVsbG8", "hello", true);
        b("aGVs bG8=\r\n", "hello", true);
        b("aGVsbG8=aGk=", "hellohi", true);
        b("aGVsbG8=!", "hello", false);
        b("aGVsb", "hel", false);
        b("", "", true);
    }
}
