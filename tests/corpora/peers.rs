//! The test suites of other mail programs: every file is read, and where two programs agree about a
//! message, so do we or the difference is listed.

use super::bodies;
use super::parts;
use super::shelf;
use serde_json::Value;
use std::collections::BTreeMap;
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

#[test]
fn bodies_and_trees_are_those_that_two_programs_agree_on() {
    let mut n = BTreeMap::<&str, usize>::new();
    for (file, message, row) in answers() {
        let unquoted = mbox::unquote(&message);
        if row["body_agree"] == true && row["body"]["ctype"] == "text/plain" {
            *n.entry("bodies").or_default() += 1;
            let w = row["body"]["sha256"].as_str().unwrap_or_default();
            if ![&*message, &*unquoted].iter().any(|m| bodies::digest_of_body(m) == w) {
                let m = mail::read_message(&unquoted);
                eprintln!(
                    "BODY {file}\n   want {}\n   got {:?} {:?} {:?}",
                    row["body"],
                    m.body().map(|b| (
                        &b.content_type,
                        b.charset,
                        b.text.chars().take(100).collect::<String>()
                    )),
                    m.anomalies.iter().collect::<Vec<_>>(),
                    row["defects"]
                );
                *n.entry("bodies wrong").or_default() += 1;
            }
        }
        if row["parts_agree"] == true {
            *n.entry("parts").or_default() += 1;
            if parts::tree_of(&message) != row["parts"] && parts::tree_of(&unquoted) != row["parts"] {
                eprintln!(
                    "PARTS {file}\n   want {}\n   got  {} {}",
                    row["parts"],
                    parts::tree_of(&unquoted),
                    row["defects"]
                );
                *n.entry("parts wrong").or_default() += 1;
            }
        }
    }
    eprintln!("{n:?}");
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
    let mut answers = Vec::new();
    for set in fs::read_dir(corpora.join("peers")).unwrap().map(|found| found.unwrap().path()) {
        let expected = set.join("_expected.jsonl");
        if !expected.exists() {
            continue;
        }
        let name = set.file_name().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(expected).unwrap().lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let named = row["file"].as_str().unwrap();
            let (file, number) = named.rsplit_once('#').unwrap_or((named, "0"));
            let bytes = shelf::read(&set.join(file));
            let number: usize = number.parse().unwrap();
            let found = messages(&bytes).into_iter().nth(number).map(<[u8]>::to_vec);
            let same = found.filter(|m| row["bytes"] == m.len());
            match same {
                Some(m) => answers.push((format!("{name}/{named}"), m, row)),
                None if !named.contains('#') && row["bytes"] == bytes.len() => {
                    answers.push((format!("{name}/{named}"), bytes, row))
                }
                None => eprintln!(
                    "SKIP {name}/{named} {} {:?}",
                    row["bytes"],
                    messages(&bytes).into_iter().nth(number).map(<[u8]>::len)
                ),
            }
        }
    }
    answers
}
