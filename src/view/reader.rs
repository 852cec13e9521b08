//! The reader: the rows of its page that are seen.

use super::pen::Canvas;
use crate::app::State;
use crate::app::geometry::Area;
use crate::app::meaning::Meaning;
use crate::app::reader::MARGIN_CELLS;
use crate::text::Cells;
use crate::text::Printable;

/// Draws the rows that are seen.
pub fn draw(state: &State, area: Area, canvas: &mut Canvas<'_>) {
    let reader = &state.reader;
    for (screen_row, row) in reader.page().seen(reader.top(), area.rows()).enumerate() {
        let mut pen = canvas.row(area, screen_row);
        pen.skip(MARGIN_CELLS + row.indent).text(row.prefix, Meaning::Quoted);
        let printable = Printable::pieces(row.text, Cells(0), &row.cuts());
        for (piece, meaning) in printable.iter().zip(row.meanings()) {
            pen.put(piece, meaning);
        }
    }
}
