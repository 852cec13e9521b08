//! What a query says, as a tree.
//!
//! Two terms are equal when they ask for the same, wherever in the line they stand.

use super::days::DayRange;
use super::field::TextField;
use super::size::SizeRange;
use crate::mail::TextRange;
use regex::Regex;

/// A query or a part of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// All of these hold; none of them is itself an `All`.
    All(Vec<Expr>),
    /// At least one of these holds.
    Any(Vec<Expr>),
    /// This does not hold.
    Not(Box<Expr>),
    /// One thing that is asked.
    Term(Term),
}

/// One thing that is asked, and where in the line.
#[derive(Clone, Debug)]
pub struct Term {
    /// What is asked.
    pub asks: Asks,
    /// Its place in the line as typed, its field included and its `-` left out.
    pub at: TextRange,
}

/// What one term asks of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// A bare word: its letters stand in sender, recipients or subject, in this order.
    Fuzzy(String),
    /// Text in one place of the message.
    Text(TextField, Pattern),
    /// Its Message-ID is this one, without `<>`.
    Id(String),
    /// It was written in these days.
    Days(DayRange),
    /// Its length in the mailbox.
    Size(SizeRange),
    /// It has something that a person can save.
    HasAttachment,
    /// Something that is not in the message itself.
    Fact(Fact),
}

/// What to look for in a text.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// These letters, anywhere.
    Letters(String),
    /// These words, whole and in this order, with blanks, line breaks or hyphens between them.
    Phrase(String),
    /// A regular expression, without regard to case.
    Regex(Regex),
}

/// What only the caller can say about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// `is:marked`: a person marked it.
    Marked,
    /// `is:duplicate`: the mailbox has it more than once.
    Duplicate,
    /// `is:unsearchable`: not all of it can be searched for candidates.
    Unsearchable,
    /// `tag:`: a person gave it this tag.
    Tag(String),
    /// `candidate:`: it names this candidate, given by any part of the name or by the badge.
    Candidate(String),
    /// `thread:`: it belongs to the thread of the message with this number, as people count.
    ThreadOf(u64),
}

impl Expr {
    /// Joins parts that must all hold.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::All(flat) }
    }

    /// Returns every term, in the order of the line.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::terms).collect(),
            Self::Not(part) => part.terms(),
            Self::Term(term) => vec![term],
        }
    }
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        self.asks == other.asks
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Letters(one), Self::Letters(other)) | (Self::Phrase(one), Self::Phrase(other)) => {
                one == other
            }
            (Self::Regex(one), Self::Regex(other)) => one.as_str() == other.as_str(),
            _ => false,
        }
    }
}
