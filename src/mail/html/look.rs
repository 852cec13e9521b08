//! How an element makes its text look: hidden, quoted, indented, as typed.
//!
//! Only what the element itself says counts, its attributes and its own style; style sheets are not
//! read.

use super::attributes::Attribute;
use super::attributes::Attributes;

/// Deeper quotes and lists are drawn as deep as this; no screen has more, and it keeps the text as long
/// as its markup.
const MOST_QUOTES: u8 = 24;
const MOST_INDENT: u8 = 24;

/// Text that is smaller than this cannot be read.
const SMALLEST_PIXELS: f32 = 1.5;

/// How text looks. An element hands it down to those in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Line ends and blanks are kept.
    pub(super) is_typed: bool,
    /// How many quotes it is in.
    pub(super) quotes: u8,
    /// Blanks before each line.
    pub(super) indent: u8,
    /// No part of it is shown, whatever an element in it says.
    is_gone: bool,
    is_invisible: bool,
    is_tiny: bool,
    colour: Option<Colour>,
    background: Option<Colour>,
}

/// Red, green and blue.
type Colour = [u8; 3];

impl Look {
    /// Returns whether its reader was not meant to see it.
    pub(super) fn is_hidden(&self) -> bool {
        let is_unseen = self.colour.is_some() && self.colour == self.background;
        self.is_gone || self.is_invisible || self.is_tiny || is_unseen
    }

    /// Returns the look of what is in an element with these attributes.
    #[must_use]
    pub(super) fn with(mut self, attributes: &Attributes) -> Self {
        self.is_gone |= attributes.get(Attribute::Hidden).is_some();
        if let Some(colour) = attributes.get(Attribute::Bgcolor) {
            self.background = read_colour(colour);
        }
        if attributes.get(Attribute::Background).is_some() {
            self.background = None;
        }
        if let Some(colour) = attributes.get(Attribute::Color) {
            self.colour = read_colour(colour);
        }
        for (name, value) in declarations(attributes.get(Attribute::Style).unwrap_or_default()) {
            self.declare(&name, &value);
        }
        self
    }

    /// Returns the look of what is quoted.
    #[must_use]
    pub(super) fn quoted(mut self) -> Self {
        self.quotes = (self.quotes + 1).min(MOST_QUOTES);
        self
    }

    /// Returns the look of what stands so many blanks further in.
    #[must_use]
    pub(super) fn indented(mut self, blanks: u8) -> Self {
        self.indent = (self.indent + blanks).min(MOST_INDENT);
        self
    }

    /// Returns the look of text whose line ends and blanks are kept.
    #[must_use]
    pub(super) fn typed(mut self) -> Self {
        self.is_typed = true;
        self
    }

    /// Returns the look of what is not shown.
    #[must_use]
    pub(super) fn gone(mut self) -> Self {
        self.is_gone = true;
        self
    }

    fn declare(&mut self, name: &str, value: &str) {
        match name {
            "display" => self.is_gone |= value.starts_with("none"),
            "mso-hide" => self.is_gone |= value.starts_with("all"),
            "opacity" => self.is_gone |= value.parse() == Ok(0.0),
            "max-height" => self.is_gone |= number(value) == Some(0.0),
            "visibility" => self.is_invisible = value.starts_with("hidden") || value.starts_with("collapse"),
            "font-size" => self.is_tiny = is_tiny(value),
            "color" if value.starts_with("transparent") => self.is_gone = true,
            "color" => self.colour = read_colour(value),
            "background" | "background-color" | "background-image" => {
                self.background = if value.contains("url(") { None } else { read_colour(value) };
            }
            "white-space" => self.is_typed = value.starts_with("pre") || value.starts_with("break-spaces"),
            _ => {}
        }
    }
}

/// Returns the declarations of a style in lower case.
fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase()))
    })
}

/// Returns whether a paragraph's style leaves no room above or below it.
pub(super) fn has_no_margin(style: &str) -> bool {
    declarations(style).any(|(name, value)| {
        let is_zero = || value.split_whitespace().next().and_then(number) == Some(0.0);
        matches!(name.as_str(), "margin" | "margin-bottom") && is_zero()
    })
}

/// Returns whether a quote is one in name only: it has no border, so it only stands further in.
pub(super) fn has_no_border(style: &str) -> bool {
    declarations(style).any(|(name, value)| name.starts_with("border") && value.starts_with("none"))
}

/// Returns the remote images that a style names.
pub(super) fn images(style: &str) -> impl Iterator<Item = &str> {
    style.split("url(").skip(1).filter_map(|after| {
        let target = after.split(')').next()?.trim().trim_matches(['"', '\'']);
        is_remote(target).then_some(target)
    })
}

/// Returns whether an image would be fetched from somewhere.
pub(super) fn is_remote(target: &str) -> bool {
    let start: String = target.trim_start().chars().take(8).collect::<String>().to_ascii_lowercase();
    ["http:", "https:", "//", "ftp:"].iter().any(|scheme| start.starts_with(scheme))
}

/// Reads a length without its unit.
fn number(value: &str) -> Option<f32> {
    let digits = value.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(value.len());
    value.get(..digits)?.parse().ok()
}

fn is_tiny(size: &str) -> bool {
    let is_in_pixels = !["em", "%", "ex", "rem"].iter().any(|unit| size.trim_end().ends_with(unit));
    number(size).is_some_and(|size| size == 0.0 || (is_in_pixels && size < SMALLEST_PIXELS))
}

fn read_colour(value: &str) -> Option<Colour> {
    let word = value.split_whitespace().next()?.trim_end_matches("!important");
    if let Some(parts) = value.strip_prefix("rgb(").and_then(|it| it.split(')').next()) {
        let mut parts = parts.split(',').map(|part| part.trim().parse().ok());
        return Some([parts.next()??, parts.next()??, parts.next()??]);
    }
    match word.to_ascii_lowercase().as_str() {
        "white" => Some([255; 3]),
        "black" => Some([0; 3]),
        "red" => Some([255, 0, 0]),
        hex => read_hex(hex.strip_prefix('#').unwrap_or(hex)),
    }
}

fn read_hex(hex: &str) -> Option<Colour> {
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    match hex.len() {
        6 => Some([red, green, blue]),
        3 => Some([(number >> 8) as u8 & 15, (number >> 4) as u8 & 15, number as u8 & 15].map(|it| it * 17)),
        _ => None,
    }
}
