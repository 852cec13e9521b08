//! One fuzzy word asked of a whole block: the same answers as row by row, many times faster.

use super::Block;
use super::Class;
use super::Needle;
use super::Row;
use super::seen::Seen;
use crate::query::search::Verdict;

/// All entries are asked in one go where more rows ask them than so many of eight: few are then asked in vain.
const MOST_OF_EIGHT: usize = 7;

impl Needle {
    /// Asks all rows of a block but those that `within` refuses; what is answered of these says nothing.
    pub fn over(&self, block: &Block, within: &[Verdict]) -> Vec<Verdict> {
        if self.folded().is_empty() {
            self.ask_each(block, within, |_| Verdict::Yes(Class::Whole))
        } else if self.is_in_mask() {
            self.ask_each(block, within, |_| Verdict::Yes(Class::Near))
        } else if let Some(letters) = self.in_entries() {
            let mut seen = Seen::of(self, letters, block);
            let asked =
                block.masks().iter().zip(within).filter(|&(&mask, before)| self.may_be_in(mask, *before));
            if asked.count() > block.len() / 8 * MOST_OF_EIGHT {
                seen.ask_entries();
            }
            self.ask_each(block, within, |row| seen.ask(row))
        } else {
            let mut text = Vec::new();
            self.ask_each(block, within, |row| {
                row.text_into(&mut text);
                self.class_in(&text, row.mask).map_or(Verdict::No, Verdict::Yes)
            })
        }
    }

    /// Asks the rows that are not refused at a glance.
    fn ask_each(
        &self,
        block: &Block,
        within: &[Verdict],
        mut ask: impl FnMut(Row<'_>) -> Verdict,
    ) -> Vec<Verdict> {
        let rows = block.rows().zip(within);
        rows.map(|(row, before)| if self.may_be_in(row.mask, *before) { ask(row) } else { Verdict::No })
            .collect()
    }

    fn may_be_in(&self, mask: u64, before: Verdict) -> bool {
        (mask & self.mask() == self.mask()) & (before != Verdict::No)
    }
}
