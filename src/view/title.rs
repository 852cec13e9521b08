//! The line at the top: which mailbox, where in it, and work that goes on.

use super::pen::Canvas;
use crate::app::State;
use crate::app::geometry::Area;
use crate::app::geometry::Focus;
use crate::app::list::Shape;
use crate::app::meaning::Meaning;
use crate::app::reader::ReaderView;
use crate::app::words;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::width;

/// Draws it.
pub fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let right = at_the_right(state);
    let mut pen = canvas.row(area, 0);
    let room = pen.room().less(width(&Printable::new(&right.0)) + Cells(3));
    let place = place(state);
    let name_room = room.less(width(&Printable::new(&place)) + Cells(2)).max(Cells(8));
    pen.skip(1);
    pen.put(&crate::text::fit(&state.mailbox_name, name_room), Meaning::Title).skip(2);
    let left = pen.room().less(width(&Printable::new(&right.0)) + Cells(3));
    pen.put(&crate::text::fit(&place, left), Meaning::Quiet);
    let mut pen = canvas.row(Area { width: area.width.saturating_sub(1), ..area }, 0);
    let free = pen.room().less(width(&Printable::new(&right.0)));
    pen.skip(free.as_u16()).text(&right.0, right.1);
}

fn at_the_right(state: &State) -> (String, Meaning) {
    let snapshot = &state.snapshot;
    if !snapshot.is_complete {
        let messages = words::counted(snapshot.corpus.len() as u64, "message");
        let percent = snapshot.percent();
        let narrow = state.size.width < 70;
        let words = if narrow { format!("{percent} %") } else { format!("indexing {percent} %, {messages}") };
        return (words, Meaning::Progress);
    }
    (view_name(state), Meaning::Quiet)
}

fn view_name(state: &State) -> String {
    if state.focus == Focus::Reader {
        let name = match state.reader.view() {
            ReaderView::Text => "",
            ReaderView::Headers => "headers",
            ReaderView::Parts => "parts",
            ReaderView::Raw => "raw",
            ReaderView::Links => "links",
        };
        let within = if state.reader.is_within() { "attached message" } else { "" };
        let parts = [within, name].into_iter().filter(|words| !words.is_empty());
        return parts.collect::<Vec<_>>().join(" · ");
    }
    state.list.order().words().to_owned()
}

/// Says where one is: `1,204 of 58,660 conversations`.
fn place(state: &State) -> String {
    let Some(row) = state.list.selected_row() else { return String::new() };
    let what = match state.list.shape() {
        Shape::Threads => "conversation",
        Shape::Messages => "message",
    };
    let here = words::count(u64::from(row.thread) + 1);
    let of = words::counted(state.list.threads() as u64, what);
    let of = if state.size.width < 60 { words::count(state.list.threads() as u64) } else { of };
    format!("{here} of {of}")
}
