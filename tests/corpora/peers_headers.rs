//! The headers of other projects' test suites, against the answers those projects and two programs give.

use super::shelf;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tranche::mail;
use tranche::mail::Role;
use tranche::mbox;

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn message_of(set: &Path, name: &str) -> Option<Vec<u8>> {
    let (file, place) = match name.rsplit_once('#') {
        Some((file, place)) => (file, Some(place.parse::<usize>().unwrap())),
        None => (name, None),
    };
    let bytes = shelf::read(&set.join(file));
    let Some(place) = place else { return Some(bytes) };
    let split = mbox::split(&bytes);
    let slot = split.messages.get(place)?;
    Some(mbox::unquote(mbox::message_of(slot.range.of(&bytes))).into_owned())
}

#[test]
fn headers_of_the_peers() {
    let Some(corpora) = shelf::folder("peers_headers") else { return };
    let mut compared = 0;
    for set in fs::read_dir(corpora.join("peers")).unwrap().map(|found| found.unwrap().path()) {
        if !set.is_dir() {
            continue;
        }
        let expected = String::from_utf8(shelf::read(&set.join("_expected.jsonl"))).unwrap();
        for row in expected.lines().map(shelf::json) {
            let file = text_of(&row, "file");
            let Some(message) = message_of(&set, file) else {
                println!("?? {} {file}", set.display());
                continue;
            };
            let envelope = mail::read_envelope(&message);
            if row["headers_agree"] != Value::Bool(true) {
                continue;
            }
            compared += 1;
            let sender = envelope.people.iter().find(|(role, _)| *role == Role::From);
            let sender =
                sender.map(|(_, sender)| format!("{} <{}>", sender.name, sender.address)).unwrap_or_default();
            let wanted = format!("{} <{}>", text_of(&row["from"], "name"), text_of(&row["from"], "addr"));
            let date = envelope.date.map_or(String::new(), |date| date.in_utc().rfc3339());
            let wanted_date = text_of(&row, "date_utc").trim_end_matches('?').replace('Z', "+00:00");
            let id = envelope
                .message_id
                .map(|id| format!("<{}>", String::from_utf8_lossy(&id)))
                .unwrap_or_default();
            let name = set.file_name().unwrap().to_str().unwrap();
            for (what, found, wanted) in [
                (
                    "subject",
                    envelope.subject.unwrap_or_default().into_owned(),
                    text_of(&row, "subject").to_owned(),
                ),
                ("from", sender, if row["from"].is_null() { String::new() } else { wanted }),
                ("date", date, wanted_date),
                ("id", id, text_of(&row, "message_id").to_owned()),
            ] {
                if one_blank(&found) != one_blank(&wanted) {
                    println!(
                        "{name} {file} {what}: {found:?} != {wanted:?}   [{}]",
                        text_of(&row, "date_raw")
                    );
                }
            }
        }
    }
    println!("compared {compared}");
}

#[test]
fn fields() {
    let Some(corpora) = shelf::folder("peers_fields") else { return };
    let folder = corpora.join("peers/mail-parser/fields");
    let read = |file: &str| shelf::json(&String::from_utf8(shelf::read(&folder.join(file))).unwrap());
    for case in read("address.json").as_array().unwrap() {
        let message = format!("To: {}", text_of(case, "header"));
        let found: Vec<String> = mail::read_envelope(message.as_bytes())
            .people
            .iter()
            .map(|(_, it)| format!("{} <{}>", it.name, it.address))
            .collect();
        let mut wanted = Vec::new();
        let expected = &case["expected"];
        let lists: Vec<&Value> = match expected.get("Group") {
            Some(groups) => groups.as_array().unwrap().iter().map(|g| &g["addresses"]).collect(),
            None => vec![&expected["List"]],
        };
        for list in lists {
            for it in list.as_array().unwrap() {
                wanted.push(format!("{} <{}>", text_of(it, "name"), text_of(it, "address")));
            }
        }
        let n = |v: &[String]| v.iter().map(|x| one_blank(x)).collect::<Vec<_>>();
        if n(&found) != n(&wanted) {
            println!("ADDR {message:?}\n   {found:?}\n   {wanted:?}");
        }
    }
    for case in read("date.json").as_array().unwrap() {
        let message = format!("Date: {}", text_of(case, "header"));
        let found = mail::read_envelope(message.as_bytes()).date.map_or("null".to_owned(), |d| d.rfc3339());
        let e = &case["expected"];
        let wanted = if e.is_null() {
            "null".to_owned()
        } else {
            let i = |k: &str| e[k].as_i64().unwrap();
            format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
                i("year"),
                i("month"),
                i("day"),
                i("hour"),
                i("minute"),
                i("second"),
                if e["tz_before_gmt"] == Value::Bool(true) { "-" } else { "+" },
                i("tz_hour"),
                i("tz_minute")
            )
        };
        if found != wanted {
            println!("DATE {message:?} {found} != {wanted}");
        }
    }
    for case in read("id.json").as_array().unwrap() {
        let message = format!("References: {}", text_of(case, "header"));
        let envelope = mail::read_envelope(message.as_bytes());
        let found: Vec<String> =
            envelope.references.iter().map(|id| String::from_utf8_lossy(id).into_owned()).collect();
        let wanted: Vec<String> = case["expected"]
            .as_array()
            .map_or(vec![], |l| l.iter().map(|x| x.as_str().unwrap().to_owned()).collect());
        if found != wanted {
            println!("ID {message:?} {found:?} != {wanted:?}");
        }
    }
    for case in read("unstructured.json").as_array().unwrap() {
        let message = format!("Subject: {}", text_of(case, "header"));
        let envelope = mail::read_envelope(message.as_bytes());
        let found = envelope.subject.unwrap_or_default();
        if one_blank(&found) != one_blank(text_of(case, "expected")) {
            println!("TEXT {message:?} {found:?} != {:?}", case["expected"]);
        }
    }
}
