//! The help: the table of commands, with the keys in force.

use super::pen::Canvas;
use crate::app::Key;
use crate::app::geometry::Area;
use crate::app::keymap;
use crate::app::keymap::Keymap;
use crate::app::meaning::Meaning;

/// How wide the keys are, and the names behind them.
const KEYS_CELLS: u16 = 14;
const NAME_CELLS: u16 = 17;

/// A narrower screen has no room for names.
const NAMES_FROM_CELLS: u16 = 72;

/// Draws it from a row of it on.
pub fn draw(keymap: &Keymap, top: usize, area: Area, canvas: &mut Canvas<'_>) {
    let mut row = 0;
    for group in &keymap::GROUPS {
        line(area, canvas, row, top, |pen| {
            pen.text(group.title, Meaning::Title);
        });
        row += 1;
        for binding in group.bindings {
            line(area, canvas, row, top, |pen| {
                pen.skip(2).column(&written(keymap.keys(binding)), KEYS_CELLS, Meaning::Key);
                if area.width >= NAMES_FROM_CELLS {
                    pen.column(&format!(":{}", binding.name()), NAME_CELLS, Meaning::Quiet);
                }
                pen.text(binding.words, Meaning::Plain);
            });
            row += 1;
        }
        row += 1;
    }
}

/// Writes keys beside each other; of many, the first and the last.
fn written(keys: &[Key]) -> String {
    match keys {
        [first, _, _, .., last] => format!("{first} … {last}"),
        few => few.iter().map(ToString::to_string).collect::<Vec<_>>().join("  "),
    }
}

fn line(
    area: Area,
    canvas: &mut Canvas<'_>,
    row: usize,
    top: usize,
    draw: impl FnOnce(&mut super::pen::Pen<'_, '_>),
) {
    if let Some(screen_row) = row.checked_sub(top) {
        let mut pen = canvas.row(area, screen_row);
        pen.skip(2);
        draw(&mut pen);
    }
}
