//! One term asked of one message, with as much of the message as is at hand.

use super::Asks;
use super::Fact;
use super::TextField;
use super::days::DayRange;
use super::fuzzy::Block;
use super::fuzzy::Entry;
use super::fuzzy::Needle;
use super::fuzzy::Row;
use super::literal::Matcher;
use super::remembered::Remembered;
use super::search::Verdict;
use super::size::SizeRange;
use crate::corpus::Corpus;
use crate::corpus::IdHash;
use crate::corpus::IdKey;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Looker;
use crate::mail::Outline;
use crate::mail::values_of_fields;
use std::cell::OnceCell;

/// What the caller knows about messages beyond what stands in them.
pub trait Facts {
    /// Returns whether a fact holds of a message; nothing where that is not known yet.
    fn holds(&self, fact: &Fact, message: MessageNo) -> Option<bool>;
}

/// Knows nothing: for queries without facts (see `Query::knowing`).
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFacts;

/// A message that can be read, as far as a query must see it: its parts are found when one is first asked
/// for, and of its texts only those are decoded that come before the first hit.
#[derive(Clone, Debug)]
pub struct Contents<'a> {
    message: &'a [u8],
    outline: OnceCell<Outline<'a>>,
}

/// One thing asked, made ready.
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
pub(super) struct Asking<'a, 'm> {
    corpus: &'a Corpus,
    facts: &'a dyn Facts,
    contents: Option<&'a Contents<'m>>,
    /// Memory to fold into.
    folded: Vec<u8>,
    haystack: Vec<u8>,
    /// Where many messages are asked: what was found out for those before.
    remembered: Option<Remembered>,
}

impl Facts for NoFacts {
    fn holds(&self, _: &Fact, _: MessageNo) -> Option<bool> {
        None
    }
}

impl<'a> Contents<'a> {
    /// Takes a message, as for `mail::read_message`; nothing of it is read yet.
    pub fn of(message: &'a [u8]) -> Self {
        Self { message, outline: OnceCell::new() }
    }

    fn outline(&self) -> &Outline<'a> {
        self.outline.get_or_init(|| Outline::of(self.message))
    }
}

impl Leaf {
    pub(super) fn of(asks: &Asks, ids: IdKey) -> Self {
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

    /// Says which of several terms to ask first: the lesser one.
    pub(super) fn cost(&self) -> u8 {
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

    /// Asks a message.
    pub(super) fn ask(&self, asking: &mut Asking<'_, '_>, row: Row<'_>) -> Verdict {
        let holds = match self {
            Self::Fuzzy(needle) => {
                let class = needle.class_in(asking.haystack(row), row.mask);
                return class.map_or(Verdict::No, Verdict::Yes);
            }
            Self::Text(place, matcher) => asking.has_text(row, *place, matcher),
            Self::Id(id) => Some(asking.kept(row).is_some_and(|kept| kept.id() == Some(*id))),
            Self::Days(days) => {
                Some(asking.kept(row).and_then(Kept::date).is_some_and(|date| days.holds(date)))
            }
            Self::Size(size) => Some(asking.kept(row).is_some_and(|kept| size.holds(kept.range().len()))),
            Self::HasAttachment => asking.contents.map(|contents| contents.outline().has_attachments()),
            Self::Fact(fact) => asking.facts.holds(fact, row.number),
        };
        match holds {
            Some(holds) => Verdict::of(holds),
            None => Verdict::Open,
        }
    }
}

impl Leaf {
    /// Asks all rows of a block but those that `within` refuses; what is answered of these says nothing.
    pub(super) fn ask_rows(
        &self,
        asking: &mut Asking<'_, '_>,
        block: &Block,
        within: &[Verdict],
    ) -> Vec<Verdict> {
        let rows = block.rows().zip(within).map(|(row, before)| (row, *before != Verdict::No));
        match self {
            Self::Fuzzy(needle) => needle.over(block, within),
            Self::Text(field, Matcher::Literal(literal))
                if field.is_of_envelope() && literal.stays_in_entries() =>
            {
                let holding = literal.entries_of(block);
                let holds =
                    |entry: Entry| field.looks_at(entry.role()) && holding.get(entry.place()) == Some(&true);
                let ask = |row: Row<'_>| literal.may_be_among(row.mask) && row.entries().any(holds);
                rows.map(|(row, is_asked)| Verdict::of(is_asked && ask(row))).collect()
            }
            _ => rows
                .map(|(row, is_asked)| if is_asked { self.ask(asking, row) } else { Verdict::No })
                .collect(),
        }
    }
}

/// Looks for a text in the texts of a message.
struct InTexts<'a> {
    matcher: &'a Matcher,
    folded: &'a mut Vec<u8>,
}

impl Looker for InTexts<'_> {
    fn may_be_in_html(&mut self, markup: &str) -> bool {
        self.matcher.may_be_in_html(markup)
    }

    fn is_in(&mut self, text: &str) -> bool {
        self.matcher.is_in(text, self.folded)
    }
}

impl<'a, 'm> Asking<'a, 'm> {
    /// Asks with what stands in haystack and envelope, and with these contents where they were read.
    pub(super) fn new(corpus: &'a Corpus, facts: &'a dyn Facts, contents: Option<&'a Contents<'m>>) -> Self {
        Self { corpus, facts, contents, folded: Vec::new(), haystack: Vec::new(), remembered: None }
    }

    /// Asks many messages with what stands in haystack and envelope.
    pub(super) fn many(corpus: &'a Corpus, facts: &'a dyn Facts) -> Self {
        Self { remembered: Some(Remembered::new()), ..Self::new(corpus, facts, None) }
    }

    fn kept(&self, row: Row<'_>) -> Option<Kept<'a>> {
        self.corpus.get(row.number)
    }

    fn haystack(&mut self, row: Row<'_>) -> &[u8] {
        row.text_into(&mut self.haystack);
        &self.haystack
    }

    /// Refuses quickly: what stands in a part of the haystack stands in the haystack.
    fn may_be_in(&mut self, row: Row<'_>, matcher: &Matcher) -> bool {
        match matcher {
            Matcher::Regex(_) => true,
            Matcher::Literal(literal) => literal.may_be_among(row.mask) && literal.is_in(self.haystack(row)),
        }
    }

    /// Returns whether the text stands in a place; nothing where the place was not read.
    fn has_text(&mut self, row: Row<'_>, place: TextField, matcher: &Matcher) -> Option<bool> {
        if place.is_of_envelope() {
            return Some(self.may_be_in(row, matcher) && self.is_in_envelope(row, place, matcher));
        }
        let contents = self.contents?;
        let folded = &mut self.folded;
        Some(match place {
            TextField::Body => contents.outline().any_text(&mut InTexts { matcher, folded }),
            TextField::File => {
                contents.outline().file_names().into_iter().any(|name| matcher.is_in(name, folded))
            }
            _ => values_of_fields(contents.message, is_list_field).any(|value| matcher.is_in(&value, folded)),
        })
    }

    fn is_in_envelope(&mut self, row: Row<'_>, place: TextField, matcher: &Matcher) -> bool {
        let is_regex = matches!(matcher, Matcher::Regex(_));
        if place == TextField::Summary && !is_regex {
            return true;
        }
        let Some(kept) = self.kept(row) else { return false };
        if place.looks_at(None) && self.is_in_kept(kept.subject(), matcher) {
            return true;
        }
        let mut people = kept.people().filter(|(role, _)| place.looks_at(Some(*role)));
        people.any(|(_, Person { name, address })| {
            self.is_in_kept(name, matcher) || self.is_in_kept(address, matcher)
        })
    }

    /// Looks into a text that the corpus keeps.
    fn is_in_kept(&mut self, text: &'a str, matcher: &Matcher) -> bool {
        let Self { folded, remembered, .. } = self;
        match remembered {
            Some(remembered) => remembered.or_look(text, matcher, || matcher.is_in(text, folded)),
            None => matcher.is_in(text, folded),
        }
    }
}

/// The fields that name a mailing list: RFC 2919 §3, RFC 2369 §3.4, and what lists wrote before them.
fn is_list_field(name: &[u8]) -> bool {
    let known = ["List-Id", "List-Post", "Mailing-List", "X-Mailing-List"];
    known.iter().any(|list| name.eq_ignore_ascii_case(list.as_bytes()))
}
