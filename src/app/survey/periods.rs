//! Days put together into months or years, with the gaps between them.

use super::days::Days;
use crate::mail::Civil;
use crate::mail::Date;
use crate::watch::CandidateNo;
use std::collections::BTreeMap;
use std::fmt;

/// How much time a row stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A day.
    Day,
    /// A month.
    #[default]
    Month,
    /// A year.
    Year,
}

/// A day, a month or a year.
///
/// Those of one step are ordered by time. Printed as a query reads it: `2017`, `2017-02`, `2017-02-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day, counted from the first of January 1970.
    Day(i64),
    /// A month, counted from the January of the year 0.
    Month(i64),
    /// A year.
    Year(i64),
}

/// A row of the time in which there was mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodRow {
    /// A period, how many messages it has, and how many of them name the candidate that was asked for.
    Period {
        /// The period.
        period: Period,
        /// Its messages.
        messages: u64,
        /// Those that name the candidate.
        naming: u64,
    },
    /// So many periods without a message, between two that have some.
    Gap(u64),
}

/// So many empty periods in a row are rows of their own; more are one gap.
const EMPTY_ROWS_AT_MOST: i64 = 2;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Of a year.
const MONTHS: i64 = 12;

/// Returns the rows of the whole time, the earliest first.
pub fn rows(days: &Days, step: Step, candidate: Option<CandidateNo>) -> Vec<PeriodRow> {
    let mut periods: BTreeMap<Period, (u64, u64)> = BTreeMap::new();
    for (&day, &messages) in days.all() {
        let (all, naming) = periods.entry(Period::of(day, step)).or_default();
        *all += u64::from(messages);
        *naming += candidate.map_or(0, |candidate| days.naming(candidate, day, day));
    }
    let mut rows = Vec::new();
    let mut before: Option<Period> = None;
    for (period, (messages, naming)) in periods {
        rows.extend(before.map(|before| between(before, period)).into_iter().flatten());
        rows.push(PeriodRow::Period { period, messages, naming });
        before = Some(period);
    }
    rows
}

/// Returns the rows between two periods that have mail.
fn between(before: Period, after: Period) -> Vec<PeriodRow> {
    let empty = after.number() - before.number() - 1;
    if empty > EMPTY_ROWS_AT_MOST {
        return vec![PeriodRow::Gap(empty as u64)];
    }
    let periods = std::iter::successors(Some(before.next()), |period| Some(period.next()));
    let empty_row = |period| PeriodRow::Period { period, messages: 0, naming: 0 };
    periods.take(empty.max(0) as usize).map(empty_row).collect()
}

impl PeriodRow {
    /// Returns the period, unless it is a gap.
    pub fn period(self) -> Option<Period> {
        if let Self::Period { period, .. } = self { Some(period) } else { None }
    }
}

impl Step {
    /// Returns the next shorter one.
    pub fn shorter(self) -> Self {
        if self == Self::Year { Self::Month } else { Self::Day }
    }

    /// Returns the next longer one.
    pub fn longer(self) -> Self {
        if self == Self::Day { Self::Month } else { Self::Year }
    }

    /// Returns what one is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

impl Period {
    /// Returns the period in which a day lies; days are counted from the first of January 1970.
    pub fn of(day: i64, step: Step) -> Self {
        let Civil { year, month, .. } = civil(day);
        match step {
            Step::Day => Self::Day(day),
            Step::Month => Self::Month(i64::from(year) * MONTHS + i64::from(month) - 1),
            Step::Year => Self::Year(i64::from(year)),
        }
    }

    /// Returns whether a day lies in it.
    pub fn holds(self, day: i64) -> bool {
        Self::of(day, self.step()) == self
    }

    /// Returns the days since Monday of a day.
    pub fn weekday(self) -> Option<i8> {
        if let Self::Day(day) = self { Some(civil(day).weekday) } else { None }
    }

    fn step(self) -> Step {
        match self {
            Self::Day(_) => Step::Day,
            Self::Month(_) => Step::Month,
            Self::Year(_) => Step::Year,
        }
    }

    /// Numbers the periods of one step: the next has the next number.
    fn number(self) -> i64 {
        let (Self::Day(number) | Self::Month(number) | Self::Year(number)) = self;
        number
    }

    fn next(self) -> Self {
        match self {
            Self::Day(day) => Self::Day(day + 1),
            Self::Month(month) => Self::Month(month + 1),
            Self::Year(year) => Self::Year(year + 1),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => {
                let Civil { year, month, day, .. } = civil(day);
                write!(out, "{year:04}-{month:02}-{day:02}")
            }
            Self::Month(month) => {
                write!(out, "{:04}-{:02}", month.div_euclid(MONTHS), month.rem_euclid(MONTHS) + 1)
            }
            Self::Year(year) => write!(out, "{year:04}"),
        }
    }
}

fn civil(day: i64) -> Civil {
    Date { seconds: day.saturating_mul(DAY_SECONDS), zone_minutes: 0 }.civil()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days as numbers from the first of January 2017.
    #[track_caller]
    fn check(days: &[(i64, u32)], step: Step, expected: &[&str]) {
        const NEW_YEAR_2017: i64 = 17_167;
        let days = Days::of_counts(days.iter().map(|&(day, messages)| (NEW_YEAR_2017 + day, messages)));
        let shown = |row: &PeriodRow| match row {
            PeriodRow::Period { period, messages, .. } => format!("{period} {messages}"),
            PeriodRow::Gap(periods) => format!("gap {periods}"),
        };
        assert_eq!(rows(&days, step, None).iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn days_add_up_to_months_and_years_with_their_gaps() {
        let days = [(0, 3), (1, 1), (3, 2), (31, 5), (120, 1), (800, 7)];
        check(
            &days,
            Step::Day,
            &[
                "2017-01-01 3",
                "2017-01-02 1",
                "2017-01-03 0",
                "2017-01-04 2",
                "gap 27",
                "2017-02-01 5",
                "gap 88",
                "2017-05-01 1",
                "gap 679",
                "2019-03-12 7",
            ],
        );
        check(
            &days,
            Step::Month,
            &["2017-01 6", "2017-02 5", "2017-03 0", "2017-04 0", "2017-05 1", "gap 21", "2019-03 7"],
        );
        check(&days, Step::Year, &["2017 12", "2018 0", "2019 7"]);
        check(&[], Step::Day, &[]);
        check(&[(-40_000_000, 1), (40_000_000, 1)], Step::Year, &["-9999 1", "gap 19997", "9999 1"]);
    }

    #[test]
    fn a_period_holds_its_days() {
        let month = Period::of(17_198, Step::Month);
        assert_eq!(month.to_string(), "2017-02");
        assert!(month.holds(17_198) && month.holds(17_225) && !month.holds(17_226));
        assert_eq!(Period::of(17_198, Step::Day).weekday(), Some(2));
        assert_eq!(month.weekday(), None);
    }
}
