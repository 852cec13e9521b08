//! A mailbox that takes as long to open as to read: one that is packed, or comes from a pipe.

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::source::Source;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How often it is told how much of a mailbox is in memory: what an eye can follow.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// The mailbox that is to be shown.
#[derive(Debug)]
pub enum Opening {
    /// It is open.
    Ready(Source),
    /// Opening it takes as long as reading it.
    Slow(PathBuf),
}

/// Opens a mailbox beside the loop, and tells how far that is.
pub(super) fn open(path: PathBuf, say: Sender<Heard>) {
    thread::spawn(move || {
        ending::doing("opening the mailbox");
        let mut told: Option<Instant> = None;
        let opened = Source::open_telling(&path, &mut |bytes| {
            if told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
                let _ = say.send(Heard::Msg(Msg::BytesRead(bytes)));
                told = Some(Instant::now());
            }
        });
        // Where nobody hears any more the program is about to end.
        let _ = say.send(Heard::Opened(opened.map(Arc::new)));
    });
}
