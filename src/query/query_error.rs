//! What can be wrong with a query, where, and what to do about it.

use super::field::FIELDS;
use crate::mail::TextRange;
use std::fmt;

/// A query that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Where it is wrong, in characters of the line, counted from 1.
    pub column: usize,
    /// How many characters are wrong.
    pub length: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A word before a colon that names no field, and the field that may have been meant.
    UnknownField(String, Option<&'static str>),
    /// A field with nothing behind its colon.
    EmptyValue(&'static str),
    /// Not a day, month or year; the field it is for.
    BadDate(&'static str),
    /// A range of days that ends before it begins.
    BackwardsDates,
    /// A size without `<` or `>`.
    NoSide,
    /// A size that is no number with a unit.
    BadSize,
    /// A value that the field does not have, the field, and the values that it has.
    UnknownValue(String, &'static str, &'static [&'static str]),
    /// Not the number of a message.
    BadNumber,
    /// A regular expression that cannot be read, and why.
    BadRegex(String),
    /// A quote that nothing ends.
    UnclosedQuote,
    /// A regular expression that nothing ends.
    UnclosedRegex,
    /// Quotes with nothing between them.
    EmptyQuote,
    /// `OR` with nothing on one side.
    OneSidedOr,
    /// `-` or `'` with nothing behind it.
    LoneSign(char),
    /// `AND` or `NOT`, which other programs have, and what to write instead.
    ForeignWord(&'static str, &'static str),
    /// A group that nothing ends.
    UnclosedGroup,
    /// A group with nothing in it.
    EmptyGroup,
    /// Groups in groups, deeper than are read.
    TooDeep,
    /// The caller cannot answer this here, in its own words.
    Refused(String),
}

impl QueryError {
    /// Says what is wrong with a stretch of the line.
    pub(super) fn at(line: &str, range: TextRange, wrong: Wrong) -> Self {
        let characters = |range: TextRange| line.get(range).unwrap_or_default().chars().count();
        let column = characters(0..range.start) + 1;
        Self { column, length: characters(range).max(1), wrong }
    }

    /// Returns whether more letters may mend it, so that someone who is still typing need not hear of it.
    pub fn is_unfinished(&self) -> bool {
        matches!(
            self.wrong,
            Wrong::EmptyValue(_)
                | Wrong::UnclosedQuote
                | Wrong::UnclosedRegex
                | Wrong::OneSidedOr
                | Wrong::LoneSign(_)
                | Wrong::UnclosedGroup
        )
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "column {}: {}", self.column, self.wrong)
    }
}

impl std::error::Error for QueryError {}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField(name, Some(meant)) => {
                write!(out, "unknown field \"{name}:\"; did you mean \"{meant}:\"?")
            }
            Self::UnknownField(name, None) => {
                write!(out, "unknown field \"{name}:\"; the fields are ")?;
                let names: Vec<String> = FIELDS.iter().map(|(known, _)| format!("{known}:")).collect();
                write!(out, "{}; quote it to look for the text", names.join(" "))
            }
            Self::EmptyValue(field) => write!(out, "\"{field}:\" needs a value right behind the colon"),
            Self::BadDate("date") => {
                out.write_str("no such date; write 2017, 2017-02, 2017-02-01 or 2017-02..2017-04")
            }
            Self::BadDate(_) => out.write_str("no such date; write 2017, 2017-02 or 2017-02-01"),
            Self::BackwardsDates => out.write_str("these dates end before they begin"),
            Self::NoSide => out.write_str("a size needs a side; write size:>1M or size:<20K"),
            Self::BadSize => {
                out.write_str("no such size; write a number with B, K, M or G, such as size:>1M")
            }
            Self::UnknownValue(value, field, known) => {
                let known: Vec<String> = known.iter().map(|value| format!("{field}:{value}")).collect();
                let (last, others) =
                    known.split_last().map_or((String::new(), String::new()), |(last, others)| {
                        (last.clone(), others.join(", "))
                    });
                let and = if others.is_empty() { "" } else { " and " };
                write!(out, "unknown \"{field}:{value}\"; there is {others}{and}{last}")
            }
            Self::BadNumber => {
                out.write_str("\"thread:\" needs the number of one of its messages, such as thread:17")
            }
            Self::BadRegex(why) => write!(out, "not a regular expression: {why}"),
            Self::UnclosedQuote => out.write_str("the quote is not closed; add \" where it ends"),
            Self::UnclosedRegex => out.write_str("the regular expression is not closed; add / where it ends"),
            Self::EmptyQuote => out.write_str("nothing stands between the quotes"),
            Self::OneSidedOr => {
                out.write_str("OR needs a word on both sides; write \"OR\" in quotes to look for the word")
            }
            Self::LoneSign(sign) => write!(out, "{sign} needs a word right behind it"),
            Self::ForeignWord(word, instead) => {
                write!(
                    out,
                    "{word} is not needed: {instead}; write \"{word}\" in quotes to look for the word"
                )
            }
            Self::UnclosedGroup => out.write_str("the group is not closed; add ) where it ends"),
            Self::EmptyGroup => out.write_str("nothing stands in the group"),
            Self::TooDeep => out.write_str("too many groups within groups"),
            Self::Refused(why) => out.write_str(why),
        }
    }
}
