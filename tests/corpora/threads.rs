//! Who answers whom, against Dovecot (THREAD=REFS) and Perl's Mail::Thread where those agree.

use super::shelf;
use std::collections::BTreeMap;
use std::sync::Arc;
use tranche::bytes::ByteRange;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::MessageNo;
use tranche::corpus::Segment;
use tranche::threads::ContainerNo;
use tranche::threads::Forest;

/// Rows where both others agree and we differ: mailbox, message counted from 0, and why.
const DIFFERENCES: [(&str, u32, &str); 0] = [];

/// The corpus of a whole mailbox.
pub fn corpus_of(mailbox: &[u8]) -> Corpus {
    let segment = Segment::read(mailbox, ByteRange::all(mailbox), IdKey::default());
    Corpus::default().grown([Arc::new(segment)])
}

/// The message that each message answers by its references, counted from 0.
pub fn parents(forest: &Forest, messages: usize) -> Vec<Option<u32>> {
    let answered = |message| forest.answered(MessageNo(message)).map(|parent| parent.0);
    (0..messages as u32).map(answered).collect()
}

/// The first message in mailbox order of each message's thread, joined messages left apart.
fn threads_without_joins(forest: &Forest, messages: usize) -> Vec<u32> {
    let top = |message: MessageNo| {
        let mut here = ContainerNo(message.0);
        while !forest.message(here).is_some_and(|message| forest.is_joined(message)) {
            let Some(above) = forest.parent(here) else { break };
            here = above;
        }
        here
    };
    let mut first_of = BTreeMap::new();
    let messages = (0..messages as u32).map(MessageNo);
    messages.map(|message| *first_of.entry(top(message)).or_insert(message.0)).collect()
}

#[test]
fn parents_and_threads_are_those_that_two_others_agree_on() {
    let mut differences = Vec::new();
    let mut listed = DIFFERENCES.to_vec();
    for real in shelf::boxes("threads") {
        let corpus = corpus_of(&real.mailbox());
        let forest = Forest::of(&corpus);
        let parents = parents(&forest, corpus.len());
        let threads = threads_without_joins(&forest, corpus.len());
        let rows = real.lines("threads.tsv");
        assert_eq!(rows.len(), corpus.len(), "messages of {}", real.name);
        let mut judged: BTreeMap<String, [usize; 3]> = BTreeMap::new();
        for (number, row) in rows.iter().enumerate() {
            let columns: Vec<&str> = row.split('\t').collect();
            let [_, dovecot, thread, _, _, mail_thread, agree, why] = columns[..] else { panic!("{row}") };
            let found = parents[number].map_or("-".to_owned(), |parent| parent.to_string());
            if agree != "1" {
                let judged = judged.entry(why.to_owned()).or_default();
                judged[0] += 1;
                judged[1] += usize::from(found == dovecot);
                judged[2] += usize::from(found == mail_thread);
                continue;
            }
            let is_listed = |&(name, listed, _): &(&str, u32, &str)| name == real.name && listed as usize == number;
            if found != dovecot || threads[number].to_string() != thread {
                let before = listed.len();
                listed.retain(|difference| !is_listed(difference));
                if before == listed.len() {
                    differences.push(format!("{} {row}: parent {found}, thread {}", real.name, threads[number]));
                }
            }
        }
        for (why, [rows, dovecot, mail_thread]) in judged {
            eprintln!("{} {why}: {rows} rows, {dovecot} as Dovecot, {mail_thread} as Mail::Thread", real.name);
        }
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
    if shelf::folder("threads").is_some() {
        assert!(listed.is_empty(), "these differences are gone: {listed:?}");
    }
}
