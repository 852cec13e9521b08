//! Putting a term into a query line, and taking it out again.

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
        None => format!("{} {term}", line.trim()).trim_start().to_owned(),
    }
}

/// Returns the line without this very term; nothing where it does not stand there.
pub fn without_term(line: &str, field: &str, value: &str) -> Option<String> {
    let term = term(field, value);
    let query = Query::parse(line).ok()?;
    let mut line = line.to_owned();
    line.replace_range(place_of(&query, &line, |text| text == term)?, "");
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
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
    let is_negated = line.get(..place.start).is_some_and(|before| before.ends_with('-'));
    Some(place.start - usize::from(is_negated)..place.end)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        check("-candidate:F", "Le Pen", "candidate:\"Le Pen\"");
        check("form:", "L", "candidate:L");
    }

    #[test]
    fn a_term_is_taken_out_again() {
        assert_eq!(without_term("a candidate:L b", "candidate:", "L").as_deref(), Some("a b"));
        assert_eq!(without_term("candidate:L", "candidate:", "L").as_deref(), Some(""));
        assert_eq!(without_term("a candidate:L", "candidate:", "F"), None);
    }
}
