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

/// So many levels are indented: a conversation of 100,000 answers in a row is not 10 GB of blanks.
const MOST_LEVELS: u32 = 32;

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
        let indent = indent(step.depth);
        let Some(kept) = step.message.and_then(|number| corpus.get(number)) else {
            let _ = writeln!(out, "{:>7}  {:16}  {indent}⋯", "", "");
            continue;
        };
        let sender = Printable::new(kept.sender().shown());
        let subject = Printable::new(kept.subject());
        let number = kept.number().ordinal();
        let _ = writeln!(out, "{number:>7}  {:16}  {indent}{sender}  {subject}", date_of(kept));
    }
    out
}

/// Returns what stands before a message at this depth. A deeper one than can be indented begins again
/// at the left, behind the depth at which it does so (`32›`), as on the screen.
fn indent(depth: u32) -> String {
    let begins = depth - depth % MOST_LEVELS;
    let begins = if begins > 0 { format!("{begins}›") } else { String::new() };
    begins + &"  ".repeat((depth % MOST_LEVELS) as usize)
}

fn date_of(kept: Kept<'_>) -> String {
    kept.date().map(|date| date.day_and_minute()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(depth: u32, expected: &str) {
        assert_eq!(indent(depth), expected);
    }

    #[test]
    fn indents_are_bounded_however_deep() {
        check(0, "");
        check(2, "    ");
        check(31, &" ".repeat(62));
        check(32, "32›");
        check(33, "32›  ");
        check(u32::MAX, &format!("4294967264›{}", " ".repeat(62)));
    }
}
