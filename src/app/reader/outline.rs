//! How a text is taken apart for its page: in stretches that are laid out by themselves, with what is
//! quoted, signed and linked in it.
//!
//! A stretch ends with a line. A quotation that is folded as one lies in one stretch, or, where it is
//! longer, has stretches of its own; a line that is longer is cut, behind a blank where there is one.
//! So a stretch is short whatever the text is, and its rows are the same whichever of them are seen.
//!
//! Made by a worker, in time that grows with the text.

use super::links;
use super::links::Links;
use super::links::Overlay;
use crate::mail::Quoted;
use crate::mail::Text;
use crate::mail::quoted;
use crate::mail::signature;
use crate::text::place_before;
use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

/// No stretch is longer: it is laid out in less than a millisecond.
const STRETCH_BYTES: usize = 32 << 10;

/// How far back a blank is looked for where a long line is cut.
const BLANK_WITHIN_BYTES: usize = 256;

/// A text, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// They tile the text, without the line ends at its end.
    pub(super) stretches: Vec<Stretch>,
    pub(super) quotes: Vec<Quoted>,
    pub(super) signature: Range<usize>,
    /// The links and what is hidden; `None` where the addresses in a long plain text are all there is,
    /// which are found when they are seen.
    pub(super) overlays: Option<Vec<Overlay>>,
}

/// What is laid out at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) range: Range<usize>,
    pub(super) quotation: Quotation,
}

/// Whether a stretch belongs to a quotation that is longer than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Quotation {
    /// It holds whole quotations, or none.
    Short,
    /// One that stands here begins with it.
    Begins { range: Range<usize>, lines: usize },
    /// One goes on in it.
    GoesOn,
}

impl Outline {
    /// Takes a text apart, and adds its links to those of the texts before it.
    pub(super) fn of(text: &Text, links: &mut Links) -> Self {
        let quotes = quoted(&text.text);
        let signature = signature(&text.text, &quotes).unwrap_or_default();
        let is_plain = text.links.is_empty() && text.hidden.is_empty();
        let overlays = if is_plain && text.text.len() > STRETCH_BYTES {
            links.count_addresses(&text.text);
            None
        } else {
            Some(links::overlays(text, links))
        };
        let stretches = stretches(&text.text, &quotes);
        Self { stretches, quotes, signature, overlays }
    }
}

/// Returns stretches of a bounded length that tile a text; all but the last end with a line, or within a
/// long one.
pub(super) fn plain_stretches(text: &str) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = 0;
    while text.len() - start > STRETCH_BYTES {
        let end = cut(text, start);
        stretches.push(start..end);
        start = end;
    }
    stretches.push(start..text.len());
    stretches
}

fn stretches(text: &str, quotes: &[Quoted]) -> Vec<Stretch> {
    let text = text.trim_end_matches('\n');
    let mut quotations = Quotations { text, quotes: quotes.iter().peekable() }.peekable();
    let mut stretches = Vec::new();
    let mut start = 0;
    while text.len() - start > STRETCH_BYTES {
        let end = cut(text, start);
        while quotations.next_if(|quotation| quotation.end <= end).is_some() {}
        match quotations.peek().filter(|quotation| quotation.start < end && quotation.end > end).cloned() {
            Some(quotation) if quotation.start > start => {
                stretches.push(Stretch { range: start..quotation.start, quotation: Quotation::Short });
                start = quotation.start;
            }
            Some(quotation) => {
                start = quotation.end;
                quotations.next();
                add_quotation(text, quotation, &mut stretches);
            }
            None => {
                stretches.push(Stretch { range: start..end, quotation: Quotation::Short });
                start = end;
            }
        }
    }
    if start < text.len() || stretches.is_empty() {
        stretches.push(Stretch { range: start..text.len(), quotation: Quotation::Short });
    }
    stretches
}

/// Adds the stretches of a quotation that is longer than one.
fn add_quotation(text: &str, range: Range<usize>, stretches: &mut Vec<Stretch>) {
    let written = text.get(range.clone()).unwrap_or_default();
    let ends = written.bytes().filter(|&byte| byte == b'\n').count();
    let lines = ends + usize::from(!written.ends_with('\n'));
    let within = text.get(..range.end).unwrap_or_default();
    // One line is not folded, however long.
    let (mut quotation, goes_on) = match lines {
        1 => (Quotation::Short, Quotation::Short),
        _ => (Quotation::Begins { range: range.clone(), lines }, Quotation::GoesOn),
    };
    let mut start = range.start;
    while start < range.end {
        let end = if range.end - start > STRETCH_BYTES { cut(within, start) } else { range.end };
        stretches.push(Stretch { range: start..end, quotation });
        quotation = goes_on.clone();
        start = end;
    }
}

/// Returns where the stretch ends that begins at `start`: behind a line, or within a long one.
fn cut(text: &str, start: usize) -> usize {
    let longest = place_before(text, start + STRETCH_BYTES);
    let stretch = text.get(start..longest).unwrap_or_default();
    if let Some(line_end) = stretch.rfind('\n') {
        return start + line_end + 1;
    }
    let near = place_before(text, longest.saturating_sub(BLANK_WITHIN_BYTES)).max(start);
    let blank = text.get(near..longest).and_then(|end| end.rfind(' '));
    blank.map_or(longest, |blank| near + blank + 1)
}

/// The quotations that are folded as one: quoted lines of whatever depth, with blank ones between them.
struct Quotations<'a> {
    text: &'a str,
    quotes: Peekable<Iter<'a, Quoted>>,
}

impl Iterator for Quotations<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let mut range = self.quotes.next()?.range.clone();
        let text = self.text;
        let is_blank =
            |end, start| text.get(end..start).is_some_and(|between: &str| between.trim().is_empty());
        while let Some(next) = self.quotes.next_if(|next| is_blank(range.end, next.range.start)) {
            range.end = next.range.end;
        }
        range.end = range.end.min(text.len());
        Some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::reader::quotes;
    use proptest::prelude::*;

    fn of(text: &str) -> Outline {
        Outline::of(&Text { text: text.to_owned(), ..Text::default() }, &mut Links::default())
    }

    fn lengths(text: &str) -> Vec<(usize, bool)> {
        let is_short = |it: &Stretch| it.quotation == Quotation::Short;
        of(text).stretches.iter().map(|it| (it.range.len(), is_short(it))).collect()
    }

    #[test]
    fn a_short_text_is_one_stretch() {
        assert_eq!(lengths(""), [(0, true)]);
        assert_eq!(lengths("a\n> b\n\n"), [(5, true)]);
    }

    #[test]
    fn stretches_end_with_lines_and_long_lines_behind_blanks() {
        let lines = "word word\n".repeat(8000);
        assert_eq!(lengths(&lines), [(32760, true), (32760, true), (14479, true)]);
        assert_eq!(lengths(&lines.replace('\n', " ")), [(32765, true), (32765, true), (14470, true)]);
        assert_eq!(lengths(&"é".repeat(20_000)), [(32768, true), (7232, true)]);
    }

    #[test]
    fn a_quotation_is_not_parted_unless_it_is_too_long() {
        let (words, quote) = ("words\n".repeat(5000), "> quote\n\n".repeat(1000));
        assert_eq!(lengths(&(words.clone() + &quote + "end")), [(30000, true), (9003, true)]);
        let long = quote.repeat(4);
        let text = words + &long + "end\n> again";
        assert_eq!(lengths(&text), [(30000, true), (32768, false), (3231, false), (12, true)]);
        let after_a_short_one = "> a\n".repeat(9) + &text;
        assert_eq!(lengths(&after_a_short_one)[0], (30_036, true));
        let Quotation::Begins { range, lines } = &of(&text).stretches[1].quotation else { panic!() };
        assert_eq!((range.clone(), *lines), (30000..65999, 7999));
    }

    proptest! {
        /// What a stretch shows is what it would show in one piece with the others.
        #[test]
        fn stretches_tile_the_text_and_part_no_short_line(
            pieces in prop::collection::vec((prop::sample::select(vec![
                "> a\n", "b\n", "\n", ">> c\n", "long words ", "é", "-- \n", "> ", "x",
            ]), 1..4000_usize), 0..12),
        ) {
            let text: String = pieces.iter().map(|(piece, times)| piece.repeat(*times)).collect();
            let outline = of(&text);
            let mut end = 0;
            let mut lines = Vec::new();
            for stretch in &outline.stretches {
                prop_assert_eq!(stretch.range.start, end);
                prop_assert!(stretch.range.len() <= STRETCH_BYTES);
                lines.extend(quotes::lines(&text, &outline, stretch.range.clone()));
                end = stretch.range.end;
            }
            prop_assert_eq!(end, text.trim_end_matches('\n').len());
            let whole = quotes::lines(&text, &outline, 0..end);
            // With its end it is longer than a stretch.
            let is_long = whole.iter().any(|(range, _)| range.len() >= STRETCH_BYTES);
            prop_assert!(is_long || lines == whole);
        }
    }
}
