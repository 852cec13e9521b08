//! Reading a mailbox into a corpus on all cores, the beginning first.
//!
//! The mailbox is cut into stretches; each is read by whichever worker is free, and the segments are
//! joined in the order of the file (a cut decides nothing, see `mbox`). The first stretch is small and
//! published at once, so that there is something to read; after that a snapshot is published whenever
//! the corpus has doubled, because threading starts afresh for each.
//!
//! Not here: keeping the index from one session to the next.

use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::corpus::Corpus;
use crate::corpus::IdKey;
use crate::corpus::MessageNo;
use crate::corpus::Segment;
use crate::mbox;
use crate::source::Source;
use crate::threads::Forest;
use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;
use std::time::Instant;

/// The first stretch: a screenful is read before the eye is there.
const FIRST_STRETCH_BYTES: u64 = 1 << 20;

/// The other stretches: large enough that names and subjects repeat within one, small enough that the
/// cores finish together and a worker soon notices that it is no longer wanted.
const STRETCH_BYTES: u64 = 8 << 20;

/// How often progress is told while no snapshot is due: what an eye can follow, and a slow link bear.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// How far the index has come, and what there is so far.
#[derive(Clone, Debug)]
pub struct Grown {
    /// The messages read so far.
    pub corpus: Corpus,
    /// Their threads. Of fewer messages than the corpus while threading is not due.
    pub forest: Forest,
    /// How much of the mailbox has been read.
    pub bytes_read: u64,
    /// How long the mailbox is.
    pub bytes_total: u64,
    /// Nothing will be added any more.
    pub is_complete: bool,
}

/// Starts a worker that indexes a mailbox and publishes what it has until it is told to stop.
pub fn spawn(
    source: Arc<Source>,
    publish: impl FnMut(Grown) -> ControlFlow<()> + Send + 'static,
) -> JoinHandle<()> {
    thread::spawn(move || index(&source, publish))
}

/// Indexes a mailbox and publishes what it has, the whole last, until it is told to stop.
pub fn index(source: &Source, mut publish: impl FnMut(Grown) -> ControlFlow<()>) {
    let mailbox = source.bytes();
    let key = random_key();
    let mut snapshots = Snapshots::default();
    let read =
        read(mailbox, key, |corpus, bytes_read| snapshots.grew(corpus, bytes_read, mailbox, &mut publish));
    if let ControlFlow::Continue(corpus) = read {
        let _ = publish(complete(mailbox, corpus, key));
    }
}

/// Indexes a mailbox for someone who waits for the whole.
pub fn whole(source: &Source) -> Grown {
    let (mailbox, key) = (source.bytes(), random_key());
    match read(mailbox, key, |_, _| ControlFlow::Continue(())) {
        ControlFlow::Continue(corpus) | ControlFlow::Break(corpus) => complete(mailbox, corpus, key),
    }
}

/// Reads the envelopes on all cores, and tells how the corpus grows until that breaks it off.
fn read(
    mailbox: &[u8],
    key: IdKey,
    grew: impl FnMut(&Corpus, u64) -> ControlFlow<()>,
) -> ControlFlow<Corpus, Corpus> {
    let stretches = stretches(mailbox.len() as u64);
    let next = AtomicUsize::new(0);
    let is_unwanted = AtomicBool::new(false);
    thread::scope(|scope| {
        let (send, arriving) = mpsc::channel();
        for _ in 0..workers() {
            let send = send.clone();
            let (next, stretches, is_unwanted) = (&next, &stretches, &is_unwanted);
            scope.spawn(move || {
                while !is_unwanted.load(Ordering::Relaxed) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&stretch) = stretches.get(place) else { break };
                    let segment = Segment::read(mailbox, stretch, key);
                    if send.send((place, segment)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let joined = join(Corpus::with_key(key), &stretches, &arriving, grew);
        is_unwanted.store(joined.is_break(), Ordering::Relaxed);
        joined
    })
}

/// Joins segments in the order of the file as they arrive.
fn join(
    mut corpus: Corpus,
    stretches: &[ByteRange],
    arriving: &mpsc::Receiver<(usize, Segment)>,
    mut grew: impl FnMut(&Corpus, u64) -> ControlFlow<()>,
) -> ControlFlow<Corpus, Corpus> {
    let mut early = BTreeMap::new();
    let mut due = 0;
    for (place, segment) in arriving {
        early.insert(place, segment);
        let ready: Vec<Arc<Segment>> =
            std::iter::from_fn(|| early.remove(&due).inspect(|_| due += 1)).map(Arc::new).collect();
        if ready.is_empty() {
            continue;
        }
        corpus = corpus.grown(ready);
        let Some(next) = stretches.get(due) else { continue };
        if grew(&corpus, next.start().0).is_break() {
            return ControlFlow::Break(corpus);
        }
    }
    ControlFlow::Continue(corpus)
}

/// What was published so far.
struct Snapshots {
    forest: Forest,
    /// How many messages stand in the forest.
    threaded: usize,
    told: Instant,
}

impl Default for Snapshots {
    fn default() -> Self {
        Self { forest: Forest::default(), threaded: 0, told: Instant::now() }
    }
}

impl Snapshots {
    /// Publishes a corpus that is not yet the whole, where that is due.
    fn grew(
        &mut self,
        corpus: &Corpus,
        bytes_read: u64,
        mailbox: &[u8],
        publish: &mut impl FnMut(Grown) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let has_doubled = corpus.len() > 2 * self.threaded;
        if !has_doubled && self.told.elapsed() < TELL_EVERY {
            return ControlFlow::Continue(());
        }
        if has_doubled {
            self.forest = Forest::of(corpus);
            self.threaded = corpus.len();
        }
        self.told = Instant::now();
        publish(Grown {
            corpus: corpus.clone(),
            forest: self.forest.clone(),
            bytes_read,
            bytes_total: mailbox.len() as u64,
            is_complete: false,
        })
    }
}

/// Returns the whole: with its preamble, or with the one message of a file without separators.
fn complete(mailbox: &[u8], corpus: Corpus, key: IdKey) -> Grown {
    let first = corpus.get(MessageNo(0)).map(|first| first.range().start());
    let corpus = match first {
        Some(first) => corpus.behind(ByteRange::new(ByteOffset(0), first)),
        None => {
            let split = mbox::split(mailbox);
            let segment = Segment::of_slots(mailbox, &split.messages, key);
            corpus.behind(split.preamble).grown([Arc::new(segment)])
        }
    };
    let bytes_total = mailbox.len() as u64;
    Grown { forest: Forest::of(&corpus), corpus, bytes_read: bytes_total, bytes_total, is_complete: true }
}

/// Cuts a mailbox of this length into stretches, the first one small.
fn stretches(length: u64) -> Vec<ByteRange> {
    let mut stretches = Vec::new();
    let mut start = 0;
    let mut bytes = FIRST_STRETCH_BYTES;
    while start < length {
        let end = (start + bytes).min(length);
        stretches.push(ByteRange::new(ByteOffset(start), ByteOffset(end)));
        start = end;
        bytes = STRETCH_BYTES;
    }
    stretches
}

fn workers() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Draws a secret that nobody can guess, from what the standard library keeps for its own maps.
fn random_key() -> IdKey {
    let draw = |salt: u8| RandomState::new().hash_one(salt);
    IdKey([draw(0), draw(1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_tile_the_mailbox() {
        for length in [0, 1, FIRST_STRETCH_BYTES, FIRST_STRETCH_BYTES + 1, 5 * STRETCH_BYTES] {
            let stretches = stretches(length);
            assert_eq!(stretches.iter().map(|stretch| stretch.len()).sum::<u64>(), length);
            assert!(stretches.windows(2).all(|pair| pair[0].end() == pair[1].start()));
        }
    }

    #[test]
    fn the_last_snapshot_is_the_whole() {
        let source = Source::sample();
        let mut last = None;
        index(&source, |grown| {
            last = Some(grown);
            ControlFlow::Continue(())
        });
        let grown = last.unwrap();
        assert!(grown.is_complete);
        assert_eq!(grown.corpus.len(), mbox::split(source.bytes()).messages.len());
    }
}
