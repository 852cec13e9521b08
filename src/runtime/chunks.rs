//! Work over the whole mailbox on all cores, its results in mailbox order.
//!
//! The messages are cut into chunks; each worker takes every so-manieth and hands its results over one by
//! one, so what was done early waits where it was done, and little of it: memory stays bounded however
//! much is printed.

use super::ending;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use std::ops::ControlFlow;
use std::ops::Range;
use std::sync::mpsc;
use std::thread;

/// Some neighbouring messages.
pub(super) type Chunk = Range<MessageNo>;

/// A chunk is done in a few milliseconds, and small against what a mailbox has for each core.
const CHUNK_BYTES: u64 = 1 << 20;

/// Short messages still cost something each.
const CHUNK_MESSAGES: u32 = 4096;

/// How many results of a worker wait to be taken: one printed while the next are made.
const WAITING_RESULTS: usize = 2;

/// Cuts all messages of a corpus into chunks; a message that is longer than one has its own.
pub(super) fn chunks(corpus: &Corpus) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut start = MessageNo(0);
    let mut bytes = 0;
    for kept in corpus.iter() {
        let number = kept.number();
        let length = kept.range().len();
        let is_full = bytes + length > CHUNK_BYTES || number.0 - start.0 >= CHUNK_MESSAGES;
        if is_full && number > start {
            chunks.push(start..number);
            start = number;
            bytes = 0;
        }
        bytes += length;
    }
    let end = MessageNo(corpus.len() as u32);
    if start < end {
        chunks.push(start..end);
    }
    chunks
}

/// Does `work` for every chunk on all cores and gives the results to `take` in their order, until it
/// breaks.
pub(super) fn in_order<Done: Send, Broken>(
    chunks: &[Chunk],
    work: impl Fn(Chunk) -> Done + Sync,
    mut take: impl FnMut(Done) -> ControlFlow<Broken>,
) -> ControlFlow<Broken> {
    let workers = super::indexer::workers().min(chunks.len());
    let doing = ending::what_is_done();
    thread::scope(|scope| {
        let arriving: Vec<mpsc::Receiver<Done>> = (0..workers)
            .map(|worker| {
                let (send, arriving) = mpsc::sync_channel(WAITING_RESULTS);
                let work = &work;
                scope.spawn(move || {
                    ending::doing(doing);
                    let mut own = chunks.iter().skip(worker).step_by(workers);
                    own.all(|chunk| send.send(work(chunk.clone())).is_ok())
                });
                arriving
            })
            .collect();
        // A worker that fails ends its results early; the scope then fails as well.
        let results = arriving.iter().cycle().take(chunks.len()).map_while(|worker| worker.recv().ok());
        for done in results {
            take(done)?;
        }
        ControlFlow::Continue(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: u32) -> Vec<Chunk> {
        (0..count).map(|place| MessageNo(place)..MessageNo(place + 1)).collect()
    }

    #[test]
    fn results_come_in_order_and_stop_when_told() {
        let mut found = Vec::new();
        let ended: ControlFlow<()> = in_order(
            &numbered(100),
            |chunk| chunk.start.0,
            |done| {
                found.push(done);
                ControlFlow::Continue(())
            },
        );
        assert_eq!((ended, found), (ControlFlow::Continue(()), (0..100).collect()));
        let stopped = in_order(
            &numbered(100),
            |chunk| chunk.start.0,
            |done| if done == 7 { ControlFlow::Break(done) } else { ControlFlow::Continue(()) },
        );
        assert_eq!(stopped, ControlFlow::Break(7));
        assert!(in_order(&[], |_| (), ControlFlow::Break).is_continue());
    }
}
