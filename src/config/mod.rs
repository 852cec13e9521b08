//! What a person chose: every setting with its value and where that comes from.
//!
//! The text of `config.toml` goes in; the settings come out, and with them what is wrong with the text.
//! What is wrong leaves its setting as it was and no other.
//!
//! Not here: the file and its place, flags and environment (`runtime`), and what a setting does.

mod effective;
mod problem;
mod read;

pub use effective::Line;
pub use effective::Written;
pub use problem::Problem;
pub use problem::Wrong;

use crate::app::columns::Columns;
use crate::app::dates::DateFormat;
use crate::app::dates::Dates;
use crate::app::dates::Language;
use crate::app::keymap::Keymap;
use crate::app::palette::Colours;
use crate::app::palette::Theme;
use std::collections::BTreeMap;

/// Every setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which looks.
    pub theme: Setting<Theme>,
    /// Out of which colours.
    pub colours: Setting<Colours>,
    /// Which columns the list has.
    pub columns: Setting<Columns>,
    /// How dates are written.
    pub date_format: Setting<DateFormat>,
    /// How they are written where there is room for the day alone.
    pub day_format: Setting<DateFormat>,
    /// The language of months and days.
    pub language: Setting<Language>,
    /// The files of the watchlist; with none, the usual one.
    pub watchlists: Setting<Vec<String>>,
    /// Where the index is kept.
    pub cache: Setting<String>,
    /// Where positions and what a person made are kept.
    pub data: Setting<String>,
    /// Whether anything is kept at all.
    pub trace: Setting<bool>,
    /// Whether the mouse is listened to.
    pub mouse: Setting<bool>,
    /// Which key does what.
    pub keymap: Keymap,
    /// The lines of the keys that were changed, by the first name of the command.
    key_lines: BTreeMap<&'static str, usize>,
}

/// A value, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub from: Origin,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// It was there before anybody chose.
    #[default]
    Default,
    /// A line of the file.
    Line(usize),
    /// A flag of the command line.
    Flag(&'static str),
    /// A variable of the environment.
    Environment(&'static str),
}

impl Config {
    /// Reads a file; what is wrong in it comes back in the order of its lines.
    pub fn read(self, text: &str) -> (Self, Vec<Problem>) {
        read::read(self, text)
    }

    /// Returns how dates are written.
    pub fn dates(&self) -> Dates {
        Dates::new(self.date_format.value.clone(), self.day_format.value.clone(), self.language.value)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: Setting::default(),
            colours: Setting::default(),
            columns: Setting::default(),
            date_format: Setting::of(DateFormat::minute()),
            day_format: Setting::of(DateFormat::day()),
            language: Setting::default(),
            watchlists: Setting::default(),
            cache: Setting::default(),
            data: Setting::default(),
            trace: Setting::of(true),
            mouse: Setting::default(),
            keymap: Keymap::default(),
            key_lines: BTreeMap::new(),
        }
    }
}

impl<T> Setting<T> {
    /// A value that was there before anybody chose.
    pub fn of(value: T) -> Self {
        Self { value, from: Origin::Default }
    }

    /// Puts another value in its place.
    pub fn set(&mut self, value: T, from: Origin) {
        *self = Self { value, from };
    }
}
