//! The test suites of other mail programs: every file is read, and where two programs agree about a
//! message, so do we or the difference is listed.

use super::bodies;
use super::parts;
use super::shelf;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use tranche::mail;
use tranche::mail::Part;
use tranche::mbox;

#[test]
fn every_file_is_read() {
    for file in files() {
        let bytes = fs::read(&file).unwrap();
        for message in messages(&bytes) {
            mail::read_envelope(message);
            let read = mail::read_message(message);
            assert_eq!(read.attachments.len(), mail::attachment_count(message), "{}", file.display());
            check_ranges(&read.root, message.len() as u64, &file);
        }
    }
}

#[track_caller]
fn check_ranges(part: &Part, length: u64, file: &Path) {
    assert!(part.range.end().0 <= length, "a part of {} reaches past its message", file.display());
    // What stands in an encoded message has its place in the decoded bytes.
    for inner in part.parts.iter().filter(|_| !part.is_wrapper) {
        check_ranges(inner, length, file);
    }
}

/// Where our body is another one, and why.
const BODIES: &[(&str, &str)] = &[
    ("jsmime/multipart-complex1", "HTML stands first; its author too wants no other part"),
    ("kmime/mails/bug392239.mbox", "lone CRs of a text without any LF are line ends"),
    ("kmime/mails/dfaure-crash.mbox", "a line that begins with a colon is no field"),
    ("mail-mbox-messageparser/mailboxes/invalid-boundaries.txt#0", "letters that only windows-1252 has"),
    ("mail-parser/rfc/006.eml", "the plain form is an apology"),
    ("mailparse/nested.eml", "nested deeper than we take apart"),
    ("mimekit/messages/body.9.txt", "HTML stands first; the plain part says that it is not the body"),
    ("ruby-mail/attachment_emails/attachment_pdf_non_ascii.eml#0", "letters that only windows-1252 has"),
    ("ruby-mail/attachment_emails/attachment_pdf_non_ascii_lf.eml#0", "letters that only windows-1252 has"),
];

/// Where our tree is another one, and why.
const TREES: &[(&str, &str)] = &[
    ("kmime/mails/dfaure-crash.mbox", "a line that begins with a colon is no field"),
    ("mail-parser/legacy/035.eml", "a Windows path keeps its backslashes"),
    ("mail-parser/legacy/039.eml", "a Windows path keeps its backslashes"),
    ("mailparse/nested.eml", "nested deeper than we take apart"),
];

/// Messages that the programs cut out of their mailboxes at other places than we do.
const CUT_ELSEWHERE: usize = 28;

#[test]
fn plain_bodies_and_trees_are_those_that_two_programs_agree_on() {
    let (mut bodies, mut trees) = (Vec::new(), Vec::new());
    for (name, message, row) in answers() {
        // The programs saw `>From` as it is in the file.
        let readings = [&*mbox::unquote(&message), &*message].map(<[u8]>::to_vec);
        let body = |reading: &Vec<u8>| row["body"]["sha256"] == bodies::digest_of_body(reading);
        let has_answer = row["body_agree"] == true && row["body"]["ctype"] == "text/plain";
        if has_answer && !readings.iter().any(body) {
            bodies.push(name.clone());
        }
        let tree = |reading: &Vec<u8>| row["parts"] == parts::tree_of(reading);
        if row["parts_agree"] == true && !readings.iter().any(tree) {
            trees.push(name);
        }
    }
    check_listed(bodies, BODIES);
    check_listed(trees, TREES);
}

#[track_caller]
fn check_listed(mut found: Vec<String>, listed: &[(&str, &str)]) {
    if shelf::folder("peers").is_some() {
        found.sort();
        assert_eq!(found, listed.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}

/// Every file of the peers' suites, their answers left out.
fn files() -> Vec<PathBuf> {
    let Some(corpora) = shelf::folder("peers") else { return Vec::new() };
    let (mut folders, mut files) = (vec![corpora.join("peers")], Vec::new());
    while let Some(folder) = folders.pop() {
        for found in fs::read_dir(folder).unwrap() {
            let path = found.unwrap().path();
            let is_ours = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('_'));
            if path.is_dir() {
                folders.push(path);
            } else if !is_ours {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn messages(bytes: &[u8]) -> Vec<&[u8]> {
    let split = mbox::split(bytes);
    let found = split.messages.iter().map(|slot| mbox::message_of(slot.range.of(bytes)));
    if split.messages.is_empty() { vec![bytes] } else { found.collect() }
}

/// Every message that has an answer, with its name and its row; `a.mbox#3` is the fourth of `a.mbox`.
fn answers() -> Vec<(String, Vec<u8>, Value)> {
    let Some(corpora) = shelf::folder("peers") else { return Vec::new() };
    let (mut answers, mut cut_elsewhere) = (Vec::new(), 0);
    for set in fs::read_dir(corpora.join("peers")).unwrap().map(|found| found.unwrap().path()) {
        let expected = set.join("_expected.jsonl");
        if !expected.exists() {
            continue;
        }
        let name = set.file_name().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(expected).unwrap().lines() {
            let row: Value = shelf::json(line);
            let named = row["file"].as_str().unwrap();
            let (file, number) = named.rsplit_once('#').unwrap_or((named, "0"));
            let bytes = shelf::read(&set.join(file));
            let number: usize = number.parse().unwrap();
            let found = messages(&bytes).into_iter().nth(number).map(<[u8]>::to_vec);
            let is_it = |message: &Vec<u8>| row["bytes"] == message.len();
            let whole = Some(bytes.clone()).filter(|_| !named.contains('#'));
            match found.filter(is_it).or(whole.filter(is_it)) {
                Some(message) => answers.push((format!("{name}/{named}"), message, row)),
                None => cut_elsewhere += 1,
            }
        }
    }
    assert!(cut_elsewhere <= CUT_ELSEWHERE, "{cut_elsewhere} messages are cut elsewhere");
    answers
}
