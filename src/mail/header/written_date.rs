//! The `Date` field, as programs of forty years write it.
//!
//! An ordinary date (RFC 5322 §3.3) is read by jiff. Any other is taken apart into words and numbers,
//! and each is asked what it can be: a month in one of several languages, a clock, a zone by its name
//! or number, a year of two digits, ISO 8601, `asctime`. What was missing or had to be guessed is
//! noted; a day that no calendar has gives nothing, and nothing is rolled over into the next month.
//!
//! Not here: zones and months (see `date_words`).

use super::date_words;
use super::date_words::Lexeme;
use super::date_words::Zone;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Date;
use jiff::civil;
use jiff::fmt::rfc2822;

/// How much of a date is looked at. The longest honest one, with a zone in words, has 60 bytes.
const LONGEST_DATE_BYTES: usize = 256;

const ORDINARY: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);

/// The start of 1971, the year of the first mail between machines. What is before it, and above all
/// the first of January 1970, was written by a clock that nobody had set.
const FIRST_MAIL_SECONDS: i64 = 365 * 24 * 3600;

/// Reads a `Date` field.
pub(super) fn read_date(value: &[u8], anomalies: &mut Anomalies) -> Option<Date> {
    // `Received` puts a date behind a semicolon, and some programs take the whole of it.
    let start = memchr::memrchr(b';', value).map_or(0, |end| end + 1);
    let value = value.get(start..).unwrap_or_default().trim_ascii();
    let value = value.get(..LONGEST_DATE_BYTES).unwrap_or(value);
    let date = ordinary(value).or_else(|| Clues::of(value).date(anomalies));
    anomalies.note_if(date.is_none(), Anomaly::BadDate);
    anomalies.note_if(date.is_some_and(|date| date.seconds < FIRST_MAIL_SECONDS), Anomaly::ImpossibleDate);
    date
}

/// Reads `Wed, 1 Feb 2017 09:30:00 +0100`, with or without comments.
fn ordinary(value: &[u8]) -> Option<Date> {
    if !has_full_year_and_offset(value) {
        return None;
    }
    let zoned = ORDINARY.parse_zoned(value).ok()?;
    let zone_minutes = i16::try_from(zoned.offset().seconds() / 60).ok()?;
    Some(Date { seconds: zoned.timestamp().as_second(), zone_minutes })
}

/// Returns whether four digits stand before the clock and behind it, as year and offset. Shorter years
/// and names of zones are no errors to jiff; here they are to be noted.
fn has_full_year_and_offset(value: &[u8]) -> bool {
    let colon = memchr::memchr(b':', value).unwrap_or(0);
    let (before, after) = value.split_at_checked(colon).unwrap_or_default();
    let hour = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let year = before.get(..colon - hour).unwrap_or_default().trim_ascii_end();
    let sign = memchr::memchr2(b'+', b'-', after).unwrap_or(after.len());
    let offset = after.get(sign + 1..sign + 5).unwrap_or_default();
    let is_year = matches!(year, [.., b' ' | b'\t' | b'\n', a, b, c, d] if [a, b, c, d].iter().all(|it| it.is_ascii_digit()));
    is_year && offset.len() == 4 && offset.iter().all(u8::is_ascii_digit)
}

/// What the words and numbers of a date can be.
#[derive(Default)]
struct Clues {
    month: Option<i8>,
    is_month_foreign: bool,
    clock: Option<[i64; 3]>,
    is_afternoon: Option<bool>,
    zone: Option<Zone>,
    /// Day, year, and the month where it is a number, in the order they stand in.
    numbers: Vec<Number>,
}

#[derive(Clone, Copy)]
struct Number {
    value: i16,
    digits: usize,
}

impl Clues {
    fn of(value: &[u8]) -> Self {
        let lexemes = date_words::lexemes(value);
        let mut clues = Self::default();
        let mut rest = lexemes.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let taken = clues.take(first, after);
            rest = rest.get(taken..).unwrap_or_default();
        }
        if clues.zone.is_none() {
            clues.zone = date_words::zone_in_comments(value);
        }
        clues
    }

    /// Takes what the lexemes begin with, and returns how many that are.
    fn take(&mut self, first: &Lexeme<'_>, after: &[Lexeme<'_>]) -> usize {
        if let Some((clock, taken)) = clock(first, after).filter(|_| self.clock.is_none()) {
            self.clock = Some(clock);
            return taken;
        }
        match *first {
            Lexeme::Word(word) => self.word(word, after),
            Lexeme::Number { value, digits } => {
                self.numbers.push(Number { value: i16::try_from(value).unwrap_or(i16::MAX), digits });
                1
            }
            Lexeme::Sign(_) if self.clock.is_some() && self.zone.is_none() => {
                let Some((minutes, taken)) = date_words::offset(first, after) else { return 1 };
                self.zone = Some(Zone { minutes, is_exact: true });
                taken
            }
            Lexeme::Sign(_) | Lexeme::Other(_) => 1,
        }
    }

    fn word(&mut self, word: &[u8], after: &[Lexeme<'_>]) -> usize {
        if let Some((month, is_english)) = date_words::month(word) {
            // Of several the last: in French and Spanish `mar` is a Tuesday, too.
            (self.month, self.is_month_foreign) = (Some(month), !is_english);
            return 1;
        }
        if word.eq_ignore_ascii_case(b"am") || word.eq_ignore_ascii_case(b"pm") {
            self.is_afternoon = Some(word.eq_ignore_ascii_case(b"pm"));
            return 1;
        }
        let Some(zone) = self.clock.and_then(|_| date_words::zone(word)) else { return 1 };
        // `GMT+01:00` means the number.
        let offset = after.split_first().and_then(|(sign, after)| date_words::offset(sign, after));
        if let Some((minutes, taken)) = offset.filter(|_| zone.minutes == 0) {
            self.zone = Some(Zone { minutes, is_exact: false });
            return 1 + taken;
        }
        self.zone = self.zone.or(Some(zone));
        // `EST5EDT`: what follows says the same again.
        if matches!(after, [Lexeme::Number { digits: 1, .. }, Lexeme::Word(_), ..]) { 3 } else { 1 }
    }

    fn date(self, anomalies: &mut Anomalies) -> Option<Date> {
        let (year, month, day) = self.day()?;
        let clock = self.clock_of_day();
        if clock.is_none() && year.digits < 4 {
            return None;
        }
        let full_year = match (year.digits, year.value) {
            // RFC 5322 §4.3.
            (1 | 2, short @ 0..50) => 2000 + short,
            (1 | 2, short) => 1900 + short,
            (_, full) => full,
        };
        let day = civil::Date::new(full_year, month, day).ok()?;
        let zone = self.zone.unwrap_or_default();
        let is_guess = year.digits < 4
            || clock.is_none()
            || clock.is_some_and(|[hours, ..]| hours == 24)
            || self.is_month_foreign
            || self.zone.is_some_and(|zone| !zone.is_exact);
        anomalies.note_if(is_guess, Anomaly::ApproximateDate);
        anomalies.note_if(self.zone.is_none(), Anomaly::NoZone);
        Some(Date::of_wall_clock(day, clock.unwrap_or_default(), zone.minutes))
    }

    /// Returns the clock on a dial of 24 hours.
    fn clock_of_day(&self) -> Option<[i64; 3]> {
        let [hours, minutes, seconds] = self.clock?;
        let hours = match self.is_afternoon {
            Some(is_afternoon) if (1..=12).contains(&hours) => hours % 12 + if is_afternoon { 12 } else { 0 },
            _ => hours,
        };
        let is_on_the_dial = hours < 24 || (hours, minutes, seconds) == (24, 0, 0);
        (is_on_the_dial && minutes < 60 && seconds <= 60).then_some([hours, minutes, seconds])
    }

    /// Tells year, month and day apart.
    fn day(&self) -> Option<(Number, i8, i8)> {
        if self.clock.is_some() && self.clock_of_day().is_none() {
            return None;
        }
        let is_year = |number: &Number| number.digits > 2 || number.value > 31;
        let small = |number: Number| i8::try_from(number.value).ok();
        match (self.month, self.numbers.as_slice()) {
            (Some(month), &[first, second, ..]) if is_year(&first) => Some((first, month, small(second)?)),
            (Some(month), &[first, second, ..]) => Some((second, month, small(first)?)),
            (None, &[first, second, third, ..]) if is_year(&first) => {
                Some((first, small(second)?, small(third)?))
            }
            (None, &[first, second, third, ..]) if second.value > 12 => {
                Some((third, small(first)?, small(second)?))
            }
            (None, &[first, second, third, ..]) => Some((third, small(second)?, small(first)?)),
            _ => None,
        }
    }
}

/// Reads `09:30`, `9:30:00` or `09:30:00.123`, and returns how many lexemes that are.
fn clock(first: &Lexeme<'_>, after: &[Lexeme<'_>]) -> Option<([i64; 3], usize)> {
    let Lexeme::Number { value: hours, .. } = *first else { return None };
    let &[Lexeme::Other(b':'), Lexeme::Number { value: minutes, .. }, ref after @ ..] = after else {
        return None;
    };
    let &[Lexeme::Other(b':'), Lexeme::Number { value: seconds, .. }, ref after @ ..] = after else {
        return Some(([hours, minutes, 0], 3));
    };
    let has_fraction = matches!(after, [Lexeme::Other(b'.' | b','), Lexeme::Number { .. }, ..]);
    Some(([hours, minutes, seconds], if has_fraction { 7 } else { 5 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(written: &str, expected: &str, odd: &[Anomaly]) {
        let mut anomalies = Anomalies::default();
        let date = read_date(written.as_bytes(), &mut anomalies).map_or(String::new(), Date::rfc3339);
        assert_eq!(date, expected, "{written:?}");
        assert_eq!(anomalies.iter().collect::<Vec<_>>(), odd, "{written:?}");
    }

    const GUESS: &[Anomaly] = &[Anomaly::ApproximateDate];
    const NO_ZONE: &[Anomaly] = &[Anomaly::NoZone];
    const BAD: &[Anomaly] = &[Anomaly::BadDate];
    const NOON: &str = "2017-02-01T12:00:00+01:00";

    #[test]
    fn dates_as_they_should_be() {
        check("Wed, 1 Feb 2017 12:00:00 +0100", NOON, &[]);
        check("1 Feb 2017 12:00 +0100", NOON, &[]);
        check("Wed, 01 Feb 2017 12:00:00 +0100 (CET)", NOON, &[]);
        check("Wed, 1\r\n\tFeb 2017 12:00:00 +0100", NOON, &[]);
        check("Mon, 1 Feb 2017 12:00:00 +0100", NOON, &[]);
        check("Wed, 1 Feb 2017 12:00:00 -0000", "2017-02-01T12:00:00+00:00", &[]);
        check("Wed, 21 Aug 2002 20:31:57 -1600", "2002-08-21T20:31:57-16:00", &[]);
    }

    #[test]
    fn zones() {
        check("Wed, 1 Feb 2017 12:00:00 GMT", "2017-02-01T12:00:00+00:00", &[]);
        check("Wed, 1 Feb 2017 12:00:00 EST", "2017-02-01T12:00:00-05:00", &[]);
        check("Wed, 1 Feb 2017 12:00:00 CET", NOON, GUESS);
        check("Wed, 1 Feb 2017 12:00:00 MEZ", NOON, GUESS);
        check("Tue, 1 Aug 2017 12:00:00 CEST", "2017-08-01T12:00:00+02:00", GUESS);
        check("Wed, 1 Feb 2017 12:00:00 GMT+01:00", NOON, GUESS);
        check("Wed, 1 Feb 2017 12:00:00 UTC+1", NOON, GUESS);
        check("Wed, 1 Feb 2017 12:00:00 +01:00", NOON, &[]);
        check("Wed, 1 Feb 2017 12:00:00 (CET)", NOON, GUESS);
        check("Wed, 1 Feb 2017 12:00:00 EST5EDT", "2017-02-01T12:00:00-05:00", &[]);
        check("Wed, 1 Feb 2017 12:00:00", "2017-02-01T12:00:00+00:00", NO_ZONE);
        check("Wed, 1 Feb 2017 12:00:00 A", "2017-02-01T12:00:00+00:00", NO_ZONE);
        check("Wed, 1 Feb 2017 12:00:00 XYZZY", "2017-02-01T12:00:00+00:00", NO_ZONE);
    }

    #[test]
    fn other_orders() {
        check("Wed Feb  1 12:00:00 2017", "2017-02-01T12:00:00+00:00", NO_ZONE);
        check("Wed Feb  1 12:00:00 CET 2017", NOON, GUESS);
        check("Wed Feb  1 12:00:00 2017 +0100", NOON, &[]);
        check("2017-02-01T12:00:00+01:00", NOON, &[]);
        check("2017-02-01 11:00:00.123Z", "2017-02-01T11:00:00+00:00", &[]);
        check("Wednesday, February 1, 2017 12:00 PM +0100", NOON, &[]);
        check("1-Feb-2017 12:00:00 +0100", NOON, &[]);
        check("Wed,1 Feb 2017 12:0:0 +0100", NOON, &[]);
        check("2017-02-01", "2017-02-01T00:00:00+00:00", &[Anomaly::NoZone, Anomaly::ApproximateDate]);
        check("by a:b with SMTP id c-2; Wed, 1 Feb 2017 12:00:00 +0100 (CET)", NOON, &[]);
        check("2/13/2017 12:00:00 +0100", "2017-02-13T12:00:00+01:00", &[]);
        check("1 Feb 2017 12:00:00 AM +0100", "2017-02-01T00:00:00+01:00", &[]);
    }

    #[test]
    fn guesses() {
        check("Wed, 1 Feb 17 12:00:00 +0100", NOON, GUESS);
        check("1 Feb 97 12:00:00 +0100", "1997-02-01T12:00:00+01:00", GUESS);
        check("mer., 1 févr. 2017 12:00:00 +0100", NOON, GUESS);
        check("mar, 14 août 2018 12:00:00 +0100", "2018-08-14T12:00:00+01:00", GUESS);
        check("Mi, 1 März 2017 12:00:00 +0100", "2017-03-01T12:00:00+01:00", GUESS);
        check("Tue, 31 Jan 2017 24:00:00 +0100", "2017-02-01T00:00:00+01:00", GUESS);
    }

    #[test]
    fn dates_that_cannot_be_true() {
        let odd = &[Anomaly::ImpossibleDate];
        check("Tue, 1 Feb 0102 12:00:00 +0100", "0102-02-01T12:00:00+01:00", odd);
        check(
            "Tue, 1 Feb 102 12:00:00 +0100",
            "0102-02-01T12:00:00+01:00",
            &[Anomaly::ApproximateDate, Anomaly::ImpossibleDate],
        );
        check("Thu, 31 Dec 1970 23:59:59 +0000", "1970-12-31T23:59:59+00:00", odd);
    }

    #[test]
    fn what_is_no_date() {
        check("", "", BAD);
        check("yesterday", "", BAD);
        check("some numbers 0 1 2 but invalid", "", BAD);
        check("Fri, 31 Feb 2017 12:00:00 +0100", "", BAD);
        check("Wed, 1 Feb 2017 25:00:00 +0100", "", BAD);
        check("Wed, 1 Foo 2017 12:00:00 +0100", "", BAD);
        check("Tue, 7 00 2026 19:14:51 +0000", "", BAD);
        check(&"(".repeat(1 << 16), "", BAD);
    }

    proptest! {
        #[test]
        fn any_text_is_read(written in "([0-9]{1,5}|[A-Za-z]{1,4}|[-+:,./() ]|\u{e9}){0,24}") {
            if let Some(date) = read_date(written.as_bytes(), &mut Anomalies::default()) {
                prop_assert!(!date.rfc3339().is_empty());
            }
        }
    }
}
