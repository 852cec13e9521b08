//! What a person wrote in a watchlist, each word with its line.
//!
//! Every candidate has a name, and every name and spelling something to look for. Not here: whether the
//! candidates go together (see `watchlist`).

use super::nearest;
use super::watchlist_error::Problem;
use super::watchlist_error::WatchlistError;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// A word and its line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// One `[[candidate]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its first line.
    pub line: usize,
    /// `name`
    pub name: At,
    /// `badge`
    pub badge: Option<At>,
    /// `colour`
    pub colour: Option<At>,
    /// `spellings`
    pub spellings: Vec<At>,
    /// `addresses`
    pub addresses: Vec<At>,
    /// `except`
    pub except: Vec<At>,
}

const KEYS: [&str; 6] = ["name", "badge", "colour", "spellings", "addresses", "except"];

type Value<'a> = Spanned<DeValue<'a>>;

/// Reads what stands in a watchlist.
pub fn entries(text: &str) -> Result<Vec<Entry>, WatchlistError> {
    let reading = Reading { line_starts: line_starts(text) };
    let table = DeTable::parse(text).map_err(|error| {
        let line = reading.line(error.span().unwrap_or_default());
        WatchlistError { line, problem: Problem::Toml(error.message().to_owned()) }
    })?;
    let mut entries = Vec::new();
    for (key, value) in table.get_ref() {
        if key.get_ref() != "candidate" {
            return Err(reading.unknown_key(key.span(), key.get_ref(), &["candidate"]));
        }
        let wrong = || reading.wrong_kind(value.span(), "candidate", "a list; begin each with [[candidate]]");
        for candidate in value.get_ref().as_array().ok_or_else(wrong)? {
            let fields = candidate.get_ref().as_table().ok_or_else(wrong)?;
            entries.push(reading.entry(candidate.span(), fields)?);
        }
    }
    Ok(entries)
}

struct Reading {
    line_starts: Vec<usize>,
}

impl Reading {
    fn line(&self, span: Range<usize>) -> usize {
        self.line_starts.partition_point(|&start| start <= span.start).max(1)
    }

    fn entry(&self, span: Range<usize>, fields: &DeTable<'_>) -> Result<Entry, WatchlistError> {
        let mut entry = Entry { line: self.line(span), ..Entry::default() };
        for (key, value) in fields {
            match &**key.get_ref() {
                "name" => entry.name = self.word("name", value)?,
                "badge" => entry.badge = Some(self.word("badge", value)?),
                "colour" | "color" => entry.colour = Some(self.word("colour", value)?),
                "spellings" => entry.spellings = self.words("spellings", value)?,
                "addresses" => entry.addresses = self.words("addresses", value)?,
                "except" => entry.except = self.words("except", value)?,
                unknown => return Err(self.unknown_key(key.span(), unknown, &KEYS)),
            }
        }
        check_name(&entry)?;
        Ok(entry)
    }

    fn word(&self, key: &str, value: &Value<'_>) -> Result<At, WatchlistError> {
        let wrong = || self.wrong_kind(value.span(), key, "text between quotes");
        let text = value.get_ref().as_str().ok_or_else(wrong)?;
        Ok(At { line: self.line(value.span()), text: text.trim().to_owned() })
    }

    /// Reads a list of words; one word alone is a list as well.
    fn words(&self, key: &str, value: &Value<'_>) -> Result<Vec<At>, WatchlistError> {
        match value.get_ref().as_array() {
            Some(list) => list.iter().map(|value| self.word(key, value)).collect(),
            None => Ok(vec![self.word(key, value)?]),
        }
    }

    fn unknown_key(&self, span: Range<usize>, key: &str, known: &[&'static str]) -> WatchlistError {
        let meant = nearest(key, known.iter().copied());
        let meant = known.iter().copied().find(|&known| Some(known) == meant);
        WatchlistError { line: self.line(span), problem: Problem::UnknownKey(key.to_owned(), meant) }
    }

    fn wrong_kind(&self, span: Range<usize>, key: &str, wanted: &'static str) -> WatchlistError {
        WatchlistError { line: self.line(span), problem: Problem::WrongKind(key.to_owned(), wanted) }
    }
}

impl Entry {
    /// Returns everything that is looked for: the name, then the other spellings.
    pub fn searched(&self) -> impl Iterator<Item = &At> {
        std::iter::once(&self.name).chain(&self.spellings)
    }
}

fn check_name(entry: &Entry) -> Result<(), WatchlistError> {
    if entry.name.text.is_empty() {
        return Err(WatchlistError { line: entry.name.line.max(entry.line), problem: Problem::NoName });
    }
    let keys = std::iter::once("name").chain(std::iter::repeat("spelling"));
    for (key, word) in keys.zip(entry.searched()) {
        if !word.text.contains(char::is_alphanumeric) {
            return Err(WatchlistError {
                line: word.line,
                problem: Problem::NoLetters(key, word.text.clone()),
            });
        }
    }
    Ok(())
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}
