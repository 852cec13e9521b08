//! The list: a row a conversation or message, in columns.

use super::badges;
use super::found;
use super::pen::Canvas;
use super::pen::Pen;
use super::people;
use crate::app::State;
use crate::app::columns::Column;
use crate::app::dates::Dates;
use crate::app::filter::nothing_found;
use crate::app::geometry::Area;
use crate::app::geometry::Focus;
use crate::app::list::Entry;
use crate::app::list::Row;
use crate::app::list::RowKind;
use crate::app::meaning::Meaning;
use crate::app::words;

/// In a narrower list a date is the day alone, and the title says the minute of what is selected: the
/// subject says more of what to open, and over a slow line a page of minutes is half as long as its names.
pub(super) const MINUTES_FROM_CELLS: u16 = 100;

/// Between two columns.
const GAP_CELLS: u16 = 2;

/// For each level of the tree there must be so many cells on a row: its writer and subject stay in sight.
const CELLS_A_LEVEL: usize = 7;

/// A message of a mailbox of ten million.
const NUMBER_CELLS: u16 = 8;

/// `999 KB`, as the sizes of messages are written.
const SIZE_CELLS: u16 = 6;

/// The marker of the selected row, and the blank behind it.
const MARKER_CELLS: u16 = 2;

/// How wide the columns are, 0 for one that is not shown; the subject has the rest.
#[derive(Clone, Copy, Debug)]
struct Widths<'a> {
    dates: &'a Dates,
    has_minutes: bool,
    has_subject: bool,
    number: u16,
    date: u16,
    who: u16,
    count: u16,
    size: u16,
    /// At most; what a row does not need of it, its subject has.
    badges: u16,
    /// What a subject leaves free for badges on every row, so that they are found at a glance.
    free: u16,
    /// How many levels of the tree are drawn; the same on every row, whatever its badges.
    levels: usize,
}

impl<'a> Widths<'a> {
    fn of(state: &'a State, area: Area) -> Self {
        let dates = &state.dates;
        let has_minutes = area.width >= MINUTES_FROM_CELLS;
        let (who, count, badges, free) = match area.width {
            0..60 => (11, 3, 8, 0),
            60..80 => (18, 3, 10, 0),
            80..100 => (19, 4, 14, 8),
            _ => (26, 4, 20, 8),
        };
        let has_badges =
            state.columns.has(Column::Badges) && !state.watching.watchlist.candidates().is_empty();
        let shown = |column, cells| if state.columns.has(column) { cells } else { 0 };
        let date = if has_minutes { dates.minute_cells() } else { dates.day_cells() };
        let (number, date) = (shown(Column::Number, NUMBER_CELLS), shown(Column::Date, date));
        let before: u16 =
            [number, date].iter().filter(|&&cells| cells > 0).map(|cells| cells + GAP_CELLS).sum();
        let room = area.width.saturating_sub(MARKER_CELLS + before);
        Self {
            dates,
            has_minutes,
            has_subject: state.columns.has(Column::Subject),
            number,
            date,
            who: shown(Column::Who, who),
            count: shown(Column::Count, count),
            size: shown(Column::Size, SIZE_CELLS),
            badges: shown(Column::Badges, badges),
            free: if has_badges { free } else { 0 },
            levels: usize::from(room) / CELLS_A_LEVEL,
        }
    }
}

/// Draws the rows that are seen.
pub fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let widths = Widths::of(state, area);
    let seen = state.list.rows().iter().enumerate().skip(state.list.top()).take(area.rows());
    for (screen_row, (place, &row)) in seen.enumerate() {
        let selected = (place == state.list.selected()).then_some(match state.focus {
            Focus::List => Meaning::Selected,
            Focus::Reader => Meaning::Title,
        });
        if row.kind == RowKind::Rule {
            let looser = words::count(state.list.looser() as u64);
            let mut pen = canvas.row(area, screen_row);
            pen.skip(MARKER_CELLS).text(&format!("── looser matches ({looser}) ──"), Meaning::Quiet);
            continue;
        }
        let named = state.watching.badges(row, &state.snapshot.forest);
        let shown = badges::shown(&named, widths.badges);
        let badge_cells = badges::cells_of(&shown) as u16;
        draw_badges(&shown, badge_cells, area, screen_row, canvas);
        let taken = if badge_cells > 0 { badge_cells + GAP_CELLS } else { 0 };
        let taken = taken.max(widths.free);
        let mut pen = canvas.row(Area { width: area.width.saturating_sub(taken), ..area }, screen_row);
        match selected {
            Some(meaning) => pen.column("▌", MARKER_CELLS - 1, meaning),
            None => pen.skip(MARKER_CELLS - 1),
        };
        let forest = &state.snapshot.forest;
        let shown = state.list.message_of(forest, row);
        let is_sign_due = found::is_marked_in_its_thread(&state.list, row, shown);
        let range = shown.and_then(|number| state.snapshot.corpus.get(number)).map(|kept| kept.range());
        if range.is_some_and(|range| state.loss.touches(range)) {
            pen.column("✗", 1, Meaning::Odd);
        } else {
            pen.column(if is_sign_due { "•" } else { "" }, 1, Meaning::Match);
        }
        let entry = Entry::of(row, &state.snapshot.corpus, forest, shown);
        let found = found::Letters::of(&state.filter, &entry);
        draw_entry(&mut pen, row, &entry, &found, selected, widths);
    }
    if state.list.rows().is_empty() {
        if state.filter.query().is_some() && state.snapshot.is_complete {
            let messages = state.snapshot.corpus.len();
            for (row, line) in
                nothing_found(&state.filter, messages, state.watching.unsearchable()).iter().enumerate()
            {
                canvas.row(area, row + 1).skip(MARKER_CELLS).text(line, Meaning::Quiet);
            }
            return;
        }
        let words = if state.snapshot.is_complete { "no messages" } else { "reading…" };
        canvas.row(area, 1).skip(MARKER_CELLS).text(words, Meaning::Quiet);
    }
}

/// Draws the badges at the end of a row.
fn draw_badges(shown: &[badges::Shown], cells: u16, area: Area, row: usize, canvas: &mut Canvas<'_>) {
    let mut pen = canvas.row(area, row);
    pen.skip(area.width.saturating_sub(cells + 1));
    for (candidate, words) in shown {
        pen.text(words, candidate.map_or(Meaning::Quiet, Meaning::Watch)).skip(1);
    }
}

fn draw_entry(
    pen: &mut Pen<'_, '_>,
    row: Row,
    entry: &Entry<'_>,
    found: &found::Letters,
    selected: Option<Meaning>,
    widths: Widths<'_>,
) {
    draw_number_and_date(pen, entry, widths);
    if row.kind == RowKind::Branch {
        draw_branch(pen, row, entry, found, selected, widths);
        return;
    }
    if widths.who > 0 {
        draw_who(pen, entry, found, widths);
    }
    if widths.count > 0 {
        let count = if entry.messages > 1 { words::count(entry.messages as u64) } else { String::new() };
        pen.skip(1).column_right(&count, widths.count, Meaning::Count);
    }
    if widths.size > 0 {
        let size = entry.message.map(|kept| words::size(kept.range().len())).unwrap_or_default();
        pen.skip(1).column_right(&size, widths.size, Meaning::Quiet);
    }
    pen.skip(GAP_CELLS);
    if !widths.has_subject {
        return;
    }
    match entry.subject {
        Some("") => pen.text("(no subject)", Meaning::Quiet),
        Some(subject) => draw_subject(pen, subject, found, selected),
        None => pen.text("not in this mailbox", Meaning::Quiet),
    };
}

fn draw_number_and_date(pen: &mut Pen<'_, '_>, entry: &Entry<'_>, widths: Widths<'_>) {
    if widths.number > 0 {
        let number = entry.message.map(|kept| kept.number().to_string()).unwrap_or_default();
        pen.column_right(&number, widths.number, Meaning::Quiet).skip(GAP_CELLS);
    }
    if widths.date > 0 {
        let written = |date| match widths.has_minutes {
            true => widths.dates.minute(date),
            false => widths.dates.day(date),
        };
        let date = entry.date.map(written).unwrap_or_default();
        pen.column(&date, widths.date, Meaning::Quiet).skip(GAP_CELLS);
    }
}

fn draw_who(pen: &mut Pen<'_, '_>, entry: &Entry<'_>, found: &found::Letters, widths: Widths<'_>) {
    match entry.who {
        Some(who) => {
            let shown = people::shown(who, widths.who);
            let start = pen.x();
            pen.column(&shown, widths.who, Meaning::Plain);
            pen.mark(start, &shown, widths.who, &found.in_name(people::name(who.first), &shown))
        }
        None => pen.column("⋯", widths.who, Meaning::Quiet),
    };
}

fn draw_subject<'pen, 'a, 'b>(
    pen: &'pen mut Pen<'a, 'b>,
    subject: &str,
    found: &found::Letters,
    selected: Option<Meaning>,
) -> &'pen mut Pen<'a, 'b> {
    let (start, room) = (pen.x(), pen.room().as_u16());
    pen.text(subject, selected.unwrap_or_default());
    pen.mark(start, subject, room, found.in_subject())
}

/// Draws a reply: the tree in front of its writer, and its subject where that is news.
fn draw_branch(
    pen: &mut Pen<'_, '_>,
    row: Row,
    entry: &Entry<'_>,
    found: &found::Letters,
    selected: Option<Meaning>,
    widths: Widths<'_>,
) {
    let start = pen.x();
    pen.text(&guides(row, widths.levels), Meaning::Quiet);
    let (who, meaning) = match entry.who {
        Some(who) => (people::name(who.first), Meaning::Plain),
        None => ("⋯", Meaning::Quiet),
    };
    let (place, room) = (pen.x(), pen.room().as_u16());
    pen.text(who, selected.unwrap_or(meaning));
    pen.mark(place, who, room, &found.in_name(who, who));
    if let Some(subject) = entry.subject {
        let in_its_column = start + widths.who + 1 + widths.count + GAP_CELLS;
        let gap = in_its_column.saturating_sub(pen.x()).max(GAP_CELLS);
        draw_subject(pen.skip(gap), subject, found, selected);
    }
}

/// Returns the lines of the tree before a row.
///
/// At most `most` levels fit. A deeper row stands in a tree of its own, behind the depth at which that
/// begins (`8›`): what is drawn below each other then still belongs below each other.
fn guides(row: Row, most: usize) -> String {
    let depth = row.depth as usize - 1;
    let most = most.max(2);
    let begins = depth - depth % most;
    let mut drawn = if begins > 0 { format!("{begins}›") } else { String::new() };
    for level in (1..=depth % most).rev() {
        let goes_on = row.guides & (1 << level) != 0;
        drawn.push_str(if goes_on { "│ " } else { "  " });
    }
    drawn.push_str(if row.guides & 1 != 0 { "├─" } else { "└─" });
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::threads::ContainerNo;

    #[track_caller]
    fn check(depth: u32, bits: u16, expected: &str) {
        let row = Row { container: ContainerNo(0), thread: 0, depth, guides: bits, kind: RowKind::Branch };
        assert_eq!(guides(row, 4), expected);
    }

    #[test]
    fn the_tree_is_drawn_as_it_is_however_deep() {
        check(1, 0b1, "├─");
        check(1, 0b0, "└─");
        check(2, 0b01, "  ├─");
        check(3, 0b010, "  │ └─");
        check(4, 0b1000, "│     └─");
        check(5, 0b1111, "4›├─");
        check(6, 0b1110, "4›│ └─");
        check(1_000_000, 0, "999996›      └─");
    }
}
