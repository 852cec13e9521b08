//! What is wrong in a configuration, where, and what was probably meant.

use crate::app::Key;
use crate::app::dates::FIELDS;
use std::fmt;

/// Something in a configuration that is not in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// What can be wrong in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is not TOML; the parser's words.
    Toml(String),
    /// It is not UTF-8.
    NotUtf8,
    /// A key that means nothing, and the one that was probably meant.
    UnknownKey(String, Option<&'static str>),
    /// A command that is not known, and the one that was probably meant.
    UnknownCommand(String, Option<&'static str>),
    /// A value of the wrong kind: the key, and what belongs there.
    WrongKind(&'static str, &'static str),
    /// A value that is not one of those there are: the key, the value, what was probably meant, and all.
    UnknownValue(&'static str, String, Option<&'static str>, Vec<&'static str>),
    /// A date format with a letter that means nothing behind `%`.
    UnknownField(&'static str, Option<char>),
    /// A key of the keyboard that is not known, and the one that was probably meant.
    UnknownKeyName(String, Option<String>),
    /// A key of the keyboard that another command has in the same place.
    KeyTaken(Key, &'static str),
    /// A list of no columns.
    NoColumns,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.wrong)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml(message) => write!(out, "{message}"),
            Self::NotUtf8 => write!(out, "not UTF-8"),
            Self::UnknownKey(key, meant) => {
                write!(out, "unknown key \"{key}\"")?;
                meant_or(out, meant.as_deref(), "`tranche config` prints them all")
            }
            Self::UnknownCommand(name, meant) => {
                write!(out, "no command is called \"{name}\"")?;
                meant_or(out, meant.as_deref(), "`tranche config` prints them all")
            }
            Self::WrongKind(key, wanted) => write!(out, "{key} is {wanted}"),
            Self::UnknownValue(key, value, meant, all) => {
                write!(out, "{key} cannot be \"{value}\"")?;
                meant_or(out, meant.as_deref(), &format!("it is one of {}", all.join(", ")))
            }
            Self::UnknownField(key, Some(letter)) => {
                write!(out, "{key}: %{letter} means nothing; behind % there can be {FIELDS}")
            }
            Self::UnknownField(key, None) => write!(out, "{key}: nothing stands behind %; write %% for one"),
            Self::UnknownKeyName(name, meant) => {
                write!(out, "no key is called \"{name}\"")?;
                meant_or(out, meant.as_deref(), "write \"j\", \"Ctrl-d\", \"Space\", \"PgDn\" and their like")
            }
            Self::KeyTaken(key, other) => {
                write!(out, "\"{}\" is the key of \"{other}\" as well; give that another", key.name())
            }
            Self::NoColumns => write!(out, "columns needs one at least"),
        }
    }
}

fn meant_or(out: &mut fmt::Formatter<'_>, meant: Option<&str>, else_say: &str) -> fmt::Result {
    match meant {
        Some(meant) => write!(out, "; did you mean \"{meant}\"?"),
        None => write!(out, "; {else_say}"),
    }
}
