//! The commands that the `:` line may mean, above it.

use super::pen::Canvas;
use crate::app::State;
use crate::app::command_line::CommandLine;
use crate::app::geometry::Area;
use crate::app::keymap;
use crate::app::meaning::Meaning;
use crate::text::Cells;

/// A few are enough to see that it is there; more would cost a slow line more than they tell.
const OFFERS_AT_MOST: usize = 6;

/// The longest name, and a gap.
const NAME_CELLS: u16 = 17;

/// Where the words stand on a screen that has room for keys as well.
const KEYS_CELLS: u16 = 14;

/// From here on there is room for them.
const KEYS_FROM_CELLS: u16 = 70;

/// Draws them over the last rows of an area.
pub fn draw(state: &State, line: &CommandLine, area: Area, canvas: &mut Canvas<'_>) {
    let rows = line.offers().len().min(OFFERS_AT_MOST).min(area.rows());
    let top = line.chosen().map_or(0, |chosen| (chosen + 1).saturating_sub(rows));
    let over = Area { y: area.y + (area.rows() - rows) as u16, height: rows as u16, ..area };
    canvas.clear(over);
    for (row, (place, offer)) in line.offers().iter().enumerate().skip(top).take(rows).enumerate() {
        let Some(binding) = keymap::named(offer.command) else { continue };
        let is_chosen = line.chosen() == Some(place);
        let mut pen = canvas.row(over, row);
        pen.column(if is_chosen { "▌" } else { "" }, 1, Meaning::Selected);
        let name = if is_chosen { Meaning::Selected } else { Meaning::Key };
        let start = pen.x();
        pen.column(offer.name, NAME_CELLS, name).mark(start, offer.name, NAME_CELLS, &offer.typed);
        if pen.room() >= Cells::from(KEYS_FROM_CELLS - NAME_CELLS) {
            let keys: Vec<String> = state.keymap.keys(binding).iter().map(ToString::to_string).collect();
            pen.column(&keys.join("  "), KEYS_CELLS, Meaning::Quiet);
        }
        pen.text(binding.words, Meaning::Plain);
    }
}
