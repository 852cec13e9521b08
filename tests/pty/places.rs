//! Every main screen at every size, with colours and without, is what `view` draws: the wire loses nothing.

use super::DESK;
use super::opened;
use super::session::shows;
use crate::screens::Person;

/// Keys as a terminal sends them and as [`Person`] reads them, one place after the other.
const WALK: [(&str, &str, &str); 23] = [
    ("the list", "", ""),
    ("further down", "jjjjjjj", "jjjjjjj"),
    ("an unfolded conversation", "l", "l"),
    ("a page down", "\x1b[6~", "<PgDn>"),
    ("the reader", "\r", "<Enter>"),
    ("a step in the reader", "jj", "jj"),
    ("the headers", "v", "v"),
    ("the parts", "v", "v"),
    ("the raw bytes", "v", "v"),
    ("the links", "vu", "vu"),
    ("the list again", "uq", "uq"),
    ("the candidates", "c", "c"),
    ("activity", "qa", "qa"),
    ("activity of a candidate, by month", "2h", "2h"),
    ("a stretch of it", "vj", "vj"),
    ("people", "\x1bqp", "<Esc>qp"),
    ("people in another order", "oj", "oj"),
    ("messages of one of them", "\r", "<Enter>"),
    ("all messages", "\x1b", "<Esc>"),
    ("the help", "?", "?"),
    ("commands by name", "q:he", "q:he"),
    ("the filter", "\x1b/x", "<Esc>/x"),
    ("all messages again", "\x1b", "<Esc>"),
];

#[track_caller]
fn check(cols: u16, rows: u16, arguments: &str) {
    let mut session = opened(cols, rows, arguments, &[]);
    let mut person = Person::opens("election-desk.mbox", cols, rows);
    for (place, sent, keys) in WALK {
        person = person.types(keys);
        let seen = person.sees();
        let (drawn, _) = seen.split_once("\n---").unwrap();
        let what = format!("{place} as\n{drawn}\n");
        session = session.types(sent).reads_until(&what, |screen, _| shows(screen, drawn));
        let screen = session.terminal.screen();
        let cells = (0..rows).flat_map(|y| (0..cols).filter_map(move |x| screen.cell(y, x)));
        let has_colours = cells.into_iter().any(|cell| cell.fgcolor() != vt100::Color::Default);
        assert_eq!(has_colours, arguments.is_empty(), "{place}");
    }
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn every_place_at_every_size_with_and_without_colour() {
    assert!(std::path::Path::new(DESK).exists());
    for (cols, rows) in [(80, 24), (40, 12), (200, 50)] {
        for arguments in ["", "--color never"] {
            check(cols, rows, arguments);
        }
    }
}

#[test]
fn after_many_sizes_the_last_one_is_drawn() {
    let mut session = opened(80, 24, "", &[]).types("jjj");
    for step in 0..20 {
        session = session.has_size(60 + step * 5, 20 + step);
    }
    let session = session.has_size(90, 20).types("j");
    let person = Person::opens("election-desk.mbox", 90, 20).types("jjjj");
    let seen = person.sees();
    let (drawn, _) = seen.split_once("\n---").unwrap();
    let session = session.reads_until(drawn, |screen, _| shows(screen, drawn));
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn too_small_a_terminal_is_told_what_is_needed() {
    let session = opened(80, 24, "", &[]).has_size(30, 8).sees("needs 40");
    session.has_size(80, 24).sees("1 of 93").types("q").leaves_the_terminal_as_it_was();
}
