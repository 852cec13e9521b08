//! Looking for the candidates: folding and scanning text, and all that a message takes.

use super::table::Table;
use super::words;
use tranche::app::watching::taken_apart;
use tranche::corpus::Corpus;
use tranche::mail::read_message;
use tranche::mbox;
use tranche::source::Source;
use tranche::text::Between;
use tranche::text::fold_into;
use tranche::text::fold_with_map;
use tranche::watch::Scanner;
use tranche::watch::Scratch;
use tranche::watch::Watchlist;

/// So many texts are folded and scanned: the cores of a shared machine are seldom free for longer.
const TEXTS: usize = 4000;

/// Times it on one core.
pub fn time(source: &Source, corpus: &Corpus) {
    let ranges: Vec<_> = corpus.iter().take(TEXTS).map(|kept| kept.range()).collect();
    let messages: Vec<&[u8]> = ranges.iter().map(|&range| source.message(range)).collect();
    let texts: Vec<String> = messages
        .iter()
        .flat_map(|message| read_message(&mbox::unquote(message)).texts)
        .map(|text| text.text)
        .collect();
    let of_texts = Table { bytes: texts.iter().map(String::len).sum(), messages: TEXTS, ceiling: None };
    println!("the decoded text of {} messages, one core", messages.len());
    let mut folded = Vec::new();
    of_texts.time("folding", || texts.iter().for_each(|text| fold_into(text, Between::Blanks, &mut folded)));
    of_texts.time("folding, and where each letter was", || {
        texts.iter().for_each(|text| drop(fold_with_map(text, Between::Blanks, &mut folded)));
    });
    let of_messages = Table { bytes: messages.iter().map(|it| it.len()).sum(), ..of_texts };
    for names in [5, 50] {
        let scanner = Scanner::new(&watchlist(names));
        let mut scratch = Scratch::default();
        of_texts.time(&format!("scanning for {names} candidates"), || {
            texts.iter().map(|text| scanner.scan(text, &mut scratch).len()).sum::<usize>()
        });
        of_messages.time(&format!("decoding and scanning for {names}"), || {
            messages.iter().map(|bytes| taken_apart(bytes, &scanner, &mut scratch).2.len()).sum::<usize>()
        });
    }
}

fn watchlist(names: usize) -> Watchlist {
    let entries = words::candidates(names);
    let file: String = entries.iter().map(|name| format!("[[candidate]]\nname = \"{name}\"\n")).collect();
    Watchlist::default().with(&file).unwrap_or_default()
}
