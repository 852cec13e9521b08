//! The line at the bottom: what keys do here, or what there is to say.

use super::pen::Canvas;
use crate::app::State;
use crate::app::geometry::Area;
use crate::app::geometry::Focus;
use crate::app::keymap;
use crate::app::layer::Layer;
use crate::app::meaning::Meaning;
use crate::app::words;
use crate::text::Cells;

/// Draws it.
pub fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let right = at_the_right(state);
    let right_cells = right.chars().count() as u16;
    canvas.row(Area { width: area.width.saturating_sub(1), ..area }, 0).at_end(&right, Meaning::Quiet);
    let left = Area { width: area.width.saturating_sub(right_cells + 3), ..area };
    let mut pen = canvas.row(left, 0);
    pen.skip(1);
    if let Some(Layer::Prompt(prompt)) = state.layers.last() {
        pen.text(":", Meaning::Key).text(prompt.typed(), Meaning::Plain);
        return;
    }
    if let Some(Layer::Help { .. }) = state.layers.last() {
        for (key, words) in [("j k", "scroll"), ("any other key", "back")] {
            pen.text(key, Meaning::Key).skip(1).text(words, Meaning::Quiet).skip(2);
        }
        return;
    }
    if let Some(Layer::Candidates(_)) = state.layers.last() {
        for (key, words) in [("j k", "move"), ("c q", "back")] {
            pen.text(key, Meaning::Key).skip(1).text(words, Meaning::Quiet).skip(2);
        }
        return;
    }
    if let Some(notice) = &state.notice {
        pen.text(&notice.0, Meaning::Notice);
        return;
    }
    for (binding, short) in keymap::worth_naming(state.focus) {
        let Some(key) = binding.keys.first() else { continue };
        let key = key.to_string();
        let cells = Cells(key.chars().count() + 1 + short.chars().count());
        if cells > pen.room() {
            break;
        }
        pen.text(&key, Meaning::Key).skip(1).text(short, Meaning::Quiet).skip(2);
    }
}

fn at_the_right(state: &State) -> String {
    if state.focus == Focus::Reader {
        let hits = hits_beyond(state.reader.hits_beyond());
        let percent = state.reader.percent().map(|percent| format!("{percent} %"));
        return hits.into_iter().chain(percent).collect::<Vec<_>>().join("  ");
    }
    words::counted(state.snapshot.corpus.len() as u64, "message")
}

/// Says what is named out of sight: `2 hits above, 3 below`.
fn hits_beyond((above, below): (usize, usize)) -> Option<String> {
    let counted = |hits: usize| words::counted(hits as u64, "hit");
    match (above, below) {
        (0, 0) => None,
        (0, below) => Some(format!("{} below", counted(below))),
        (above, 0) => Some(format!("{} above", counted(above))),
        (above, below) => Some(format!("{} above, {} below", counted(above), words::count(below as u64))),
    }
}
