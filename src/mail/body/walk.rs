//! The way through the parts of a message: which of them are read, and in which order.
//!
//! Every text is read, in the order of its parts, an attached message's with a few fields of its header
//! before it. Of the forms of `multipart/alternative` one is read, the plain one where it says anything
//! (RFC 2046 §5.1.4 would have the last one). Words around the parts of a multipart, which mail programs
//! hide, are read too.
//!
//! Whoever reads all of a message and whoever looks for something in it take this one way, so they cannot
//! disagree about what there is to be read.

use super::alternative;
use super::stubs;
use crate::mail::Part;
use crate::mail::charset;
use crate::mail::decode_value;
use crate::mail::header::fields::fields;
use crate::mail::transfer;
use memchr::memchr;
use memchr::memmem;
use std::borrow::Cow;
use std::ops::ControlFlow;

/// The fields of an attached message that stand before its text.
const SHOWN_FIELDS: [&str; 5] = ["From", "To", "Cc", "Date", "Subject"];

/// What is known of a part by those that it stands in.
#[derive(Clone, Copy, Default)]
pub struct Place {
    /// Something beside the body: a file, or an attached message.
    pub is_attached: bool,
    /// Another form of what is read already.
    is_twin: bool,
}

/// Hears of the parts of a message, and may break off.
pub trait Visitor {
    /// A part, before what is in it.
    fn part(&mut self, part: &Part) -> ControlFlow<()>;
    /// What stands before or after the parts of a multipart; never nothing but blanks.
    fn around(&mut self, part: &Part, bytes: &[u8]) -> ControlFlow<()>;
    /// An attached message, decoded, before its parts. Of one that was sent encoded, `is_clean` says whether
    /// it had to be decoded leniently.
    fn message(&mut self, part: &Part, bytes: &[u8], is_clean: bool) -> ControlFlow<()>;
    /// A part that a person reads, as it is encoded.
    fn text(&mut self, part: &Part, raw: &[u8], place: Place) -> ControlFlow<()>;
    /// A part that nobody reads here, as it is encoded.
    fn file(&mut self, part: &Part, raw: &[u8]) -> ControlFlow<()>;
}

/// Visits a part and those in it; the recursion ends with `structure::MAX_DEPTH`.
pub fn walk(part: &Part, source: &[u8], place: Place, visitor: &mut impl Visitor) -> ControlFlow<()> {
    visitor.part(part)?;
    let raw = part.range.of(source);
    if part.parts.is_empty() {
        let is_read = is_readable(part) && !(place.is_twin && alternative::is_form(part));
        return if is_read { visitor.text(part, raw, place) } else { visitor.file(part, raw) };
    }
    if !is_multipart(part) {
        return walk_message(part, raw, source, visitor);
    }
    around(part, part.preamble.of(source), visitor)?;
    let is_alternative = part.content_type == "multipart/alternative";
    let chosen = if is_alternative { alternative::chosen_form(&part.parts, source) } else { None };
    for (at, inner) in part.parts.iter().enumerate() {
        let is_other_form = chosen.is_some_and(|chosen| chosen != at);
        walk(inner, source, Place { is_twin: place.is_twin || is_other_form, ..place }, visitor)?;
    }
    around(part, part.epilogue.of(source), visitor)
}

fn around(part: &Part, bytes: &[u8], visitor: &mut impl Visitor) -> ControlFlow<()> {
    if bytes.trim_ascii().is_empty() { ControlFlow::Continue(()) } else { visitor.around(part, bytes) }
}

fn walk_message(part: &Part, raw: &[u8], source: &[u8], visitor: &mut impl Visitor) -> ControlFlow<()> {
    let place = Place { is_attached: true, is_twin: false };
    if !part.is_wrapper {
        visitor.message(part, raw, true)?;
        return part.parts.iter().try_for_each(|root| walk(root, source, place, visitor));
    }
    let inner = transfer::decode(raw, part.transfer_encoding());
    visitor.message(part, &inner.bytes, inner.is_clean)?;
    part.parts.iter().try_for_each(|root| walk(root, &inner.bytes, place, visitor))
}

/// Returns whether a person can read it: text, reports about mail, and a multipart that could not be
/// taken apart.
fn is_readable(part: &Part) -> bool {
    let main = part.content_type.split('/').next().unwrap_or_default();
    let is_text = main == "text" && part.content_type != "text/rtf";
    is_text || matches!(main, "message" | "multipart") || part.content_type == "application/pgp"
}

/// Returns whether a part can be saved: it was sent as a file, has a name, or cannot be read here.
pub fn is_saved(part: &Part) -> bool {
    let is_leaf = part.parts.is_empty();
    (is_leaf || !is_multipart(part))
        && (part.is_attachment || part.filename.is_some() || (is_leaf && !is_readable(part)))
}

/// Returns whether it holds parts, or says so.
pub fn is_multipart(part: &Part) -> bool {
    part.content_type.starts_with("multipart/")
}

/// Decodes what stands around parts, where it says more than that there are parts: list servers put
/// footers there, and so can people who do not want to be seen.
pub fn text_around(bytes: &[u8]) -> Option<charset::Decoded<'_>> {
    let decoded = charset::decode(bytes, None);
    (!stubs::is_stub(&decoded.text)).then_some(decoded)
}

/// Decodes the text of a part, of HTML the markup.
pub fn text_of<'a>(part: &Part, bytes: &'a [u8]) -> charset::Decoded<'a> {
    let is_silent = is_html(part) && part.charset.is_none();
    let in_markup = if is_silent { charset_in_markup(bytes) } else { None };
    charset::decode(bytes, part.charset.as_deref().or(in_markup))
}

/// Returns whether its text is what its markup says.
pub fn is_html(part: &Part) -> bool {
    part.content_type == "text/html"
}

/// Returns whether a text says nothing: what is left of a multipart that could not be taken apart may be
/// nothing at all.
pub fn is_left_out(part: &Part, text: &str) -> bool {
    is_multipart(part) && text.trim().is_empty()
}

/// Returns who wrote an attached message to whom, when and about what.
pub fn header_of(message: &[u8]) -> String {
    let mut text = String::new();
    let written: Vec<_> = fields(message).collect();
    for shown in SHOWN_FIELDS {
        for field in written.iter().filter(|field| field.name.eq_ignore_ascii_case(shown.as_bytes())) {
            text.extend([shown, ": ", &decode_value(field.value).0, "\n"]);
        }
    }
    text
}

/// Returns the text with LF line ends; a text without any LF has the lone CRs of an old Macintosh.
pub fn with_lf(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(match memchr(b'\n', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n"),
        None => text.replace('\r', "\n"),
    })
}

/// Returns the charset that HTML names in its own head, in the bytes where browsers look for it.
fn charset_in_markup(html: &[u8]) -> Option<&str> {
    let head = html.get(..html.len().min(1024))?;
    let named = head.get(memmem::find(&head.to_ascii_lowercase(), b"charset=")? + b"charset=".len()..)?;
    let named = named.strip_prefix(b"\"").or_else(|| named.strip_prefix(b"'")).unwrap_or(named);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+".contains(byte);
    let len = named.iter().take_while(|byte| is_name(byte)).count();
    std::str::from_utf8(named.get(..len)?).ok().filter(|name| !name.is_empty())
}
