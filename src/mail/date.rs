//! When a message says it was written: an instant, and the zone it was written in.

use crate::mbox::PostmarkDate;

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

impl Date {
    /// Reads a separator's date; one without a zone is taken as UTC.
    ///
    /// `None` where the calendar knows no such day.
    pub fn of_postmark(written: PostmarkDate) -> Option<Self> {
        let _ = written;
        None
    }

    /// Returns the date in its own zone as RFC 3339 has it, such as `2017-02-01T09:30:00+01:00`.
    pub fn rfc3339(self) -> String {
        String::new()
    }

    /// Returns `2017-02-01 09:30` in its own zone.
    pub fn day_and_minute(self) -> String {
        String::new()
    }
}
