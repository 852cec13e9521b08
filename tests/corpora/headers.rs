//! Subject, sender, date and Message-ID of real mail, against what CPython and GMime agree on.
//!
//! Where they agree on an answer that no person wants, such as `"anna at desk.example"` in quotes, the
//! corpora say what a person wants (`want_from`), and that is what we ask for.

use super::shelf;
use super::shelf::one_blank;
use super::shelf::text_of;
use super::staying::Staying;
use serde_json::Value;
use std::collections::BTreeMap;
use tranche::mail;
use tranche::mail::Envelope;
use tranche::mail::Role;
use tranche::mbox;

/// The differences that stay: mailbox, message and what differs, and why ours is the better answer.
const STAYING: [(&str, &str); 12] = [
    ("fetchmail-users 1131 id", "the id has two `@`; the others stop at the second"),
    ("sa-easy-ham 176 id", "blanks are taken out of ids, for programs that wrap them put blanks in"),
    ("sa-hard-ham-a 74 subject", "0x99 of ISO-8859-1 is read as windows-1252, as browsers do"),
    (
        "sa-spam 81 date",
        "`GMT+1` is an hour east; the others read GMT, and it would arrive before it was sent",
    ),
    ("sa-spam 162 date", "`+-0500` is five hours west, as its Received fields say"),
    ("sa-spam 188 id", "a comment behind the id is no part of it"),
    ("sa-spam 252 id", "blanks are taken out of ids"),
    ("sa-spam 314 date", "`GMT+1`, as above"),
    ("sa-spam 348 date", "`+-0500`, as above"),
    ("sa-spam 388 date", "`GMT+1`, as above"),
    ("sa-spam 389 date", "`GMT+1`, as above"),
    ("sa-spam 446 date", "`+-0500`, as above"),
];

/// How many messages were compared, and which differ.
#[derive(Default)]
struct Tally {
    compared: usize,
    different: usize,
}

#[test]
fn subject_sender_date_and_id_are_what_two_programs_agree_on() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut staying = Staying::of(&STAYING);
    for real in shelf::boxes("headers") {
        let mailbox = real.mailbox();
        let split = mbox::split(&mailbox);
        let agreed = real.rows("headers.jsonl").into_iter().zip(&split.messages);
        for (row, slot) in agreed.filter(|(row, _)| row["agree"] == Value::Bool(true)) {
            let envelope = mail::read_envelope(mbox::message_of(slot.range.of(&mailbox)));
            let n = row["n"].as_u64().expect("rows are numbered");
            for (what, found, wanted) in figures(&envelope, &row) {
                let tally = tallies.entry(what).or_default();
                tally.compared += 1;
                if one_blank(&found) == one_blank(&wanted) {
                    continue;
                }
                tally.different += 1;
                staying.differs(&format!("{} {n} {what}", real.name), &found, &wanted);
            }
        }
    }
    for (what, tally) in &tallies {
        println!("{what}: {} of {} differ", tally.different, tally.compared);
        assert!(tally.different * 1000 <= tally.compared, "{what}: more than one in a thousand differs");
    }
    staying.end("headers", tallies.values().map(|tally| tally.compared).sum());
}

/// What is compared: its name, our answer, and the one that is wanted.
fn figures(envelope: &Envelope<'_>, row: &Value) -> [(&'static str, String, String); 4] {
    let what = if row.get("want_from").is_some() { "want_from" } else { "from" };
    let wanted = row.get("want_from").unwrap_or(&row["from"]);
    let wanted = format!("{} <{}>", text_of(wanted, "name"), text_of(wanted, "addr"));
    let id = text_of(row, "message_id").trim_start_matches('<').trim_end_matches('>');
    [
        (
            "subject",
            envelope.subject.clone().unwrap_or_default().into_owned(),
            text_of(row, "subject").to_owned(),
        ),
        (what, sender_of(envelope), wanted),
        ("date", date_of(envelope), text_of(row, "date_utc").trim_end_matches('?').replace('Z', "+00:00")),
        ("id", id_of(envelope), id.to_owned()),
    ]
}

/// The first sender as `name <address>`; empty without one.
pub fn sender_of(envelope: &Envelope<'_>) -> String {
    let sender = envelope.people.iter().find(|(role, _)| *role == Role::From);
    sender.map_or(String::new(), |(_, sender)| format!("{} <{}>", sender.name, sender.address))
}

/// The date in UTC; empty without one.
pub fn date_of(envelope: &Envelope<'_>) -> String {
    envelope.date.map_or(String::new(), |date| date.in_utc().rfc3339())
}

/// The Message-ID without its brackets; empty without one.
pub fn id_of(envelope: &Envelope<'_>) -> String {
    String::from_utf8_lossy(envelope.message_id.as_deref().unwrap_or_default()).into_owned()
}
