//! Which key does what, and what each command is called.
//!
//! One table has every command with its names, its keys and a few words; the help, the line for commands
//! by name, the configuration and the manual are made from it. A `Keymap` is that table with the keys
//! that a person gave to commands in the place of its own.
//!
//! **Invariant:** in one place a key means one thing.

mod habits;
mod table;

pub use table::GROUPS;

use super::Command;
use super::Key;
use super::geometry::Focus;

/// A command, and what reaches it.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What is done.
    pub command: Command,
    /// Its names for the `:` line; the first is the one that the configuration and the help know.
    pub names: &'static [&'static str],
    /// Its keys, unless a person gave it others; the first is the one that the status line names.
    pub keys: &'static [Key],
    /// Where the keys do that.
    pub place: Where,
    /// A few words for the help.
    pub words: &'static str,
    /// A word for the status line, where the key is worth a place there.
    pub short: Option<&'static str>,
}

/// Commands that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// The commands.
    pub bindings: &'static [Binding],
}

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list.
    List,
    /// The reader.
    Reader,
    /// A screen that lies on top of them.
    OnTop,
}

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In every place.
    Everywhere,
    /// In the list and in the reader.
    Both,
    /// In the list.
    List,
    /// In the reader.
    Reader,
    /// Everywhere but in the list: where one came in and can go out.
    Inside,
    /// In the list, and on the lists that lie on top.
    Lists,
    /// On what lies on top.
    OnTop,
}

/// Which keys are in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// By the first name of the command.
    changed: Vec<(&'static str, Vec<Key>)>,
}

/// A key that would mean two things in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The key.
    pub key: Key,
    /// The names of the two commands, in the order of the table.
    pub commands: [&'static str; 2],
}

impl Binding {
    /// Returns the name that the configuration and the help know it by.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}

impl Place {
    const ALL: [Self; 3] = [Self::List, Self::Reader, Self::OnTop];
}

impl From<Focus> for Place {
    fn from(focus: Focus) -> Self {
        match focus {
            Focus::List => Self::List,
            Focus::Reader => Self::Reader,
        }
    }
}

impl Where {
    /// Returns whether a place is meant.
    pub fn holds(self, place: Place) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Both => place != Place::OnTop,
            Self::List => place == Place::List,
            Self::Reader => place == Place::Reader,
            Self::Inside => place != Place::List,
            Self::Lists => place != Place::Reader,
            Self::OnTop => place == Place::OnTop,
        }
    }

    fn meets(self, other: Self) -> bool {
        Place::ALL.iter().any(|&place| self.holds(place) && other.holds(place))
    }
}

impl Keymap {
    /// Gives a command these keys, and no others.
    pub fn set(&mut self, binding: &Binding, keys: Vec<Key>) {
        self.reset(binding);
        self.changed.push((binding.name(), keys));
    }

    /// Gives a command the keys of the table again.
    pub fn reset(&mut self, binding: &Binding) {
        self.changed.retain(|(name, _)| *name != binding.name());
    }

    /// Returns the keys of a command, the one to name first.
    pub fn keys<'a>(&'a self, binding: &'a Binding) -> &'a [Key] {
        let changed = self.changed.iter().find(|(name, _)| *name == binding.name());
        changed.map_or(binding.keys, |(_, keys)| keys)
    }

    /// Returns what a key does in a place.
    pub fn command(&self, place: impl Into<Place>, key: Key) -> Option<Command> {
        let place = place.into();
        let mut here = bindings().filter(|it| it.place.holds(place));
        here.find_map(|it| {
            let which = self.keys(it).iter().position(|known| *known == key)?;
            // Each of its keys means another candidate, in their order.
            Some(if let Command::NarrowTo(_) = it.command {
                Command::NarrowTo(which as u8)
            } else {
                it.command
            })
        })
    }

    /// Returns the key to name for a command in a place.
    pub fn key_of(&self, place: impl Into<Place>, command: Command) -> Option<Key> {
        let place = place.into();
        let mut meant = bindings().filter(|it| it.command == command && it.place.holds(place));
        meant.find_map(|it| self.keys(it).first().copied())
    }

    /// Returns the keys worth naming in the status line of a place, each with its word.
    pub fn worth_naming(
        &self,
        place: impl Into<Place>,
    ) -> impl Iterator<Item = (Command, Key, &'static str)> {
        let place = place.into();
        let here = bindings().filter(move |it| it.place.holds(place));
        here.filter_map(|it| Some((it.command, *self.keys(it).first()?, it.short?)))
    }

    /// Returns the first key that means two things in one place.
    pub fn conflict(&self) -> Option<Conflict> {
        bindings().enumerate().find_map(|(row, first)| {
            let others = bindings().skip(row + 1).filter(|it| it.place.meets(first.place));
            others.into_iter().find_map(|second| {
                let key = *self.keys(first).iter().find(|key| self.keys(second).contains(key))?;
                Some(Conflict { key, commands: [first.name(), second.name()] })
            })
        })
    }
}

/// Returns every row of the table.
pub fn bindings() -> impl Iterator<Item = &'static Binding> + Clone {
    GROUPS.iter().flat_map(|group| group.bindings)
}

/// Returns the row of a command by one of its names.
pub fn named(name: &str) -> Option<&'static Binding> {
    bindings().find(|binding| binding.names.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        assert_eq!(Keymap::default().conflict(), None);
    }

    #[test]
    fn every_command_has_a_name_of_its_own() {
        let mut seen = HashSet::new();
        for binding in bindings() {
            assert!(!binding.name().is_empty(), "{:?} has no name", binding.command);
            for name in binding.names {
                assert!(seen.insert(name), "two commands are called {name}");
                assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
            }
        }
    }

    #[test]
    fn a_key_that_was_given_to_a_command_does_that_and_its_own_no_longer() {
        let mut keymap = Keymap::default();
        keymap.set(named("down").unwrap(), vec![Key::Char('k')]);
        let conflict = Conflict { key: Key::Char('k'), commands: ["down", "up"] };
        assert_eq!(keymap.conflict(), Some(conflict));
        keymap.set(named("up").unwrap(), vec![Key::Char('j')]);
        assert_eq!(keymap.conflict(), None);
        assert_eq!(keymap.command(Place::List, Key::Char('k')), Some(Command::Down));
        assert_eq!(keymap.command(Place::OnTop, Key::Char('j')), Some(Command::Up));
        assert_eq!(keymap.command(Place::List, Key::Down), None);
        keymap.reset(named("down").unwrap());
        assert_eq!(keymap.key_of(Place::Reader, Command::Down), Some(Key::Char('j')));
    }
}
