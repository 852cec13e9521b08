//! A key, as a person means it.
//!
//! Not here: the bytes that a terminal sends for it (`runtime`), and what it does (`keymap`).

use std::fmt;

/// A key that was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or sign, as it is typed.
    Char(char),
    /// A letter held with Control, in lower case.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// The arrow up.
    Up,
    /// The arrow down.
    Down,
    /// The arrow to the left.
    Left,
    /// The arrow to the right.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Home.
    Home,
    /// End.
    End,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(' ') => out.write_str("Space"),
            Self::Char(letter) => write!(out, "{letter}"),
            Self::Ctrl(letter) => write!(out, "Ctrl-{letter}"),
            Self::Up => out.write_str("↑"),
            Self::Down => out.write_str("↓"),
            Self::Left => out.write_str("←"),
            Self::Right => out.write_str("→"),
            Self::PageUp => out.write_str("PgUp"),
            Self::PageDown => out.write_str("PgDn"),
            named => write!(out, "{named:?}"),
        }
    }
}
