//! Where a message stands in its conversation.

use crate::corpus::MessageNo;
use crate::mail::Anomalies;
use crate::threads::Forest;

/// Where a message stands among the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The first message of its thread, in thread order.
    pub thread: MessageNo,
    /// The nearest message present that it answers, by References and In-Reply-To alone.
    pub parent: Option<MessageNo>,
    /// How many containers stand above it, missing ones included.
    pub depth: u32,
    /// What was odd about how it was threaded.
    pub anomalies: Anomalies,
}

impl Place {
    /// Returns the place of a message.
    pub fn of(message: MessageNo, forest: &Forest) -> Self {
        Self {
            thread: forest.thread_number(message),
            parent: forest.answered(message),
            depth: forest.depth(message),
            anomalies: forest.anomalies(message),
        }
    }

    /// Returns the place with what else was odd.
    #[must_use]
    pub fn with(self, others: Anomalies) -> Self {
        Self { anomalies: self.anomalies.and(others), ..self }
    }
}
