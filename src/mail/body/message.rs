//! A whole message, taken apart for a reader.
//!
//! [`read_message`] gives the header, the MIME tree, every text in reading order and what can be
//! saved. It never fails: what cannot be taken apart stays one text. [`bytes_of_part`] leads from a
//! part back to its bytes, also where the part stands in an attached message that was encoded.
//!
//! **Invariant:** a part's range lies within the message or, where the part has a wrapper, within the
//! wrapper's decoded bytes; and [`attachment_count`] is the number of attachments that are listed.
//!
//! Not here: where parts begin and end (`structure`), which of them are read (`readable`), or the
//! summary that the index keeps (`envelope`).

use super::readable;
use super::structure;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::mail::Anomalies;
use crate::mail::decode_value;
use crate::mail::header::fields::fields;
use crate::mail::transfer;
use crate::mail::transfer::TransferEncoding;
pub use crate::text::TextRange;
use std::borrow::Cow;
use std::sync::Arc;

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
    /// It was sent to be saved and not to be read: `Content-Disposition: attachment`.
    pub is_attachment: bool,
    /// Its text is `format=flowed` (RFC 3676).
    pub is_flowed: bool,
    /// Its flowed lines do not keep their last blank.
    pub delsp: bool,
    /// It holds what is encrypted.
    pub is_encrypted: bool,
    /// Its undecoded bytes, its own header left out: within the message or, where it has a `wrapper`,
    /// within the decoded bytes of that.
    pub range: ByteRange,
    /// What stands before the first part of a multipart, where mail programs do not look.
    pub preamble: ByteRange,
    /// What stands after its last.
    pub epilogue: ByteRange,
    /// The encoded message that it stands in.
    pub wrapper: Option<Arc<Wrapper>>,
    /// Its parts were read from its decoded bytes, and have it as their wrapper.
    pub is_wrapper: bool,
    /// Its parts; for a `message/rfc822`, the root of the message in it.
    pub parts: Vec<Part>,
}

/// A message that was attached under a transfer encoding: what stands in it has its place in the
/// decoded bytes alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapper {
    pub(super) range: ByteRange,
    pub(super) encoding: TransferEncoding,
    pub(super) outer: Option<Arc<Wrapper>>,
}

/// The way from the root of the MIME tree to a part.
pub type PartPath = Vec<u16>;

/// The text of one readable part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The part that it was read from; of a multipart it is what stands around its parts.
    pub path: PartPath,
    /// Its type, such as `text/html`; the text is what a person reads of it, never the markup.
    pub content_type: String,
    /// Decoded, with LF line ends, and never re-flowed (see `is_flowed`).
    pub text: String,
    /// It is the body: the part that the message was written for. Only the first text can be.
    pub is_body: bool,
    /// The text has paragraphs to be wrapped: each line of HTML is one; those of any other type are
    /// told by [`paragraphs`](super::paragraphs) (`format=flowed`).
    pub is_flowed: bool,
    /// What `paragraphs` wants to know about flowed text.
    pub delsp: bool,
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

impl Message {
    /// Returns the text that the message was written for, where a person can read it.
    pub fn body(&self) -> Option<&Text> {
        self.texts.first().filter(|text| text.is_body)
    }

    /// Returns the part at a path.
    pub fn part(&self, path: &[u16]) -> Option<&Part> {
        self.root.at(path)
    }
}

impl Part {
    /// Returns the part that this path leads to from here.
    pub fn at(&self, path: &[u16]) -> Option<&Self> {
        path.iter().try_fold(self, |part, &place| part.parts.get(usize::from(place)))
    }

    /// Returns how its bytes are encoded.
    pub(super) fn transfer_encoding(&self) -> TransferEncoding {
        self.encoding.as_deref().map(TransferEncoding::named).unwrap_or_default()
    }

    /// Returns whether its type holds parts, and not bytes of its own.
    fn is_container(&self) -> bool {
        !self.parts.is_empty() && !self.is_wrapper
    }
}

/// Reads a whole message; `message` is as in its mailbox, with `>From` undone (see `mbox::unquote`).
pub fn read_message(message: &[u8]) -> Message {
    let (mut root, odd) = structure::tree(message);
    let read = readable::read(&mut root, message);
    Message {
        fields: fields(message)
            .map(|field| {
                let (start, end) = (ByteOffset(field.range.start as u64), ByteOffset(field.range.end as u64));
                Field {
                    name: String::from_utf8_lossy(field.name).into_owned(),
                    value: decode_value(field.value).0.into_owned(),
                    range: ByteRange::new(start, end),
                }
            })
            .collect(),
        root,
        texts: read.texts,
        attachments: read.attachments,
        anomalies: odd.and(read.anomalies),
    }
}

/// Returns the MIME tree of a message, without the sizes of its parts; nothing of them is decoded.
pub fn read_tree(message: &[u8]) -> Part {
    structure::tree(message).0
}

/// Returns how many attachments a message has; nothing of them is decoded.
pub fn attachment_count(message: &[u8]) -> usize {
    readable::attachment_count(&structure::tree(message).0)
}

/// Returns the decoded bytes of a part of `message`, exactly as they would be saved; those of a part
/// that holds parts are as in the message.
pub fn bytes_of_part<'a>(message: &'a [u8], part: &Part) -> Cow<'a, [u8]> {
    let encoding = if part.is_container() { TransferEncoding::Identity } else { part.transfer_encoding() };
    decoded_range(message, part.range, encoding, part.wrapper.as_deref())
}

/// Decodes a range, and before it the wrappers that it stands in; there are never more than a few.
fn decoded_range<'a>(
    message: &'a [u8],
    range: ByteRange,
    encoding: TransferEncoding,
    wrapper: Option<&Wrapper>,
) -> Cow<'a, [u8]> {
    let Some(wrapper) = wrapper else { return transfer::decode(range.of(message), encoding).bytes };
    let outer = decoded_range(message, wrapper.range, wrapper.encoding, wrapper.outer.as_deref());
    Cow::Owned(transfer::decode(range.of(&outer), encoding).bytes.into_owned())
}
