//! `date:`, `after:` and `before:`: days, months and years, as the list shows them.
//!
//! A message is of the day that its own date shows in the zone it was written in, which is the day
//! that stands in the list and in the message. `date:` takes a year, a month, a day, or a range of
//! them with both ends in it (`2017-02..2017-04` is all of February to all of April, and either end
//! may be left open). `after:` and `before:` leave out what they name: `after:2017-01-31` begins with
//! the first of February, `before:2017` ends with 2016. A message without a date is in no range.

use crate::mail::Date;
use std::fmt;

/// Days from one to another, both included, as they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRange {
    relation: Relation,
    first: Option<i64>,
    last: Option<i64>,
}

/// How the days were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    In(Stretch),
    Between(Option<Stretch>, Option<Stretch>),
    After(Stretch),
    Before(Stretch),
}

/// A year, a month or a day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
}

const DAY_SECONDS: i64 = 24 * 60 * 60;

impl DayRange {
    /// Reads the value of `date:`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let Some((from, until)) = text.split_once("..") else {
            let stretch = Stretch::parse(text)?;
            return Some(Self::of(Relation::In(stretch), Some(stretch.first()), Some(stretch.last())));
        };
        if from.is_empty() && until.is_empty() {
            return None;
        }
        let end = |text: &str| (!text.is_empty()).then(|| Stretch::parse(text));
        let (from, until) = (end(from), end(until));
        if from == Some(None) || until == Some(None) {
            return None;
        }
        let (from, until) = (from.flatten(), until.flatten());
        Some(Self::of(Relation::Between(from, until), from.map(Stretch::first), until.map(Stretch::last)))
    }

    /// Reads the value of `after:`.
    pub(super) fn parse_after(text: &str) -> Option<Self> {
        let stretch = Stretch::parse(text)?;
        Some(Self::of(Relation::After(stretch), Some(stretch.last() + 1), None))
    }

    /// Reads the value of `before:`.
    pub(super) fn parse_before(text: &str) -> Option<Self> {
        let stretch = Stretch::parse(text)?;
        Some(Self::of(Relation::Before(stretch), None, Some(stretch.first() - 1)))
    }

    fn of(relation: Relation, first: Option<i64>, last: Option<i64>) -> Self {
        Self { relation, first, last }
    }

    /// Returns whether it ends before it begins, so that no day is in it.
    pub(super) fn is_backwards(self) -> bool {
        matches!((self.first, self.last), (Some(first), Some(last)) if last < first)
    }

    /// Returns whether a message of this date is in it.
    pub fn holds(self, date: Date) -> bool {
        let day = (date.seconds.saturating_add(i64::from(date.zone_minutes) * 60)).div_euclid(DAY_SECONDS);
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl Stretch {
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('-');
        let year = number(numbers.next()?, 4..=4)?;
        let month = numbers.next();
        let day = numbers.next();
        if numbers.next().is_some() {
            return None;
        }
        let month = month.map(|text| number(text, 1..=2).filter(|month| (1..=12).contains(month)));
        let day = day.map(|text| number(text, 1..=2));
        if month == Some(None) || day == Some(None) {
            return None;
        }
        let stretch = Self { year, month: month.flatten(), day: day.flatten() };
        stretch.is_in_calendar().then_some(stretch)
    }

    fn is_in_calendar(self) -> bool {
        let (Some(month), Some(day)) = (self.month, self.day) else { return true };
        let month = Self { month: Some(month), day: None, ..self };
        (1..=month.last() - month.first() + 1).contains(&day)
    }

    /// The number of its first day, counted from the first of January 1970.
    fn first(self) -> i64 {
        day_number(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    fn last(self) -> i64 {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first(),
            (Some(12) | None, _) => day_number(self.year + 1, 1, 1) - 1,
            (Some(month), None) => day_number(self.year, month + 1, 1) - 1,
        }
    }
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let is_number = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The days from the first of January 1970, in the Gregorian calendar throughout.
///
/// The year is counted from March, so that the leap day is its last and every month's first day
/// follows from a line of slope 153/5.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (month + 9) % 12;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let in_year = (153 * month_from_march + 2) / 5 + day - 1;
    // 719,468 days lie between the first of March of the year 0 and 1970.
    365 * year + leap_days + in_year - 719_468
}

impl fmt::Display for DayRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.relation {
            Relation::In(stretch) => write!(out, "date:{stretch}"),
            Relation::After(stretch) => write!(out, "after:{stretch}"),
            Relation::Before(stretch) => write!(out, "before:{stretch}"),
            Relation::Between(from, until) => {
                let shown = |end: Option<Stretch>| end.map(|it| it.to_string()).unwrap_or_default();
                write!(out, "date:{}..{}", shown(from), shown(until))
            }
        }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(out, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2000, 2, 29), 11_016);
        assert_eq!(day_number(2017, 2, 1) * DAY_SECONDS, 1_485_907_200);
        assert_eq!(day_number(1, 1, 1), -719_162);
    }

    #[track_caller]
    fn check(asked: Option<DayRange>, seconds: i64, zone_minutes: i16, expected: bool) {
        let holds = asked.is_some_and(|days| days.holds(Date { seconds, zone_minutes }));
        assert_eq!(holds, expected, "{asked:?}");
    }

    #[test]
    fn a_message_is_of_the_day_that_its_writer_saw() {
        let midnight = 1_485_907_200; // 2017-02-01T00:00:00Z
        check(DayRange::parse("2017-02-01"), midnight, 0, true);
        check(DayRange::parse("2017-02-01"), midnight - 1, 0, false);
        check(DayRange::parse("2017-02-01"), midnight - 1, 60, true);
        check(DayRange::parse("2017-01-31"), midnight, -60, true);
        check(DayRange::parse("2017-02"), midnight + 27 * DAY_SECONDS, 0, true);
        check(DayRange::parse("2017-02"), midnight + 28 * DAY_SECONDS, 0, false);
        check(DayRange::parse("2016-12..2017-02"), midnight, 0, true);
        check(DayRange::parse("..2017-01"), midnight, 0, false);
        check(DayRange::parse("2017-02.."), midnight, 0, true);
        check(DayRange::parse_after("2017-01-31"), midnight, 0, true);
        check(DayRange::parse_after("2017-01"), midnight - 1, 0, false);
        check(DayRange::parse_before("2017-02"), midnight - 1, 0, true);
        check(DayRange::parse_before("2017-02"), midnight, 0, false);
        check(DayRange::parse("2017"), i64::MAX, i16::MAX, false);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        let wrong =
            ["", "17", "2017-13", "2017-0", "2017-02-30", "2017-02-01-01", "2017/02", "..", "2017..x"];
        for text in wrong.into_iter().chain(["1900-02-29", "+2017", "2017-", "feb", "٢٠١٧"]) {
            assert_eq!(DayRange::parse(text), None, "{text}");
        }
        assert_eq!(DayRange::parse("2017-2-1").map(|days| days.to_string()), Some("date:2017-02-01".into()));
        assert!(DayRange::parse("2018..2017").is_some_and(DayRange::is_backwards));
    }
}
