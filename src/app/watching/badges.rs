//! The badges of a row: whom its messages name, and how many of them.

use super::Watching;
use crate::app::list::Row;
use crate::app::list::RowKind;
use crate::corpus::MessageNo;
use crate::threads::Forest;
use crate::watch::CandidateNo;
use std::collections::BTreeMap;

/// How many messages of a thread are asked: a row is drawn many times, and a thread may be of any length.
const MESSAGES_ASKED: usize = 2000;

/// That somebody is named in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Who.
    pub candidate: CandidateNo,
    /// The letter.
    pub letter: char,
    /// How many messages of the row name them.
    pub messages: usize,
}

impl Watching {
    /// Returns the badges of a row, in the order of the watchlist.
    pub fn badges(&self, row: Row, forest: &Forest) -> Vec<Badge> {
        let candidates = self.watchlist.candidates();
        if candidates.is_empty() {
            return Vec::new();
        }
        let mut counts: BTreeMap<CandidateNo, usize> = BTreeMap::new();
        for naming in messages_of(row, forest).filter_map(|message| self.named_in(message)).flatten() {
            *counts.entry(naming.candidate).or_default() += 1;
        }
        let known = counts.into_iter().filter_map(|(candidate, messages)| {
            let letter = candidates.get(usize::from(candidate.0))?.badge;
            Some(Badge { candidate, letter, messages })
        });
        known.collect()
    }
}

/// Returns the messages that a row stands for.
pub(in crate::app) fn messages_of(row: Row, forest: &Forest) -> impl Iterator<Item = MessageNo> {
    let alone = match row.kind {
        RowKind::Message => Some(MessageNo(row.container.0)),
        RowKind::Folded | RowKind::Rule => None,
        RowKind::Root | RowKind::Branch => forest.message(row.container),
    };
    let thread = (row.kind == RowKind::Folded).then(|| forest.walk(row.container));
    let thread = thread.into_iter().flatten().filter_map(|step| step.message).take(MESSAGES_ASKED);
    alone.into_iter().chain(thread)
}
