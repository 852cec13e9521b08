//! How each meaning looks: the only place that names a colour.
//!
//! The terminal's own sixteen colours and no background, so that it looks right on light and dark
//! alike; and by attributes alone where colour is not wanted.

use crate::app::Palette;
use crate::app::meaning::Meaning;
use crate::watch::CandidateNo;
use crate::watch::Colour;
use crate::watch::Watchlist;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

/// Returns how a meaning looks.
pub fn style(meaning: Meaning, palette: Palette, watchlist: &Watchlist) -> Style {
    let style = match palette {
        Palette::Colours => in_colours(meaning),
        Palette::Attributes => by_attributes(meaning),
    };
    match (palette, meaning) {
        (Palette::Colours, Meaning::Watch(number) | Meaning::WatchHere(number)) => {
            colour_of(number, watchlist).map_or(style, |colour| style.fg(colour))
        }
        _ => style,
    }
}

fn colour_of(number: CandidateNo, watchlist: &Watchlist) -> Option<Color> {
    Some(match watchlist.candidates().get(usize::from(number.0))?.colour {
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
        Colour::LightRed => Color::LightRed,
        Colour::LightGreen => Color::LightGreen,
        Colour::LightYellow => Color::LightYellow,
        Colour::LightBlue => Color::LightBlue,
        Colour::LightMagenta => Color::LightMagenta,
        Colour::LightCyan => Color::LightCyan,
    })
}

fn in_colours(meaning: Meaning) -> Style {
    let plain = Style::new();
    match meaning {
        Meaning::Plain | Meaning::Count => plain,
        Meaning::Title => plain.add_modifier(Modifier::BOLD),
        Meaning::Quiet => plain.fg(Color::DarkGray),
        Meaning::Selected => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Meaning::Who => plain.fg(Color::Cyan),
        Meaning::Quoted => plain.add_modifier(Modifier::DIM),
        Meaning::QuotedDeeper => plain.fg(Color::DarkGray),
        Meaning::Signature => plain.fg(Color::DarkGray),
        Meaning::Link => plain.fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
        Meaning::Hidden => plain.fg(Color::Magenta).add_modifier(Modifier::CROSSED_OUT),
        Meaning::Odd => plain.fg(Color::Yellow),
        Meaning::File => plain.fg(Color::Magenta),
        Meaning::Progress => plain.fg(Color::Yellow),
        Meaning::Notice => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
        Meaning::Key => plain.fg(Color::Cyan),
        Meaning::Match => plain.fg(Color::Green).add_modifier(Modifier::BOLD),
        Meaning::Watch(_) | Meaning::WatchHere(_) => by_attributes(meaning),
    }
}

fn by_attributes(meaning: Meaning) -> Style {
    let plain = Style::new();
    match meaning {
        Meaning::Plain | Meaning::Who | Meaning::Count | Meaning::Progress => plain,
        Meaning::Quiet | Meaning::Quoted | Meaning::QuotedDeeper | Meaning::Signature => {
            plain.add_modifier(Modifier::DIM)
        }
        Meaning::Title | Meaning::Selected | Meaning::Odd | Meaning::Notice | Meaning::Key => {
            plain.add_modifier(Modifier::BOLD)
        }
        Meaning::Link | Meaning::File => plain.add_modifier(Modifier::UNDERLINED),
        Meaning::Hidden => plain.add_modifier(Modifier::REVERSED),
        Meaning::Match => plain.add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
        Meaning::Watch(_) => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Meaning::WatchHere(_) => plain.add_modifier(Modifier::BOLD | Modifier::REVERSED),
    }
}
