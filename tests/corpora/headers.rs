//! Subject, sender, date and Message-ID of real mail, against what CPython and GMime say of it.

use super::shelf;
use serde_json::Value;
use std::collections::BTreeMap;
use tranche::mail;
use tranche::mail::Role;
use tranche::mbox;

/// How often a figure was right, and the differences that are not listed.
#[derive(Default)]
struct Tally {
    compared: usize,
    different: Vec<String>,
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn subject_sender_date_and_id_are_what_two_programs_agree_on() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for real in shelf::boxes("headers") {
        let mailbox = real.mailbox();
        let split = mbox::split(&mailbox);
        for (slot, row) in split.messages.iter().zip(real.rows("headers.jsonl")) {
            if row["agree"] != Value::Bool(true) {
                continue;
            }
            let message = mbox::message_of(slot.range.of(&mailbox));
            let envelope = mail::read_envelope(message);
            let mut compare = |what: &'static str, found: String, wanted: String| {
                let tally = tallies.entry(what).or_default();
                tally.compared += 1;
                if one_blank(&found) != one_blank(&wanted) {
                    tally.different.push(format!("{} {}: {found:?} != {wanted:?}", real.name, row["n"]));
                }
            };
            compare(
                "subject",
                envelope.subject.unwrap_or_default().into_owned(),
                text_of(&row, "subject").to_owned(),
            );
            let sender = envelope.people.iter().find(|(role, _)| *role == Role::From);
            let sender = sender.map(|(_, sender)| format!("{} <{}>", sender.name, sender.address));
            let is_wanted = row.get("want_from").is_some();
            let wanted = row.get("want_from").unwrap_or(&row["from"]);
            let wanted = format!("{} <{}>", text_of(wanted, "name"), text_of(wanted, "addr"));
            compare(if is_wanted { "want_from" } else { "from" }, sender.unwrap_or_default(), wanted);
            let date = envelope.date.map_or(String::new(), |date| date.in_utc().rfc3339());
            let wanted = text_of(&row, "date_utc").trim_end_matches('?').replace('Z', "+00:00");
            compare("date", date, wanted);
            let id = envelope.message_id.map(|id| format!("<{}>", String::from_utf8_lossy(&id)));
            compare("message_id", id.unwrap_or_default(), text_of(&row, "message_id").to_owned());
        }
    }
    for (what, tally) in &tallies {
        println!("{what}: {} of {} differ", tally.different.len(), tally.compared);
        for line in &tally.different {
            println!("  {line}");
        }
    }
}
