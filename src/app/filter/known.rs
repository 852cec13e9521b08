//! What a filter may ask that does not stand in the messages themselves.

use crate::corpus::MessageNo;
use crate::query::Fact;
use crate::query::Facts;
use crate::threads::Forest;

/// Knows who belongs to which thread; of everything else it asks somebody else.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The threads.
    pub forest: &'a Forest,
    /// Who knows the rest.
    pub others: &'a (dyn Facts + Sync),
}

impl Facts for Known<'_> {
    fn holds(&self, fact: &Fact, message: MessageNo) -> Option<bool> {
        let Fact::ThreadOf(ordinal) = fact else { return self.others.holds(fact, message) };
        let wanted = MessageNo::from_ordinal(*ordinal)?;
        Some(self.forest.thread_of(wanted) == self.forest.thread_of(message))
    }
}

/// Returns nothing where a filter may ask for a fact, else why not.
pub(super) fn knows(fact: &Fact) -> Result<(), String> {
    let why = match fact {
        Fact::ThreadOf(_) => return Ok(()),
        Fact::Candidate(_) => "candidates are not known yet",
        Fact::Marked => "marks are not kept yet",
        Fact::Tag(_) => "tags are not kept yet",
        Fact::Duplicate => "duplicates are not known yet",
    };
    Err(why.to_owned())
}
