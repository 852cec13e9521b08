//! The orders of the list.

use crate::app::watching::Finding;
use crate::app::watching::Named;
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
    /// What names the candidates most often first.
    MostHitsFirst,
    /// The largest first: messages by bytes, threads by messages.
    LargestFirst,
    /// What matches the filter best first; without a filter, the oldest.
    BestFirst,
}

impl Order {
    /// Returns the order that follows in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::OldestFirst => Self::LatestFirst,
            Self::LatestFirst => Self::MostHitsFirst,
            Self::MostHitsFirst => Self::LargestFirst,
            Self::LargestFirst => Self::BestFirst,
            Self::BestFirst => Self::OldestFirst,
        }
    }

    /// Returns what to call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OldestFirst => "oldest first",
            Self::LatestFirst => "latest first",
            Self::MostHitsFirst => "most hits first",
            Self::LargestFirst => "largest first",
            Self::BestFirst => "best first",
        }
    }

    /// Returns roots of threads in this order, given them by date; equals keep the order of their dates.
    pub(super) fn roots(self, by_date: Vec<ContainerNo>, forest: &Forest, named: &Named) -> Vec<ContainerNo> {
        let mut roots = by_date;
        match self {
            Self::OldestFirst | Self::BestFirst => {}
            Self::LatestFirst => roots.reverse(),
            Self::MostHitsFirst => {
                let hits = hits_of_threads(forest, named);
                let hits_of = |&root: &ContainerNo| hits.get(forest.thread_place(root)).copied();
                roots.sort_by_cached_key(|root| Reverse(hits_of(root)));
            }
            Self::LargestFirst => roots.sort_by_cached_key(|&root| Reverse(forest.thread(root).messages)),
        }
        roots
    }

    /// Returns all messages in this order, given them by date; equals keep mailbox order.
    pub(super) fn messages(self, by_date: &[Dated], corpus: &Corpus, named: &Named) -> Vec<MessageNo> {
        let number = |&(_, number): &Dated| number;
        match self {
            Self::OldestFirst | Self::BestFirst => by_date.iter().map(number).collect(),
            Self::LatestFirst => by_date.chunk_by(|a, b| a.0 == b.0).rev().flatten().map(number).collect(),
            Self::MostHitsFirst => {
                let mut messages: Vec<MessageNo> = by_date.iter().map(number).collect();
                messages.sort_by_cached_key(|&number| Reverse(named.of(number).map_or(0, Finding::hits)));
                messages
            }
            Self::LargestFirst => {
                let mut messages: Vec<MessageNo> = by_date.iter().map(number).collect();
                messages.sort_by_cached_key(|&number| Reverse(bytes_of(corpus, number)));
                messages
            }
        }
    }
}

/// Returns how often the messages of each thread name the candidates, as far as is known.
fn hits_of_threads(forest: &Forest, named: &Named) -> Vec<u64> {
    let mut hits = vec![0; forest.roots().len()];
    for naming in named.namings() {
        let container = ContainerNo(naming.message.0);
        if forest.message(container).is_some()
            && let Some(hits) = hits.get_mut(forest.thread_place(container))
        {
            *hits += u64::from(naming.hits);
        }
    }
    hits
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
    messages: Vec<Dated>,
}

/// A message, behind the second it was written in.
pub(super) type Dated = (i64, MessageNo);

impl ByDate {
    /// Forgets the messages from this number on: they have been read anew.
    pub(super) fn forget_from(&mut self, number: usize) {
        if self.messages.len() > number {
            self.messages.retain(|(_, message)| message.index() < number);
        }
    }

    /// Takes in the messages that the corpus has more than before, and returns all.
    pub(super) fn grown(&mut self, corpus: &Corpus) -> &[Dated] {
        if self.messages.len() > corpus.len() {
            self.messages.clear();
        }
        let new = (self.messages.len()..corpus.len()).map(|place| MessageNo(place as u32));
        let mut new: Vec<Dated> = new.map(|number| (seconds_of(corpus, number), number)).collect();
        new.sort_unstable();
        self.merge(&new);
        &self.messages
    }

    /// Merges from the end, in place: what is new is mostly later than all that was there.
    fn merge(&mut self, mut new: &[Dated]) {
        let (mut old, mut place) = (self.messages.len(), self.messages.len() + new.len());
        self.messages.extend_from_slice(new);
        while let Some((&latest, rest)) = new.split_last() {
            place -= 1;
            match old.checked_sub(1).map(|last| self.messages[last]) {
                Some(before) if before > latest => {
                    self.messages[place] = before;
                    old -= 1;
                }
                _ => {
                    self.messages[place] = latest;
                    new = rest;
                }
            }
        }
    }
}

fn seconds_of(corpus: &Corpus, number: MessageNo) -> i64 {
    corpus.get(number).and_then(|kept| kept.date()).map_or(i64::MIN, |date| date.seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::IdKey;
    use crate::corpus::Segment;
    use crate::mbox;
    use std::sync::Arc;

    /// A corpus of messages that are so many seconds and bytes.
    fn corpus(messages: &[(u8, usize)]) -> Corpus {
        let message = |&(second, bytes): &(u8, usize)| {
            let body = "x".repeat(bytes);
            format!(
                "From a@b Mon Mar  6 09:00:00 2017\nDate: Mon, 6 Mar 2017 09:00:{second:02} +0000\n\n{body}\n\n"
            )
        };
        let mailbox: String = messages.iter().map(message).collect();
        let split = mbox::split(mailbox.as_bytes());
        let segment = Segment::of_slots(mailbox.as_bytes(), &split.messages, IdKey::default());
        Corpus::default().grown([Arc::new(segment)])
    }

    #[track_caller]
    fn check(order: Order, messages: &[(u8, usize)], expected: &[u32]) {
        let corpus = corpus(messages);
        let mut by_date = ByDate::default();
        let ordered = order.messages(by_date.grown(&corpus), &corpus, &Named::default());
        assert_eq!(ordered.iter().map(|number| number.0).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn equals_keep_mailbox_order() {
        let messages = [(3, 1), (1, 5), (3, 9), (2, 5)];
        check(Order::OldestFirst, &messages, &[1, 3, 0, 2]);
        check(Order::LatestFirst, &messages, &[0, 2, 3, 1]);
        check(Order::LargestFirst, &messages, &[2, 1, 3, 0]);
    }

    #[test]
    fn what_arrives_is_merged() {
        let messages = [(3, 1), (1, 5), (3, 9), (2, 5), (1, 1)];
        let mut by_date = ByDate::default();
        for seen in 0..=messages.len() {
            by_date.grown(&corpus(&messages[..seen]));
        }
        let whole = corpus(&messages);
        assert_eq!(by_date.grown(&whole), ByDate::default().grown(&whole));
    }
}
