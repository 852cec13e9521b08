//! The worker that answers the filter.
//!
//! It has room for one question: a newer one takes its place, and what was begun for the older is given up
//! within a few milliseconds. What is ready for the next question (haystacks, earlier answers) it keeps.
//!
//! Not here: how a question is answered (see `ranking`).

use super::asked::Ground;
use super::ending;
use super::ranking::Index;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::Snapshot;
use crate::app::filter::Question;
use crate::app::watching::Named;
use crate::kept::Haystacks;
use crate::source::Source;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::thread;

/// The interface's end of the worker.
#[derive(Debug)]
pub(super) struct Ranker {
    desk: Arc<Desk>,
}

/// Where what is wanted lies until the worker takes it.
#[derive(Debug, Default)]
struct Desk {
    wish: Mutex<Option<Wish>>,
    is_there: Condvar,
    /// Counts the wishes; whoever works for an older one stops.
    turn: AtomicU64,
    /// Haystacks that were kept, until the worker takes them.
    kept: Mutex<Option<Haystacks>>,
}

#[derive(Debug)]
struct Wish {
    turn: u64,
    source: Arc<Source>,
    snapshot: Snapshot,
    named: Option<Named>,
    /// Without one the haystacks are made ready.
    question: Option<Question>,
}

impl Ranker {
    /// Starts the worker.
    pub(super) fn start(say: Sender<Heard>) -> Self {
        let desk = Arc::new(Desk::default());
        let theirs = Arc::clone(&desk);
        thread::spawn(move || {
            ending::doing("answering a query");
            let mut index = Index::default();
            loop {
                let Wish { turn, source, snapshot, named, question } = theirs.wait();
                if let Some(kept) = theirs.take_kept() {
                    index.take_kept(kept.blocks());
                }
                let desk = Arc::clone(&theirs);
                let is_wanted = move || desk.turn.load(Ordering::Relaxed) == turn;
                let Some(Question { generation, query, meant }) = question else {
                    index.take_in(&snapshot.corpus, is_wanted);
                    continue;
                };
                let ground = Ground { snapshot, named, meant, source: Arc::clone(&source) };
                index.answer(&query, ground, is_wanted, |narrowing, progress, is_complete| {
                    let narrowing = Arc::new(narrowing);
                    let msg = Msg::RankingArrived { generation, narrowing, progress, is_complete };
                    // Where nobody hears any more the program is about to end.
                    let _ = say.send(Heard::Msg(msg));
                });
            }
        });
        Self { desk }
    }

    /// Lets the worker make ready what it needs, unless it has something to answer.
    ///
    /// Not before the mailbox is read: until then the cores have better things to do.
    pub(super) fn prepare(&self, source: &Arc<Source>, snapshot: &Snapshot) {
        if snapshot.is_complete {
            self.put(source, snapshot, None, None);
        }
    }

    /// Hands over haystacks that were kept, for whatever is wanted next.
    pub(super) fn take_kept(&self, haystacks: Option<Haystacks>) {
        *self.desk.kept.lock().unwrap_or_else(PoisonError::into_inner) = haystacks;
    }

    /// Wants this question answered, and none before it, with what is known of the mailbox and of whom its
    /// messages name.
    pub(super) fn ask(
        &self,
        question: Question,
        source: &Arc<Source>,
        snapshot: &Snapshot,
        named: Option<&Named>,
    ) {
        self.put(source, snapshot, named, Some(question));
    }

    /// Wants nothing answered any more.
    pub(super) fn stop(&self) {
        let mut wish = self.desk.lock();
        self.desk.turn.fetch_add(1, Ordering::Relaxed);
        *wish = None;
    }

    fn put(
        &self,
        source: &Arc<Source>,
        snapshot: &Snapshot,
        named: Option<&Named>,
        question: Option<Question>,
    ) {
        let (source, snapshot, named) = (Arc::clone(source), snapshot.clone(), named.cloned());
        let mut wish = self.desk.lock();
        let turn = self.desk.turn.fetch_add(1, Ordering::Relaxed) + 1;
        *wish = Some(Wish { turn, source, snapshot, named, question });
        self.desk.is_there.notify_one();
    }
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Option<Wish>> {
        self.wish.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_kept(&self) -> Option<Haystacks> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn wait(&self) -> Wish {
        let mut wish = self.lock();
        loop {
            if let Some(wish) = wish.take() {
                return wish;
            }
            wish = self.is_there.wait(wish).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
