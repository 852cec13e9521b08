//! Who, when and about what: what stands above a message.

use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::app::words;
use crate::corpus::Kept;
use crate::mail::Anomalies;
use crate::mail::Attachment;
use crate::mail::Date;
use crate::mail::Envelope;
use crate::mail::Role;
use crate::text::Printable;
use crate::text::width;

/// What stands above a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    people: Vec<(Role, String)>,
    date: Option<Date>,
    date_raw: Option<String>,
    subject: String,
    anomalies: Anomalies,
}

/// The labels, all of one width.
const LABELS: [(Role, &str); 4] =
    [(Role::From, "From     "), (Role::To, "To       "), (Role::Cc, "Cc       "), (Role::Bcc, "Bcc      ")];

impl Letterhead {
    /// Takes what the index keeps, which is there at once.
    pub fn of_kept(kept: Kept<'_>, anomalies_of_thread: Anomalies) -> Self {
        let people = kept.people().map(|(role, person)| (role, shown(person.name, person.address)));
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
            envelope.people.iter().map(|(role, person)| (*role, shown(&person.name, &person.address)));
        Self {
            people: people.collect(),
            date: envelope.date,
            date_raw: envelope.date_raw.as_deref().map(str::to_owned),
            subject: envelope.subject.as_deref().unwrap_or_default().to_owned(),
            anomalies: envelope.anomalies,
        }
    }

    /// Adds what was odd about the rest of the message, and the date as it was written.
    #[must_use]
    pub fn with(self, opened: &Self, anomalies: Anomalies) -> Self {
        Self { date_raw: opened.date_raw.clone(), anomalies: self.anomalies.and(anomalies), ..self }
    }

    /// Returns the subject.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Writes it at the top of a page.
    pub fn write(&self, page: &mut Writer, attachments: &[Attachment], shows_everyone: bool) {
        for (role, label) in LABELS {
            self.write_people(page, role, label, shows_everyone);
        }
        self.write_date(page);
        page.say("Subject  ", Meaning::Quiet).hang();
        if self.subject.is_empty() {
            page.say("(none)", Meaning::Quiet).end_line();
        } else {
            page.say(&self.subject, Meaning::Title).end_line();
        }
        write_files(page, attachments);
        self.write_anomalies(page);
    }

    fn write_people(&self, page: &mut Writer, role: Role, label: &str, shows_everyone: bool) {
        let people: Vec<&str> = self
            .people
            .iter()
            .filter(|(in_role, _)| *in_role == role)
            .map(|(_, shown)| shown.as_str())
            .collect();
        let seen = if shows_everyone {
            people.len()
        } else {
            that_fit(&people, page.width().saturating_sub(label.len()))
        };
        let Some(seen) = people.get(..seen).filter(|seen| !seen.is_empty()) else {
            if role == Role::From {
                page.say(label, Meaning::Quiet).hang().say("(nobody)", Meaning::Quiet).end_line();
            }
            return;
        };
        let meaning = if role == Role::From { Meaning::Who } else { Meaning::Plain };
        page.say(label, Meaning::Quiet).hang().say(&seen.join(", "), meaning);
        if seen.len() < people.len() {
            page.say(&format!("  +{}", people.len() - seen.len()), Meaning::Count);
        }
        page.end_line();
    }

    fn write_date(&self, page: &mut Writer) {
        page.say("Date     ", Meaning::Quiet).hang();
        match self.date {
            Some(date) => {
                page.say(&in_its_zone(date), Meaning::Plain).say("  ", Meaning::Plain);
                page.say(&in_utc(date), Meaning::Quiet).end_line();
            }
            None => page.say("(none)", Meaning::Quiet).end_line(),
        }
        let is_odd = self.date.is_none() || self.anomalies.iter().any(words::is_about_the_date);
        if let Some(raw) = self.date_raw.as_deref().filter(|raw| is_odd && !raw.is_empty()) {
            page.say("         ", Meaning::Quiet).hang().say("written ", Meaning::Quiet);
            page.say(raw, Meaning::Plain).end_line();
        }
    }

    fn write_anomalies(&self, page: &mut Writer) {
        for (place, words) in self.anomalies.iter().filter_map(words::anomaly).enumerate() {
            let label = if place == 0 { "Odd      " } else { "         " };
            page.say(label, Meaning::Quiet).hang().say(words, Meaning::Odd).end_line();
        }
    }
}

fn write_files(page: &mut Writer, attachments: &[Attachment]) {
    for (place, file) in attachments.iter().enumerate() {
        let label = if place == 0 { "Files    " } else { "         " };
        page.say(label, Meaning::Quiet).hang();
        page.say(file.filename.as_deref().unwrap_or(&file.content_type), Meaning::File);
        page.say(&format!("  {}", words::size(file.size)), Meaning::Quiet).end_line();
    }
}

/// Counts how many people fit on a line, room for `+12` left; the first always does.
fn that_fit(people: &[&str], room: usize) -> usize {
    const MORE_CELLS: usize = 7;
    let mut used = 0;
    for (place, person) in people.iter().enumerate() {
        used += width(&Printable::new(person)).0 + if place == 0 { 0 } else { 2 };
        let is_last = place + 1 == people.len();
        if used > room.saturating_sub(if is_last { 0 } else { MORE_CELLS }) {
            return place.max(1);
        }
    }
    people.len()
}

fn shown(name: &str, address: &str) -> String {
    match (name.is_empty(), address.is_empty()) {
        (true, _) => address.to_owned(),
        (false, true) => name.to_owned(),
        (false, false) => format!("{name} <{address}>"),
    }
}

/// Writes `2017-02-01 09:30 +01:00`.
fn in_its_zone(date: Date) -> String {
    let minutes = i32::from(date.zone_minutes);
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    format!("{} {sign}{hours:02}:{minutes:02}", date.day_and_minute())
}

/// Writes `08:30 UTC`, with the day where it is another one.
fn in_utc(date: Date) -> String {
    let (here, there) = (date.day_and_minute(), Date { zone_minutes: 0, ..date }.day_and_minute());
    let same_day = here.split(' ').next() == there.split(' ').next();
    let shown = if same_day { there.split(' ').next_back().unwrap_or_default() } else { &there };
    format!("{shown} UTC")
}
