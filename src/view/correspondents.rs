//! The screen of people: one row a person.

use super::pen::Canvas;
use crate::app::State;
use crate::app::geometry::Area;
use crate::app::meaning::Meaning;
use crate::app::people::People;
use crate::app::survey::Correspondent;
use crate::app::survey::Period;
use crate::app::words;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::fit;
use crate::text::width;

/// The marker and a blank.
const MARKER_CELLS: u16 = 2;

/// The longest name of a column, and a blank.
const NUMBER_CELLS: u16 = 9;

/// `2017-02-01` and blanks before it.
const DATE_CELLS: u16 = 12;

/// Badges of a few candidates.
const BADGES_CELLS: u16 = 8;

/// Fewer than these are no name.
const NAME_CELLS_AT_LEAST: u16 = 20;

/// Above the rows: the names of the columns.
const ROWS_ABOVE: usize = 1;

/// Returns how many people are seen in an area.
pub fn height(area: Area) -> usize {
    area.rows().saturating_sub(ROWS_ABOVE).max(1)
}

/// What there is room for beside the name.
struct Columns {
    name_cells: u16,
    has_first: bool,
    has_last: bool,
}

impl Columns {
    fn of(area: Area) -> Self {
        let room = area.width.saturating_sub(MARKER_CELLS + 2 * NUMBER_CELLS + BADGES_CELLS);
        let has_last = room >= NAME_CELLS_AT_LEAST + DATE_CELLS;
        let has_first = room >= NAME_CELLS_AT_LEAST + 2 * DATE_CELLS;
        let dates = u16::from(has_first) + u16::from(has_last);
        Self { name_cells: room.saturating_sub(dates * DATE_CELLS), has_first, has_last }
    }
}

/// Draws it.
pub fn draw(state: &State, people: &People, area: Area, canvas: &mut Canvas<'_>) {
    if people.is_waiting() {
        canvas.row(area, 0).skip(MARKER_CELLS).text("counting…", Meaning::Progress);
        return;
    }
    let columns = Columns::of(area);
    draw_head(people, &columns, area, canvas);
    let height = height(area);
    let top = people.selected().saturating_sub(height / 2).min(people.len().saturating_sub(height));
    for line in 0..height {
        let Some(person) = people.row(top + line) else { break };
        let is_selected = top + line == people.selected();
        draw_row(state, person, is_selected, &columns, area, line + ROWS_ABOVE, canvas);
    }
    if people.is_empty() {
        canvas.row(area, ROWS_ABOVE).skip(MARKER_CELLS).text("no message is listed", Meaning::Quiet);
    }
}

fn draw_head(people: &People, columns: &Columns, area: Area, canvas: &mut Canvas<'_>) {
    let how = format!("{}, {}", words::people(people.len() as u64), people.order().words());
    let mut pen = canvas.row(area, 0);
    pen.skip(MARKER_CELLS).column(&how, columns.name_cells, Meaning::Quiet);
    pen.column_right("sent", NUMBER_CELLS, Meaning::Quiet).column_right(
        "received",
        NUMBER_CELLS,
        Meaning::Quiet,
    );
    for (name, _) in [("first", columns.has_first), ("last", columns.has_last)].iter().filter(|it| it.1) {
        pen.column_right(name, DATE_CELLS, Meaning::Quiet);
    }
    pen.skip(2).text("names", Meaning::Quiet);
}

fn draw_row(
    state: &State,
    person: &Correspondent,
    is_selected: bool,
    columns: &Columns,
    area: Area,
    line: usize,
    canvas: &mut Canvas<'_>,
) {
    let mut pen = canvas.row(area, line);
    match is_selected {
        true => pen.column("▌", MARKER_CELLS, Meaning::Selected),
        false => pen.skip(MARKER_CELLS),
    };
    let meaning = if is_selected { Meaning::Selected } else { Meaning::Who };
    pen.put(&fit(person.shown(), Cells::from(columns.name_cells.saturating_sub(1))), meaning);
    // Half an address says nothing; one that does not fit is left to the messages.
    let room = Cells::from(columns.name_cells).less(cells_of(person.shown()) + Cells(3));
    if !person.name.is_empty() && cells_of(&person.address) <= room {
        pen.skip(2).text(&person.address, Meaning::Quiet);
    }
    let mut pen = canvas.row(area, line);
    pen.skip(MARKER_CELLS + columns.name_cells);
    pen.column_right(&count(person.sent), NUMBER_CELLS, Meaning::Count);
    pen.column_right(&count(person.received), NUMBER_CELLS, Meaning::Count);
    let days = [
        (columns.has_first, person.days.map(|days| days.0)),
        (columns.has_last, person.days.map(|days| days.1)),
    ];
    for (_, day) in days.iter().filter(|(is_shown, _)| *is_shown) {
        let day = day.map(|day| Period::Day(day).to_string()).unwrap_or_default();
        pen.column_right(&day, DATE_CELLS, Meaning::Quiet);
    }
    pen.skip(1);
    for &number in person.naming.keys() {
        let candidate = state.watching.watchlist.candidates().get(usize::from(number.0));
        if let Some(candidate) = candidate.filter(|_| pen.room() > Cells(1)) {
            pen.skip(1).text(&candidate.badge.to_string(), Meaning::Watch(number));
        }
    }
}

fn cells_of(text: &str) -> Cells {
    width(&Printable::new(text))
}

/// Writes a number; nothing is left free, so that what is something stands out.
fn count(number: u32) -> String {
    if number == 0 { String::new() } else { words::count(u64::from(number)) }
}
