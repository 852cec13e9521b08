//! The screen of activity: one bar a day, month or year.

use super::pen::Canvas;
use crate::app::State;
use crate::app::activity::Activity;
use crate::app::geometry::Area;
use crate::app::meaning::Meaning;
use crate::app::survey::Days;
use crate::app::survey::Period;
use crate::app::survey::PeriodRow;
use crate::app::words;

/// The marker and a blank.
const MARKER_CELLS: u16 = 2;

/// `2017-02-01 Wed` and blanks behind it.
const DAY_CELLS: u16 = 16;

/// `2017-02` and blanks behind it.
const MONTH_CELLS: u16 = 9;

/// A number with its thousands apart.
const NUMBER_CELLS: u16 = 9;

/// Above the rows: what they are.
const ROWS_ABOVE: usize = 1;

/// Below them: what stands on no day.
const ROWS_BELOW: usize = 1;

/// The signs of a bar, by the eighths of a cell that they fill.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Returns how many rows of bars are seen in an area.
pub fn height(area: Area) -> usize {
    area.rows().saturating_sub(ROWS_ABOVE + ROWS_BELOW).max(1)
}

/// Draws it.
pub fn draw(state: &State, activity: &Activity, area: Area, canvas: &mut Canvas<'_>) {
    let Some(days) = activity.days() else {
        canvas.row(area, 0).skip(MARKER_CELLS).text("counting…", Meaning::Progress);
        return;
    };
    draw_head(state, activity, area, canvas);
    let largest = activity.rows().iter().map(|row| messages(*row)).max().unwrap_or(0).max(1);
    let height = height(area);
    let top =
        activity.selected().saturating_sub(height / 2).min(activity.rows().len().saturating_sub(height));
    for (line, (place, row)) in activity.rows().iter().enumerate().skip(top).take(height).enumerate() {
        let row = Row { activity, place, row: *row, largest };
        row.draw(area, line + ROWS_ABOVE, canvas);
    }
    draw_foot(days, area, canvas);
}

fn draw_head(state: &State, activity: &Activity, area: Area, canvas: &mut Canvas<'_>) {
    let what = format!("messages by {}", activity.step().word());
    let mut pen = canvas.row(area, 0);
    pen.skip(MARKER_CELLS).text(&what, Meaning::Quiet);
    let chosen = activity
        .candidate()
        .and_then(|number| Some((number, state.watching.watchlist.candidates().get(usize::from(number.0))?)));
    if let Some((number, candidate)) = chosen {
        pen.text(", naming ", Meaning::Quiet).text(&candidate.name, Meaning::Watch(number));
        pen.text(" ", Meaning::Quiet).text("█", Meaning::Watch(number)).text(" of ", Meaning::Quiet);
        pen.text("░", Meaning::Count).text(" all", Meaning::Quiet);
    }
}

/// Says what stands on no day, or on one that is doubtful.
fn draw_foot(days: &Days, area: Area, canvas: &mut Canvas<'_>) {
    let mut said = Vec::new();
    if days.undated > 0 {
        said.push(format!("{} without a date", words::counted(days.undated, "message")));
    }
    if days.impossible > 0 {
        said.push(format!(
            "{} with a date that cannot be true, counted by the separator's",
            words::counted(days.impossible, "message")
        ));
    }
    if days.all().is_empty() && said.is_empty() {
        said.push("no message is listed".to_owned());
    }
    let last = area.rows().saturating_sub(1);
    canvas.row(area, last).skip(MARKER_CELLS).text(&said.join("; "), Meaning::Odd);
}

fn messages(row: PeriodRow) -> u64 {
    match row {
        PeriodRow::Period { messages, .. } => messages,
        PeriodRow::Gap(_) => 0,
    }
}

/// One row, and what is needed to draw it.
struct Row<'a> {
    activity: &'a Activity,
    place: usize,
    row: PeriodRow,
    largest: u64,
}

impl Row<'_> {
    fn draw(&self, area: Area, line: usize, canvas: &mut Canvas<'_>) {
        let is_selected = self.activity.stretch().contains(&self.place);
        let mut pen = canvas.row(area, line);
        match is_selected {
            true => pen.column("▌", MARKER_CELLS, Meaning::Selected),
            false => pen.skip(MARKER_CELLS),
        };
        let (period, messages, naming) = match self.row {
            PeriodRow::Period { period, messages, naming } => (period, messages, naming),
            PeriodRow::Gap(periods) => {
                let words = words::counted(periods, self.activity.step().word());
                pen.text(&format!("⋯ {words} without a message"), Meaning::Quiet);
                return;
            }
        };
        let meaning = if is_selected { Meaning::Selected } else { Meaning::Plain };
        pen.column(&label(period), self.label_cells(), meaning);
        let numbers = if self.activity.candidate().is_some() { 2 } else { 1 };
        let room = pen.room().as_u16().saturating_sub(numbers * NUMBER_CELLS + 1);
        self.draw_bar(room, messages, naming, &mut pen);
        if let Some(number) = self.activity.candidate() {
            let meaning = if naming > 0 { Meaning::Watch(number) } else { Meaning::Quiet };
            pen.column_right(&words::count(naming), NUMBER_CELLS, meaning);
        }
        let meaning = if messages > 0 { Meaning::Count } else { Meaning::Quiet };
        pen.column_right(&words::count(messages), NUMBER_CELLS, meaning);
    }

    fn label_cells(&self) -> u16 {
        match self.row {
            PeriodRow::Period { period: Period::Day(_), .. } => DAY_CELLS,
            _ => MONTH_CELLS,
        }
    }

    /// Draws the messages as a bar; of those that name the candidate the beginning of it.
    fn draw_bar(&self, room: u16, messages: u64, naming: u64, pen: &mut super::pen::Pen<'_, '_>) {
        let eighths = |number: u64| (number * u64::from(room) * 8).div_ceil(self.largest);
        let Some(candidate) = self.activity.candidate() else {
            pen.column(&bar(eighths(messages)), room, Meaning::Count);
            return;
        };
        let cells = |number: u64| eighths(number).div_ceil(8) as usize;
        let (named, all) = (cells(naming), cells(messages));
        let start = pen.x();
        pen.text(&"█".repeat(named), Meaning::Watch(candidate));
        pen.text(&"░".repeat(all.saturating_sub(named)), Meaning::Count);
        pen.skip(start.saturating_add(room).saturating_sub(pen.x()));
    }
}

/// Returns a bar of so many eighths of a cell; what is not nothing is seen.
fn bar(eighths: u64) -> String {
    let (whole, part) = (eighths / 8, eighths % 8);
    "█".repeat(whole as usize) + EIGHTHS[part as usize]
}

fn label(period: Period) -> String {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let weekday = period.weekday().and_then(|weekday| WEEKDAYS.get(weekday as usize));
    weekday.map_or_else(|| period.to_string(), |weekday| format!("{period} {weekday}"))
}
