//! One message as lines that a person reads: what `show` prints.
//!
//! Lines are as long as they were written; whoever pipes them on can wrap them. Every one went through
//! [`Printable`], so nothing in a message can act on the terminal.

use crate::corpus::Kept;
use crate::corpus::Person;
use crate::mail::Anomaly;
use crate::mail::Message;
use crate::mail::Part;
use crate::mail::Role;
use crate::mail::Text;
use crate::text::Printable;
use std::fmt::Write;

/// Returns a message as a person reads it: who, when, what about, what is attached, and every text.
pub fn page(kept: Kept<'_>, message: &Message) -> String {
    let mut out = String::new();
    for (role, label) in [(Role::From, "From"), (Role::To, "To"), (Role::Cc, "Cc"), (Role::Bcc, "Bcc")] {
        let people: Vec<String> =
            kept.people().filter(|(found, _)| *found == role).map(|(_, person)| written(person)).collect();
        if !people.is_empty() {
            labelled(&mut out, label, &people.join(", "));
        }
    }
    if let Some(date) = kept.date() {
        let (own, utc) = (date.day_and_minute(), date.in_utc().day_and_minute());
        labelled(&mut out, "Date", &format!("{own} {} ({utc} UTC)", date.zone()));
    }
    labelled(&mut out, "Subject", kept.subject());
    for attachment in &message.attachments {
        let name = attachment.filename.as_deref().unwrap_or("(no name)");
        let (content_type, size) = (&attachment.content_type, attachment.size);
        labelled(&mut out, "File", &format!("{name} ({content_type}, {size} bytes)"));
    }
    let odd: Vec<&str> = kept.anomalies().and(message.anomalies).iter().map(Anomaly::word).collect();
    if !odd.is_empty() {
        labelled(&mut out, "Odd", &odd.join(", "));
    }
    for (place, text) in message.texts.iter().enumerate() {
        out.push('\n');
        if place > 0 {
            let _ = writeln!(out, "—— {} ——\n", Printable::new(&text.content_type));
        }
        body(&mut out, text);
    }
    out
}

/// Returns every header field, decoded, a line each.
pub fn headers(message: &Message) -> String {
    let mut out = String::new();
    for field in &message.fields {
        labelled(&mut out, &field.name, &field.value);
    }
    out
}

/// Returns the MIME tree, a line a part.
pub fn parts(message: &Message) -> String {
    let mut out = String::new();
    let mut below: Vec<(usize, &Part)> = vec![(0, &message.root)];
    while let Some((depth, part)) = below.pop() {
        let described = [
            Some(part.content_type.clone()),
            part.filename.as_ref().map(|name| format!("“{name}”")),
            part.charset.clone(),
            part.encoding.clone(),
            Some(format!("{} bytes", part.size)),
        ];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "{:indent$}{}", "", Printable::new(&described), indent = 2 * depth);
        below.extend(part.parts.iter().rev().map(|inner| (depth + 1, inner)));
    }
    out
}

/// Returns any bytes as lines that are safe to see on a terminal.
pub fn printable_lines(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().map(|line| format!("{}\n", Printable::new(line))).collect()
}

fn labelled(out: &mut String, label: &str, said: &str) {
    let _ = writeln!(out, "{}: {}", Printable::new(label), Printable::new(said));
}

fn written(person: Person<'_>) -> String {
    match (person.name, person.address) {
        (name, "") => name.to_owned(),
        ("", address) => address.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

fn body(out: &mut String, text: &Text) {
    for line in text.text.lines() {
        let _ = writeln!(out, "{}", Printable::new(line));
    }
    for (place, link) in text.links.iter().enumerate() {
        let _ = writeln!(out, "[{}] {}", place + 1, Printable::new(&link.target));
    }
    for image in &text.images {
        let _ = writeln!(out, "[image, not fetched] {}", Printable::new(image));
    }
}
