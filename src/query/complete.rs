//! What kind of word stands at the cursor, so that Tab can offer what may stand there.

use super::field::FIELDS;
use super::field::Field;
use crate::mail::TextRange;

/// What may be completed at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The letters before the cursor that would be replaced.
    pub typed: TextRange,
    /// What they are the beginning of.
    pub kind: CompletionKind,
}

/// What a word that is being typed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A bare word, which may become a field (see [`field_names`]).
    WordOrField,
    /// The value of a field; `is_quoted` where a quote is open before it.
    Value {
        /// The field.
        field: Field,
        /// A quote stands before the value, and none behind it yet.
        is_quoted: bool,
    },
    /// Nothing that could be known: a phrase, a regular expression, an exact word.
    Free,
}

/// Returns what stands before the cursor, which is given in bytes of the line.
pub fn complete(line: &str, cursor: usize) -> Completion {
    let before = line.get(..cursor).unwrap_or(line);
    let start = start_of_term(before);
    let term = before.get(start..).unwrap_or_default();
    let of = |letters: &str, kind| Completion { typed: before.len() - letters.len()..before.len(), kind };
    if term.starts_with(['\'', '"']) {
        return of(term, CompletionKind::Free);
    }
    let named = term.split_once(':').and_then(|(name, value)| Some((Field::named(name)?, value)));
    match named {
        None => of(term, CompletionKind::WordOrField),
        Some((_, value)) if value.starts_with('/') => of(value, CompletionKind::Free),
        Some((field, value)) => {
            let unquoted = value.strip_prefix('"');
            let is_quoted = unquoted.is_some();
            of(unquoted.unwrap_or(value), CompletionKind::Value { field, is_quoted })
        }
    }
}

/// Returns the fields whose names begin with these letters, in the order of the help.
pub fn field_names(typed: &str) -> impl Iterator<Item = &'static str> {
    let typed = typed.to_ascii_lowercase();
    FIELDS.into_iter().map(|(name, _)| name).filter(move |name| name.starts_with(&typed))
}

/// Where the last term begins, its `-` and the group it opens left out.
fn start_of_term(before: &str) -> usize {
    let mut start = 0;
    let mut is_quoted = false;
    for (place, letter) in before.char_indices() {
        let term = before.get(start..place).unwrap_or_default();
        if letter == '"' && (is_quoted || term.is_empty() || term.ends_with(':')) {
            is_quoted = !is_quoted;
        } else if !is_quoted && (letter.is_whitespace() || (term.is_empty() && matches!(letter, '(' | '-'))) {
            start = place + letter.len_utf8();
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, typed: &str, kind: CompletionKind) {
        let found = complete(&format!("{before} later"), before.len());
        assert_eq!((before.get(found.typed), found.kind), (Some(typed), kind), "{before}");
    }

    #[test]
    fn the_word_before_the_cursor_is_known() {
        let value = |field, is_quoted| CompletionKind::Value { field, is_quoted };
        let from = Field::Text(super::super::field::TextField::From);
        check("", "", CompletionKind::WordOrField);
        check("budget fr", "fr", CompletionKind::WordOrField);
        check("-fr", "fr", CompletionKind::WordOrField);
        check("(a OR su", "su", CompletionKind::WordOrField);
        check("from:ann", "ann", value(from, false));
        check("-from:", "", value(from, false));
        check("from:\"anna ro", "anna ro", value(from, true));
        check("from:\"anna roux\" is:ma", "ma", value(Field::Is, false));
        check("\"two wo", "\"two wo", CompletionKind::Free);
        check("'exa", "'exa", CompletionKind::Free);
        check("body:/re", "/re", CompletionKind::Free);
        check("nofield:x", "nofield:x", CompletionKind::WordOrField);
    }

    #[test]
    fn fields_are_offered_by_their_beginning() {
        assert_eq!(field_names("T").collect::<Vec<_>>(), ["to", "tag", "thread"]);
        assert_eq!(field_names("").count(), FIELDS.len());
    }
}
