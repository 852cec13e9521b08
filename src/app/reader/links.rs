//! The links of a message: where their words stand, and where they lead.

use crate::app::meaning::Meaning;
use crate::app::page::Writer;
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

/// The links found so far, which gives each its number.
#[derive(Debug, Default)]
pub(super) struct Links {
    found: Vec<(String, String)>,
}

impl Links {
    /// Adds a link, and returns its number, from 1.
    fn add(&mut self, words: &str, target: &str) -> usize {
        self.found.push((words.to_owned(), target.to_owned()));
        self.found.len()
    }
}

/// Returns the links and the hidden stretches of a text, in order; none overlaps another.
pub(super) fn overlays(text: &Text, links: &mut Links) -> Vec<Overlay> {
    let mut overlays = Vec::new();
    for link in &text.links {
        let words = text.text.get(link.range.clone()).unwrap_or_default();
        let number = links.add(words, &link.target);
        let number = Some(number).filter(|_| words.trim() != link.target);
        overlays.push(Overlay { range: link.range.clone(), meaning: Meaning::Link, number });
    }
    if text.links.is_empty() {
        for range in addresses(&text.text) {
            let words = text.text.get(range.clone()).unwrap_or_default();
            links.add(words, words);
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

/// Finds web addresses in plain text.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("://")) {
        let colon = from + at;
        from = colon + 3;
        let before = text.get(..colon).unwrap_or_default();
        let Some(scheme) = ["https", "http", "ftp"].into_iter().find(|scheme| before.ends_with(scheme))
        else {
            continue;
        };
        let rest = text.get(from..).unwrap_or_default();
        let end =
            rest.find(|letter: char| letter.is_whitespace() || "<>\"".contains(letter)).unwrap_or(rest.len());
        let address =
            rest.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        if !address.is_empty() {
            found.push(colon - scheme.len()..from + address.len());
            from += address.len();
        }
    }
    found
}

/// Writes the list of links.
pub(super) fn write(page: &mut Writer, message: &Message) {
    let mut links = Links::default();
    for text in &message.texts {
        overlays(text, &mut links);
    }
    page.blank();
    if links.found.is_empty() {
        page.say("(no links)", Meaning::Quiet).end_line();
    }
    for (place, (words, target)) in links.found.iter().enumerate() {
        page.say(&format!("{:>3}  ", place + 1), Meaning::Quiet).hang();
        if words.trim() != target {
            page.say(&words.replace('\n', " "), Meaning::Plain).end_line();
            page.say("     ", Meaning::Quiet).hang();
        }
        page.say(target, Meaning::Link).end_line();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = addresses(text).into_iter().map(|range| &text[range]).collect();
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
