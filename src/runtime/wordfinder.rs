//! Looking for the words of the filter in a long message that is open, beside the loop.
//!
//! Each question has a worker of its own, which ends with its answer, or a few megabytes after there is a
//! newer question.

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::reader::Sought;
use crate::app::reader::WordsGeneration;
use std::sync::Arc;
use std::sync::Weak;
use std::sync::mpsc::Sender;
use std::thread;

/// Asks, and lets no older question be answered.
#[derive(Debug)]
pub(super) struct WordFinder {
    say: Sender<Heard>,
    /// Held for as long as the last question is wanted.
    wanted: Arc<()>,
}

impl WordFinder {
    /// Returns one that has been asked nothing.
    pub(super) fn new(say: Sender<Heard>) -> Self {
        Self { say, wanted: Arc::default() }
    }

    /// Looks for the words, and tells the loop.
    pub(super) fn find(&mut self, generation: WordsGeneration, sought: Sought) {
        self.wanted = Arc::default();
        let (wanted, say) = (Arc::downgrade(&self.wanted), self.say.clone());
        thread::spawn(move || {
            ending::doing("looking for the words of the filter");
            let found = sought.find(&mut || Weak::strong_count(&wanted) > 0);
            let msg = found.map(|words| Msg::WordsFound { generation, words: Arc::new(words) });
            // Where nobody hears any more the program is about to end.
            msg.into_iter().for_each(|msg| drop(say.send(Heard::Msg(msg))));
        });
    }
}
