//! What stands in the text for what is none: pictures, and the fields of forms.
//!
//! Such words are in brackets, since nobody wrote them where they stand.

use super::attributes::Attribute;
use super::attributes::Attributes;
use super::flow::Flow;
use super::look;
use super::look::Look;

/// An image of this many pixels each way, or fewer, is there to be fetched and not to be seen.
const PIXEL: u32 = 2;

/// Names a picture, and says what it shows where its writer did.
pub(super) fn picture(flow: &mut Flow, attributes: &Attributes, look: Look) {
    if let Some(source) = attributes.get(Attribute::Src).filter(|it| look::is_remote(it)) {
        flow.image(source.trim());
    }
    let is_small = |side| attributes.number(side).is_some_and(|pixels| pixels <= PIXEL);
    let is_pixel = is_small(Attribute::Width) && is_small(Attribute::Height);
    if !is_pixel {
        bracketed(flow, attributes.get(Attribute::Alt).unwrap_or_default(), look);
    }
}

/// Names the pictures that a start tag has fetched behind its text.
pub(super) fn backgrounds(flow: &mut Flow, attributes: &Attributes) {
    let background = attributes.get(Attribute::Background).filter(|target| look::is_remote(target));
    let style = attributes.get(Attribute::Style).unwrap_or_default();
    for target in background.into_iter().chain(look::images(style)) {
        flow.image(target);
    }
}

/// Shows what a field of a form holds.
pub(super) fn field(flow: &mut Flow, attributes: &Attributes, look: Look) {
    let kind = attributes.get(Attribute::Type).unwrap_or_default().to_ascii_lowercase();
    let value = attributes.get(Attribute::Value).unwrap_or_default();
    let is_checked = attributes.get(Attribute::Checked).is_some();
    match kind.as_str() {
        "checkbox" | "radio" if is_checked => flow.word("[x]", look),
        "checkbox" | "radio" => flow.word("[ ]", look),
        "hidden" => bracketed(flow, value, look.gone()),
        _ if value.trim().is_empty() => flow.word("[____]", look),
        _ => bracketed(flow, value, look),
    }
}

fn bracketed(flow: &mut Flow, words: &str, look: Look) {
    if !words.trim().is_empty() {
        flow.sign("[", look);
        flow.text(words.trim(), look);
        flow.sign("]", look);
    }
}
