//! What stands where on a screen of a given size.
//!
//! `update` and `draw` both ask here, so they cannot disagree about how much is seen.

/// Where list and reader stand side by side.
pub const SIDE_BY_SIDE_FROM_CELLS: u16 = 110;

/// The smallest screen that can be used.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

/// White space between list and reader.
const GAP_CELLS: u16 = 2;

/// Two of them fit on the narrowest screen that has both.
const LIST_CELLS_AT_LEAST: u16 = 54;

/// Wider than this a list only puts more space between things that belong together.
const LIST_CELLS_AT_MOST: u16 = 90;

/// The size of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Cells across.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// A rectangle of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// The first column.
    pub x: u16,
    /// The first row.
    pub y: u16,
    /// Cells across.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Which of the places has the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list.
    #[default]
    List,
    /// The reader.
    Reader,
}

/// What stands where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The line at the top.
    pub title: Area,
    /// The list, where it is seen.
    pub list: Option<Area>,
    /// The reader, where it is seen.
    pub reader: Option<Area>,
    /// Everything between title and status, for what lies on top.
    pub middle: Area,
    /// The line at the bottom.
    pub status: Area,
}

impl Size {
    /// Returns whether there is too little room to show anything.
    pub fn is_too_small(self) -> bool {
        self.width < SMALLEST.width || self.height < SMALLEST.height
    }

    /// Returns what stands where.
    pub fn layout(self, focus: Focus) -> Layout {
        let middle = Area { x: 0, y: 1, width: self.width, height: self.height.saturating_sub(2) };
        let (list, reader) = if self.width >= SIDE_BY_SIDE_FROM_CELLS {
            let (list, reader) = middle.side_by_side();
            (Some(list), Some(reader))
        } else if focus == Focus::List {
            (Some(middle), None)
        } else {
            (None, Some(middle))
        };
        Layout {
            title: Area { height: 1, y: 0, ..middle },
            list,
            reader,
            middle,
            status: Area { height: 1, y: self.height.saturating_sub(1), ..middle },
        }
    }
}

impl Area {
    fn side_by_side(self) -> (Self, Self) {
        let list = (self.width * 9 / 20).clamp(LIST_CELLS_AT_LEAST, LIST_CELLS_AT_MOST);
        let reader = list + GAP_CELLS;
        (Self { width: list, ..self }, Self { x: self.x + reader, width: self.width - reader, ..self })
    }

    /// Returns whether a cell is in it.
    pub fn holds(self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }

    /// Returns the rows as a number of list rows or text lines.
    pub fn rows(self) -> usize {
        usize::from(self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: u16, focus: Focus, list: Option<u16>, reader: Option<u16>) {
        let layout = Size { width, height: 24 }.layout(focus);
        assert_eq!(layout.list.map(|area| area.width), list);
        assert_eq!(layout.reader.map(|area| area.width), reader);
    }

    #[test]
    fn list_and_reader_share_a_wide_screen_and_take_turns_on_a_narrow_one() {
        check(80, Focus::List, Some(80), None);
        check(80, Focus::Reader, None, Some(80));
        check(109, Focus::List, Some(109), None);
        check(110, Focus::List, Some(54), Some(54));
        check(140, Focus::Reader, Some(63), Some(75));
    }
}
