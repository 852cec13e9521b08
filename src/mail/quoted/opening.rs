//! The header above a quote: where it stands, and whether it speaks for all that follows.

use super::line::Line;
use super::line::Lines;
use super::words;
use crate::text::fold;

/// Lines that say: what follows is somebody else's.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Its first line.
    pub first: usize,
    /// Its last line; where marked lines follow, the last blank one before them.
    pub last: usize,
    /// Everything below is quoted, marked or not.
    pub is_section: bool,
}

/// How sure a header is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Dashes or fields, which a program writes and a person does not.
    Fields,
    /// A sentence with a date in it: `On 6 Feb 2017 Anna wrote:`.
    Dated,
    /// A sentence without one, which is a header only right above marked lines.
    Vague,
}

/// No sentence above a quote is longer, in lines.
const SENTENCE_LINES: usize = 3;
/// No sentence above a quote is longer, in bytes of one of its lines.
const SENTENCE_BYTES: usize = 300;
/// How many lines fields may take, blank ones (out of HTML) included.
const FIELDS_LINES: usize = 12;

/// More lines than a header takes: the one it begins with, blank ones, and fields.
const LINES_AHEAD: usize = 2 * FIELDS_LINES + 8;
/// So many lines are held at once.
const LINES_HELD: usize = 1024;

/// Returns the headers above quotes, in order.
///
/// Only lines without marks are looked at: what is marked is quoted in any case. Few lines are held at
/// once, however many there are.
pub fn openings(lines: &mut Lines<'_>) -> Vec<Opening> {
    let mut openings = Vec::new();
    let mut last: Option<Header> = None;
    let mut held: Vec<Line<'_>> = Vec::new();
    let (mut at, mut place) = (0, 0);
    loop {
        if held.len() - at < LINES_AHEAD {
            held.drain(..at);
            at = 0;
            held.extend(lines.by_ref().take(LINES_HELD));
        }
        let rest = held.get(at..).unwrap_or_default();
        let Some(line) = rest.first() else { break };
        let mut passed = 1;
        if let Some((len, kind)) = header(rest) {
            openings.extend(last.replace(Header::new(place, place + len, kind)).and_then(Header::opening));
            passed = len;
        } else if let Some(header) = &mut last {
            header.stands_above(line);
        }
        at += passed;
        place += passed;
    }
    openings.extend(last.and_then(Header::opening));
    openings
}

/// A header, and what is known of the lines below it.
struct Header {
    first: usize,
    /// The line behind its last.
    end: usize,
    kind: Kind,
    /// How many blank lines stand right below it.
    gap: usize,
    /// The line below those was seen; it is marked.
    marks_follow: Option<bool>,
    /// A line below it is marked.
    has_marks: bool,
}

impl Header {
    fn new(first: usize, end: usize, kind: Kind) -> Self {
        Self { first, end, kind, gap: 0, marks_follow: None, has_marks: false }
    }

    /// Takes note of the next line below it.
    fn stands_above(&mut self, line: &Line<'_>) {
        self.has_marks |= line.marks > 0;
        if self.marks_follow.is_some() {
            return;
        }
        if line.is_blank() {
            self.gap += 1;
        } else {
            self.marks_follow = Some(line.marks > 0);
        }
    }

    /// Returns what it opens, when all is seen that stands below it.
    fn opening(self) -> Option<Opening> {
        let Self { first, end, .. } = self;
        if self.marks_follow == Some(true) {
            return Some(Opening { first, last: end + self.gap - 1, is_section: false });
        }
        let is_section = match self.kind {
            Kind::Fields => true,
            Kind::Dated => !self.has_marks,
            Kind::Vague => return None,
        };
        Some(Opening { first, last: end - 1, is_section })
    }
}

/// Returns how many lines the header has that begins here, and its kind.
fn header(lines: &[Line<'_>]) -> Option<(usize, Kind)> {
    let first = lines.first()?;
    if first.marks > 0 || first.is_blank() {
        return None;
    }
    let is_rule = first.text.len() >= 10 && first.text.trim_end().bytes().all(|byte| byte == b'_');
    if is_rule || is_between_dashes(first.text) || is_forwarded(first.text) {
        let blank = lines.iter().skip(1).take(FIELDS_LINES).take_while(|line| line.is_blank()).count();
        let fields = fields_len(lines.get(1 + blank..).unwrap_or_default());
        return match fields {
            Some(fields) => Some((1 + blank + fields, Kind::Fields)),
            None => (!is_rule).then_some((1, Kind::Fields)),
        };
    }
    fields_len(lines).map(|len| (len, Kind::Fields)).or_else(|| sentence(lines))
}

fn is_between_dashes(line: &str) -> bool {
    let is_dash = |letter: char| matches!(letter, '-' | ' ');
    let starts = line.trim_start().starts_with("--") || line.starts_with("- --");
    starts && line.trim_end().ends_with("--") && {
        let words = line.trim_matches(is_dash);
        words.len() < SENTENCE_BYTES && words::BETWEEN_DASHES.contains(&fold(words).as_str())
    }
}

fn is_forwarded(line: &str) -> bool {
    let words = line.trim().trim_end_matches([':', ' ', '\u{A0}', '\u{202F}']);
    words.len() < SENTENCE_BYTES
        && line.trim_end().ends_with(':')
        && words::FORWARDED.contains(&fold(words).as_str())
}

/// Returns how many lines of fields begin here: the sender's, then one that says when or about what,
/// among at least three.
fn fields_len(lines: &[Line<'_>]) -> Option<usize> {
    let first = label(lines.first()?.text)?;
    if !words::FROM.contains(&first.as_str()) {
        return None;
    }
    let (mut len, mut fields, mut telling) = (1, 1, 0);
    for (place, line) in lines.iter().enumerate().take(FIELDS_LINES).skip(1) {
        if line.marks > 0 {
            break;
        }
        let Some(label) = label(line.text) else { continue };
        let is_telling = words::SENT_OR_SUBJECT.contains(&label.as_str());
        if is_telling || words::TO.contains(&label.as_str()) {
            len = place + 1;
            fields += 1;
            telling += usize::from(is_telling);
        }
    }
    (fields >= 3 && telling >= 1).then_some(len)
}

/// Returns the label of a field, such as `envoye` of `*Envoyé :* lundi`.
fn label(line: &str) -> Option<String> {
    let (label, _) = line.split_once(':')?;
    let label = label.trim_matches(|letter: char| letter == '*' || letter.is_whitespace());
    (label.len() <= 20).then(|| fold(label))
}

/// Returns how many lines the sentence has that begins here and ends in `wrote:`.
fn sentence(lines: &[Line<'_>]) -> Option<(usize, Kind)> {
    let first = lines.first()?.text.trim();
    let begins_as_one = words::ON.iter().any(|on| has_prefix(first, on)) || begins_with_a_day(first);
    let len = if begins_as_one { SENTENCE_LINES } else { 1 };
    let mut said = String::new();
    for (place, line) in lines.iter().enumerate().take(len) {
        if line.marks > 0 || line.is_blank() || line.text.len() > SENTENCE_BYTES {
            return None;
        }
        said.push_str(line.text.trim());
        if said.ends_with(':') && ends_in_wrote(&fold(&said)) {
            let kind = if begins_as_one && has_a_date(&said) { Kind::Dated } else { Kind::Vague };
            return Some((place + 1, kind));
        }
        said.push(' ');
    }
    None
}

fn has_prefix(line: &str, prefix: &str) -> bool {
    line.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// `2017-02-06 10:00 GMT+01:00 Anna Roux <anna@desk.example>:` has no verb at all.
fn begins_with_a_day(line: &str) -> bool {
    let shape = line.bytes().take(10).map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00")
}

fn ends_in_wrote(said: &str) -> bool {
    let words = said.trim_end_matches([':', ' ']);
    let ends = words::WROTE.iter().any(|wrote| words.ends_with(wrote));
    let is_german = said.starts_with("am ") && said.contains(" schrieb ");
    ends || is_german || begins_with_a_day(said) && words.ends_with('>')
}

/// Returns whether there is a year, a time of day or an address in it.
fn has_a_date(said: &str) -> bool {
    let bytes = said.as_bytes();
    let is_year = |four: &[u8]| {
        (four.starts_with(b"19") || four.starts_with(b"20")) && four.iter().all(u8::is_ascii_digit)
    };
    let is_time = |four: &[u8]| match four {
        [hour, b':', minutes @ ..] => hour.is_ascii_digit() && minutes.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    said.contains('@') || bytes.windows(4).any(|four| is_year(four) || is_time(four))
}
