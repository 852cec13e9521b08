//! Putting a term into a query line, and taking it out again.

use crate::query::Asks;
use crate::query::Expr;
use crate::query::Query;
use crate::text::TextRange;

/// Returns the line with this term: in the place of the first of the same field, else at its end.
///
/// A line that is not understood gives way to the term.
///
/// ```
/// use tranche::app::filter::with_term;
///
/// assert_eq!(with_term("budget", "from:", "anna@desk.example"), "budget from:anna@desk.example");
/// assert_eq!(with_term("-from:bob budget", "from:", "two words"), "from:\"two words\" budget");
/// ```
pub fn with_term(line: &str, field: &str, value: &str) -> String {
    let term = term(field, value);
    let Ok(query) = Query::parse(line) else { return term };
    match place_of(&query, line, |text| text.starts_with(field)) {
        Some(place) => {
            let mut line = line.to_owned();
            line.replace_range(place, &term);
            line
        }
        // Behind `a OR b` it would narrow `b` alone.
        None if matches!(query.root(), Expr::Any(_)) => format!("({}) {term}", line.trim()),
        None => format!("{} {term}", line.trim()).trim_start().to_owned(),
    }
}

/// Returns the line without the first term that asks this, unless it says that this must not be; nothing where
/// no such term stands there, or what is left would not be understood (`candidate:L OR`).
pub fn without_term(line: &str, is_wanted: impl Fn(&Asks) -> bool) -> Option<String> {
    let query = Query::parse(line).ok()?;
    let terms = query.root().terms();
    let mut wanted = terms.iter().filter(|term| is_wanted(&term.asks)).map(|term| term.at.clone());
    let place = wanted.find(|place| !is_negated(line, place))?;
    let mut line = line.to_owned();
    line.replace_range(place, "");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    Query::parse(&line).is_ok().then_some(line)
}

/// Writes a field and its value as the parser reads them.
fn term(field: &str, value: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "@._-+".contains(letter);
    if value.chars().all(is_plain) {
        format!("{field}{value}")
    } else {
        format!("{field}\"{}\"", value.replace('"', " "))
    }
}

/// Returns where the first term of this kind stands, its `-` included.
fn place_of(query: &Query, line: &str, is_wanted: impl Fn(&str) -> bool) -> Option<TextRange> {
    let terms = query.root().terms();
    let mut places = terms.iter().map(|term| term.at.clone());
    let place = places.find(|place| line.get(place.clone()).is_some_and(&is_wanted))?;
    Some(place.start - usize::from(is_negated(line, &place))..place.end)
}

fn is_negated(line: &str, place: &TextRange) -> bool {
    line.get(..place.start).is_some_and(|before| before.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Fact;

    #[track_caller]
    fn check(line: &str, value: &str, expected: &str) {
        let line = with_term(line, "candidate:", value);
        assert_eq!(line, expected);
        assert!(Query::parse(&line).is_ok(), "{line}");
    }

    #[test]
    fn a_term_takes_the_place_of_one_of_its_field() {
        check("", "L", "candidate:L");
        check("budget", "L", "budget candidate:L");
        check("candidate:F budget", "L", "candidate:L budget");
        check("a OR candidate:\"Le Pen\"", "L", "a OR candidate:L");
        check("a OR b", "L", "(a OR b) candidate:L");
        check("-candidate:F", "Le Pen", "candidate:\"Le Pen\"");
        check("form:", "L", "candidate:L");
    }

    #[test]
    fn a_term_is_taken_out_again() {
        let without = |line: &str| {
            let is_wanted = |asks: &Asks| matches!(asks, Asks::Fact(Fact::Candidate(who)) if who == "L");
            without_term(line, is_wanted)
        };
        assert_eq!(without("a candidate:L b").as_deref(), Some("a b"));
        assert_eq!(without("Candidate:\"L\"").as_deref(), Some(""));
        assert_eq!(without("a candidate:F"), None);
        assert_eq!(without("-candidate:L"), None);
        assert_eq!(without("a OR candidate:L"), None);
    }
}
