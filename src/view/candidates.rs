//! The candidates screen: two lines a candidate, the counts and the activity over time.

use super::pen::Canvas;
use super::pen::Pen;
use crate::app::State;
use crate::app::candidates::CandidateRow;
use crate::app::candidates::Candidates;
use crate::app::candidates::ROWS_EACH;
use crate::app::geometry::Area;
use crate::app::meaning::Meaning;
use crate::app::words;
use crate::mail::Date;

/// The marker, the badge, and blanks behind each.
const BADGE_CELLS: u16 = 4;

/// The marker of the selected row, and the blank behind it.
const MARKER_CELLS: u16 = 2;

/// The longest name of a column, and a blank.
const NUMBER_CELLS: u16 = 9;

/// `2017-02-01` and the blanks beside it.
const DATE_CELLS: u16 = 12;

/// A name has at least so many cells; columns that leave it fewer are left out.
const NAME_CELLS_AT_LEAST: u16 = 14;

/// Of the rows of the screen: the line of column names, and the lines that say what was searched.
const OTHER_ROWS: usize = 4;

/// A column of numbers.
type Column = (&'static str, fn(&CandidateRow) -> u64);

/// In the order of their worth.
const COLUMNS: [Column; 6] = [
    ("messages", |row| row.messages),
    ("threads", |row| row.threads),
    ("hits", |row| row.hits),
    ("headers", |row| row.in_headers),
    ("own", |row| row.own),
    ("quoted", |row| row.quoted),
];

/// Draws it.
pub fn draw(state: &State, candidates: &Candidates, area: Area, canvas: &mut Canvas<'_>) {
    let columns = columns(area);
    let name_cells = area.width.saturating_sub(BADGE_CELLS + 2 + columns.len() as u16 * NUMBER_CELLS);
    let name_cells = name_cells.min(30);
    let mut pen = canvas.row(area, 0);
    pen.skip(BADGE_CELLS + name_cells);
    for (name, _) in columns {
        pen.column_right(name, NUMBER_CELLS, Meaning::Quiet);
    }
    let height = area.rows().saturating_sub(OTHER_ROWS);
    let top = candidates.top(height);
    let seen = candidates.rows.iter().enumerate().skip(top).take((height / ROWS_EACH).max(1));
    let mut line = 1;
    for (place, row) in seen {
        draw_counts(row, place == candidates.selected, columns, name_cells, area, line, canvas);
        draw_time(state, candidates, row, area, line + 1, canvas);
        line += ROWS_EACH;
    }
    draw_searched(state, candidates, area, line, canvas);
    draw_notes(state, area, line + OTHER_ROWS, canvas);
}

fn columns(area: Area) -> &'static [Column] {
    let room = area.width.saturating_sub(BADGE_CELLS + 2 + NAME_CELLS_AT_LEAST);
    let fitting = usize::from(room / NUMBER_CELLS).clamp(1, COLUMNS.len());
    COLUMNS.split_at(fitting).0
}

fn draw_counts(
    row: &CandidateRow,
    is_selected: bool,
    columns: &[Column],
    name_cells: u16,
    area: Area,
    line: usize,
    canvas: &mut Canvas<'_>,
) {
    let mut pen = canvas.row(area, line);
    marker(&mut pen, is_selected);
    pen.column(&row.badge.to_string(), BADGE_CELLS - MARKER_CELLS, Meaning::Watch(row.number));
    let meaning = if is_selected { Meaning::Selected } else { Meaning::Plain };
    pen.column(&row.name, name_cells, meaning);
    for (_, number) in columns {
        pen.column_right(&words::count(number(row)), NUMBER_CELLS, Meaning::Count);
    }
}

fn marker<'pen, 'a, 'b>(pen: &'pen mut Pen<'a, 'b>, is_selected: bool) -> &'pen mut Pen<'a, 'b> {
    match is_selected {
        true => pen.column("▌", MARKER_CELLS, Meaning::Selected),
        false => pen.skip(MARKER_CELLS),
    }
}

/// Draws when a candidate was named, or what was looked for in vain.
fn draw_time(
    state: &State,
    candidates: &Candidates,
    row: &CandidateRow,
    area: Area,
    line: usize,
    canvas: &mut Canvas<'_>,
) {
    let mut pen = canvas.row(area, line);
    pen.skip(BADGE_CELLS);
    if row.messages == 0 {
        let is_at_work = state.watching.percent(&state.snapshot).is_some();
        let words = if is_at_work { "not found so far: " } else { "not found: " };
        pen.text(words, Meaning::Quiet).text(&row.searched.join(", "), Meaning::Plain);
        return;
    }
    pen.column(&day(row.first), DATE_CELLS, Meaning::Quiet);
    let x = pen.x();
    let end = (area.x + area.width).saturating_sub(DATE_CELLS + 1);
    let strip = Area { x, y: area.y + line as u16, width: end.saturating_sub(x), height: 1 };
    if line < area.rows() && candidates.time.is_some() {
        canvas.sparkline(strip, &row.strip, Meaning::Count);
    }
    canvas.row(area, line).skip(end - area.x + 1).text(&day(row.last), Meaning::Quiet);
}

fn day(date: Option<Date>) -> String {
    date.map(|date| date.day_and_minute().chars().take(10).collect()).unwrap_or_default()
}

/// Says what the counts rest on.
fn draw_searched(state: &State, candidates: &Candidates, area: Area, line: usize, canvas: &mut Canvas<'_>) {
    let mut searched = format!("searched {}", words::counted(candidates.searched, "message"));
    if let Some(percent) = state.watching.percent(&state.snapshot) {
        searched = format!("{searched} so far, {percent} %");
    }
    canvas.row(area, line).skip(BADGE_CELLS).text(&searched, Meaning::Plain);
    let is_selected = candidates.is_below_the_table();
    let mut pen = canvas.row(area, line + 1);
    marker(&mut pen, is_selected).skip(BADGE_CELLS - MARKER_CELLS);
    let reasons = candidates.unsearchable.iter();
    let reasons: Vec<String> =
        reasons.map(|(reason, messages)| format!("{} {}", words::count(*messages), reason.word())).collect();
    let could_not = match reasons.as_slice() {
        [] => "every one of them could be read".to_owned(),
        reasons => format!("could not be searched: {}", reasons.join(", ")),
    };
    let meaning = match reasons.as_slice() {
        [] => Meaning::Quiet,
        _ if is_selected => Meaning::Selected,
        _ => Meaning::Odd,
    };
    pen.text(&could_not, meaning);
    if let Some((first, last)) = candidates.time {
        let time = format!("strips from {} to {}", day(Some(first)), day(Some(last)));
        canvas.row(area, line + 2).skip(BADGE_CELLS).text(&time, Meaning::Quiet);
    }
}

/// Draws what is to be said of the watchlist, as much as there is room for.
fn draw_notes(state: &State, area: Area, line: usize, canvas: &mut Canvas<'_>) {
    let notes = state.watching.watchlist.notes();
    let room = area.rows().saturating_sub(line);
    let shown = if notes.len() > room { room.saturating_sub(1) } else { notes.len() };
    for (place, note) in notes.iter().take(shown).enumerate() {
        canvas.row(area, line + place).skip(BADGE_CELLS).text(note, Meaning::Odd);
    }
    if shown < notes.len() {
        let more = words::counted((notes.len() - shown) as u64, "more note");
        let words = format!("{more} on the watchlist; tranche count says them all");
        canvas.row(area, line + shown).skip(BADGE_CELLS).text(&words, Meaning::Quiet);
    }
}
