//! The worker that looks after the file while it is open: what another program does to it is told, and
//! while it is followed, what is appended is read.
//!
//! It looks when it is told to: by the system where that can tell of writing (see `notices`), by the loop
//! whenever a message is opened, and every second while it follows, for a file that another machine
//! writes to is written to unseen. Otherwise it sleeps.

use super::ending;
use super::indexer;
use super::indexer::Grown;
use super::notices;
use super::opening::snapshot_of;
use super::screen::Heard;
use crate::app::Change;
use crate::app::Msg;
use crate::app::Snapshot;
use crate::source::Fate;
use crate::source::Source;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How often it looks while it follows.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The interface's end of the worker.
#[derive(Debug)]
pub(super) struct Watcher {
    orders: Sender<Order>,
}

/// What the worker is told.
#[derive(Debug)]
pub(super) enum Order {
    /// Look now.
    Look,
    /// Read what is appended to what has been read.
    Follow(Box<Grown>),
    /// Read no more.
    Rest,
}

impl Watcher {
    /// Starts the worker.
    pub(super) fn start(source: Arc<Source>, say: Sender<Heard>) -> Self {
        let (orders, hear) = mpsc::channel();
        if let Some(path) = source.path().filter(|_| source.can_grow()) {
            notices::start(path.to_owned(), orders.clone());
        }
        let worker = Worker { source, following: None, told: Fate::Same, say };
        thread::spawn(move || worker.run(&hear));
        Self { orders }
    }

    /// Lets it look now.
    pub(super) fn look(&self) {
        let _ = self.orders.send(Order::Look);
    }

    /// Lets it read what is appended to a mailbox of which all has been read.
    pub(super) fn follow(&self, snapshot: &Snapshot) {
        let grown = Grown {
            corpus: snapshot.corpus.clone(),
            forest: snapshot.forest.clone(),
            bytes_read: snapshot.bytes_read,
            bytes_total: snapshot.bytes_total,
            bytes_per_second: 0,
            is_complete: true,
        };
        let _ = self.orders.send(Order::Follow(Box::new(grown)));
    }

    /// Lets it read no more.
    pub(super) fn rest(&self) {
        let _ = self.orders.send(Order::Rest);
    }
}

struct Worker {
    source: Arc<Source>,
    /// What has been read of the source, while it follows.
    following: Option<Grown>,
    told: Fate,
    say: Sender<Heard>,
}

impl Worker {
    fn run(mut self, hear: &Receiver<Order>) {
        ending::doing("looking after the file");
        loop {
            let order = match self.following {
                Some(_) => hear.recv_timeout(LOOK_EVERY),
                None => hear.recv().map_err(RecvTimeoutError::from),
            };
            match order {
                Ok(Order::Look) | Err(RecvTimeoutError::Timeout) => {}
                // What it has read itself is as much or more.
                Ok(Order::Follow(_)) if self.following.is_some() => {}
                Ok(Order::Follow(grown)) => self.following = Some(*grown),
                Ok(Order::Rest) => self.following = None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.look().is_break() {
                return;
            }
        }
    }

    fn look(&mut self) -> ControlFlow<()> {
        let fate = self.source.fate();
        if matches!(fate, Fate::Grown(_))
            && let Some(before) = self.following.take()
        {
            return self.read_on(before);
        }
        let is_told = fate == self.told || matches!((&fate, &self.told), (Fate::Grown(_), Fate::Grown(_)));
        if is_told {
            return ControlFlow::Continue(());
        }
        self.told = fate.clone();
        let change = match fate {
            Fate::Same => return ControlFlow::Continue(()),
            Fate::Grown(bytes) => Change::Grown(bytes),
            Fate::Lost(loss) => Change::Lost(loss),
            Fate::Rewritten => Change::Rewritten,
            Fate::Replaced => Change::Replaced,
            Fate::Removed => Change::Removed,
        };
        self.tell(Heard::Msg(Msg::MailboxChanged(change)))
    }

    /// Maps the file anew, and reads what is new.
    ///
    /// Threading starts afresh for whatever is new, so it then leaves the core to others for as long as
    /// that took, and longer.
    fn read_on(&mut self, before: Grown) -> ControlFlow<()> {
        let began = Instant::now();
        let Ok(source) = self.source.grown().map(Arc::new) else {
            self.following = Some(before);
            return ControlFlow::Continue(());
        };
        let mut told = ControlFlow::Continue(());
        let mut last = before.clone();
        indexer::extend(&source, &before.corpus, before.forest.clone(), |grown| {
            last = grown.clone();
            told = self.tell(Heard::Grew(Arc::clone(&source), snapshot_of(grown)));
            told
        });
        self.source = source;
        self.following = Some(last);
        thread::sleep(began.elapsed() * 2);
        told
    }

    fn tell(&self, heard: Heard) -> ControlFlow<()> {
        self.say.send(heard).map_or(ControlFlow::Break(()), ControlFlow::Continue)
    }
}
