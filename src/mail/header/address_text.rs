//! The two halves of an entry as text: the name decoded, the address as it was meant.

use super::address_pieces::Piece;
use super::address_pieces::pieces;
use crate::mail::Anomalies;
use crate::mail::decode_value;
use std::borrow::Cow;

/// Returns the name that these pieces spell; comments stand behind it, or alone if there is no other.
pub(super) fn name_of<'a>(pieces: &[Piece<'a>], odd: &mut Anomalies) -> Cow<'a, str> {
    match pieces {
        [] => return Cow::Borrowed(""),
        [Piece::Text(text)] => return decoded(text, odd),
        [Piece::Quoted(text)] | [Piece::Quoted(text), Piece::Text(b" ")] if !text.contains(&b'\\') => {
            return decoded(text, odd);
        }
        _ => {}
    }
    let (mut name, mut comments) = (Vec::new(), Vec::new());
    for piece in pieces {
        match *piece {
            Piece::Text(text) => push_spaced(&mut name, text),
            Piece::Quoted(text) => name.extend(unescaped(text)),
            Piece::Comment(text) => {
                push_spaced(&mut name, b" ");
                let comment = owned(&unescaped(text).collect::<Vec<u8>>(), odd);
                comments.push(comment);
            }
            Piece::Angle(b"") => {}
            Piece::Angle(text) => {
                let in_brackets = [b" <", text, b"> "].concat();
                push_spaced(&mut name, &in_brackets);
            }
            Piece::Comma | Piece::Semicolon | Piece::Colon => {}
        }
    }
    let name = owned(&name, odd);
    let comments = comments.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    match (name.is_empty(), comments.is_empty()) {
        (_, true) => name,
        (true, false) => Cow::Owned(comments),
        (false, false) => Cow::Owned(format!("{name} ({comments})")),
    }
}

/// Returns a name decoded, borrowed where nothing had to be.
pub(super) fn decoded<'a>(raw: &'a [u8], odd: &mut Anomalies) -> Cow<'a, str> {
    let (text, anomalies) = decode_value(raw);
    *odd = odd.and(anomalies);
    text
}

/// Returns a name decoded, out of bytes that were put together for it.
pub(super) fn owned<'a>(raw: &[u8], odd: &mut Anomalies) -> Cow<'a, str> {
    let (text, anomalies) = decode_value(raw);
    *odd = odd.and(anomalies);
    Cow::Owned(text.into_owned())
}

/// Returns an address as it was meant.
pub(super) fn address_of<'a>(written: &'a [u8], odd: &mut Anomalies) -> Cow<'a, str> {
    match std::str::from_utf8(written) {
        Ok(address) if is_plain_address(written) => Cow::Borrowed(address),
        _ => owned_address_of(written, odd),
    }
}

/// Returns an address that is not plain as it was meant.
pub(super) fn owned_address_of<'a>(written: &[u8], odd: &mut Anomalies) -> Cow<'a, str> {
    let written = without_wrapping(written);
    let mut address = Vec::new();
    for piece in pieces(written) {
        match piece {
            Piece::Quoted(text) => address.extend([b"\"", text, b"\""].concat()),
            Piece::Text(text) | Piece::Angle(text) => address.extend_from_slice(text),
            Piece::Comment(_) => {}
            Piece::Comma => address.push(b','),
            Piece::Semicolon => address.push(b';'),
            Piece::Colon => address.push(b':'),
        }
    }
    // Blanks in an address are the work of a program that folded it (RFC 5322 §4.4).
    if address.contains(&b'@') && !address.contains(&b'"') && !holds_word(&address) {
        address.retain(|byte| !byte.is_ascii_whitespace());
    }
    let (text, anomalies) = decode_value(&address);
    *odd = odd.and(anomalies);
    Cow::Owned(text.into_owned())
}

/// Returns the bytes of words and quoted strings as they are written.
pub(super) fn written(pieces: &[Piece<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // The quotes of a local part belong to the address; all others have served their purpose.
    let is_local_part =
        |next: Option<&Piece<'_>>| matches!(next, Some(Piece::Text(text)) if text.starts_with(b"@"));
    for (place, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Quoted(text) if is_local_part(pieces.get(place + 1)) => {
                bytes.extend([b"\"", text, b"\""].concat());
            }
            Piece::Quoted(text) => bytes.extend(unescaped(text)),
            Piece::Text(text) => bytes.extend_from_slice(text),
            _ => {}
        }
    }
    bytes
}

fn push_spaced(name: &mut Vec<u8>, text: &[u8]) {
    let is_spaced = name.last().is_none_or(u8::is_ascii_whitespace);
    name.extend_from_slice(if is_spaced { text.trim_ascii_start() } else { text });
}

/// Takes the backslashes off that escape (RFC 5322 §3.2.1).
fn unescaped(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut is_escaped = false;
    text.iter().copied().filter(move |&byte| {
        is_escaped = byte == b'\\' && !is_escaped;
        !is_escaped
    })
}

/// Takes off what is not part of an address: a route (RFC 5322 §4.4), `mailto:`, `[SMTP:…]`, quotes
/// around all of it.
fn without_wrapping(written: &[u8]) -> &[u8] {
    let is_stray = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>');
    let start = written.iter().take_while(|byte| is_stray(byte)).count();
    let end = written.len() - written.iter().rev().take_while(|byte| is_stray(byte)).count();
    let mut address = written.get(start..end).unwrap_or_default();
    if address.starts_with(b"@")
        && let Some(end) = memchr::memchr(b':', address)
    {
        address = address.get(end + 1..).unwrap_or_default().trim_ascii();
    }
    if let Some(inside) = address.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")) {
        address = inside;
    }
    for prefix in [b"mailto:".as_slice(), b"smtp:"] {
        if address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            address = address.get(prefix.len()..).unwrap_or_default();
        }
    }
    let unquoted = address.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    unquoted.filter(|inside| !inside.contains(&b'"')).unwrap_or(address)
}

/// Returns whether an address stands for itself: nothing in it is quoted, encoded, folded or a comment.
pub(super) fn is_plain_address(written: &[u8]) -> bool {
    let is_special =
        |byte| matches!(byte, b'"' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b':' | b';' | b',' | b'?');
    written.iter().all(|&byte| byte.is_ascii_graphic() && !is_special(byte))
}

/// Returns whether an encoded word may be in it.
pub(super) fn holds_word(text: &[u8]) -> bool {
    memchr::memchr(b'?', text).is_some() && memchr::memmem::find(text, b"=?").is_some()
}
