//! What a person reads of an HTML part.
//!
//! [`render`] takes any markup in time that grows with its length: the tokenizer gives one tag or
//! stretch of text at a time (`page`), the open elements are a stack with an end, and what they mean
//! for the text is written as it comes (`flow`). Only a table without tables in it is gone over again,
//! to put its cells into columns (`table`).
//!
//! What a browser shows is in the text; so is what the markup hides, marked as hidden. Scripts, style
//! sheets and comments are not.
//!
//! Not here: decoding the part's bytes, wrapping its lines, or fetching anything.

mod attributes;
mod flow;
mod look;
mod page;
mod replaced;
mod spelling;
mod table;
mod tag;

use super::Link;
use super::TextRange;
use html5gum::Span;
use html5gum::Tokenizer;
use html5gum::emitters::callback::CallbackEmitter;
use html5gum::emitters::callback::CallbackEvent;
use page::Page;
pub use spelling::is_spelled_plainly;
use std::convert::Infallible;

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
///
/// ```
/// let rendered = tranche::mail::html::render("<p>Read <a href='https://desk.example'>this</a>.<p>Now.");
/// assert_eq!(rendered.text, "Read this.\n\nNow.\n");
/// assert_eq!(rendered.links[0].range, 5..9);
/// ```
pub fn render(html: &str) -> Rendered {
    let mut page = Page::default();
    read(html, &mut page);
    page.finish()
}

/// Tells the page what there is in some markup.
fn read(html: &str, page: &mut Page) {
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        page.happened(&event);
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
}

#[cfg(test)]
mod tests;
