//! What Tab offers: names of fields, the addresses of people, candidates, and the few values that a field has.

use crate::corpus::Corpus;
use crate::query::CompletionKind;
use crate::query::Field;
use crate::query::TextField;
use crate::query::complete;
use crate::query::field_names;
use crate::query::values;
use crate::text::TextRange;
use crate::text::fold;
use crate::watch::Candidate;
use crate::watch::Watchlist;
use std::cmp::Reverse;
use std::collections::HashMap;

/// So many messages are asked for their people: Tab must not be waited for.
const MESSAGES_ASKED: usize = 100_000;

/// More would not be gone through.
const OFFERS_AT_MOST: usize = 12;

/// Returns the letters before the cursor that may be completed, and by what, the likeliest first.
pub(super) fn offers(
    line: &str,
    cursor: usize,
    corpus: &Corpus,
    watchlist: &Watchlist,
) -> (TextRange, Vec<String>) {
    let completion = complete(line, cursor);
    let typed = line.get(completion.typed.clone()).unwrap_or_default();
    let words = match completion.kind {
        CompletionKind::WordOrField if !typed.is_empty() => {
            field_names(typed).map(|name| format!("{name}:")).collect()
        }
        CompletionKind::Value { field: Field::Text(place), .. } if names_people(place) => {
            addresses(typed, corpus)
        }
        CompletionKind::Value { field: Field::Candidate, is_quoted } => {
            candidates(typed, is_quoted, watchlist)
        }
        CompletionKind::Value { field, .. } => {
            let values = values(field).iter().filter(|value| begins(value, typed));
            values.map(|&value| value.to_owned()).collect()
        }
        _ => Vec::new(),
    };
    (completion.typed, words)
}

/// Returns the candidates with a word in their names that begins so: by badge where nothing is typed yet or
/// the name would need quotes, since one badge is one candidate.
fn candidates(typed: &str, is_quoted: bool, watchlist: &Watchlist) -> Vec<String> {
    let is_meant = |candidate: &&Candidate| {
        let words = candidate.name.split([' ', '-']).chain([candidate.name.as_str()]);
        words.into_iter().any(|word| begins(&fold(word), &fold(typed)))
    };
    let meant = watchlist.candidates().iter().filter(is_meant);
    let offered = |candidate: &Candidate| {
        if is_quoted { format!("{}\"", candidate.name) } else { candidate.badge.to_string() }
    };
    meant.map(offered).collect()
}

fn names_people(place: TextField) -> bool {
    matches!(place, TextField::From | TextField::To | TextField::Cc | TextField::With)
}

/// Returns the addresses of those whose address or name begins so, whoever is named most first.
fn addresses(typed: &str, corpus: &Corpus) -> Vec<String> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    let kept = corpus.iter().take(MESSAGES_ASKED);
    for (_, person) in kept.flat_map(|kept| kept.people()) {
        if begins(person.address, typed) || person.name.split(' ').any(|word| begins(word, typed)) {
            *counts.entry(person.address).or_default() += 1;
        }
    }
    counts.remove("");
    let mut people: Vec<(Reverse<u32>, &str)> =
        counts.into_iter().map(|(address, count)| (Reverse(count), address)).collect();
    people.sort_unstable();
    people.into_iter().take(OFFERS_AT_MOST).map(|(_, address)| address.to_owned()).collect()
}

fn begins(text: &str, typed: &str) -> bool {
    text.get(..typed.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed))
}
