//! The worker that looks for the words of the filter in a long message that is open.
//!
//! It has room for one wish: a newer one takes the place of those before it, and what it is at is given up
//! after a few megabytes. A regular expression is looked for in one go; so there is one worker, and keys that
//! are typed over a long message do not leave a crowd of them behind.

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::reader::Sought;
use crate::app::reader::WordsGeneration;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::thread;

/// The interface's end of the worker.
#[derive(Debug)]
pub(super) struct WordFinder {
    wishes: Sender<Wish>,
    /// How many wishes there have been.
    wished: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Wish {
    number: usize,
    generation: WordsGeneration,
    sought: Sought,
}

impl WordFinder {
    /// Starts the worker.
    pub(super) fn start(say: Sender<Heard>) -> Self {
        let (wishes, wished_for) = mpsc::channel();
        let wished = Arc::new(AtomicUsize::new(0));
        let newest = Arc::clone(&wished);
        thread::spawn(move || {
            ending::doing("looking for the words of the filter");
            work(&wished_for, &newest, &say);
        });
        Self { wishes, wished }
    }

    /// Looks for the words, and for none that were wished for before.
    pub(super) fn find(&self, generation: WordsGeneration, sought: Sought) {
        let number = self.wished.fetch_add(1, Ordering::Relaxed) + 1;
        // The worker lives as long as the loop.
        let _ = self.wishes.send(Wish { number, generation, sought });
    }
}

/// Does what is wished for last, until nobody hears of it any more.
fn work(wished_for: &Receiver<Wish>, newest: &AtomicUsize, say: &Sender<Heard>) {
    while let Ok(first) = wished_for.recv() {
        let Wish { number, generation, sought } = wished_for.try_iter().last().unwrap_or(first);
        let found = sought.find(&mut || newest.load(Ordering::Relaxed) == number);
        let Some(words) = found else { continue };
        if say.send(Heard::Msg(Msg::WordsFound { generation, words: Arc::new(words) })).is_err() {
            return;
        }
    }
}
