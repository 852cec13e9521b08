//! Reading a mailbox into a corpus on all cores, the beginning first.
//!
//! The mailbox is cut into stretches; each is read by whichever worker is free, and the segments are
//! joined in the order of the file (a cut decides nothing, see `mbox`). The first stretch is small and
//! published at once, so that there is something to read. After that threading, which starts afresh each
//! time, is due when the corpus has grown by half, and may take a small share of the time.
//!
//! A mailbox that has grown is read on from where it was read to ([`extend`]).
//!
//! Not here: keeping the index from one session to the next (see `opening`).

use super::ending;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::corpus::Corpus;
use crate::corpus::IdKey;
use crate::corpus::MessageNo;
use crate::corpus::Reader;
use crate::corpus::Segment;
use crate::mbox;
use crate::source::Source;
use crate::threads::Forest;
use crate::threads::Hints;
use crate::threads::Linked;
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
use std::time::Duration;
use std::time::Instant;

/// The first stretch: a screenful is read before the eye is there.
const FIRST_STRETCH_BYTES: u64 = 1 << 20;

/// The largest stretch: names and subjects are read and kept once in each, and a worker notices between two
/// that it is no longer wanted.
const LARGEST_STRETCH_BYTES: u64 = 32 << 20;

/// The last stretches: small enough that the cores finish together.
const LAST_STRETCH_BYTES: u64 = 4 << 20;

/// How often progress is told while no snapshot is due: what an eye can follow, and a slow link bear.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// Threads that are not the last are made when so many times as long has gone by as making them takes.
const THREADING_SHARE: u32 = 8;

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
    /// How fast it is read.
    pub bytes_per_second: u64,
    /// Nothing will be added any more.
    pub is_complete: bool,
}

/// A mailbox that was indexed for someone who waited for the whole.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// The messages.
    pub corpus: Corpus,
    /// Their threads.
    pub forest: Forest,
    /// How long it took to read the envelopes.
    pub reading: Duration,
    /// How long it took to thread them.
    pub threading: Duration,
}

/// Indexes a mailbox and publishes what it has, the whole last, until it is told to stop.
pub fn index(source: &Source, publish: impl FnMut(Grown) -> ControlFlow<()>) {
    extend(source, &Corpus::with_key(random_key()), Forest::default(), publish);
}

/// Indexes what a mailbox has beyond a corpus of its beginning and the threads of that, and publishes what
/// there is, the whole last, until it is told to stop.
///
/// The last message that is known is read again: it may be longer now.
pub fn extend(
    source: &Source,
    known: &Corpus,
    forest: Forest,
    mut publish: impl FnMut(Grown) -> ControlFlow<()>,
) {
    let mailbox = source.bytes();
    let mut snapshots = Snapshots::new(mailbox, known, forest);
    let read = read(source, known, |corpus, bytes_read| snapshots.grew(corpus, bytes_read, &mut publish));
    if let ControlFlow::Continue(corpus) = read {
        let corpus = complete(mailbox, corpus);
        let forest = thread_all(&corpus);
        let _ = publish(Grown { is_complete: true, ..snapshots.grown(corpus, forest, mailbox.len() as u64) });
    }
}

/// Indexes a mailbox for someone who waits for the whole, and is told how many messages and bytes have been
/// read.
pub fn whole(source: &Source, tell: impl FnMut(usize, u64)) -> Indexed {
    rest(source, &Corpus::with_key(random_key()), tell)
}

/// Indexes what a mailbox has beyond a corpus of its beginning for someone who waits for the whole.
pub(super) fn rest(source: &Source, known: &Corpus, mut tell: impl FnMut(usize, u64)) -> Indexed {
    let mailbox = source.bytes();
    let begun = Instant::now();
    let read = read(source, known, |corpus, bytes_read| {
        tell(corpus.len(), bytes_read);
        ControlFlow::Continue(())
    });
    let corpus = match read {
        ControlFlow::Continue(corpus) => complete(mailbox, corpus),
        // Some of it is gone: what was read before that is all there is.
        ControlFlow::Break(corpus) => corpus,
    };
    tell(corpus.len(), mailbox.len() as u64);
    let reading = begun.elapsed();
    let forest = thread_all(&corpus);
    Indexed { corpus, forest, reading, threading: begun.elapsed().saturating_sub(reading) }
}

/// Threads a corpus, on two cores as far as that goes.
fn thread_all(corpus: &Corpus) -> Forest {
    thread::scope(|scope| {
        let hints = scope.spawn(|| Hints::of(corpus));
        let linked = Linked::of(corpus);
        // Where that worker failed this one fails in the same way.
        let hints = hints.join().unwrap_or_else(|_| Hints::of(corpus));
        Forest::joined(corpus, linked, &hints)
    })
}

/// Reads the envelopes that a mailbox has beyond a corpus on all cores, and tells how that grows until it is
/// broken off. Where the mailbox is cut meanwhile, what is there is all.
fn read(
    source: &Source,
    known: &Corpus,
    grew: impl FnMut(&Corpus, u64) -> ControlFlow<()>,
) -> ControlFlow<Corpus, Corpus> {
    let (corpus, from) = known.without_last(FIRST_STRETCH_BYTES);
    let (mailbox, key) = (source.bytes(), corpus.key());
    let stretches = stretches(ByteRange::new(from, ByteRange::all(mailbox).end()), workers());
    let next = AtomicUsize::new(0);
    let is_unwanted = AtomicBool::new(false);
    thread::scope(|scope| {
        let (send, arriving) = mpsc::channel();
        for _ in 0..workers() {
            let send = send.clone();
            let (next, stretches, is_unwanted) = (&next, &stretches, &is_unwanted);
            scope.spawn(move || {
                ending::doing("reading headers");
                let mut reader = Reader::new(mailbox, key);
                while !is_unwanted.load(Ordering::Relaxed) {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&stretch) = stretches.get(place) else { break };
                    let segment = reader.read(stretch);
                    let is_there = !source.loss().touches(stretch);
                    source.let_go(stretch);
                    if send.send((place, is_there.then_some(segment))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let joined = join(corpus, &stretches, &arriving, grew);
        is_unwanted.store(true, Ordering::Relaxed);
        joined
    })
}

/// Joins segments in the order of the file as they arrive, up to the first that was lost.
fn join(
    mut corpus: Corpus,
    stretches: &[ByteRange],
    arriving: &mpsc::Receiver<(usize, Option<Segment>)>,
    mut grew: impl FnMut(&Corpus, u64) -> ControlFlow<()>,
) -> ControlFlow<Corpus, Corpus> {
    let mut early = BTreeMap::new();
    let mut due = 0;
    for (place, segment) in arriving {
        early.insert(place, segment);
        let arrived = std::iter::from_fn(|| early.remove(&due).inspect(|_| due += 1));
        let arrived: Vec<Option<Segment>> = arrived.collect();
        if arrived.is_empty() {
            continue;
        }
        let is_lost = arrived.iter().any(Option::is_none);
        corpus = corpus.grown(arrived.into_iter().map_while(|segment| segment.map(Arc::new)));
        if is_lost {
            break;
        }
        let Some(next) = stretches.get(due) else { continue };
        if grew(&corpus, next.start().0).is_break() {
            return ControlFlow::Break(corpus);
        }
    }
    ControlFlow::Continue(corpus)
}

/// What was published so far.
struct Snapshots {
    bytes_total: u64,
    forest: Forest,
    /// How many messages stand in the forest.
    threaded: usize,
    /// What was read before, and is not read now.
    bytes_known: u64,
    begun: Instant,
    told: Instant,
    /// When threads may be made again.
    threading_due: Instant,
}

impl Snapshots {
    fn new(mailbox: &[u8], known: &Corpus, forest: Forest) -> Self {
        let now = Instant::now();
        let (_, from) = known.without_last(FIRST_STRETCH_BYTES);
        Self {
            bytes_total: mailbox.len() as u64,
            forest,
            threaded: known.len(),
            bytes_known: from.0,
            begun: now,
            told: now,
            threading_due: now,
        }
    }

    /// Publishes a corpus that is not yet the whole, where that is due.
    fn grew(
        &mut self,
        corpus: &Corpus,
        bytes_read: u64,
        publish: &mut impl FnMut(Grown) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let now = Instant::now();
        let has_grown = corpus.len() > self.threaded + self.threaded / 2 && now >= self.threading_due
            || corpus.len() < self.threaded;
        if !has_grown && self.told.elapsed() < TELL_EVERY {
            return ControlFlow::Continue(());
        }
        if has_grown {
            self.forest = Forest::of(corpus);
            self.threaded = corpus.len();
            self.threading_due = Instant::now() + now.elapsed() * THREADING_SHARE;
        }
        self.told = Instant::now();
        publish(self.grown(corpus.clone(), self.forest.clone(), bytes_read))
    }

    fn grown(&self, corpus: Corpus, forest: Forest, bytes_read: u64) -> Grown {
        let milliseconds = self.begun.elapsed().as_millis().max(1) as u64;
        let bytes_per_second = (bytes_read - self.bytes_known.min(bytes_read)) * 1000 / milliseconds;
        let bytes_total = self.bytes_total;
        Grown { corpus, forest, bytes_read, bytes_total, bytes_per_second, is_complete: false }
    }
}

/// Returns the whole: with its preamble, or with the one message of a file without separators.
fn complete(mailbox: &[u8], corpus: Corpus) -> Corpus {
    let first = corpus.get(MessageNo(0)).map(|first| first.range().start());
    if let Some(first) = first {
        return corpus.behind(ByteRange::new(ByteOffset(0), first));
    }
    let split = mbox::split(mailbox);
    let segment = Segment::of_slots(mailbox, &split.messages, corpus.key());
    corpus.behind(split.preamble).grown([Arc::new(segment)])
}

/// Cuts what is to be read into stretches: the first one small, then larger ones, and towards the end none
/// that would keep one worker when the others are done.
fn stretches(whole: ByteRange, workers: usize) -> Vec<ByteRange> {
    let mut stretches = Vec::new();
    let mut start = whole.start();
    let mut bytes = FIRST_STRETCH_BYTES;
    while start < whole.end() {
        let share = (whole.end().0 - start.0) / (2 * workers as u64);
        let end = ByteOffset(start.0 + bytes.min(share.max(LAST_STRETCH_BYTES))).min(whole.end());
        stretches.push(ByteRange::new(start, end));
        start = end;
        bytes = (2 * bytes).min(LARGEST_STRETCH_BYTES);
    }
    stretches
}

/// Returns how many workers the machine has cores for.
pub(super) fn workers() -> usize {
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
    use crate::corpus::Kept;

    #[test]
    fn stretches_tile_what_is_read() {
        for length in [0, 1, FIRST_STRETCH_BYTES, FIRST_STRETCH_BYTES + 1, 9 * LARGEST_STRETCH_BYTES] {
            let stretches = stretches(ByteRange::new(ByteOffset(3), ByteOffset(3 + length)), 2);
            assert_eq!(stretches.iter().map(|stretch| stretch.len()).sum::<u64>(), length);
            assert!(stretches.windows(2).all(|pair| pair[0].end() == pair[1].start()));
            assert!(stretches.iter().all(|stretch| stretch.len() <= LARGEST_STRETCH_BYTES));
            assert!(stretches.last().is_none_or(|last| last.len() <= LAST_STRETCH_BYTES));
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

    /// Everything that is kept of every message, and how it stands.
    fn described(grown: &Grown) -> String {
        let of = |kept: Kept<'_>| {
            let number = kept.number();
            let people: Vec<_> = kept.people().collect();
            let place = (grown.forest.thread_number(number), grown.forest.answered(number));
            format!(
                "{:?} {:?} {:?} {:?} {people:?} {:?} {:?} {:?} {place:?}\n",
                kept.range(),
                kept.date(),
                kept.subject(),
                kept.anomalies(),
                kept.id(),
                kept.references(),
                kept.thread_mark()
            )
        };
        format!("{:?}\n", grown.corpus.preamble()) + &grown.corpus.iter().map(of).collect::<String>()
    }

    #[track_caller]
    fn check_growth(mailbox: &[u8], cut: usize) {
        let key = IdKey([1, 2]);
        let read = |known: &Corpus, bytes: &[u8]| {
            let mut last = None;
            extend(&Source::held("grown", bytes.to_vec()), known, Forest::default(), |grown| {
                last = Some(grown);
                ControlFlow::Continue(())
            });
            last.unwrap()
        };
        let known = read(&Corpus::with_key(key), &mailbox[..cut]).corpus;
        let afresh = read(&Corpus::with_key(key), mailbox);
        assert_eq!(described(&read(&known, mailbox)), described(&afresh), "cut at {cut}");
    }

    #[test]
    fn a_mailbox_that_is_cut_meanwhile_is_read_as_far_as_it_is_there() {
        let message = format!("From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\n{}\n", "body ".repeat(1000));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cut.mbox");
        std::fs::write(&path, message.repeat(12_000)).unwrap();
        let source = Source::open(&path).unwrap();
        let left = 20 * 1_000_000;
        let mut last = None;
        index(&source, |grown| {
            if last.is_none() {
                std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(left).unwrap();
            }
            last = Some(grown);
            ControlFlow::Continue(())
        });
        let grown = last.unwrap();
        let loss = source.loss();
        assert!(grown.is_complete && loss.cut_to == Some(ByteOffset(left)));
        let there: Vec<Kept<'_>> = grown.corpus.iter().filter(|kept| !loss.touches(kept.range())).collect();
        assert!(there.iter().all(|kept| kept.subject() == "x" && kept.range().len() == message.len() as u64));
        assert!(there.len() >= (FIRST_STRETCH_BYTES / message.len() as u64) as usize);
    }

    #[test]
    fn a_mailbox_that_grows_message_by_message_has_few_segments() {
        let message =
            format!("From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\n{}\n", "body ".repeat(50_000));
        let mut corpus = Corpus::with_key(IdKey([1, 2]));
        for messages in 0..=20 {
            let source = Source::held("grown", message.repeat(messages).into_bytes());
            extend(&source, &corpus.clone(), Forest::default(), |grown| {
                assert!(grown.corpus.same_as(&corpus) == corpus.len());
                corpus = grown.corpus;
                ControlFlow::Continue(())
            });
            assert_eq!(corpus.len(), messages);
        }
        assert!((2..10).contains(&corpus.segments()), "{}", corpus.segments());
    }

    #[test]
    fn a_mailbox_that_grew_is_as_one_that_was_there_at_once() {
        let mailbox = Source::sample().bytes().to_vec();
        for cut in (0..1200).chain((1200..=mailbox.len()).step_by(4999)) {
            check_growth(&mailbox[..mailbox.len().min(cut + 3000)], cut);
        }
        let without_separator =
            b"Subject: alone\n\nHello.\n\nFrom a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\n";
        for cut in 0..=without_separator.len() {
            check_growth(without_separator, cut);
        }
    }
}
