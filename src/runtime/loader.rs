//! The worker that loads messages.
//!
//! It has room for one wish: a newer one takes the place of one that it has not begun with, so that
//! nobody waits for messages that were only passed by.

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::Wanted;
use crate::app::reader::Opened;
use crate::bytes::ByteRange;
use crate::source::Source;
use crate::watch::Scanner;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::thread;

/// The interface's end of the worker.
#[derive(Debug)]
pub(super) struct Loader {
    wish: Arc<Wish>,
}

#[derive(Debug, Default)]
struct Wish {
    wanted: Mutex<Option<(Wanted, ByteRange)>>,
    is_there: Condvar,
}

impl Loader {
    /// Starts the worker.
    pub(super) fn start(source: Arc<Source>, scanner: Arc<Scanner>, say: Sender<Heard>) -> Self {
        let wish = Arc::new(Wish::default());
        let theirs = Arc::clone(&wish);
        thread::spawn(move || {
            ending::doing("opening a message");
            loop {
                let (wanted, range) = theirs.wait();
                let opened = Opened::read(source.message(range), &wanted.within, &scanner);
                let (generation, loss) = (wanted.generation, source.loss());
                let msg = if loss.touches(range) {
                    Msg::MessageGone { generation, loss }
                } else {
                    Msg::MessageLoaded { generation, opened: Arc::new(opened) }
                };
                if say.send(Heard::Msg(msg)).is_err() {
                    break;
                }
            }
        });
        Self { wish }
    }

    /// Wishes for a message, and for none before it.
    pub(super) fn want(&self, wanted: Wanted, range: ByteRange) {
        *self.wish.wanted.lock().unwrap_or_else(PoisonError::into_inner) = Some((wanted, range));
        self.wish.is_there.notify_one();
    }
}

impl Wish {
    fn wait(&self) -> (Wanted, ByteRange) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(wish) = wanted.take() {
                return wish;
            }
            wanted = self.is_there.wait(wanted).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
