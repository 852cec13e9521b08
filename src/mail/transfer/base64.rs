//! Base64 as it comes: with rubbish in it, without its padding, with a footer behind it (RFC 2045 §6.8).
//!
//! Not here: tests of what it says, which stand in `transfer` for all encodings.

use super::Transferred;
use mailparse::ParsedContentType;
use mailparse::body::Body;
use std::borrow::Cow;

/// So few bytes on one line are rather an encoded word than a body: there are millions, and `mailparse`
/// sets up more for each than it takes to decode it.
const WORD_BYTES: usize = 128;

/// A long body is decoded in pieces of so many bytes.
const PIECE_BYTES: usize = 1 << 20;

/// Decodes base64: `mailparse` what is clean, and ours what is short or would be refused as a whole.
pub fn decode(bytes: &[u8]) -> Transferred<'_> {
    if bytes.len() <= WORD_BYTES && !bytes.contains(&b'\n') {
        return decode_leniently(bytes);
    }
    match clean_len(bytes).and_then(|_| decode_clean(bytes)) {
        Some(decoded) => Transferred { bytes: Cow::Owned(decoded), is_clean: true },
        None => decode_leniently(bytes),
    }
}

/// Decodes clean base64 in pieces, since `mailparse` makes a copy of what it decodes.
fn decode_clean(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() <= PIECE_BYTES {
        return decode_piece(bytes);
    }
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let mut rest = bytes;
    while !rest.is_empty() {
        let piece = rest.get(..PIECE_BYTES).map_or(rest.len(), quanta_len);
        let (piece, after) = rest.split_at_checked(piece).filter(|(piece, _)| !piece.is_empty())?;
        decoded.extend(decode_piece(piece)?);
        rest = after;
    }
    Some(decoded)
}

/// Returns the length of what stands in a piece for whole bytes: all but its last letters, where their
/// number is no multiple of four.
fn quanta_len(piece: &[u8]) -> usize {
    let letters = || piece.iter().enumerate().filter(|(_, byte)| is_letter(**byte)).map(|(at, _)| at);
    match letters().count() % 4 {
        0 => piece.len(),
        spare => letters().rev().nth(spare - 1).unwrap_or(piece.len()),
    }
}

fn decode_piece(bytes: &[u8]) -> Option<Vec<u8>> {
    let content_type = ParsedContentType::default();
    match Body::new(bytes, &content_type, &Some("base64".to_owned())) {
        Body::Base64(body) => body.get_decoded().ok(),
        _ => None,
    }
}

/// Decodes what is not clean: rubbish is passed over, and a footer ends it.
fn decode_leniently(bytes: &[u8]) -> Transferred<'_> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let mut is_clean = true;
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut rest = bytes;
    loop {
        if held == 0 {
            rest = whole_quanta(rest, &mut decoded);
        }
        let Some((&byte, after)) = rest.split_first() else { break };
        rest = after;
        let six = six_bits(byte);
        if six < NO_LETTER {
            bits = bits << 6 | u32::from(six);
            held += 6;
            if held >= 8 {
                held -= 8;
                decoded.push((bits >> held) as u8);
            }
            continue;
        }
        match byte {
            b'=' => held = 0,
            b'\n' if held == 0 && begins_a_footer(rest) => {
                is_clean = false;
                break;
            }
            _ => is_clean &= is_blank(byte),
        }
    }
    // Six bits alone are no byte.
    is_clean &= held != 6;
    Transferred { bytes: Cow::Owned(decoded), is_clean }
}

/// Returns the length of base64 that is letters, blanks and the padding at its end, and nothing else.
pub fn clean_len(bytes: &[u8]) -> Option<u64> {
    let padding = bytes.iter().rev().take_while(|&&byte| is_blank(byte) || byte == b'=');
    let padded = padding.count();
    let body = bytes.get(..bytes.len() - padded)?;
    let (mut letters, mut blanks) = (0, 0);
    // Short chunks are counted in bytes, sixteen or more at once.
    for chunk in body.chunks(255) {
        letters += u64::from(chunk.iter().map(|&byte| u8::from(is_letter(byte))).sum::<u8>());
        blanks += u64::from(chunk.iter().map(|&byte| u8::from(is_blank(byte))).sum::<u8>());
    }
    (letters + blanks == body.len() as u64).then_some(letters * 3 / 4)
}

/// Decodes four letters to three bytes for as long as four letters follow, and returns the rest.
fn whole_quanta<'a>(bytes: &'a [u8], decoded: &mut Vec<u8>) -> &'a [u8] {
    let mut rest = bytes;
    while let Some((&[a, b, c, d], after)) = rest.split_first_chunk::<4>() {
        let [a, b, c, d] = [six_bits(a), six_bits(b), six_bits(c), six_bits(d)];
        if (a | b | c | d) & NO_LETTER != 0 {
            break;
        }
        decoded.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
        rest = after;
    }
    rest
}

/// Returns whether the next line is words and not base64: list servers put their footers after an encoded body as if it were text.
fn begins_a_footer(rest: &[u8]) -> bool {
    let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii();
    let strange = line.iter().filter(|&&byte| !is_letter(byte) && byte != b'=' && !is_blank(byte)).count();
    strange * 8 > line.len()
}

const NO_LETTER: u8 = 64;

/// The six bits that each byte stands for, or `NO_LETTER`.
const BASE64: [u8; 256] = {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [NO_LETTER; 256];
    let mut value = 0;
    while value < 64 {
        #[expect(clippy::indexing_slicing, reason = "worked out when it is compiled")]
        let letter = letters[value] as usize;
        #[expect(clippy::indexing_slicing, reason = "worked out when it is compiled")]
        {
            values[letter] = value as u8;
        }
        value += 1;
    }
    values
};

fn six_bits(letter: u8) -> u8 {
    BASE64.get(usize::from(letter)).copied().unwrap_or(NO_LETTER)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'+') | (byte == b'/')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_body_is_decoded_in_pieces() {
        for line in ["QUJD", "QUJDRA", "Q"] {
            let written = format!("{line}\n").repeat((3 << 20) / line.len());
            let decoded = decode(written.as_bytes());
            assert!(decoded.is_clean);
            assert_eq!(decoded.bytes, decode_leniently(written.as_bytes()).bytes);
        }
    }

    proptest! {
        #[test]
        fn what_is_clean_is_what_mailparse_reads(written in "[A-Za-z0-9+/ \r]{0,40}[= ]{0,3}") {
            let ours = decode_leniently(written.as_bytes());
            if let (Some(_), Some(theirs)) = (clean_len(written.as_bytes()), decode_clean(written.as_bytes())) {
                prop_assert!(ours.is_clean);
                prop_assert_eq!(ours.bytes.as_ref(), theirs.as_slice());
            }
        }
    }
}
