//! What the state looks like.
//!
//! Drawing asks and never changes: what is seen of a list or page was decided by `update`, and where it
//! stands by `app::geometry`.

mod badges;
mod activity;
mod candidates;
mod commands;
mod correspondents;
mod found;
mod help;
mod list;
mod pen;
mod people;
mod reader;
mod status;
mod theme;
mod title;

pub use pen::Look;
pub use pen::write;

use crate::app::State;
use crate::app::geometry::SMALLEST;
use crate::app::layer::Layer;
use crate::app::meaning::Meaning;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::width;
use pen::Canvas;
use ratatui::Frame;
use ratatui::layout::Position;

/// Draws the state in the looks of its palette.
pub fn draw(state: &State, frame: &mut Frame<'_>) {
    draw_in(state, &|meaning| theme::style(meaning, state.palette, &state.watching.watchlist), frame);
}

/// Draws the state; `look` says how a meaning looks.
pub fn draw_in(state: &State, look: Look<'_>, frame: &mut Frame<'_>) {
    let layout = state.layout();
    let mut canvas = Canvas::new(frame.buffer_mut(), look);
    if state.size.is_too_small() {
        let words = format!("tranche needs {} × {} cells", SMALLEST.width, SMALLEST.height);
        canvas.row(layout.title, 0).text(&words, Meaning::Notice);
        return;
    }
    title::draw(state, layout.title, &mut canvas);
    status::draw(state, layout.status, &mut canvas);
    match state.layers.last() {
        Some(Layer::Help { top }) => help::draw(&state.keymap, *top, layout.middle, &mut canvas),
        Some(Layer::Candidates(it)) => candidates::draw(state, it, layout.middle, &mut canvas),
        Some(Layer::Activity(it)) => activity::draw(state, it, layout.middle, &mut canvas),
        Some(Layer::People(it)) => correspondents::draw(state, it, layout.middle, &mut canvas),
        Some(Layer::Commands(_) | Layer::Filter(_)) | None => {
            if let Some(area) = layout.list {
                list::draw(state, area, &mut canvas);
            }
            if let Some(area) = layout.reader {
                reader::draw(state, area, &mut canvas);
            }
        }
    }
    if let Some(Layer::Commands(line)) = state.layers.last() {
        commands::draw(state, line, layout.middle, &mut canvas);
    }
    let prompt = match state.layers.last() {
        Some(Layer::Commands(line)) => Some(line.prompt()),
        Some(Layer::Filter(line)) => Some(line.prompt()),
        _ => None,
    };
    if let Some(prompt) = prompt {
        let typed = width(&Printable::new(prompt.before_cursor())) + Cells(2);
        frame.set_cursor_position(Position {
            x: typed.as_u16().min(state.size.width - 1),
            y: layout.status.y,
        });
    }
}
