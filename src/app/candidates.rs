//! The candidates screen: who is named how often, where, and when.
//!
//! Counted when it is opened, and again when more is known while it is open; drawing it counts nothing.

use super::Command;
use super::Snapshot;
use super::layer::moved;
use super::watching::Watching;
use crate::corpus::Corpus;
use crate::mail::Date;
use crate::watch::CandidateNo;
use crate::watch::Tally;
use crate::watch::Unsearchable;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Rows of the screen that a candidate takes, the free one below included.
pub const ROWS_EACH: usize = 3;

/// Finer than any screen draws it.
const STEPS: usize = 480;

/// One message in so many may have a date before or after the time that the strips show: dates that
/// cannot be true would leave all others in one cell.
const DATES_LEFT_OUT: usize = 200;

/// The table, and the row that is selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// One for each candidate, in the order of the watchlist.
    pub rows: Vec<CandidateRow>,
    /// The time that the strips show.
    pub time: Option<(Date, Date)>,
    /// How many messages were searched.
    pub searched: u64,
    /// How many could not be, and why.
    pub unsearchable: BTreeMap<Unsearchable, u64>,
    /// The row that is selected; the one behind the last is that of what could not be searched.
    pub selected: usize,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The messages that name the candidate with this badge.
    Candidate(char),
    /// Those that could not be searched.
    Unsearchable,
}

/// One candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateRow {
    /// Who.
    pub number: CandidateNo,
    /// The badge.
    pub badge: char,
    /// The full name.
    pub name: String,
    /// What was looked for.
    pub searched: Vec<String>,
    /// Messages that name them.
    pub messages: u64,
    /// Conversations that do.
    pub threads: u64,
    /// How often.
    pub hits: u64,
    /// Messages that do so in the header.
    pub in_headers: u64,
    /// In the sender's own words.
    pub own: u64,
    /// In what the sender quotes.
    pub quoted: u64,
    /// The first date.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
    /// How many messages name them in each step of the time.
    pub strip: Vec<u32>,
}

impl Candidates {
    /// Counts what is known.
    pub fn of(watching: &Watching, snapshot: &Snapshot) -> Self {
        let time = time_of(&snapshot.corpus);
        let tally = watching.tally();
        let mut rows = rows_of(watching, &tally);
        let mut threads = BTreeSet::new();
        for naming in watching.namings() {
            let Some(row) = rows.get_mut(usize::from(naming.candidate.0)) else { continue };
            let date = snapshot.corpus.get(naming.message).and_then(|kept| kept.date());
            if let Some(step) = time.zip(date).and_then(|(time, date)| step_of(time, date)) {
                row.strip.get_mut(step).into_iter().for_each(|messages| *messages += 1);
            }
            if threads.insert((naming.candidate, snapshot.forest.thread_of(naming.message))) {
                row.threads += 1;
            }
        }
        let mut unsearchable = BTreeMap::new();
        for &reason in tally.unsearchable.values() {
            *unsearchable.entry(reason).or_default() += 1;
        }
        Self { rows, time, searched: tally.searched, unsearchable, selected: 0 }
    }

    /// Counts again, the same row selected.
    pub fn count_again(&mut self, watching: &Watching, snapshot: &Snapshot) {
        *self = Self { selected: self.selected, ..Self::of(watching, snapshot) };
    }

    /// Returns the first candidate that is seen in so many rows.
    pub fn top(&self, height: usize) -> usize {
        let fitting = (height / ROWS_EACH).max(1);
        (self.selected + 1).min(self.rows.len()).saturating_sub(fitting)
    }

    /// Returns what is selected.
    pub fn chosen(&self) -> Chosen {
        self.rows.get(self.selected).map_or(Chosen::Unsearchable, |row| Chosen::Candidate(row.badge))
    }

    /// Returns whether what could not be searched is selected.
    pub fn is_below_the_table(&self) -> bool {
        self.selected >= self.rows.len()
    }

    /// Moves to another row.
    pub fn go(&mut self, meant: Option<Command>, height: usize) {
        let all = self.rows.len() + usize::from(!self.unsearchable.is_empty());
        self.selected = moved(meant, self.selected, height / ROWS_EACH, all).unwrap_or(self.selected);
    }
}

fn rows_of(watching: &Watching, tally: &Tally) -> Vec<CandidateRow> {
    let candidates = watching.watchlist.candidates().iter().enumerate();
    let row = |(place, candidate): (usize, &crate::watch::Candidate)| {
        let count = tally.counts.get(place).cloned().unwrap_or_default();
        CandidateRow {
            number: CandidateNo(place as u16),
            badge: candidate.badge,
            name: candidate.name.clone(),
            searched: candidate.searched().map(str::to_owned).collect(),
            messages: count.messages,
            threads: 0,
            hits: count.hits,
            in_headers: count.in_headers,
            own: count.own,
            quoted: count.quoted,
            first: count.first,
            last: count.last,
            strip: vec![0; STEPS],
        }
    };
    candidates.map(row).collect()
}

/// Returns the time in which the messages were written, but for a few that say otherwise.
fn time_of(corpus: &Corpus) -> Option<(Date, Date)> {
    let mut dates: Vec<Date> = corpus.iter().filter_map(|kept| kept.date()).collect();
    let left_out = dates.len() / DATES_LEFT_OUT;
    let last = dates.len().checked_sub(1 + left_out)?;
    let first = *dates.select_nth_unstable(left_out).1;
    Some((first, *dates.select_nth_unstable(last).1))
}

fn step_of((first, last): (Date, Date), date: Date) -> Option<usize> {
    let whole = i128::from(last.seconds) - i128::from(first.seconds) + 1;
    let since = i128::from(date.seconds) - i128::from(first.seconds);
    let step = since * STEPS as i128 / whole;
    usize::try_from(step).ok().filter(|&step| since >= 0 && step < STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: i64, last: i64, at: i64, expected: Option<usize>) {
        let date = |seconds| Date { seconds, zone_minutes: 0 };
        assert_eq!(step_of((date(first), date(last)), date(at)), expected);
    }

    #[test]
    fn a_date_has_its_step_or_none() {
        check(0, 479, 0, Some(0));
        check(0, 479, 479, Some(479));
        check(0, 479, 480, None);
        check(0, 479, -1, None);
        check(7, 7, 7, Some(0));
        check(i64::MIN, i64::MAX, 0, Some(240));
    }
}
