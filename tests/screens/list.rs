//! The list: what is in its rows, and what stays selected.

use super::Person;
use super::screen;
use std::fs;
use tranche::app::Msg;
use tranche::app::geometry::Focus;
use tranche::app::geometry::Size;
use tranche::corpus::MessageNo;

const DESK: &str = "election-desk.mbox";

#[test]
fn opening_a_mailbox() {
    screen!(Person::opens(DESK, 80, 24));
}

#[test]
fn opening_a_mailbox_on_a_small_screen() {
    screen!(Person::opens(DESK, 40, 12).types("jjj"));
}

#[test]
fn list_and_reader_side_by_side() {
    screen!(Person::opens(DESK, 140, 40).types("jjj"));
}

#[test]
fn an_unfolded_conversation() {
    screen!(Person::opens(DESK, 80, 24).types("jjjjjjjljj"));
}

#[test]
fn messages_latest_first() {
    screen!(Person::opens(DESK, 80, 24).types("to"));
}

#[test]
fn the_largest_conversations_first() {
    screen!(Person::opens(DESK, 80, 24).types("ooo"));
}

#[test]
fn the_end_of_the_list() {
    screen!(Person::opens(DESK, 80, 24).types("GL"));
}

#[test]
fn the_help_is_the_table_of_keys() {
    screen!(Person::opens(DESK, 80, 24).types("?"));
}

#[test]
fn a_command_that_is_not_there() {
    screen!(Person::opens(DESK, 80, 24).types(":nothing<Enter>"));
}

#[test]
fn a_message_by_its_number() {
    let person = Person::opens(DESK, 80, 24).types(":17<Enter>");
    assert_eq!(person.state.list.message(), Some(MessageNo(16)));
    let person = person.types(":9999<Enter>");
    assert_eq!(person.state.list.message(), Some(MessageNo(16)));
    assert_eq!(person.state.notice.unwrap().0, "there is no message 9,999: 291 messages");
}

#[test]
fn too_small_a_screen_says_so() {
    screen!(Person::opens(DESK, 39, 12));
}

#[test]
fn while_the_mailbox_is_read() {
    let mailbox = fs::read("sample-mbox/election-desk.mbox").unwrap();
    let mut person = Person::waits_for(DESK, mailbox, 80, 24);
    person.sees_messages(60, false);
    screen!(person);
}

/// Whatever is done to the list, the same message stays selected.
#[test]
fn the_selection_is_a_message_and_not_a_row() {
    let mut person = Person::opens(DESK, 80, 24).types(":40<Enter>");
    for keys in ["t", "o", "o", "t", "l", "L", "t", "o", "t", "H", "h"] {
        person = person.types(keys);
        assert_eq!(person.state.list.message(), Some(MessageNo(39)), "after {keys}");
        let list = &person.state.list;
        assert!((list.top()..list.top() + 22).contains(&list.selected()), "out of sight after {keys}");
    }
}

#[test]
fn the_selection_stays_while_messages_arrive() {
    let mailbox = fs::read("sample-mbox/election-desk.mbox").unwrap();
    let mut person = Person::waits_for(DESK, mailbox, 80, 24);
    person.sees_messages(30, false);
    person = person.types("jjjj");
    let selected = person.state.list.message();
    for messages in [60, 120, 240, 291] {
        person.sees_messages(messages, messages == 291);
        assert_eq!(person.state.list.message(), selected);
    }
}

/// Earlier messages may stand further down in the mailbox.
#[test]
fn what_is_read_stays_while_messages_arrive() {
    let mailbox = fs::read("sample-mbox/odd-dates.mbox").unwrap();
    let mut person = Person::waits_for("odd-dates.mbox", mailbox, 80, 24);
    person.sees_messages(1, false);
    let untouched = person.state.list.message();
    person = person.types("<Enter>");
    person.sees_messages(usize::MAX, true);
    assert_eq!(person.state.reader.shown(), untouched);
    assert_ne!(person.state.list.selected(), 0);
}

#[test]
fn any_size_at_any_moment() {
    let mut person = Person::opens(DESK, 80, 24).types("jjjlj<Enter>");
    for (width, height) in [(140, 40), (40, 12), (0, 0), (1, 1), (300, 3), (3, 300), (110, 12), (80, 24)] {
        person.hears(Msg::Resized(Size { width, height }));
        person = person.types("jjGgvvvvuzLHto<Esc><Enter>?j<Esc>:1<Enter>");
        person.sees();
    }
}

#[test]
fn the_wheel_moves_and_a_click_selects_and_opens() {
    let mut person = Person::opens(DESK, 80, 24);
    person.hears(Msg::WheelTurned { is_up: false });
    assert_eq!(person.state.list.selected(), 3);
    person.hears(Msg::Clicked { x: 10, y: 1 });
    assert_eq!((person.state.list.selected(), person.state.focus), (0, Focus::List));
    person.hears(Msg::Clicked { x: 10, y: 1 });
    assert_eq!(person.state.focus, Focus::Reader);
    person = person.types("q/a");
    person.hears(Msg::WheelTurned { is_up: false });
    person.hears(Msg::Clicked { x: 10, y: 5 });
    assert_eq!(person.state.list.selected(), 0);
}

#[test]
fn q_leaves_from_the_list_alone() {
    let person = Person::opens(DESK, 80, 24).types("<Enter>q");
    assert!(!person.has_left);
    let person = person.types("<Esc>");
    assert!(!person.has_left);
    assert!(person.types("q").has_left);
}
