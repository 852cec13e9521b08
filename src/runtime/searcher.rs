//! The workers that search every message for the candidates, what a person sees first.
//!
//! Messages are taken in stretches. What a worker has found it tells at once the first time and then
//! in larger pieces, so that badges appear quickly and a slow link is not flooded.
//!
//! Not here: what is found (`app::watching`), and which messages are seen (the state says).

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::Snapshot;
use crate::app::watching::Scanned;
use crate::bytes::ByteRange;
use crate::bytes::Loss;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::source::Source;
use crate::watch::Scanner;
use crate::watch::Scratch;
use std::collections::HashMap;
use std::ops::Range;
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
///
/// The last message may go on while its mailbox grows: it is never taken with others, and again whenever it
/// is another or longer.
#[derive(Debug, Default)]
struct Plan {
    mailbox: Option<Mailbox>,
    /// Stretches to be searched first, the first of them last.
    first: Vec<u32>,
    /// Stretches that were taken before their turn, and the number up to which that was done.
    taken: HashMap<u32, u32>,
    /// The next message in the order of the mailbox.
    next: u32,
    /// The last message, and its range, as it was taken.
    last: Option<(MessageNo, ByteRange)>,
}

/// The messages that can be searched.
#[derive(Clone, Debug)]
struct Mailbox {
    source: Arc<Source>,
    corpus: Corpus,
    /// All of it has been read.
    is_complete: bool,
}

/// Some messages that a worker has taken.
#[derive(Debug)]
struct Piece {
    mailbox: Mailbox,
    numbers: Range<u32>,
    /// The range of the last message, where that is all there is.
    last: Option<ByteRange>,
}

impl Searcher {
    /// Starts the workers; they wait for something to search.
    pub(super) fn start(scanner: &Arc<Scanner>, candidates: usize, say: &Sender<Heard>) -> Self {
        let work = Arc::new(Work::default());
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let worker = Worker {
                work: Arc::clone(&work),
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
    pub(super) fn want(&self, source: &Arc<Source>, snapshot: &Snapshot, first: &[MessageNo]) {
        let mut plan = self.work.lock();
        let Snapshot { corpus, is_complete, .. } = snapshot;
        let (source, corpus) = (Arc::clone(source), corpus.clone());
        plan.mailbox = Some(Mailbox { source, corpus, is_complete: *is_complete });
        plan.first = first.iter().rev().map(|message| message.0 / STRETCH_MESSAGES).collect();
        self.work.has_changed.notify_all();
    }
}

impl Work {
    fn lock(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a stretch; without one, `None` at once.
    fn try_take(&self) -> Option<Piece> {
        self.lock().take()
    }

    /// Takes a stretch, and waits until there is one.
    fn take(&self) -> Piece {
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
    fn take(&mut self) -> Option<Piece> {
        let mailbox = self.mailbox.clone()?;
        let settled = mailbox.corpus.len().saturating_sub(1) as u32;
        while let Some(stretch) = self.first.pop() {
            if stretch == settled / STRETCH_MESSAGES
                && let Some(last) = self.take_last(&mailbox)
            {
                self.first.push(stretch);
                return Some(last);
            }
            let start = stretch.saturating_mul(STRETCH_MESSAGES);
            let end = mailbox.end_of(stretch, settled);
            let is_free = start >= self.next && start < end && !self.taken.contains_key(&stretch);
            if is_free {
                self.taken.insert(stretch, end);
                return Some(Piece { mailbox, numbers: start..end, last: None });
            }
        }
        while let Some(end) = self.taken.remove(&(self.next / STRETCH_MESSAGES)) {
            self.next = self.next.max(end);
        }
        let numbers = self.next..mailbox.end_of(self.next / STRETCH_MESSAGES, settled);
        if numbers.is_empty() {
            return self.take_last(&mailbox);
        }
        self.next = numbers.end;
        Some(Piece { mailbox, numbers, last: None })
    }

    fn take_last(&mut self, mailbox: &Mailbox) -> Option<Piece> {
        let number = MessageNo(mailbox.corpus.len().checked_sub(1)? as u32);
        let range = mailbox.corpus.get(number)?.range();
        if !mailbox.is_complete || self.last == Some((number, range)) {
            return None;
        }
        self.last = Some((number, range));
        Some(Piece { mailbox: mailbox.clone(), numbers: number.0..number.0 + 1, last: Some(range) })
    }
}

impl Mailbox {
    /// Returns the number behind the last message of a stretch that can be searched: all of it, or at the
    /// end of a mailbox that has been read what there is.
    fn end_of(&self, stretch: u32, settled: u32) -> u32 {
        let start = stretch.saturating_mul(STRETCH_MESSAGES);
        let end = start.saturating_add(STRETCH_MESSAGES);
        let is_there = end <= settled || self.is_complete;
        if is_there { end.min(settled) } else { start }
    }
}

impl Piece {
    /// Returns the stretch of the mailbox that its messages take.
    fn range(&self) -> ByteRange {
        let of = |number: u32| self.mailbox.corpus.get(MessageNo(number)).map(|kept| kept.range());
        let (first, last) = (of(self.numbers.start), of(self.numbers.end.saturating_sub(1)));
        let range = |(first, last): (ByteRange, ByteRange)| ByteRange::new(first.start(), last.end());
        first.zip(last).map(range).unwrap_or_default()
    }
}

/// One worker.
struct Worker {
    work: Arc<Work>,
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
            let piece = taken.unwrap_or_else(|| self.work.take());
            let of_piece = self.search(&piece, &mut scratch);
            if of_piece.last.is_none() {
                found.and(of_piece);
            } else if self.say.send(Heard::Msg(Msg::Scanned(Arc::new(of_piece)))).is_err() {
                return;
            }
        }
    }

    /// Searches some messages; once more where some of the mailbox went away meanwhile.
    fn search(&self, piece: &Piece, scratch: &mut Scratch) -> Scanned {
        let source = &piece.mailbox.source;
        let mut loss = source.loss();
        loop {
            let found = self.search_but(&loss, piece, scratch);
            let meanwhile = source.loss();
            if meanwhile == loss {
                source.let_go(piece.range());
                return found;
            }
            loss = meanwhile;
        }
    }

    fn search_but(&self, loss: &Loss, piece: &Piece, scratch: &mut Scratch) -> Scanned {
        let Mailbox { source, corpus, .. } = &piece.mailbox;
        let mut found = Scanned { last: piece.last, ..Scanned::new(self.candidates) };
        found.begin(MessageNo(piece.numbers.start));
        for kept in piece.numbers.clone().map_while(|number| corpus.get(MessageNo(number))) {
            if loss.touches(kept.range()) {
                found.miss(kept.number());
            } else {
                found.search(kept, source.message(kept.range()), &self.scanner, scratch);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::index;
    use std::ops::ControlFlow;

    fn mailbox(bytes: &[u8]) -> Mailbox {
        let source = Arc::new(Source::held("it", bytes.to_vec()));
        let mut corpus = Corpus::default();
        index(&source, |grown| {
            corpus = grown.corpus;
            ControlFlow::Continue(())
        });
        Mailbox { source, corpus, is_complete: true }
    }

    fn all(plan: &mut Plan) -> Vec<Range<u32>> {
        std::iter::from_fn(|| plan.take()).map(|piece| piece.numbers).collect()
    }

    #[test]
    fn each_message_is_taken_once_what_is_seen_first() {
        let whole = mailbox(Source::sample().bytes());
        assert_eq!(whole.corpus.len(), 291);
        let partial = Mailbox { is_complete: false, ..whole.clone() };
        let mut plan = Plan { mailbox: Some(partial), first: vec![9, 2, 3], ..Plan::default() };
        assert_eq!(all(&mut plan), [192..256, 128..192, 0..64, 64..128]);
        plan.mailbox = Some(whole);
        plan.first = vec![2, 4];
        assert_eq!(all(&mut plan), [290..291, 256..290]);
        assert!(plan.take().is_none());
    }

    #[test]
    fn the_last_message_is_taken_again_when_it_is_longer_or_no_longer_the_last() {
        let message = b"From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\nLe Pen\n\n";
        let grown = message.repeat(4);
        let step = |messages: usize, more: usize| mailbox(&grown[..messages * message.len() + more]);
        let mut plan = Plan { mailbox: Some(step(2, 0)), ..Plan::default() };
        assert_eq!(all(&mut plan), [0..1, 1..2]);
        plan.mailbox = Some(step(2, 20));
        assert_eq!(all(&mut plan), std::iter::once(1..2).collect::<Vec<_>>());
        plan.mailbox = Some(step(4, 0));
        assert_eq!(all(&mut plan), [1..3, 3..4]);
    }
}
