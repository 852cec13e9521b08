//! The scroll bar of the reader: where one is in a message, and where its hits lie out of sight.

use super::Person;
use tranche::app::Msg;
use tranche::app::geometry::Size;

/// Opens a message of so many lines, each with these words where `words` has some for it.
fn reads(lines: usize, width: u16, words: impl Fn(usize) -> Option<&'static str>) -> Person {
    let body: String = (1..=lines).map(|line| format!("{}\n", words(line).unwrap_or("nothing"))).collect();
    let mailbox = format!("From a@b.example Mon Mar  6 09:00:00 2017\nSubject: bar\n\n{body}");
    let mut person = Person::waits_for("bar", mailbox.into_bytes(), width, 24);
    person.sees_messages(1, true);
    person.types("<Enter>")
}

fn few(line: usize) -> Option<&'static str> {
    match line {
        60 => Some("Le Pen"),
        61 => Some("Fillon"),
        185 => Some("Fillon"),
        _ => None,
    }
}

/// The end of the title line, and what is marked in it.
fn bar(person: &Person) -> String {
    let sees = person.sees();
    let title = sees.lines().next().unwrap();
    let cells = if person.state.size.width < 60 { 8 } else { 12 };
    title.chars().skip(usize::from(person.state.size.width) - 1 - cells).collect()
}

#[test]
fn a_message_that_is_seen_as_a_whole_has_no_bar() {
    assert_eq!(bar(&reads(10, 80, few)), "");
    assert_eq!(bar(&reads(200, 80, few).types("q")).trim_start(), "oldest first");
    assert_eq!(bar(&reads(200, 80, few).types("?")).trim_start(), "keys");
}

#[test]
fn the_bar_has_the_badges_of_hits_out_of_sight() {
    let person = reads(200, 80, few);
    assert_eq!(bar(&person), "█··L·······F");
    let person = person.types("  ");
    assert_eq!(bar(&person), "··█L·······F", "{}", person.sees());
    let person = person.types("n");
    assert_eq!(bar(&person), "···█·······F", "what is seen is not hinted at: {}", person.sees());
    let person = person.types("G");
    assert_eq!(bar(&person), "···L·······█", "{}", person.sees());
    let person = person.types("gv");
    assert_eq!(bar(&person).trim_start(), "headers", "seen as a whole");
}

#[test]
fn a_hit_that_the_thumb_hides_stands_on_it() {
    let person = reads(3000, 80, |line| (line == 100).then_some("Macron"));
    assert_eq!(bar(&person), "M···········");
    assert!(person.sees().contains(" 1 watch-here M\n"), "{}", person.sees());
    let person = person.types("n");
    assert_eq!(bar(&person), "█···········");
    assert_eq!(bar(&person.types("G")), "M··········█");
}

#[test]
fn words_of_the_filter_are_stars() {
    let person = reads(200, 80, |line| (line == 120).then_some("brontolith").or(few(line)));
    let person = person.types("q/body:bronto<Enter><Enter>");
    assert_eq!(bar(&person), "█··L···*···F");
}

#[test]
fn a_narrow_screen_has_a_shorter_one() {
    let mut person = reads(200, 40, few);
    assert_eq!(bar(&person), "█·L····F");
    person.hears(Msg::Resized(Size { width: 140, height: 40 }));
    assert_eq!(bar(&person), "██·L·······F");
}

/// The longer message is not laid out for it, and its bar is that of the shorter one.
#[test]
fn the_bar_of_a_long_message_is_by_its_bytes() {
    let long = |line: usize| (line % 50_000 == 26_000).then_some("Hamon   ");
    let person = reads(100_000, 80, long);
    assert_eq!(bar(&person), "█··H·····H··");
    assert!(person.state.reader.page().laid_out() < 6);
    assert_eq!(bar(&person.types("nn")), "···H·····█··");
    assert_eq!(bar(&reads(1000, 80, |line| (line % 500 == 260).then_some("Hamon"))), "█··H·····H··");
}
