//! The pictures of the README, made from real runs: the program in a terminal of its own, with the sample.
//!
//! `TRANCHE_PICTURES=write cargo test --test main pictures` makes them; without that variable they are compared
//! with what the program shows now, and so cannot be of another one.

mod svg;

use crate::pty::DESK;
use crate::pty::opened;
use crate::pty::session::QUESTION;
use crate::screens::Person;
use std::fs;
use std::path::Path;

/// The size of every picture.
const COLS: u16 = 80;
const ROWS: u16 = 24;

/// Where they lie, and what is told if they are of another program.
const FOLDER: &str = "docs";
const HOW: &str = "TRANCHE_PICTURES=write cargo test --test main pictures";

/// The name of a picture, and the keys that lead there: as a terminal sends them, and as [`Person`] reads them.
const PICTURES: [(&str, &str, &str); 7] = [
    ("list", "jjjjjjlj", "jjjjjjlj"),
    ("reader", ":54\r\r", ":54<Enter><Enter>"),
    ("filter", "/hamon prim", "/hamon prim"),
    ("candidates", "cj", "cj"),
    ("activity", "a", "a"),
    ("people", "p", "p"),
    ("help", "?", "?"),
];

/// Returns a picture of what the program shows after some keys.
fn picture(name: &str, sent: &str, keys: &str) -> String {
    let seen = Person::opens("election-desk.mbox", COLS, ROWS).types(keys).sees();
    let (drawn, _) = seen.split_once("\n---").unwrap();
    let mut session =
        opened(COLS, ROWS, "", &[]).types(sent).reads_until(drawn, |screen, _| shows(screen, drawn));
    // Another size and back draws all of it afresh, with a question behind the last cell: then nothing of it is
    // still to come.
    for cols in [COLS + 1, COLS] {
        session.written.clear();
        session = session.has_size(cols, ROWS);
        session = session.reads_until("a whole frame", |screen, written| {
            written.ends_with(QUESTION) && (cols != COLS || shows(screen, drawn))
        });
    }
    svg::drawn(session.terminal.screen(), &format!("tranche {DESK}: {name}"))
}

fn shows(screen: &vt100::Screen, drawn: &str) -> bool {
    let rows: Vec<String> = screen.rows(0, COLS).collect();
    let lines: Vec<&str> = drawn.lines().collect();
    (0..usize::from(ROWS)).all(|row| rows[row].trim_end() == lines.get(row).unwrap_or(&"").trim_end())
}

#[test]
fn the_readme_has_pictures_of_real_runs() {
    let readme = fs::read_to_string("README.md").unwrap();
    for (name, sent, keys) in PICTURES {
        let path = Path::new(FOLDER).join(name).with_extension("svg");
        let picture = picture(name, sent, keys);
        if std::env::var_os("TRANCHE_PICTURES").is_some_and(|what| what == "write") {
            fs::write(&path, &picture).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == picture, "{} is of another program; {HOW} makes it anew", path.display());
        assert!(readme.contains(&format!("({})", path.display())), "the README lacks {}", path.display());
    }
}
