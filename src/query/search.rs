//! A query made ready, and what a message answers.
//!
//! A message is asked with as much of it as is at hand: its haystack and envelope, the facts that the
//! caller knows, its structure, its texts. What cannot be said yet is not guessed: the answer is then
//! [`Verdict::Open`], and the message is asked again with more. So the cheap terms run over every message,
//! and only those that they leave open are read.

use super::Asks;
use super::Expr;
use super::Fact;
use super::Pattern;
use super::Query;
use super::Term;
use super::TextField;
use super::days::DayRange;
use super::fuzzy::Block;
use super::fuzzy::Class;
use super::fuzzy::Needle;
use super::fuzzy::Row;
use super::literal::Matcher;
use super::size::SizeRange;
use crate::corpus::Corpus;
use crate::corpus::IdHash;
use crate::corpus::IdKey;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Attachment;
use crate::mail::Field;
use crate::mail::Message;
use crate::mail::Role;
use crate::mail::Text;
use std::sync::Arc;

/// A query, ready to be asking. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Search {
    root: Arc<Node>,
}

/// What the caller knows about messages beyond what stands in them.
pub trait Facts {
    /// Returns whether a fact holds of a message; nothing where that is not known yet.
    fn holds(&self, fact: &Fact, message: MessageNo) -> Option<bool>;
}

/// Knows nothing: for queries without facts (see [`Query::knowing`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFacts;

/// As much of a message as was read for a query.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    fields: &'a [Field],
    attachments: &'a [Attachment],
    texts: Option<&'a [Text]>,
}

/// What a message answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It matches, this well.
    Yes(Class),
    /// It does not match.
    No,
    /// More of it must be seen.
    Open,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

#[derive(Clone, Debug)]
pub(super) enum Leaf {
    Fuzzy(Box<Needle>),
    Text(TextField, Matcher),
    Id(IdHash),
    Days(DayRange),
    Size(SizeRange),
    HasAttachment,
    Fact(Fact),
}

/// All that is at hand of messages besides their rows.
pub(super) struct Asking<'a> {
    corpus: &'a Corpus,
    facts: &'a dyn Facts,
    contents: Option<Contents<'a>>,
    /// Memory to fold into.
    folded: Vec<u8>,
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
        contents: Option<Contents<'_>>,
    ) -> Verdict {
        let Some(row) = block.row(message) else { return Verdict::No };
        self.root.ask(&mut Asking { corpus, facts, contents, folded: Vec::new() }, row)
    }

    /// Returns the fuzzy word that is all of the query.
    pub(super) fn only_needle(&self) -> Option<&Needle> {
        if let Node::Leaf(Leaf::Fuzzy(needle)) = &*self.root { Some(needle) } else { None }
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

impl Facts for NoFacts {
    fn holds(&self, _: &Fact, _: MessageNo) -> Option<bool> {
        None
    }
}

impl<'a> Contents<'a> {
    /// Takes all of a message.
    pub fn of(message: &'a Message) -> Self {
        Self { texts: Some(&message.texts), ..Self::structure(&message.fields, &message.attachments) }
    }

    /// Takes a message's structure alone; its texts stay open.
    pub fn structure(fields: &'a [Field], attachments: &'a [Attachment]) -> Self {
        Self { fields, attachments, texts: None }
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

    fn ask(&self, asking: &mut Asking<'_>, row: Row<'_>) -> Verdict {
        match self {
            Self::Leaf(leaf) => leaf.ask(asking, row),
            Self::Not(part) => match part.ask(asking, row) {
                Verdict::Yes(_) => Verdict::No,
                Verdict::No => Verdict::Yes(Class::Whole),
                Verdict::Open => Verdict::Open,
            },
            Self::All(parts) => {
                let mut worst = Verdict::Yes(Class::Whole);
                for part in parts {
                    match (worst, part.ask(asking, row)) {
                        (_, Verdict::No) => return Verdict::No,
                        (Verdict::Yes(one), Verdict::Yes(other)) => worst = Verdict::Yes(one.max(other)),
                        _ => worst = Verdict::Open,
                    }
                }
                worst
            }
            Self::Any(parts) => {
                let mut best = Verdict::No;
                for part in parts {
                    best = match (best, part.ask(asking, row)) {
                        (Verdict::Yes(one), Verdict::Yes(other)) => Verdict::Yes(one.min(other)),
                        (Verdict::Yes(class), _) | (_, Verdict::Yes(class)) => Verdict::Yes(class),
                        (Verdict::No, Verdict::No) => Verdict::No,
                        _ => Verdict::Open,
                    };
                    if best == Verdict::Yes(Class::Whole) {
                        break;
                    }
                }
                best
            }
        }
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

impl Leaf {
    fn of(asks: &Asks, ids: IdKey) -> Self {
        match asks {
            Asks::Fuzzy(word) => Self::Fuzzy(Box::new(Needle::new(word))),
            Asks::Text(place, pattern) => Self::Text(*place, Matcher::new(pattern)),
            Asks::Id(id) => Self::Id(ids.hash(id.as_bytes())),
            Asks::Days(days) => Self::Days(*days),
            Asks::Size(size) => Self::Size(*size),
            Asks::HasAttachment => Self::HasAttachment,
            Asks::Fact(fact) => Self::Fact(fact.clone()),
        }
    }

    fn cost(&self) -> u8 {
        match self {
            Self::Fuzzy(_) | Self::Text(TextField::Summary, Matcher::Literal(_)) => 0,
            Self::Id(_) | Self::Days(_) | Self::Size(_) => 1,
            Self::Fact(_) => 2,
            Self::Text(TextField::File | TextField::List, _) | Self::HasAttachment => 5,
            Self::Text(TextField::Body, _) => 6,
            Self::Text(_, Matcher::Literal(_)) => 3,
            Self::Text(_, Matcher::Regex(_)) => 4,
        }
    }

    fn ask(&self, asking: &mut Asking<'_>, row: Row<'_>) -> Verdict {
        let holds = match self {
            Self::Fuzzy(needle) => return needle.class_in(row).map_or(Verdict::No, Verdict::Yes),
            Self::Text(place, matcher) => asking.has_text(row, *place, matcher),
            Self::Id(id) => Some(asking.kept(row).is_some_and(|kept| kept.id() == Some(*id))),
            Self::Days(days) => {
                Some(asking.kept(row).and_then(Kept::date).is_some_and(|date| days.holds(date)))
            }
            Self::Size(size) => Some(asking.kept(row).is_some_and(|kept| size.holds(kept.range().len()))),
            Self::HasAttachment => asking.contents.map(|contents| !contents.attachments.is_empty()),
            Self::Fact(fact) => asking.facts.holds(fact, row.number),
        };
        match holds {
            Some(true) => Verdict::Yes(Class::Whole),
            Some(false) => Verdict::No,
            None => Verdict::Open,
        }
    }
}

impl<'a> Asking<'a> {
    pub(super) fn new(corpus: &'a Corpus, facts: &'a dyn Facts) -> Self {
        Self { corpus, facts, contents: None, folded: Vec::new() }
    }

    /// Asks with what stands in haystack and envelope alone.
    pub(super) fn ask(&mut self, search: &Search, row: Row<'_>) -> Verdict {
        search.root.ask(self, row)
    }

    fn kept(&self, row: Row<'_>) -> Option<Kept<'a>> {
        self.corpus.get(row.number)
    }

    /// Returns whether the text stands in a place; nothing where the place was not read.
    fn has_text(&mut self, row: Row<'_>, place: TextField, matcher: &Matcher) -> Option<bool> {
        let contents = match place {
            TextField::Summary
            | TextField::From
            | TextField::To
            | TextField::Cc
            | TextField::With
            | TextField::Subject => {
                return Some(may_be_in(row, matcher) && self.is_in_envelope(row, place, matcher));
            }
            TextField::Body | TextField::File | TextField::List => self.contents?,
        };
        let folded = &mut self.folded;
        Some(match place {
            TextField::Body => contents.texts?.iter().any(|text| matcher.is_in(&text.text, folded)),
            TextField::File => {
                let names =
                    contents.attachments.iter().filter_map(|attachment| attachment.filename.as_deref());
                names.into_iter().any(|name| matcher.is_in(name, folded))
            }
            _ => contents
                .fields
                .iter()
                .any(|field| is_list_field(&field.name) && matcher.is_in(&field.value, folded)),
        })
    }

    fn is_in_envelope(&mut self, row: Row<'_>, place: TextField, matcher: &Matcher) -> bool {
        let is_regex = matches!(matcher, Matcher::Regex(_));
        if place == TextField::Summary && !is_regex {
            return true;
        }
        let Some(kept) = self.kept(row) else { return false };
        let folded = &mut self.folded;
        if matches!(place, TextField::Subject | TextField::Summary) && matcher.is_in(kept.subject(), folded) {
            return true;
        }
        let people = kept.people().filter(|(role, _)| is_role(place, *role));
        people
            .flat_map(|(_, Person { name, address })| [name, address])
            .any(|text| matcher.is_in(text, folded))
    }
}

/// Refuses quickly: what stands in a part of the haystack stands in the haystack.
fn may_be_in(row: Row<'_>, matcher: &Matcher) -> bool {
    match matcher {
        Matcher::Regex(_) => true,
        Matcher::Literal(literal) => row.mask & literal.mask() == literal.mask() && literal.is_in(row.text),
    }
}

fn is_role(place: TextField, role: Role) -> bool {
    match place {
        TextField::From => role == Role::From,
        TextField::To => role == Role::To,
        TextField::Cc => role == Role::Cc,
        TextField::With | TextField::Summary => true,
        _ => false,
    }
}

/// The fields that name a mailing list: RFC 2919 §3, RFC 2369 §3.4, and what lists wrote before them.
fn is_list_field(name: &str) -> bool {
    let known = ["List-Id", "List-Post", "Mailing-List", "X-Mailing-List"];
    known.iter().any(|list| name.trim().eq_ignore_ascii_case(list))
}
