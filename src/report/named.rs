//! The JSON of hits: who is named where in a message.

use crate::watch::MessageHit;
use crate::watch::Watchlist;
use serde::Serialize;

/// A hit. `start` and `end` are in bytes of the decoded text of its place; people stand there as
/// [`people_line`](crate::watch::people_line) writes them.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    candidate: String,
    #[serde(rename = "where")]
    place: &'static str,
    quoted: bool,
    start: usize,
    end: usize,
    text: String,
}

/// Puts together what is said of the hits of one message.
pub fn named(hits: Vec<MessageHit>, watchlist: &Watchlist) -> Vec<Named> {
    let candidates = watchlist.candidates();
    let name = |hit: &MessageHit| {
        candidates
            .get(usize::from(hit.candidate.0))
            .map(|candidate| candidate.name.clone())
            .unwrap_or_default()
    };
    let named = hits.into_iter().map(|hit| Named {
        candidate: name(&hit),
        place: hit.place.word(),
        quoted: hit.quoted,
        start: hit.range.start,
        end: hit.range.end,
        text: hit.text,
    });
    named.collect()
}
