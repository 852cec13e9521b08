//! The headers of other mail programs' test suites: against what CPython and GMime agree on, and
//! against the answers of the suites' own authors.

use super::headers::date_of;
use super::headers::id_of;
use super::headers::sender_of;
use super::shelf;
use super::shelf::one_blank;
use super::shelf::text_of;
use super::staying::Staying;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use tranche::bytes::ByteOffset;
use tranche::bytes::ByteRange;
use tranche::mail;
use tranche::mail::Envelope;
use tranche::mbox;

const NAME_IN_COMMENT: &str = "`address (Name)` names a person; the two programs drop it";
const COMMENT_KEPT: &str = "a comment beside a name is kept; the two programs drop it";

/// The differences to CPython and GMime that stay: set, message and what differs, and why.
const STAYING: [(&str, &str); 27] = [
    ("cpython-test_email msg_01.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_03.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_04.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_06.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_14.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_20.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_27.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_29.txt from", NAME_IN_COMMENT),
    ("cpython-test_email msg_44.txt from", NAME_IN_COMMENT),
    ("dovecot-imaptest fetch-envelope.mbox#3 from", NAME_IN_COMMENT),
    ("dovecot-imaptest fetch-envelope.mbox#4 from", NAME_IN_COMMENT),
    ("git-t5100 comment.in#0 from", COMMENT_KEPT),
    ("git-t5100 rfc2047-samples.mbox#3 from", COMMENT_KEPT),
    (
        "hyperkitty bad-subject-header.txt#0 subject",
        "0x85 of ISO-8859-1 is read as windows-1252, as browsers do",
    ),
    ("hyperkitty non-ascii-headers.txt#0 from", NAME_IN_COMMENT),
    ("hyperkitty non-ascii-headers.txt#1 from", NAME_IN_COMMENT),
    ("hyperkitty non-ascii-headers.txt#2 from", NAME_IN_COMMENT),
    ("hyperkitty non-ascii-headers.txt#3 from", NAME_IN_COMMENT),
    ("hyperkitty non-ascii-headers.txt#4 from", NAME_IN_COMMENT),
    ("hyperkitty non-ascii-headers.txt#5 from", NAME_IN_COMMENT),
    ("hyperkitty payload-utf8-wrong.txt#0 from", NAME_IN_COMMENT),
    ("hyperkitty strange-in-reply-to-header.txt#0 from", NAME_IN_COMMENT),
    ("hyperkitty wrong-in-reply-to-header.txt#0 from", NAME_IN_COMMENT),
    ("mail-thread testbox-2#1 from", NAME_IN_COMMENT),
    ("mimekit messages/bounce.txt from", NAME_IN_COMMENT),
    (
        "ruby-mail plain_emails/raw_email_double_at_in_header.eml#0 id",
        "the id has three `@`; the others stop at the second",
    ),
    ("ruby-mail rfc2822/example10.eml from", COMMENT_KEPT),
];

/// Reads a file of answers.
pub fn read_json(path: &Path) -> Value {
    shelf::json(std::str::from_utf8(&shelf::read(path)).expect("answers are UTF-8"))
}

/// The sets that come with answers.
fn sets(test: &str) -> Vec<PathBuf> {
    let Some(corpora) = shelf::folder(test) else { return Vec::new() };
    let found = fs::read_dir(corpora.join("peers")).unwrap().map(|found| found.unwrap().path());
    let has_answers = |set: &PathBuf| {
        ["_expected.jsonl", "_expected.jsonl.zst"].iter().any(|answers| set.join(answers).exists())
    };
    let mut sets: Vec<PathBuf> = found.filter(has_answers).collect();
    sets.sort();
    sets
}

/// The message that a row of answers is about: a file, or `FILE#n` of those that `splits` finds in it.
fn message_of(set: &Path, splits: &Value, name: &str) -> Option<Vec<u8>> {
    let Some((file, place)) = name.rsplit_once('#') else { return Some(shelf::read(&set.join(name))) };
    let mailbox = shelf::read(&set.join(file));
    let split = splits.as_array()?.iter().find(|split| split["file"] == file)?;
    let starts: Vec<u64> = split["right"].as_array()?.iter().filter_map(Value::as_u64).collect();
    let place: usize = place.parse().ok()?;
    let end = starts.get(place + 1).copied().unwrap_or(mailbox.len() as u64);
    let slot = ByteRange::new(ByteOffset(*starts.get(place)?), ByteOffset(end));
    Some(mbox::unquote(mbox::message_of(slot.of(&mailbox))).into_owned())
}

#[test]
fn headers_are_what_two_programs_agree_on() {
    let mut staying = Staying::of(&STAYING);
    let mut compared = 0;
    for set in sets("peers_headers") {
        let name = set.file_name().unwrap().to_str().unwrap();
        let splits =
            if set.join("_split.json").exists() { read_json(&set.join("_split.json")) } else { Value::Null };
        let answers = String::from_utf8(shelf::read(&set.join("_expected.jsonl"))).unwrap();
        for row in answers.lines().map(shelf::json) {
            let file = text_of(&row, "file");
            let Some(message) = message_of(&set, &splits, file) else {
                println!("not found: {name} {file}");
                continue;
            };
            let envelope = mail::read_envelope(&message);
            if row["headers_agree"] != Value::Bool(true) {
                continue;
            }
            compared += 1;
            for (what, found, wanted) in figures(&envelope, &row) {
                if one_blank(&found) == one_blank(&wanted) {
                    continue;
                }
                staying.differs(&format!("{name} {file} {what}"), &found, &wanted);
            }
        }
    }
    staying.end("headers of peers", compared);
}

/// What is compared: its name, our answer, and theirs.
fn figures(envelope: &Envelope<'_>, row: &Value) -> [(&'static str, String, String); 4] {
    let from = &row["from"];
    let from = match from {
        Value::Null => String::new(),
        from => format!("{} <{}>", text_of(from, "name"), text_of(from, "addr").trim_matches('"')),
    };
    let id = text_of(row, "message_id").trim_start_matches(['<', '"']).trim_end_matches(['>', '"']);
    let date = text_of(row, "date_utc").trim_end_matches('?').replace('Z', "+00:00");
    [
        (
            "subject",
            envelope.subject.clone().unwrap_or_default().into_owned(),
            text_of(row, "subject").to_owned(),
        ),
        ("from", sender_of(envelope), from),
        ("date", date_of(envelope), date),
        (
            "id",
            id_of(envelope).trim_start_matches(['<', '"']).trim_end_matches(['>', '"']).to_owned(),
            id.to_owned(),
        ),
    ]
}
