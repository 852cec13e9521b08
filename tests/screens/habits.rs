//! Somebody who comes from vi, less or mutt finds the way without the help.

use super::person::Person;

const DESK: &str = "election-desk.mbox";

/// Types keys, and expects words on the screen.
#[track_caller]
fn check(steps: &[(&str, &str)]) {
    let mut person = Person::opens(DESK, 80, 24);
    for (keys, expected) in steps {
        person = person.types(keys);
        assert!(person.sees().contains(expected), "{keys} and not {expected}\n{}", person.sees());
    }
}

#[test]
fn from_vi() {
    check(&[
        ("jj", "3 of 93"),
        ("k", "2 of 93"),
        ("G", "93 of 93"),
        ("gg", "1 of 93"),
        ("<C-f>", "22 of 93"),
        ("<C-b>", "1 of 93"),
        ("<C-d>", "11 of 93"),
        ("<C-u>", "1 of 93"),
        ("/hexa<Enter>", "of 93 conversations"),
        ("<Esc>n", "a désigné Benoît Hamon"),
        ("nN", "a désigné Benoît Hamon"),
        ("q", "Enter read"),
        ("d", "nothing is deleted: the mailbox is only read"),
        ("<C-e>", "j is a line down, k a line up"),
        ("Z", "q quits"),
        ("e", "e does nothing here; ? shows the keys"),
        ("j", "Enter read"),
    ]);
    assert!(Person::opens(DESK, 80, 24).types(":q<Enter>").has_left);
    assert!(Person::opens(DESK, 80, 24).types(":x<Enter>").has_left);
}

#[test]
fn from_mutt() {
    check(&[
        ("jj", "3 of 93"),
        ("<Enter>", "Subject"),
        (" ", "3 of 93"),
        ("-", "Maxence"),
        ("i", "q goes back to the list"),
        ("q", "Enter read"),
        ("gl", "there is nothing to unfold; / narrows the list"),
        ("jl", "└─"),
        ("<Tab>", "n goes to the next hit, ] to the next conversation"),
        ("|", "tranche show MAILBOX NUMBER"),
        ("r", "nothing is sent from here"),
        ("=", "g goes to the top, G to the end"),
        ("x", "q quits"),
    ]);
    assert!(Person::opens(DESK, 80, 24).types("q").has_left);
}
