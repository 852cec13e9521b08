//! How fast everything is that a person waits for, beside what a plain scan of the mailbox takes.
//!
//! `cargo bench` makes two mailboxes, the same each time: one of text, one most of which is attachments.
//! `cargo bench -- 250000` makes the first of so many messages, and `cargo bench -- leak.mbox` takes that
//! mailbox; `filter` behind it times the filter alone, and words behind that the keys of these words. Every step is timed five times, with the file in the page cache, and the median is printed.

mod cores;
mod dice;
mod filter;
mod fzf;
mod index;
mod made;
mod scan;
mod table;
mod words;

use made::Recipe;
use std::env;
use std::error::Error;
use std::path::Path;
use std::time::Instant;
use tranche::runtime;
use tranche::source::Source;

/// Messages of the mailbox of text, unless another number is asked for: 0.2 GB.
const TEXT_MESSAGES: usize = 50_000;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds a flag of its own.
    let mut arguments = env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let (named, only) = (arguments.next(), arguments.next());
    let words: Vec<String> = arguments.collect();
    let count = named.as_ref().map(|named| named.parse::<usize>());
    if let (Some(path), Some(Err(_))) = (&named, &count) {
        let path = Path::new(path);
        return if only.is_some_and(|only| only == "filter") {
            time_filter(path, &words)
        } else {
            time(path)
        };
    }
    let messages = count.and_then(Result::ok).unwrap_or(TEXT_MESSAGES);
    let folder = tempfile::tempdir()?;
    let text = Recipe { messages, attached: 0.0 };
    let mixed = Recipe { messages: messages / 10, attached: 0.15 };
    for (name, recipe) in [("text.mbox", text), ("mixed.mbox", mixed)] {
        let path = folder.path().join(name);
        let begun = Instant::now();
        made::make(&path, recipe)?;
        println!("{name} made in {:.1} s", begun.elapsed().as_secs_f64());
        time(&path)?;
    }
    Ok(())
}

fn time(path: &Path) -> Result<(), Box<dyn Error>> {
    let source = Source::open(path)?;
    let (corpus, forest, _) = index::time(&source, path);
    scan::time(&source, &corpus);
    filter::time(&corpus, &forest, &[]);
    Ok(())
}

fn time_filter(path: &Path, words: &[String]) -> Result<(), Box<dyn Error>> {
    let whole = runtime::whole(&Source::open(path)?, |_, _| {});
    filter::time(&whole.corpus, &whole.forest, words);
    Ok(())
}
