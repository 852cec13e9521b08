//! From the line that a person typed to an [`Expr`].
//!
//! ```text
//! all    = either*                          words that stand side by side must all match
//! either = one ("OR" one)*                  OR binds its two neighbours: a b OR c is a and (b or c)
//! one    = ["-"] ( "(" all ")" | term )
//! term   = [field ":"] ( word | '"' words '"' | "/" regex "/" ) | "'" word
//! ```
//!
//! Never panics and never guesses: what is not understood is an error with its place. Groups nest up to
//! [`MAX_DEPTH`] deep, so no line can exhaust the stack.

use super::days::DayRange;
use super::expr::Asks;
use super::expr::Expr;
use super::expr::Fact;
use super::expr::Pattern;
use super::expr::Term;
use super::field::FIELDS;
use super::field::Field;
use super::field::TextField;
use super::field::nearest;
use super::field::values;
use super::query_error::QueryError;
use super::query_error::Wrong;
use super::size::SizeError;
use super::size::SizeRange;
use crate::mail::TextRange;
use regex::Regex;
use regex::RegexBuilder;

/// How deep groups may stand in groups; nobody types five.
const MAX_DEPTH: usize = 32;

/// What a regular expression may take when compiled: more than any that a person types.
const REGEX_BYTES: usize = 1 << 20;

/// Reads a line.
pub(super) fn parse(line: &str) -> Result<Expr, QueryError> {
    Parser { line, at: 0, depth: 0 }.all()
}

struct Parser<'a> {
    line: &'a str,
    at: usize,
    /// How many groups are open.
    depth: usize,
}

impl<'a> Parser<'a> {
    fn all(&mut self) -> Result<Expr, QueryError> {
        let mut parts = Vec::new();
        while !self.is_at_end_of_group() {
            parts.push(self.either()?);
        }
        Ok(Expr::all(parts))
    }

    fn either(&mut self) -> Result<Expr, QueryError> {
        let first = self.one()?;
        let mut parts = vec![first];
        while let Some(or) = self.take_or() {
            if self.is_at_end_of_group() {
                return Err(self.wrong(or, Wrong::OneSidedOr));
            }
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::Any(parts) })
    }

    fn one(&mut self) -> Result<Expr, QueryError> {
        if let Some(or) = self.take_or() {
            return Err(self.wrong(or, Wrong::OneSidedOr));
        }
        let start = self.at;
        if !self.take('-') {
            return self.group_or_term();
        }
        if self.is_at_break() {
            return Err(self.wrong(start..self.at, Wrong::LoneSign('-')));
        }
        Ok(Expr::Not(Box::new(self.group_or_term()?)))
    }

    fn group_or_term(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        if !self.take('(') {
            return self.term();
        }
        if self.depth == MAX_DEPTH {
            return Err(self.wrong(start..self.at, Wrong::TooDeep));
        }
        self.depth += 1;
        if self.is_at_end_of_group() && self.rest().starts_with(')') {
            return Err(self.wrong(start..self.at + 1, Wrong::EmptyGroup));
        }
        let inner = self.all()?;
        if !self.take(')') {
            return Err(self.wrong(start..start + 1, Wrong::UnclosedGroup));
        }
        self.depth -= 1;
        Ok(inner)
    }

    fn term(&mut self) -> Result<Expr, QueryError> {
        let start = self.at;
        let asks = if let Some(field) = self.take_field()? {
            self.value(field, start)?
        } else if self.rest().starts_with('"') {
            Asks::Text(TextField::Summary, Pattern::Phrase(self.quoted()?.to_owned()))
        } else if self.take('\'') {
            let word = self.word().trim_start_matches('\'');
            if word.is_empty() {
                return Err(self.wrong(start..self.at, Wrong::LoneSign('\'')));
            }
            Asks::Text(TextField::Summary, Pattern::Letters(word.to_owned()))
        } else {
            self.bare_word()?
        };
        Ok(Expr::Term(Term { asks, at: start..self.at }))
    }

    fn bare_word(&mut self) -> Result<Asks, QueryError> {
        let start = self.at;
        let foreign = match self.word() {
            "AND" => Wrong::ForeignWord("AND", "all words must match"),
            "NOT" => Wrong::ForeignWord("NOT", "-word must not match"),
            word => return Ok(Asks::Fuzzy(word.to_owned())),
        };
        Err(self.wrong(start..self.at, foreign))
    }

    /// Takes `name:`. Letters before a colon are always a field, unless they begin a web address.
    fn take_field(&mut self) -> Result<Option<Field>, QueryError> {
        let rest = self.rest();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let Some((name, behind)) = rest.split_at_checked(letters) else { return Ok(None) };
        let Some(value) = behind.strip_prefix(':') else { return Ok(None) };
        if name.is_empty() || value.starts_with("//") {
            return Ok(None);
        }
        let start = self.at;
        self.at += letters + 1;
        let Some(field) = Field::named(name) else {
            let meant = nearest(name, FIELDS.iter().map(|(known, _)| *known));
            return Err(self.wrong(start..self.at, Wrong::UnknownField(name.to_owned(), meant)));
        };
        Ok(Some(field))
    }

    fn value(&mut self, field: Field, start: usize) -> Result<Asks, QueryError> {
        if self.is_at_break() {
            return Err(self.wrong(start..self.at, Wrong::EmptyValue(field.name())));
        }
        if let Field::Text(place) = field {
            return Ok(Asks::Text(place, self.pattern(field, start)?));
        }
        let from = self.at;
        let text = if self.rest().starts_with('"') { self.quoted()? } else { self.word() };
        asks_of(field, text).map_err(|wrong| self.wrong(from..self.at, wrong))
    }

    fn pattern(&mut self, field: Field, start: usize) -> Result<Pattern, QueryError> {
        let rest = self.rest();
        if rest.starts_with('"') {
            return Ok(Pattern::Phrase(self.quoted()?.to_owned()));
        }
        if rest.starts_with('/') {
            return Ok(Pattern::Regex(self.regex()?));
        }
        let letters = self.word().trim_start_matches('\'');
        if letters.is_empty() {
            return Err(self.wrong(start..self.at, Wrong::EmptyValue(field.name())));
        }
        Ok(Pattern::Letters(letters.to_owned()))
    }

    fn quoted(&mut self) -> Result<&'a str, QueryError> {
        let start = self.at;
        let behind = self.rest().get(1..).unwrap_or_default();
        let Some((inner, _)) = behind.split_once('"') else {
            return Err(self.wrong(start..self.line.len(), Wrong::UnclosedQuote));
        };
        self.at += inner.len() + 2;
        if inner.trim().is_empty() {
            return Err(self.wrong(start..self.at, Wrong::EmptyQuote));
        }
        Ok(inner)
    }

    fn regex(&mut self) -> Result<Regex, QueryError> {
        let start = self.at;
        let behind = self.rest().get(1..).unwrap_or_default();
        let mut is_escaped = false;
        let end = behind.bytes().position(|byte| {
            let is_end = byte == b'/' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            is_end
        });
        let Some(source) = end.and_then(|end| behind.get(..end)) else {
            return Err(self.wrong(start..self.line.len(), Wrong::UnclosedRegex));
        };
        self.at += source.len() + 2;
        if source.is_empty() {
            return Err(self.wrong(start..self.at, Wrong::BadRegex("it is empty".to_owned())));
        }
        let mut builder = RegexBuilder::new(source);
        builder.case_insensitive(true).multi_line(true).size_limit(REGEX_BYTES);
        builder.build().map_err(|error| self.wrong(start..self.at, Wrong::BadRegex(last_line(&error))))
    }

    /// Takes the letters up to the next blank, or to the end of the group.
    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let is_end = |letter: char| letter.is_whitespace() || (self.depth > 0 && letter == ')');
        let word = rest.split(is_end).next().unwrap_or_default();
        self.at += word.len();
        word
    }

    /// Takes `OR`, which is a word of the language only in capitals and by itself.
    fn take_or(&mut self) -> Option<TextRange> {
        self.skip_blanks();
        let behind = self.rest().strip_prefix("OR")?;
        if !behind.is_empty() && !behind.starts_with(char::is_whitespace) && !self.ends_group(behind) {
            return None;
        }
        let start = self.at;
        self.at += 2;
        Some(start..self.at)
    }

    fn is_at_end_of_group(&mut self) -> bool {
        self.skip_blanks();
        self.rest().is_empty() || self.ends_group(self.rest())
    }

    fn is_at_break(&self) -> bool {
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(char::is_whitespace) || self.ends_group(rest)
    }

    fn ends_group(&self, rest: &str) -> bool {
        self.depth > 0 && rest.starts_with(')')
    }

    fn take(&mut self, sign: char) -> bool {
        let is_there = self.rest().starts_with(sign);
        if is_there {
            self.at += sign.len_utf8();
        }
        is_there
    }

    fn skip_blanks(&mut self) {
        self.at = self.line.len() - self.rest().trim_start().len();
    }

    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn wrong(&self, range: TextRange, wrong: Wrong) -> QueryError {
        QueryError::at(self.line, range, wrong)
    }
}

fn asks_of(field: Field, text: &str) -> Result<Asks, Wrong> {
    Ok(match field {
        Field::Date => Asks::Days(days(DayRange::parse(text), field)?),
        Field::After => Asks::Days(days(DayRange::parse_after(text), field)?),
        Field::Before => Asks::Days(days(DayRange::parse_before(text), field)?),
        Field::Size => Asks::Size(SizeRange::parse(text).map_err(|error| match error {
            SizeError::NoSide => Wrong::NoSide,
            SizeError::NoSize => Wrong::BadSize,
        })?),
        Field::Has => match text.to_ascii_lowercase().as_str() {
            "attachment" | "attachments" => Asks::HasAttachment,
            _ => return Err(Wrong::UnknownValue(text.to_owned(), "has", values(field))),
        },
        Field::Is => match text.to_ascii_lowercase().as_str() {
            "marked" => Asks::Fact(Fact::Marked),
            "duplicate" => Asks::Fact(Fact::Duplicate),
            "unsearchable" => Asks::Fact(Fact::Unsearchable),
            _ => return Err(Wrong::UnknownValue(text.to_owned(), "is", values(field))),
        },
        Field::Candidate => Asks::Fact(Fact::Candidate(text.to_owned())),
        Field::Tag => Asks::Fact(Fact::Tag(text.to_owned())),
        Field::Thread => match text.parse::<u64>() {
            Ok(number) if number > 0 => Asks::Fact(Fact::ThreadOf(number)),
            _ => return Err(Wrong::BadNumber),
        },
        Field::Id => match text.trim_start_matches('<').trim_end_matches('>') {
            "" => return Err(Wrong::EmptyValue("id")),
            id => Asks::Id(id.to_owned()),
        },
        Field::Text(place) => Asks::Text(place, Pattern::Letters(text.to_owned())),
    })
}

fn days(found: Option<DayRange>, field: Field) -> Result<DayRange, Wrong> {
    let days = found.ok_or(Wrong::BadDate(field.name()))?;
    if days.is_backwards() { Err(Wrong::BackwardsDates) } else { Ok(days) }
}

/// The reason alone; the lines above it draw the place, which our own column says.
fn last_line(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.trim_start_matches("error:").trim().to_owned()
}
