//! The candidates: what is marked, what is counted, and the walk from hit to hit.

use super::Person;
use super::screen;
use std::collections::BTreeSet;
use std::fs;
use tranche::app::layer::Layer;

const DESK: &str = "election-desk.mbox";

fn mailboxes() -> Vec<String> {
    let files = fs::read_dir("sample-mbox").unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".mbox")).collect()
}

/// Returns how many hits the page marks, and how many it hides.
fn on_the_page(person: &Person) -> (usize, usize) {
    let stops = person.state.reader.stops();
    let marked = stops.iter().filter(|stop| !stop.is_hidden).count();
    (marked, stops.len() - marked)
}

/// For every message: as many marks as hits, folded or not, each once.
#[test]
fn what_is_counted_is_what_is_marked() {
    let mut all = 0;
    for name in mailboxes() {
        let mut person = Person::opens(&name, 80, 24).types("t<Enter>r");
        for _ in 0..person.state.snapshot.corpus.len() {
            let hits = person.state.reader.named().len();
            let person_is = person.state.reader.shown();
            assert_eq!(on_the_page(&person), (hits, 0), "{person_is:?} of {name}");
            person = person.types("z");
            let (marked, hidden) = on_the_page(&person);
            assert_eq!(marked + hidden, hits, "{person_is:?} of {name}, folded");
            let numbers: BTreeSet<usize> = person.state.reader.stops().iter().map(|stop| stop.hit).collect();
            assert_eq!(numbers, (0..hits).collect(), "{person_is:?} of {name}: each once");
            person = person.types("zJr");
            all += hits;
        }
    }
    assert!(all > 250, "only {all} hits in the samples");
}

/// What the candidates screen counts is the sum of what the messages mark.
#[test]
fn the_candidates_screen_counts_the_marks() {
    let mut person = Person::opens(DESK, 80, 24).types("t<Enter>");
    let mut hits = vec![0; 5];
    for _ in 0..person.state.snapshot.corpus.len() {
        for hit in person.state.reader.named() {
            hits[usize::from(hit.candidate.0)] += 1;
        }
        person = person.types("J");
    }
    let person = person.types("c");
    let Some(Layer::Candidates(candidates)) = person.state.layers.last() else { panic!("no screen") };
    let counted: Vec<u64> = candidates.rows.iter().map(|row| row.hits).collect();
    assert_eq!(counted, hits);
}

/// `n` comes to every hit of the mailbox, in the order of the list, and `N` back.
#[test]
fn n_comes_to_every_hit() {
    let mut person = Person::opens(DESK, 80, 24);
    let all: u64 = {
        let person = Person::opens(DESK, 80, 24).types("c");
        let Some(Layer::Candidates(candidates)) = person.state.layers.last() else { panic!("no screen") };
        candidates.rows.iter().map(|row| row.hits).sum()
    };
    let mut come_to = 0;
    for _ in 0..all + 5 {
        person = person.types("zn");
        if person.state.notice.is_some() {
            break;
        }
        come_to += 1;
        assert!(person.sees().contains(" watch-here "), "{}", person.sees());
    }
    assert_eq!(come_to, all);
    let last = person.state.reader.shown();
    for _ in 1..all {
        person = person.types("N");
        assert!(person.sees().contains(" watch-here "), "{}", person.sees());
    }
    assert_ne!(person.state.reader.shown(), last);
    assert_eq!(person.types("N").state.notice.unwrap().0, "there are no hits further up");
}

#[test]
fn n_unfolds_what_hides_a_hit() {
    screen!(Person::opens(DESK, 80, 24).types(":54<Enter><Enter>z"));
    let person = Person::opens(DESK, 80, 24).types(":54<Enter><Enter>znn");
    assert!(person.sees().contains(" watch-here "), "{}", person.sees());
}

#[test]
fn marks_in_a_message() {
    screen!(Person::opens(DESK, 80, 24).types(":54<Enter><Enter>n"));
}

#[test]
fn recipients_that_are_not_seen_hide_nobody_unsaid() {
    let others: String = (1..=40).map(|n| format!("Person {n} <p{n}@desk.example>, ")).collect();
    let mailbox = format!(
        "From a@b.example Mon Mar  6 09:00:00 2017\nFrom: a@b.example\n\
         To: {others}Benoît Hamon <b.hamon@desk.example>\nSubject: all\n\nHello.\n"
    );
    let mut person = Person::waits_for("all", mailbox.into_bytes(), 80, 24);
    person.sees_messages(1, true);
    let person = person.types("<Enter>");
    assert!(person.sees().contains("+39, names H"), "{}", person.sees());
    let person = person.types("n");
    assert!(person.sees().contains("watch-here Benoît Hamon"), "{}", person.sees());
}

#[test]
fn the_candidates() {
    screen!(Person::opens(DESK, 80, 24).types("cj"));
}

#[test]
fn the_candidates_on_a_small_screen() {
    screen!(Person::opens(DESK, 40, 12).types("cjjj"));
}

#[test]
fn hits_out_of_sight_are_counted_in_the_status_line() {
    let line = |number: usize| if number.is_multiple_of(20) { "Fillon\n" } else { "nothing\n" };
    let body: String = (1..=100).map(line).collect();
    let mailbox = format!("From a@b.example Mon Mar  6 09:00:00 2017\nSubject: long\n\n{body}");
    let mut person = Person::waits_for("long", mailbox.into_bytes(), 80, 24);
    person.sees_messages(1, true);
    let status = |person: &Person| person.sees().lines().nth(23).unwrap().to_owned();
    let person = person.types("<Enter>");
    assert!(status(&person).ends_with("  5 hits below  20 %"), "{}", status(&person));
    let person = person.types("nn");
    assert!(status(&person).contains("  1 hit above, 3 below  "), "{}", status(&person));
    let person = person.types("G");
    assert!(status(&person).ends_with("  3 hits above  100 %"), "{}", status(&person));
    let person = person.types("gn");
    assert!(status(&person).contains("  4 hits below  "), "the walk begins where one looks");
}
