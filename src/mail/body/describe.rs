//! What the header of a part says about it.

use super::params::Structured;
use super::params::line_of;
use crate::mail::Part;
use crate::mail::header::fields::RawField;
use crate::mail::header::words::unfold;

/// Reads a part's description from its header; `default_type` is that of a part which names none.
///
/// Returns the boundary beside it, where it has one. Of a field that is there twice the first counts.
pub fn describe<'a>(
    fields: impl Iterator<Item = RawField<'a>>,
    default_type: &str,
) -> (Part, Option<Vec<u8>>) {
    let (mut content_type, mut disposition, mut encoding) = (None, None, None);
    for field in fields {
        let is = |name: &str| field.name.eq_ignore_ascii_case(name.as_bytes());
        if is("Content-Type") {
            content_type.get_or_insert_with(|| line_of(field.value));
        } else if is("Content-Disposition") {
            disposition.get_or_insert_with(|| line_of(field.value));
        } else if is("Content-Transfer-Encoding") {
            encoding.get_or_insert_with(|| encoding_name(field.value));
        }
    }
    let content_type = Structured::read(content_type.as_deref().unwrap_or(default_type));
    let disposition = disposition.as_deref().map(Structured::read).unwrap_or_default();
    let part = Part {
        content_type: type_and_subtype(&content_type.value),
        is_encrypted: is_encrypted(&content_type),
        charset: content_type.decoded("charset"),
        encoding,
        filename: disposition.decoded("filename").or_else(|| content_type.decoded("name")),
        is_attachment: disposition.value == "attachment",
        is_flowed: content_type.plain("format").is_some_and(|it| it.eq_ignore_ascii_case("flowed")),
        delsp: content_type.plain("delsp").is_some_and(|it| it.eq_ignore_ascii_case("yes")),
        ..Part::default()
    };
    let boundary =
        content_type.plain("boundary").map(str::to_owned).or_else(|| content_type.decoded("boundary"));
    (part, boundary.map(|it| it.trim_end().as_bytes().to_vec()))
}

/// PGP/MIME (RFC 3156 §4) and S/MIME (RFC 8551 §3.2); the latter's signed messages have a type alike.
fn is_encrypted(content_type: &Structured<'_>) -> bool {
    let is_signed = || content_type.plain("smime-type").is_some_and(|it| it != "enveloped-data");
    match &*content_type.value {
        "multipart/encrypted" => true,
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => !is_signed(),
        _ => false,
    }
}

/// Returns the name of a transfer encoding in lower case, without a comment behind it.
fn encoding_name(value: &[u8]) -> String {
    let name = String::from_utf8_lossy(&unfold(value)).into_owned();
    let name = name.split(['(', ';']).next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

/// What is no type and subtype is text (RFC 2045 §5.2).
fn type_and_subtype(value: &str) -> String {
    let is_type = value
        .split_once('/')
        .is_some_and(|(main, sub)| !main.is_empty() && !sub.is_empty() && !sub.contains('/'));
    if is_type { value.to_owned() } else { "text/plain".to_owned() }
}
