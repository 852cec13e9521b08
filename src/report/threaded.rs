//! The JSON of `threads`: one conversation.

use super::listed::bracketed;
use crate::corpus::Corpus;
use crate::corpus::IdHash;
use crate::corpus::MessageNo;
use crate::mail::Envelope;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use serde::Serialize;
use std::collections::HashSet;

/// A conversation: its messages in thread order, and the ids of those that are missing.
#[derive(Debug, Serialize)]
pub struct Threaded {
    thread: u64,
    subject: String,
    messages: Vec<Placed>,
    missing: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Placed {
    number: u64,
    depth: u32,
}

/// Puts together what `threads` says of the thread below `root`.
pub fn threaded(corpus: &Corpus, forest: &Forest, root: ContainerNo, missing: Vec<String>) -> Threaded {
    let steps = forest.walk(root).filter_map(|step| Some((step.message?, step.depth)));
    let messages: Vec<(MessageNo, u32)> = steps.collect();
    let first = messages.first().map(|&(number, _)| number).unwrap_or_default();
    Threaded {
        thread: first.ordinal(),
        subject: corpus.get(first).map(|kept| kept.subject().to_owned()).unwrap_or_default(),
        messages: messages
            .into_iter()
            .map(|(number, depth)| Placed { number: number.ordinal(), depth })
            .collect(),
        missing,
    }
}

/// Returns the ids of the messages that are missing from the thread below `root`, as they were written.
///
/// The index keeps only hashes of ids; the letters stand in the references of those who answered, which
/// `envelope_of` reads again.
pub fn missing_ids<'a>(
    corpus: &Corpus,
    forest: &Forest,
    root: ContainerNo,
    envelope_of: impl Fn(MessageNo) -> Option<Envelope<'a>>,
) -> Vec<String> {
    let mut wanted: HashSet<IdHash> = forest.missing(root).collect();
    let mut found = Vec::new();
    for number in forest.walk(root).filter_map(|step| step.message) {
        if wanted.is_empty() {
            break;
        }
        let Some(envelope) = envelope_of(number) else { continue };
        for id in envelope.references.iter().chain(&envelope.in_reply_to) {
            if wanted.remove(&corpus.hash(id)) {
                found.push(bracketed(id));
            }
        }
    }
    found
}
