//! What a person looks for: the query, how a message answers it, and in which order the answers stand.
//!
//! [`Query`] is what was typed, understood. [`Search`] is the query made ready to be asked of messages:
//! of a [`Block`] of haystacks at a time, so that a caller may stop between two blocks, and with only as
//! much of each message as the query needs ([`Depth`]). The answers of the blocks become a [`Ranking`].
//!
//! Not here: when to run, on how many cores, and when to stop (`runtime`); reading a message (`mail`).

mod answer;
mod complete;
mod days;
mod edges;
mod expr;
mod field;
mod fuzzy;
mod glance;
mod leaf;
mod literal;
mod marks;
mod parser;
mod query_error;
mod ranking;
mod remembered;
mod search;
mod shown;
mod size;
mod snippet;

pub use answer::Answer;
pub use answer::History;
pub use answer::Pass;
pub use answer::Scores;
pub use complete::Completion;
pub use complete::CompletionKind;
pub use complete::complete;
pub use complete::field_names;
pub use days::DayRange;
pub use expr::Asks;
pub use expr::Expr;
pub use expr::Fact;
pub use expr::Pattern;
pub use expr::Term;
pub use field::Field;
pub use field::TextField;
pub use field::values;
pub use fuzzy::BLOCK_MESSAGES;
pub use fuzzy::Block;
pub use fuzzy::Class;
pub use fuzzy::blocks;
pub use leaf::Contents;
pub use leaf::Facts;
pub use leaf::NoFacts;
pub use marks::Mark;
pub use marks::Piece;
pub use query_error::QueryError;
pub use query_error::Wrong;
pub use ranking::Ranking;
pub use search::Search;
pub use search::Verdict;
pub use size::SizeRange;
pub use snippet::Snippet;
pub use snippet::snippet;

use std::fmt;

/// A query that was understood. `Display` prints it back in its canonical form.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    root: Expr,
}

/// How much of a message a query must see. Each holds the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What the corpus keeps of its envelope.
    #[default]
    Envelope,
    /// Its header fields and its parts, without their text.
    Structure,
    /// Every text in it.
    Text,
}

impl Query {
    /// Reads a line. An empty one is answered by every message.
    pub fn parse(line: &str) -> Result<Self, QueryError> {
        parser::parse(line).map(|root| Self { root })
    }

    /// Returns what it asks.
    pub fn root(&self) -> &Expr {
        &self.root
    }

    /// Returns whether it asks nothing.
    pub fn is_empty(&self) -> bool {
        self.root.terms().is_empty()
    }

    /// Returns how much of a message it must see in the worst case.
    pub fn depth(&self) -> Depth {
        self.root.terms().into_iter().map(|term| term.asks.depth()).max().unwrap_or_default()
    }

    /// Returns the facts that it asks for, in the order of the line.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        let terms = self.root.terms().into_iter();
        terms.filter_map(|term| if let Asks::Fact(fact) = &term.asks { Some(fact) } else { None })
    }

    /// Returns whether it looks for anything in sender, recipients or subject.
    pub fn needs_haystacks(&self) -> bool {
        self.root.terms().into_iter().any(|term| match &term.asks {
            Asks::Fuzzy(_) => true,
            Asks::Text(place, _) => place.is_of_envelope(),
            _ => false,
        })
    }

    /// Returns it unless it asks for a fact that the caller does not know. `knows` says why not, in words
    /// that a person reads.
    ///
    /// `line` is the line that the query was read from, which the error points into.
    pub fn knowing(
        self,
        line: &str,
        knows: impl Fn(&Fact) -> Result<(), String>,
    ) -> Result<Self, QueryError> {
        for term in self.root.terms() {
            let Asks::Fact(fact) = &term.asks else { continue };
            knows(fact).map_err(|why| QueryError::at(line, term.at.clone(), Wrong::Refused(why)))?;
        }
        Ok(self)
    }
}

impl Asks {
    /// Returns how much of a message it must see.
    pub fn depth(&self) -> Depth {
        match self {
            Self::Text(TextField::Body, _) => Depth::Text,
            Self::Text(TextField::File | TextField::List, _) | Self::HasAttachment => Depth::Structure,
            _ => Depth::Envelope,
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(out)
    }
}

#[cfg(test)]
mod answer_tests;
#[cfg(test)]
mod tests;
