//! The postmark: what a separator line says of sender and date.
//!
//! `From anna@desk.example Mon Mar  6 09:00:00 2017`, with what real mailboxes add: a zone before or
//! after the year, a year of two digits, no seconds, `remote from HOST` behind it, Netscape's
//! `From - …` and Takeout's `From 1234@xxx …`.

/// What a separator line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Postmark<'a> {
    /// The sender, as written.
    pub sender: &'a [u8],
    /// The date, where there is one that can be read.
    pub date: Option<PostmarkDate>,
}

/// A date as separators write it: of the wall clock, mostly without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostmarkDate {
    /// With all its digits.
    pub year: i16,
    /// From 1.
    pub month: i8,
    /// From 1.
    pub day: i8,
    /// From 0 to 23.
    pub hour: i8,
    /// From 0 to 59.
    pub minute: i8,
    /// From 0 to 60.
    pub second: i8,
    /// Minutes east of Greenwich, where a number says so.
    pub zone_minutes: Option<i16>,
}

const MONTHS: [&[u8; 3]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
const WEEKDAYS: [&[u8; 3]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];

/// The longest separator line that is read; what follows a sender and a date in more is prose.
const LONGEST_LINE_BYTES: usize = 1024;

impl<'a> Postmark<'a> {
    /// Reads a separator line, with or without its line end.
    pub fn read(line: &'a [u8]) -> Self {
        let line = line.get(..LONGEST_LINE_BYTES).unwrap_or(line);
        let Some(said) = line.strip_prefix(b"From ") else { return Self::default() };
        let said = said.trim_ascii();
        if let Some(plain) = Self::read_plain(said) {
            return plain;
        }
        for (start, word) in words(said) {
            if !is_weekday(word) {
                continue;
            }
            let after = said.get(start + word.len()..).unwrap_or_default();
            if let Some(date) = asctime(after) {
                let sender = said.get(..start).unwrap_or_default().trim_ascii();
                return Self { sender, date: Some(date) };
            }
        }
        Self { sender: said, date: None }
    }

    /// Reads a line that ends as nearly all do, in `Mon Mar  6 09:00:00 2017`, from there.
    fn read_plain(said: &'a [u8]) -> Option<Self> {
        let (before, written) = said.split_last_chunk::<24>()?;
        let is_blank = |place: usize| written.get(place) == Some(&b' ');
        let is_apart = before.last().is_none_or(u8::is_ascii_whitespace);
        if !is_apart || ![3, 7, 10, 19].into_iter().all(is_blank) || !is_weekday(written.get(..3)?) {
            return None;
        }
        let day = day(written.get(8..10)?.trim_ascii_start())?;
        let (hour, minute, second) = clock(written.get(11..19)?)?;
        let (year, month) = (year(written.get(20..24)?)?, month(written.get(4..7)?)?);
        let date = PostmarkDate { year, month, day, hour, minute, second, zone_minutes: None };
        Some(Self { sender: before.trim_ascii(), date: Some(date) })
    }

    /// Returns whether a line with this postmark can separate messages.
    ///
    /// It has a date, or is of the kinds that do without: `From - ` and `From 1234@xxx `.
    pub fn separates(&self) -> bool {
        self.date.is_some() || self.sender == b"-" || is_takeouts(self.sender)
    }
}

/// Splits at blanks and says where each word begins.
fn words(said: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut start = 0;
    said.split(u8::is_ascii_whitespace).filter_map(move |word| {
        let here = start;
        start += word.len() + 1;
        (!word.is_empty()).then_some((here, word))
    })
}

fn is_weekday(word: &[u8]) -> bool {
    let word = word.strip_suffix(b",").unwrap_or(word);
    WEEKDAYS.iter().any(|name| word.eq_ignore_ascii_case(*name))
}

fn is_takeouts(sender: &[u8]) -> bool {
    sender.strip_suffix(b"@xxx").is_some_and(|id| !id.is_empty() && id.iter().all(u8::is_ascii_digit))
}

/// Reads ` Mar  6 09:00:00 2017` and its kin, up to the end of the line.
fn asctime(after_weekday: &[u8]) -> Option<PostmarkDate> {
    let mut rest = words(after_weekday).map(|(_, word)| word).peekable();
    let month = month(rest.next()?)?;
    let day = day(rest.next()?)?;
    let (hour, minute, second) = clock(rest.next()?)?;
    let mut zone_minutes = None;
    while let Some(zone) = rest.next_if(|word| is_zone(word)) {
        zone_minutes = zone_minutes.or(numeric_zone(zone));
    }
    let year = year(rest.next()?)?;
    while let Some(zone) = rest.next_if(|word| is_zone(word)) {
        zone_minutes = zone_minutes.or(numeric_zone(zone));
    }
    if rest.next_if_eq(&b"remote".as_slice()).is_some() {
        rest.next_if_eq(&b"from".as_slice())?;
        rest.next()?;
    }
    let date = PostmarkDate { year, month, day, hour, minute, second, zone_minutes };
    rest.next().is_none().then_some(date)
}

fn day(word: &[u8]) -> Option<i8> {
    let day = number(word, 1, 2).filter(|day| (1..=31).contains(day))?;
    i8::try_from(day).ok()
}

fn month(word: &[u8]) -> Option<i8> {
    let place = MONTHS.iter().position(|name| word.eq_ignore_ascii_case(*name))?;
    i8::try_from(place + 1).ok()
}

/// `09:00` or `09:00:00`.
fn clock(word: &[u8]) -> Option<(i8, i8, i8)> {
    let mut fields = word.split(|&byte| byte == b':').map(|field| number(field, 1, 2));
    let (hour, minute) = (fields.next()??, fields.next()??);
    let second = fields.next().unwrap_or(Some(0))?;
    let is_right = hour < 24 && minute < 60 && second <= 60 && fields.next().is_none();
    is_right.then_some((hour as i8, minute as i8, second as i8))
}

/// A year of four digits, or of two: 70 and later are of the last century.
fn year(word: &[u8]) -> Option<i16> {
    match (word.len(), number(word, 2, 4)?) {
        (4, year) => Some(year),
        (2, year) if year >= 70 => Some(1900 + year),
        (2, year) => Some(2000 + year),
        _ => None,
    }
}

/// A zone is `+0100`, a name such as `CEST` or `Europe/Paris`, or such a name in parentheses.
fn is_zone(word: &[u8]) -> bool {
    let name = word.strip_prefix(b"(").and_then(|word| word.strip_suffix(b")")).unwrap_or(word);
    let is_name = (1..=20).contains(&name.len())
        && name.first().is_some_and(u8::is_ascii_uppercase)
        && name.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_' | b'-' | b'+'));
    is_name || numeric_zone(word).is_some()
}

/// `+0100` or `-05:30`, in minutes.
fn numeric_zone(word: &[u8]) -> Option<i16> {
    let (sign, digits) = match word.split_first()? {
        (b'+', digits) => (1, digits),
        (b'-', digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..)?);
    let minutes = minutes.strip_prefix(b":").unwrap_or(minutes);
    let (hours, minutes) = (number(hours, 2, 2)?, number(minutes, 2, 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn number(word: &[u8], fewest_digits: usize, most_digits: usize) -> Option<i16> {
    let is_number =
        (fewest_digits..=most_digits).contains(&word.len()) && word.iter().all(u8::is_ascii_digit);
    is_number.then(|| word.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, sender: &str, date: &str) {
        let postmark = Postmark::read(line.as_bytes());
        let read = postmark.date.map_or(String::new(), |it| {
            let zone = it.zone_minutes.map_or(String::new(), |minutes| format!(" {minutes:+}"));
            format!(
                "{:04}-{:02}-{:02} {:02}:{:02}:{:02}{zone}",
                it.year, it.month, it.day, it.hour, it.minute, it.second
            )
        });
        assert_eq!((String::from_utf8_lossy(postmark.sender).as_ref(), read.as_str()), (sender, date));
        assert_eq!(postmark.separates(), !date.is_empty() || sender == "-" || sender.ends_with("@xxx"));
    }

    #[test]
    fn postmarks_of_many_writers() {
        check("From a@b.example Mon Mar  6 09:00:00 2017\r\n", "a@b.example", "2017-03-06 09:00:00");
        check("From a@b.example Mon Mar 06 09:00 2017", "a@b.example", "2017-03-06 09:00:00");
        check("From a@b.example  Mon Mar  6 09:00:00 CET 2017", "a@b.example", "2017-03-06 09:00:00");
        check("From a@b.example Mon Mar  6 09:00:00 2017 +0100", "a@b.example", "2017-03-06 09:00:00 +60");
        check("From 1234@xxx Mon Mar 06 09:00:00 +0000 2017", "1234@xxx", "2017-03-06 09:00:00 +0");
        check("From a Mon Mar  6 9:00:00 96 remote from relay", "a", "1996-03-06 09:00:00");
        check("From - Mon Mar  6 09:00:00 2017", "-", "2017-03-06 09:00:00");
        check("From -", "-", "");
        check("From 1234@xxx", "1234@xxx", "");
        check(
            "From anna at desk.example  Mon Mar  6 09:00:00 2017",
            "anna at desk.example",
            "2017-03-06 09:00:00",
        );
        check("From Sun Mon Mar  6 09:00:00 2017", "Sun", "2017-03-06 09:00:00");
        check("From  Mon Mar  6 09:00:00 2017", "", "2017-03-06 09:00:00");
    }

    #[test]
    fn prose_is_no_postmark() {
        check("From my experience without it", "my experience without it", "");
        check("From a Mon Mar 36 09:00:00 2017", "a Mon Mar 36 09:00:00 2017", "");
        check("From a Mon Mar  6 25:00:00 2017", "a Mon Mar  6 25:00:00 2017", "");
        check("From a Mon Mar  6 09:00:00 2017, he wrote", "a Mon Mar  6 09:00:00 2017, he wrote", "");
        check("Subject: x", "", "");
    }
}
