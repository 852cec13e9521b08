//! How many messages were written on each day, and how many of them name whom.
//!
//! A message is of the day that its own date shows in the zone it was written in, as in the list and in
//! `date:`.

use super::Surveyed;
use crate::mail::Anomaly;
use crate::mail::Date;
use crate::watch::CandidateNo;
use std::collections::BTreeMap;

/// Messages by day; days are counted from the first of January 1970.
pub type Counts = BTreeMap<i64, u32>;

/// The days of a mailbox on which there was mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    all: Counts,
    naming: BTreeMap<CandidateNo, Counts>,
    /// Messages without a date: they stand on no day.
    pub undated: u64,
    /// Messages whose own date cannot be true; they stand on the day that their separator says.
    pub impossible: u64,
}

impl Days {
    /// Counts what is listed.
    pub fn of(surveyed: &Surveyed) -> Self {
        let mut days = Self::default();
        for kept in surveyed.messages() {
            days.impossible += u64::from(kept.anomalies().has(Anomaly::ImpossibleDate));
            match kept.date() {
                Some(date) => *days.all.entry(day_of(date)).or_default() += 1,
                None => days.undated += 1,
            }
        }
        for (naming, kept) in surveyed.namings() {
            if let Some(date) = kept.date() {
                let counts = days.naming.entry(naming.candidate).or_default();
                *counts.entry(day_of(date)).or_default() += 1;
            }
        }
        days
    }

    /// Takes what has been counted; each day stands once.
    #[cfg(test)]
    pub(in crate::app) fn of_counts(counts: impl Iterator<Item = (i64, u32)>) -> Self {
        Self { all: counts.collect(), ..Self::default() }
    }

    /// Returns the messages of each day that has any.
    pub fn all(&self) -> &Counts {
        &self.all
    }

    /// Returns how many of the messages from one day to another, both included, name a candidate.
    pub fn naming(&self, candidate: CandidateNo, first: i64, last: i64) -> u64 {
        let counts = self.naming.get(&candidate).into_iter().flat_map(|counts| counts.range(first..=last));
        counts.map(|(_, &messages)| u64::from(messages)).sum()
    }
}

/// Returns the day that a date shows in its own zone.
pub fn day_of(date: Date) -> i64 {
    const DAY_SECONDS: i64 = 24 * 60 * 60;
    date.seconds.saturating_add(i64::from(date.zone_minutes) * 60).div_euclid(DAY_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::list::Narrowing;
    use crate::app::watching::Naming;
    use crate::corpus::Corpus;
    use crate::corpus::IdKey;
    use crate::corpus::MessageNo;
    use crate::corpus::Segment;
    use crate::mbox;
    use crate::query::Ranking;
    use std::sync::Arc;

    fn surveyed() -> Surveyed {
        let dates = [
            "Wed, 1 Feb 2017 23:30:00 -0500",
            "Thu, 2 Feb 2017 04:00:00 +0000",
            "Thu, 1 Jan 0102 00:00:00 +0000",
        ];
        let message =
            |date: &&str| format!("From a@b.example Fri Mar  3 09:00:00 2017\nDate: {date}\n\nx\n\n");
        let mailbox: String = dates.iter().map(message).collect();
        let split = mbox::split(mailbox.as_bytes());
        let segment = Segment::of_slots(mailbox.as_bytes(), &split.messages, IdKey::default());
        let corpus = Corpus::default().grown([Arc::new(segment)]);
        let naming = |message| Naming { message: MessageNo(message), candidate: CandidateNo(1), hits: 1 };
        Surveyed { corpus, narrowing: None, namings: vec![naming(0), naming(2)] }
    }

    const FEBRUARY: i64 = 17_198;

    #[test]
    fn a_message_is_of_the_day_that_its_writer_saw() {
        let days = Days::of(&surveyed());
        let expected = [(FEBRUARY, 1), (FEBRUARY + 1, 1), (FEBRUARY + 30, 1)];
        assert_eq!(days.all().iter().map(|(&day, &messages)| (day, messages)).collect::<Vec<_>>(), expected);
        assert_eq!((days.undated, days.impossible), (0, 1));
        assert_eq!(days.naming(CandidateNo(1), FEBRUARY, FEBRUARY), 1);
        assert_eq!(days.naming(CandidateNo(1), FEBRUARY, FEBRUARY + 30), 2);
        assert_eq!(days.naming(CandidateNo(0), FEBRUARY, FEBRUARY + 30), 0);
    }

    #[test]
    fn only_what_is_listed_counts() {
        let ranking = Ranking::default();
        let none = Surveyed { narrowing: Some(Arc::new(Narrowing::of(ranking))), ..surveyed() };
        assert_eq!(Days::of(&none), Days::default());
    }
}
