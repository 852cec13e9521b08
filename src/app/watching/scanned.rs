//! What was found in some messages: made by a worker, taken in by the state.

use super::Finding;
use crate::bytes::ByteRange;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::mail::Envelope;
use crate::mail::Message;
use crate::mail::read_envelope;
use crate::mail::read_message;
use crate::mbox;
use crate::watch::CandidateNo;
use crate::watch::MessageHit;
use crate::watch::Scanner;
use crate::watch::Scratch;
use crate::watch::Tally;
use crate::watch::Unsearchable;
use crate::watch::scan_message;
use crate::watch::unsearchable;

/// What was found in some stretches of the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanned {
    /// Who is named where.
    pub stretches: Vec<Stretch>,
    /// How often, its threads left out: those are known when all of the mailbox is.
    pub tally: Tally,
    /// The range of the one message that this is of, where it is the last of the mailbox: it may go on,
    /// and is then searched anew.
    pub last: Option<ByteRange>,
}

/// Whom the messages of a stretch name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Its first message.
    pub first: MessageNo,
    /// How many messages it has.
    pub messages: u32,
    /// Sorted by message, then candidate.
    pub namings: Vec<Naming>,
    /// The messages that could not be searched, or not all of them; sorted.
    pub unsearchable: Vec<MessageNo>,
}

/// That a message names a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Naming {
    /// The message.
    pub message: MessageNo,
    /// Whom it names.
    pub candidate: CandidateNo,
    /// How often.
    pub hits: u16,
}

impl Scanned {
    /// Begins with nothing found of so many candidates.
    pub fn new(candidates: usize) -> Self {
        Self { stretches: Vec::new(), tally: Tally::new(candidates), last: None }
    }

    /// Begins a stretch with this message.
    pub fn begin(&mut self, first: MessageNo) {
        self.stretches.push(Stretch { first, ..Stretch::default() });
    }

    /// Searches the next message of the last stretch; `bytes` are its own.
    pub fn search(&mut self, kept: Kept<'_>, bytes: &[u8], scanner: &Scanner, scratch: &mut Scratch) {
        let (_, message, hits) = taken_apart(bytes, scanner, scratch);
        let why_not = unsearchable(&message);
        self.tally.add(kept.number(), why_not);
        self.tally.add_hits(MessageNo(0), kept.date(), &hits);
        let Some(stretch) = self.stretches.last_mut() else { return };
        stretch.messages += 1;
        stretch.namings.extend(namings(kept.number(), &hits));
        stretch.unsearchable.extend(why_not.map(|_| kept.number()));
    }
}

/// Returns whom a message names by these hits, in the order of the watchlist.
pub fn namings(message: MessageNo, hits: &[MessageHit]) -> Vec<Naming> {
    let mut candidates: Vec<CandidateNo> = hits.iter().map(|hit| hit.candidate).collect();
    candidates.sort_unstable();
    let of_each = candidates.chunk_by(|one, other| one == other);
    let namings = of_each.filter_map(|hits| {
        let hits_or_most = u16::try_from(hits.len()).unwrap_or(u16::MAX);
        Some(Naming { message, candidate: *hits.first()?, hits: hits_or_most })
    });
    namings.collect()
}

impl Scanned {
    /// Notes that the next message of the last stretch is not there any more.
    pub fn miss(&mut self, message: MessageNo) {
        self.tally.add(message, Some(Unsearchable::Gone));
        if let Some(stretch) = self.stretches.last_mut() {
            stretch.messages += 1;
            stretch.unsearchable.push(message);
        }
    }

    /// Takes in what was found elsewhere.
    pub fn and(&mut self, other: Self) {
        self.stretches.extend(other.stretches);
        self.tally.and(other.tally);
    }
}

impl Stretch {
    /// Returns what was found in a message; `None` where it stands elsewhere.
    pub(super) fn of(&self, message: MessageNo) -> Option<Finding<'_>> {
        (self.first.0..self.first.0 + self.messages).contains(&message.0).then_some(())?;
        let start = self.namings.partition_point(|naming| naming.message < message);
        let end = self.namings.partition_point(|naming| naming.message <= message);
        let is_searchable = self.unsearchable.binary_search(&message).is_err();
        Some(Finding { namings: self.namings.get(start..end)?, is_searchable })
    }
}

/// Takes a message apart, and finds whom it names: the one way for marks, badges and counts.
pub fn taken_apart<'a>(
    bytes: &'a [u8],
    scanner: &Scanner,
    scratch: &mut Scratch,
) -> (Envelope<'a>, Message, Vec<MessageHit>) {
    let envelope = read_envelope(bytes);
    let message = read_message(&mbox::unquote(bytes));
    let subject = envelope.subject.as_deref();
    let hits = scan_message(scanner, &envelope.people, subject, &message, scratch);
    (envelope, message, hits)
}
