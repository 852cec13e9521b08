//! The reader: one message, seen as text, headers, parts, raw bytes or links.
//!
//! What is known of a message before it is loaded is shown at once. A message that is loaded answers
//! the last question only: `Generation` tells an old answer from a new one.
//!
//! Not here: loading (an effect), and which message is next (`list`).

mod letter;
mod letterhead;
mod hits;
mod links;
mod marks;
mod opened;
mod parts;
mod quotes;

pub use letterhead::Letterhead;
pub use opened::Opened;

use super::dates::Dates;
use super::effect::Wanted;
use super::geometry::Area;
use super::meaning::Meaning;
use super::msg::Snapshot;
use super::page::Page;
use super::page::Writer;
use super::words;
use crate::bytes::Loss;
use crate::corpus::MessageNo;
use crate::mail::PartPath;
use crate::watch::MessageHit;
use crate::watch::Watchlist;
use hits::Landing;
use marks::Marks;
use std::sync::Arc;

/// Lines longer than this are hard to follow with the eye.
const TEXT_CELLS_AT_MOST: u16 = 100;

/// White space on both sides of the text.
pub const MARGIN_CELLS: u16 = 1;

/// Which question an answer belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u64);

/// What of a message is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReaderView {
    /// What a person reads.
    #[default]
    Text,
    /// Every header field.
    Headers,
    /// The MIME tree.
    Parts,
    /// The bytes of the message.
    Raw,
    /// Where its links lead.
    Links,
}

/// One message, and how much of it is seen.
#[derive(Debug, Default)]
pub struct Reader {
    shown: Option<MessageNo>,
    within: Vec<PartPath>,
    generation: Generation,
    letterhead: Letterhead,
    opened: Option<Arc<Opened>>,
    /// Why the message cannot be read, where it is gone.
    gone: Option<String>,
    view: ReaderView,
    are_quotes_folded: bool,
    shows_everyone: bool,
    selected_part: usize,
    area: Area,
    page: Page,
    top: usize,
    watchlist: Arc<Watchlist>,
    dates: Dates,
    /// The hit that `n` and `N` have come to.
    hit: Option<usize>,
    /// Where to go when the message is there.
    landing: Option<Landing>,
}

impl Reader {
    /// Returns the message that is shown.
    pub fn shown(&self) -> Option<MessageNo> {
        self.shown
    }

    /// Returns what of it is seen.
    pub fn view(&self) -> ReaderView {
        self.view
    }

    /// Returns what stands above the message.
    pub fn letterhead(&self) -> &Letterhead {
        &self.letterhead
    }

    /// Returns whether a message within a message is shown.
    pub fn is_within(&self) -> bool {
        !self.within.is_empty()
    }

    /// Returns whether it waits for a message to be loaded.
    pub fn is_waiting(&self) -> bool {
        self.shown.is_some() && self.opened.is_none() && self.gone.is_none()
    }

    /// Returns the page.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Returns the first row of the page that is seen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Returns how much has been seen when the page ends here, in percent; `None` where all is seen at once.
    pub fn percent(&self) -> Option<usize> {
        let rows = self.page.rows();
        (rows > self.area.rows()).then(|| (self.top + self.area.rows()).min(rows) * 100 / rows)
    }

    /// Returns whether the last row is seen.
    pub fn is_at_end(&self) -> bool {
        self.top >= self.last_top()
    }

    /// Shows another message: what the index keeps of it now, the rest when it is loaded.
    pub fn show(&mut self, number: MessageNo, snapshot: &Snapshot) -> Wanted {
        self.shown = Some(number);
        self.within.clear();
        self.view = ReaderView::Text;
        self.shows_everyone = false;
        self.letterhead = letterhead_of(number, snapshot);
        self.ask(number)
    }

    fn ask(&mut self, number: MessageNo) -> Wanted {
        self.generation.0 += 1;
        self.opened = None;
        self.gone = None;
        self.top = 0;
        self.hit = None;
        self.selected_part = 0;
        self.lay_out();
        Wanted { generation: self.generation, number, within: self.within.clone() }
    }

    /// Takes the message that was asked for; an answer to an old question changes nothing.
    pub fn loaded(&mut self, generation: Generation, opened: Arc<Opened>) {
        if generation != self.generation {
            return;
        }
        self.letterhead = if self.is_within() {
            opened.letterhead.clone().with(&opened.letterhead, opened.message.anomalies)
        } else {
            std::mem::take(&mut self.letterhead).with(&opened.letterhead, opened.message.anomalies)
        };
        self.opened = Some(opened);
        self.lay_out();
        self.land();
    }

    /// Says that the message that was asked for is gone.
    pub fn is_gone(&mut self, generation: Generation, loss: &Loss) {
        if generation == self.generation {
            self.gone = Some(format!("this part of the mailbox is gone: {}", words::loss(loss)));
            self.opened = None;
            self.lay_out();
        }
    }

    /// Gives it another place on the screen; what was at the top stays there.
    pub fn set_area(&mut self, area: Area) {
        let is_other_width = area.width != self.area.width;
        self.area = area;
        if is_other_width {
            self.lay_out_again();
        }
        self.top = self.top.min(self.last_top());
    }

    /// Writes dates so.
    pub fn set_dates(&mut self, dates: Dates) {
        self.dates = dates;
    }

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

    fn set_view(&mut self, view: ReaderView) {
        self.view = view;
        self.top = 0;
        self.lay_out();
    }

    /// Folds or unfolds quotations; what was at the top stays there.
    pub fn toggle_quotes(&mut self) {
        self.are_quotes_folded = !self.are_quotes_folded;
        self.lay_out_again();
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
            let path = parts::message_at(&opened.message.root, self.selected_part)?;
            self.within.push(path);
            self.view = ReaderView::Text;
            return Some(self.ask(self.shown?));
        }
        if let Some(place) = parts::first_message(&opened.message.root) {
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

    /// Moves a line, or in the parts view to the next part.
    pub fn step(&mut self, lines: isize) {
        if self.view == ReaderView::Parts {
            self.select_part(self.selected_part.saturating_add_signed(lines));
        } else {
            self.scroll_by(lines);
        }
    }

    fn select_part(&mut self, place: usize) {
        let Some(opened) = &self.opened else { return };
        let parts = parts::in_order(&opened.message.root).len();
        self.selected_part = place.min(parts.saturating_sub(1));
        self.lay_out();
        let height = self.area.rows().max(1);
        self.top = self.top.clamp((self.selected_part + 1).saturating_sub(height), self.selected_part);
    }

    /// Moves what is seen by so many rows.
    pub fn scroll_by(&mut self, rows: isize) {
        self.scroll_to(self.top.saturating_add_signed(rows));
    }

    /// Moves what is seen to a row; one past the end shows the last.
    pub fn scroll_to(&mut self, row: usize) {
        self.top = row.min(self.last_top());
        self.forget_hit_out_of_sight();
    }

    /// Returns how many rows are seen at once.
    pub fn height(&self) -> usize {
        self.area.rows()
    }

    fn last_top(&self) -> usize {
        self.page.rows().saturating_sub(self.area.rows())
    }

    fn lay_out_again(&mut self) {
        let place = self.page.place_of(self.top);
        self.lay_out();
        if let Some(place) = place {
            self.top = self.page.row_of(place);
        }
        self.top = self.top.min(self.last_top());
    }

    fn lay_out(&mut self) {
        let width = self.area.width.saturating_sub(2 * MARGIN_CELLS);
        self.page = match (&self.opened, self.view) {
            (None, _) => self.page_without_message(width),
            (Some(opened), ReaderView::Text) => self.text_page(opened, width.min(TEXT_CELLS_AT_MOST)),
            (Some(opened), ReaderView::Headers) => headers_page(opened, width),
            (Some(opened), ReaderView::Parts) => {
                let mut page = Writer::new(width);
                parts::write(&mut page, &opened.message.root, self.selected_part);
                page.finish()
            }
            (Some(opened), ReaderView::Raw) => raw_page(opened, width),
            (Some(opened), ReaderView::Links) => {
                let mut page = Writer::new(width);
                links::write(&mut page, &opened.message);
                page.finish()
            }
        };
        self.mark_here();
        self.top = self.top.min(self.last_top());
    }

    fn page_without_message(&self, width: u16) -> Page {
        let mut page = Writer::new(width.min(TEXT_CELLS_AT_MOST));
        if self.shown.is_some() {
            self.letterhead.write(&mut page, &[], self.marks(&[]), &self.dates, self.shows_everyone);
            page.blank();
            match &self.gone {
                Some(words) => page.say(words, Meaning::Odd).end_line(),
                None => page.say("loading…", Meaning::Progress).end_line(),
            };
        }
        page.finish()
    }

    fn text_page(&self, opened: &Opened, width: u16) -> Page {
        let mut page = Writer::new(width);
        let marks = self.marks(&opened.hits);
        let attachments = &opened.message.attachments;
        self.letterhead.write(&mut page, attachments, marks, &self.dates, self.shows_everyone);
        letter::write(&mut page, &opened.message, marks, self.are_quotes_folded);
        page.finish()
    }

    fn marks<'a>(&'a self, hits: &'a [MessageHit]) -> Marks<'a> {
        Marks { watchlist: &self.watchlist, hits }
    }
}

fn letterhead_of(number: MessageNo, snapshot: &Snapshot) -> Letterhead {
    let Some(kept) = snapshot.corpus.get(number) else { return Letterhead::default() };
    Letterhead::of_kept(kept, snapshot.forest.anomalies(number))
}

fn headers_page(opened: &Opened, width: u16) -> Page {
    let mut page = Writer::new(width);
    for field in &opened.message.fields {
        page.say(&field.name, Meaning::Quiet).say(": ", Meaning::Quiet).hang();
        page.say(&field.value, Meaning::Plain).end_line();
    }
    page.finish()
}

fn raw_page(opened: &Opened, width: u16) -> Page {
    let mut page = Writer::new(width);
    for line in opened.raw.split('\n') {
        page.say(line.strip_suffix('\r').unwrap_or(line), Meaning::Plain).end_line();
    }
    if opened.raw_bytes_left_out > 0 {
        let left_out = words::counted(opened.raw_bytes_left_out as u64, "byte");
        page.say(&format!("{left_out} more are not shown here"), Meaning::Odd).end_line();
    }
    page.finish()
}
