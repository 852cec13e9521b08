//! What goes to the terminal: the cells that changed, in as few bytes as it takes.
//!
//! Over a slow line every byte is waited for. The wire remembers what the terminal shows, so it can
//! tell the shortest way to what it should show: some cells written again, rows that move together, a column
//! before the others, or everything anew; and when nothing changed at all, it writes nothing.
//!
//! A frame is one write. A large one ends with a question, so that `pace` knows when it is seen. One
//! that is longer than what arrives at once is held back by the terminals that can (mode 2026) until it
//! is whole; for a shorter one that is not worth the bytes.

use super::abilities::Abilities;
use super::cell_style::CellStyle;
use super::cell_style::is_blank;
use super::grid::Grid;
use super::pace::Drawn;
use super::pencil::Pencil;
use super::scrolling::Scrolling;
use crate::app::geometry::Size as ScreenSize;
use ratatui::backend::Backend;
use ratatui::backend::ClearType;
use ratatui::backend::WindowSize;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::layout::Size;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::ops::Range;

/// What a frame may have to arrive in one piece, in a packet of an SSH connection.
const ONE_PIECE_BYTES: usize = 1380;

/// A frame of fewer bytes is not worth looking for another way to paint it.
const WORTH_TRYING_BYTES: usize = 200;

/// Fewer bytes are soon on the screen, however slow the line.
const WORTH_ASKING_BYTES: usize = 400;

/// Asks what kind of terminal it is (DA1), which it says once it has shown what came before.
const ASK: &[u8] = b"\x1b[c";

const HOLD: &[u8] = b"\x1b[?2026h";
const SHOW: &[u8] = b"\x1b[?2026l";

/// The terminal's end of the drawing crate.
pub(super) struct Wire<W> {
    output: W,
    size: ScreenSize,
    abilities: Abilities,
    pencil: Pencil,
    /// What the terminal shows; `None` where that is not known.
    shown: Option<Grid>,
    /// What it should show.
    wanted: Grid,
    is_cursor_shown: bool,
    is_cursor_wanted: bool,
    cursor: Position,
    drawn: Drawn,
    /// How much has been written since the terminal was last asked how far it is.
    unasked_bytes: usize,
}

impl<W: Write> Wire<W> {
    /// Writes to a terminal of this size.
    pub(super) fn new(output: W, size: ScreenSize, abilities: Abilities) -> Self {
        Self {
            output,
            size,
            abilities,
            pencil: Pencil::new(abilities),
            shown: None,
            wanted: Grid::blank(size),
            is_cursor_shown: false,
            is_cursor_wanted: false,
            cursor: Position::default(),
            drawn: Drawn::default(),
            unasked_bytes: 0,
        }
    }

    /// Says that the terminal has another size.
    pub(super) fn set_size(&mut self, size: ScreenSize) {
        if size != self.size {
            self.size = size;
            self.shown = None;
            self.wanted = Grid::blank(size);
        }
    }

    /// Says that the terminal is taken by these words, which go out with the next frame: then its cursor
    /// is hidden, its letters are plain, and what it shows is not known.
    pub(super) fn begin(&mut self, words: &[u8]) {
        self.pencil = Pencil::new(self.abilities);
        self.pencil.written.extend_from_slice(words);
        self.shown = None;
        self.is_cursor_shown = false;
    }

    /// What it writes to.
    #[cfg(test)]
    pub(super) fn output_mut(&mut self) -> &mut W {
        &mut self.output
    }

    /// Returns what has been written since this was last asked.
    pub(super) fn take_drawn(&mut self) -> Drawn {
        std::mem::take(&mut self.drawn)
    }

    /// Paints what is wanted, the shortest way that is found.
    fn paint(&mut self) {
        let anew = || {
            let mut pencil = self.pencil.clone();
            pencil.clear();
            pencil.change(&Grid::blank(self.size), &self.wanted);
            pencil
        };
        let Some(shown) = self.shown.as_ref() else {
            self.pencil = anew();
            return;
        };
        if *shown == self.wanted {
            return;
        }
        let mut shortest = self.pencil.clone();
        shortest.change(shown, &self.wanted);
        if shortest.written.len() < self.pencil.written.len() + WORTH_TRYING_BYTES {
            self.pencil = shortest;
            return;
        }
        let scrolled = Scrolling::between(shown, &self.wanted).map(|it| {
            let (mut pencil, mut moved) = (self.pencil.clone(), shown.clone());
            pencil.scroll(it.top, it.end, it.rows);
            moved.scroll(it.top, it.end, it.rows);
            pencil.change(&moved, &self.wanted);
            pencil
        });
        let split = column_of_another_style(shown, &self.wanted).map(|column| {
            let mut pencil = self.pencil.clone();
            pencil.change_columns(0..column, shown, &self.wanted);
            pencil.change_columns(column..usize::from(self.size.width), shown, &self.wanted);
            pencil
        });
        for other in [Some(anew()), scrolled, split].into_iter().flatten() {
            if other.written.len() < shortest.written.len() {
                shortest = other;
            }
        }
        self.pencil = shortest;
    }

    /// Shows the cursor where it is wanted, or hides it.
    fn place_cursor(&mut self) {
        if self.is_cursor_wanted {
            self.pencil.go_to(self.cursor.x, self.cursor.y);
        }
        if self.is_cursor_wanted != self.is_cursor_shown {
            self.is_cursor_shown = self.is_cursor_wanted;
            let words: &[u8] = if self.is_cursor_shown { b"\x1b[?25h" } else { b"\x1b[?25l" };
            if self.abilities.has_modes {
                self.pencil.written.extend_from_slice(words);
            }
        }
    }
}

impl Pencil {
    /// Turns what is shown into what is wanted, row by row.
    fn change(&mut self, shown: &Grid, wanted: &Grid) {
        self.change_columns(0..usize::MAX, shown, wanted);
    }

    /// Turns these columns of what is shown into what is wanted, row by row.
    fn change_columns(&mut self, columns: Range<usize>, shown: &Grid, wanted: &Grid) {
        for (y, (shown, wanted)) in shown.rows().iter().zip(wanted.rows()).enumerate() {
            let columns = columns.start..columns.end.min(wanted.len());
            let Some(first) = columns.clone().find(|&x| shown.get(x) != wanted.get(x)) else { continue };
            let mut afresh = self.clone();
            afresh.write_row_from(first, y as u16, wanted);
            self.change_row(y as u16, columns.clone(), shown, wanted);
            if afresh.written.len() < self.written.len() && columns.end == wanted.len() {
                *self = afresh;
            }
        }
    }
}

/// Returns the column at which most rows that change go on in another style: what is before it, painted
/// first, row after row in one style, saves two changes of style a row.
fn column_of_another_style(shown: &Grid, wanted: &Grid) -> Option<usize> {
    let columns = shown.rows().iter().zip(wanted.rows()).filter_map(|(shown, wanted)| {
        let mut changed = (0..wanted.len())
            .filter(|&x| shown.get(x) != wanted.get(x) && wanted.get(x).is_some_and(|cell| !is_blank(cell)));
        let style = |x: usize| wanted.get(x).map(CellStyle::of);
        let first = style(changed.next()?);
        changed.find(|&x| style(x) != first)
    });
    let mut rows_of: BTreeMap<usize, usize> = BTreeMap::new();
    columns.for_each(|column| *rows_of.entry(column).or_default() += 1);
    rows_of.into_iter().max_by_key(|&(_, rows)| rows).map(|(column, _)| column)
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.wanted.put(x, y, cell, &self.abilities);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_wanted = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.is_cursor_wanted = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.shown = None;
        self.wanted.clear();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(Size { width: self.size.width, height: self.size.height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.paint();
        self.place_cursor();
        match &mut self.shown {
            Some(shown) => shown.clone_from(&self.wanted),
            None => self.shown = Some(self.wanted.clone()),
        }
        let mut frame = std::mem::take(&mut self.pencil.written);
        if frame.is_empty() {
            return Ok(());
        }
        if self.abilities.holds_frames && frame.len() > ONE_PIECE_BYTES {
            frame.splice(0..0, HOLD.iter().copied());
            frame.extend_from_slice(SHOW);
        }
        self.unasked_bytes += frame.len();
        if self.unasked_bytes > WORTH_ASKING_BYTES {
            self.unasked_bytes = 0;
            self.drawn.is_asked = true;
            frame.extend_from_slice(ASK);
        }
        self.drawn.bytes += frame.len() as u64;
        self.output.write_all(&frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::style::Color;
    use ratatui::style::Modifier;
    use ratatui::style::Style;

    const SIZE: ScreenSize = ScreenSize { width: 20, height: 4 };

    /// A text, where it stands, and a style.
    type Stroke = (u16, u16, String, u8);

    fn style(number: u8) -> Style {
        match number {
            0 => Style::new(),
            1 => Style::new().fg(Color::Cyan),
            2 => Style::new().fg(Color::DarkGray),
            3 => Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            4 => Style::new().add_modifier(Modifier::UNDERLINED),
            _ => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// Wide letters in styles that do not show on blanks, or narrow ones in all: what is left of half a
    /// wide letter differs between terminals, and ours never has it underlined.
    fn frames() -> impl Strategy<Value = Vec<Vec<Stroke>>> {
        prop_oneof![
            frames_of("[ab ]{0,12}|漢字|é {5,20}x|e\u{301} a", 4),
            frames_of("[ab ]{0,12}|é {5,20}x", 6)
        ]
    }

    fn frames_of(text: &'static str, styles: u8) -> impl Strategy<Value = Vec<Vec<Stroke>>> {
        let stroke = (0u16..20, 0u16..4, text, 0..styles);
        proptest::collection::vec(proptest::collection::vec(stroke, 0..8), 1..6)
    }

    fn draw(terminal: &mut Terminal<Wire<Vec<u8>>>, strokes: &[Stroke]) -> Vec<u8> {
        let drawn = terminal.draw(|frame| {
            for (x, y, text, number) in strokes {
                let room = usize::from(SIZE.width - x);
                crate::view::write(frame.buffer_mut(), (*x, *y), text, room, style(*number));
            }
        });
        drawn.unwrap();
        std::mem::take(terminal.backend_mut().output_mut())
    }

    /// However few bytes are written, the terminal shows each frame.
    fn check(frames: &[Vec<Stroke>]) -> Result<(), TestCaseError> {
        let mut terminal = Terminal::new(Wire::new(Vec::new(), SIZE, Abilities::USUAL)).unwrap();
        let mut screen = vt100::Parser::new(SIZE.height, SIZE.width, 0);
        for strokes in frames {
            screen.process(&draw(&mut terminal, strokes));
            let mut afresh = Terminal::new(Wire::new(Vec::new(), SIZE, Abilities::USUAL)).unwrap();
            let mut expected = vt100::Parser::new(SIZE.height, SIZE.width, 0);
            expected.process(&draw(&mut afresh, strokes));
            for (y, x) in (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| (y, x))) {
                let (seen, wanted) =
                    (screen.screen().cell(y, x).unwrap(), expected.screen().cell(y, x).unwrap());
                let is_blank = |cell: &vt100::Cell| cell.contents().trim().is_empty();
                prop_assert!(
                    seen.contents() == wanted.contents() || is_blank(seen) && is_blank(wanted),
                    "{x},{y}: {:?} and not {:?}",
                    seen.contents(),
                    wanted.contents()
                );
                prop_assert_eq!(seen.inverse(), wanted.inverse());
                prop_assert_eq!(seen.underline(), wanted.underline());
                prop_assert!(
                    is_blank(wanted) || seen.fgcolor() == wanted.fgcolor() && seen.bold() == wanted.bold()
                );
            }
            prop_assert_eq!(draw(&mut terminal, strokes), b"", "nothing changed");
        }
        Ok(())
    }

    #[test]
    fn a_wide_letter_on_half_of_another_is_shown() {
        let stroke = |x, text: &str, number| (x, 2, text.to_owned(), number);
        check(&[
            vec![stroke(13, "漢字", 0), stroke(16, "漢字", 2)],
            vec![stroke(3, "é            x", 2), stroke(16, "漢字", 0)],
        ])
        .unwrap();
    }

    proptest! {
        #[test]
        fn the_terminal_shows_what_was_drawn(frames in frames()) {
            check(&frames)?;
        }
    }
}
