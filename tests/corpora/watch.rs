//! Where real names stand in real mail, against a plain search of texts that CPython decoded.
//!
//! The answers know white space between the words of a name, and no more; what ours finds beyond that
//! (over quoted lines, with hyphens, badly decoded) is not compared. The body of a message is left out
//! where two programs do not agree on it, in the answers as here.

use super::shelf;
use super::shelf::one_blank;
use super::staying::Staying;
use serde_json::Value;
use std::collections::BTreeSet;
use tranche::mail;
use tranche::mbox;
use tranche::text::fold;
use tranche::watch::MessageHit;
use tranche::watch::Place;
use tranche::watch::Scanner;
use tranche::watch::Scratch;
use tranche::watch::Watchlist;
use tranche::watch::scan_message;

/// One name and the numbers of the messages in which it stands.
struct Answer {
    name: String,
    senders: BTreeSet<usize>,
    subjects: BTreeSet<usize>,
    bodies: BTreeSet<usize>,
}

#[test]
fn names_stand_where_a_plain_search_finds_them() {
    let mut staying = Staying::of(&[]);
    let mut compared = 0;
    for real in shelf::boxes("watch").iter().filter(|real| real.has("watch.tsv")) {
        let answers: Vec<Answer> = real.lines("watch.tsv").iter().map(|line| answer(line)).collect();
        let doubtful = doubtful_bodies(real);
        let found = hits(real, answers.iter().map(|answer| answer.name.as_str()));
        // A name may lie within another one: each is looked for by itself.
        for (answer, found) in answers.iter().zip(&found) {
            let plain = |place: Place, same: fn(&str) -> String| {
                let is_plain = |hit: &MessageHit| hit.place == place && same(&hit.text) == same(&answer.name);
                let plain = found.iter().filter(|(_, hit)| is_plain(hit));
                plain.map(|(number, _)| *number).collect::<BTreeSet<_>>()
            };
            // The answers for subjects are those with the right accents only.
            let subjects = plain(Place::Subject, |text| one_blank(&text.to_lowercase()));
            // A sender has the name; ours also finds it within a longer one.
            let senders = plain(Place::From, fold).intersection(&answer.senders).copied().collect();
            let bodies = plain(Place::Body, fold).difference(&doubtful).copied().collect();
            for (what, found, wanted) in [
                ("sender", senders, &answer.senders),
                ("subject", subjects, &answer.subjects),
                ("body", bodies, &answer.bodies),
            ] {
                compared += wanted.len();
                for number in found.symmetric_difference(wanted) {
                    let difference = format!("{} {} {what} {number}", real.name, answer.name);
                    let say =
                        |set: &BTreeSet<usize>| if set.contains(number) { "named" } else { "not named" };
                    staying.differs(&difference, say(&found), say(wanted));
                }
            }
        }
    }
    staying.end("watch", compared);
}

#[test]
fn names_without_their_accents_stand_in_the_same_places() {
    for real in shelf::boxes("names").iter().filter(|real| real.has("names.tsv")) {
        let rows = real.lines("names.tsv");
        let columns: Vec<Vec<&str>> = rows.iter().map(|row| row.split('\t').collect()).collect();
        let places = |column: usize| {
            let names = columns.iter().map(|columns| columns[column]);
            let hits = hits(real, names);
            let place = |(number, hit): &(usize, MessageHit)| (*number, hit.place, hit.range.clone());
            hits.iter().map(|hits| hits.iter().map(place).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        for ((with, without), row) in places(1).iter().zip(places(2)).zip(&rows) {
            // The sound marks of kana are no accents to us.
            if row.contains(|letter| ('\u{3040}'..'\u{3100}').contains(&letter)) {
                continue;
            }
            // A name with accents is also found where it was badly decoded.
            assert!(without.iter().all(|place| with.contains(place)), "{} {row}", real.name);
            assert!(!without.is_empty(), "{} {row}", real.name);
        }
    }
}

/// Where each name stands: message number and hit.
fn hits<'a>(real: &shelf::Box, names: impl Iterator<Item = &'a str>) -> Vec<Vec<(usize, MessageHit)>> {
    let list = |name: &str| Watchlist::default().with(&format!("[[candidate]]\nname = '''{name}'''\n"));
    let scanners: Vec<Scanner> = names.map(|name| Scanner::new(&list(name).unwrap())).collect();
    let mut found = vec![Vec::new(); scanners.len()];
    let mut scratch = Scratch::default();
    let mailbox = real.mailbox();
    for (number, slot) in mbox::split(&mailbox).messages.iter().enumerate() {
        let bytes = mbox::unquote(mbox::message_of(slot.range.of(&mailbox)));
        let envelope = mail::read_envelope(&bytes);
        let message = mail::read_message(&bytes);
        for (scanner, found) in scanners.iter().zip(&mut found) {
            let subject = envelope.subject.as_deref();
            let hits = scan_message(scanner, &envelope.people, subject, &message, &mut scratch);
            found.extend(hits.into_iter().map(|hit| (number, hit)));
        }
    }
    found
}

/// The messages whose body two programs read differently.
fn doubtful_bodies(real: &shelf::Box) -> BTreeSet<usize> {
    let is_doubtful = |row: &Value| row["agree"] != Value::Bool(true);
    let rows = real.rows("bodies.jsonl");
    rows.iter().filter(|row| is_doubtful(row)).map(|row| row["n"].as_u64().unwrap() as usize).collect()
}

fn answer(line: &str) -> Answer {
    let columns: Vec<&str> = line.split('\t').collect();
    let numbers = |which: usize| {
        let column = columns.get(which).copied().unwrap_or_default();
        column.split(',').filter(|number| !number.is_empty()).map(|number| number.parse().unwrap())
    };
    Answer {
        name: columns[0].to_owned(),
        senders: numbers(1).collect(),
        subjects: numbers(2).collect(),
        bodies: numbers(3).chain(numbers(4)).collect(),
    }
}
