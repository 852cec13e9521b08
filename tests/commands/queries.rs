//! `list` and `threads` with a query: what matches, in mailbox order, and what is said of a wrong one.

use super::complaint;
use super::json;
use super::numbers;
use super::printed;
use super::sample;
use crate::planted;
use serde_json::Value;
use std::collections::BTreeSet;

fn desk() -> String {
    sample("election-desk.mbox")
}

/// Compares what a query lists with what the JSON of every message says.
#[track_caller]
fn check(query: &str, matches: impl Fn(&Value) -> bool) {
    let all = json(&["list", &desk(), "--json", "--full"]);
    let expected: Vec<u64> = all
        .iter()
        .filter(|message| matches(message))
        .map(|message| message["number"].as_u64().unwrap())
        .collect();
    assert!(!expected.is_empty(), "{query} is no test");
    assert_eq!(numbers(&desk(), query), expected, "{query}");
}

fn text<'a>(message: &'a Value, name: &str) -> &'a str {
    message[name].as_str().unwrap_or_default()
}

#[test]
fn a_query_lists_what_the_messages_say() {
    check("", |_| true);
    check("subject:\"3 630 files\"", |message| text(message, "subject").contains("3 630 files"));
    check("from:maxence.thuillier", |message| message["from"].to_string().contains("maxence.thuillier@"));
    check("date:2017-03", |message| text(message, "date").starts_with("2017-03"));
    check("has:attachment", |message| !message["attachments"].as_array().unwrap().is_empty());
    check("-has:attachment date:2017-02", |message| {
        message["attachments"].as_array().unwrap().is_empty() && text(message, "date").starts_with("2017-02")
    });
    check("size:>6K", |message| message["length"].as_u64().unwrap() > 6 << 10);
    check("thread:14", |message| message["thread"] == 12);
    check("is:duplicate", |message| message["anomalies"].to_string().contains("repeated-message-id"));
    check("body:publication", |message| {
        let more = message["more"].to_string().to_lowercase();
        text(message, "body").to_lowercase().contains("publication") || more.contains("publication")
    });
    let names = |message: &Value, name: &str| message["hits"].to_string().contains(name);
    check("candidate:m", |message| names(message, "Emmanuel Macron"));
    check("candidate:melenchon -candidate:fillon", |message| {
        names(message, "Jean-Luc Mélenchon") && !names(message, "François Fillon")
    });
    check("candidate:hamon OR thread:12", |message| {
        names(message, "Benoît Hamon") || message["thread"] == 12
    });
}

#[test]
fn a_query_may_be_several_arguments_and_every_form_lists_the_same() {
    let one = printed(&["list", &desk(), "from:maxence date:2017-02"]);
    assert_eq!(printed(&["list", &desk(), "from:maxence", "date:2017-02"]), one);
    let full = json(&["list", &desk(), "from:maxence date:2017-02", "--json", "--full"]);
    assert!(!full.is_empty());
    assert_eq!(one.lines().count(), full.len());
}

#[test]
fn a_conversation_is_listed_when_one_of_its_messages_matches() {
    for query in ["siobhan", "candidate:fillon", "body:coffee", "'no such word anywhere"] {
        let threads = json(&["threads", &desk(), query, "--json"]);
        let threads: BTreeSet<u64> =
            threads.iter().map(|thread| thread["thread"].as_u64().unwrap()).collect();
        let messages = json(&["list", &desk(), query, "--json"]);
        let expected: BTreeSet<u64> =
            messages.iter().map(|message| message["thread"].as_u64().unwrap()).collect();
        assert_eq!(threads, expected, "{query}");
    }
    let rows = printed(&["threads", &desk(), "thread:12"]);
    assert_eq!(rows.trim_end().lines().count(), numbers(&desk(), "thread:12").len());
}

#[test]
fn nothing_found_is_an_answer() {
    assert_eq!(printed(&["list", &desk(), "'no-such-word"]), "");
    assert_eq!(printed(&["threads", &desk(), "body:no-such-word", "--json"]), "");
}

#[test]
fn words_are_found_in_every_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, _) = planted::mailbox();
    let path = folder.path().join("planted.mbox");
    std::fs::write(&path, bytes).unwrap();
    let mailbox = path.to_str().unwrap();
    let all = json(&["list", mailbox, "--json", "--full"]);
    for (query, word) in
        [("body:nobody", "Nobody"), ("body:chamonix", "chamonix"), ("body:\"rue melenchon\"", "rue")]
    {
        let holding = all.iter().filter(|message| text(message, "body").contains(word));
        let holding: Vec<u64> = holding.map(|message| message["number"].as_u64().unwrap()).collect();
        assert!(holding.len() >= 6, "{query}");
        assert_eq!(numbers(mailbox, query), holding, "{query}");
    }
}

#[track_caller]
fn check_wrong(query: &str, said: &str) {
    for command in ["list", "threads"] {
        assert_eq!(complaint(&[command, &desk(), query]), (2, format!("tranche: query {said}\n")));
    }
}

#[test]
fn a_wrong_query_is_shown_with_the_place() {
    check_wrong(
        "é form:x y",
        "column 3: unknown field \"form:\"; did you mean \"from:\"?\n  é form:x y\n    ^^^^^",
    );
    check_wrong(
        "日本 date:2017-13",
        "column 9: no such date; write 2017, 2017-02, 2017-02-01 or 2017-02..2017-04\n  日本 date:2017-13\n            ^^^^^^^",
    );
    check_wrong("is:marked", "column 1: marks are not kept yet\n  is:marked\n  ^^^^^^^^^");
    check_wrong("a -tag:x", "column 4: tags are not kept yet\n  a -tag:x\n     ^^^^^");
    check_wrong(
        "candidate:lenchon",
        "column 1: no candidate \"lenchon\"; did you mean \"Mélenchon\"?\n  candidate:lenchon\n  ^^^^^^^^^^^^^^^^^",
    );
    check_wrong(
        "thread:292",
        "column 1: there is no message 292; the mailbox has messages 1 to 291\n  thread:292\n  ^^^^^^^^^^",
    );
}

#[test]
fn a_wrong_query_is_told_before_the_mailbox_is_opened() {
    let (code, said) = complaint(&["list", "no/such.mbox", "from:"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("tranche: query column 1: "), "{said}");
}
