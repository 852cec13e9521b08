//! The text view: the texts of a message, quotes and links and all.

use super::Opened;
use super::links;
use super::marks;
use super::marks::Marks;
use super::marks::MarksIn;
use super::outline::Outline;
use super::outline::Quotation;
use super::plan::TextBlock;
use super::quotes;
use super::quotes::LineKind;
use crate::app::meaning::Meaning;
use crate::app::page::Place;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Message;
use crate::mail::Text;
use std::ops::Range;

/// Writes a stretch of a text of a message, with what stands before the first and behind the last.
pub(super) fn write(
    page: &mut Writer,
    opened: &Opened,
    block: TextBlock,
    marks: Marks<'_>,
    are_quotes_folded: bool,
) {
    let (message, number) = (&opened.message, block.number);
    let (Some(text), Some(outline)) = (message.texts.get(number), opened.outlines.get(number)) else {
        return;
    };
    let Some(stretch) = outline.stretches.get(block.stretch) else { return };
    if block.stretch == 0 {
        if number > 0 {
            page.blank();
            page.rule(&name_of(message, text));
        }
        page.blank();
    }
    let marks = marks.within(marks::place_of_text(message, number));
    let texts = TextOf { number, text, outline, marks };
    match &stretch.quotation {
        Quotation::Begins { range, lines } if are_quotes_folded => texts.fold(page, range, *lines),
        Quotation::GoesOn | Quotation::Begins { .. } => texts.write(page, stretch.range.clone(), false),
        Quotation::Short => texts.write(page, stretch.range.clone(), are_quotes_folded),
    }
    if block.is_last {
        write_remarks(page, text);
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

/// A text that is being written.
#[derive(Clone, Copy)]
struct TextOf<'a> {
    number: usize,
    text: &'a Text,
    outline: &'a Outline,
    marks: MarksIn<'a>,
}

impl TextOf<'_> {
    fn write(self, page: &mut Writer, stretch: Range<usize>, are_quotes_folded: bool) {
        let Self { number, text, marks, .. } = self;
        let found;
        let mut overlays = match &self.outline.overlays {
            Some(known) => {
                let first = known.partition_point(|overlay| is_above(&overlay.range, stretch.start));
                known.get(first..).unwrap_or_default()
            }
            None => {
                found = links::overlays_in(&text.text, stretch.clone());
                &found
            }
        };
        let lines = quotes::lines(&text.text, self.outline, stretch.clone());
        let mut place = 0;
        while let Some((range, kind)) = lines.get(place) {
            let run = quotes::quoted_run(&lines, place);
            if are_quotes_folded && run > 1 {
                place += run;
                let end = lines.get(place).map_or(stretch.end, |(next, _)| next.start);
                self.fold(page, &(range.start..end), run);
                let folded = overlays.partition_point(|overlay| overlay.range.end <= end);
                overlays = overlays.get(folded..).unwrap_or_default();
                continue;
            }
            let line = Line { number, text, marks, range: range.clone(), meaning: meaning_of(*kind) };
            overlays = line.write(page, overlays);
            place += 1;
        }
    }

    /// Writes one line in the place of a quotation.
    fn fold(self, page: &mut Writer, range: &Range<usize>, lines: usize) {
        let words = format!("▸ {} quoted lines", words::count(lines as u64));
        page.quote(&words, Place { text: self.number, offset: range.start }, Meaning::Quoted);
        self.marks.hide(page, range);
        page.end_line();
    }
}

/// Returns whether an overlay is written above the line that begins here: a link without words, at the
/// end of the line above, is written on this one.
fn is_above(overlay: &Range<usize>, line: usize) -> bool {
    overlay.end < line && !(overlay.is_empty() && overlay.end + 1 == line)
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
            // A name that goes over quoted lines is marked without the marks of the quotation.
            let is_at_start = range.start == self.range.start;
            let lead = if is_at_start { words.len() - words.trim_start_matches(['>', ' ']).len() } else { 0 };
            self.marks.mark(page, range, lead);
        }
    }
}
