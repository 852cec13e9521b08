//! Walking from hit to hit within the message.
//!
//! Not here: which message of the list is next (`list`).

use super::Extent;
use super::Opened;
use super::Reader;
use super::ReaderView;
use super::marks;
use super::marks::Hit;
use crate::app::page::PARTS;
use crate::app::page::Page;
use crate::app::page::Place;
use crate::app::page::Spot;
use crate::app::page::Stop;
use crate::corpus::MessageNo;
use crate::watch;
use crate::watch::MessageHit;
use crate::watch::Watchlist;
use std::sync::Arc;

/// One row in so many stays above a hit that was out of sight: what leads up to it.
const ABOVE_HIT: usize = 3;

/// The first or the last hit of a message that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Landing {
    message: MessageNo,
    is_first: bool,
    /// How many hits further one wanted to go while it was not there.
    further: usize,
}

impl Reader {
    /// Tells it who is looked for.
    pub fn set_watchlist(&mut self, watchlist: Arc<Watchlist>) {
        self.watchlist = watchlist;
    }

    /// Returns where the message names candidates, as far as that has been found.
    pub fn named(&self) -> &[MessageHit] {
        &self.named
    }

    /// Returns whether all of the message has been searched, for candidates and for the words of the filter.
    pub fn is_searched(&self) -> bool {
        self.extent() == Some(Extent::Whole) && self.wording.is_done()
    }

    /// Returns how many hits stand above what is seen, and below.
    pub fn hits_beyond(&self) -> (usize, usize) {
        if self.view != ReaderView::Text {
            return (0, 0);
        }
        let after = self.page.after(self.top, self.height());
        let above = self.hits_before(self.top);
        (above, self.hits.len().saturating_sub(self.hits_before(after)))
    }

    /// Returns where one goes to see each hit, in the order of the page, all of which is laid out for it.
    pub fn stops(&self) -> Vec<Stop> {
        let contents = self.contents();
        let mut page = Page::new(self.width(), contents.bytes(), &contents);
        (0..page.blocks())
            .flat_map(|block| page.sheet(block, &contents).stops().collect::<Vec<_>>())
            .collect()
    }

    /// Counts the hits that are gone to above a row: those in the blocks above by their places, since
    /// these need not be laid out.
    fn hits_before(&self, spot: Spot) -> usize {
        let in_block = self.page.laid(spot.block).map_or(0, |sheet| sheet.stops_above(spot.row));
        in_block + self.hits_before_block(spot.block)
    }

    fn hits_before_block(&self, number: usize) -> usize {
        let contents = self.contents();
        let Some(block) = contents.blocks.get(number) else { return self.hits.len() };
        let places = self.hits_by_place();
        match (contents.start_of_block(number), contents.is_behind_texts(block)) {
            (Some(place), _) => places.others() + self.hits_in_texts_before(place),
            (None, true) => self.hits.len(),
            (None, false) => places.on_letterhead_before(&self.hits, contents.first_file(block)),
        }
    }

    /// Counts the hits that stand before a part of the page (see [`Page::at_part`]); in a block that is not laid
    /// out by their bytes.
    pub(super) fn hits_before_part(&self, part: usize) -> usize {
        let (block, within) = self.page.at_part(part);
        let contents = self.contents();
        match (self.page.laid(block), contents.range_of_block(block)) {
            (Some(sheet), _) => self.hits_before(Spot { block, row: sheet.rows() * within / PARTS }),
            (None, Some((place, bytes))) => {
                let offset = place.offset + (bytes as u128 * within as u128 / PARTS as u128) as usize;
                self.hits_by_place().others() + self.hits_in_texts_before(Place { offset, ..place })
            }
            (None, None) => self.hits_before_block(block),
        }
    }

    /// Returns the hit in this place on the page.
    pub(super) fn hit_at(&self, place: usize) -> Option<&Hit> {
        self.hits.get(self.hits_by_place().number_at(place))
    }

    /// Counts the hits in texts that begin before a place.
    fn hits_in_texts_before(&self, place: Place) -> usize {
        let Some(opened) = &self.opened else { return 0 };
        let start = (marks::place_of_text(&opened.message, place.text), place.offset);
        let end = self.hits.partition_point(|hit| (hit.place, hit.range.start) < start);
        end.saturating_sub(self.hits_by_place().header)
    }

    fn hits_by_place(&self) -> ByPlace {
        let header = self.hits.partition_point(|hit| hit.place.is_header());
        let texts = self.hits.partition_point(|hit| hit.place < watch::Place::Attachment(0)) - header;
        ByPlace { header, texts, attachments: self.hits.len() - texts - header }
    }

    /// Goes to the next hit, or the one before; returns whether there is one.
    pub fn go_to_next_hit(&mut self, is_next: bool) -> bool {
        let shown = self.shown;
        if let Some(landing) = self.landing.as_mut().filter(|landing| shown == Some(landing.message)) {
            landing.further += usize::from(landing.is_first == is_next);
            return true;
        }
        if self.hits.is_empty() {
            return false;
        }
        if self.view != ReaderView::Text {
            self.set_view(ReaderView::Text);
        }
        let hit = self.next_hit(is_next);
        hit.inspect(|&hit| self.go_to_hit(hit)).is_some()
    }

    /// Goes to the first hit, or the last, of a message that is to be shown.
    pub fn land_in(&mut self, message: MessageNo, is_first: bool) {
        self.landing = Some(Landing { message, is_first, further: 0 });
        if self.shown == Some(message) {
            self.land();
        }
    }

    /// Goes where one wanted to go before the message was there.
    pub(super) fn land(&mut self) {
        if !self.is_searched() {
            return;
        }
        let Some(landing) = self.landing.take().filter(|it| self.shown == Some(it.message)) else { return };
        let place = if landing.is_first { 0 } else { self.hits.len().saturating_sub(1) };
        let hit = self.hits_by_place().number_at(place);
        if hit < self.hits.len() {
            self.go_to_hit(hit);
        }
        for _ in 0..landing.further.min(self.hits.len()) {
            self.go_to_next_hit(landing.is_first);
        }
    }

    /// Takes where the message names candidates, or more of it.
    pub(super) fn take_named(&mut self, named: Arc<Vec<MessageHit>>) {
        self.named = named;
        self.mark_again();
    }

    /// Puts the hits in order again; the one that one has come to stays that.
    pub(super) fn mark_again(&mut self) {
        let place_of = |hit: &Hit| (hit.place, hit.range.start);
        let here = self.hit.and_then(|hit| self.hits.get(hit)).map(place_of);
        self.hits = marks::in_order(&self.named, &self.wording.words);
        self.hit = here.and_then(|here| self.hits.binary_search_by_key(&here, place_of).ok());
    }

    /// Returns which of the hits in the beginning of a message stand in the same place of the whole, which
    /// may begin with another text.
    pub(super) fn that_stay(&self, whole: &Opened) -> impl Fn(watch::Place) -> bool + use<> {
        let first =
            |opened: &Opened| opened.message.texts.first().map(|text| (text.is_body, text.path.clone()));
        let is_same_text = self.opened.as_deref().is_some_and(|opened| first(opened) == first(whole));
        let first_text = is_same_text.then(|| marks::place_of_text(&whole.message, 0));
        move |place| place.is_header() || first_text == Some(place)
    }

    /// Lets the walk begin with what is seen, where a person has scrolled away from where it was.
    pub(super) fn forget_hit_out_of_sight(&mut self) {
        let spot = self.hit.and_then(|hit| self.find(hit)).map(|(spot, _)| spot);
        if spot.is_some_and(|spot| !self.is_seen(spot)) {
            self.hit = None;
            self.page.forget();
        }
    }

    fn is_seen(&self, spot: Spot) -> bool {
        (self.top..self.page.after(self.top, self.height())).contains(&spot)
    }

    /// Returns the hit behind the one that one has come to; without one, behind what is seen.
    fn next_hit(&self, is_next: bool) -> Option<usize> {
        let places = self.hits_by_place();
        let (above, below) = self.hits_beyond();
        let place = match self.hit.map(|hit| places.place_of(hit)) {
            Some(here) if is_next => here + 1,
            Some(here) => here.checked_sub(1)?,
            None if is_next => self.first_word_from_the_start(places).unwrap_or(above),
            None => (self.hits.len() - below).checked_sub(1)?,
        };
        (place < self.hits.len()).then(|| places.number_at(place))
    }

    /// Returns the place on the page of the first word that the filter found, where one has not moved yet:
    /// for its sake the message was opened.
    fn first_word_from_the_start(&self, places: ByPlace) -> Option<usize> {
        let word = self.hits.iter().position(|hit| hit.whom.is_none())?;
        (self.top == Spot::default()).then(|| places.place_of(word))
    }

    /// Shows a hit, and unfolds what hides it.
    fn go_to_hit(&mut self, hit: usize) {
        self.hit = Some(hit);
        let is_hidden = self.find(hit).is_some_and(|(_, is_hidden)| is_hidden);
        if is_hidden {
            self.are_quotes_folded = false;
            self.shows_everyone = true;
            self.lay_out_again();
        }
        self.page.forget();
        self.settle();
        let Some((spot, _)) = self.find(hit) else { return };
        if !self.is_seen(spot) {
            let above = self.height() / ABOVE_HIT;
            let (page, contents) = self.page_and_contents();
            let top = page.up(spot, above, &contents);
            self.set_top(top);
        }
    }

    /// Returns where a hit is gone to, and whether it is hidden there.
    fn find(&mut self, hit: usize) -> Option<(Spot, bool)> {
        let found = self.hits.get(hit)?;
        let (place, start) = (found.place, found.range.start);
        let (page, contents) = self.page_and_contents();
        let block = contents.block_of_hit(place, start)?;
        let stop = page.sheet(block, &contents).stop_of(hit)?;
        Some((Spot { block, row: stop.row }, stop.is_hidden))
    }
}

/// How many hits stand where. A page has those of the header first, then those of the attachments,
/// then those of the texts; among the hits of a message the attachments are last.
#[derive(Clone, Copy, Debug)]
struct ByPlace {
    header: usize,
    texts: usize,
    attachments: usize,
}

impl ByPlace {
    /// Counts those that stand in no text.
    fn others(self) -> usize {
        self.header + self.attachments
    }

    /// Counts those on the letterhead above this attachment; without one, above all of it.
    fn on_letterhead_before(self, hits: &[Hit], file: Option<usize>) -> usize {
        let Some(file) = file else { return 0 };
        hits.partition_point(|hit| hit.place < watch::Place::Attachment(file)) - self.texts
    }

    /// Returns the place on the page of the hit of this number.
    fn place_of(self, hit: usize) -> usize {
        match hit.checked_sub(self.header) {
            None => hit,
            Some(within) if within < self.texts => hit + self.attachments,
            Some(_) => hit - self.texts,
        }
    }

    /// Returns the number of the hit in this place on the page.
    fn number_at(self, place: usize) -> usize {
        match place.checked_sub(self.header) {
            None => place,
            Some(within) if within < self.attachments => place + self.texts,
            Some(_) => place - self.attachments,
        }
    }
}
