//! The workers that search every message for the candidates, what a person sees first.
//!
//! Messages are taken in stretches. What a worker has found it tells at once the first time and then
//! in larger pieces, so that badges appear quickly and a slow link is not flooded.
//!
//! Not here: what is found (`app::watching`), and which messages are seen (the state says).

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::watching::Scanned;
use crate::bytes::Loss;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::source::Source;
use crate::watch::Scanner;
use crate::watch::Scratch;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// About as many as are seen on a screen, and few enough that what is seen next does not wait long.
const STRETCH_MESSAGES: u32 = 64;

/// How often a worker tells what it has found: what an eye can follow, and a slow link bear.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// The interface's end of the workers.
#[derive(Debug)]
pub(super) struct Searcher {
    work: Arc<Work>,
}

#[derive(Debug, Default)]
struct Work {
    plan: Mutex<Plan>,
    has_changed: Condvar,
}

/// What there is to be searched, and what has been taken of it.
#[derive(Debug, Default)]
struct Plan {
    corpus: Corpus,
    /// No message will be added.
    is_complete: bool,
    /// Stretches to be searched first, the first of them last.
    first: Vec<u32>,
    /// Stretches that were taken before their turn.
    taken: HashSet<u32>,
    /// The next stretch in the order of the mailbox.
    next: u32,
}

impl Searcher {
    /// Starts the workers; they wait for something to search.
    pub(super) fn start(
        source: &Arc<Source>,
        scanner: &Arc<Scanner>,
        candidates: usize,
        say: &Sender<Heard>,
    ) -> Self {
        let work = Arc::new(Work::default());
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let worker = Worker {
                work: Arc::clone(&work),
                source: Arc::clone(source),
                scanner: Arc::clone(scanner),
                candidates,
                say: say.clone(),
            };
            thread::spawn(move || {
                ending::doing("searching for the candidates");
                worker.run();
            });
        }
        Self { work }
    }

    /// Tells the workers what there is, and what a person sees of it.
    pub(super) fn want(&self, corpus: Corpus, is_complete: bool, first: &[MessageNo]) {
        let mut plan = self.work.lock();
        plan.corpus = corpus;
        plan.is_complete = is_complete;
        plan.first = first.iter().rev().map(|message| message.0 / STRETCH_MESSAGES).collect();
        self.work.has_changed.notify_all();
    }
}

impl Work {
    fn lock(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a stretch; without one, `None` at once.
    fn try_take(&self) -> Option<(Corpus, u32)> {
        self.lock().take()
    }

    /// Takes a stretch, and waits until there is one.
    fn take(&self) -> (Corpus, u32) {
        let mut plan = self.lock();
        loop {
            if let Some(taken) = plan.take() {
                return taken;
            }
            plan = self.has_changed.wait(plan).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Plan {
    fn take(&mut self) -> Option<(Corpus, u32)> {
        while let Some(stretch) = self.first.pop() {
            let is_free = stretch >= self.next && self.is_there(stretch);
            if is_free && self.taken.insert(stretch) {
                return Some((self.corpus.clone(), stretch));
            }
        }
        while self.taken.remove(&self.next) {
            self.next += 1;
        }
        self.is_there(self.next).then(|| {
            self.next += 1;
            (self.corpus.clone(), self.next - 1)
        })
    }

    /// Returns whether all messages of a stretch have been read.
    fn is_there(&self, stretch: u32) -> bool {
        let messages = self.corpus.len() as u64;
        let start = u64::from(stretch) * u64::from(STRETCH_MESSAGES);
        let end = start + u64::from(STRETCH_MESSAGES);
        end <= messages || (self.is_complete && start < messages)
    }
}

/// One worker.
struct Worker {
    work: Arc<Work>,
    source: Arc<Source>,
    scanner: Arc<Scanner>,
    candidates: usize,
    say: Sender<Heard>,
}

impl Worker {
    fn run(&self) {
        let mut scratch = Scratch::default();
        let mut found = Scanned::new(self.candidates);
        let mut told: Option<Instant> = None;
        loop {
            let taken = self.work.try_take();
            let is_due = taken.is_none() || told.is_none_or(|told| told.elapsed() >= TELL_EVERY);
            if is_due && !found.stretches.is_empty() {
                let msg =
                    Msg::Scanned(Arc::new(std::mem::replace(&mut found, Scanned::new(self.candidates))));
                if self.say.send(Heard::Msg(msg)).is_err() {
                    return;
                }
                told = Some(Instant::now());
            }
            let (corpus, stretch) = taken.unwrap_or_else(|| self.work.take());
            self.search(&corpus, stretch, &mut found, &mut scratch);
        }
    }

    /// Searches a stretch; once more where some of the mailbox went away meanwhile.
    fn search(&self, corpus: &Corpus, stretch: u32, found: &mut Scanned, scratch: &mut Scratch) {
        let mut loss = self.source.loss();
        loop {
            let of_stretch = self.search_but(&loss, corpus, stretch, scratch);
            let meanwhile = self.source.loss();
            if meanwhile == loss {
                return found.and(of_stretch);
            }
            loss = meanwhile;
        }
    }

    fn search_but(&self, loss: &Loss, corpus: &Corpus, stretch: u32, scratch: &mut Scratch) -> Scanned {
        let mut found = Scanned::new(self.candidates);
        let first = stretch.saturating_mul(STRETCH_MESSAGES);
        found.begin(MessageNo(first));
        for number in first..first.saturating_add(STRETCH_MESSAGES) {
            let Some(kept) = corpus.get(MessageNo(number)) else { break };
            if loss.touches(kept.range()) {
                found.miss(kept.number());
            } else {
                found.search(kept, self.source.message(kept.range()), &self.scanner, scratch);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stretch_is_taken_once_what_is_seen_first() {
        let source = Source::sample();
        let mut corpus = Corpus::default();
        super::super::index(&source, |grown| {
            corpus = grown.corpus;
            std::ops::ControlFlow::Continue(())
        });
        assert_eq!(corpus.len(), 291);
        let mut plan = Plan { corpus, first: vec![9, 2, 3], ..Plan::default() };
        let mut taken = Vec::new();
        taken.extend(std::iter::from_fn(|| plan.take()).map(|(_, stretch)| stretch));
        assert_eq!(taken, [3, 2, 0, 1]);
        plan.is_complete = true;
        plan.first = vec![2, 4];
        assert_eq!(plan.take().map(|(_, stretch)| stretch), Some(4));
        assert!(plan.take().is_none());
    }
}
