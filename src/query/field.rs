//! The names of the fields, and what to suggest for one that is not among them.

use crate::mail::Role;

/// A field of the query, as typed before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A place that text is looked for in.
    Text(TextField),
    /// `id:`
    Id,
    /// `date:`
    Date,
    /// `after:`
    After,
    /// `before:`
    Before,
    /// `size:`
    Size,
    /// `has:`
    Has,
    /// `is:`
    Is,
    /// `candidate:`
    Candidate,
    /// `tag:`
    Tag,
    /// `thread:`
    Thread,
}

/// A place of the message that text is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextField {
    /// Sender, recipients and subject: where a term without a field looks.
    Summary,
    /// Who wrote it.
    From,
    /// Those in To.
    To,
    /// Those in Cc.
    Cc,
    /// Anyone in its header.
    With,
    /// The subject.
    Subject,
    /// Every text in it that a person can read.
    Body,
    /// The names of its attachments.
    File,
    /// The mailing list that it went through.
    List,
}

impl TextField {
    /// Returns whether all that it looks at stands in a haystack.
    pub(super) fn is_of_envelope(self) -> bool {
        !matches!(self, Self::Body | Self::File | Self::List)
    }

    /// Returns whether it looks at a person in this field of the header, or at a subject.
    pub(super) fn looks_at(self, role: Option<Role>) -> bool {
        match self {
            Self::From => role == Some(Role::From),
            Self::To => role == Some(Role::To),
            Self::Cc => role == Some(Role::Cc),
            Self::With => role.is_some(),
            Self::Subject => role.is_none(),
            Self::Summary => true,
            Self::Body | Self::File | Self::List => false,
        }
    }
}

/// Every field, in the order in which help and completion show them.
pub(super) const FIELDS: [(&str, Field); 18] = [
    ("from", Field::Text(TextField::From)),
    ("to", Field::Text(TextField::To)),
    ("cc", Field::Text(TextField::Cc)),
    ("with", Field::Text(TextField::With)),
    ("subject", Field::Text(TextField::Subject)),
    ("body", Field::Text(TextField::Body)),
    ("file", Field::Text(TextField::File)),
    ("id", Field::Id),
    ("list", Field::Text(TextField::List)),
    ("date", Field::Date),
    ("after", Field::After),
    ("before", Field::Before),
    ("size", Field::Size),
    ("has", Field::Has),
    ("is", Field::Is),
    ("candidate", Field::Candidate),
    ("tag", Field::Tag),
    ("thread", Field::Thread),
];

impl Field {
    /// Returns the field of this name, in either case.
    pub(super) fn named(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, field)| field)
    }

    /// Returns its name, without the colon.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }
}

/// Returns the values that a field has, where these are few words.
pub fn values(field: Field) -> &'static [&'static str] {
    match field {
        Field::Has => &["attachment"],
        Field::Is => &["marked", "duplicate", "unsearchable"],
        _ => &[],
    }
}

/// Returns what a person may have meant by `word`: the nearest of `known`, if one is near.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_ascii_lowercase();
    let near = known.into_iter().map(|name| (distance(&word, name), name)).min_by_key(|&(far, _)| far)?;
    // Two slips in a long word, one in a short one.
    let slips = if near.1.len() > 4 { 2 } else { 1 };
    (near.0 <= slips).then_some(near.1)
}

/// The letters to add, drop, change or swap with a neighbour to get from one word to another.
fn distance(one: &str, other: &str) -> usize {
    // No field's name is long, and a long word is near to none.
    if one.len() > 24 {
        return usize::MAX;
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    let cell = |rows: &[Vec<usize>], up: usize, left: usize| -> usize {
        rows.get(up).and_then(|row| row.get(left)).copied().unwrap_or(usize::MAX / 2)
    };
    for (i, a) in one.iter().enumerate() {
        rows.push(vec![i + 1]);
        for (j, b) in other.iter().enumerate() {
            let mut best = cell(&rows, i, j) + usize::from(a != b);
            best = best.min(cell(&rows, i, j + 1) + 1).min(cell(&rows, i + 1, j) + 1);
            let is_swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if is_swapped {
                best = best.min(cell(&rows, i - 1, j - 1) + 1);
            }
            if let Some(row) = rows.last_mut() {
                row.push(best);
            }
        }
    }
    cell(&rows, one.len(), other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(nearest(word, FIELDS.iter().map(|(name, _)| *name)), expected, "{word}");
    }

    #[test]
    fn a_slip_is_forgiven_and_a_stranger_is_not() {
        check("form", Some("from"));
        check("FORM", Some("from"));
        check("subjet", Some("subject"));
        check("sujet", Some("subject"));
        check("candidat", Some("candidate"));
        check("befor", Some("before"));
        check("bcc", Some("cc"));
        check("colour", None);
        check("x", None);
        check(&"from".repeat(1000), None);
    }
}
