//! Who is looked for, and which messages are known to name them.
//!
//! Messages are searched in the background, in stretches that arrive in any order. Kept is what a badge
//! needs: eight bytes for each candidate that a message names, nothing for one that names nobody.
//!
//! **Invariant:** a message is counted once, and what has been counted never changes. The last message
//! of the mailbox may go on; so it is kept apart until another follows it.
//!
//! Not here: finding (`watch`), and what is shown of a candidate (`candidates`).

mod badges;
mod named;
mod packing;
mod scanned;

pub use badges::Badge;
pub(super) use badges::messages_of;
pub use named::Finding;
pub use named::Named;
pub use scanned::Naming;
pub use scanned::Scanned;
pub use scanned::Stretch;
pub use scanned::namings;
pub use scanned::taken_apart;

use super::Snapshot;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::watch::Tally;
use crate::watch::Watchlist;
use std::sync::Arc;

/// Who is looked for, and what has been found.
#[derive(Debug, Default)]
pub struct Watching {
    /// Who is looked for.
    pub watchlist: Arc<Watchlist>,
    named: Named,
    tally: Tally,
    /// What was found in the last message of the mailbox.
    last: Option<Scanned>,
    asked: Asked,
}

/// What is to be searched, and of it what is to be searched first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    messages: usize,
    is_complete: bool,
    first: Vec<MessageNo>,
}

impl Watching {
    /// Begins to look for somebody.
    pub fn of(watchlist: impl Into<Arc<Watchlist>>) -> Self {
        Self { watchlist: watchlist.into(), ..Self::default() }
    }

    /// Takes in what has been found.
    pub fn scanned(&mut self, scanned: &Scanned, corpus: &Corpus) {
        if scanned.last.is_some() {
            return self.set_last(Some(scanned.clone()).filter(|last| is_last(last, corpus)));
        }
        for stretch in &scanned.stretches {
            self.named.add(stretch.clone());
        }
        self.tally.and(scanned.tally.clone());
    }

    /// Takes in that the mailbox has grown: what was its last message may be another now, and is searched
    /// with the others.
    pub fn grew(&mut self, corpus: &Corpus) {
        if self.last.as_ref().is_some_and(|last| !is_last(last, corpus)) {
            self.set_last(None);
            self.asked = Asked::default();
        }
    }

    fn set_last(&mut self, last: Option<Scanned>) {
        self.named.set_last(last.as_ref().and_then(|last| last.stretches.first().cloned()));
        self.last = last;
    }

    /// Returns what is to be searched first, where there is something to be searched that was not asked
    /// for like this before.
    pub fn ask(&mut self, snapshot: &Snapshot, first: Vec<MessageNo>) -> Option<Vec<MessageNo>> {
        self.percent(snapshot)?;
        let asked = Asked {
            messages: snapshot.corpus.len(),
            is_complete: snapshot.is_complete,
            first: first.clone(),
        };
        if self.asked == asked {
            return None;
        }
        self.asked = asked;
        Some(first)
    }

    /// Returns how many of the messages that are there have been searched, in percent; `None` where
    /// there is nothing to be searched for, or nothing left.
    pub fn percent(&self, snapshot: &Snapshot) -> Option<usize> {
        let messages = snapshot.corpus.len();
        let is_at_work = !self.watchlist.candidates().is_empty() && self.named.messages() < messages;
        is_at_work.then(|| self.named.messages() * 100 / messages.max(1))
    }

    /// Returns whom a message names, each once; `None` where it has not been searched.
    pub fn named_in(&self, message: MessageNo) -> Option<&[Naming]> {
        self.named.of(message).map(|finding| finding.namings)
    }

    /// Returns every message that names somebody, and whom.
    pub fn namings(&self) -> impl Iterator<Item = &Naming> {
        self.named.namings()
    }

    /// Returns what has been found so far, for whoever answers a query; `None` where nobody is looked for.
    pub fn named(&self) -> Option<&Named> {
        (!self.watchlist.candidates().is_empty()).then_some(&self.named)
    }

    /// Returns how many messages could not be searched, or not all of them, so far.
    pub fn unsearchable(&self) -> usize {
        self.tally.unsearchable.len()
    }

    /// Returns what has been counted; its threads are not.
    pub(super) fn tally(&self) -> Tally {
        let mut tally = self.tally.clone();
        tally.and(self.last.as_ref().map(|last| last.tally.clone()).unwrap_or_default());
        tally
    }
}

/// Returns whether what was found is still of the last message, and of all of it.
fn is_last(scanned: &Scanned, corpus: &Corpus) -> bool {
    let number = scanned.stretches.first().map(|stretch| stretch.first);
    let kept = number.and_then(|number| corpus.get(number));
    kept.is_some_and(|kept| Some(kept.range()) == scanned.last && kept.number().index() + 1 == corpus.len())
}
