//! What `count` prints: how often each candidate is named, and what was searched and could not be.
//!
//! A candidate with nothing has a row as well: a zero is an answer, and it says what was looked for.

mod table;

pub use table::count_table;

use super::csv;
use super::json;
use crate::corpus::MessageNo;
use crate::mail::Date;
use crate::watch::Candidate;
use crate::watch::Count;
use crate::watch::Tally;
use crate::watch::Unsearchable;
use crate::watch::Watchlist;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
struct Counted<'a> {
    candidate: &'a str,
    messages: u64,
    threads: usize,
    hits: u64,
    #[serde(rename = "in")]
    places: Places,
    first: Option<String>,
    last: Option<String>,
    spellings: &'a BTreeMap<String, u64>,
}

/// Messages, by where in them the candidate is named.
#[derive(Debug, Serialize)]
struct Places {
    headers: u64,
    own: u64,
    quoted: u64,
    attachments: u64,
}

#[derive(Debug, Serialize)]
struct Searched {
    searched: u64,
    unsearchable: Vec<Unsearched>,
}

#[derive(Debug, Serialize)]
struct Unsearched {
    number: u64,
    reason: &'static str,
}

/// Returns the candidates, one JSON object a line, then a line on what was searched.
pub fn count_json(watchlist: &Watchlist, tally: &Tally) -> String {
    let candidates =
        rows(watchlist, tally).map(|(candidate, count)| json::line(&Counted::of(candidate, count)));
    let unsearched = |(number, reason): (&MessageNo, &Unsearchable)| Unsearched {
        number: number.ordinal(),
        reason: reason.word(),
    };
    let unsearchable = tally.unsearchable.iter().map(unsearched).collect();
    let searched = Searched { searched: tally.searched, unsearchable };
    candidates.chain([json::line(&searched)]).collect()
}

const CSV_COLUMNS: [&str; 15] = [
    "candidate",
    "messages",
    "threads",
    "hits",
    "in_headers",
    "in_own",
    "in_quoted",
    "in_attachments",
    "first",
    "last",
    "spellings_found",
    "spellings_searched",
    "messages_searched",
    "messages_not_searched",
    "reasons",
];

/// Returns the candidates as rows for a spreadsheet. Every row says what was searched, so that one taken
/// out alone does not claim too much.
pub fn count_csv(watchlist: &Watchlist, tally: &Tally) -> String {
    let reasons: Vec<String> = reasons(tally)
        .into_iter()
        .map(|(reason, numbers)| format!("{} {}", numbers.len(), reason.word()))
        .collect();
    let searched = [tally.searched.to_string(), tally.unsearchable.len().to_string(), reasons.join("; ")];
    let candidates = rows(watchlist, tally).map(|(candidate, count)| {
        let Counted { candidate: name, messages, threads, hits, places, first, last, .. } =
            Counted::of(candidate, count);
        let Places { headers, own, quoted, attachments } = places;
        let numbers = [messages, threads as u64, hits, headers, own, quoted, attachments];
        let texts = [
            first.unwrap_or_default(),
            last.unwrap_or_default(),
            found(count).join("; "),
            candidate.searched().collect::<Vec<_>>().join("; "),
        ];
        let numbers = numbers.map(|number| number.to_string());
        csv::row([name.to_owned()].into_iter().chain(numbers).chain(texts).chain(searched.clone()))
    });
    std::iter::once(csv::row(CSV_COLUMNS)).chain(candidates).collect()
}

/// Returns every candidate with what was counted of them.
fn rows<'a>(watchlist: &'a Watchlist, tally: &'a Tally) -> impl Iterator<Item = (&'a Candidate, &'a Count)> {
    watchlist.candidates().iter().zip(&tally.counts)
}

/// Returns the spellings that were found, each with how often, the most frequent first.
fn found(count: &Count) -> Vec<String> {
    let mut spellings: Vec<(&String, &u64)> = count.spellings.iter().collect();
    spellings.sort_by_key(|&(_, times)| std::cmp::Reverse(times));
    spellings.into_iter().map(|(spelling, times)| format!("{spelling} {times}")).collect()
}

/// Returns the messages that could not be searched, by the reason.
fn reasons(tally: &Tally) -> BTreeMap<Unsearchable, Vec<MessageNo>> {
    let mut reasons: BTreeMap<Unsearchable, Vec<MessageNo>> = BTreeMap::new();
    for (&number, &reason) in &tally.unsearchable {
        reasons.entry(reason).or_default().push(number);
    }
    reasons
}

impl<'a> Counted<'a> {
    fn of(candidate: &'a Candidate, count: &'a Count) -> Self {
        Self {
            candidate: &candidate.name,
            messages: count.messages,
            threads: count.threads.len(),
            hits: count.hits,
            places: Places {
                headers: count.in_headers,
                own: count.own,
                quoted: count.quoted,
                attachments: count.attachments,
            },
            first: count.first.map(Date::rfc3339),
            last: count.last.map(Date::rfc3339),
            spellings: &count.spellings,
        }
    }
}
