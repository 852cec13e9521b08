//! The same work for many pieces, on all cores, until it is no longer wanted.

use super::ending;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;

/// How late it may be noticed that pieces are no longer wanted which are waited for.
const NOTICED_WITHIN: Duration = Duration::from_millis(4);

/// Does the work for each place below `places` on all cores, and hands over what comes of it as it is
/// done, in no order. Stops between two pieces when it is no longer wanted.
///
/// `take` runs where the caller runs.
pub(super) fn on_all_cores<T: Send>(
    places: usize,
    is_wanted: impl Fn() -> bool + Sync,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(usize, T),
) {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(places);
    if workers <= 1 {
        (0..places).take_while(|_| is_wanted()).for_each(|place| take(place, work(place)));
        return;
    }
    let (next, doing) = (AtomicUsize::new(0), ending::what_is_done());
    thread::scope(|scope| {
        let (send, done) = mpsc::channel();
        for _ in 0..workers {
            let send = send.clone();
            let (next, work, is_wanted) = (&next, &work, &is_wanted);
            scope.spawn(move || {
                ending::doing(doing);
                work_on(places, next, is_wanted, work, &send);
            });
        }
        drop(send);
        done.into_iter().for_each(|(place, done)| take(place, done));
    });
}

/// The same for pieces that may take long, however small they were made. What is begun when it is no longer
/// wanted is finished by its worker alone, and nobody waits for it or hears what came of it.
pub(super) fn on_all_cores_in_haste<T: Send + 'static>(
    places: usize,
    is_wanted: impl Fn() -> bool + Clone + Send + 'static,
    work: impl Fn(usize) -> T + Clone + Send + 'static,
    mut take: impl FnMut(usize, T),
) {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(places);
    let (next, doing) = (Arc::new(AtomicUsize::new(0)), ending::what_is_done());
    let (send, done) = mpsc::channel();
    for _ in 0..workers {
        let (next, send, is_wanted, work) =
            (Arc::clone(&next), send.clone(), is_wanted.clone(), work.clone());
        thread::spawn(move || {
            ending::doing(doing);
            work_on(places, &next, &is_wanted, &work, &send);
        });
    }
    drop(send);
    while is_wanted() {
        match done.recv_timeout(NOTICED_WITHIN) {
            Ok((place, done)) => take(place, done),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Takes one place after another that no other worker has, and sends what comes of it.
fn work_on<T>(
    places: usize,
    next: &AtomicUsize,
    is_wanted: &impl Fn() -> bool,
    work: &impl Fn(usize) -> T,
    send: &mpsc::Sender<(usize, T)>,
) {
    while is_wanted() {
        let place = next.fetch_add(1, Ordering::Relaxed);
        if place >= places || send.send((place, work(place))).is_err() {
            break;
        }
    }
}

/// Does the work for each place, and returns what came of it in their order; nothing when it was not
/// wanted to the end.
pub(super) fn all_of<T: Send>(
    places: usize,
    is_wanted: impl Fn() -> bool + Sync,
    work: impl Fn(usize) -> T + Sync,
) -> Option<Vec<T>> {
    let mut all: Vec<Option<T>> = Vec::new();
    all.resize_with(places, || None);
    on_all_cores(places, is_wanted, work, |place, done| {
        if let Some(slot) = all.get_mut(place) {
            *slot = Some(done);
        }
    });
    all.into_iter().collect()
}

/// Does two things at once.
pub(super) fn both<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    let doing = ending::what_is_done();
    thread::scope(|scope| {
        let there = scope.spawn(move || {
            ending::doing(doing);
            there()
        });
        let here = here();
        (here, there.join().unwrap_or_else(|fault| panic::resume_unwind(fault)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn what_is_done_stands_in_order_and_what_is_not_wanted_is_not_done() {
        assert_eq!(all_of(100, || true, |place| place * 2), Some((0..100).map(|it| it * 2).collect()));
        assert_eq!(all_of(0, || false, |place| place), Some(vec![]));
        assert_eq!(all_of(100, || false, |place| place), None);
        let done = AtomicUsize::new(0);
        let is_wanted = || done.load(Ordering::Relaxed) < 10;
        assert_eq!(all_of(1000, is_wanted, |_| done.fetch_add(1, Ordering::Relaxed)), None);
        assert!(done.load(Ordering::Relaxed) < 20 + 64);
    }

    #[test]
    fn nobody_waits_for_what_is_not_wanted() {
        let mut sum = 0;
        on_all_cores_in_haste(100, || true, |place| place, |_, done| sum += done);
        assert_eq!(sum, 99 * 100 / 2);
        let is_wanted = Arc::new(AtomicBool::new(true));
        let (begun, go_on) = (Arc::clone(&is_wanted), Arc::new(Barrier::new(2)));
        let begun_it = Arc::clone(&go_on);
        // The first piece makes itself unwanted, and ends only when nobody waits for it any more.
        let work = move |place: usize| {
            if begun.swap(false, Ordering::Relaxed) {
                begun_it.wait();
            }
            place
        };
        let still = Arc::clone(&is_wanted);
        on_all_cores_in_haste(100, move || still.load(Ordering::Relaxed), work, |_, _| {});
        go_on.wait();
    }
}
