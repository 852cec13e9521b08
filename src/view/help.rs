//! The help: the table of keys as it is.

use super::pen::Canvas;
use crate::app::geometry::Area;
use crate::app::keymap;
use crate::app::meaning::Meaning;

/// Where the words stand behind the keys.
const WORDS_CELLS: u16 = 18;

/// Draws it from a row of it on.
pub fn draw(top: usize, area: Area, canvas: &mut Canvas<'_>) {
    let mut row = 0;
    for group in &keymap::GROUPS {
        line(area, canvas, row, top, |pen| {
            pen.text(group.title, Meaning::Title);
        });
        row += 1;
        for binding in group.bindings {
            line(area, canvas, row, top, |pen| {
                let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
                pen.skip(2).column(&keys.join("  "), WORDS_CELLS, Meaning::Key);
                pen.text(binding.words, Meaning::Plain);
            });
            row += 1;
        }
        row += 1;
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
