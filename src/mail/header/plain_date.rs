//! The date that nearly every message has, `Wed, 1 Feb 2017 09:30:00 +0100 (CET)`, read at a glance.
//!
//! Each part stands where it should, one blank from the next. Nothing else is read here: any other
//! date is for `written_date`, which says the same of these, but takes ten times as long.

use crate::mail::Date;
use jiff::civil;

const WEEKDAYS: [[u8; 3]; 7] = [*b"Mon", *b"Tue", *b"Wed", *b"Thu", *b"Fri", *b"Sat", *b"Sun"];

/// Years that need no second thought: after the first mail, and with all their zones in the calendar.
const PLAIN_YEARS: std::ops::Range<i64> = 1972..3000;

/// Reads a date that is written as it should be.
pub(super) fn read_plain_date(value: &[u8]) -> Option<Date> {
    let value = value.trim_ascii();
    let value = match value {
        &[a, b, c, b',', b' ', ref rest @ ..] if WEEKDAYS.contains(&[a, b, c]) => rest,
        _ => value,
    };
    let (day, rest) = match value {
        &[ones, b' ', ref rest @ ..] => (number(&[ones])?, rest),
        &[tens, ones, b' ', ref rest @ ..] => (number(&[tens, ones])?, rest),
        _ => return None,
    };
    let &[m, o, n, b' ', y1, y2, y3, y4, b' ', h1, h2, b':', n1, n2, b':', s1, s2, b' ', ref zone @ ..] =
        rest
    else {
        return None;
    };
    let year = number(&[y1, y2, y3, y4]).filter(|year| PLAIN_YEARS.contains(year))?;
    let day = civil::Date::new(i16::try_from(year).ok()?, month(&[m, o, n])?, i8::try_from(day).ok()?);
    let hours = number(&[h1, h2]).filter(|&hours| hours < 24)?;
    let minutes = number(&[n1, n2]).filter(|&minutes| minutes < 60)?;
    let seconds = number(&[s1, s2]).filter(|&seconds| seconds < 60)?;
    Some(Date::of_wall_clock(day.ok()?, [hours, minutes, seconds], zone_minutes(zone)?))
}

/// Reads `+0100`, with or without its name behind it.
fn zone_minutes(zone: &[u8]) -> Option<i16> {
    let &[sign @ (b'+' | b'-'), h1, h2, m1, m2, ref name @ ..] = zone else { return None };
    let hours = number(&[h1, h2]).filter(|&hours| hours < 24)?;
    let minutes = i16::try_from(hours * 60 + number(&[m1, m2]).filter(|&minutes| minutes < 60)?).ok()?;
    let is_named = match name {
        [] => true,
        [b' ', b'(', name @ .., b')'] => name.iter().all(u8::is_ascii_alphabetic),
        _ => false,
    };
    is_named.then_some(if sign == b'-' { -minutes } else { minutes })
}

fn number(digits: &[u8]) -> Option<i64> {
    let are_digits = digits.iter().all(u8::is_ascii_digit);
    are_digits.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

fn month(name: &[u8; 3]) -> Option<i8> {
    Some(match name {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Anomalies;
    use crate::mail::header::written_date::read_date;
    use proptest::prelude::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let date = read_plain_date(value.as_bytes()).map_or(String::new(), Date::rfc3339);
        assert_eq!(date, expected, "{value:?}");
    }

    #[test]
    fn plain_dates() {
        check(" Wed, 1 Feb 2017 09:30:00 +0100", "2017-02-01T09:30:00+01:00");
        check("Wed, 01 Feb 2017 09:30:00 -0330 (NST)", "2017-02-01T09:30:00-03:30");
        check("1 Feb 2017 09:30:00 +0000", "2017-02-01T09:30:00+00:00");
    }

    #[test]
    fn all_others_are_left() {
        check("", "");
        check("Wed, 31 Feb 2017 09:30:00 +0100", "");
        check("Wed, 1 Feb 17 09:30:00 +0100", "");
        check("Wed, 1 Feb 2017 09:30 +0100", "");
        check("Wed, 1 Feb 2017 24:00:00 +0100", "");
        check("Wed, 1 Feb 2017 09:30:00 GMT", "");
        check("Thu, 1 Jan 1970 00:00:00 +0000", "");
    }

    proptest! {
        #[test]
        fn what_is_read_here_is_what_is_read_at_leisure(
            value in "((Mon|Wed|Fri), )?[0-3]?[0-9] (Jan|Feb|Dec|Juin) (1[0-9]|20)[0-9]{2} [012][0-9]:[0-6][0-9]:[0-6][0-9] [+-][012][0-9][0-6]0( \\([A-Z]{0,4}\\)?)?"
        ) {
            if let Some(date) = read_plain_date(value.as_bytes()) {
                let mut odd = Anomalies::default();
                prop_assert_eq!(read_date(value.as_bytes(), &mut odd), Some(date));
                prop_assert!(odd.is_empty());
            }
        }
    }
}
