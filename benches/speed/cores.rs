//! The same work for many pieces on all cores, and how much of the processor it took.

use std::fs;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How long something took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    pub on_the_wall: Duration,
    /// The processor's time a core, where it is known: the time on the wall if nothing else ran.
    pub alone: Duration,
}

/// What came of each piece, and how long the longest took: so late is it noticed that nobody wants it.
#[derive(Debug)]
pub struct Done<T> {
    pub pieces: Vec<T>,
    pub longest: Duration,
}

/// Returns how many there are.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does something for every place on all cores.
pub fn over<T: Send>(places: usize, work: impl Fn(usize) -> T + Sync) -> Done<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let (mut done, mut longest) = (Vec::new(), Duration::ZERO);
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= places {
                WORKED_NANOSECONDS.fetch_add(own_nanoseconds(), Ordering::Relaxed);
                return (done, longest);
            }
            let begun = Instant::now();
            done.push((place, work(place)));
            longest = longest.max(begun.elapsed());
        }
    };
    let all: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores()).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect()
    });
    let longest = all.iter().map(|(_, longest)| *longest).max().unwrap_or_default();
    let mut pieces: Vec<(usize, T)> = all.into_iter().flat_map(|(done, _)| done).collect();
    pieces.sort_unstable_by_key(|(place, _)| *place);
    Done { pieces: pieces.into_iter().map(|(_, done)| done).collect(), longest }
}

/// Does two things at once.
pub fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let there = scope.spawn(move || {
            let done = there();
            WORKED_NANOSECONDS.fetch_add(own_nanoseconds(), Ordering::Relaxed);
            done
        });
        (here(), there.join().expect("a worker does not fail"))
    })
}

/// Times something that is done with the help of [`over`].
pub fn timed<T>(work: impl FnOnce() -> T) -> (Took, T) {
    let (before, begun) = (processor_time(), Instant::now());
    let done = work();
    (Took { on_the_wall: begun.elapsed(), alone: processor_time().saturating_sub(before) }, done)
}

/// The processor's time that the workers took so far.
static WORKED_NANOSECONDS: AtomicU64 = AtomicU64::new(0);

/// The processor's time so far: this worker's own, and of the others' what falls to one core.
fn processor_time() -> Duration {
    let worked = WORKED_NANOSECONDS.load(Ordering::Relaxed) / cores() as u64;
    Duration::from_nanos(own_nanoseconds() + worked)
}

/// Linux keeps it for every thread; elsewhere it is 0.
fn own_nanoseconds() -> u64 {
    let kept = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    kept.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or_default()
}
