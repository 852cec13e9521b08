//! Who, when and about what: what stands above a message.

use super::marks::Marks;
use super::marks::MarksIn;
use super::marks::say_found;
use crate::app::dates::Dates;
use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::app::words;
use crate::corpus::Kept;
use crate::corpus::Person;
use crate::mail::Anomalies;
use crate::mail::Attachment;
use crate::mail::Date;
use crate::mail::Envelope;
use crate::mail::Role;
use crate::mail::TextRange;
use crate::query::Mark;
use crate::query::Piece;
use crate::query::Search;
use crate::text::Printable;
use crate::text::width;
use crate::watch;
use std::ops::Range;

/// What stands above a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    people: Vec<(Role, Known)>,
    date: Option<Date>,
    date_raw: Option<String>,
    subject: String,
    anomalies: Anomalies,
}

/// Somebody: a name, an address, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    name: String,
    address: String,
}

/// What the filter found in a letterhead.
struct Found {
    marks: Vec<Mark>,
}

/// More attachments than these push the text out of sight; the last line then says how many there are.
const FILES_AT_MOST: usize = 6;

/// So many attachments are laid out at once.
pub(super) const FILES_IN_BLOCK: usize = 256;

/// The labels, all of one width.
const LABELS: [(Role, watch::Place, &str); 4] = [
    (Role::From, watch::Place::From, "From     "),
    (Role::To, watch::Place::To, "To       "),
    (Role::Cc, watch::Place::Cc, "Cc       "),
    (Role::Bcc, watch::Place::Bcc, "Bcc      "),
];

impl Letterhead {
    /// Takes what the index keeps, which is there at once.
    pub fn of_kept(kept: Kept<'_>, anomalies_of_thread: Anomalies) -> Self {
        let people = kept.people().map(|(role, person)| (role, Known::of(person.name, person.address)));
        Self {
            people: people.collect(),
            date: kept.date(),
            date_raw: None,
            subject: kept.subject().to_owned(),
            anomalies: kept.anomalies().and(anomalies_of_thread),
        }
    }

    /// Takes what a message says of itself.
    pub fn of_envelope(envelope: &Envelope<'_>) -> Self {
        let people =
            envelope.people.iter().map(|(role, person)| (*role, Known::of(&person.name, &person.address)));
        Self {
            people: people.collect(),
            date: envelope.date,
            date_raw: envelope.date_raw.as_deref().map(str::to_owned),
            subject: envelope.subject.as_deref().unwrap_or_default().to_owned(),
            anomalies: envelope.anomalies,
        }
    }

    /// Takes what the message itself says where that is more, and adds what was odd about the rest of it.
    #[must_use]
    pub fn with(self, opened: &Self, anomalies: Anomalies) -> Self {
        Self { date: self.date, anomalies: self.anomalies.and(anomalies), ..opened.clone() }
    }

    /// Returns the subject.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Writes it at the top of a page; of attachments the first.
    pub(super) fn write(
        &self,
        page: &mut Writer,
        attachments: &[Attachment],
        marks: Marks<'_>,
        dates: &Dates,
        shows_everyone: bool,
    ) {
        let found = self.found(marks.search);
        for (role, place, label) in LABELS {
            self.write_people(page, (role, label), marks.within(place), &found, shows_everyone);
        }
        self.write_date(page, dates);
        page.say("Subject  ", Meaning::Quiet).hang();
        if self.subject.is_empty() {
            page.say("(none)", Meaning::Quiet).end_line();
        } else {
            let found = found.stretches_of(Piece::Subject).collect();
            marks.within(watch::Place::Subject).say(page, &self.subject, found, Meaning::Title);
            page.end_line();
        }
        if shows_everyone {
            write_files(page, attachments, 0..FILES_IN_BLOCK, marks);
        } else {
            write_first_files(page, attachments, marks);
        }
        if !shows_everyone || attachments.len() <= FILES_IN_BLOCK {
            self.write_anomalies(page);
        }
    }

    fn write_people(
        &self,
        page: &mut Writer,
        (role, label): (Role, &str),
        marks: MarksIn<'_>,
        found: &Found,
        shows_everyone: bool,
    ) {
        let in_role = self.people.iter().enumerate().filter(|(_, (other, _))| *other == role);
        let people: Vec<(usize, String)> =
            in_role.map(|(number, (_, person))| (number, person.shown())).collect();
        let seen = if shows_everyone {
            people.len()
        } else {
            that_fit(&people, page.width().saturating_sub(label.len()))
        };
        let Some((seen, rest)) = people.split_at_checked(seen).filter(|(seen, _)| !seen.is_empty()) else {
            if role == Role::From {
                page.say(label, Meaning::Quiet).hang().say("(nobody)", Meaning::Quiet).end_line();
            }
            return;
        };
        let meaning = if role == Role::From { Meaning::Who } else { Meaning::Plain };
        page.say(label, Meaning::Quiet).hang();
        let (line, on_line) = self.line_of(seen, found);
        marks.say(page, &line, on_line, meaning);
        if !rest.is_empty() {
            page.say(&format!("  +{}", rest.len()), Meaning::Count);
            marks.hide(page, &(line.len()..usize::MAX));
            say_found(page, found.people_among(rest));
        }
        page.end_line();
    }

    /// Returns what the filter found in people and subject.
    fn found(&self, search: Option<&Search>) -> Found {
        let people = || self.people.iter().map(|(role, person)| (*role, person.as_person()));
        let marks = search.map(|search| search.marks_in(&people().collect::<Vec<_>>(), &self.subject));
        Found { marks: marks.unwrap_or_default() }
    }

    /// Writes people on a line as `watch::people_line` does, which the ranges of hits count in, and says
    /// where on it something was found.
    fn line_of(&self, people: &[(usize, String)], found: &Found) -> (String, Vec<TextRange>) {
        let mut line = String::new();
        let mut on_line = Vec::new();
        for (number, shown) in people {
            line.push_str(if line.is_empty() { "" } else { ", " });
            let start = line.len();
            line.push_str(shown);
            let before_address = self.people.get(*number).map_or(0, |(_, person)| person.before_address());
            for (piece, at) in
                [(Piece::Name(*number), start), (Piece::Address(*number), start + before_address)]
            {
                on_line.extend(found.stretches_of(piece).map(|found| found.start + at..found.end + at));
            }
        }
        (line, on_line)
    }

    fn write_date(&self, page: &mut Writer, dates: &Dates) {
        page.say("Date     ", Meaning::Quiet).hang();
        match self.date {
            Some(date) => {
                page.say(&in_its_zone(date, dates), Meaning::Plain).say("  ", Meaning::Plain);
                page.say(&in_utc(date, dates), Meaning::Quiet).end_line();
            }
            None => page.say("(none)", Meaning::Quiet).end_line(),
        }
        let is_odd = self.date.is_none() || self.anomalies.iter().any(words::is_about_the_date);
        if let Some(raw) = self.date_raw.as_deref().filter(|raw| is_odd && !raw.is_empty()) {
            page.say("         ", Meaning::Quiet).hang().say("written ", Meaning::Quiet);
            page.say(raw, Meaning::Plain).end_line();
        }
    }

    /// Writes more of very many attachments, and below the last what comes below them.
    pub(super) fn write_more(
        &self,
        page: &mut Writer,
        attachments: &[Attachment],
        range: Range<usize>,
        marks: Marks<'_>,
    ) {
        let is_end = range.end >= attachments.len();
        write_files(page, attachments, range, marks);
        if is_end {
            self.write_anomalies(page);
        }
    }

    fn write_anomalies(&self, page: &mut Writer) {
        for (place, words) in self.anomalies.iter().filter_map(words::anomaly).enumerate() {
            let label = if place == 0 { "Odd      " } else { "         " };
            page.say(label, Meaning::Quiet).hang().say(words, Meaning::Odd).end_line();
        }
    }
}

/// Writes the first attachments, and how many more there are.
fn write_first_files(page: &mut Writer, attachments: &[Attachment], marks: Marks<'_>) {
    let seen = if attachments.len() > FILES_AT_MOST { FILES_AT_MOST - 1 } else { attachments.len() };
    write_files(page, attachments, 0..seen, marks);
    if seen < attachments.len() {
        page.say("         ", Meaning::Quiet).hang();
        let more = words::count((attachments.len() - seen) as u64);
        page.say(&format!("+{more}"), Meaning::Count);
        marks.hide_attachments(page, seen);
        let names = attachments.iter().skip(seen).filter_map(|file| file.filename.as_deref());
        say_found(page, names.map(|name| found_in_name(name, marks).len()).sum());
        page.end_line();
    }
}

/// Returns what the filter found in the name of a file.
fn found_in_name(name: &str, marks: Marks<'_>) -> Vec<TextRange> {
    marks.search.map(|search| search.file_name_hits(name)).unwrap_or_default()
}

fn write_files(page: &mut Writer, attachments: &[Attachment], range: Range<usize>, marks: Marks<'_>) {
    for (place, file) in attachments.iter().enumerate().take(range.end).skip(range.start) {
        let label = if place == 0 { "Files    " } else { "         " };
        page.say(label, Meaning::Quiet).hang();
        match &file.filename {
            Some(name) => {
                let found = found_in_name(name, marks);
                marks.within(watch::Place::Attachment(place)).say(page, name, found, Meaning::File);
            }
            None => {
                page.say(&file.content_type, Meaning::File);
            }
        }
        page.say(&format!("  {}", words::size(file.size)), Meaning::Quiet).end_line();
    }
}

/// Counts how many people fit on a line, room for `+12` left; the first always does.
fn that_fit(people: &[(usize, String)], room: usize) -> usize {
    const MORE_CELLS: usize = 7;
    let mut used = 0;
    for (place, (_, person)) in people.iter().enumerate() {
        used += width(&Printable::new(person)).0 + if place == 0 { 0 } else { 2 };
        let is_last = place + 1 == people.len();
        if used > room.saturating_sub(if is_last { 0 } else { MORE_CELLS }) {
            return place.max(1);
        }
    }
    people.len()
}

impl Known {
    fn of(name: &str, address: &str) -> Self {
        Self { name: name.to_owned(), address: address.to_owned() }
    }

    fn as_person(&self) -> Person<'_> {
        Person { name: &self.name, address: &self.address }
    }

    fn shown(&self) -> String {
        let Self { name, address } = self;
        match (name.is_empty(), address.is_empty()) {
            (true, _) => address.clone(),
            (false, true) => name.clone(),
            (false, false) => format!("{name} <{address}>"),
        }
    }

    /// Returns how many bytes stand before the address where both are shown.
    fn before_address(&self) -> usize {
        if self.name.is_empty() { 0 } else { self.name.len() + " <".len() }
    }
}

impl Found {
    /// Counts those of these people in whose name or address something was found.
    fn people_among(&self, people: &[(usize, String)]) -> usize {
        let is_found = |piece| self.stretches_of(piece).next().is_some();
        let places = people.iter().map(|(place, _)| *place);
        places.filter(|&place| is_found(Piece::Name(place)) || is_found(Piece::Address(place))).count()
    }

    fn stretches_of(&self, piece: Piece) -> impl Iterator<Item = TextRange> {
        let first = self.marks.partition_point(|mark| mark.piece < piece);
        let marks = self.marks.iter().skip(first).take_while(move |mark| mark.piece == piece);
        marks.map(|mark| mark.range.clone())
    }
}

/// Writes `2017-02-01 09:30 +01:00`.
fn in_its_zone(date: Date, dates: &Dates) -> String {
    format!("{} {}", dates.minute(date), date.zone())
}

/// Writes `08:30 UTC`, with the day where it is another one.
fn in_utc(date: Date, dates: &Dates) -> String {
    let (here, there) = (date.civil(), date.in_utc().civil());
    let is_same_day = (here.year, here.month, here.day) == (there.year, there.month, there.day);
    let shown = match is_same_day {
        true => format!("{:02}:{:02}", there.hour, there.minute),
        false => dates.minute(date.in_utc()),
    };
    format!("{shown} UTC")
}
