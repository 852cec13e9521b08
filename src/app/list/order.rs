//! The orders of the list.

use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use std::cmp::Reverse;

/// How the rows of the list are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By date, the oldest first.
    #[default]
    OldestFirst,
    /// By date, the latest first.
    LatestFirst,
    /// The largest first: messages by bytes, threads by messages.
    LargestFirst,
}

impl Order {
    /// Returns the order that follows in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::OldestFirst => Self::LatestFirst,
            Self::LatestFirst => Self::LargestFirst,
            Self::LargestFirst => Self::OldestFirst,
        }
    }

    /// Returns what to call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OldestFirst => "oldest first",
            Self::LatestFirst => "latest first",
            Self::LargestFirst => "largest first",
        }
    }

    /// Returns the roots of all threads in this order; equals keep the order of their dates.
    pub(super) fn roots(self, forest: &Forest) -> Vec<ContainerNo> {
        let mut roots = forest.roots().to_vec();
        match self {
            Self::OldestFirst => {}
            Self::LatestFirst => roots.reverse(),
            Self::LargestFirst => roots.sort_by_cached_key(|&root| Reverse(messages_of(forest, root))),
        }
        roots
    }

    /// Returns all messages in this order, given them by date; equals keep mailbox order.
    pub(super) fn messages(self, by_date: &[MessageNo], corpus: &Corpus) -> Vec<MessageNo> {
        let mut messages = by_date.to_vec();
        match self {
            Self::OldestFirst => {}
            Self::LatestFirst => messages.reverse(),
            Self::LargestFirst => messages.sort_by_cached_key(|&number| Reverse(bytes_of(corpus, number))),
        }
        messages
    }
}

/// Counts the messages of a thread.
pub(super) fn messages_of(forest: &Forest, root: ContainerNo) -> usize {
    forest.walk(root).filter(|step| step.message.is_some()).count()
}

fn bytes_of(corpus: &Corpus, number: MessageNo) -> u64 {
    corpus.get(number).map_or(0, |kept| kept.range().len())
}

/// All messages by date, kept so while the corpus grows.
///
/// Only what is new is sorted; the rest is merged, so that a snapshot of a million messages costs
/// milliseconds. Messages without a date stand first.
#[derive(Debug, Default)]
pub(super) struct ByDate {
    messages: Vec<(i64, MessageNo)>,
}

impl ByDate {
    /// Takes in the messages that the corpus has more than before, and returns all.
    pub(super) fn grown(&mut self, corpus: &Corpus) -> Vec<MessageNo> {
        if self.messages.len() > corpus.len() {
            self.messages.clear();
        }
        let new = (self.messages.len()..corpus.len()).map(|place| MessageNo(place as u32));
        let mut new: Vec<(i64, MessageNo)> = new.map(|number| (seconds_of(corpus, number), number)).collect();
        new.sort_unstable();
        self.merge(&new);
        self.messages.iter().map(|&(_, number)| number).collect()
    }

    fn merge(&mut self, new: &[(i64, MessageNo)]) {
        let old = std::mem::take(&mut self.messages);
        let mut merged = Vec::with_capacity(old.len() + new.len());
        let mut new = new.iter().copied().peekable();
        for before in old {
            while let Some(earlier) = new.next_if(|next| *next < before) {
                merged.push(earlier);
            }
            merged.push(before);
        }
        merged.extend(new);
        self.messages = merged;
    }
}

fn seconds_of(corpus: &Corpus, number: MessageNo) -> i64 {
    corpus.get(number).and_then(|kept| kept.date()).map_or(i64::MIN, |date| date.seconds)
}
