//! The page of the reader: blocks that follow each other, laid out when they are seen.
//!
//! A block is bounded, whatever the length of the message; those that are seen are wrapped, and a few
//! around them kept. So drawing, scrolling, going to the end and another width cost what a screen
//! costs, in a message of ten lines and in one of ten million. A page that is short is laid out as a
//! whole, and knows its rows.
//!
//! **Invariant:** what a row shows does not depend on which blocks were laid out before.
//!
//! Not here: what stands in a block (see `reader`), or how its meanings look (`view`).

mod hits;
mod sheet;
mod writer;

pub use hits::Stop;
pub use sheet::PageLine;
pub use sheet::Place;
pub use sheet::Sheet;
pub use writer::Writer;

use std::collections::BTreeMap;

/// Pages of so many bytes are laid out as a whole: it takes two milliseconds, and they know their rows.
const SHORT_BYTES: u64 = 128 << 10;

/// So many sheets are kept: more than are ever seen at once.
const SHEETS_AT_MOST: usize = 64;

/// A share of a page is counted in so many parts.
pub const PARTS: usize = 1 << 20;

/// What stands on a page.
pub trait Content {
    /// Writes a block: at least one line, always the same.
    fn write(&self, block: usize, sheet: &mut Writer);
}

/// A row of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Its block.
    pub block: usize,
    /// Its place in the block.
    pub row: usize,
}

/// Blocks that follow each other, some of them laid out.
#[derive(Clone, Debug, Default)]
pub struct Page {
    width: u16,
    /// How many bytes stand in the blocks up to the end of each.
    ends: Vec<u64>,
    /// All of it is laid out.
    is_short: bool,
    sheets: BTreeMap<usize, Sheet>,
    /// The first row of the last screen of this height, where it is known.
    last_top: Option<(usize, Spot)>,
}

impl Page {
    /// Makes a page of blocks, of which about so many bytes stand in each.
    pub fn new(width: u16, bytes: impl Iterator<Item = usize>, content: &impl Content) -> Self {
        let mut sum = 0;
        let ends = bytes.map(|bytes| {
            sum += bytes as u64 + 1;
            sum
        });
        let mut page = Self { width, ends: ends.collect(), ..Self::default() };
        page.is_short = sum <= SHORT_BYTES && page.ends.len() <= SHEETS_AT_MOST;
        page.lay_out_if_short(content);
        page
    }

    fn lay_out_if_short(&mut self, content: &impl Content) {
        let missing: Vec<usize> = match self.is_short {
            true => (0..self.blocks()).filter(|block| !self.sheets.contains_key(block)).collect(),
            false => Vec::new(),
        };
        missing.into_iter().for_each(|block| self.lay_out(block, content));
    }

    /// Forgets what has been laid out: the content has changed, and the blocks are the same.
    pub fn forget(&mut self) {
        self.sheets.clear();
        self.last_top = None;
    }

    /// Returns how many blocks it has.
    pub fn blocks(&self) -> usize {
        self.ends.len()
    }

    /// Returns how many blocks are laid out.
    pub fn laid_out(&self) -> usize {
        self.sheets.len()
    }

    /// Returns a block, laid out; one past the end is empty.
    pub fn sheet(&mut self, block: usize, content: &impl Content) -> &Sheet {
        if block < self.blocks() && !self.sheets.contains_key(&block) {
            self.make_room(block);
            self.lay_out(block, content);
        }
        self.sheets.entry(block).or_default()
    }

    fn lay_out(&mut self, block: usize, content: &impl Content) {
        let mut writer = Writer::new(self.width);
        content.write(block, &mut writer);
        self.sheets.insert(block, writer.finish());
    }

    /// Lets go of the sheet that is furthest away.
    fn make_room(&mut self, here: usize) {
        while self.sheets.len() >= SHEETS_AT_MOST {
            let (first, last) = (self.sheets.keys().next(), self.sheets.keys().next_back());
            let (Some(&first), Some(&last)) = (first, last) else { return };
            let furthest = if here.abs_diff(first) > here.abs_diff(last) { first } else { last };
            self.sheets.remove(&furthest);
        }
    }

    /// Returns a block that is laid out.
    pub fn laid(&self, block: usize) -> Option<&Sheet> {
        self.sheets.get(&block)
    }

    /// Returns the row behind a screen that begins here and is laid out; it may be one past the last.
    pub fn after(&self, top: Spot, height: usize) -> Spot {
        let mut left = height;
        let mut after = top;
        for (&block, sheet) in self.sheets.range(top.block..) {
            let first = if block == top.block { top.row } else { 0 };
            let seen = sheet.rows().saturating_sub(first).min(left);
            after = Spot { block, row: first + seen };
            left -= seen;
            if left == 0 {
                break;
            }
        }
        after
    }

    /// Lays out what is seen of a screen that begins here.
    pub fn show(&mut self, top: Spot, height: usize, content: &impl Content) {
        self.lay_out_if_short(content);
        self.down(top, height, content);
    }

    /// Returns the rows that are seen of a screen that begins here.
    pub fn seen(&self, top: Spot, height: usize) -> impl Iterator<Item = PageLine<'_>> {
        let sheets = self.sheets.range(top.block..);
        let rows = sheets.flat_map(move |(&block, sheet)| {
            let first = if block == top.block { top.row } else { 0 };
            (first..sheet.rows()).map(|row| sheet.row(row))
        });
        rows.take(height)
    }

    /// Returns the row so many further down, or the last one.
    pub fn down(&mut self, from: Spot, rows: usize, content: &impl Content) -> Spot {
        let mut left = rows;
        let mut spot = from;
        loop {
            let here = self.sheet(spot.block, content).rows();
            let below = here.saturating_sub(spot.row + 1);
            if left <= below || spot.block + 1 >= self.blocks() {
                return Spot { row: spot.row + left.min(below), ..spot };
            }
            left -= below + 1;
            spot = Spot { block: spot.block + 1, row: 0 };
        }
    }

    /// Returns the row so many further up, or the first one.
    pub fn up(&mut self, from: Spot, rows: usize, content: &impl Content) -> Spot {
        let mut left = rows;
        let mut spot = from;
        loop {
            if left <= spot.row || spot.block == 0 {
                return Spot { row: spot.row.saturating_sub(left), ..spot };
            }
            left -= spot.row + 1;
            let block = spot.block - 1;
            spot = Spot { block, row: self.sheet(block, content).rows().saturating_sub(1) };
        }
    }

    /// Returns the first row of a screen that ends with the last one.
    pub fn last_top(&mut self, height: usize, content: &impl Content) -> Spot {
        if let Some((_, spot)) = self.last_top.filter(|(known, _)| *known == height) {
            return spot;
        }
        let block = self.blocks().saturating_sub(1);
        let last = Spot { block, row: self.sheet(block, content).rows().saturating_sub(1) };
        let spot = self.up(last, height.saturating_sub(1), content);
        self.last_top = Some((height, spot));
        spot
    }

    /// Returns how much stands above the end of a screen, in percent; `None` where that is all there is.
    pub fn percent(&self, top: Spot, height: usize) -> Option<usize> {
        let is_seen_at_once = self.known_rows().is_some_and(|rows| rows <= height);
        (!is_seen_at_once).then(|| self.share_above(self.after(top, height), 100))
    }

    /// Returns how much stands above a row that is laid out, in `PARTS`.
    pub fn parts_above(&self, spot: Spot) -> usize {
        self.share_above(spot, PARTS)
    }

    /// Returns in which block, and behind how many of its `PARTS`, so many parts of the page end.
    pub fn at_part(&self, part: usize) -> (usize, usize) {
        let Some(rows) = self.known_rows() else { return self.at_byte_part(part) };
        let mut row = rows * part / PARTS;
        for (&block, sheet) in &self.sheets {
            if row < sheet.rows() {
                return (block, (row * PARTS).div_ceil(sheet.rows()));
            }
            row -= sheet.rows();
        }
        (self.blocks(), 0)
    }

    fn at_byte_part(&self, part: usize) -> (usize, usize) {
        let byte = (u128::from(self.bytes()) * part as u128 / PARTS as u128) as u64;
        let block = self.ends.partition_point(|&end| end <= byte);
        let (start, end) = (self.start_of(block), self.ends.get(block).copied().unwrap_or(u64::MAX));
        (block, ((byte - start) as u128 * PARTS as u128 / u128::from(end - start)) as usize)
    }

    /// Returns how many rows there are, where all of it is laid out.
    fn known_rows(&self) -> Option<usize> {
        (self.sheets.len() >= self.blocks()).then(|| self.sheets.values().map(Sheet::rows).sum())
    }

    /// Returns how much stands above a row, in parts of so many: in rows where they are known, else in bytes.
    fn share_above(&self, spot: Spot, parts: usize) -> usize {
        let of = |above: u128, all: u128| (above * parts as u128 / all.max(1)) as usize;
        if let Some(rows) = self.known_rows() {
            let above: usize = self.sheets.range(..spot.block).map(|(_, sheet)| sheet.rows()).sum();
            return of((above + spot.row).min(rows) as u128, rows as u128);
        }
        let start = self.start_of(spot.block);
        let end = self.ends.get(spot.block).copied().unwrap_or(start);
        let rows = self.laid(spot.block).map_or(0, Sheet::rows);
        let within = u128::from(end - start) * spot.row as u128 / rows.max(1) as u128;
        of(u128::from(start) + within, u128::from(self.bytes()))
    }

    /// Returns how many bytes stand before a block.
    fn start_of(&self, block: usize) -> u64 {
        block.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default()
    }

    fn bytes(&self) -> u64 {
        self.ends.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::meaning::Meaning;
    use proptest::prelude::*;

    /// Blocks of lines that are numbered.
    struct Numbered(Vec<usize>);

    impl Content for Numbered {
        fn write(&self, block: usize, sheet: &mut Writer) {
            for line in 0..self.0[block] {
                sheet.say(&format!("{block} {line} word word"), Meaning::Plain).end_line();
            }
        }
    }

    fn page(content: &Numbered, width: u16, bytes: usize) -> Page {
        Page::new(width, content.0.iter().map(|_| bytes), content)
    }

    /// All rows, laid out at once.
    fn all_rows(content: &Numbered, width: u16) -> Vec<(Spot, String)> {
        let mut page = page(content, width, 1);
        let mut rows = Vec::new();
        for block in 0..page.blocks() {
            let sheet = page.sheet(block, content);
            rows.extend((0..sheet.rows()).map(|row| (Spot { block, row }, sheet.row(row).text.to_owned())));
        }
        rows
    }

    proptest! {
        #[test]
        fn what_is_seen_does_not_depend_on_the_way(
            blocks in prop::collection::vec(1..9_usize, 1..200),
            width in 4..30_u16,
            height in 1..20_usize,
            steps in prop::collection::vec(-60..60_isize, 0..30),
        ) {
            let content = Numbered(blocks);
            let rows = all_rows(&content, width);
            let mut page = page(&content, width, 1 << 20);
            prop_assert_eq!(page.laid_out(), 0);
            let last_top = page.last_top(height, &content);
            let last = rows.len().saturating_sub(height);
            prop_assert_eq!(last_top, rows[last].0);
            let (mut top, mut at) = (Spot::default(), 0_usize);
            for step in steps {
                at = at.saturating_add_signed(step).min(last);
                let moved = match step {
                    0.. => page.down(top, step.unsigned_abs(), &content),
                    _ => page.up(top, step.unsigned_abs(), &content),
                };
                top = moved.min(last_top);
                prop_assert_eq!(top, rows[at].0);
                page.show(top, height, &content);
                let seen: Vec<String> = page.seen(top, height).map(|row| row.text.to_owned()).collect();
                let expected: Vec<String> = rows[at..].iter().take(height).map(|(_, text)| text.clone()).collect();
                prop_assert_eq!(seen, expected);
                prop_assert!(page.laid_out() <= SHEETS_AT_MOST);
            }
        }
    }

    proptest! {
        /// A part ends in the row above which so much of the page stands.
        #[test]
        fn a_part_ends_where_so_much_stands_above(
            blocks in prop::collection::vec(1..9_usize, 1..60), is_short: bool, part in 0..PARTS,
        ) {
            let content = Numbered(blocks);
            let rows = all_rows(&content, 80).len();
            let mut page = page(&content, 80, if is_short { 1 } else { 1 << 20 });
            let (block, within) = page.at_part(part);
            let in_block = page.sheet(block, &content).rows();
            let row = within * in_block / PARTS;
            let (above, below) = (page.parts_above(Spot { block, row }), page.parts_above(Spot { block, row: row + 1 }));
            prop_assert!(row < in_block);
            prop_assert!(above <= part + 1 && part <= below + 1, "{} to {} of {}, {} rows", above, below, part, rows);
        }
    }

    #[test]
    fn the_end_of_a_long_page_lays_out_the_end_alone() {
        let content = Numbered(vec![100; 10_000]);
        let mut page = page(&content, 80, 1 << 20);
        let top = page.last_top(24, &content);
        assert_eq!(top, Spot { block: 9999, row: 76 });
        assert_eq!(page.laid_out(), 1);
        assert_eq!(page.percent(top, 24), Some(100));
        page.show(Spot { block: 4999, row: 90 }, 24, &content);
        assert_eq!(page.laid_out(), 3);
        assert_eq!(page.percent(Spot { block: 4999, row: 90 }, 24), Some(50));
    }
}
