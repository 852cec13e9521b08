//! The JSON of `show`: all that a message says.

use super::Listed;
use super::Named;
use crate::mail::Attachment;
use crate::mail::Message;
use crate::mail::Part;
use crate::mail::Text;
use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;
use std::borrow::Cow;

/// A whole message.
#[derive(Debug, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    listed: Listed<Vec<Attached>>,
    headers: Vec<(String, String)>,
    parts: Tree,
    body: String,
    body_from: &'static str,
    more: Vec<More>,
    sha256: String,
    hits: Vec<Named>,
}

/// A part that can be saved, with the digest of its decoded bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Attached {
    filename: Option<String>,
    content_type: String,
    size: u64,
    sha256: String,
}

/// A node of the MIME tree.
#[derive(Debug, Serialize)]
struct Tree {
    content_type: String,
    charset: Option<String>,
    encoding: Option<String>,
    filename: Option<String>,
    size: u64,
    parts: Vec<Tree>,
}

/// A readable part beside the body.
#[derive(Debug, Serialize)]
struct More {
    content_type: String,
    text: String,
}

/// Returns the SHA-256 of a message's own bytes, in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// Puts together what `show` says: `raw` is the message's own bytes, `message` what was read in them.
pub fn shown(listed: Listed<Vec<Attached>>, raw: &[u8], message: Message, hits: Vec<Named>) -> Shown {
    let fields = message.fields.into_iter().map(|field| (field.name, field.value));
    let (body, more) = body_and_more(message.texts);
    let body_from = body.as_ref().map_or("none", |body| body_type(&body.content_type));
    Shown {
        listed,
        headers: fields.collect(),
        parts: Tree::of(message.root),
        body: body.map(|body| body.text).unwrap_or_default(),
        body_from,
        more,
        sha256: digest(raw),
        hits,
    }
}

/// Puts together what `show` says of the attachments, in order, each with its decoded bytes.
pub fn attached<'a>(attachments: impl IntoIterator<Item = (&'a Attachment, Cow<'a, [u8]>)>) -> Vec<Attached> {
    let attached = attachments.into_iter().map(|(attachment, bytes)| Attached {
        filename: attachment.filename.clone(),
        content_type: attachment.content_type.clone(),
        size: attachment.size,
        sha256: digest(&bytes),
    });
    attached.collect()
}

fn body_type(content_type: &str) -> &'static str {
    if content_type == "text/html" { "text/html" } else { "text/plain" }
}

fn body_and_more(mut texts: Vec<Text>) -> (Option<Text>, Vec<More>) {
    let body = texts.first().is_some_and(|text| text.is_body).then(|| texts.remove(0));
    let more = texts.into_iter().map(|text| More { content_type: text.content_type, text: text.text });
    (body, more.collect())
}

impl Tree {
    fn of(part: Part) -> Self {
        Self {
            content_type: part.content_type,
            charset: part.charset,
            encoding: part.encoding,
            filename: part.filename,
            size: part.size,
            parts: part.parts.into_iter().map(Self::of).collect(),
        }
    }
}
