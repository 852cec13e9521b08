//! The links of a message: where their words stand, and where they lead.

use crate::app::meaning::Meaning;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Message;
use crate::mail::Text;
use std::ops::Range;

/// A stretch of a text that means something beyond the line it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Overlay {
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
    /// The number written behind it: of a link whose target the words do not say.
    pub(super) number: Option<usize>,
}

/// So many links are listed: more than anyone follows.
const LISTED_AT_MOST: usize = 100_000;

/// The links found so far, which gives each its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    listed: Vec<Listed>,
    found: usize,
    texts: usize,
}

/// A link by its place.
#[derive(Clone, Debug)]
struct Listed {
    text: usize,
    words: Range<usize>,
    /// The number of the link among those of its text; an address in plain text leads where it says.
    link: Option<usize>,
}

impl Links {
    /// Adds a link of the text that is looked at, and returns its number, from 1.
    fn add(&mut self, words: Range<usize>, link: Option<usize>) -> usize {
        self.found += 1;
        if self.listed.len() < LISTED_AT_MOST {
            self.listed.push(Listed { text: self.texts, words, link });
        }
        self.found
    }

    /// Adds the addresses in a plain text.
    pub(super) fn count_addresses(&mut self, text: &str) {
        for range in addresses(text) {
            self.add(range, None);
        }
    }

    /// Goes on to the next text.
    pub(super) fn end_text(&mut self) {
        self.texts += 1;
    }

    /// Returns how many are listed.
    pub(super) fn listed(&self) -> usize {
        self.listed.len()
    }
}

/// Returns the links and the hidden stretches of a text, in order; none overlaps another.
pub(super) fn overlays(text: &Text, links: &mut Links) -> Vec<Overlay> {
    let mut overlays = Vec::new();
    for (place, link) in text.links.iter().enumerate() {
        let words = text.text.get(link.range.clone()).unwrap_or_default();
        let number = links.add(link.range.clone(), Some(place));
        let number = Some(number).filter(|_| words.trim() != link.target);
        overlays.push(Overlay { range: link.range.clone(), meaning: Meaning::Link, number });
    }
    if text.links.is_empty() {
        for range in addresses(&text.text) {
            links.add(range.clone(), None);
            overlays.push(Overlay { range, meaning: Meaning::Link, number: None });
        }
    }
    let hidden = text.hidden.iter().cloned();
    overlays.extend(hidden.map(|range| Overlay { range, meaning: Meaning::Hidden, number: None }));
    overlays.sort_by_key(|overlay| overlay.range.start);
    let mut end = 0;
    overlays.retain(|overlay| {
        let is_free = overlay.range.start >= end;
        end = end.max(overlay.range.end);
        is_free
    });
    overlays
}

/// Returns the addresses in a stretch of a plain text.
pub(super) fn overlays_in(text: &str, stretch: Range<usize>) -> Vec<Overlay> {
    let start = stretch.start;
    let found = addresses(text.get(stretch).unwrap_or_default());
    let moved = found.map(|range| range.start + start..range.end + start);
    moved.map(|range| Overlay { range, meaning: Meaning::Link, number: None }).collect()
}

/// Finds web addresses in plain text.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let colon = from + text.get(from..)?.find("://")?;
            from = colon + 3;
            let before = text.get(..colon).unwrap_or_default();
            let Some(scheme) = ["https", "http", "ftp"].into_iter().find(|scheme| before.ends_with(scheme))
            else {
                continue;
            };
            let rest = text.get(from..).unwrap_or_default();
            let ends = |letter: char| letter.is_whitespace() || "<>\"".contains(letter);
            let end = rest.find(ends).unwrap_or(rest.len());
            let address = rest.get(..end).unwrap_or_default();
            let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
            if !address.is_empty() {
                from += address.len();
                return Some(colon - scheme.len()..from);
            }
        }
    })
}

/// Writes some of the list of links.
pub(super) fn write(page: &mut Writer, message: &Message, links: &Links, range: Range<usize>) {
    if range.start == 0 {
        page.blank();
    }
    if links.found == 0 {
        page.say("(no links)", Meaning::Quiet).end_line();
    }
    for (place, listed) in links.listed.iter().enumerate().take(range.end).skip(range.start) {
        let Some(text) = message.texts.get(listed.text) else { continue };
        let words = text.text.get(listed.words.clone()).unwrap_or_default();
        let link = listed.link.and_then(|link| text.links.get(link));
        let target = link.map_or(words, |link| &link.target);
        page.say(&format!("{:>3}  ", place + 1), Meaning::Quiet).hang();
        if words.trim() != target {
            page.say(&words.replace('\n', " "), Meaning::Plain).end_line();
            page.say("     ", Meaning::Quiet).hang();
        }
        page.say(target, Meaning::Link).end_line();
    }
    if range.end >= links.listed() && links.found > links.listed() {
        let left_out = words::counted((links.found - links.listed()) as u64, "more link");
        page.say(&format!("{left_out}, not listed here"), Meaning::Odd).end_line();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = addresses(text).map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        check(
            "see http://a.example/x, and <https://b.example>.",
            &["http://a.example/x", "https://b.example"],
        );
        check("(http://a.example)", &["http://a.example"]);
        check("nothing://here http://", &[]);
    }
}
