//! What is made by the program and lies in the tree: the pictures of the README, the manual, the completions.
//!
//! The pictures are of real runs: the program in a terminal of its own, with the sample.
//! `TRANCHE_DOCS=write cargo test --test main docs` makes all of it; without that variable it is compared with what
//! the program does now, and so cannot be of another one.

mod svg;

use crate::pty::DESK;
use crate::pty::opened;
use crate::pty::session::QUESTION;
use crate::pty::session::shows;
use crate::screens::Person;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The size of every picture.
const COLS: u16 = 80;
const ROWS: u16 = 24;

/// Where all of it lies.
const FOLDER: &str = "docs";

/// The name of a picture, and the keys that lead there: as a terminal sends them, and as [`Person`] reads them.
const PICTURES: [(&str, &str, &str); 7] = [
    ("list", "jjjjjjlj", "jjjjjjlj"),
    ("reader", ":54\r\r", ":54<Enter><Enter>"),
    ("filter", "/count desk", "/count desk"),
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

/// Holds a file to what it should be, or makes it so.
#[track_caller]
fn check(name: &str, made: &str) {
    let path = Path::new(FOLDER).join(name);
    if std::env::var_os("TRANCHE_DOCS").is_some_and(|what| what == "write") {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let how = "TRANCHE_DOCS=write cargo test --test main docs";
    assert!(kept == made, "{} is of another program; {how} makes it anew", path.display());
}

#[test]
fn the_readme_has_pictures_of_real_runs() {
    let readme = fs::read_to_string("README.md").unwrap();
    for (name, sent, keys) in PICTURES {
        check(&format!("{name}.svg"), &picture(name, sent, keys));
        assert!(readme.contains(&format!("({FOLDER}/{name}.svg)")), "the README lacks {name}.svg");
    }
}

#[test]
fn the_manual_and_the_completions_are_those_of_the_program() {
    let said = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_tranche"));
        // Nobody's configuration is in them.
        program.args(arguments).env("HOME", "").env("XDG_CONFIG_HOME", "");
        let output = program.output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    check("tranche.1", &said(&["man"]));
    for (shell, file) in [("bash", "tranche.bash"), ("zsh", "_tranche"), ("fish", "tranche.fish")] {
        check(file, &said(&["completions", shell]));
    }
}

/// What a package takes along is there.
#[test]
fn the_package_takes_what_there_is() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let assets = manifest.split("\nassets = [").nth(1).unwrap().split("\n]").next().unwrap();
    let taken: Vec<&str> = assets.lines().filter_map(|line| line.split('"').nth(1)).collect();
    assert!(taken.contains(&"target/release/tranche"));
    for path in taken.iter().filter(|path| !path.starts_with("target/")) {
        assert!(Path::new(path).is_file(), "{path}");
    }
    for name in ["tranche.1", "tranche.bash", "_tranche", "tranche.fish"] {
        assert!(taken.contains(&format!("{FOLDER}/{name}").as_str()), "{name} is left behind");
    }
}
