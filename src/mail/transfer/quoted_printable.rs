//! Quoted-printable as it comes: what is no escape stands for itself (RFC 2045 §6.7).
//!
//! Not here: tests, which stand in `transfer` for all encodings.

use super::Transferred;
use memchr::memchr;
use std::borrow::Cow;

/// Decodes quoted-printable; text without an escape is as it was.
pub fn decode(bytes: &[u8]) -> Transferred<'_> {
    let Some(first) = memchr(b'=', bytes) else {
        return Transferred { bytes: Cow::Borrowed(bytes), is_clean: true };
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    let (plain, mut rest) = bytes.split_at(first);
    decoded.extend_from_slice(plain);
    let mut is_clean = true;
    while let Some((_, escaped)) = rest.split_first() {
        let after = match unescape(escaped) {
            Some((byte, after)) => {
                decoded.extend(byte);
                after
            }
            None => {
                is_clean = false;
                let literal = 1 + rule_len(escaped);
                decoded.extend(std::iter::repeat_n(b'=', literal));
                escaped.get(literal - 1..).unwrap_or_default()
            }
        };
        let plain = memchr(b'=', after).unwrap_or(after.len());
        decoded.extend_from_slice(after.get(..plain).unwrap_or_default());
        rest = after.get(plain..).unwrap_or_default();
    }
    Transferred { bytes: Cow::Owned(decoded), is_clean }
}

/// Reads what follows a `=`: two hexadecimal digits are a byte, the end of the line is nothing.
fn unescape(escaped: &[u8]) -> Option<(Option<u8>, &[u8])> {
    if let Some((&[high, low], after)) = escaped.split_first_chunk::<2>() {
        let digit = |letter: u8| char::from(letter).to_digit(16);
        if let (Some(high), Some(low)) = (digit(high), digit(low)) {
            return Some((Some((high << 4 | low) as u8), after));
        }
    }
    // Blanks that were added on the way are not part of the line (RFC 2045 §6.7, rule 3).
    let blanks = escaped.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    let after = escaped.get(blanks..)?;
    match after.split_first() {
        None => Some((None, after)),
        Some((b'\n', after)) => Some((None, after)),
        Some(_) => None,
    }
}

/// Returns how many more `=` stand for themselves: all of a run that fills its line, for somebody drew
/// a rule and the last of it breaks no line; else all but the last, which may be an escape.
fn rule_len(after: &[u8]) -> usize {
    let len = after.iter().take_while(|&&byte| byte == b'=').count();
    let fills_the_line = matches!(after.get(len..), Some([] | [b'\n', ..] | [b'\r', b'\n', ..]));
    if fills_the_line { len } else { len.saturating_sub(1) }
}
