//! The words of the filter in a message so long that a worker looks for them.

use super::Session;
use std::fs;

/// A mailbox of a message of two megabytes, with two words far down in it, and one without them.
fn long_mailbox() -> String {
    let far = "nothing is said here\n".repeat(50_000);
    let head = "From a@b.example Mon Mar  6 09:00:00 2017\nFrom: a@b.example\nSubject: long\n\n";
    let other = head.replace("long", "other");
    format!("{head}{far}about the brontolith\n{far}and the second quaggamire\nend\n\n{other}nothing\n")
}

/// Returns the row on which these words are drawn reversed, as the place is that `n` has come to.
fn is_come_to(screen: &vt100::Screen, words: &str) -> bool {
    let (rows, cols) = screen.size();
    (0..rows).any(|y| {
        let cells = (0..cols).filter_map(|x| screen.cell(y, x));
        cells.filter(|cell| cell.inverse()).map(vt100::Cell::contents).collect::<String>() == words
    })
}

#[test]
fn n_comes_to_a_word_far_down_in_a_long_message() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.mbox");
    fs::write(&path, long_mailbox()).unwrap();
    let session = Session::run(&format!("exec tranche --no-trace {}", path.display()));
    let session = session.sees("1 of 2 conversations").types("/body:brontolith\r");
    let session = session.sees("/body:brontolith  1 of 2 conversations").types("\r").sees("1 hit below");
    let session = session.types("n");
    let session = session.reads_until("the first word", |screen, _| is_come_to(screen, "brontolith"));
    // Back to the list of all, where one conversation of two is listed only for what is looked for next.
    let session =
        session.sees("50 %").types("q\x1b").sees("long.mbox  1 of 2").types("/body:/qu[a-z]+mire/\r");
    let session = session.sees("mire/  1 of 2 conversations").types("\r").sees("1 hit below").types("n");
    let session = session.reads_until("the second word", |screen, _| is_come_to(screen, "quaggamire"));
    session.sees("100 %").types("qq").leaves_the_terminal_as_it_was();
}
