//! What was found in the whole mailbox, as columns, so that it can be kept.

use super::Naming;
use super::Scanned;
use super::Stretch;
use super::Watching;
use crate::app::Snapshot;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::MessageNo;
use crate::watch::CandidateNo;
use crate::watch::Tally;
use std::io;

impl Watching {
    /// Returns all that was found, once every message of the mailbox has been searched.
    pub fn whole(&self, snapshot: &Snapshot) -> Option<Scanned> {
        let messages = snapshot.corpus.len();
        let is_whole = snapshot.is_complete && self.named.messages() == messages && messages > 0;
        let is_asked = is_whole && !self.watchlist.candidates().is_empty();
        is_asked
            .then(|| Scanned::whole(messages as u32, self.namings().copied().collect(), self.tally.clone()))
    }
}

impl Scanned {
    fn whole(messages: u32, namings: Vec<Naming>, tally: Tally) -> Self {
        let unsearchable = tally.unsearchable.keys().copied().collect();
        Self {
            stretches: vec![Stretch { first: MessageNo(0), messages, namings, unsearchable }],
            tally,
            last: None,
        }
    }

    /// Writes what was found in the whole mailbox.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        let namings = || self.stretches.iter().flat_map(|stretch| &stretch.namings);
        let messages: u32 = self.stretches.iter().map(|stretch| stretch.messages).sum();
        out.column(&[u64::from(messages)])?;
        out.column(&namings().map(|naming| naming.message).collect::<Vec<_>>())?;
        out.column(&namings().map(|naming| naming.candidate.0).collect::<Vec<_>>())?;
        out.column(&namings().map(|naming| naming.hits).collect::<Vec<_>>())?;
        self.tally.pack(out)
    }

    /// Returns what was packed; nothing where the bytes are none.
    pub fn unpack(from: &mut Unpacker) -> Option<Self> {
        let messages = u32::try_from(from.values::<1>()?[0]).ok()?;
        let named = from.column::<MessageNo>()?;
        let (candidates, hits) = (from.column::<u16>()?, from.column::<u16>()?);
        let namings = named.iter().zip(candidates.iter()).zip(hits.iter());
        let namings = namings.map(|((&message, &candidate), &hits)| Naming {
            message,
            candidate: CandidateNo(candidate),
            hits,
        });
        Some(Self::whole(messages, namings.collect(), Tally::unpack(from)?))
    }
}
