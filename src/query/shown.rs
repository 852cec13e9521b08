//! A query printed back in its canonical form, which reads as the same query.

use super::expr::Asks;
use super::expr::Expr;
use super::expr::Fact;
use super::expr::Pattern;
use super::field::Field;
use super::field::TextField;
use std::fmt;
use std::fmt::Display;

impl Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(out, parts, " ", |part| matches!(part, Self::All(_))),
            Self::Any(parts) => {
                joined(out, parts, " OR ", |part| matches!(part, Self::All(_) | Self::Any(_)))
            }
            Self::Not(part) => {
                out.write_str("-")?;
                grouped(out, part, !matches!(**part, Self::Term(_)))
            }
            Self::Term(term) => term.asks.fmt(out),
        }
    }
}

fn joined(
    out: &mut fmt::Formatter<'_>,
    parts: &[Expr],
    between: &str,
    is_group: impl Fn(&Expr) -> bool,
) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.write_str(between)?;
        }
        grouped(out, part, is_group(part))?;
    }
    Ok(())
}

fn grouped(out: &mut fmt::Formatter<'_>, part: &Expr, is_group: bool) -> fmt::Result {
    if is_group { write!(out, "({part})") } else { part.fmt(out) }
}

impl Display for Asks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fuzzy(word) => out.write_str(word),
            Self::Text(TextField::Summary, Pattern::Letters(word)) => write!(out, "'{word}"),
            Self::Text(TextField::Summary, pattern) => pattern.fmt(out),
            // The sign keeps letters from reading as a quote or a regular expression.
            Self::Text(place, Pattern::Letters(letters)) if letters.starts_with(['"', '/']) => {
                write!(out, "{}:'{letters}", Field::Text(*place).name())
            }
            Self::Text(place, pattern) => write!(out, "{}:{pattern}", Field::Text(*place).name()),
            Self::Id(id) if id.contains(char::is_whitespace) => write!(out, "id:\"{id}\""),
            Self::Id(id) => write!(out, "id:<{id}>"),
            Self::Days(days) => days.fmt(out),
            Self::Size(size) => size.fmt(out),
            Self::HasAttachment => out.write_str("has:attachment"),
            Self::Fact(Fact::Marked) => out.write_str("is:marked"),
            Self::Fact(Fact::Duplicate) => out.write_str("is:duplicate"),
            Self::Fact(Fact::Unsearchable) => out.write_str("is:unsearchable"),
            Self::Fact(Fact::Tag(tag)) => named(out, "tag", tag),
            Self::Fact(Fact::Candidate(candidate)) => named(out, "candidate", candidate),
            Self::Fact(Fact::ThreadOf(number)) => write!(out, "thread:{number}"),
        }
    }
}

fn named(out: &mut fmt::Formatter<'_>, field: &str, value: &str) -> fmt::Result {
    if value.contains(char::is_whitespace) {
        write!(out, "{field}:\"{value}\"")
    } else {
        write!(out, "{field}:{value}")
    }
}

impl Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letters(letters) => out.write_str(letters),
            Self::Phrase(words) => write!(out, "\"{words}\""),
            Self::Regex(regex) => write!(out, "/{}/", regex.as_str()),
        }
    }
}
