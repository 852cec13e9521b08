//! Lines for people: what `list` and `threads` print.
//!
//! Columns stand under each other as long as names are of an ordinary length; nothing is cut, as the
//! lines may go to another program.

use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::text::Printable;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use std::fmt::Write;

/// Returns one message: number, date, sender, subject.
pub fn list_row(kept: Kept<'_>) -> String {
    let sender = Printable::new(kept.sender().shown());
    let subject = Printable::new(kept.subject());
    format!("{:>7}  {:16}  {sender:24}  {subject}\n", kept.number().ordinal(), date_of(kept))
}

/// Returns one conversation: a line a message, indented by its depth, `⋯` for one that is missing.
pub fn thread_rows(corpus: &Corpus, forest: &Forest, root: ContainerNo) -> String {
    let mut out = String::new();
    for step in forest.walk(root) {
        let indent = 2 * step.depth as usize;
        let Some(kept) = step.message.and_then(|number| corpus.get(number)) else {
            let _ = writeln!(out, "{:>7}  {:16}  {:indent$}⋯", "", "", "");
            continue;
        };
        let sender = Printable::new(kept.sender().shown());
        let subject = Printable::new(kept.subject());
        let number = kept.number().ordinal();
        let _ = writeln!(out, "{number:>7}  {:16}  {:indent$}{sender}  {subject}", date_of(kept), "");
    }
    out
}

fn date_of(kept: Kept<'_>) -> String {
    kept.date().map(|date| date.day_and_minute()).unwrap_or_default()
}
