//! What the search for candidates has found so far.
//!
//! Cheap to clone: a worker that answers a query holds one while more is found.

use super::Naming;
use super::Stretch;
use crate::corpus::MessageNo;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The stretches of the mailbox that have been searched, and who is named in them.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// By the number of their first message.
    stretches: Arc<BTreeMap<u32, Arc<Stretch>>>,
    messages: usize,
    /// The last message of the mailbox, which may go on.
    last: Option<Arc<Stretch>>,
}

/// What was found in one message.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// Whom it names, each once.
    pub namings: &'a [Naming],
    /// All of it could be searched.
    pub is_searchable: bool,
}

impl Finding<'_> {
    /// Returns how often it names the candidates.
    pub fn hits(self) -> u64 {
        self.namings.iter().map(|naming| u64::from(naming.hits)).sum()
    }
}

impl Named {
    /// Takes in what was found in a stretch.
    pub(super) fn add(&mut self, stretch: Stretch) {
        self.messages += stretch.messages as usize;
        Arc::make_mut(&mut self.stretches).insert(stretch.first.0, Arc::new(stretch));
    }

    /// Takes in what was found in the last message of the mailbox, in the place of what was.
    pub(super) fn set_last(&mut self, last: Option<Stretch>) {
        self.last = last.map(Arc::new);
    }

    /// Returns how many messages have been searched.
    pub fn messages(&self) -> usize {
        self.messages + usize::from(self.last.is_some())
    }

    /// Returns what was found in a message; `None` where it has not been searched.
    pub fn of(&self, message: MessageNo) -> Option<Finding<'_>> {
        let of_last = self.last.as_ref().and_then(|last| last.of(message));
        of_last.or_else(|| self.stretches.range(..=message.0).next_back()?.1.of(message))
    }

    /// Returns every message that names somebody, and whom.
    pub fn namings(&self) -> impl Iterator<Item = &Naming> {
        self.stretches.values().chain(&self.last).flat_map(|stretch| &stretch.namings)
    }
}
