//! Who answers whom: the messages of a corpus as conversations.
//!
//! Not here: what is shown or folded (`app`).

use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use std::sync::Arc;

/// All threads of a corpus. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    roots: Arc<[ContainerNo]>,
    messages: u32,
}

/// A place in a thread: a message's, or that of one that is referred to and missing.
///
/// The containers of messages have their messages' numbers; those of missing ones follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerNo(pub u32);

/// One step of a walk through a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The container.
    pub container: ContainerNo,
    /// Its message, unless that is missing.
    pub message: Option<MessageNo>,
    /// How deep it stands below the thread's root.
    pub depth: u32,
    /// No later sibling stands below it.
    pub is_last: bool,
}

impl Forest {
    /// Threads a corpus.
    pub fn of(corpus: &Corpus) -> Self {
        let roots = (0..corpus.len() as u32).map(ContainerNo).collect();
        Self { roots, messages: corpus.len() as u32 }
    }

    /// Returns the root of every thread, in the order of the dates of their first messages.
    pub fn roots(&self) -> &[ContainerNo] {
        &self.roots
    }

    /// Returns the message of a container, unless it is missing.
    pub fn message(&self, container: ContainerNo) -> Option<MessageNo> {
        (container.0 < self.messages).then_some(MessageNo(container.0))
    }

    /// Returns the container above.
    pub fn parent(&self, container: ContainerNo) -> Option<ContainerNo> {
        let _ = container;
        None
    }

    /// Returns the root of the thread that a container stands in.
    pub fn root(&self, container: ContainerNo) -> ContainerNo {
        container
    }

    /// Walks a thread from its root in the order of reading: each container before those that answer
    /// it, siblings by date.
    pub fn walk(&self, root: ContainerNo) -> impl Iterator<Item = Step> {
        let step = Step { container: root, message: self.message(root), depth: 0, is_last: true };
        std::iter::once(step)
    }
}
