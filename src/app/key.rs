//! A key, as a person means it.
//!
//! Not here: the bytes that a terminal sends for it (`runtime`), and what it does (`keymap`).

use std::fmt;
use std::str::FromStr;

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

/// The names of keys that are no letter, as a person writes them; case makes no difference.
const NAMES: [(&str, Key); 22] = [
    ("Space", Key::Char(' ')),
    ("Enter", Key::Enter),
    ("Return", Key::Enter),
    ("Esc", Key::Esc),
    ("Escape", Key::Esc),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("↑", Key::Up),
    ("↓", Key::Down),
    ("←", Key::Left),
    ("→", Key::Right),
    ("PgUp", Key::PageUp),
    ("PageUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("PageDown", Key::PageDown),
    ("Home", Key::Home),
    ("End", Key::End),
    ("Tab", Key::Tab),
    ("Backspace", Key::Backspace),
    ("Delete", Key::Delete),
];

impl Key {
    /// Returns what to call it where only letters can be written: `Up` and not `↑`.
    pub fn name(self) -> String {
        let named = NAMES.iter().find(|(_, key)| *key == self);
        named.map_or_else(|| self.to_string(), |(name, _)| (*name).to_owned())
    }

    /// Returns the names that [`Key::from_str`] knows, but for the letters.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}

/// No key is called that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchKey;

impl FromStr for Key {
    type Err = NoSuchKey;

    fn from_str(name: &str) -> Result<Self, NoSuchKey> {
        if let Some((_, key)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Ok(*key);
        }
        let held = ["Ctrl-", "ctrl-", "C-", "^"].iter().find_map(|held| name.strip_prefix(held));
        if let Some(letter) = held.filter(|rest| !rest.is_empty()) {
            let letter = only_letter(letter).filter(char::is_ascii_alphabetic).ok_or(NoSuchKey)?;
            return Ok(Self::Ctrl(letter.to_ascii_lowercase()));
        }
        only_letter(name)
            .filter(|it| !it.is_control() && !it.is_whitespace())
            .map(Self::Char)
            .ok_or(NoSuchKey)
    }
}

fn only_letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Result<Key, NoSuchKey>) {
        assert_eq!(name.parse(), expected);
        if let Ok(key) = expected {
            assert_eq!(key.name().parse(), expected);
            assert_eq!(key.to_string().parse(), expected);
        }
    }

    #[test]
    fn keys_are_known_by_their_names() {
        check("j", Ok(Key::Char('j')));
        check("G", Ok(Key::Char('G')));
        check("é", Ok(Key::Char('é')));
        check("^", Ok(Key::Char('^')));
        check("-", Ok(Key::Char('-')));
        check("Ctrl-d", Ok(Key::Ctrl('d')));
        check("C-D", Ok(Key::Ctrl('d')));
        check("^d", Ok(Key::Ctrl('d')));
        check("space", Ok(Key::Char(' ')));
        check("↓", Ok(Key::Down));
        check("pagedown", Ok(Key::PageDown));
        check("Delete", Ok(Key::Delete));
        for wrong in ["", " ", "jj", "Ctrl-", "Ctrl-dd", "F13", "\u{1b}", "Spcae"] {
            check(wrong, Err(NoSuchKey));
        }
    }
}
