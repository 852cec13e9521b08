//! A line that is slow, and one that is quiet.

use super::DESK;
use super::is_all_there;
use super::opened;
use super::session::QUESTION;
use super::session::Session;
use super::session::count;
use super::session::shows;
use super::slow_line::DELAY;
use super::slow_line::Event;
use super::slow_line::Ledger;
use crate::screens::Person;
use std::time::Instant;

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

#[test]
fn a_letter_of_the_filter_costs_what_its_rows_do() {
    let mut session = opened(80, 24, "", &[]).types("/").sees("Tab complete");
    let mut person = Person::opens("election-desk.mbox", 80, 24).types("/");
    let mut bytes = Vec::new();
    for letter in "from:zuzana count".chars().map(String::from) {
        session.written.clear();
        person = person.types(&letter);
        let seen = person.sees();
        let (drawn, _) = seen.split_once("\n---").unwrap();
        session = session.types(&letter).reads_until(drawn, |screen, _| shows(screen, drawn));
        bytes.push(session.written.len());
    }
    println!("a letter each: {bytes:?}");
    bytes.sort_unstable();
    assert!(bytes[bytes.len() / 2] <= 1500, "{bytes:?}");
    session.types("\x1bq").leaves_the_terminal_as_it_was();
}

/// Opens the mailbox at the far end of a slow line, and waits until nothing is on its way.
fn opened_far_away() -> (Session, Ledger) {
    let (session, ledger) = Session::run(&format!("exec tranche {DESK}")).over_a_slow_line();
    let session = session.reads_until("the whole list", |screen, _| is_all_there(screen));
    let session = session.types("?").sees_asked("any other key");
    let mut session = session.types("q").sees_asked("Enter read");
    session.written.clear();
    ledger.forget();
    (session, ledger)
}

#[test]
fn over_a_slow_line_keys_that_are_held_down_queue_up_no_frames() {
    let (mut session, ledger) = opened_far_away();
    let started = Instant::now();
    for key in ["\x1b[6~", "\x1b[5~"].iter().cycle().take(9) {
        session = session.types(key);
    }
    let session = session.types("G").sees_asked("93 of 93");
    println!("ten keys: {} bytes after {:?}", session.written.len(), started.elapsed());
    let events = ledger.events();
    let keys: Vec<Instant> =
        events.iter().filter_map(|event| if let Event::Key(at) = event { Some(*at) } else { None }).collect();
    assert_eq!(keys.len(), 10);
    // Each is answered before the next, and only the line decides how many there are meanwhile.
    assert_eq!(ledger.frames_on_their_way(), 1);
    let while_keys_came = (keys[9] - keys[0]).as_millis() / (2 * DELAY).as_millis();
    let frames = count(&session.written, QUESTION);
    assert!(frames as u128 <= 2 + while_keys_came, "{frames} frames: {events:?}");
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn over_a_slow_line_a_message_and_a_page_are_one_frame() {
    let (mut session, ledger) = opened_far_away();
    let mut person = Person::opens("election-desk.mbox", 80, 24);
    let steps = [
        ("a row down", "j", "j", 200),
        ("a page", "\x1b[6~", "<PgDn>", 2000),
        ("a message", "\r", "<Enter>", 1500),
        ("back to the list", "q", "q", 2500),
    ];
    for (what, sent, keys, at_most) in steps {
        let started = Instant::now();
        person = person.types(keys);
        let seen = person.sees();
        let (drawn, _) = seen.split_once("\n---").unwrap();
        let is_large = at_most > 400;
        session = session.types(sent).reads_until(drawn, |screen, written| {
            // The last words of a large frame are its question.
            shows(screen, drawn) && (!is_large || written.ends_with(QUESTION))
        });
        let (bytes, took) = (session.written.len(), started.elapsed());
        println!("{what}: {bytes} bytes, after {took:?}");
        assert!(bytes <= at_most, "{what}: {bytes} bytes");
        // On a machine that is busy a message may come a frame after its header.
        let frames = count(&session.written, QUESTION);
        assert!(
            frames <= usize::from(is_large) + usize::from(what == "a message"),
            "{what}: {frames} frames"
        );
        session.written.clear();
    }
    assert_eq!(ledger.frames_on_their_way(), 1);
    session.types("q").leaves_the_terminal_as_it_was();
}
