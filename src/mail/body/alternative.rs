//! `multipart/alternative`: several forms of one text, of which a person reads one.
//!
//! The plain one where it says anything, since it is as it was written and hides nothing; RFC 2046
//! §5.1.4 would have the last one that can be shown.

use super::stubs;
use crate::mail::Part;
use crate::mail::charset;
use crate::mail::transfer;
use crate::mail::transfer::TransferEncoding;
use memchr::memchr_iter;

/// Plain alternatives longer than this are read without asking whether they say anything.
const LONGEST_STUB_BYTES: u64 = 4096;

/// Charsets in which an ASCII letter is always that letter: nearly all mail of Europe.
const PLAIN_CHARSETS: [&str; 4] = ["utf-8", "us-ascii", "iso-8859-1", "windows-1252"];

/// Returns whether a part is a form of the same text where it stands in `multipart/alternative`; an
/// invitation says more than the words about it.
pub fn is_form(part: &Part) -> bool {
    part.filename.is_none() && !part.is_attachment && part.content_type != "text/calendar"
}

/// Returns which form of an alternative is read: the first plain one that says anything, else the
/// last HTML, which is the richest (RFC 2046 §5.1.4), else the first plain one as it is.
pub fn chosen_form(forms: &[Part], source: &[u8]) -> Option<usize> {
    let offers = |kind| move |form: &Part| first_text(form, kind).is_some();
    let says_something = |form: &Part| first_text(form, "text/plain").is_some_and(|it| !is_stub(it, source));
    let plain = forms.iter().position(says_something);
    let html = || forms.iter().rposition(offers("text/html"));
    plain.or_else(html).or_else(|| forms.iter().position(offers("text/plain")))
}

/// Returns the first part of a type that was not sent as a file.
fn first_text<'a>(part: &'a Part, content_type: &str) -> Option<&'a Part> {
    if part.parts.is_empty() {
        return (part.content_type == content_type && !part.is_attachment).then_some(part);
    }
    let is_multipart = part.content_type.starts_with("multipart/");
    part.parts.iter().filter(|_| is_multipart).find_map(|inner| first_text(inner, content_type))
}

/// Says without decoding that a text has more letters than a stub, where letters and digits stand for
/// themselves but for two after each `=`; at most two make one letter, in text that is UTF-16 after all.
fn is_surely_long(plain: &Part, raw: &[u8]) -> bool {
    let is_as_written =
        matches!(plain.transfer_encoding(), TransferEncoding::Identity | TransferEncoding::QuotedPrintable);
    let is_plain = |charset: &str| PLAIN_CHARSETS.iter().any(|plain| charset.eq_ignore_ascii_case(plain));
    if !is_as_written || !plain.charset.as_deref().is_none_or(is_plain) {
        return false;
    }
    let written = raw.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
    let escapes = memchr_iter(b'=', raw).count();
    written.saturating_sub(2 * escapes) > 2 * stubs::LONGEST_STUB_CHARS
}

fn is_stub(plain: &Part, source: &[u8]) -> bool {
    let raw = plain.range.of(source);
    if plain.range.len() > LONGEST_STUB_BYTES || is_surely_long(plain, raw) {
        return false;
    }
    let bytes = transfer::decode(raw, plain.transfer_encoding()).bytes;
    stubs::is_stub(&charset::decode(&bytes, plain.charset.as_deref()).text)
}
