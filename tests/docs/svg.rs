//! A screen as a picture: SVG, its letters as text.

use std::fmt::Write;
use vt100::Cell;
use vt100::Color;
use vt100::Screen;

/// The size of a cell, and what is left around the screen.
const CELL: (f64, f64) = (8.4, 18.0);
const MARGIN: f64 = 12.0;

const FONT_PIXELS: u8 = 14;

/// From the top of a row to the line that letters stand on.
const BASELINE: f64 = 13.5;

const BACKGROUND: &str = "#16181d";
const LETTERS: &str = "#d4d7dd";

/// The terminal's sixteen.
const COLOURS: [&str; 16] = [
    "#3b4048", "#e06c75", "#98c379", "#d9b26a", "#61afef", "#c678dd", "#56b6c2", "#d4d7dd", "#7f8794",
    "#f28b93", "#b5d99c", "#f0cf8e", "#86c3f7", "#d9a0ea", "#7fd3dd", "#ffffff",
];

/// How a run of cells looks.
#[derive(PartialEq)]
struct Look {
    letters: String,
    behind: Option<String>,
    attributes: String,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let letters = colour(cell.fgcolor()).unwrap_or_else(|| LETTERS.to_owned());
        let behind = colour(cell.bgcolor());
        let (letters, behind) = match cell.inverse() {
            true => (behind.unwrap_or_else(|| BACKGROUND.to_owned()), Some(letters)),
            false => (letters, behind),
        };
        let shown = [
            (cell.bold(), " font-weight=\"bold\""),
            (cell.dim(), " opacity=\"0.65\""),
            (cell.italic(), " font-style=\"italic\""),
            (cell.underline(), " text-decoration=\"underline\""),
        ];
        let attributes = shown.iter().filter(|(is_so, _)| *is_so).map(|(_, words)| *words).collect();
        Self { letters, behind, attributes }
    }
}

fn is_ink(cell: &Cell) -> bool {
    !cell.contents().trim().is_empty()
}

/// Returns the picture of a screen.
pub fn drawn(screen: &Screen, title: &str) -> String {
    let (rows, cols) = screen.size();
    let width = f64::from(cols) * CELL.0 + 2.0 * MARGIN;
    let height = f64::from(rows) * CELL.1 + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
        font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"{FONT_PIXELS}\">\n\
        <title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{BACKGROUND}\"/>\n",
        escaped(title)
    );
    for y in 0..rows {
        let mut x = 0;
        while x < cols {
            x += draw_run(&mut svg, screen, x, y);
        }
    }
    svg + "</svg>\n"
}

/// Draws the cells from a place on that look alike; returns how many there are.
fn draw_run(svg: &mut String, screen: &Screen, start: u16, y: u16) -> u16 {
    let cell = |x: u16| screen.cell(y, x).filter(|cell| !cell.is_wide_continuation());
    let Some(look) = cell(start).map(Look::of) else { return 1 };
    let (mut text, mut end) = (String::new(), start);
    while let Some(cell) = cell(end).filter(|cell| Look::of(cell) == look) {
        text.push_str(if cell.contents().is_empty() { " " } else { cell.contents() });
        end += if cell.is_wide() { 2 } else { 1 };
    }
    let place = |x: u16| MARGIN + f64::from(x) * CELL.0;
    let top = MARGIN + f64::from(y) * CELL.1;
    if let Some(behind) = &look.behind {
        let (x, width) = (place(start), f64::from(end - start) * CELL.0);
        writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{behind}\"/>",
            CELL.1
        )
        .unwrap();
    }
    // Blanks are seen where a line is under them.
    let is_seen = |x: &u16| look.attributes.contains("underline") || cell(*x).is_some_and(is_ink);
    let seen = (start..end).find(is_seen).zip((start..end).rfind(is_seen));
    if let Some((first, last)) = seen {
        let last = last + u16::from(cell(last).is_some_and(Cell::is_wide));
        let kept = if look.attributes.contains("underline") { text.as_str() } else { text.trim() };
        let width = f64::from(last + 1 - first) * CELL.0;
        let Look { letters, attributes, .. } = &look;
        writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" \
            fill=\"{letters}\"{attributes}>{}</text>",
            place(first),
            top + BASELINE,
            escaped(kept)
        )
        .unwrap();
    }
    end - start
}

fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Idx(number @ 0..16) => Some(COLOURS[usize::from(number)].to_owned()),
        Color::Idx(number @ 16..232) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let number = number - 16;
            Some(hex(level(number / 36), level(number / 6 % 6), level(number % 6)))
        }
        Color::Idx(number) => {
            let grey = 8 + 10 * (number - 232);
            Some(hex(grey, grey, grey))
        }
        Color::Rgb(red, green, blue) => Some(hex(red, green, blue)),
    }
}

fn hex(red: u8, green: u8, blue: u8) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
