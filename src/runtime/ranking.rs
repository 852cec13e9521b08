//! Answering a query over a whole corpus, on all cores.
//!
//! First the terms that the haystacks and envelopes answer; then, of what these leave open, every message is
//! read, and what is found is published as it comes. Haystacks are made once, for what is new of a corpus;
//! a longer needle asks only those that a shorter one found, and one that was asked before is not asked
//! again. What waits until it has been searched for candidates is left open; asked again, that alone is asked.

use super::asked::Asked;
use super::asked::Ground;
use super::cores::all_of;
use super::cores::on_all_cores;
use super::cores::on_all_cores_in_haste;
use crate::app::Progress;
use crate::app::Snapshot;
use crate::app::list::Narrowing;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::query::Answer;
use crate::query::BLOCK_MESSAGES;
use crate::query::Block;
use crate::query::Class;
use crate::query::History;
use crate::query::Pass;
use crate::query::Query;
use crate::query::Scores;
use crate::query::Search;
use crate::query::Verdict;
use crate::query::blocks;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

/// How many messages are read in one step.
const READ_MESSAGES: usize = 8;

/// How often what was found by reading is published: soon enough to watch, seldom enough to select in.
const PUBLISH_EVERY: Duration = Duration::from_millis(150);

/// More loose matches than this take a while to be put in order: the firm ones are published first, where they
/// are more than a screen holds.
const SCORED_AT_ONCE: usize = 16 * 1024;
const SCREENFUL: usize = 200;

/// Otherwise an answer is published without an order after so long. Rows in none say little, and would all be
/// drawn twice.
const IN_ORDER_WITHIN: Duration = Duration::from_millis(150);

/// In a mailbox of more messages an order is not there in time: the answer is published at once.
const IN_TIME_MESSAGES: usize = 500_000;

/// The haystacks of a corpus, and what was asked of them.
#[derive(Debug, Default)]
pub(super) struct Index {
    blocks: Vec<Arc<Block>>,
    messages: usize,
    history: History,
    growing: Option<Growing>,
    /// What the haystacks are of.
    corpus: Corpus,
}

/// The last answers that waited for the search for candidates. What they say of a message stays true while
/// the mailbox is the same: no message is searched twice.
#[derive(Debug)]
struct Growing {
    pass: Pass,
    messages: usize,
    is_complete: bool,
}

impl Index {
    /// Begins with the haystacks of the first messages that an earlier session made, unless some were made.
    pub(super) fn take_kept(&mut self, blocks: Vec<Block>) {
        if self.blocks.is_empty() {
            self.messages = blocks.last().map_or(0, |last| last.numbers().end.index());
            self.blocks = blocks.into_iter().map(Arc::new).collect();
        }
    }

    /// Makes haystacks of what is new of a corpus; returns whether it came to the end of it.
    pub(super) fn take_in(&mut self, corpus: &Corpus, is_wanted: impl Fn() -> bool + Sync) -> bool {
        self.forget_what_changed(corpus);
        let from = self.messages;
        let steps = corpus.len().saturating_sub(from).div_ceil(BLOCK_MESSAGES);
        let step = |step: usize| {
            let start = from + step * BLOCK_MESSAGES;
            let end = (start + BLOCK_MESSAGES).min(corpus.len());
            (end, blocks(corpus, MessageNo(start as u32)..MessageNo(end as u32)))
        };
        let mut built = vec![None; steps];
        on_all_cores(steps, is_wanted, step, |place, step| built[place] = Some(step));
        // What was built behind a gap is built again.
        for (end, blocks) in built.into_iter().map_while(|step| step) {
            self.blocks.extend(blocks.into_iter().map(Arc::new));
            self.messages = end;
        }
        self.messages >= corpus.len()
    }

    /// Forgets the haystacks of messages that have been read anew, and those of the last block if it is small
    /// and will not be the last: a mailbox that grows message by message shall not have one for each.
    fn forget_what_changed(&mut self, corpus: &Corpus) {
        let same = corpus.same_as(&self.corpus);
        let grows = corpus.len() > self.corpus.len();
        self.corpus = corpus.clone();
        let changed = |block: &Block| block.numbers().end.index() > same;
        let small = |block: &Block| grows && block.len() < BLOCK_MESSAGES / 2;
        if self.blocks.last().is_some_and(|last| changed(last) || small(last)) {
            self.blocks.pop();
            self.messages = self.blocks.last().map_or(0, |last| last.numbers().end.index());
            self.history.forget_from(self.blocks.len());
        }
        if grows || same < corpus.len() {
            self.growing = None;
        }
    }

    /// Answers a query, and publishes what matches whenever there is something new to see, until it is no
    /// longer wanted.
    pub(super) fn answer(
        &mut self,
        query: &Query,
        ground: Ground,
        is_wanted: impl Fn() -> bool + Clone + Send + Sync + 'static,
        mut publish: impl FnMut(Narrowing, Progress, bool),
    ) -> Option<()> {
        if !self.take_in(&ground.snapshot.corpus, &is_wanted) {
            return None;
        }
        let search = Search::new(query, ground.snapshot.corpus.key());
        let asked = Arc::new(Asked::new(search, ground));
        let mut answers = self.ask(query, &asked, &is_wanted)?;
        self.remember(query, &asked, &answers);
        let open = answers
            .iter()
            .enumerate()
            .flat_map(|(block, answer)| answer.open().map(move |message| (block, message)));
        let (waiting, open): (Vec<_>, Vec<_>) = open.partition(|&(_, message)| asked.waits(message));
        let progress = asked.progress(waiting.len(), open.len());
        let until = Instant::now() + IN_ORDER_WITHIN;
        let is_in_time = || is_wanted() && Instant::now() < until;
        let is_order_seen = open.is_empty() && is_order_seen(&answers);
        let in_time = is_order_seen.then(|| self.scored(&asked, &answers, is_in_time)).flatten();
        if in_time.is_none() {
            publish(asked.narrowing(&answers, None, &is_wanted)?, progress, false);
        }
        if !open.is_empty() {
            self.read(&asked, open, progress, &mut answers, &is_wanted, &mut publish);
            self.remember(query, &asked, &answers);
        }
        let narrowing = in_time.map_or_else(|| self.scored(&asked, &answers, &is_wanted), Some)?;
        let progress = Progress { read: progress.to_read - progress.waiting, ..progress };
        publish(narrowing, progress, progress.waiting == 0);
        Some(())
    }

    /// Asks with what haystacks and envelopes say.
    fn ask(
        &self,
        query: &Query,
        asked: &Asked,
        is_wanted: impl Fn() -> bool + Sync,
    ) -> Option<Vec<Arc<Answer>>> {
        let same = self.history.same(query);
        let wider = self.history.wider(query);
        let growing = self.growing.as_ref().filter(|growing| growing.is_of(query, asked));
        let of = |pass: Option<&'_ Pass>, place: usize| pass?.answers.get(place).cloned();
        all_of(self.blocks.len(), is_wanted, |place| {
            let block = &self.blocks[place];
            if let Some(answer) = of(growing.map(|growing| &growing.pass), place) {
                return asked.again(block, answer);
            }
            of(same, place).unwrap_or_else(|| {
                let within = of(wider, place);
                let corpus = &asked.ground.snapshot.corpus;
                Arc::new(asked.search.over(block, corpus, &asked.known(), within.as_deref()))
            })
        })
    }

    /// Reads the messages that are open, and settles what they answer.
    fn read(
        &self,
        asked: &Arc<Asked>,
        open: Vec<(usize, MessageNo)>,
        mut progress: Progress,
        answers: &mut [Arc<Answer>],
        is_wanted: &(impl Fn() -> bool + Clone + Send + 'static),
        publish: &mut impl FnMut(Narrowing, Progress, bool),
    ) {
        let steps = open.len().div_ceil(READ_MESSAGES);
        let (theirs, blocks, open) = (Arc::clone(asked), self.blocks.clone(), Arc::new(open));
        let still_wanted = is_wanted.clone();
        let step = move |step: usize| -> Vec<(usize, MessageNo, Verdict)> {
            let messages = open.chunks(READ_MESSAGES).nth(step).unwrap_or_default();
            let wanted = messages.iter().take_while(|_| still_wanted());
            let read =
                wanted.map(|&(block, message)| theirs.read(&blocks[block], message)).collect::<Vec<_>>();
            let loss = theirs.ground.source.loss();
            let is_there = |message| !theirs.range(message).is_some_and(|range| loss.touches(range));
            let read = messages.iter().zip(read);
            read.map(|(&(block, message), verdict)| {
                (block, message, if is_there(message) { verdict } else { Verdict::No })
            })
            .collect()
        };
        let mut published = Instant::now();
        on_all_cores_in_haste(steps, is_wanted.clone(), step, |_, settled| {
            progress.read += settled.len();
            for (block, message, verdict) in settled {
                Arc::make_mut(&mut answers[block]).settle(message, verdict);
            }
            if published.elapsed() >= PUBLISH_EVERY
                && let Some(narrowing) = asked.narrowing(answers, None, is_wanted)
            {
                publish(narrowing, progress, false);
                published = Instant::now();
            }
        });
    }

    /// Orders all that matches, the loose matches by how well.
    fn scored(
        &self,
        asked: &Asked,
        answers: &[Arc<Answer>],
        is_wanted: impl Fn() -> bool + Sync,
    ) -> Option<Narrowing> {
        let score = |place: usize| asked.search.scores(&self.blocks[place], &answers[place], &is_wanted);
        let scores: Option<Vec<Scores>> = all_of(self.blocks.len(), &is_wanted, score)?.into_iter().collect();
        asked.narrowing(answers, Some(&scores?), &is_wanted)
    }

    fn remember(&mut self, query: &Query, asked: &Asked, answers: &[Arc<Answer>]) {
        let pass = Pass { query: query.clone(), answers: answers.to_vec() };
        if !asked.ground.meant.asks_for_findings() {
            self.history.remember(pass);
            return;
        }
        let Snapshot { corpus, is_complete, .. } = &asked.ground.snapshot;
        self.growing = Some(Growing { pass, messages: corpus.len(), is_complete: *is_complete });
    }
}

impl Growing {
    fn is_of(&self, query: &Query, asked: &Asked) -> bool {
        let Snapshot { corpus, is_complete, .. } = &asked.ground.snapshot;
        self.pass.query == *query && self.messages == corpus.len() && self.is_complete == *is_complete
    }
}

/// Returns whether the order of the loose matches is seen at once, or is soon there.
fn is_order_seen(answers: &[Arc<Answer>]) -> bool {
    let count = |class| answers.iter().map(|answer| answer.count(class)).sum::<usize>();
    let messages: usize = answers.iter().map(|answer| answer.len()).sum();
    let is_in_time = messages <= IN_TIME_MESSAGES;
    count(Class::Looser) <= SCORED_AT_ONCE
        || is_in_time && count(Class::Whole) + count(Class::Near) <= SCREENFUL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::filter::Meant;
    use crate::app::watching::Scanned;
    use crate::app::watching::Watching;
    use crate::mbox;
    use crate::query::Ranking;
    use crate::runtime::indexer;
    use crate::source::Source;
    use crate::watch::Scanner;
    use crate::watch::Scratch;
    use crate::watch::Watchlist;
    use std::ops::ControlFlow;
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;

    fn sample() -> (Arc<Source>, Snapshot) {
        let source = Arc::new(Source::sample());
        let mut last = None;
        indexer::index(&source, |grown| {
            last = Some(grown);
            ControlFlow::Continue(())
        });
        let grown = last.unwrap();
        let snapshot = Snapshot { corpus: grown.corpus, forest: grown.forest, ..Snapshot::default() };
        (source, snapshot)
    }

    fn ground(snapshot: &Snapshot, source: &Arc<Source>) -> Ground {
        let (snapshot, source) = (snapshot.clone(), Arc::clone(source));
        Ground { snapshot, named: None, meant: Arc::default(), source }
    }

    /// Answers to the end; the last answer is complete and the only one that is.
    fn answer(index: &mut Index, line: &str, snapshot: &Snapshot, source: &Arc<Source>) -> Ranking {
        let query = Query::parse(line).unwrap();
        let mut answers = Vec::new();
        let ground = ground(snapshot, source);
        let publish =
            |narrowing: Narrowing, progress, is_complete| answers.push((narrowing, progress, is_complete));
        index.answer(&query, ground, || true, publish).unwrap();
        let (narrowing, progress, is_complete) = answers.pop().unwrap();
        assert!(is_complete && progress.read == progress.to_read, "{line}: {progress:?}");
        assert!(answers.iter().all(|(_, _, is_complete)| !is_complete), "{line}");
        narrowing.ranking().clone()
    }

    #[test]
    fn what_was_asked_before_changes_no_answer() {
        let (source, snapshot) = sample();
        let mut index = Index::default();
        let lines =
            ["m", "ma", "mac", "ma", "macr", "macr body:vote", "body:vote", "thread:7", "-has:attachment"];
        for line in lines {
            let fresh = answer(&mut Index::default(), line, &snapshot, &source);
            assert!(!fresh.numbers().is_empty(), "{line}");
            assert_eq!(answer(&mut index, line, &snapshot, &source), fresh, "{line}");
        }
    }

    /// Searches the first so many messages for candidates.
    fn named(messages: usize, snapshot: &Snapshot, source: &Source) -> Watching {
        let watchlist = Watchlist::built_in();
        let scanner = Scanner::new(&watchlist);
        let mut scanned = Scanned::new(watchlist.candidates().len());
        scanned.begin(MessageNo(0));
        for kept in snapshot.corpus.iter().take(messages) {
            scanned.search(kept, source.message(kept.range()), &scanner, &mut Scratch::default());
        }
        let mut watching = Watching::of(watchlist);
        watching.scanned(&scanned, &snapshot.corpus);
        watching
    }

    #[test]
    fn what_waits_for_the_search_for_candidates_is_answered_when_it_has_gone_on() {
        let (source, snapshot) = sample();
        for line in ["candidate:F -candidate:L", "candidate:macron body:vote", "is:unsearchable OR thread:7"]
        {
            let query = Query::parse(line).unwrap();
            let meant = Arc::new(Meant::of(&query, &Watchlist::built_in()));
            let ask = |index: &mut Index, messages: usize| {
                let watching = named(messages, &snapshot, &source);
                let named = watching.named().cloned();
                let ground = Ground { named, meant: Arc::clone(&meant), ..ground(&snapshot, &source) };
                let mut last = None;
                let publish = |narrowing: Narrowing, progress, is_complete| {
                    last = Some((narrowing.ranking().clone(), progress, is_complete));
                };
                index.answer(&query, ground, || true, publish).unwrap();
                last.unwrap()
            };
            let mut index = Index::default();
            for messages in [0, 100, 200, snapshot.corpus.len()] {
                let (ranking, progress, is_complete) = ask(&mut index, messages);
                assert_eq!(is_complete, progress.waiting == 0, "{line}: {progress:?}");
                assert!(is_complete || progress.waits(), "{line}: {progress:?}");
                assert_eq!(ranking, ask(&mut Index::default(), messages).0, "{line}: {messages}");
            }
            assert!(ask(&mut index, snapshot.corpus.len()).2, "{line}");
        }
    }

    #[test]
    fn a_corpus_that_grew_is_asked_as_one_that_was_there_at_once() {
        let (source, snapshot) = sample();
        let mailbox = source.bytes();
        let slots = mbox::split(mailbox).messages;
        let (early, late) = slots.split_at(slots.len() / 3);
        let segment =
            |slots| Arc::new(crate::corpus::Segment::of_slots(mailbox, slots, snapshot.corpus.key()));
        let first = Corpus::with_key(snapshot.corpus.key()).grown([segment(early)]);
        let whole = Snapshot { corpus: first.grown([segment(late)]), ..snapshot.clone() };
        let first = Snapshot { corpus: first, ..snapshot.clone() };
        for line in ["macron", "body:vote"] {
            let mut index = Index::default();
            let few = answer(&mut index, line, &first, &source);
            let all = answer(&mut index, line, &whole, &source);
            assert!(few.numbers().len() < all.numbers().len(), "{line}");
            assert_eq!(all, answer(&mut Index::default(), line, &snapshot, &source), "{line}");
        }
    }

    #[test]
    fn a_question_that_is_not_wanted_any_more_is_given_up() {
        let (source, snapshot) = sample();
        let query = Query::parse("body:vote").unwrap();
        for patience in 0..24 {
            let mut index = Index::default();
            let asked = Arc::new(AtomicUsize::new(0));
            let is_wanted = move || asked.fetch_add(1, Ordering::Relaxed) < patience;
            let publish = |_, _, is_complete: bool| assert!(!is_complete);
            assert!(index.answer(&query, ground(&snapshot, &source), is_wanted, publish).is_none());
            let fresh = answer(&mut Index::default(), "body:vote", &snapshot, &source);
            assert_eq!(answer(&mut index, "body:vote", &snapshot, &source), fresh, "after {patience}");
        }
    }
}
