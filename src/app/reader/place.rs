//! What stays at the top when the page is made anew: for another width, with quotations folded, or with
//! more of the message.

use super::Reader;
use crate::app::page::Place;
use crate::app::page::Spot;

/// What stands at the top.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor {
    /// A place of the message.
    Place(Place),
    /// This row of what is written before the place.
    Before(Place, usize),
}

impl Reader {
    /// Returns what stands at the top; `None` where that is no text.
    pub(super) fn anchor(&mut self) -> Option<Anchor> {
        let top = self.top;
        let (page, contents) = self.page_and_contents();
        let start = contents.start_of_block(top.block)?;
        let place = page.sheet(top.block, &contents).place_of(top.row);
        Some(place.map_or(Anchor::Before(start, top.row), Anchor::Place))
    }

    /// Returns where that stands now.
    pub(super) fn spot_of(&mut self, anchor: Anchor) -> Spot {
        let (page, contents) = self.page_and_contents();
        match anchor {
            Anchor::Place(place) => {
                let block = contents.block_of(place);
                Spot { block, row: page.sheet(block, &contents).row_of(place) }
            }
            Anchor::Before(place, row) => Spot { block: contents.block_of(place), row },
        }
    }
}
