//! What of a message is seen: its text, with quotations folded or not, its header, parts, bytes or links, and
//! the messages that are attached to it.

use super::Reader;
use super::ReaderView;
use super::letterhead_of;
use super::parts;
use crate::app::effect::Wanted;
use crate::app::msg::Snapshot;
use crate::app::page::Spot;

impl Reader {
    /// Turns to headers, parts, raw bytes and text in turn.
    pub fn turn_view(&mut self) {
        self.set_view(match self.view {
            ReaderView::Text | ReaderView::Links => ReaderView::Headers,
            ReaderView::Headers => ReaderView::Parts,
            ReaderView::Parts => ReaderView::Raw,
            ReaderView::Raw => ReaderView::Text,
        });
    }

    /// Turns to the list of links, and back.
    pub fn toggle_links(&mut self) {
        let is_there = self.view == ReaderView::Links;
        self.set_view(if is_there { ReaderView::Text } else { ReaderView::Links });
    }

    pub(super) fn set_view(&mut self, view: ReaderView) {
        self.view = view;
        self.top = Spot::default();
        self.lay_out();
    }

    /// Folds or unfolds quotations; what was at the top stays there.
    pub fn toggle_quotes(&mut self) {
        self.are_quotes_folded = !self.are_quotes_folded;
        self.lay_out_again();
    }

    /// Returns whether quotations are folded.
    pub fn are_quotes_folded(&self) -> bool {
        self.are_quotes_folded
    }

    /// Shows every recipient, or the first few.
    pub fn toggle_recipients(&mut self) {
        self.shows_everyone = !self.shows_everyone;
        self.lay_out_again();
    }

    /// Opens what is selected: from the parts an attached message, from the text the parts.
    pub fn open(&mut self) -> Option<Wanted> {
        let opened = self.opened.clone()?;
        if self.view == ReaderView::Parts {
            let path = parts::message_at(&opened.message, &opened.order, self.selected_part)?;
            self.within.push(path);
            self.view = ReaderView::Text;
            return Some(self.ask(self.shown?));
        }
        if let Some(place) = parts::first_message(&opened.message, &opened.order) {
            self.selected_part = place;
            self.set_view(ReaderView::Parts);
        }
        None
    }

    /// Goes back from another view to the text, or from an attached message to the one around it.
    ///
    /// `None` where there is nothing to go back to.
    pub fn back(&mut self, snapshot: &Snapshot) -> Option<Option<Wanted>> {
        if self.view != ReaderView::Text {
            self.set_view(ReaderView::Text);
            return Some(None);
        }
        self.within.pop()?;
        let number = self.shown?;
        if self.within.is_empty() {
            self.letterhead = letterhead_of(number, snapshot);
        }
        Some(Some(self.ask(number)))
    }
}
