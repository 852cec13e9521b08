//! A mailbox that another program changes while it is open.

use super::person::Person;
use std::fs;
use tranche::app::Change;
use tranche::app::Msg;
use tranche::bytes::ByteOffset;
use tranche::bytes::Loss;

const DESK: &str = "election-desk.mbox";

/// The line at the top, and the one at the bottom.
fn ends(person: &Person) -> (String, String) {
    let seen = person.sees();
    let mut lines = seen.lines().take(24);
    (lines.next().unwrap().to_owned(), lines.last().unwrap().to_owned())
}

fn cut_to(bytes: u64) -> Msg {
    Msg::MailboxChanged(Change::Lost(Loss { cut_to: Some(ByteOffset(bytes)), unreadable: Vec::new() }))
}

#[test]
fn what_is_gone_is_marked_and_said_until_that_is_dismissed() {
    let mut person = Person::opens(DESK, 80, 24);
    person.hears(cut_to(20_000));
    let (_, status) = ends(&person);
    assert!(status.contains("Esc  the file was cut to 20 KB; what ✗ marks is gone"), "{status}");
    let person = person.types("jk");
    assert!(ends(&person).1.contains("was cut to"), "it stays");
    let marked = person.sees().lines().take(23).filter(|line| line.contains('✗')).count();
    assert!((2..22).contains(&marked), "{}", person.sees());
    let mut person = person.types("<Esc>");
    assert!(!ends(&person).1.contains("was cut to") && !person.has_left);
    person.hears(cut_to(20_000));
    assert!(!ends(&person).1.contains("was cut to"), "it is no news");
}

#[test]
fn other_changes_say_what_can_be_done() {
    for (change, said) in [
        (Change::Rewritten, "the file was written to; reopen it"),
        (Change::Replaced, "another file has its name now"),
        (Change::Removed, "the file was removed; it can be read until you quit"),
        (Change::Grown(1200), "the mailbox has grown by 1.2 KB; F reads on"),
    ] {
        let mut person = Person::opens(DESK, 80, 24);
        person.hears(Msg::MailboxChanged(change));
        assert!(ends(&person).1.contains(said), "{:?}", ends(&person));
    }
}

fn following(messages: usize) -> Person {
    let mailbox = fs::read(format!("sample-mbox/{DESK}")).unwrap();
    let mut person = Person::waits_for(DESK, mailbox, 80, 24);
    person.state.can_grow = true;
    person.sees_messages(messages, true);
    person
}

#[test]
fn the_last_row_gives_way_to_what_is_appended_while_one_follows() {
    let mut person = following(100).types("tF");
    assert!(ends(&person).0.contains("following"), "{:?}", ends(&person));
    person = person.types("G");
    person.sees_messages(200, true);
    assert!(ends(&person).0.contains("200 of 200 messages"), "{:?}", ends(&person));
    person = person.types("k");
    person.sees_messages(291, true);
    assert!(!ends(&person).0.contains("291 of"), "what was chosen stays: {:?}", ends(&person));
    let person = person.types("<Esc>");
    assert!(ends(&person).1.contains("no longer following") && !ends(&person).0.contains("following"));
}

#[test]
fn who_opens_a_mailbox_to_follow_it_sees_its_end() {
    let mut person = following(0);
    person.state.is_following = true;
    person.state.snapshot.is_complete = false;
    person.sees_messages(100, false);
    person.sees_messages(200, true);
    assert!(!ends(&person).0.contains("  1 of"), "{:?}", ends(&person));
    person.sees_messages(291, true);
    let (title, _) = ends(&person.types("tG"));
    assert!(title.contains("291 of 291 messages") && title.contains("following"), "{title}");
}

#[test]
fn a_message_that_was_half_written_is_read_again() {
    let message = |words: &str| {
        format!("From a@b Mon Mar  6 09:00:00 2017\nFrom: anna@desk.example\nSubject: news\n\n{words}\n")
    };
    let whole = message("First half and Macron, second half.");
    let half = whole[..whole.len() - 14].to_owned();
    let mut person = Person::waits_for("grows", half.into_bytes(), 80, 24);
    person.state.can_grow = true;
    person.sees_messages(1, true);
    let mut person = person.types("F<Enter>");
    assert!(person.sees().contains("First half and Macron,\n"), "{}", person.sees());
    person.becomes(whole.into_bytes());
    person.sees_messages(1, true);
    assert!(person.sees().contains("First half and Macron, second half."), "{}", person.sees());
}

#[test]
fn a_packed_mailbox_cannot_be_followed() {
    let person = Person::opens(DESK, 80, 24).types("F");
    assert!(ends(&person).1.contains("only a file that is not packed can be followed"));
}
