//! Where one is in a mailbox, so that the next session begins there.
//!
//! As text it is a few lines of words, read leniently: what is not understood is left out.
//!
//! Not here: keeping it (`runtime`).

use super::State;
use super::geometry::Focus;
use super::list::Order;
use super::list::Shape;
use super::page::Spot;
use super::reader::Place;
use super::reader::ReaderView;
use crate::bytes::ByteOffset;
use crate::corpus::MessageNo;
use std::fmt;

/// Where one is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The message that is selected.
    pub message: MessageNo,
    /// Where it begins, so that a position in another mailbox is not believed.
    pub offset: ByteOffset,
    /// On which row of the screen it stands in the list.
    pub row: usize,
    /// Whether it is being read.
    pub is_open: bool,
    /// Where in it.
    pub place: Place,
    /// Whether quotations are folded, in this message and all others.
    pub are_quotes_folded: bool,
    /// How the list is ordered.
    pub order: Order,
    /// What its rows are.
    pub shape: Shape,
    /// Whether all threads are unfolded, but for some.
    pub are_unfolded: bool,
    /// A message of each thread that is not as all are.
    pub others: Vec<MessageNo>,
}

/// Whoever unfolded more threads than this will not miss them.
const OTHERS_AT_MOST: usize = 1000;

impl Position {
    /// Returns where one is; nowhere, as long as there are no messages.
    pub fn of(state: &State) -> Option<Self> {
        if let Some(position) = &state.resuming {
            return Some(position.clone());
        }
        let message = state.list.message()?;
        let (are_unfolded, mut others) = state.list.unfolded();
        others.truncate(OTHERS_AT_MOST);
        Some(Self {
            message,
            offset: state.snapshot.corpus.get(message)?.range().start(),
            row: state.list.selected().saturating_sub(state.list.top()),
            is_open: state.focus == Focus::Reader,
            place: state.reader.place(),
            are_quotes_folded: state.reader.are_quotes_folded(),
            order: state.list.order(),
            shape: state.list.shape(),
            are_unfolded,
            others,
        })
    }

    /// Reads a position; `None` where no message is named.
    pub fn read(text: &str) -> Option<Self> {
        let mut position = Self::default();
        let mut has_message = false;
        for line in text.lines() {
            let mut words = line.split(' ');
            let name = words.next().unwrap_or_default();
            let numbers: Vec<u64> = words.clone().filter_map(|word| word.parse().ok()).collect();
            match (name, numbers.as_slice(), words.next()) {
                ("message", &[ordinal, offset, ..], _) => {
                    position.message = MessageNo::from_ordinal(ordinal)?;
                    position.offset = ByteOffset(offset);
                    has_message = true;
                }
                ("row", &[row, ..], _) => position.row = usize::try_from(row).unwrap_or(0),
                ("open", &[block, row, ..], _) => {
                    position.is_open = true;
                    let place = |number: u64| usize::try_from(number).unwrap_or(0);
                    position.place.top = Spot { block: place(block), row: place(row) };
                }
                ("view", numbers, Some(word)) => {
                    let view = VIEWS.iter().find(|(name, _)| *name == word);
                    position.place.view = view.map_or(ReaderView::Text, |(_, view)| *view);
                    let part = numbers.first().and_then(|&part| usize::try_from(part).ok());
                    position.place.part = part.unwrap_or(0);
                }
                ("quotes", _, Some("folded")) => position.are_quotes_folded = true,
                ("order", _, Some(word)) => {
                    let order = ORDERS.iter().find(|(name, _)| *name == word);
                    position.order = order.map_or(Order::default(), |(_, order)| *order);
                }
                ("list", _, Some("messages")) => position.shape = Shape::Messages,
                ("unfolded", _, Some("all")) => position.are_unfolded = true,
                ("others", numbers, _) => {
                    let others = numbers.iter().take(OTHERS_AT_MOST);
                    position.others = others.filter_map(|&it| MessageNo::from_ordinal(it)).collect();
                }
                _ => {}
            }
        }
        has_message.then_some(position)
    }
}

/// The orders that outlive a filter.
const ORDERS: [(&str, Order); 4] = [
    ("oldest", Order::OldestFirst),
    ("latest", Order::LatestFirst),
    ("hits", Order::MostHitsFirst),
    ("largest", Order::LargestFirst),
];

/// The views of a message, but for its text.
const VIEWS: [(&str, ReaderView); 4] = [
    ("headers", ReaderView::Headers),
    ("parts", ReaderView::Parts),
    ("raw", ReaderView::Raw),
    ("links", ReaderView::Links),
];

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "message {} {}", self.message.ordinal(), self.offset.0)?;
        writeln!(out, "row {}", self.row)?;
        if self.is_open {
            writeln!(out, "open {} {}", self.place.top.block, self.place.top.row)?;
            if let Some((name, _)) = VIEWS.iter().find(|(_, view)| *view == self.place.view) {
                writeln!(out, "view {name} {}", self.place.part)?;
            }
        }
        if self.are_quotes_folded {
            writeln!(out, "quotes folded")?;
        }
        if let Some((name, _)) = ORDERS.iter().find(|(_, order)| *order == self.order) {
            writeln!(out, "order {name}")?;
        }
        if self.shape == Shape::Messages {
            writeln!(out, "list messages")?;
        }
        if self.are_unfolded {
            writeln!(out, "unfolded all")?;
        }
        if !self.others.is_empty() {
            let others: Vec<String> = self.others.iter().map(|it| it.ordinal().to_string()).collect();
            writeln!(out, "others {}", others.join(" "))?;
        }
        Ok(())
    }
}

/// Goes where one was, once the message is there; somebody who has moved already is left where they are.
pub(super) fn resume(state: &mut State) {
    let Some(position) = state.resuming.take() else { return };
    if state.list.has_moved() {
        return;
    }
    let Some(kept) = state.snapshot.corpus.get(position.message) else {
        // It may still come.
        state.resuming = Some(position).filter(|_| !state.snapshot.is_complete);
        return;
    };
    if kept.range().start() != position.offset {
        return;
    }
    let height = state.list_height();
    let known = |other: &MessageNo| state.snapshot.corpus.get(*other).is_some();
    let others: Vec<MessageNo> = position.others.into_iter().filter(known).collect();
    let unfolded = (position.are_unfolded, others);
    state.list.look_as((position.shape, position.order), unfolded, &state.snapshot, height);
    state.list.select(&state.snapshot.forest, position.message, height);
    state.list.stand_at(position.row, height);
    if position.are_quotes_folded != state.reader.are_quotes_folded() {
        state.reader.toggle_quotes();
    }
    if position.is_open {
        state.focus = Focus::Reader;
        state.reader.go_on_at(position.message, position.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&Position>) {
        assert_eq!(Position::read(text).as_ref(), expected);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let position = Position {
            message: MessageNo(16),
            offset: ByteOffset(81920),
            row: 4,
            is_open: true,
            place: Place { view: ReaderView::Parts, top: Spot { block: 3, row: 12 }, part: 2 },
            are_quotes_folded: true,
            order: Order::LargestFirst,
            shape: Shape::Messages,
            are_unfolded: true,
            others: vec![MessageNo(2), MessageNo(40)],
        };
        check(&position.to_string(), Some(&position));
        let plain = Position { message: MessageNo(16), ..Position::default() };
        check(&plain.to_string(), Some(&plain));
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let plain = Position { message: MessageNo(0), offset: ByteOffset(7), ..Position::default() };
        check(
            "message 1 7\norder sideways\nview upside\nquotes\nopen\nopen 3\nunfolded some\nfuture 3 4\n\u{0}",
            Some(&plain),
        );
        check("message 0 7", None);
        check("message x", None);
        check("", None);
    }
}
