//! A tally as columns, so that it can be kept.

use super::tally::Count;
use super::tally::Tally;
use super::tally::Unsearchable;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::MessageNo;
use crate::mail::Date;
use std::io;

/// Each at the place that its number says.
const REASONS: [Unsearchable; 3] = [Unsearchable::Encrypted, Unsearchable::NoText, Unsearchable::Undecodable];

impl Tally {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        let (messages, reasons): (Vec<MessageNo>, Vec<u8>) =
            self.unsearchable.iter().map(|(&message, &reason)| (message, reason as u8)).unzip();
        out.column(&[self.searched, self.counts.len() as u64])?;
        out.column(&messages)?;
        out.column(&reasons)?;
        self.counts.iter().try_for_each(|count| count.pack(out))
    }

    /// Returns the tally that was packed; nothing where the bytes are none.
    pub fn unpack(from: &mut Unpacker) -> Option<Self> {
        let [searched, candidates] = from.values()?;
        let (messages, reasons) = (from.column::<MessageNo>()?, from.column::<u8>()?);
        let reasons = reasons.iter().map(|&reason| REASONS.get(usize::from(reason)).copied());
        let unsearchable = messages.iter().zip(reasons).map(|(&message, reason)| Some((message, reason?)));
        Some(Self {
            searched,
            unsearchable: unsearchable.collect::<Option<_>>()?,
            counts: (0..candidates).map(|_| Count::unpack(from)).collect::<Option<_>>()?,
        })
    }
}

impl Count {
    fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        let Self { messages, hits, in_headers, own, quoted, attachments, .. } = *self;
        out.column(&[messages, hits, in_headers, own, quoted, attachments])?;
        for date in [self.first, self.last] {
            let dates: Vec<i64> =
                date.map(|date| [date.seconds, i64::from(date.zone_minutes)]).into_iter().flatten().collect();
            out.column(&dates)?;
        }
        out.column(&self.threads.iter().copied().collect::<Vec<MessageNo>>())?;
        out.column(&self.spellings.values().copied().collect::<Vec<u64>>())?;
        self.spellings.keys().try_for_each(|spelling| out.text(spelling))
    }

    fn unpack(from: &mut Unpacker) -> Option<Self> {
        let [messages, hits, in_headers, own, quoted, attachments] = from.values()?;
        let (first, last) = (unpack_date(from)?, unpack_date(from)?);
        let threads = from.column::<MessageNo>()?.iter().copied().collect();
        let times = from.column::<u64>()?;
        let spellings = times.iter().map(|&times| Some((from.text()?.to_owned(), times)));
        let spellings = spellings.collect::<Option<_>>()?;
        Some(Self { messages, threads, hits, in_headers, own, quoted, attachments, first, last, spellings })
    }
}

/// Returns the next date, or that there is none.
fn unpack_date(from: &mut Unpacker) -> Option<Option<Date>> {
    match *from.column::<i64>()? {
        [] => Some(None),
        [seconds, zone] => Some(Some(Date { seconds, zone_minutes: i16::try_from(zone).ok()? })),
        _ => None,
    }
}
