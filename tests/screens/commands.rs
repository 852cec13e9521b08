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
