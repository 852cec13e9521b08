//! A line that is slow, and one that is quiet.

use super::opened;
use super::session::QUESTION;
use super::session::Session;
use super::session::count;

/// At the end of a slow line a terminal answers once it has shown what came. Here it does not, until it is
/// told to, and so nothing depends on how fast anybody is.
#[test]
fn keys_that_are_held_down_draw_what_they_came_to() {
    let mut session = opened(80, 24, "", &[]);
    session.answers = false;
    session.written.clear();
    let mut session = session.types("\x1b[6~").sees_asked("22 of 93");
    session.written.clear();
    for _ in 0..10 {
        session = session.types("\x1b[6~\x1b[5~j");
    }
    let session = session.types("g").answers_now().sees_asked("1 of 93");
    assert_eq!(count(&session.written, QUESTION), 1, "one frame");
    assert!(session.written.len() < 2500, "{} bytes", session.written.len());
    session.answers_now().types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn a_burst_of_keys_is_one_frame() {
    let mut session = opened(80, 24, "", &[]).types("j").sees("2 of 93");
    session.written.clear();
    let session = session.types("jjjjjjjjjj").sees("12 of 93");
    assert!(session.written.len() < 300, "{} bytes", session.written.len());
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn what_changes_nothing_sends_nothing() {
    let session = opened(80, 24, "", &[]);
    let mut session = session.types("?").sees_asked("any other key").types("q").sees_asked("Enter read");
    let mut written = Vec::new();
    // The first row, again and again.
    for keys in ["", "kkggkkk"] {
        session.written.clear();
        session = session.types(keys).types("?").sees_asked("any other key");
        written.push(session.written.clone());
        session = session.types("q").sees_asked("Enter read");
    }
    assert_eq!(written[0], written[1], "the keys before wrote something");
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn the_screen_is_taken_by_the_first_frame() {
    let session = Session::run("exec tranche sample-mbox/odd-dates.mbox");
    let session = session.sees(" of ");
    let frame = String::from_utf8_lossy(&session.written).into_owned();
    assert!(frame.contains("\x1b[?1049h") && frame.matches("\x1b[2J").count() == 1, "{frame:?}");
    session.types("q").leaves_the_terminal_as_it_was();
}
