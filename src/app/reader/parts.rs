//! The parts view: the MIME tree, one part a row.

use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Message;
use crate::mail::Part;
use crate::mail::PartPath;
use std::ops::Range;

/// The type of a message in a message.
const MESSAGE: &str = "message/rfc822";

/// The parts of a message in their order, each before those in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Order(Vec<PartPath>);

impl Order {
    /// Puts the parts in their order. Nesting is bounded by whoever read the message.
    pub(super) fn of(root: &Part) -> Self {
        let mut order = Vec::new();
        let mut waiting = vec![root];
        while let Some(part) = waiting.pop() {
            order.push(part.path.clone());
            waiting.extend(part.parts.iter().rev());
        }
        Self(order)
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Returns the path of the part in this place of the order, where it is a message.
pub(super) fn message_at(message: &Message, order: &Order, place: usize) -> Option<PartPath> {
    let part = message.part(order.0.get(place)?)?;
    (part.content_type == MESSAGE).then(|| part.path.clone())
}

/// Returns the place of the first attached message.
pub(super) fn first_message(message: &Message, order: &Order) -> Option<usize> {
    let is_message = |path: &PartPath| message.part(path).is_some_and(|part| part.content_type == MESSAGE);
    order.0.iter().position(is_message)
}

/// Writes some of the tree, one of its parts selected; each part has one row.
pub(super) fn write(
    page: &mut Writer,
    message: &Message,
    order: &Order,
    range: Range<usize>,
    selected: usize,
) {
    for (place, path) in order.0.iter().enumerate().take(range.end).skip(range.start) {
        let Some(part) = message.part(path) else { continue };
        let is_selected = place == selected;
        let marker = if is_selected { "▌ " } else { "  " };
        page.say(marker, if is_selected { Meaning::Selected } else { Meaning::Plain });
        page.say(&"  ".repeat(path.len().min(12)), Meaning::Plain);
        page.say(&part.content_type, if is_selected { Meaning::Selected } else { Meaning::Plain });
        if let Some(filename) = &part.filename {
            page.say("  ", Meaning::Plain).say(filename, Meaning::File);
        }
        page.say(&format!("  {}", about(part)), Meaning::Quiet).end_cut_line();
    }
}

fn about(part: &Part) -> String {
    let mut words = Vec::new();
    words.extend(part.charset.clone());
    words.extend(part.encoding.clone());
    words.push(words::size(part.size));
    if part.content_type == MESSAGE {
        words.push("Enter opens it".to_owned());
    }
    words.join("  ")
}
