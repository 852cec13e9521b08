//! A whole message, taken apart for a reader.

use super::Anomalies;
use super::charset;
use crate::bytes::ByteRange;
use std::borrow::Cow;
use std::ops::Range;

/// A stretch of decoded text, in its bytes.
pub type TextRange = Range<usize>;

/// A message as a person reads it. It owns all that it says, so it can be made on one worker and shown
/// by another.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Every header field, in order.
    pub fields: Vec<Field>,
    /// The root of the MIME tree.
    pub root: Part,
    /// Every part that a person can read, in the order they should be read, the body first.
    pub texts: Vec<Text>,
    /// What a person can save, in order.
    pub attachments: Vec<Attachment>,
    /// What was odd about its structure and text.
    pub anomalies: Anomalies,
}

/// One header field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name as written.
    pub name: String,
    /// The value, unfolded and decoded.
    pub value: String,
    /// Where it stands in the message, folds and line end included.
    pub range: ByteRange,
}

/// A node of the MIME tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the tree: `[]` is the root, `[0, 1]` the second part of its first part.
    pub path: PartPath,
    /// Type and subtype in lower case, such as `text/plain`.
    pub content_type: String,
    /// The declared charset, as written.
    pub charset: Option<String>,
    /// The transfer encoding in lower case.
    pub encoding: Option<String>,
    /// The file name, decoded.
    pub filename: Option<String>,
    /// Its length in bytes, decoded.
    pub size: u64,
    /// Its undecoded bytes within the message, its own header left out.
    pub range: ByteRange,
    /// Its parts; for a `message/rfc822`, the root of the message in it.
    pub parts: Vec<Part>,
}

/// The way from the root of the MIME tree to a part.
pub type PartPath = Vec<u16>;

/// The text of one readable part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The part that it was read from.
    pub path: PartPath,
    /// Its type, such as `text/html`; the text is what a person reads of it, never the markup.
    pub content_type: String,
    /// Decoded, with LF line ends.
    pub text: String,
    /// The lines of `text` are to be wrapped as paragraphs (`format=flowed`, HTML).
    pub is_flowed: bool,
    /// The links of an HTML part, in the order of their numbers.
    pub links: Vec<Link>,
    /// Remote images, which are named and never fetched.
    pub images: Vec<String>,
    /// What the markup meant to hide from its reader.
    pub hidden: Vec<TextRange>,
    /// The charset it was read in.
    pub charset: &'static str,
}

/// A link: what is shown, and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where its words stand in the text.
    pub range: TextRange,
    /// Where it leads, as written.
    pub target: String,
}

/// A part that can be saved as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// The part.
    pub path: PartPath,
    /// Its file name, where it has one.
    pub filename: Option<String>,
    /// Its type.
    pub content_type: String,
    /// Its length in bytes, decoded.
    pub size: u64,
}

/// Reads a whole message; `message` is as in its mailbox, with `>From` undone (see `mbox::unquote`).
pub fn read_message(message: &[u8]) -> Message {
    let read = charset::decode(message, None);
    let text = Text { text: read.text.into_owned(), charset: read.charset, ..Text::default() };
    Message { texts: vec![text], anomalies: read.anomalies, ..Message::default() }
}

/// Returns the decoded bytes of a part of `message`, exactly as they would be saved.
pub fn bytes_of_part<'a>(message: &'a [u8], part: &Part) -> Cow<'a, [u8]> {
    Cow::Borrowed(part.range.of(message))
}
