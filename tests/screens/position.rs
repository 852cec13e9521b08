//! A session that goes on where another one ended.

use super::person::Person;
use tranche::app::position::Position;

const DESK: &str = "election-desk.mbox";

#[track_caller]
fn check(keys: &str) {
    let before = Person::opens(DESK, 80, 24).types(keys);
    let kept = Position::of(&before.state).unwrap().to_string();
    let mailbox = std::fs::read(format!("sample-mbox/{DESK}")).unwrap();
    let mut after = Person::waits_for(DESK, mailbox, 80, 24);
    after.state.resuming = Position::read(&kept);
    after.sees_messages(20, false);
    after.sees_messages(usize::MAX, true);
    assert_eq!(after.sees(), before.sees(), "{keys}: {kept}");
}

#[test]
fn it_looks_as_it_did() {
    check("");
    check("jjjj");
    check("ooljjj");
    check("tGkk");
    check("LGjjkk");
    check("jjjjjj<Enter>J<PgDn>");
    check(":54<Enter><Enter>jjj");
    for view in ["v", "vv", "vvv", "u", "z"] {
        check(&format!(":54<Enter><Enter>{view}jjj"));
    }
    check("zjjjj<Enter>q");
}

#[test]
fn whoever_has_moved_already_is_left_there() {
    let mailbox = std::fs::read(format!("sample-mbox/{DESK}")).unwrap();
    let mut person = Person::waits_for(DESK, mailbox, 80, 24);
    person.state.resuming = Position::read("message 200 0");
    person.sees_messages(20, false);
    let mut person = person.types("j");
    person.sees_messages(usize::MAX, true);
    assert!(person.sees().contains("2 of 93"), "{}", person.sees());
}
