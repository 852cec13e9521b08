//! When a message says it was written: an instant, and the zone it was written in.
//!
//! Not here: reading the dates that people's programs write (see `written_date`).

use crate::mbox::PostmarkDate;
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

/// An instant with the zone of whoever wrote it down.
///
/// Ordered by the instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Seconds since 1970 in UTC; negative before.
    pub seconds: i64,
    /// The zone, in minutes east of Greenwich.
    pub zone_minutes: i16,
}

/// A date and time of the wall clock, as a calendar shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// With all its digits; 0 and less before the year 1.
    pub year: i16,
    /// From 1.
    pub month: i8,
    /// From 1.
    pub day: i8,
    /// The days since Monday.
    pub weekday: i8,
    /// From 0 to 23.
    pub hour: i8,
    /// From 0 to 59.
    pub minute: i8,
    /// From 0 to 59.
    pub second: i8,
}

impl Date {
    /// Reads a separator's date; one without a zone is taken as UTC.
    ///
    /// `None` where the calendar knows no such day.
    pub fn of_postmark(written: PostmarkDate) -> Option<Self> {
        let day = civil::Date::new(written.year, written.month, written.day).ok()?;
        let zone_minutes = written.zone_minutes.unwrap_or(0);
        let clock = [written.hour, written.minute, written.second].map(i64::from);
        Some(Self::of_wall_clock(day, clock, zone_minutes))
    }

    /// Returns the instant at which a clock in this zone shows these hours, minutes and seconds. They
    /// may be one more than a clock shows (24:00:00, a leap second).
    pub(super) fn of_wall_clock(
        day: civil::Date,
        [hours, minutes, seconds]: [i64; 3],
        zone_minutes: i16,
    ) -> Self {
        let midnight = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_or(0, Timestamp::as_second);
        let minutes = hours * 60 + minutes - i64::from(zone_minutes);
        Self { seconds: midnight + minutes * 60 + seconds, zone_minutes }
    }

    /// Returns the same instant, shown in UTC.
    #[must_use]
    pub fn in_utc(self) -> Self {
        Self { zone_minutes: 0, ..self }
    }

    /// Returns what calendar and clock show in its own zone.
    ///
    /// An instant beyond the years -9999 to 9999 is shown as the first or last of them.
    pub fn civil(self) -> Civil {
        let shown = self.seconds.saturating_add(i64::from(self.zone_minutes) * 60);
        let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let shown = Timestamp::from_second(shown.clamp(first, last)).unwrap_or_default();
        let at = Offset::UTC.to_datetime(shown);
        Civil {
            year: at.year(),
            month: at.month(),
            day: at.day(),
            weekday: at.weekday().to_monday_zero_offset(),
            hour: at.hour(),
            minute: at.minute(),
            second: at.second(),
        }
    }

    /// Returns the date in its own zone as RFC 3339 has it, such as `2017-02-01T09:30:00+01:00`.
    pub fn rfc3339(self) -> String {
        let Civil { year, month, day, hour, minute, second, .. } = self.civil();
        let zone = self.zone();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
    }

    /// Returns `2017-02-01 09:30` in its own zone.
    pub fn day_and_minute(self) -> String {
        let Civil { year, month, day, hour, minute, .. } = self.civil();
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }

    /// Returns the zone, such as `+01:00`.
    pub fn zone(self) -> String {
        let sign = if self.zone_minutes < 0 { '-' } else { '+' };
        let minutes = self.zone_minutes.unsigned_abs();
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seconds: i64, zone_minutes: i16, rfc3339: &str) {
        let date = Date { seconds, zone_minutes };
        assert_eq!(date.rfc3339(), rfc3339);
        assert_eq!(date.day_and_minute(), rfc3339[..16].replacen('T', " ", 1));
    }

    #[test]
    fn instants_in_their_zones() {
        check(0, 0, "1970-01-01T00:00:00+00:00");
        check(1_485_937_800, 60, "2017-02-01T09:30:00+01:00");
        check(1_485_937_800, -570, "2017-01-31T23:00:00-09:30");
        check(-1, 0, "1969-12-31T23:59:59+00:00");
        check(i64::MAX, i16::MAX, "9999-12-30T22:00:00+546:07");
    }

    #[test]
    fn the_same_instant_in_utc() {
        let date = Date { seconds: 1_485_937_800, zone_minutes: 60 };
        assert_eq!(date.in_utc().rfc3339(), "2017-02-01T08:30:00+00:00");
        assert_eq!(date.civil().weekday, 2);
    }

    #[test]
    fn postmarks() {
        let written = PostmarkDate {
            year: 2017,
            month: 2,
            day: 28,
            hour: 9,
            minute: 30,
            second: 0,
            zone_minutes: Some(60),
        };
        let shown = |written| Date::of_postmark(written).map(Date::rfc3339);
        assert_eq!(shown(written).as_deref(), Some("2017-02-28T09:30:00+01:00"));
        assert_eq!(
            shown(PostmarkDate { zone_minutes: None, ..written }).as_deref(),
            Some("2017-02-28T09:30:00+00:00")
        );
        assert_eq!(shown(PostmarkDate { day: 31, ..written }), None);
    }
}
