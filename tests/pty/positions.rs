//! Where one was is where one is, the next time.

use super::DESK;
use super::Session;
use std::fs;

#[test]
fn the_next_session_begins_where_the_last_one_ended() {
    let data = tempfile::tempdir().unwrap();
    let command = format!("exec tranche --data {} {DESK}", data.path().display());
    let session = Session::run(&command).sees("1 of 93 conversations").types("ojjj").sees("4 of 93");
    session.types("q").leaves_the_terminal_as_it_was();
    let session = Session::run(&command).sees("4 of 93").sees("latest first");
    let session = session.types("oo").sees("largest first").types("\r").sees("Subject");
    session.gets("TERM").leaves_the_terminal_as_it_was();
    let session = Session::run(&command).sees("Subject").types("q").sees("largest first");
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn without_a_trace_nothing_is_kept() {
    let data = tempfile::tempdir().unwrap();
    let command = format!("exec tranche --no-trace --data {} {DESK}", data.path().display());
    let session = Session::run(&command).sees("1 of 93 conversations").types("jj").sees("3 of 93");
    session.types("q").leaves_the_terminal_as_it_was();
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0);
    Session::run(&command).sees("1 of 93 conversations").types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn a_citation_is_sent_to_the_clipboard_when_it_is_asked_for() {
    let session = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations");
    let session = session.types("y").sees("sent to the clipboard: election-desk.mbox, @0");
    session.types("q").leaves_the_terminal_as_it_was();
}
