//! The table of `count` for a person.

use super::found;
use super::reasons;
use super::rows;
use crate::corpus::MessageNo;
use crate::mail::Date;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::pad;
use crate::text::width;
use crate::watch::Candidate;
use crate::watch::Count;
use crate::watch::Tally;
use crate::watch::Watchlist;
use std::fmt::Write;

/// As many numbers as stand on a few lines; `--json` has them all.
const MOST_NUMBERS: usize = 100;

/// Returns a row for each candidate, below it the spellings, and at the end what was searched.
pub fn count_table(watchlist: &Watchlist, tally: &Tally) -> String {
    let names = watchlist.candidates().iter().map(|candidate| width(&Printable::new(&candidate.name)));
    let room = names.max().unwrap_or_default().max(Cells("Candidate".len()));
    let mut out = String::new();
    let heads = ["messages", "threads", "hits", "headers", "own", "quoted", "files"];
    let heads: String = heads.map(|head| format!("  {head:>8}")).concat();
    let _ = writeln!(out, "   {}{heads}  first       last", pad("candidate", room));
    for (candidate, count) in rows(watchlist, tally) {
        row(&mut out, candidate, count, room);
    }
    out.push('\n');
    searched(&mut out, tally);
    out
}

fn row(out: &mut String, candidate: &Candidate, count: &Count, room: Cells) {
    let Count { messages, hits, in_headers, own, quoted, attachments, .. } = *count;
    let numbers = [messages, count.threads.len() as u64, hits, in_headers, own, quoted, attachments];
    let numbers: String = numbers.map(|number| format!("  {number:>8}")).concat();
    let days: String =
        [count.first, count.last].map(|date| format!("  {:10}", date.map(day).unwrap_or_default())).concat();
    let line = format!("{}  {}{numbers}{days}", candidate.badge, pad(&candidate.name, room));
    let _ = writeln!(out, "{}", line.trim_end());
    let spellings = match found(count) {
        found if found.is_empty() => {
            format!("looked for: {}", candidate.searched().collect::<Vec<_>>().join(", "))
        }
        found => found.join(", "),
    };
    let _ = writeln!(out, "   {}", Printable::new(&spellings));
}

fn day(date: Date) -> String {
    date.day_and_minute().split(' ').next().unwrap_or_default().to_owned()
}

fn searched(out: &mut String, tally: &Tally) {
    let searched = tally.searched;
    let were = if searched == 1 { "message was" } else { "messages were" };
    let missed = tally.unsearchable.len();
    if missed == 0 {
        let _ = writeln!(out, "{searched} {were} searched, all there are.");
        return;
    }
    let _ = writeln!(out, "{searched} {were} searched; {missed} could not be, or not all of their text:");
    for (reason, numbers) in reasons(tally) {
        let _ = writeln!(out, "  {} {}: {}", numbers.len(), reason.word(), shown(&numbers));
    }
}

fn shown(numbers: &[MessageNo]) -> String {
    let first: Vec<String> = numbers.iter().take(MOST_NUMBERS).map(MessageNo::to_string).collect();
    match numbers.len().saturating_sub(MOST_NUMBERS) {
        0 => first.join(", "),
        more => format!("{} and {more} more, which --json names", first.join(", ")),
    }
}
