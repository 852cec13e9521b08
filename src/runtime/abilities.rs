//! What a terminal can do, by its name.
//!
//! A small table of our own: nothing is asked of a terminal, which over a slow line would have to be
//! waited for, and the machine need not have a database of terminals. Moving, erasing to the end of a
//! line or screen and scrolling a part of it are what every terminal in the table can do.

use crate::text::fold;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use ratatui::style::Modifier;

/// How many colours a terminal tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// None.
    Mono,
    /// Eight.
    Eight,
    /// Eight, and brighter ones.
    Sixteen,
    /// The 256 of xterm.
    Palette,
    /// Every colour there is.
    True,
}

/// What a terminal can do beyond what all can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Abilities {
    /// How many colours it has.
    pub(super) depth: Depth,
    /// The attributes that it shows as what they are.
    attributes: Modifier,
    /// It has a second screen, so that what was there before comes back.
    pub(super) has_other_screen: bool,
    /// It erases a number of cells (ECH).
    pub(super) erases_cells: bool,
    /// It goes to a row of the same column, and to a column of the same row (VPA, CHA).
    pub(super) goes_along: bool,
    /// It hides the cursor, and tells what is pasted from what is typed, or ignores that it is told to.
    pub(super) has_modes: bool,
    /// It shows a frame at once that comes in pieces (mode 2026), or ignores that it is told to.
    pub(super) holds_frames: bool,
    /// It shows letters that are not ASCII.
    pub(super) has_letters: bool,
}

const VT100: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED).union(Modifier::REVERSED);

impl Abilities {
    /// What the terminals of this century can do.
    pub(super) const USUAL: Self = Self {
        depth: Depth::Sixteen,
        attributes: Modifier::all(),
        has_other_screen: true,
        erases_cells: true,
        goes_along: true,
        has_modes: true,
        holds_frames: true,
        has_letters: true,
    };

    /// Returns what the terminal of the environment can do; `None` where it cannot show a screen.
    pub(super) fn of_environment() -> Option<Self> {
        let value = |name: &str| std::env::var_os(name).unwrap_or_default().to_string_lossy().into_owned();
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(value).into_iter().find(|it| !it.is_empty());
        let usual = Self::of(&value("TERM"), &value("COLORTERM"))?;
        Some(Self { has_letters: is_utf8(&locale.unwrap_or_default()), ..usual })
    }

    /// Returns what a terminal of this name can do.
    fn of(name: &str, colours: &str) -> Option<Self> {
        let depth = if ["truecolor", "24bit"].contains(&colours) || name.ends_with("-direct") {
            Depth::True
        } else if name.contains("256") {
            Depth::Palette
        } else {
            Depth::Sixteen
        };
        let family = name.split(['-', '.', '+']).next().unwrap_or_default();
        Some(match family {
            "dumb" => return None,
            "linux" => Self {
                depth: Depth::Eight,
                attributes: VT100.union(Modifier::DIM),
                has_other_screen: false,
                holds_frames: false,
                ..Self::USUAL
            },
            // What it is told to show in italics it shows reversed.
            "screen" => Self {
                depth,
                attributes: VT100.union(Modifier::DIM),
                erases_cells: false,
                holds_frames: false,
                ..Self::USUAL
            },
            "ansi" | "cons25" => Self {
                depth: Depth::Eight,
                attributes: VT100,
                has_other_screen: false,
                holds_frames: false,
                ..Self::USUAL
            },
            vt if vt.strip_prefix("vt").is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit())) => {
                Self {
                    depth: Depth::Mono,
                    attributes: VT100,
                    has_other_screen: false,
                    erases_cells: false,
                    goes_along: false,
                    has_modes: false,
                    holds_frames: false,
                    ..Self::USUAL
                }
            }
            _ => Self { depth, ..Self::USUAL },
        })
    }

    /// Turns a cell into one that the terminal can show.
    pub(super) fn reduce(&self, cell: &mut Cell) {
        cell.bg = Color::Reset;
        cell.underline_color = Color::Reset;
        if self.depth < Depth::Sixteen && cell.fg == Color::DarkGray {
            cell.modifier.insert(Modifier::DIM);
        }
        cell.fg = reduced(cell.fg, self.depth);
        cell.modifier = cell.modifier.intersection(self.attributes);
        if !self.has_letters && !cell.symbol().is_ascii() {
            cell.set_symbol(&in_ascii(cell.symbol()));
        }
    }
}

/// Returns whether the terminal of the environment has no colours.
pub(super) fn has_no_colours() -> bool {
    Abilities::of_environment().is_some_and(|it| it.depth == Depth::Mono)
}

/// Returns whether a locale's letters are written in UTF-8. One that says nothing is no reason to hide
/// what nearly every terminal shows.
fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.is_empty() || locale.contains("utf-8") || locale.contains("utf8")
}

const BASIC: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// Returns the place of a colour among the sixteen.
pub(super) fn place_of(colour: Color) -> Option<usize> {
    BASIC.iter().position(|known| *known == colour)
}

/// Returns the colour that comes nearest, of those that there are.
fn reduced(colour: Color, depth: Depth) -> Color {
    match (colour, depth) {
        (Color::Reset, _) | (_, Depth::True) => colour,
        (_, Depth::Mono) | (Color::DarkGray, Depth::Eight) => Color::Reset,
        (Color::Rgb(red, green, blue), Depth::Palette) => {
            let level = |it: u8| (u16::from(it) * 5 + 127) / 255;
            Color::Indexed((16 + 36 * level(red) + 6 * level(green) + level(blue)) as u8)
        }
        (_, Depth::Palette) => colour,
        (Color::Rgb(red, green, blue), _) => {
            let bit = |it: u8, place: usize| usize::from(it > 127) << place;
            let is_bright = depth == Depth::Sixteen && [red, green, blue].iter().any(|&it| it > 191);
            BASIC[bit(red, 0) | bit(green, 1) | bit(blue, 2) | usize::from(is_bright) << 3]
        }
        (Color::Indexed(number @ 0..16), _) => reduced(BASIC[usize::from(number)], depth),
        (Color::Indexed(number @ 16..232), _) => {
            let level = |it: u8| (it % 6) * 51;
            let number = number - 16;
            reduced(Color::Rgb(level(number / 36), level(number / 6), level(number)), depth)
        }
        (Color::Indexed(number), _) => {
            let grey = (number - 232) * 10 + 8;
            reduced(Color::Rgb(grey, grey, grey), depth)
        }
        (_, Depth::Eight) => place_of(colour).map_or(Color::Reset, |place| BASIC[place % 8]),
        (_, Depth::Sixteen) => colour,
    }
}

/// Returns what stands for a letter where only ASCII can be shown: one character.
fn in_ascii(symbol: &str) -> String {
    let letter = symbol.chars().next().unwrap_or(' ');
    let sign = match letter {
        '─' | '—' | '–' | '‐'..='‒' | '━' => '-',
        '▌' | '›' | '»' | '→' | '▸' => '>',
        '│' | '┃' | '▉'..='▏' => '|',
        '‹' | '«' | '←' => '<',
        '├' | '┤' | '┬' | '┴' | '┼' | '┌' | '┐' | '┘' => '+',
        '└' => '`',
        '•' | '★' => '*',
        '·' | '⋯' | '▁' => '.',
        '…' => '~',
        '↑' => '^',
        '↓' => 'v',
        '▂' | '▃' => ':',
        '▄' | '▅' => '=',
        '▆'..='█' => '#',
        '‘'..='‛' => '\'',
        '“'..='‟' => '"',
        '\u{a0}' => ' ',
        _ => return letter_in_ascii(letter),
    };
    sign.to_string()
}

/// Returns a letter without what makes it more than ASCII, or `?`.
fn letter_in_ascii(letter: char) -> String {
    let plain = fold(letter.encode_utf8(&mut [0; 4])).chars().next().filter(char::is_ascii_graphic);
    let plain = if letter.is_uppercase() { plain.map(|it| it.to_ascii_uppercase()) } else { plain };
    plain.unwrap_or('?').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_can_do_what_its_name_says() {
        let of = |name: &str| Abilities::of(name, "").unwrap();
        assert_eq!(of("xterm"), Abilities::USUAL);
        assert_eq!(of("").depth, Depth::Sixteen);
        assert_eq!(of("xterm-256color").depth, Depth::Palette);
        assert_eq!(of("tmux-256color").depth, Depth::Palette);
        assert_eq!(Abilities::of("xterm-256color", "truecolor").unwrap().depth, Depth::True);
        assert_eq!((of("linux").depth, of("linux").has_other_screen), (Depth::Eight, false));
        assert!(!of("screen.xterm-256color").erases_cells);
        assert_eq!((of("vt100").depth, of("vt220").goes_along), (Depth::Mono, false));
        assert_eq!(of("vte-256color"), of("xterm-256color"));
        assert_eq!(Abilities::of("dumb", "truecolor"), None);
    }

    #[test]
    fn a_locale_may_hold_ascii_alone() {
        let utf8 = ["", "C.UTF-8", "fr_FR.utf8", "de_DE.UTF-8@euro"].map(is_utf8);
        assert_eq!(utf8, [true; 4]);
        assert_eq!(["C", "POSIX", "fr_FR", "fr_FR.ISO-8859-1"].map(is_utf8), [false; 4]);
    }

    #[track_caller]
    fn check_colour(colour: Color, depth: Depth, expected: Color) {
        assert_eq!(reduced(colour, depth), expected);
    }

    #[test]
    fn a_colour_becomes_the_nearest_there_is() {
        let orange = Color::Rgb(255, 135, 0);
        check_colour(orange, Depth::True, orange);
        check_colour(orange, Depth::Palette, Color::Indexed(214));
        check_colour(orange, Depth::Sixteen, Color::LightYellow);
        check_colour(orange, Depth::Eight, Color::Yellow);
        check_colour(orange, Depth::Mono, Color::Reset);
        check_colour(Color::Indexed(196), Depth::Sixteen, Color::LightRed);
        check_colour(Color::Indexed(244), Depth::Eight, Color::Gray);
        check_colour(Color::LightCyan, Depth::Eight, Color::Cyan);
        check_colour(Color::DarkGray, Depth::Eight, Color::Reset);
        check_colour(Color::DarkGray, Depth::Palette, Color::DarkGray);
    }

    #[test]
    fn what_a_terminal_cannot_show_it_shows_otherwise() {
        let mut cell = Cell::new("É");
        cell.fg = Color::DarkGray;
        cell.modifier = Modifier::ITALIC | Modifier::BOLD;
        Abilities { has_letters: false, ..Abilities::of("linux", "").unwrap() }.reduce(&mut cell);
        assert_eq!((cell.symbol(), cell.fg), ("E", Color::Reset));
        assert_eq!(cell.modifier, Modifier::DIM | Modifier::BOLD);
    }

    #[test]
    fn letters_become_ascii_one_for_one() {
        let text = "▌├─│└─ ⋯ “Mélenchon” œuvre Øst łódź ẞ 漢 🙂 … ½";
        let ascii: String = text
            .chars()
            .map(|it| if it.is_ascii() { it.to_string() } else { in_ascii(&it.to_string()) })
            .collect();
        assert_eq!(ascii, ">+-|`- . \"Melenchon\" ouvre Ost lodz S ? ? ~ 1");
    }
}
