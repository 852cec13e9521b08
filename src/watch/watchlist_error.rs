//! What is wrong with a watchlist, where, and what to do about it.

use std::error::Error;
use std::fmt;

/// Something that keeps a watchlist from being used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchlistError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What can be wrong in a watchlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not TOML; the parser's words.
    Toml(String),
    /// A key that means nothing here, and the one that was probably meant.
    UnknownKey(String, Option<&'static str>),
    /// A value of the wrong kind: the key, and what belongs there.
    WrongKind(String, &'static str),
    /// A candidate without a name.
    NoName,
    /// A name or spelling without a letter or digit: the key and the value.
    NoLetters(&'static str, String),
    /// A badge that is not one letter.
    BadBadge(String),
    /// A badge that another candidate has.
    BadgeTaken(char, String),
    /// A colour that is not known, and the one that was probably meant.
    UnknownColour(String, Option<&'static str>),
    /// A spelling that is another candidate's too.
    SpellingTaken(String, String),
    /// A candidate who stands in the same file already.
    Twice(String),
    /// More candidates than there are letters for their badges.
    NoBadgeLeft(String),
}

impl WatchlistError {
    /// Returns what to do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        let hint = match &self.problem {
            Problem::UnknownKey(_, Some(key)) => format!("did you mean \"{key}\"?"),
            Problem::UnknownColour(_, Some(colour)) => format!("did you mean \"{colour}\"?"),
            Problem::UnknownKey(_, None) => {
                "a candidate has name, badge, colour, spellings, addresses, except".into()
            }
            Problem::UnknownColour(_, None) => {
                "red, green, yellow, blue, magenta and cyan are known, and \"light\" before each".into()
            }
            Problem::NoName => "write name = \"Anna Roux\" below [[candidate]]".into(),
            Problem::NoBadgeLeft(_) => "give it a digit or a letter of another alphabet".into(),
            Problem::BadgeTaken(..) => "choose another letter, or leave badge out and one is chosen".into(),
            Problem::SpellingTaken(..) => "a hit has to be one person's; give each a longer spelling".into(),
            Problem::Twice(_) => "write both as one".into(),
            Problem::Toml(_) | Problem::WrongKind(..) | Problem::NoLetters(..) | Problem::BadBadge(_) => {
                return None;
            }
        };
        Some(hint)
    }
}

impl fmt::Display for WatchlistError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "watchlist line {}: {}", self.line, self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml(message) => write!(out, "{message}"),
            Self::UnknownKey(key, _) => write!(out, "unknown key \"{key}\""),
            Self::WrongKind(key, wanted) => write!(out, "{key} is {wanted}"),
            Self::NoName => write!(out, "a candidate without a name"),
            Self::NoLetters(key, value) => write!(out, "{key} \"{value}\" has no letter to look for"),
            Self::BadBadge(badge) => write!(out, "badge \"{badge}\" is not one letter"),
            Self::BadgeTaken(badge, owner) => write!(out, "badge \"{badge}\" is already {owner}'s"),
            Self::UnknownColour(colour, _) => write!(out, "no colour is called \"{colour}\""),
            Self::SpellingTaken(spelling, owner) => {
                write!(out, "spelling \"{spelling}\" is already {owner}'s")
            }
            Self::Twice(name) => write!(out, "{name} stands in this watchlist twice"),
            Self::NoBadgeLeft(name) => write!(out, "no letter is left for the badge of {name}"),
        }
    }
}

impl Error for WatchlistError {}
