//! Which rows of the page are seen: a step, a screen, another place on the screen.

use super::MARGIN_CELLS;
use super::Reader;
use super::ReaderView;
use super::TEXT_CELLS_AT_MOST;
use super::plan;
use crate::app::geometry::Area;
use crate::app::page::Spot;

impl Reader {
    /// Gives it another place on the screen; what was at the top stays there.
    pub fn set_area(&mut self, area: Area) {
        let is_other_width = area.width != self.area.width;
        self.area = area;
        if is_other_width {
            self.lay_out_again();
        }
        self.settle();
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
        self.selected_part = place.min(opened.order.len().saturating_sub(1));
        self.page.forget();
        let height = self.area.rows().max(1);
        let top = self.top.block * plan::PARTS_IN_BLOCK + self.top.row;
        let top = top.clamp((self.selected_part + 1).saturating_sub(height), self.selected_part);
        self.set_top(Spot { block: top / plan::PARTS_IN_BLOCK, row: top % plan::PARTS_IN_BLOCK });
    }

    /// Moves what is seen by so many rows.
    pub fn scroll_by(&mut self, rows: isize) {
        let top = self.top;
        let (page, contents) = self.page_and_contents();
        let top = match rows {
            0.. => page.down(top, rows.unsigned_abs(), &contents),
            _ => page.up(top, rows.unsigned_abs(), &contents),
        };
        self.scroll_to(top);
    }

    /// Goes to the first row.
    pub fn scroll_to_start(&mut self) {
        self.scroll_to(Spot::default());
    }

    /// Shows the last row.
    pub fn scroll_to_end(&mut self) {
        self.scroll_to(self.last_top);
    }

    pub(super) fn scroll_to(&mut self, top: Spot) {
        self.set_top(top);
        self.forget_hit_out_of_sight();
        self.settle();
    }

    pub(super) fn set_top(&mut self, top: Spot) {
        self.top = top;
        self.settle();
    }

    /// Returns how many rows are seen at once.
    pub fn height(&self) -> usize {
        self.area.rows()
    }

    pub(super) fn width(&self) -> u16 {
        let width = self.area.width.saturating_sub(2 * MARGIN_CELLS);
        let is_text = self.opened.is_none() || self.view == ReaderView::Text;
        if is_text { width.min(TEXT_CELLS_AT_MOST) } else { width }
    }

    /// Stays within the page, and lays out what is seen.
    pub(super) fn settle(&mut self) {
        let (top, height) = (self.top, self.area.rows());
        let (page, contents) = self.page_and_contents();
        let last_top = page.last_top(height, &contents);
        let top = top.min(last_top);
        let rows = page.sheet(top.block, &contents).rows();
        let top = Spot { row: top.row.min(rows.saturating_sub(1)), ..top };
        page.show(top, height, &contents);
        (self.top, self.last_top) = (top, last_top);
    }
}
