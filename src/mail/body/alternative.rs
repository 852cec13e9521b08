//! `multipart/alternative`: several forms of one text, of which a person reads one.
//!
//! The plain one where it says anything, since it is as it was written and hides nothing; RFC 2046
//! §5.1.4 would have the last one that can be shown.

use super::stubs;
use crate::mail::Part;
use crate::mail::charset;
use crate::mail::transfer;

/// Plain alternatives longer than this are read without asking whether they say anything.
const LONGEST_STUB_BYTES: u64 = 4096;

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

fn is_stub(plain: &Part, source: &[u8]) -> bool {
    if plain.range.len() > LONGEST_STUB_BYTES {
        return false;
    }
    let bytes = transfer::decode(plain.range.of(source), plain.transfer_encoding()).bytes;
    stubs::is_stub(&charset::decode(&bytes, plain.charset.as_deref()).text)
}
