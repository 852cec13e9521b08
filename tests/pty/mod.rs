//! The program in a terminal of its own: it opens, it leaves, the terminal is as it was.

mod changing;
mod ends;
mod kinds;
mod link;
mod places;
mod positions;
pub(crate) mod session;
mod slow_line;
mod words;

use session::Session;

pub(crate) const DESK: &str = "sample-mbox/election-desk.mbox";

/// Opens the mailbox, and waits until every message has been searched.
pub(crate) fn opened(cols: u16, rows: u16, arguments: &str, variables: &[(&str, &str)]) -> Session {
    let session = Session::run_at(&format!("exec tranche {DESK} {arguments}"), cols, rows, variables);
    session.reads_until("the whole list", |screen, _| is_all_there(screen))
}

/// Returns whether the mailbox has been read and searched.
fn is_all_there(screen: &vt100::Screen) -> bool {
    let title = screen.rows(0, screen.size().1).next().unwrap_or_default();
    title.contains("of 93") && !["indexing", "naming", " %"].iter().any(|words| title.contains(words))
}

#[test]
fn every_message_is_searched_in_the_background() {
    let person = Session::run(&format!("tranche {DESK}")).sees("L F M H J").types("c").sees("searched 290");
    person.types("qq").leaves_the_terminal_as_it_was();
}

#[test]
fn it_opens_and_reads_and_leaves() {
    let session = Session::run(&format!("exec tranche {DESK}"));
    let session = session.sees("1 of 93 conversations").types("jj\r").sees("Hélène Vasseur-Kerr <");
    let session = session.types("q").sees("3 of 93 conversations").types("q");
    assert!(session.leaves_the_terminal_as_it_was().0.success());
}

#[test]
fn what_is_pasted_goes_into_the_line() {
    let session = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations");
    let session = session.types("/\x1b[200~from:zuzana q\x1b[201~").sees("/from:zuzana q");
    session.types("\x1bq").leaves_the_terminal_as_it_was();
}

#[test]
fn the_mailbox_may_come_from_a_pipe_and_keys_from_the_terminal() {
    let session = Session::run(&format!("cat {DESK} | tranche -"));
    session.sees("1 of 93 conversations").types("jq").leaves_the_terminal_as_it_was();
}

#[test]
fn without_a_terminal_it_says_so() {
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_tranche")).arg(DESK).output().unwrap();
    assert_eq!(program.status.code(), Some(1));
    let said = String::from_utf8(program.stderr).unwrap();
    assert!(said.contains("standard output is not a terminal"), "{said}");
}
