//! The reader: one message, seen as text, headers, parts, raw bytes or links.
//!
//! What is known of a message before it is loaded is shown at once. A message that is loaded answers
//! the last question only: `Generation` tells an old answer from a new one.
//!
//! Not here: loading (an effect), and which message is next (`list`).

mod bar;
mod hits;
mod letter;
mod letterhead;
mod links;
mod marks;
mod opened;
mod outline;
mod parts;
mod place;
mod plan;
mod quotes;
mod raw;
mod scrolling;
mod views;
mod wording;

pub use bar::BarCell;
pub use letterhead::Letterhead;
pub use opened::Extent;
pub use opened::Opened;
pub use opened::SHORT_BYTES;
pub use opened::Step;
pub use opened::innermost;
pub use raw::Raw;
pub use wording::Sought;
pub use wording::Words;
pub use wording::WordsGeneration;

use super::dates::Dates;
use super::effect::Wanted;
use super::geometry::Area;
use super::msg::Snapshot;
use super::page::Page;
use super::page::Spot;
use super::words;
use crate::bytes::Loss;
use crate::corpus::MessageNo;
use crate::mail::PartPath;
use crate::watch::MessageHit;
use crate::watch::Watchlist;
use hits::Landing;
use marks::Hit;
use plan::Block;
use plan::Contents;
use std::sync::Arc;
use wording::Wording;

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

/// Where one is in a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// How one looks at it.
    pub view: ReaderView,
    /// The first row that is seen.
    pub top: Spot,
    /// The part that is selected where one looks at the parts.
    pub part: usize,
}

/// One message, and how much of it is seen.
#[derive(Debug, Default)]
pub struct Reader {
    shown: Option<MessageNo>,
    within: Vec<PartPath>,
    generation: Generation,
    letterhead: Letterhead,
    opened: Option<Arc<Opened>>,
    /// What was loaded has become longer, and is being loaded anew.
    is_stale: bool,
    /// Why the message cannot be read, where it is gone.
    gone: Option<String>,
    view: ReaderView,
    are_quotes_folded: bool,
    shows_everyone: bool,
    selected_part: usize,
    area: Area,
    blocks: Vec<Block>,
    page: Page,
    top: Spot,
    /// The first row of the last screen.
    last_top: Spot,
    watchlist: Arc<Watchlist>,
    dates: Dates,
    /// Where the message names candidates, as far as it has been searched.
    named: Arc<Vec<MessageHit>>,
    /// What the filter looks for, and where it stands.
    wording: Wording,
    /// What is gone to: where candidates are named, and the words of the filter.
    hits: Vec<Hit>,
    /// All of it has been searched.
    is_searched: bool,
    raw: Option<Arc<Raw>>,
    is_raw_asked: bool,
    /// The hit that `n` and `N` have come to.
    hit: Option<usize>,
    /// Where to go on when this message is there.
    resuming: Option<(MessageNo, Place)>,
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
    pub fn top(&self) -> Spot {
        self.top
    }

    /// Returns how much of the message has been loaded; `None` where none of it has.
    pub fn extent(&self) -> Option<Extent> {
        let extent = self.opened.as_ref()?.extent;
        Some(if self.is_searched { Extent::Whole } else { extent })
    }

    /// Returns how much has been seen when the page ends here, in percent; `None` where all is seen at once.
    pub fn percent(&self) -> Option<usize> {
        self.page.percent(self.top, self.area.rows())
    }

    /// Returns whether the last row is seen.
    pub fn is_at_end(&self) -> bool {
        self.top >= self.last_top
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

    /// Asks for the message once more, as it has become longer; what is seen of it stays until it is there.
    pub fn show_again(&mut self, snapshot: &Snapshot) -> Option<Wanted> {
        let number = self.shown?;
        if self.within.is_empty() {
            self.letterhead = letterhead_of(number, snapshot);
        }
        self.generation.0 += 1;
        self.is_stale = true;
        Some(Wanted { generation: self.generation, number, within: self.within.clone() })
    }

    fn ask(&mut self, number: MessageNo) -> Wanted {
        self.generation.0 += 1;
        self.opened = None;
        self.gone = None;
        self.is_stale = false;
        self.raw = None;
        self.is_raw_asked = false;
        self.named = Arc::default();
        self.wording.message_changed(|_| false);
        self.mark_again();
        self.is_searched = false;
        self.top = Spot::default();
        self.hit = None;
        self.selected_part = 0;
        self.lay_out();
        Wanted { generation: self.generation, number, within: self.within.clone() }
    }

    /// Takes the message that was asked for, or more of it; an answer to an old question changes nothing.
    pub fn loaded(&mut self, generation: Generation, opened: Arc<Opened>) {
        if generation != self.generation {
            return;
        }
        if !std::mem::take(&mut self.is_stale) && self.extent() >= Some(opened.extent) {
            return;
        }
        let letterhead = match self.is_within() {
            true => opened.letterhead.clone(),
            false => std::mem::take(&mut self.letterhead),
        };
        self.letterhead = letterhead.with(&opened.letterhead, opened.message.anomalies);
        let stays = self.that_stay(&opened);
        let named = match opened.extent {
            Extent::Unsearched => {
                Arc::new(self.named.iter().filter(|hit| stays(hit.place)).cloned().collect())
            }
            _ => Arc::clone(&opened.hits),
        };
        self.wording.message_changed(stays);
        self.take_named(named);
        self.is_searched = opened.extent == Extent::Whole;
        self.raw = opened.raw.clone();
        self.opened = Some(opened);
        self.lay_out_again();
        self.go_on();
        self.land();
    }

    /// Says that the message that was asked for is gone.
    pub fn is_gone(&mut self, generation: Generation, loss: &Loss) {
        if generation == self.generation {
            self.gone = Some(format!("this part of the mailbox is gone: {}", words::loss(loss)));
            self.opened = None;
            self.wording.message_changed(|_| false);
            self.take_named(Arc::default());
            self.lay_out();
        }
    }

    /// Takes where the message that was asked for names candidates.
    pub fn searched(&mut self, generation: Generation, hits: Arc<Vec<MessageHit>>) {
        if generation == self.generation {
            self.take_named(hits);
            self.is_searched = true;
            self.lay_out_again();
            self.land();
        }
    }

    /// Takes the bytes of the message that was asked for.
    pub fn raw_loaded(&mut self, generation: Generation, raw: Arc<Raw>) {
        if generation == self.generation {
            self.raw = Some(raw);
            self.lay_out();
            self.go_on();
        }
    }

    /// Asks for the bytes of a long message when they are to be seen, once.
    pub fn want_raw(&mut self) -> Option<Wanted> {
        let is_wanted = self.view == ReaderView::Raw && self.opened.is_some() && self.raw.is_none();
        if !is_wanted || self.is_raw_asked {
            return None;
        }
        self.is_raw_asked = true;
        Some(Wanted { generation: self.generation, number: self.shown?, within: self.within.clone() })
    }

    /// Returns where one is; within an attached message, where one would be outside of it.
    pub fn place(&self) -> Place {
        if self.is_within() {
            return Place::default();
        }
        let part = if self.view == ReaderView::Parts { self.selected_part } else { 0 };
        Place { view: self.view, top: self.top, part }
    }

    /// Goes on at a place of a message, once it is there.
    pub fn go_on_at(&mut self, message: MessageNo, place: Place) {
        self.resuming = Some((message, place));
    }

    fn go_on(&mut self) {
        let Some((_, place)) = self.resuming.take().filter(|(message, _)| self.shown == Some(*message))
        else {
            return;
        };
        let parts = self.opened.as_ref().map_or(0, |opened| opened.order.len());
        self.selected_part = place.part.min(parts.saturating_sub(1));
        if self.view != place.view {
            self.set_view(place.view);
        }
        self.scroll_to(place.top);
        if place.view == ReaderView::Raw && self.raw.is_none() {
            // The bytes of a long message come later.
            self.resuming = self.shown.map(|shown| (shown, place));
        }
    }

    /// Writes dates so.
    pub fn set_dates(&mut self, dates: Dates) {
        self.dates = dates;
    }

    /// Makes another page; what was at the top stays there.
    fn lay_out_again(&mut self) {
        let anchor = self.anchor();
        self.make_page();
        if let Some(anchor) = anchor {
            self.top = self.spot_of(anchor);
        }
        self.settle();
    }

    fn lay_out(&mut self) {
        self.make_page();
        self.settle();
    }

    fn make_page(&mut self) {
        self.blocks = plan::blocks(self);
        let contents = self.contents();
        self.page = Page::new(self.width(), contents.bytes(), &contents);
    }

    /// Returns the page, and what stands on it.
    fn page_and_contents(&mut self) -> (&mut Page, Contents<'_>) {
        let Self { page, blocks, letterhead, opened, raw, gone, watchlist, dates, hits, wording, .. } = self;
        let contents = Contents {
            blocks,
            letterhead,
            opened: opened.as_deref(),
            raw: raw.as_deref(),
            gone: gone.as_deref(),
            watchlist,
            dates,
            hits,
            search: wording.search.as_ref(),
            here: self.hit,
            are_quotes_folded: self.are_quotes_folded,
            shows_everyone: self.shows_everyone,
            selected_part: self.selected_part,
        };
        (page, contents)
    }

    fn contents(&self) -> Contents<'_> {
        Contents {
            blocks: &self.blocks,
            letterhead: &self.letterhead,
            opened: self.opened.as_deref(),
            raw: self.raw.as_deref(),
            gone: self.gone.as_deref(),
            watchlist: &self.watchlist,
            dates: &self.dates,
            hits: &self.hits,
            search: self.wording.search.as_ref(),
            here: self.hit,
            are_quotes_folded: self.are_quotes_folded,
            shows_everyone: self.shows_everyone,
            selected_part: self.selected_part,
        }
    }
}

fn letterhead_of(number: MessageNo, snapshot: &Snapshot) -> Letterhead {
    let Some(kept) = snapshot.corpus.get(number) else { return Letterhead::default() };
    Letterhead::of_kept(kept, snapshot.forest.anomalies(number))
}
