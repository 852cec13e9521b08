//! The text view: the texts of a message, quotes and links and all.

use super::links;
use super::links::Links;
use super::marks;
use super::marks::Marks;
use super::marks::MarksIn;
use super::quotes;
use super::quotes::LineKind;
use crate::app::meaning::Meaning;
use crate::app::page::Place;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Message;
use crate::mail::Text;
use std::ops::Range;

/// Writes every text of a message, in order.
pub(super) fn write(page: &mut Writer, message: &Message, marks: Marks<'_>, are_quotes_folded: bool) {
    let mut links = Links::default();
    let places = marks::places_of_texts(message);
    for ((number, text), place) in message.texts.iter().enumerate().zip(places) {
        if number > 0 {
            page.blank();
            page.rule(&name_of(message, text));
        }
        page.blank();
        write_text(page, number, text, marks.within(place), are_quotes_folded, &mut links);
        write_remarks(page, text);
    }
    if message.texts.is_empty() {
        page.blank();
        page.say("(no text)", Meaning::Quiet).end_line();
    }
}

/// Names a part in the rule above its text.
fn name_of(message: &Message, text: &Text) -> String {
    let filename = message.part(&text.path).and_then(|part| part.filename.as_deref());
    match filename {
        Some(filename) => format!("{filename} ({})", text.content_type),
        None => text.content_type.clone(),
    }
}

/// Says what a text holds that one does not see.
fn write_remarks(page: &mut Writer, text: &Text) {
    if text.hidden.is_empty() && text.images.is_empty() {
        return;
    }
    page.blank();
    if !text.hidden.is_empty() {
        page.say("text marked ", Meaning::Quiet).say("like this", Meaning::Hidden);
        page.say(" was meant not to be seen", Meaning::Quiet).end_line();
    }
    if !text.images.is_empty() {
        let images = words::counted(text.images.len() as u64, "remote image");
        page.say(&format!("{images}, not fetched"), Meaning::Quiet).end_line();
    }
}

fn write_text(
    page: &mut Writer,
    number: usize,
    text: &Text,
    marks: MarksIn<'_>,
    are_quotes_folded: bool,
    links: &mut Links,
) {
    let overlays = links::overlays(text, links);
    let mut overlays = overlays.as_slice();
    let lines = quotes::lines(&text.text);
    let mut place = 0;
    while let Some((range, kind)) = lines.get(place) {
        let run = quotes::quoted_run(&lines, place);
        if are_quotes_folded && run > 1 {
            let words = format!("▸ {} quoted lines", words::count(run as u64));
            page.quote(&words, Place { text: number, offset: range.start }, Meaning::Quoted);
            place += run;
            let end = lines.get(place).map_or(text.text.len(), |(next, _)| next.start);
            marks.hide(page, &(range.start..end));
            page.end_line();
            continue;
        }
        let line = Line { number, text, marks, range: range.clone(), meaning: meaning_of(*kind) };
        overlays = line.write(page, overlays);
        place += 1;
    }
}

fn meaning_of(kind: LineKind) -> Meaning {
    match kind {
        LineKind::Own | LineKind::Blank => Meaning::Plain,
        LineKind::Quoted { depth: 1 } => Meaning::Quoted,
        LineKind::Quoted { .. } => Meaning::QuotedDeeper,
        LineKind::Signature => Meaning::Signature,
    }
}

/// One line of a text that is being written.
struct Line<'a> {
    number: usize,
    text: &'a Text,
    marks: MarksIn<'a>,
    range: Range<usize>,
    meaning: Meaning,
}

impl Line<'_> {
    /// Writes the line, and returns the overlays that reach beyond it.
    fn write<'o>(&self, page: &mut Writer, mut overlays: &'o [links::Overlay]) -> &'o [links::Overlay] {
        let mut done = self.range.start;
        while let Some((overlay, rest)) = overlays.split_first() {
            if overlay.range.start >= self.range.end {
                break;
            }
            let (start, end) = (overlay.range.start.max(done), overlay.range.end.min(self.range.end));
            self.part(page, done..start, self.meaning);
            self.part(page, start..end, overlay.meaning);
            done = end.max(done);
            if overlay.range.end > self.range.end {
                break;
            }
            if let Some(number) = overlay.number {
                page.say(&format!("[{number}]"), Meaning::Quiet);
            }
            overlays = rest;
        }
        self.part(page, done..self.range.end, self.meaning);
        page.end_line();
        overlays
    }

    fn part(&self, page: &mut Writer, range: Range<usize>, meaning: Meaning) {
        let place = Place { text: self.number, offset: range.start };
        if let Some(words) = self.text.text.get(range.clone()).filter(|words| !words.is_empty()) {
            page.quote(words, place, meaning);
            self.marks.mark(page, range);
        }
    }
}
