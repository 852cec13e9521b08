//! Opening a mailbox: with the index that was kept, as far as that is still true, else by indexing it; and
//! keeping the index for the next time.
//!
//! Not here: how an index is kept (`kept`), and how a mailbox is indexed (`indexer`).

use super::ending;
use super::indexer;
use super::indexer::Grown;
use super::indexer::Indexed;
use super::keeper::Keeper;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::News;
use crate::app::Snapshot;
use crate::corpus::Corpus;
use crate::kept::Found;
use crate::kept::Index;
use crate::kept::Keep;
use crate::kept::Unfinished;
use crate::source::Source;
use crate::threads::Forest;
use crate::watch::Watchlist;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// The worker that opens a mailbox.
struct Opening {
    source: Arc<Source>,
    watchlist: Arc<Watchlist>,
    unfinished: Arc<Unfinished>,
    say: Sender<Heard>,
}

/// Starts the worker. It tells what it has found and read, the whole last, and keeps the index then.
pub(super) fn spawn(source: Arc<Source>, watchlist: Arc<Watchlist>, keeper: &Keeper, say: Sender<Heard>) {
    let keep = keeper.keep();
    let opening = Opening { source, watchlist, unfinished: keeper.unfinished(), say };
    thread::spawn(move || {
        ending::doing("indexing");
        match keep {
            // Where nobody hears any more the program is about to end.
            Some(keep) => drop(opening.with_keep(&keep)),
            None => indexer::index(&opening.source, |grown| opening.grew(grown)),
        }
    });
}

impl Opening {
    fn with_keep(&self, keep: &Keep) -> ControlFlow<()> {
        let mut whole = None;
        let publish = |grown: Grown| {
            whole = Some(grown.clone()).filter(|grown| grown.is_complete);
            self.grew(grown)
        };
        match keep.index(&self.source) {
            Found::Same(index) => return self.open_again(keep, index),
            Found::Grown(index) => {
                let known = index.corpus.len();
                self.read_on(index, publish)?;
                let messages = whole.as_ref().map_or(0, |whole| whole.corpus.len().saturating_sub(known));
                self.tell(Msg::IndexNews(News::Grown { messages }))?;
            }
            Found::Changed => {
                indexer::index(&self.source, publish);
                self.tell(Msg::IndexNews(News::Changed))?;
            }
            Found::Nothing => indexer::index(&self.source, publish),
        }
        match whole {
            Some(whole) if self.source.loss().is_none() => self.keep(keep, &whole),
            // Of a mailbox that was cut meanwhile nothing is kept.
            _ => self.say(Heard::Haystacks(None)),
        }
    }

    /// Tells what was kept of the mailbox as it is: all of it at once, so that nothing is searched again.
    fn open_again(&self, keep: &Keep, index: Index) -> ControlFlow<()> {
        if let Some(found) = keep.found(&self.source, &self.watchlist) {
            self.say(Heard::FoundAgain(Arc::new(found)))?;
        }
        self.say(Heard::Haystacks(Some(index.haystacks)))?;
        self.tell(Msg::IndexNews(News::Kept))?;
        self.grew(whole_of(&self.source, index.corpus, index.forest))
    }

    /// Tells what was kept of the mailbox as it was, then what is new.
    fn read_on(&self, index: Index, mut publish: impl FnMut(Grown) -> ControlFlow<()>) -> ControlFlow<()> {
        let Index { corpus, forest, haystacks, bytes } = index;
        self.say(Heard::Haystacks(Some(haystacks)))?;
        let known = whole_of(&self.source, corpus.clone(), forest.clone());
        publish(Grown { bytes_read: bytes, is_complete: false, ..known })?;
        indexer::extend(&self.source, &corpus, forest, publish);
        ControlFlow::Continue(())
    }

    /// Keeps the index of the whole, and lets the filter use what was made for it.
    fn keep(&self, keep: &Keep, whole: &Grown) -> ControlFlow<()> {
        let kept = keep.keep_index(&self.source, &whole.corpus, &whole.forest, &self.unfinished);
        let haystacks = match keep.index(&self.source) {
            Found::Same(index) if kept.is_ok() => Some(index.haystacks),
            _ => None,
        };
        self.say(Heard::Haystacks(haystacks))?;
        match kept {
            Err(error) if !self.unfinished.is_given_up() => {
                self.tell(Msg::IndexNews(News::NotKept(why_not_kept(&error))))
            }
            _ => ControlFlow::Continue(()),
        }
    }

    fn grew(&self, grown: Grown) -> ControlFlow<()> {
        self.tell(Msg::MailboxGrew(snapshot_of(grown)))
    }

    fn tell(&self, msg: Msg) -> ControlFlow<()> {
        self.say(Heard::Msg(msg))
    }

    fn say(&self, heard: Heard) -> ControlFlow<()> {
        self.say.send(heard).map_or(ControlFlow::Break(()), ControlFlow::Continue)
    }
}

/// How the index of a mailbox came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// It was kept, and nothing has changed.
    Kept,
    /// It was kept, and read on where the mailbox has grown.
    Extended,
    /// The mailbox was indexed.
    Afresh,
}

impl Origin {
    /// Returns its word, as `--json` has it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Extended => "extended",
            Self::Afresh => "afresh",
        }
    }
}

/// Opens a mailbox for someone who waits for the whole, and is told how many messages and bytes have been
/// read.
pub(super) fn whole(source: &Source, keep: Option<&Keep>, tell: impl FnMut(usize, u64)) -> (Indexed, Origin) {
    let begun = Instant::now();
    match keep.map_or(Found::Nothing, |keep| keep.index(source)) {
        Found::Same(Index { corpus, forest, .. }) => {
            let (reading, threading) = (begun.elapsed(), Duration::ZERO);
            (Indexed { corpus, forest, reading, threading }, Origin::Kept)
        }
        Found::Grown(index) => (indexer::rest(source, &index.corpus, tell), Origin::Extended),
        Found::Changed | Found::Nothing => (indexer::whole(source, tell), Origin::Afresh),
    }
}

/// Says why something could not be kept.
pub(super) fn why_not_kept(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "its folder may not be written to".to_owned()
        }
        kind => kind.to_string(),
    }
}

fn whole_of(source: &Source, corpus: Corpus, forest: Forest) -> Grown {
    let bytes = source.bytes().len() as u64;
    Grown { corpus, forest, bytes_read: bytes, bytes_total: bytes, bytes_per_second: 0, is_complete: true }
}

/// Returns what the state is told of a mailbox that has been read so far.
pub(super) fn snapshot_of(grown: Grown) -> Snapshot {
    Snapshot {
        corpus: grown.corpus,
        forest: grown.forest,
        bytes_read: grown.bytes_read,
        bytes_total: grown.bytes_total,
        bytes_per_second: grown.bytes_per_second,
        is_complete: grown.is_complete,
    }
}
