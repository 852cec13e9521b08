//! The reader: what is on its pages, and how one goes through them.

use super::Person;
use super::screen;
use std::fmt::Write as _;
use std::fs;
use tranche::corpus::MessageNo;

const DESK: &str = "election-desk.mbox";

/// Opens the first message of a mailbox.
fn reads(name: &str, keys: &str) -> Person {
    Person::opens(name, 80, 24).types("<Enter>").types(keys)
}

#[test]
fn a_message() {
    screen!(Person::opens(DESK, 80, 24).types(":40<Enter><Enter>"));
}

#[test]
fn a_message_on_a_small_screen() {
    screen!(Person::opens(DESK, 40, 12).types(":40<Enter><Enter>"));
}

#[test]
fn quotations_folded() {
    screen!(Person::opens(DESK, 80, 24).types(":40<Enter><Enter>z"));
}

#[test]
fn the_headers() {
    screen!(Person::opens(DESK, 80, 24).types(":40<Enter><Enter>v"));
}

#[test]
fn the_raw_bytes() {
    screen!(Person::opens(DESK, 80, 24).types(":40<Enter><Enter>vvv"));
}

/// Every message of every sample, in every view: nothing that could act on a terminal is drawn.
#[test]
fn nothing_drawn_holds_a_control_character() {
    for file in fs::read_dir("sample-mbox").unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".mbox") {
            continue;
        }
        let mut person = Person::opens(&name, 80, 24).types("<Enter>");
        for _ in 0..person.state.snapshot.corpus.len() {
            for view in ["v", "v", "v", "v", "u", "u", "z", "r", "G", "J"] {
                person = person.types(view);
                for cell in person.buffer().content() {
                    let is_safe = |letter: char| !letter.is_control() && !is_bidi(letter);
                    assert!(cell.symbol().chars().all(is_safe), "{:?} in {name}", cell.symbol());
                }
            }
        }
    }
}

fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[test]
fn space_reads_on_through_the_mailbox() {
    let mut person = Person::opens(DESK, 80, 24).types("<Enter>");
    let mut read = vec![person.state.list.message().unwrap()];
    for _ in 0..5000 {
        person = person.types(" ");
        let here = person.state.list.message().unwrap();
        if read.last() != Some(&here) {
            read.push(here);
        }
    }
    let count = read.len();
    read.sort_unstable();
    read.dedup();
    assert_eq!((count, read.len()), (291, 291), "each message once");
}

#[test]
fn next_and_previous_are_each_others_way_back() {
    let mut person = Person::opens(DESK, 80, 24).types("<Enter>");
    let first = person.state.list.message();
    person = person.types("JJJJJJJJJJ").types("KKKKKKKKKK");
    assert_eq!(person.state.list.message(), first);
    let thread = person.types("]]").state.list.selected_row().unwrap().thread;
    assert_eq!(thread, 2);
}

#[test]
fn the_last_of_a_hundred_thousand_lines_is_one_key_away() {
    let mut mailbox = String::from("From a@b.example Mon Mar  6 09:00:00 2017\nSubject: long\n\n");
    for line in 1..=100_000 {
        writeln!(mailbox, "line {line}").unwrap();
    }
    let mut person = Person::waits_for("long", mailbox.into_bytes(), 80, 24);
    person.sees_messages(1, true);
    let person = person.types("<Enter>G");
    assert!(person.sees().contains("line 100000\n"));
    assert!(person.sees().contains("100 %"));
    assert!(person.types("g").sees().contains("line 1\n"));
}

#[test]
fn every_recipient_can_be_seen() {
    let everyone: Vec<String> = (1..=40).map(|n| format!("Person {n} <p{n}@desk.example>")).collect();
    let mailbox = format!(
        "From a@b.example Mon Mar  6 09:00:00 2017\nFrom: a@b.example\nTo: {}\nSubject: all\n\nHello.\n",
        everyone.join(",\n ")
    );
    let mut person = Person::waits_for("all", mailbox.into_bytes(), 80, 24);
    person.sees_messages(1, true);
    let person = person.types("<Enter>");
    assert!(person.sees().contains("+38"), "{}", person.sees());
    let person = person.types("r");
    assert!(person.sees().contains("<p20@desk.example>"), "{}", person.sees());
    assert!(person.types("G").sees().contains("<p40@desk.example>"));
}

#[test]
fn an_attached_message_can_be_opened_and_left() {
    let person = reads("nested-forwards.mbox", "");
    let outer = person.state.reader.letterhead().subject().to_owned();
    let person = person.types("<Enter><Enter>");
    assert!(person.state.reader.is_within());
    assert_ne!(person.state.reader.letterhead().subject(), outer);
    let person = person.types("<Esc>");
    assert!(!person.state.reader.is_within());
    assert_eq!(person.state.reader.letterhead().subject(), outer);
}

#[test]
fn every_attached_message_can_be_opened_however_deep() {
    let mut subjects = Vec::new();
    for steps in [2, 5, 8, 10] {
        let keys = format!("vv{}<Enter>", "j".repeat(steps));
        let person = reads("nested-forwards.mbox", &keys);
        assert!(person.state.reader.is_within(), "after {keys}");
        subjects.push(person.state.reader.letterhead().subject().to_owned());
    }
    assert_eq!(subjects[2..], ["Dépêche", "Dépêche"]);
    assert_ne!(subjects[0], subjects[1]);
}

#[test]
fn the_parts() {
    screen!(reads("nested-forwards.mbox", "vvj"));
}

#[test]
fn hidden_text_and_links_are_marked() {
    screen!(reads("hidden-html.mbox", ""));
}

#[test]
fn where_the_links_lead() {
    screen!(reads("html-only.mbox", "u"));
}

#[test]
fn quotations_are_told_apart_by_depth() {
    screen!(reads("quotes.mbox", ""));
}

#[test]
fn wide_letters_take_two_cells() {
    screen!(reads("wide-characters.mbox", ""));
}

#[test]
fn what_is_odd_is_said_in_words() {
    screen!(reads("odd-dates.mbox", ""));
}

#[test]
fn a_number_goes_to_a_message_from_the_reader_too() {
    let person = reads(DESK, ":17<Enter>");
    assert_eq!(person.state.reader.shown(), Some(MessageNo(16)));
}
