//! The words that dates are made of: months, zones, and the pieces between blanks.

use crate::mail::charset;

/// A piece of a date.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lexeme<'a> {
    /// Letters; bytes above 127 count as such.
    Word(&'a [u8]),
    /// Digits: their value, and how many there are.
    Number { value: i64, digits: usize },
    /// `+` or `-`.
    Sign(i16),
    /// Any other byte but blanks, commas and comments.
    Other(u8),
}

/// A zone, in minutes east of Greenwich.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Zone {
    pub minutes: i16,
    /// A number, or a name that RFC 5322 §4.3 defines.
    pub is_exact: bool,
}

/// The zones of RFC 5322 §4.3, then those that other programs write.
const ZONES: [(&str, i16, bool); 46] = [
    ("gmt", 0, true),
    ("utc", 0, true),
    ("ut", 0, true),
    ("z", 0, true),
    ("est", -300, true),
    ("edt", -240, true),
    ("cst", -360, true),
    ("cdt", -300, true),
    ("mst", -420, true),
    ("mdt", -360, true),
    ("pst", -480, true),
    ("pdt", -420, true),
    ("wet", 0, false),
    ("west", 60, false),
    ("bst", 60, false),
    ("cet", 60, false),
    ("cest", 120, false),
    ("mez", 60, false),
    ("mesz", 120, false),
    ("met", 60, false),
    ("mest", 120, false),
    ("eet", 120, false),
    ("eest", 180, false),
    ("msk", 180, false),
    ("msd", 240, false),
    ("sast", 120, false),
    ("cat", 120, false),
    ("wat", 60, false),
    ("eat", 180, false),
    ("gst", 240, false),
    ("pkt", 300, false),
    ("hkt", 480, false),
    ("sgt", 480, false),
    ("awst", 480, false),
    ("jst", 540, false),
    ("kst", 540, false),
    ("aest", 600, false),
    ("aedt", 660, false),
    ("nzst", 720, false),
    ("nzdt", 780, false),
    ("ast", -240, false),
    ("adt", -180, false),
    ("nst", -210, false),
    ("brt", -180, false),
    ("akst", -540, false),
    ("hst", -600, false),
];

/// How month names begin in English, French, German, Spanish, Italian, Portuguese, Dutch and the
/// languages of the north.
const MONTHS: [(&str, i8); 39] = [
    ("jan", 1),
    ("jän", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("maa", 3),
    ("mrt", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("maj", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("nov", 11),
    ("dec", 12),
    ("déc", 12),
    ("dez", 12),
    ("dic", 12),
];

/// The whole names that an English date may have.
const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns the month that a word names, and whether it does so in English.
pub(super) fn month(word: &[u8]) -> Option<(i8, bool)> {
    if word.len() < 3 {
        return None;
    }
    let is_start =
        |name: &str| name.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if let Some(place) = ENGLISH_MONTHS.into_iter().position(is_start) {
        return Some((i8::try_from(place).ok()? + 1, true));
    }
    let decoded = charset::decode(word, None).text.to_lowercase();
    let found = MONTHS.iter().find(|(start, _)| decoded.starts_with(start));
    found.map(|&(_, month)| (month, false))
}

/// Returns the zone that a word names.
pub(super) fn zone(word: &[u8]) -> Option<Zone> {
    let found = ZONES.iter().find(|(name, ..)| word.eq_ignore_ascii_case(name.as_bytes()));
    found.map(|&(_, minutes, is_exact)| Zone { minutes, is_exact })
}

/// Returns the zone that is named in a comment, as in `12:00:00 (CET)`.
pub(super) fn zone_in_comments(value: &[u8]) -> Option<Zone> {
    let (_, comment) = value.split_at_checked(memchr::memchr(b'(', value)?)?;
    let mut words = comment.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    words.find_map(zone).map(|zone| Zone { is_exact: false, ..zone })
}

/// Reads `+0100`, `+01:00`, `+01` or `+1`, in minutes, and returns how many lexemes that are.
pub(super) fn offset(sign: &Lexeme<'_>, after: &[Lexeme<'_>]) -> Option<(i16, usize)> {
    let Lexeme::Sign(sign) = *sign else { return None };
    let (hours, minutes, taken) = match *after {
        [Lexeme::Number { value, digits: 3 | 4 }, ..] => (value / 100, value % 100, 2),
        [
            Lexeme::Number { value, digits: 1 | 2 },
            Lexeme::Other(b':'),
            Lexeme::Number { value: minutes, digits: 2 },
            ..,
        ] => (value, minutes, 4),
        [Lexeme::Number { value, digits: 1 | 2 }, ..] => (value, 0, 2),
        _ => return None,
    };
    let minutes = i16::try_from(hours * 60 + minutes).ok().filter(|_| hours < 24 && minutes < 60)?;
    Some((sign * minutes, taken))
}

/// Takes a date apart; comments are left out (RFC 5322 §3.2.2), an unclosed one is none.
pub(super) fn lexemes(value: &[u8]) -> Vec<Lexeme<'_>> {
    let has_comments = value.iter().filter(|&&byte| byte == b'(').count()
        == value.iter().filter(|&&byte| byte == b')').count();
    let mut found = Vec::new();
    let (mut rest, mut depth) = (value, 0_u32);
    while let Some((&byte, after)) = rest.split_first() {
        let len = match byte {
            b'(' if has_comments => {
                depth += 1;
                1
            }
            b')' if has_comments => {
                depth = depth.saturating_sub(1);
                1
            }
            _ if depth > 0 || byte.is_ascii_whitespace() || byte == b',' => 1,
            b'0'..=b'9' => run(rest, u8::is_ascii_digit),
            _ if is_letter(&byte) => run(rest, is_letter),
            _ => 1,
        };
        let piece = rest.get(..len).unwrap_or_default();
        let is_blank = depth > 0 || byte.is_ascii_whitespace() || matches!(byte, b',' | b'(' | b')');
        if !is_blank {
            found.push(lexeme(byte, piece));
        }
        rest = rest.get(len..).unwrap_or(after);
    }
    found
}

fn lexeme(first: u8, piece: &[u8]) -> Lexeme<'_> {
    match first {
        b'0'..=b'9' => {
            let value = piece.iter().take(9).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
            Lexeme::Number { value, digits: piece.len() }
        }
        b'+' => Lexeme::Sign(1),
        b'-' => Lexeme::Sign(-1),
        _ if is_letter(&first) => Lexeme::Word(piece),
        _ => Lexeme::Other(first),
    }
}

fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

fn run(rest: &[u8], is_of_it: fn(&u8) -> bool) -> usize {
    rest.iter().take_while(|byte| is_of_it(byte)).count()
}
