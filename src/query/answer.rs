//! What a block of messages answers, and the passes over all of them that are worth remembering.
//!
//! A pass asks one block after another, and may be given up between any two. A longer needle asks only
//! those that a wider query found (`within`), and a needle that was shortened again finds its answer in the
//! [`History`].

use super::Asks;
use super::Expr;
use super::Pattern;
use super::Query;
use super::TextField;
use super::fuzzy::Block;
use super::fuzzy::Class;
use super::fuzzy::Needle;
use super::fuzzy::Scorer;
use super::leaf::Asking;
use super::leaf::Facts;
use super::search::Search;
use super::search::Verdict;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use std::sync::Arc;

/// What each message of one block answers: a byte a message, so that many answers can be remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    first: MessageNo,
    verdicts: Vec<Verdict>,
    words: Vec<Word>,
    /// How many messages match or may match.
    reach: usize,
}

/// A fuzzy word that all messages must hold, and what each of them answers to it alone. Of those that do not
/// match for another reason it says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    folded: String,
    verdicts: Arc<[Verdict]>,
}

/// How well the loose matches of a block match, in mailbox order.
pub type Scores = Vec<(MessageNo, i32)>;

/// The answers of every block to a query.
#[derive(Clone, Debug)]
pub struct Pass {
    /// The query.
    pub query: Query,
    /// One answer a block, in their order.
    pub answers: Vec<Arc<Answer>>,
}

/// The last passes.
#[derive(Clone, Debug, Default)]
pub struct History {
    passes: Vec<Pass>,
}

/// So many loose matches are scored before it is asked again whether anybody wants that: a millisecond.
const SCORED_AT_ONCE: usize = 256;

/// How many passes are remembered: the letters of a word, typed and taken back.
const MAX_PASSES: usize = 8;

impl Answer {
    /// Returns how many messages were asked.
    pub fn len(&self) -> usize {
        self.verdicts.len()
    }

    /// Returns whether none were.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// Returns how many messages match as well as this.
    pub fn count(&self, class: Class) -> usize {
        self.verdicts.iter().filter(|verdict| **verdict == Verdict::Yes(class)).count()
    }

    /// Returns the messages that must be read before it is known whether they match.
    pub fn open(&self) -> impl Iterator<Item = MessageNo> {
        // Mostly there are none, and that is seen at once.
        let verdicts = if self.verdicts.contains(&Verdict::Open) { self.verdicts.as_slice() } else { &[] };
        let open = verdicts.iter().enumerate().filter(|(_, verdict)| **verdict == Verdict::Open);
        open.map(|(place, _)| MessageNo(self.first.0 + place as u32))
    }

    /// Notes what a message answered after more of it was seen.
    pub fn settle(&mut self, message: MessageNo, verdict: Verdict) {
        let place =
            message.0.checked_sub(self.first.0).and_then(|place| self.verdicts.get_mut(place as usize));
        if let Some(place) = place {
            self.reach -= usize::from(*place != Verdict::No);
            self.reach += usize::from(verdict != Verdict::No);
            *place = verdict;
        }
    }

    /// Returns every message of the block with what it answered, in mailbox order.
    pub fn iter(&self) -> impl Iterator<Item = (MessageNo, Verdict)> {
        (self.first.0..).map(MessageNo).zip(self.verdicts.iter().copied())
    }

    /// Returns what each message of the block answers.
    pub(super) fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }
}

impl Word {
    /// Asks the messages that `within` does not refuse, unless they were asked this word before.
    fn over(needle: &Needle, block: &Block, within: &[Verdict], known: &[Self]) -> Self {
        if let Some(same) = known.iter().find(|word| word.folded == needle.folded()) {
            return same.clone();
        }
        Self { folded: needle.folded().to_owned(), verdicts: needle.over(block, within).into() }
    }
}

impl Search {
    /// Asks every message of a block, or only those that a wider query found there.
    pub fn over(&self, block: &Block, corpus: &Corpus, facts: &dyn Facts, within: Option<&Answer>) -> Answer {
        let known = within.map_or(&[][..], |wider| &wider.words);
        let mut verdicts = match within {
            Some(wider) => Verdict::all_but_refused(&wider.verdicts),
            None => vec![Verdict::ALL; block.len()],
        };
        let mut asking = Asking::many(corpus, facts);
        let mut words = Vec::new();
        for part in self.parts() {
            verdicts = if let Some(needle) = part.needle() {
                let word = Word::over(needle, block, &verdicts, known);
                let verdicts = Verdict::each(verdicts, &word.verdicts, Verdict::and);
                words.push(word);
                verdicts
            } else {
                let more = part.ask_rows(&mut asking, block, &verdicts);
                Verdict::each(verdicts, &more, Verdict::and)
            };
        }
        let reach = verdicts.iter().filter(|verdict| **verdict != Verdict::No).count();
        Answer { first: block.numbers().start, verdicts, words, reach }
    }

    /// Scores the loose matches of a block: the sum over the fuzzy words. Nothing when that is not wanted to
    /// the end.
    pub fn scores(&self, block: &Block, answer: &Answer, is_wanted: impl Fn() -> bool) -> Option<Scores> {
        let mut scorers: Vec<Scorer<'_>> =
            self.needles().into_iter().map(|needle| Scorer::new(needle, block)).collect();
        let mut scores = Scores::new();
        let is_loose = |verdict: &Verdict| *verdict == Verdict::Yes(Class::Looser);
        for (row, _) in block.rows().zip(&answer.verdicts).filter(|(_, verdict)| is_loose(verdict)) {
            if scores.len().is_multiple_of(SCORED_AT_ONCE) && !is_wanted() {
                return None;
            }
            let score = scorers.iter_mut().map(|scorer| scorer.score(row)).sum();
            scores.push((row.number, score));
        }
        Some(scores)
    }
}

impl History {
    /// Remembers a pass over all blocks, unless what it found may change while the mailbox does not.
    pub fn remember(&mut self, pass: Pass) {
        if pass.query.facts().next().is_some() {
            return;
        }
        self.passes.retain(|known| known.query != pass.query);
        if self.passes.len() == MAX_PASSES {
            self.passes.remove(0);
        }
        self.passes.push(pass);
    }

    /// Forgets what the blocks from this one on answered: they are made anew.
    pub fn forget_from(&mut self, block: usize) {
        self.passes.iter_mut().for_each(|pass| pass.answers.truncate(block));
    }

    /// Returns the pass of this very query.
    pub fn same(&self, query: &Query) -> Option<&Pass> {
        self.passes.iter().find(|pass| pass.query == *query)
    }

    /// Returns the pass with the fewest matches among those that found all that this query can find.
    pub fn wider(&self, query: &Query) -> Option<&Pass> {
        let wider = self.passes.iter().rev().filter(|pass| query.narrows(&pass.query));
        wider.min_by_key(|pass| pass.answers.iter().map(|answer| answer.reach).sum::<usize>())
    }
}

impl Query {
    /// Returns whether whatever answers this query also answers `wider`, as far as can be seen quickly.
    pub fn narrows(&self, wider: &Self) -> bool {
        let mine = parts(&self.root);
        parts(&wider.root).iter().all(|other| mine.iter().any(|part| part == other || implies(part, other)))
    }
}

fn parts(root: &Expr) -> &[Expr] {
    if let Expr::All(parts) = root { parts } else { std::slice::from_ref(root) }
}

fn implies(part: &Expr, other: &Expr) -> bool {
    let (Expr::Term(part), Expr::Term(other)) = (part, other) else { return false };
    match (&part.asks, &other.asks) {
        (Asks::Fuzzy(word), Asks::Fuzzy(wider)) => Needle::new(word).implies(&Needle::new(wider)),
        (
            Asks::Text(TextField::Summary, Pattern::Letters(word) | Pattern::Phrase(word)),
            Asks::Fuzzy(wider),
        ) => Needle::new(word.trim()).implies(&Needle::new(wider)),
        (
            Asks::Text(place, Pattern::Letters(letters) | Pattern::Phrase(letters)),
            Asks::Text(wider_place, Pattern::Letters(wider)),
        ) => {
            let (letters, wider) = (Needle::new(letters.trim()), Needle::new(wider));
            place == wider_place && !wider.folded().is_empty() && letters.folded().contains(wider.folded())
        }
        _ => false,
    }
}
