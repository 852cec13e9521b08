//! What people look at rather than read: when there was mail, and who wrote to whom.
//!
//! Each is counted once by a worker, over what is listed, and then only looked at: [`Days`] for the
//! screen of activity, [`Correspondents`] for that of people. Nothing that is counted is guessed at: what
//! has no date or no address is counted as that.
//!
//! Not here: the screens (`activity`, `people`), and when to count (`update`).

mod correspondents;
mod days;
mod periods;

pub use correspondents::Correspondent;
pub use correspondents::Correspondents;
pub use days::Days;
pub use days::day_of;
pub use periods::Period;
pub use periods::PeriodRow;
pub use periods::Step;
pub use periods::rows;

use super::list::Narrowing;
use super::watching::Naming;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use std::sync::Arc;

/// What is counted over: the messages that the filter leaves, and whom they are known to name.
#[derive(Clone, Debug, Default)]
pub struct Surveyed {
    /// The messages.
    pub corpus: Corpus,
    /// What the filter leaves of them; everything where there is none.
    pub narrowing: Option<Arc<Narrowing>>,
    /// Whom messages name, in mailbox order.
    pub namings: Vec<Naming>,
}

impl Surveyed {
    /// Returns the messages that are listed, in mailbox order.
    fn messages(&self) -> impl Iterator<Item = Kept<'_>> {
        let is_listed = |kept: &Kept<'_>| self.narrowing.as_ref().is_none_or(|it| it.holds(kept.number()));
        self.corpus.iter().filter(is_listed)
    }

    /// Returns every naming of a message that is listed.
    fn namings(&self) -> impl Iterator<Item = (&Naming, Kept<'_>)> {
        let listed = self
            .namings
            .iter()
            .filter(|naming| self.narrowing.as_ref().is_none_or(|narrowing| narrowing.holds(naming.message)));
        listed.filter_map(|naming| Some((naming, self.corpus.get(naming.message)?)))
    }
}
