//! The line at the bottom: what keys do here, or what there is to say.

use super::pen::Canvas;
use super::pen::Pen;
use super::title::WORDS_FROM_CELLS;
use crate::app::Command;
use crate::app::State;
use crate::app::geometry::Area;
use crate::app::geometry::Focus;
use crate::app::keymap::Place;
use crate::app::layer::Layer;
use crate::app::meaning::Meaning;
use crate::app::prompt::Prompt;
use crate::app::words;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::width;

/// White space between one key's word and the next key.
const GAP_CELLS: usize = 2;

/// Draws it.
pub fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    if let Some(Layer::Filter(line)) = state.layers.last() {
        return draw_filter(state, line.prompt(), area, canvas);
    }
    let right = right_beside_notice(state, area);
    let right_cells = right.chars().count() as u16;
    canvas.row(Area { width: area.width.saturating_sub(1), ..area }, 0).at_end(&right, Meaning::Quiet);
    let left = Area { width: area.width.saturating_sub(right_cells + 3), ..area };
    let mut pen = canvas.row(left, 0);
    pen.skip(1);
    if let Some(Layer::Commands(line)) = state.layers.last() {
        pen.text(":", Meaning::Key).text(line.prompt().typed(), Meaning::Plain);
        return;
    }
    if let Some(Layer::Help { .. }) = state.layers.last() {
        on_top(state, &[(&[Command::Down, Command::Up], "scroll")], &mut pen);
        pen.text("any other key", Meaning::Key).skip(1).text("back", Meaning::Quiet);
        return;
    }
    if let Some(Layer::Activity(_)) = state.layers.last() {
        return on_top(state, &KEYS_OF_ACTIVITY, &mut pen);
    }
    if let Some(Layer::People(_)) = state.layers.last() {
        return on_top(state, &KEYS_OF_PEOPLE, &mut pen);
    }
    if let Some(Layer::Candidates(_)) = state.layers.last() {
        return on_top(state, &KEYS_OF_CANDIDATES, &mut pen);
    }
    if let Some(notice) = &state.notice {
        pen.text(&notice.0, Meaning::Notice);
        return;
    }
    if let Some(warning) = &state.warning {
        pen.text("Esc", Meaning::Key).skip(2).text(&warning.0, Meaning::Notice);
        return;
    }
    if state.focus == Focus::List && state.filter.query().is_some() {
        let is_running = state.filter.is_running() && state.filter.found().is_some();
        let words = if is_running { "stop the search" } else { "all messages" };
        if let Some(key) = state.keymap.key_of(state.focus, Command::Widen) {
            pen.text(&key.to_string(), Meaning::Key).skip(1).text(words, Meaning::Quiet).skip(2);
        }
    }
    for (key, short) in keys_that_fit(state, pen.room()) {
        pen.text(&key, Meaning::Key).skip(1).text(short, Meaning::Quiet).skip(2);
    }
}

/// Which keys are named first where there is no room for all: how to go on, and how to get out.
const NEEDED_MOST: [Command; 11] = [
    Command::Help,
    Command::Back,
    Command::Quit,
    Command::Open,
    Command::NextHit,
    Command::Filter,
    Command::ReadOn,
    Command::Candidates,
    Command::Unfold,
    Command::TurnView,
    Command::ToggleQuotes,
];

/// Returns the keys that are named in so many cells, in the order of the table, each with its word.
fn keys_that_fit(state: &State, room: Cells) -> Vec<(String, &'static str)> {
    let keys = state.keymap.worth_naming(state.focus);
    let keys: Vec<_> = keys.map(|(command, key, short)| (command, key.to_string(), short)).collect();
    let mut left = room.0 + GAP_CELLS;
    let mut fitting = Vec::new();
    for (place, (_, key, short)) in NEEDED_MOST
        .iter()
        .filter_map(|command| keys.iter().enumerate().find(|(_, (other, ..))| other == command))
    {
        let cells = key.chars().count() + 1 + short.chars().count() + GAP_CELLS;
        if cells <= left {
            left -= cells;
            fitting.push(place);
        }
    }
    fitting.sort_unstable();
    fitting
        .into_iter()
        .filter_map(|place| keys.get(place).map(|(_, key, short)| (key.clone(), *short)))
        .collect()
}

/// Some commands, and what their keys do on the screen.
type Named = (&'static [Command], &'static str);

const KEYS_OF_ACTIVITY: [Named; 6] = [
    (&[Command::Down, Command::Up], "move"),
    (&[Command::Stretch], "stretch"),
    (&[Command::Unfold, Command::Fold], "days, years"),
    (&[Command::Open], "list these"),
    (&[Command::Back], "back"),
    (&[Command::Help], "keys"),
];

const KEYS_OF_CANDIDATES: [Named; 4] = [
    (&[Command::Down, Command::Up], "move"),
    (&[Command::Open], "list them"),
    (&[Command::Back], "back"),
    (&[Command::Help], "keys"),
];

const KEYS_OF_PEOPLE: [Named; 5] = [
    (&[Command::Down, Command::Up], "move"),
    (&[Command::TurnOrder], "order"),
    (&[Command::Open], "list their messages"),
    (&[Command::Back], "back"),
    (&[Command::Help], "keys"),
];

/// Names the keys of a screen that lies on top.
fn on_top(state: &State, named: &[Named], pen: &mut Pen<'_, '_>) {
    for (commands, words) in named {
        let keys = commands.iter().filter_map(|&command| state.keymap.key_of(Place::OnTop, command));
        let keys: Vec<String> = keys.map(|key| key.to_string()).collect();
        if keys.is_empty() {
            continue;
        }
        let keys = keys.join(" ");
        if Cells(keys.chars().count() + 1 + words.chars().count()) > pen.room() {
            continue;
        }
        pen.text(&keys, Meaning::Key).skip(1).text(words, Meaning::Quiet).skip(2);
    }
}

/// Draws the line for the filter: what is typed, what of it is wrong and why, or how to leave it.
fn draw_filter(state: &State, prompt: &Prompt, area: Area, canvas: &mut Canvas<'_>) {
    let line = prompt.typed();
    let mut pen = canvas.row(area, 0);
    pen.skip(1).text("/", Meaning::Key);
    if let Some(error) = state.filter.error() {
        let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
        let (start, end) = (byte(error.column - 1), byte(error.column - 1 + error.length));
        let pieces = Printable::pieces(line, Cells(0), &[start, end]);
        for (piece, meaning) in pieces.iter().zip([Meaning::Plain, Meaning::Odd, Meaning::Plain]) {
            pen.put(piece, meaning);
        }
        pen.skip(3).text(&error.wrong.to_string(), Meaning::Notice);
        return;
    }
    pen.text(line, Meaning::Plain);
    if let Some(notice) = &state.notice {
        pen.skip(3).text(&notice.0, Meaning::Notice);
        return;
    }
    let keys = [("Enter", "keep"), ("Esc", "all messages"), ("Tab", "complete")];
    let cells: usize = keys.iter().map(|(key, words)| key.len() + words.len() + 3).sum();
    if Cells(cells + 1) < pen.room() {
        pen.skip(pen.room().as_u16() - cells as u16);
        for (key, words) in keys {
            pen.text(key, Meaning::Key).skip(1).text(words, Meaning::Quiet).skip(2);
        }
    }
}

/// Returns what stands at the right, unless what there is to say needs the room.
fn right_beside_notice(state: &State, area: Area) -> String {
    let right = at_the_right(state);
    let said = state.notice.as_ref().map_or(Cells(0), |notice| width(&Printable::new(&notice.0)));
    let is_beside = said + Cells(right.chars().count() + 4) <= Cells::from(area.width);
    if is_beside || !state.layers.is_empty() { right } else { String::new() }
}

fn at_the_right(state: &State) -> String {
    if state.focus == Focus::Reader {
        let hits = hits_beyond(state.reader.hits_beyond());
        let is_searching = state.reader.extent().is_some() && !state.reader.is_searched();
        let hits = match hits {
            Some(hits) if is_searching => Some(format!("{hits} so far")),
            None if is_searching => Some("searching…".to_owned()),
            hits => hits,
        };
        let percent = state.reader.percent().map(|percent| format!("{percent} %"));
        return hits.into_iter().chain(percent).collect::<Vec<_>>().join("  ");
    }
    // While they are counted, the title says how far that is.
    if !state.snapshot.is_complete {
        return String::new();
    }
    // On a narrow screen the keys need the room.
    if state.size.width < WORDS_FROM_CELLS {
        return if state.is_index_kept { "index kept".to_owned() } else { String::new() };
    }
    let kept = if state.is_index_kept { "index kept, " } else { "" };
    kept.to_owned() + &words::counted(state.snapshot.corpus.len() as u64, "message")
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
