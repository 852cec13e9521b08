//! The steps of the index, each by itself, and then all of them as a person waits for them.

use super::table::Table;
use super::table::median;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;
use tranche::bytes::ByteRange;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::Segment;
use tranche::kept::Found;
use tranche::kept::Keep;
use tranche::kept::Unfinished;
use tranche::mail;
use tranche::mbox;
use tranche::runtime;
use tranche::runtime::Indexed;
use tranche::source::Source;
use tranche::threads::Forest;

/// Times every step, and returns the messages and the table for what else is done with them.
pub fn time(source: &Source, path: &Path) -> (Corpus, Forest, Table) {
    let mailbox = source.bytes();
    let slots = mbox::split(mailbox).messages;
    let mut table = Table { bytes: mailbox.len(), messages: slots.len(), ceiling: None };
    println!("{}: {} bytes, {} messages", source.name(), table.bytes, table.messages);
    let scan = || memchr::memmem::find_iter(mailbox, b"\nFrom ").count();
    table.ceiling = Some(table.time("plain scan, one core: the ceiling", scan));
    table.time("splitting, one core", || mbox::separators(mailbox, ByteRange::all(mailbox)).count());
    table.time("envelopes, one core", || {
        let people = slots.iter().map(|slot| mail::read_envelope(source.message(slot.range)).people.len());
        people.sum::<usize>()
    });
    table.time("segment, one core", || Segment::of_slots(mailbox, &slots, IdKey::default()));
    let whole = runtime::whole(source, |_, _| {});
    table.time("all of it, every core", || runtime::whole(source, |_, _| {}));
    // What does not look at every byte has no ceiling here.
    let table = Table { ceiling: None, ..table };
    table.time("threads, one core", || Forest::of(&whole.corpus));
    table.print("opening: first rows", median(|| first_rows(path)));
    reopen(&table, path, source, &whole);
    println!(
        "  memory: {:.1} bytes a message for envelopes, {:.1} for threads",
        whole.corpus.memory_bytes() as f64 / table.messages as f64,
        whole.forest.memory_bytes() as f64 / table.messages as f64
    );
    (whole.corpus, whole.forest, table)
}

/// Keeps an index, and opens the mailbox with it.
fn reopen(table: &Table, path: &Path, source: &Source, whole: &Indexed) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let Some(keep) = Keep::of(source, folder.path()) else { return };
    let kept = keep.keep_index(source, &whole.corpus, &whole.forest, &Unfinished::default());
    if let Err(error) = kept {
        return println!("  the index cannot be kept: {error}");
    }
    table.time("reopening: all rows", || {
        let source = Source::open(path).ok()?;
        let keep = Keep::of(&source, folder.path())?;
        Some(matches!(keep.index(&source), Found::Same(_)))
    });
}

/// Opens a mailbox and waits for the first messages and their threads.
fn first_rows(path: &Path) -> Duration {
    let begun = Instant::now();
    let Ok(source) = Source::open(path) else { return Duration::ZERO };
    let source = Arc::new(source);
    let mut took = Duration::ZERO;
    runtime::index(&source, |_| {
        took = begun.elapsed();
        ControlFlow::Break(())
    });
    took
}
