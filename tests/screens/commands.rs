//! Commands by name, and keys that a person changed.

use super::person::Person;
use super::screen;
use tranche::app::Key;
use tranche::app::keymap;

const DESK: &str = "election-desk.mbox";

#[test]
fn commands_are_offered_as_their_names_are_typed() {
    screen!(Person::opens(DESK, 80, 24).types(":un<Down>"));
    screen!(Person::opens(DESK, 40, 12).types(":th"));
}

#[test]
fn a_command_is_run_by_letters_of_its_name() {
    let person = Person::opens(DESK, 80, 24).types(":unfa<Enter>");
    assert!(person.sees().contains("├─"), "{}", person.sees());
    let person = person.types("<Enter>:hea<Tab><Enter>");
    assert!(person.sees().contains("Message-ID"), "{}", person.sees());
    let person = person.types(":latest<Enter>");
    assert!(person.sees().contains("no command is called latest; ? shows the keys"));
    assert!(person.types(":q<Enter>").has_left);
}

#[test]
fn a_command_for_another_place_is_obeyed_there() {
    let person = Person::opens(DESK, 80, 24).types(":links<Enter>");
    assert!(person.sees().contains("links is for a message that is open"));
    let person = person.types("<Enter>:order<Enter>");
    assert!(person.sees().contains("latest first"), "{}", person.sees());
}

#[test]
fn keys_that_a_person_changed_are_the_keys() {
    let mut person = Person::opens(DESK, 80, 24);
    let rebind = |person: &mut Person, name: &str, keys: &[Key]| {
        person.state.keymap.set(keymap::named(name).unwrap(), keys.to_vec());
    };
    rebind(&mut person, "down", &[Key::Char('n')]);
    rebind(&mut person, "next-hit", &[Key::Char('j'), Key::Tab]);
    rebind(&mut person, "quit", &[]);
    let person = person.types("nn");
    assert!(person.sees().contains("3 of 93"), "{}", person.sees());
    let seen = person.sees();
    let status = seen.lines().nth(23).unwrap();
    assert!(status.contains("j hit") && !status.contains("quit"), "{status}");
    screen!(person.types("?nnnn"));
}

#[test]
fn the_sample_says_what_there_is_to_see() {
    let mut person = Person::opens(DESK, 80, 24);
    person.state.greet();
    let status = |person: &Person| person.sees().lines().nth(23).unwrap().to_owned();
    let greeting = " letters at the right say who is named; n goes there, c counts, ? helps";
    assert_eq!(status(&person), greeting);
    assert!(status(&person.types("j")).starts_with(" Enter read"));
    let mut person = Person::opens(DESK, 80, 24);
    person.state.keymap.set(keymap::named("candidates").unwrap(), Vec::new());
    person.state.greet();
    assert!(status(&person).starts_with(&greeting.replace(", c counts", "")));
}

/// The screens that lie on top have no keys of their own.
#[test]
fn keys_that_a_person_changed_are_those_of_every_screen() {
    let mut person = Person::opens(DESK, 80, 24);
    let keys =
        [("down", 'e'), ("open", 'i'), ("back", 'w'), ("order", 's'), ("unfold", 'r'), ("stretch", 'x')];
    for (name, key) in keys {
        person.state.keymap.set(keymap::named(name).unwrap(), vec![Key::Char(key)]);
    }
    person.state.keymap.set(keymap::named("recipients").unwrap(), Vec::new());
    person.state.keymap.set(keymap::named("narrow").unwrap(), vec![Key::Char('A'), Key::Char('B')]);
    let status = |person: &Person| person.sees().lines().nth(23).unwrap().to_owned();
    let person = person.types("c");
    assert!(status(&person).starts_with(" e k move  i list them  w back  ? keys"), "{}", status(&person));
    let person = person.types("ei");
    assert_eq!(person.state.filter.line(), "candidate:F");
    let person = person.types("cB");
    assert_eq!(person.state.filter.line(), "", "the second candidate, and back");
    let person = person.types("c1q");
    assert!(person.sees().contains("candidates\n"), "neither 1 nor q means anything there now");
    let person = person.types("wa");
    assert!(status(&person).starts_with(" e k move  x stretch  r h days, years  i list these  w back"));
    let person = person.types("B1");
    assert!(person.sees().contains("naming François Fillon"), "{}", person.sees());
    let person = person.types("B");
    assert!(!person.sees().contains("naming"), "{}", person.sees());
    let person = person.types("wp");
    assert!(status(&person).starts_with(" e k move  s order  i list their messages  w back"));
    assert!(person.types("w").state.layers.is_empty());
}

#[test]
fn help_and_the_other_screens_are_one_key_away_from_a_screen() {
    let person = Person::opens(DESK, 80, 24).types("cj?");
    assert!(person.sees().contains("any other key"), "{}", person.sees());
    let person = person.types("x");
    assert!(person.sees().contains("▌ F François Fillon"), "{}", person.sees());
    let person = person.types("a");
    assert!(person.sees().lines().next().unwrap().ends_with("activity"), "{}", person.sees());
    let person = person.types("p?qc");
    assert!(person.sees().lines().next().unwrap().ends_with("candidates"), "{}", person.sees());
    assert!(person.types("q").state.layers.is_empty());
}
