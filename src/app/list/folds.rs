//! Which threads are unfolded.
//!
//! Remembered by message, since containers of missing messages are numbered afresh in each snapshot.

use crate::corpus::MessageNo;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use std::collections::HashSet;

/// Which threads are unfolded: all or none, but for some.
#[derive(Clone, Debug, Default)]
pub(super) struct Folds {
    is_unfolded_by_default: bool,
    others: HashSet<MessageNo>,
}

impl Folds {
    /// Returns whether all are unfolded but for some, and a message of each of those, in mailbox order.
    pub(super) fn as_they_are(&self) -> (bool, Vec<MessageNo>) {
        let mut others: Vec<MessageNo> = self.others.iter().copied().collect();
        others.sort_unstable();
        (self.is_unfolded_by_default, others)
    }

    /// Makes them what they were.
    pub(super) fn as_they_were((is_unfolded_by_default, others): (bool, Vec<MessageNo>)) -> Self {
        Self { is_unfolded_by_default, others: others.into_iter().collect() }
    }

    /// Unfolds, or folds, every thread.
    pub(super) fn set_all(&mut self, is_unfolded: bool) {
        self.is_unfolded_by_default = is_unfolded;
        self.others.clear();
    }

    /// Unfolds, or folds, the thread of a message.
    pub(super) fn set(&mut self, forest: &Forest, message: MessageNo, is_unfolded: bool) {
        let root = forest.root(ContainerNo(message.0));
        self.others.retain(|other| forest.root(ContainerNo(other.0)) != root);
        if is_unfolded != self.is_unfolded_by_default {
            self.others.insert(message);
        }
    }

    /// Returns which roots are unfolded in this forest.
    pub(super) fn of(&self, forest: &Forest) -> impl Fn(ContainerNo) -> bool + use<> {
        let others: HashSet<ContainerNo> =
            self.others.iter().map(|other| forest.root(ContainerNo(other.0))).collect();
        let by_default = self.is_unfolded_by_default;
        move |root| by_default != others.contains(&root)
    }
}
