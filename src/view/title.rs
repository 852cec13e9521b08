//! The line at the top: which mailbox, where in it, and work that goes on.

use super::list::MINUTES_FROM_CELLS;
use super::pen::Canvas;
use crate::app::State;
use crate::app::geometry::Area;
use crate::app::geometry::Focus;
use crate::app::layer::Layer;
use crate::app::list::Entry;
use crate::app::list::Shape;
use crate::app::meaning::Meaning;
use crate::app::reader::BarCell;
use crate::app::reader::ReaderView;
use crate::app::words;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::fit;
use crate::text::width;

/// A name is cut to so many cells before the place is.
const NAME_CELLS_AT_LEAST: Cells = Cells(12);

/// On a narrower screen numbers stand alone.
pub(super) const WORDS_FROM_CELLS: u16 = 60;

/// Cells of the reader's scroll bar.
const BAR_CELLS: usize = 12;

/// The same on a narrow screen.
const BAR_CELLS_NARROW: usize = 8;

/// Draws it.
pub fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let bar = bar(state);
    let bar_cells = bar.len() as u16;
    let bar_area = Area { width: bar_cells, x: area.width.saturating_sub(bar_cells + 1), ..area };
    draw_bar(&bar, bar_area, canvas);
    let words = Area { width: area.width - if bar.is_empty() { 0 } else { bar_cells + 1 }, ..area };
    draw_words(state, words, canvas);
}

/// Returns the scroll bar of the reader, while that has the keys.
fn bar(state: &State) -> Vec<BarCell> {
    let is_reading = state.focus == Focus::Reader && (state.layers.is_empty() || state.is_typing());
    let cells = if state.size.width < WORDS_FROM_CELLS { BAR_CELLS_NARROW } else { BAR_CELLS };
    is_reading.then(|| state.reader.bar(cells)).flatten().unwrap_or_default()
}

fn draw_bar(bar: &[BarCell], area: Area, canvas: &mut Canvas<'_>) {
    let mut pen = canvas.row(area, 0);
    for cell in bar {
        match (cell.hit, cell.is_seen) {
            (Some((sign, meaning)), _) => pen.text(sign.encode_utf8(&mut [0; 4]), meaning),
            (None, true) => pen.text("█", Meaning::Quiet),
            (None, false) => pen.text("·", Meaning::Quiet),
        };
    }
}

fn draw_words(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let (right, meaning) = at_the_right(state);
    let place = place(state);
    let query = state.filter.query().map_or(Cells(0), |query| cells_of(&query.to_string()) + Cells(3));
    let taken = cells_of(&right) + cells_of(&place) + query + Cells(6);
    let room = Cells::from(area.width).less(taken + NAME_CELLS_AT_LEAST + Cells(2));
    let minute = minute(state).filter(|minute| cells_of(minute) <= room);
    let taken = taken + minute.as_ref().map_or(Cells(0), |minute| cells_of(minute) + Cells(2));
    let name = fit(&state.mailbox_name, Cells::from(area.width).less(taken).max(NAME_CELLS_AT_LEAST));
    let mut pen = canvas.row(area, 0);
    pen.skip(1).put(&name, Meaning::Title).skip(2);
    if let Some(query) = state.filter.query() {
        // The count is worth more than the end of a long query.
        let room = pen.room().less(cells_of(&right) + cells_of(&place) + Cells(7));
        let query = fit(&query.to_string(), room);
        pen.text("/", Meaning::Key).put(&query, Meaning::Match).skip(2);
    }
    // A count that grows would move what stands behind it, which is dear over a slow line.
    let minute_first = minute.as_ref().filter(|_| is_at_work(state));
    let pieces = [minute_first, Some(&place), minute.as_ref().filter(|_| minute_first.is_none())];
    for piece in pieces.into_iter().flatten() {
        pen.text(piece, Meaning::Quiet).skip(2);
    }
    if !right.is_empty() {
        let inner = Area { width: area.width.saturating_sub(1), ..area };
        canvas.row(inner, 0).at_end(&format!("  {right}"), meaning);
    }
}

/// Says when what is selected was written, to the minute, where the list has no room for more than days.
fn minute(state: &State) -> Option<String> {
    let has_days_alone = (WORDS_FROM_CELLS..MINUTES_FROM_CELLS).contains(&state.size.width);
    let is_list_seen = state.focus == Focus::List && (state.layers.is_empty() || state.is_typing());
    if !has_days_alone || !is_list_seen {
        return None;
    }
    let (row, forest) = (state.list.selected_row()?, &state.snapshot.forest);
    let shown = state.list.message_of(forest, row);
    let entry = Entry::of(row, &state.snapshot.corpus, forest, shown);
    entry.date.map(|date| state.dates.minute(date))
}

/// Returns whether the count grows from one moment to the next.
fn is_at_work(state: &State) -> bool {
    let to_read = state.filter.found().map_or(0, |found| found.progress.to_read);
    !state.snapshot.is_complete || (state.filter.is_running() && to_read > 0)
}

fn cells_of(text: &str) -> Cells {
    width(&Printable::new(text))
}

fn at_the_right(state: &State) -> (String, Meaning) {
    let (words, meaning) = work_or_view(state);
    if !state.is_following {
        return (words, meaning);
    }
    let pieces = ["following", &words].into_iter().filter(|words| !words.is_empty());
    (pieces.collect::<Vec<_>>().join(" · "), Meaning::Progress)
}

fn work_or_view(state: &State) -> (String, Meaning) {
    let snapshot = &state.snapshot;
    if snapshot.is_opening() {
        let words = format!("reading {}", words::size(snapshot.bytes_read));
        return (if snapshot.bytes_read > 0 { words } else { String::new() }, Meaning::Progress);
    }
    if !snapshot.is_complete {
        return (indexing(state), Meaning::Progress);
    }
    if let Some(words) = searching(state) {
        return (words, Meaning::Progress);
    }
    match state.watching.percent(snapshot) {
        Some(percent) => (format!("naming {percent} %"), Meaning::Progress),
        None => (view_name(state), Meaning::Quiet),
    }
}

/// Says how much of the mailbox has been read, and how fast: `37 %, 812 MB/s`.
fn indexing(state: &State) -> String {
    let snapshot = &state.snapshot;
    let share = format!("{} %", snapshot.percent());
    if state.size.width < WORDS_FROM_CELLS {
        return share;
    }
    let speed = words::count(snapshot.bytes_per_second / 1_000_000);
    format!("{share}, {speed} MB/s")
}

/// Says how far an answer is that must read messages.
fn searching(state: &State) -> Option<String> {
    let found = state.filter.found()?;
    let (read, to_read) = (found.progress.read as u64, found.progress.to_read as u64);
    if state.filter.is_stopped() && !found.is_complete {
        return Some(format!("stopped: {} of {} read", words::count(read), words::count(to_read)));
    }
    (state.filter.is_running() && to_read > 0).then(|| format!("searching {} %", found.progress.percent()))
}

fn view_name(state: &State) -> String {
    let on_top = match state.layers.last() {
        Some(Layer::Help { .. }) => "keys",
        Some(Layer::Candidates(_)) => "candidates",
        Some(Layer::Activity(_)) => "activity",
        Some(Layer::People(_)) => "people",
        Some(Layer::Commands(_) | Layer::Filter(_)) | None => "",
    };
    if !on_top.is_empty() {
        return on_top.to_owned();
    }
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
    if state.size.width < WORDS_FROM_CELLS {
        return String::new();
    }
    state.list.order().words().to_owned()
}

/// Says where one is: `1,204 of 58,660 conversations`; of a message that is read, its place in the
/// conversation too.
fn place(state: &State) -> String {
    if state.filter.query().is_some() && (state.focus == Focus::List || state.list.rows().is_empty()) {
        return share(state);
    }
    let Some(row) = state.list.selected_row() else { return String::new() };
    let what = match state.list.shape() {
        Shape::Threads => "conversation",
        Shape::Messages => "message",
    };
    let here = words::count(u64::from(row.thread) + 1);
    let all = state.list.threads() as u64;
    if state.size.width < WORDS_FROM_CELLS {
        return format!("{here} of {}", words::count(all));
    }
    let is_reading = state.focus == Focus::Reader && state.list.shape() == Shape::Threads;
    if let Some(place) = is_reading.then(|| place_in_thread(state)).flatten() {
        return format!("{place} in conversation {here} of {}", words::count(all));
    }
    format!("{here} of {}", words::counted(all, what))
}

/// Says what the filter leaves: `1,204 of 58,660 conversations`.
fn share(state: &State) -> String {
    let (all, what) = match state.list.shape() {
        Shape::Threads => (state.snapshot.forest.roots().len(), "conversation"),
        Shape::Messages => (state.snapshot.corpus.len(), "message"),
    };
    let listed = words::count(state.list.threads() as u64);
    let all = if state.size.width < WORDS_FROM_CELLS {
        words::count(all as u64)
    } else {
        words::counted(all as u64, what)
    };
    format!("{listed} of {all}")
}

/// Says which message of its conversation is read: `3 of 12`.
fn place_in_thread(state: &State) -> Option<String> {
    let message = state.list.message()?;
    let forest = &state.snapshot.forest;
    let root = forest.thread_of(message);
    let place = forest.walk(root).filter_map(|step| step.message).position(|it| it == message)?;
    let all = forest.thread(root).messages;
    Some(format!("{} of {}", words::count(place as u64 + 1), words::count(u64::from(all))))
}
