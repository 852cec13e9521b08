//! A query made ready, and what a message answers.
//!
//! A message is asked with as much of it as is at hand: its haystack and envelope, the facts that the
//! caller knows, its structure, its texts. What cannot be said yet is not guessed: the answer is then
//! [`Verdict::Open`], and the message is asked again with more. So the cheap terms run over every message,
//! and only those that they leave open are read.

use super::Asks;
use super::Expr;
use super::Pattern;
use super::Query;
use super::Term;
use super::TextField;
use super::fuzzy::Block;
use super::fuzzy::Class;
use super::fuzzy::Needle;
use super::fuzzy::Row;
use super::leaf::Asking;
use super::leaf::Contents;
use super::leaf::Facts;
use super::leaf::Leaf;
use super::literal::Matcher;
use crate::corpus::Corpus;
use crate::corpus::IdKey;
use crate::corpus::MessageNo;
use std::sync::Arc;

/// A query, ready to be asked. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Search {
    root: Arc<Node>,
}

/// What a message answers: the lesser, the better it matches or may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It matches, this well.
    Yes(Class),
    /// More of it must be seen.
    Open,
    /// It does not match.
    No,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

impl Search {
    /// Makes a query ready for a corpus whose ids are hashed under this key.
    pub fn new(query: &Query, ids: IdKey) -> Self {
        Self { root: Arc::new(Node::of(query.root(), ids)) }
    }

    /// Asks a message of a block. A message that the block does not hold matches nothing.
    pub fn ask(
        &self,
        block: &Block,
        corpus: &Corpus,
        facts: &dyn Facts,
        message: MessageNo,
        contents: Option<&Contents<'_>>,
    ) -> Verdict {
        let Some(row) = block.row(message) else { return Verdict::No };
        self.root.ask(&mut Asking::new(corpus, facts, contents), row)
    }

    /// Returns whether it is the same one, cloned.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.root, &other.root)
    }

    /// Returns whether every message that matches does so by a `body:` term.
    pub fn is_of_texts(&self) -> bool {
        self.root.is_of_texts()
    }

    /// Returns the parts of which all must hold.
    pub(super) fn parts(&self) -> &[Node] {
        if let Node::All(parts) = &*self.root { parts } else { std::slice::from_ref(&self.root) }
    }

    /// Returns every fuzzy word that a message must or may hold, `-word` left out.
    pub(super) fn needles(&self) -> Vec<&Needle> {
        let mut leaves = Vec::new();
        self.root.wanted(&mut leaves);
        leaves
            .into_iter()
            .filter_map(|leaf| if let Leaf::Fuzzy(needle) = leaf { Some(&**needle) } else { None })
            .collect()
    }

    /// Returns every text that is looked for with the place it is looked for in, `-x` left out.
    pub(super) fn matchers(&self) -> Vec<(TextField, &Matcher)> {
        let mut leaves = Vec::new();
        self.root.wanted(&mut leaves);
        let of_text =
            |leaf| if let &Leaf::Text(place, ref matcher) = leaf { Some((place, matcher)) } else { None };
        leaves.into_iter().filter_map(of_text).collect()
    }
}

impl Verdict {
    /// As well as can be.
    pub(super) const ALL: Self = Self::Yes(Class::Whole);

    /// Answers a question that only yes or no answer.
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::ALL } else { Self::No }
    }

    /// Returns how well a message matches, if it is known that it does.
    pub fn class(self) -> Option<Class> {
        if let Self::Yes(class) = self { Some(class) } else { None }
    }

    fn not(self) -> Self {
        match self {
            Self::Yes(_) => Self::No,
            Self::No => Self::ALL,
            Self::Open => Self::Open,
        }
    }

    /// Returns that all messages match but those that are refused.
    pub(super) fn all_but_refused(within: &[Self]) -> Vec<Self> {
        within.iter().map(|before| Self::of(*before != Self::No)).collect()
    }

    /// Puts the answers of each of several messages together.
    pub(super) fn each(mut all: Vec<Self>, others: &[Self], with: impl Fn(Self, Self) -> Self) -> Vec<Self> {
        all.iter_mut().zip(others).for_each(|(one, other)| *one = with(*one, *other));
        all
    }

    /// As well as the worse of the two.
    pub(super) fn and(self, other: Self) -> Self {
        self.max(other)
    }

    /// As well as the better of the two.
    fn or(self, other: Self) -> Self {
        self.min(other)
    }
}

impl Node {
    fn of(expr: &Expr, ids: IdKey) -> Self {
        match expr {
            Expr::All(parts) => Self::All(Self::cheapest_first(parts, ids)),
            Expr::Any(parts) => Self::Any(Self::cheapest_first(parts, ids)),
            Expr::Not(part) => Self::Not(Box::new(Self::of(&with_exact_words(part), ids))),
            Expr::Term(term) => Self::Leaf(Leaf::of(&term.asks, ids)),
        }
    }

    fn cheapest_first(parts: &[Expr], ids: IdKey) -> Vec<Self> {
        let mut parts: Vec<Self> = parts.iter().map(|part| Self::of(part, ids)).collect();
        parts.sort_by_key(Self::cost);
        parts
    }

    /// Says which of several parts to ask first: the lesser one.
    fn cost(&self) -> u8 {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).max().unwrap_or_default(),
            Self::Not(part) => part.cost(),
            Self::Leaf(leaf) => leaf.cost(),
        }
    }

    fn ask(&self, asking: &mut Asking<'_, '_>, row: Row<'_>) -> Verdict {
        match self {
            Self::Leaf(leaf) => leaf.ask(asking, row),
            Self::Not(part) => part.ask(asking, row).not(),
            Self::All(parts) => parts.iter().fold(Verdict::ALL, |so_far, part| match so_far {
                Verdict::No => Verdict::No,
                _ => so_far.and(part.ask(asking, row)),
            }),
            Self::Any(parts) => parts.iter().fold(Verdict::No, |so_far, part| match so_far {
                Verdict::ALL => so_far,
                _ => so_far.or(part.ask(asking, row)),
            }),
        }
    }

    fn is_of_texts(&self) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(Self::is_of_texts),
            Self::Any(parts) => !parts.is_empty() && parts.iter().all(Self::is_of_texts),
            Self::Not(_) => false,
            Self::Leaf(leaf) => matches!(leaf, Leaf::Text(TextField::Body, _)),
        }
    }

    /// Asks all rows of a block but those that `within` refuses, each term of all rows before the next; what is
    /// answered of a row that is refused says nothing.
    pub(super) fn ask_rows(
        &self,
        asking: &mut Asking<'_, '_>,
        block: &Block,
        within: &[Verdict],
    ) -> Vec<Verdict> {
        match self {
            Self::Leaf(leaf) => leaf.ask_rows(asking, block, within),
            Self::Not(part) => part.ask_rows(asking, block, within).into_iter().map(Verdict::not).collect(),
            Self::All(parts) => parts.iter().fold(Verdict::all_but_refused(within), |all, part| {
                let more = part.ask_rows(asking, block, &all);
                Verdict::each(all, &more, Verdict::and)
            }),
            Self::Any(parts) => parts.iter().fold(vec![Verdict::No; block.len()], |any, part| {
                Verdict::each(any, &part.ask_rows(asking, block, within), Verdict::or)
            }),
        }
    }

    /// Returns the fuzzy word that is all of it.
    pub(super) fn needle(&self) -> Option<&Needle> {
        if let Self::Leaf(Leaf::Fuzzy(needle)) = self { Some(needle) } else { None }
    }

    /// Collects the leaves that are looked for, and not those that must be absent.
    fn wanted<'a>(&'a self, leaves: &mut Vec<&'a Leaf>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.wanted(leaves)),
            Self::Not(_) => {}
            Self::Leaf(leaf) => leaves.push(leaf),
        }
    }
}

/// Returns what must not match with its fuzzy words exact, as fzf has it: scattered letters stand nearly
/// everywhere, and a `-word` must not take away what does not say the word.
fn with_exact_words(expr: &Expr) -> Expr {
    let of_parts = |parts: &[Expr]| parts.iter().map(with_exact_words).collect();
    match expr {
        Expr::All(parts) => Expr::All(of_parts(parts)),
        Expr::Any(parts) => Expr::Any(of_parts(parts)),
        Expr::Not(part) => Expr::Not(Box::new(with_exact_words(part))),
        Expr::Term(Term { asks: Asks::Fuzzy(word), at }) => {
            let asks = Asks::Text(TextField::Summary, Pattern::Letters(word.clone()));
            Expr::Term(Term { asks, at: at.clone() })
        }
        Expr::Term(term) => Expr::Term(term.clone()),
    }
}
