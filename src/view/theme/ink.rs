//! The inks, each in sixteen colours, in 256 and in any.

use crate::app::palette::Colours;
use crate::app::palette::Theme;
use crate::watch::Colour;
use ratatui::style::Color;

/// One ink, as near as the colours that there are come to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    sixteen: Color,
    indexed: u8,
    rgb: u32,
}

impl Ink {
    /// Returns the colour to ask for.
    pub(super) fn of(self, colours: Colours) -> Color {
        match colours {
            Colours::None | Colours::Sixteen => self.sixteen,
            Colours::Indexed => Color::Indexed(self.indexed),
            Colours::True => Color::from_u32(self.rgb),
        }
    }
}

const fn ink(sixteen: Color, indexed: u8, rgb: u32) -> Ink {
    Ink { sixteen, indexed, rgb }
}

// For either background.
pub(super) const GREY: Ink = ink(Color::DarkGray, 244, 0x80_80_80);
pub(super) const CYAN: Ink = ink(Color::Cyan, 37, 0x00_af_af);
pub(super) const BLUE: Ink = ink(Color::Blue, 69, 0x5f_87_ff);
pub(super) const MAGENTA: Ink = ink(Color::Magenta, 133, 0xaf_5f_af);
pub(super) const YELLOW: Ink = ink(Color::Yellow, 172, 0xd7_87_00);
pub(super) const GREEN: Ink = ink(Color::Green, 71, 0x5f_af_5f);
const RED: Ink = ink(Color::Red, 167, 0xd7_5f_5f);

// On a dark background.
pub(super) const PALE: Ink = ink(Color::Gray, 187, 0xd7_d7_af);
pub(super) const LIGHT_CYAN: Ink = ink(Color::LightCyan, 117, 0x87_d7_ff);
pub(super) const LIGHT_BLUE: Ink = ink(Color::LightBlue, 111, 0x87_af_ff);
pub(super) const LIGHT_MAGENTA: Ink = ink(Color::LightMagenta, 183, 0xd7_af_ff);
pub(super) const LIGHT_YELLOW: Ink = ink(Color::LightYellow, 222, 0xff_d7_87);
pub(super) const LIGHT_GREEN: Ink = ink(Color::LightGreen, 114, 0x87_d7_87);
const LIGHT_RED: Ink = ink(Color::LightRed, 210, 0xff_87_87);

// On a light background, all dark enough for small letters on white (WCAG 2.1 §1.4.3: 4.5 to 1).
pub(super) const DARK_GREY: Ink = ink(Color::DarkGray, 242, 0x6c_6c_6c);
pub(super) const DARK_BLUE: Ink = ink(Color::Blue, 25, 0x00_5f_af);
pub(super) const DARK_MAGENTA: Ink = ink(Color::Magenta, 90, 0x87_00_87);
pub(super) const DARK_RED: Ink = ink(Color::Red, 124, 0xaf_00_00);
pub(super) const DARK_GREEN: Ink = ink(Color::Green, 22, 0x00_5f_00);
pub(super) const BROWN: Ink = ink(Color::Yellow, 94, 0x87_5f_00);
const TEAL: Ink = ink(Color::Cyan, 23, 0x00_5f_5f);

// After Okabe and Ito, who chose them to be told apart by everybody.
pub(super) const ORANGE: Ink = ink(Color::Yellow, 178, 0xe6_9f_00);
pub(super) const SKY: Ink = ink(Color::Cyan, 74, 0x56_b4_e9);
pub(super) const BLUISH_GREEN: Ink = ink(Color::Green, 36, 0x00_9e_73);
pub(super) const YELLOWISH: Ink = ink(Color::LightYellow, 227, 0xf0_e4_42);
pub(super) const VERMILLION: Ink = ink(Color::Red, 166, 0xd5_5e_00);
pub(super) const PURPLE: Ink = ink(Color::Magenta, 175, 0xcc_79_a7);
const DEEP_BLUE: Ink = ink(Color::Blue, 25, 0x00_72_b2);

/// Returns the ink for a candidate's colour.
pub(super) fn of_candidate(colour: Colour, theme: Theme) -> Ink {
    match theme {
        Theme::Terminal | Theme::Dark => as_named(colour),
        Theme::Light => dark_enough(colour),
        Theme::Safe => told_apart(colour),
    }
}

fn as_named(colour: Colour) -> Ink {
    match colour {
        Colour::Red => RED,
        Colour::Green => GREEN,
        Colour::Yellow => YELLOW,
        Colour::Blue => BLUE,
        Colour::Magenta => MAGENTA,
        Colour::Cyan => CYAN,
        Colour::LightRed => LIGHT_RED,
        Colour::LightGreen => LIGHT_GREEN,
        Colour::LightYellow => LIGHT_YELLOW,
        Colour::LightBlue => LIGHT_BLUE,
        Colour::LightMagenta => LIGHT_MAGENTA,
        Colour::LightCyan => LIGHT_CYAN,
    }
}

fn dark_enough(colour: Colour) -> Ink {
    match colour {
        Colour::Red | Colour::LightRed => DARK_RED,
        Colour::Green | Colour::LightGreen => DARK_GREEN,
        Colour::Yellow | Colour::LightYellow => BROWN,
        Colour::Blue | Colour::LightBlue => DARK_BLUE,
        Colour::Magenta | Colour::LightMagenta => DARK_MAGENTA,
        Colour::Cyan | Colour::LightCyan => TEAL,
    }
}

fn told_apart(colour: Colour) -> Ink {
    match colour {
        Colour::Red | Colour::LightRed => VERMILLION,
        Colour::Green | Colour::LightGreen => BLUISH_GREEN,
        Colour::Yellow => ORANGE,
        Colour::LightYellow => YELLOWISH,
        Colour::Blue | Colour::LightBlue => DEEP_BLUE,
        Colour::Magenta | Colour::LightMagenta => PURPLE,
        Colour::Cyan | Colour::LightCyan => SKY,
    }
}
