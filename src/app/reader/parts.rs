//! The parts view: the MIME tree, one part a row.

use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Part;
use crate::mail::PartPath;

/// The type of a message in a message.
const MESSAGE: &str = "message/rfc822";

/// Returns every part, each before those in it. Nesting is bounded by whoever read the message.
pub(super) fn in_order(root: &Part) -> Vec<(usize, &Part)> {
    let mut parts = Vec::new();
    let mut waiting = vec![(0, root)];
    while let Some((depth, part)) = waiting.pop() {
        parts.push((depth, part));
        waiting.extend(part.parts.iter().rev().map(|inner| (depth + 1, inner)));
    }
    parts
}

/// Returns the path of the part in this place of the order, where it is a message.
pub(super) fn message_at(root: &Part, place: usize) -> Option<PartPath> {
    let parts = in_order(root);
    let (_, part) = parts.get(place)?;
    (part.content_type == MESSAGE).then(|| part.path.clone())
}

/// Returns the place of the first attached message.
pub(super) fn first_message(root: &Part) -> Option<usize> {
    in_order(root).iter().position(|(_, part)| part.content_type == MESSAGE)
}

/// Writes the tree, one of its parts selected.
pub(super) fn write(page: &mut Writer, root: &Part, selected: usize) {
    for (place, (depth, part)) in in_order(root).into_iter().enumerate() {
        let is_selected = place == selected;
        let marker = if is_selected { "▌ " } else { "  " };
        page.say(marker, if is_selected { Meaning::Selected } else { Meaning::Plain });
        page.say(&"  ".repeat(depth.min(12)), Meaning::Plain);
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
