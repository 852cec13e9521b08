//! The screens of activity and people.

use super::Person;
use super::screen;

const DESK: &str = "election-desk.mbox";

#[test]
fn activity_by_day() {
    screen!(Person::opens(DESK, 80, 24).types("a"));
}

#[test]
fn activity_by_month_of_one_candidate() {
    screen!(Person::opens(DESK, 80, 24).types("ah1"));
}

#[test]
fn activity_on_a_small_screen() {
    screen!(Person::opens(DESK, 40, 12).types("a2"));
}

#[test]
fn a_stretch_of_time_narrows_the_list() {
    let person = Person::opens(DESK, 80, 24).types("ahvj<Enter>");
    assert_eq!(person.state.filter.line(), "date:2017-01..2017-02");
    assert!(person.sees().contains("22 of 93 conversations"), "{}", person.sees());
    let activity = person.types("a");
    assert!(!activity.sees().contains("2017-03"), "{}", activity.sees());
}

#[test]
fn a_stretch_is_given_up_before_the_screen_is() {
    let person = Person::opens(DESK, 80, 24).types("avj<Esc>");
    assert!(person.sees().contains("messages by day"));
    assert!(!person.types("<Esc>").sees().contains("messages by day"));
}

#[test]
fn activity_of_dates_that_cannot_be_true() {
    screen!(Person::opens("odd-dates.mbox", 80, 24).types("a"));
}

#[test]
fn the_people() {
    screen!(Person::opens(DESK, 80, 24).types("p"));
}

#[test]
fn the_people_on_a_small_screen() {
    screen!(Person::opens(DESK, 40, 12).types("poo"));
}

#[test]
fn a_person_narrows_the_list_to_all_that_they_wrote_or_were_written() {
    let person = Person::opens(DESK, 80, 24).types("pj<Enter>");
    assert!(person.sees().contains("/with:"), "{}", person.sees());
}

#[test]
fn what_is_counted_is_what_is_listed() {
    let person = Person::opens(DESK, 80, 24).types("/from:hrubá<Enter>p");
    let people = person.sees();
    let first = people.lines().nth(2).unwrap();
    assert!(first.contains("Zuzana Hrubá"), "{people}");
    let sent: u64 = first.split_whitespace().rev().find_map(|word| word.parse().ok()).unwrap();
    let listed = person.types("qt").sees();
    assert!(listed.contains(&format!("{sent} of 291 messages")), "{people}{listed}");
}

#[test]
fn what_is_open_is_counted_again_when_all_is_known() {
    for keys in ["a", "p"] {
        let mailbox = std::fs::read(format!("sample-mbox/{DESK}")).unwrap();
        let mut early = Person::waits_for(DESK, mailbox, 80, 24);
        early.sees_messages(50, false);
        let mut early = early.types(keys);
        let before = early.sees();
        early.sees_messages(usize::MAX, true);
        assert_ne!(early.sees(), before, "{keys}");
        assert_eq!(early.sees(), Person::opens(DESK, 80, 24).types(keys).sees(), "{keys}");
    }
}
