//! Dates as a person likes to see them: a format after strftime, and the language of months and days.
//!
//! Not here: the dates that commands print (`Date::rfc3339`), which are for programs.

mod language;

pub use language::Language;

use crate::mail::Civil;
use crate::mail::Date;
use crate::text::Printable;
use crate::text::width;
use std::fmt::Write;

/// How dates are written on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    wide: DateFormat,
    narrow: DateFormat,
    language: Language,
    /// Counted once: a list asks at every frame.
    minute_cells: u16,
    day_cells: u16,
}

/// A format that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat {
    written: String,
}

/// What is wrong with a format: a letter behind `%` that means nothing, or nothing behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchField(pub Option<char>);

/// The letters that mean something behind `%`.
pub const FIELDS: &str = "Y y m d e j H I M S p b B a A z %";

/// Wider, and the list has no room for what was written.
const CELLS_AT_MOST: usize = 32;

impl Default for Dates {
    fn default() -> Self {
        let (wide, narrow) = (DateFormat::minute(), DateFormat::day());
        Self { wide, narrow, language: Language::English, minute_cells: 16, day_cells: 10 }
    }
}

impl Dates {
    /// Writes dates so: where there is room for the minute, and where there is room for the day alone.
    pub fn new(wide: DateFormat, narrow: DateFormat, language: Language) -> Self {
        let (minute_cells, day_cells) = (wide.cells(language), narrow.cells(language));
        Self { wide, narrow, language, minute_cells, day_cells }
    }

    /// Writes day and minute in the zone of whoever wrote.
    pub fn minute(&self, date: Date) -> String {
        self.wide.write(date, self.language)
    }

    /// Writes the day.
    pub fn day(&self, date: Date) -> String {
        self.narrow.write(date, self.language)
    }

    /// Returns how many cells day and minute take at most.
    pub fn minute_cells(&self) -> u16 {
        self.minute_cells
    }

    /// Returns how many cells the day takes at most.
    pub fn day_cells(&self) -> u16 {
        self.day_cells
    }
}

impl DateFormat {
    /// Returns that of `2017-02-01 09:30`.
    pub fn minute() -> Self {
        Self { written: "%Y-%m-%d %H:%M".to_owned() }
    }

    /// Returns that of `2017-02-01`.
    pub fn day() -> Self {
        Self { written: "%Y-%m-%d".to_owned() }
    }

    /// Understands a format.
    ///
    /// # Errors
    ///
    /// Where a letter behind `%` means nothing.
    pub fn new(written: &str) -> Result<Self, NoSuchField> {
        let format = Self { written: written.to_owned() };
        let is_known = |letter: Option<char>| letter.is_some_and(|it| it != ' ' && FIELDS.contains(it));
        for piece in format.pieces() {
            match piece {
                Piece::Field(letter) if !is_known(letter) => return Err(NoSuchField(letter)),
                _ => {}
            }
        }
        Ok(format)
    }

    /// Returns it as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    fn pieces(&self) -> impl Iterator<Item = Piece> {
        let mut letters = self.written.chars();
        std::iter::from_fn(move || {
            Some(match letters.next()? {
                '%' => Piece::Field(letters.next()),
                letter => Piece::Letter(letter),
            })
        })
    }

    fn write(&self, date: Date, language: Language) -> String {
        let mut out = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Letter(letter) => out.push(letter),
                Piece::Field(field) => write_field(&mut out, field.unwrap_or('%'), date, language),
            }
        }
        out
    }

    /// Every month and day of the week is tried: no date is wider than one of these.
    fn cells(&self, language: Language) -> u16 {
        const DAY_SECONDS: i64 = 24 * 60 * 60;
        // Wednesday, 20 September 2017, and every ninth day from there on: each month with each day of the week.
        let dates =
            (0..500).map(|step| Date { seconds: 1_505_950_200 + 9 * step * DAY_SECONDS, zone_minutes: 60 });
        let widths = dates.map(|date| width(&Printable::new(&self.write(date, language))).0);
        widths.max().unwrap_or(0).min(CELLS_AT_MOST) as u16
    }
}

/// A stretch of a format.
enum Piece {
    Letter(char),
    Field(Option<char>),
}

fn write_field(out: &mut String, field: char, date: Date, language: Language) {
    let Civil { year, month, day, weekday, hour, minute, second } = date.civil();
    let hour_of_12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let written = match field {
        'Y' => write!(out, "{year:04}"),
        'y' => write!(out, "{:02}", year.rem_euclid(100)),
        'm' => write!(out, "{month:02}"),
        'd' => write!(out, "{day:02}"),
        'e' => write!(out, "{day:>2}"),
        'j' => write!(out, "{:03}", day_of_year(date)),
        'H' => write!(out, "{hour:02}"),
        'I' => write!(out, "{hour_of_12:02}"),
        'M' => write!(out, "{minute:02}"),
        'S' => write!(out, "{second:02}"),
        'p' => out.write_str(if hour < 12 { "AM" } else { "PM" }),
        'b' => out.write_str(language.short_month(month)),
        'B' => out.write_str(language.month(month)),
        'a' => out.write_str(language.short_day(weekday)),
        'A' => out.write_str(language.day(weekday)),
        'z' => out.write_str(&date.zone()),
        other => out.write_char(other),
    };
    debug_assert!(written.is_ok(), "a String takes whatever is written");
}

fn day_of_year(date: Date) -> i16 {
    const BEFORE: [i16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let Civil { year, month, day, .. } = date.civil();
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let before = BEFORE.get(month as usize - 1).copied().unwrap_or(0);
    before + i16::from(day) + i16::from(is_leap && month > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: &str, language: Language, expected: &str) {
        let date = Date { seconds: 1_485_937_800, zone_minutes: 60 };
        let format = DateFormat::new(format).unwrap();
        assert_eq!(format.write(date, language), expected);
        assert!(format.cells(language) as usize >= expected.chars().count().min(CELLS_AT_MOST));
    }

    #[test]
    fn dates_are_written_as_a_person_likes_them() {
        check("%Y-%m-%d %H:%M", Language::English, "2017-02-01 09:30");
        check("%e %b %y", Language::English, " 1 Feb 17");
        check("%a %d %B", Language::French, "mer. 01 février");
        check("%A, %e. %B", Language::German, "Mittwoch,  1. Februar");
        check("%I:%M %p %z %j 100%%", Language::Spanish, "09:30 AM +01:00 032 100%");
    }

    #[test]
    fn a_field_that_is_not_known_is_none() {
        assert_eq!(DateFormat::new("%Y-%Q"), Err(NoSuchField(Some('Q'))));
        assert_eq!(DateFormat::new("%Y-%"), Err(NoSuchField(None)));
        assert_eq!(DateFormat::new("% d"), Err(NoSuchField(Some(' '))));
    }

    #[test]
    fn the_column_is_as_wide_as_the_widest_date() {
        let own = Dates::default();
        assert_eq!(own, Dates::new(DateFormat::minute(), DateFormat::day(), Language::English));
        let long = DateFormat::new("%A %B").unwrap();
        assert_eq!(long.cells(Language::English), "Wednesday September".len() as u16);
    }
}
