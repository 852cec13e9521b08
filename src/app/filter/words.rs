//! What is said of a filter that left nothing.

use super::Filter;
use crate::app::words;
use crate::query::Asks;
use crate::query::Depth;
use crate::query::Fact;
use crate::query::Query;

/// Returns the lines that say what was searched and what to do about it, where nothing was found.
pub fn nothing_found(filter: &Filter, messages: usize, unsearchable: usize) -> Vec<String> {
    let Some(query) = filter.query() else { return Vec::new() };
    if filter.is_running() {
        return vec!["searching…".to_owned()];
    }
    let searched = words::counted(messages as u64, "message");
    let mut lines =
        vec![format!("nothing matches {query}"), format!("searched: {} of {searched}", places(query))];
    if query.depth() == Depth::Text || filter.candidates().next().is_some() {
        let whole = words::counted(unsearchable as u64, "message");
        let not = format!("not searched, or not all of it: {whole}; is:unsearchable lists what");
        lines.extend((unsearchable > 0).then_some(not));
    }
    for candidate in filter.candidates() {
        let spellings: Vec<&str> = candidate.searched().collect();
        lines.push(format!("looked for: {}", spellings.join(", ")));
    }
    if filter.is_stopped() {
        lines.push("the search was stopped before its end".to_owned());
    }
    if query.depth() < Depth::Text && query.root().terms().iter().any(|term| is_word(&term.asks)) {
        lines.push("body:word looks into the text, too".to_owned());
    }
    lines.push("/ changes the filter, Esc lists all messages".to_owned());
    lines
}

fn is_word(asks: &Asks) -> bool {
    matches!(asks, Asks::Fuzzy(_) | Asks::Text(crate::query::TextField::Summary, _))
}

fn places(query: &Query) -> &'static str {
    if query.facts().any(|fact| matches!(fact, Fact::Candidate(_))) {
        return "headers, texts and names of attachments";
    }
    match query.depth() {
        Depth::Envelope => "senders, recipients and subjects",
        Depth::Structure => "headers and the names of attachments",
        Depth::Text => "headers and every readable text",
    }
}
