//! What is kept of the mailbox that is read, and what is being written of it.
//!
//! Whatever is not written when the program ends is given up: nobody waits for it.

use super::opening::why_not_kept;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::News;
use crate::app::Snapshot;
use crate::app::watching::Watching;
use crate::kept::Keep;
use crate::kept::Unfinished;
use crate::source::Source;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

/// What is kept of the mailbox that is read.
#[derive(Debug)]
pub(super) struct Keeper {
    source: Arc<Source>,
    keep: Option<Arc<Keep>>,
    unfinished: Arc<Unfinished>,
    /// Where candidates are named is kept, or is being written.
    has_found: bool,
    say: Sender<Heard>,
}

impl Keeper {
    /// Keeps what is known of a mailbox below a folder, if there is one.
    pub(super) fn new(source: &Arc<Source>, cache: Option<PathBuf>, say: &Sender<Heard>) -> Self {
        let keep = cache.and_then(|cache| Keep::of(source, &cache)).map(Arc::new);
        let source = Arc::clone(source);
        Self { source, keep, unfinished: Arc::default(), has_found: false, say: say.clone() }
    }

    /// Returns where it is kept; nothing where nothing is.
    pub(super) fn keep(&self) -> Option<Arc<Keep>> {
        self.keep.clone()
    }

    /// Returns what is being written.
    pub(super) fn unfinished(&self) -> Arc<Unfinished> {
        Arc::clone(&self.unfinished)
    }

    /// Notes that where candidates are named was kept, and need not be again.
    pub(super) fn has_found(&mut self) {
        self.has_found = true;
    }

    /// Notes that the mailbox is longer than the one that was opened: what is found now is of another one, and is
    /// kept when that is opened.
    pub(super) fn mailbox_grew(&mut self) {
        self.has_found = true;
    }

    /// Keeps where candidates are named, once every message has been searched.
    pub(super) fn keep_found(&mut self, watching: &Watching, snapshot: &Snapshot) {
        let Some(keep) = self.keep.clone().filter(|_| !self.has_found) else { return };
        let Some(found) = watching.whole(snapshot) else { return };
        self.has_found = true;
        if !self.source.loss().is_none() {
            return;
        }
        let (source, unfinished, say) = (Arc::clone(&self.source), self.unfinished(), self.say.clone());
        let watchlist = Arc::clone(&watching.watchlist);
        thread::spawn(move || {
            let kept = keep.keep_found(&source, &watchlist, &found, &unfinished);
            if let Err(error) = kept
                && !unfinished.is_given_up()
            {
                // Where nobody hears any more the program is about to end.
                let _ = say.send(Heard::Msg(Msg::IndexNews(News::NotKept(why_not_kept(&error)))));
            }
        });
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.unfinished.give_up();
    }
}
