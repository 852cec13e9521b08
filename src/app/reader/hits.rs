//! Walking from hit to hit within the message.
//!
//! Not here: which message of the list is next (`list`).

use super::Opened;
use super::Reader;
use super::ReaderView;
use crate::app::meaning::Meaning;
use crate::app::page::Stop;
use crate::corpus::MessageNo;
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

    /// Returns every hit of the message.
    pub fn hits(&self) -> &[MessageHit] {
        self.opened.as_deref().map_or(&[], |opened: &Opened| &opened.hits)
    }

    /// Returns how many hits stand above what is seen, and below.
    pub fn hits_beyond(&self) -> (usize, usize) {
        let stops = self.page.stops();
        let above = stops.iter().filter(|stop| stop.row < self.top).count();
        let below = stops.iter().filter(|stop| stop.row >= self.top + self.height()).count();
        (above, below)
    }

    /// Goes to the next hit, or the one before; returns whether there is one.
    pub fn go_to_next_hit(&mut self, is_next: bool) -> bool {
        let shown = self.shown;
        if let Some(landing) = self.landing.as_mut().filter(|landing| shown == Some(landing.message)) {
            landing.further += usize::from(landing.is_first == is_next);
            return true;
        }
        if self.hits().is_empty() {
            return false;
        }
        if self.view != ReaderView::Text {
            self.set_view(ReaderView::Text);
        }
        let hit = self.next_stop(is_next).map(|stop| stop.hit);
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
        if self.opened.is_none() {
            return;
        }
        let Some(landing) = self.landing.take().filter(|it| self.shown == Some(it.message)) else { return };
        let stops = self.page.stops();
        let stop = if landing.is_first { stops.first() } else { stops.last() };
        if let Some(hit) = stop.map(|stop| stop.hit) {
            self.go_to_hit(hit);
        }
        for _ in 0..landing.further.min(self.hits().len()) {
            self.go_to_next_hit(landing.is_first);
        }
    }

    /// Lets the walk begin with what is seen, where a person has scrolled away from where it was.
    pub(super) fn forget_hit_out_of_sight(&mut self) {
        if self.hit.and_then(|hit| self.stop_of(hit)).is_some_and(|stop| !self.is_seen(stop)) {
            self.hit = None;
            self.lay_out();
        }
    }

    fn is_seen(&self, stop: Stop) -> bool {
        (self.top..self.top + self.height()).contains(&stop.row)
    }

    /// Returns the stop behind the one that one has come to; without one, behind what is seen.
    fn next_stop(&self, is_next: bool) -> Option<Stop> {
        let stops = self.page.stops();
        let here = self.hit.and_then(|hit| stops.iter().position(|stop| stop.hit == hit));
        match here {
            Some(here) if is_next => stops.get(here + 1).copied(),
            Some(here) => here.checked_sub(1).and_then(|before| stops.get(before)).copied(),
            None if is_next => stops.iter().find(|stop| stop.row >= self.top).copied(),
            None => stops.iter().rfind(|stop| stop.row < self.top + self.height()).copied(),
        }
    }

    /// Shows a hit, and unfolds what hides it.
    fn go_to_hit(&mut self, hit: usize) {
        self.hit = Some(hit);
        if self.stop_of(hit).is_some_and(|stop| stop.is_hidden) {
            self.are_quotes_folded = false;
            self.shows_everyone = true;
        }
        self.lay_out();
        let Some(stop) = self.stop_of(hit) else { return };
        if !self.is_seen(stop) {
            let above = self.height() / ABOVE_HIT;
            self.top = stop.row.saturating_sub(above).min(self.last_top());
        }
    }

    fn stop_of(&self, hit: usize) -> Option<Stop> {
        self.page.stops().iter().find(|stop| stop.hit == hit).copied()
    }

    /// Marks the hit that one has come to.
    pub(super) fn mark_here(&mut self) {
        let here = self.hit.and_then(|hit| Some((hit, self.hits().get(hit)?.candidate)));
        if let Some((hit, candidate)) = here {
            self.page.set_meaning(hit, Meaning::WatchHere(candidate));
        }
    }
}
