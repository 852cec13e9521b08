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
use super::fuzzy::Scratch;
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
    /// The query was this fuzzy word alone, folded.
    word: Option<Arc<str>>,
    verdicts: Vec<Verdict>,
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

/// How many passes are remembered: the letters of a word, typed and taken back.
const MAX_PASSES: usize = 8;

impl Answer {
    /// Returns how many messages match.
    pub fn count(&self) -> usize {
        self.verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Yes(_))).count()
    }

    /// Returns the messages that must be read before it is known whether they match.
    pub fn open(&self) -> impl Iterator<Item = MessageNo> {
        self.iter().filter(|(_, verdict)| *verdict == Verdict::Open).map(|(number, _)| number)
    }

    /// Notes what a message answered after more of it was seen.
    pub fn settle(&mut self, message: MessageNo, verdict: Verdict) {
        let place =
            message.0.checked_sub(self.first.0).and_then(|place| self.verdicts.get_mut(place as usize));
        if let Some(place) = place {
            *place = verdict;
        }
    }

    /// Returns every message of the block with what it answered, in mailbox order.
    pub fn iter(&self) -> impl Iterator<Item = (MessageNo, Verdict)> {
        (self.first.0..).map(MessageNo).zip(self.verdicts.iter().copied())
    }

    /// Returns the number of the block's first message.
    pub(super) fn first(&self) -> MessageNo {
        self.first
    }

    /// Returns what each message of the block answers.
    pub(super) fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Returns how many messages match or may match.
    fn reach(&self) -> usize {
        self.verdicts.iter().filter(|verdict| **verdict != Verdict::No).count()
    }
}

impl Search {
    /// Asks every message of a block, or only those that a wider query found there.
    pub fn over(&self, block: &Block, corpus: &Corpus, facts: &dyn Facts, within: Option<&Answer>) -> Answer {
        let first = block.numbers().start;
        let word = self.only_needle().map(|needle| Arc::from(needle.folded()));
        let mut asking = Asking::new(corpus, facts, None);
        let verdicts = match within {
            None => block.rows().map(|row| self.ask_row(&mut asking, row)).collect(),
            Some(wider) => {
                let grown = self.grown_from(wider);
                let rows = block.rows().zip(&wider.verdicts);
                let verdicts = rows.map(|(row, before)| match (before, grown) {
                    (Verdict::No, _) => Verdict::No,
                    (Verdict::Yes(Class::Looser), Some(needle)) => needle.verdict_if_loose(row),
                    _ => self.ask_row(&mut asking, row),
                });
                verdicts.collect()
            }
        };
        Answer { first, word, verdicts }
    }

    /// Returns the needle where all that happened is that letters were typed behind it. A row that held its
    /// beginning loosely then cannot hold it in any better way.
    fn grown_from(&self, wider: &Answer) -> Option<&Needle> {
        let before = wider.word.as_deref()?;
        self.only_needle().filter(|needle| needle.folded().starts_with(before))
    }

    /// Scores the loose matches of a block: the sum over the fuzzy words.
    pub fn scores(&self, block: &Block, answer: &Answer) -> Scores {
        let needles = self.needles();
        let mut scratch = Scratch::default();
        let loose = block
            .rows()
            .zip(&answer.verdicts)
            .filter(|(_, verdict)| **verdict == Verdict::Yes(Class::Looser));
        let score = |row| needles.iter().map(|needle| needle.score_in(row, &mut scratch)).sum();
        loose.map(|(row, _)| row).scan(score, |score, row| Some((row.number, score(row)))).collect()
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

    /// Returns the pass of this very query.
    pub fn same(&self, query: &Query) -> Option<&Pass> {
        self.passes.iter().find(|pass| pass.query == *query)
    }

    /// Returns the pass with the fewest matches among those that found all that this query can find.
    pub fn wider(&self, query: &Query) -> Option<&Pass> {
        let wider = self.passes.iter().rev().filter(|pass| query.narrows(&pass.query));
        wider.min_by_key(|pass| pass.answers.iter().map(|answer| answer.reach()).sum::<usize>())
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
    let Asks::Fuzzy(wider) = &other.asks else { return false };
    match &part.asks {
        Asks::Fuzzy(word)
        | Asks::Text(TextField::Summary, Pattern::Letters(word) | Pattern::Phrase(word)) => {
            Needle::new(word).implies(&Needle::new(wider))
        }
        _ => false,
    }
}
