//! Single header fields of other mail programs' test suites, against their authors' answers.

use super::headers::sender_of;
use super::peers_headers::read_json;
use super::shelf;
use super::shelf::one_blank;
use super::shelf::text_of;
use super::staying::Staying;
use serde_json::Value;
use tranche::mail;
use tranche::mail::Date;
use tranche::mail::Envelope;
use tranche::mbox;

/// The cases of one kind of header field, with the author's answers.
fn cases(kind: &str) -> Vec<Value> {
    let Some(corpora) = shelf::folder("peers_fields") else { return Vec::new() };
    let cases = read_json(&corpora.join("peers/mail-parser/fields").join(kind));
    cases.as_array().expect("cases are a list").clone()
}

/// Compares what `read` makes of each case with what `wanted` makes of its answer.
fn compare(
    kind: &str,
    list: &[(&'static str, &'static str)],
    field: &str,
    read: fn(&Envelope<'_>) -> String,
    wanted: fn(&Value) -> String,
) {
    let mut staying = Staying::of(list);
    let cases = cases(kind);
    for (place, case) in cases.iter().enumerate() {
        let header = text_of(case, "header");
        let message = format!("{field}: {header}");
        let (found, wanted) = (read(&mail::read_envelope(message.as_bytes())), wanted(&case["expected"]));
        if one_blank(&found) != one_blank(&wanted) {
            staying.differs(&format!("{kind} {place}"), &found, &wanted);
        }
    }
    staying.end(kind, cases.len());
}

#[test]
fn addresses_are_what_the_author_of_mail_parser_wants() {
    const STAYING: [(&str, &str); 4] = [
        ("address.json 6", "an empty group is shown by its name, as a recipient"),
        ("address.json 9", "comments stand behind the name, each by itself"),
        ("address.json 13", "routes and blanks are no part of an address"),
        ("address.json 14", "blanks are no part of an address"),
    ];
    let people = |envelope: &Envelope<'_>| {
        let people = envelope.people.iter().map(|(_, it)| format!("{} <{}>", it.name, it.address));
        people.collect::<Vec<_>>().join(", ")
    };
    compare("address.json", &STAYING, "To", people, |expected| {
        let groups =
            expected["Group"].as_array().map(|groups| groups.iter().map(|group| &group["addresses"]));
        let lists: Vec<&Value> = groups.map_or(vec![&expected["List"]], Iterator::collect);
        let people = lists.iter().filter_map(|list| list.as_array()).flatten();
        let shown = people.map(|it| {
            // `mailto:` is no part of an address.
            format!("{} <{}>", text_of(it, "name"), text_of(it, "address").trim_start_matches("mailto:"))
        });
        shown.collect::<Vec<_>>().join(", ")
    });
}

#[test]
fn dates_are_what_the_author_of_mail_parser_wants() {
    const STAYING: [(&str, &str); 2] = [
        ("date.json 12", "numbers alone are no date"),
        ("date.json 14", "the field ends before the clock; the day is good"),
    ];
    let date = |envelope: &Envelope<'_>| envelope.date.map_or(String::new(), Date::rfc3339);
    compare("date.json", &STAYING, "Date", date, |expected| {
        if expected.is_null() {
            return String::new();
        }
        let of = |key: &str| expected[key].as_i64().expect("a date is made of numbers");
        let day = format!("{:04}-{:02}-{:02}", of("year"), of("month"), of("day"));
        let clock = format!("{:02}:{:02}:{:02}", of("hour"), of("minute"), of("second"));
        let sign = if expected["tz_before_gmt"] == Value::Bool(true) { '-' } else { '+' };
        format!("{day}T{clock}{sign}{:02}:{:02}", of("tz_hour"), of("tz_minute"))
    });
}

#[test]
fn ids_are_what_the_author_of_mail_parser_wants() {
    const STAYING: [(&str, &str); 2] = [
        ("id.json 6", "blanks are taken out of ids"),
        ("id.json 10", "a word without brackets and `@` is no id"),
    ];
    let ids = |envelope: &Envelope<'_>| {
        let ids = envelope.references.iter().map(|id| String::from_utf8_lossy(id).into_owned());
        ids.collect::<Vec<_>>().join(" ")
    };
    compare("id.json", &STAYING, "References", ids, |expected| {
        let ids = expected.as_array().into_iter().flatten().filter_map(Value::as_str);
        ids.collect::<Vec<_>>().join(" ")
    });
}

#[test]
fn texts_are_what_the_author_of_mail_parser_wants() {
    const STAYING: [(&str, &str); 3] = [
        ("unstructured.json 21", "no blank is put where none is written"),
        ("unstructured.json 27", "no blank is put where none is written"),
        ("unstructured.json 28", "no blank is put where none is written"),
    ];
    let subject = |envelope: &Envelope<'_>| envelope.subject.clone().unwrap_or_default().into_owned();
    let text = |expected: &Value| expected.as_str().unwrap_or_default().to_owned();
    compare("unstructured.json", &STAYING, "Subject", subject, text);
}

#[test]
fn encoded_words_are_what_git_wants() {
    let Some(corpora) = shelf::folder("peers_git") else { return };
    let folder = corpora.join("peers/git-t5100");
    let mailbox = shelf::read(&folder.join("rfc2047-samples.mbox"));
    for (place, slot) in mbox::split(&mailbox).messages.iter().enumerate() {
        let answers = shelf::read(&folder.join(format!("rfc2047-info-{:04}", place + 1)));
        let answers = String::from_utf8(answers).expect("answers are UTF-8");
        let answer =
            |name: &str| answers.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        let envelope = mail::read_envelope(mbox::message_of(slot.range.of(&mailbox)));
        let subject = envelope.subject.clone().unwrap_or_default();
        // Git takes the `Re:` off.
        assert_eq!(one_blank(subject.trim_start_matches("Re: ")), one_blank(answer("Subject: ")));
        let wanted = format!("{} <{}>", answer("Author: "), answer("Email: "));
        assert_eq!(one_blank(&sender_of(&envelope)).replace("<>", ""), one_blank(&wanted).replace("<>", ""));
    }
}
