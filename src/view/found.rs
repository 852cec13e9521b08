//! The letters of a row that the filter found. Asked only of the rows that are seen.

use crate::app::filter::Filter;
use crate::app::list::Entry;
use crate::app::list::List;
use crate::app::list::Row;
use crate::app::list::RowKind;
use crate::corpus::MessageNo;
use crate::mail::Role;
use crate::query::Mark;
use crate::query::Piece;
use crate::text::TextRange;

/// The letters of a row that the filter found.
#[derive(Debug, Default)]
pub struct Letters {
    /// In the sender's name, or in the address where there is no name; the whole text stands beside them.
    in_sender: Vec<TextRange>,
    sender: String,
    in_subject: Vec<TextRange>,
}

impl Letters {
    /// Asks for what was found in the message that a row shows.
    pub fn of(filter: &Filter, entry: &Entry<'_>) -> Self {
        let (Some(found), Some(kept)) = (filter.found(), entry.message) else { return Self::default() };
        let marks = found.search.marks(kept);
        let of = |piece: Piece| -> Vec<TextRange> {
            let marks = marks.iter().filter(|mark| mark.piece == piece);
            marks.map(|Mark { range, .. }| range.clone()).collect()
        };
        let place = kept.people().position(|(role, _)| role == Role::From);
        let sender = kept.sender();
        // As `people::name` chooses.
        let is_named = !sender.name.trim().trim_matches(['"', '\'']).is_empty();
        let in_sender =
            place.map(|place| of(if is_named { Piece::Name(place) } else { Piece::Address(place) }));
        Self {
            in_sender: in_sender.unwrap_or_default(),
            sender: if is_named { sender.name } else { sender.address }.to_owned(),
            in_subject: of(Piece::Subject),
        }
    }

    /// Returns those in the subject.
    pub fn in_subject(&self) -> &[TextRange] {
        &self.in_subject
    }

    /// Returns those in the sender's name where it is drawn without its quotes (`name`), as much of it as
    /// begins what is `shown`.
    pub fn in_name(&self, name: &str, shown: &str) -> Vec<TextRange> {
        let Some(lead) = self.sender.find(name) else { return Vec::new() };
        let same = name.chars().zip(shown.chars()).take_while(|(one, other)| one == other);
        let same: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
        let moved = self.in_sender.iter().map(|range| {
            range.start.saturating_sub(lead).min(same)..range.end.saturating_sub(lead).min(same)
        });
        moved.filter(|range| !range.is_empty()).collect()
    }
}

/// Returns whether a row of an unfolded thread is one of those for which the thread is listed.
pub fn is_marked_in_its_thread(list: &List, row: Row, message: Option<MessageNo>) -> bool {
    let is_in_tree = matches!(row.kind, RowKind::Root | RowKind::Branch);
    let narrowing = list.narrowing().filter(|_| is_in_tree);
    narrowing.zip(message).is_some_and(|(narrowing, message)| narrowing.holds(message))
}
