//! What a script counts is what a person sees: the marks of every message, walked through from its first row
//! to its last, are the `hits` of its JSON, and `n` comes to each.

use super::Person;
use crate::commands::json;
use crate::planted;
use serde_json::Value;
use tranche::app::meaning::Meaning;
use tranche::text::Printable;

/// The planted mailbox, and for each message the words of its hits in the order of the page, which has the
/// attachments before the texts.
fn mailbox() -> (Vec<u8>, Vec<Vec<String>>) {
    let (bytes, expected) = planted::everywhere();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("planted.mbox");
    std::fs::write(&path, &bytes).unwrap();
    let messages = json(&["list", path.to_str().unwrap(), "--json", "--full"]);
    let counts: Vec<usize> = expected.iter().map(|named| named.len()).collect();
    let of = |message: &Value| -> Vec<String> {
        let mut hits = message["hits"].as_array().unwrap().clone();
        hits.sort_by_key(|hit| match hit["where"].as_str().unwrap() {
            "attachment" => 1,
            "body" | "more" => 2,
            _ => 0,
        });
        hits.iter().map(|hit| Printable::new(&squeezed(hit["text"].as_str().unwrap())).to_string()).collect()
    };
    let hits: Vec<Vec<String>> = messages.iter().map(of).collect();
    assert_eq!(hits.iter().map(Vec::len).collect::<Vec<_>>(), counts);
    (bytes, hits)
}

/// Leaves out what stands between the words of a name that goes over lines.
fn squeezed(words: &str) -> String {
    words.replace([' ', '\n', '\t', '>', '\u{A0}', '\u{202F}'], "")
}

/// Opens the message of this number with all of its recipients.
fn opens(person: Person, number: usize) -> Person {
    person.types(&format!(":{number}<Enter><Enter>r"))
}

/// The words that are marked in some rows of the screen.
fn marked(person: &Person, rows: std::ops::Range<u16>, is_wanted: fn(Meaning) -> bool) -> Vec<String> {
    let stretches = rows.flat_map(|y| person.stretches(y));
    stretches.filter(|(meaning, _)| is_wanted(*meaning)).map(|(_, words)| squeezed(&words)).collect()
}

/// The words that are marked in the message, seen row by row; those of a hit that goes over rows are several.
fn walked(mut person: Person) -> (Person, Vec<String>) {
    let is_mark = |meaning| matches!(meaning, Meaning::Watch(_));
    let mut words = marked(&person, 1..23, is_mark);
    while !person.state.reader.is_at_end() {
        person = person.types("j");
        words.extend(marked(&person, 22..23, is_mark));
    }
    (person, words)
}

#[test]
fn the_marks_of_a_message_are_its_hits() {
    let (bytes, hits) = mailbox();
    let mut person = Person::waits_for("planted", bytes, 80, 24);
    person.sees_messages(usize::MAX, true);
    let mut person = person.types("t");
    for (place, hits) in hits.iter().enumerate() {
        let (back, words) = walked(opens(person, place + 1));
        let mut drawn = words.iter();
        for hit in hits {
            let mut whole = String::new();
            while whole != *hit {
                let Some(part) = drawn.next() else {
                    panic!("message {}: {words:?} for {hits:?}", place + 1)
                };
                whole.push_str(part);
            }
        }
        assert_eq!(drawn.next(), None, "message {}: {words:?} for {hits:?}", place + 1);
        person = back.types("q");
    }
}

/// Wherever it stands, and whatever hides it.
#[test]
fn n_comes_to_every_planted_hit() {
    let (bytes, hits) = mailbox();
    let mut person = Person::waits_for("planted", bytes, 80, 24);
    person.sees_messages(usize::MAX, true);
    let mut person = person.types("t");
    for hit in hits.iter().flatten() {
        person = person.types("zn");
        assert!(person.state.notice.is_none(), "{hit}: {:?}", person.state.notice);
        let here = marked(&person, 1..23, |meaning| matches!(meaning, Meaning::WatchHere(_)));
        assert_eq!(here.concat(), *hit, "{}", person.sees());
    }
    let person = person.types("zn");
    assert_eq!(person.state.notice.unwrap().0, "there are no hits further down");
}
