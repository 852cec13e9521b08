//! How a cell looks, and the few bytes that change one look into another.

use super::abilities::place_of;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use ratatui::style::Modifier;

/// What of a cell's style we use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellStyle {
    colour: Color,
    attributes: Modifier,
}

impl CellStyle {
    /// Returns the style of a cell.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { colour: cell.fg, attributes: cell.modifier }
    }

    /// Returns whether one sees it on a cell without a letter.
    pub(super) fn shows_on_blanks(self) -> bool {
        self.attributes.intersects(SHOWN_ON_BLANKS)
    }

    /// Returns the sequence that turns this style into another.
    pub(super) fn way_to(self, style: Self) -> String {
        let mut codes: Vec<String> = Vec::new();
        let only_adds = self.attributes.difference(style.attributes).is_empty();
        let mut attributes = style.attributes.difference(self.attributes);
        let mut colour = (style.colour != self.colour).then_some(style.colour);
        let loses_colour = style.colour == Color::Reset && self.colour != Color::Reset;
        if !only_adds || loses_colour {
            codes.push(if style == Self::default() { String::new() } else { "0".to_owned() });
            attributes = style.attributes;
            colour = (style.colour != Color::Reset).then_some(style.colour);
        }
        let numbers = ATTRIBUTES.iter().filter(|(attribute, _)| attributes.contains(*attribute));
        codes.extend(numbers.map(|(_, code)| (*code).to_owned()));
        codes.extend(colour.map(code_of));
        format!("\x1b[{}m", codes.join(";"))
    }
}

/// Returns whether a cell shows nothing, whatever the colour of the letter it might hold.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SHOWN_ON_BLANKS)
}

/// What one sees of a cell although it holds no letter.
const SHOWN_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// The attributes that the theme uses, and their numbers (ECMA-48 §8.3.117).
const ATTRIBUTES: [(Modifier, &str); 6] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

/// Returns the numbers of a foreground.
fn code_of(colour: Color) -> String {
    match (colour, place_of(colour)) {
        (Color::Indexed(number), _) => format!("38;5;{number}"),
        (Color::Rgb(red, green, blue), _) => format!("38;2;{red};{green};{blue}"),
        (_, Some(place @ 0..8)) => (30 + place).to_string(),
        (_, Some(place)) => (90 + place - 8).to_string(),
        (_, None) => "39".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: (Color, Modifier), to: (Color, Modifier), expected: &str) {
        let style = |(colour, attributes)| CellStyle { colour, attributes };
        assert_eq!(style(from).way_to(style(to)), expected);
    }

    #[test]
    fn a_style_is_changed_and_not_begun_anew_where_that_is_shorter() {
        let plain = (Color::Reset, Modifier::empty());
        check(plain, (Color::Cyan, Modifier::empty()), "\x1b[36m");
        check((Color::Cyan, Modifier::empty()), (Color::Cyan, Modifier::BOLD), "\x1b[1m");
        check((Color::Cyan, Modifier::BOLD), (Color::DarkGray, Modifier::empty()), "\x1b[0;90m");
        check((Color::Cyan, Modifier::BOLD), plain, "\x1b[m");
        check(plain, (Color::Indexed(214), Modifier::empty()), "\x1b[38;5;214m");
        check(plain, (Color::Rgb(255, 135, 0), Modifier::BOLD), "\x1b[1;38;2;255;135;0m");
    }
}
