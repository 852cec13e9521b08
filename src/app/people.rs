//! The screen of people: who wrote how much, to how many, and when.

use super::Command;
use super::layer::After;
use super::layer::moved;
use super::reader::Generation;
use super::survey::Correspondent;
use super::survey::Correspondents;
use std::cmp::Reverse;
use std::sync::Arc;

/// How the people are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeopleOrder {
    /// By how many messages they wrote or were written.
    #[default]
    Messages,
    /// By how many they wrote.
    Sent,
    /// By name.
    Name,
    /// By when they were last heard of, the latest first.
    Latest,
}

/// Everyone, and the row that is selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The question that its counts answer.
    pub generation: Generation,
    counted: Option<Arc<Correspondents>>,
    /// Their places among what was counted, in order.
    rows: Vec<u32>,
    order: PeopleOrder,
    selected: usize,
}

impl People {
    /// Opens it while they are counted.
    pub fn waiting(generation: Generation) -> Self {
        Self { generation, ..Self::default() }
    }

    /// Takes what was counted; an answer to another question changes nothing.
    pub fn counted(&mut self, generation: Generation, counted: Arc<Correspondents>) {
        if generation == self.generation {
            self.counted = Some(counted);
            self.sort();
        }
    }

    /// Returns whether they are still being counted.
    pub fn is_waiting(&self) -> bool {
        self.counted.is_none()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the person of a row.
    pub fn row(&self, row: usize) -> Option<&Correspondent> {
        self.counted.as_ref()?.people.get(*self.rows.get(row)? as usize)
    }

    /// Returns the row that keys act on.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Returns how they are ordered.
    pub fn order(&self) -> PeopleOrder {
        self.order
    }

    /// Takes what a key means; `height` rows are seen.
    pub fn take(&mut self, meant: Option<Command>, height: usize) -> After {
        match meant {
            Some(Command::Back | Command::People) => return After::Goes,
            Some(Command::TurnOrder) => {
                self.order = self.order.next();
                self.selected = 0;
                self.sort();
            }
            Some(Command::Open) => return self.narrow(),
            _ => {
                let to = moved(meant, self.selected, height, self.rows.len());
                self.selected = to.unwrap_or(self.selected);
            }
        }
        After::Stays
    }

    fn narrow(&self) -> After {
        let Some(person) = self.row(self.selected) else { return After::Stays };
        let value = if person.address.is_empty() { &person.name } else { &person.address };
        After::Narrows { field: "with:", value: value.clone() }
    }

    fn sort(&mut self) {
        let Some(counted) = &self.counted else { return };
        let people = &counted.people;
        self.rows = (0..people.len() as u32).collect();
        let person = |row: &u32| &people[*row as usize];
        match self.order {
            // They were counted in this order.
            PeopleOrder::Messages => {}
            PeopleOrder::Sent => self.rows.sort_by_key(|row| Reverse(person(row).sent)),
            PeopleOrder::Name => self.rows.sort_by_cached_key(|row| crate::text::fold(person(row).shown())),
            PeopleOrder::Latest => self.rows.sort_by_key(|row| Reverse(person(row).days.map(|days| days.1))),
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }
}

impl PeopleOrder {
    fn next(self) -> Self {
        match self {
            Self::Messages => Self::Sent,
            Self::Sent => Self::Name,
            Self::Name => Self::Latest,
            Self::Latest => Self::Messages,
        }
    }

    /// Returns what to call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Messages => "most messages first",
            Self::Sent => "most sent first",
            Self::Name => "by name",
            Self::Latest => "latest first",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> People {
        let person = |name: &str, sent, received, last| Correspondent {
            name: name.to_owned(),
            address: format!("{}@desk.example", name.to_lowercase()),
            sent,
            received,
            days: Some((0, last)),
            ..Correspondent::default()
        };
        let people = vec![person("Zoé", 1, 9, 5), person("Anna", 5, 0, 7), person("Éric", 2, 2, 9)];
        let mut screen = People::waiting(Generation(1));
        screen.counted(Generation(1), Arc::new(Correspondents { people }));
        screen
    }

    #[test]
    fn people_are_ordered_and_narrow_the_list() {
        let mut screen = opened();
        let mut orders = Vec::new();
        for _ in 0..4 {
            let names = (0..screen.len()).filter_map(|row| Some(screen.row(row)?.name.clone()));
            orders.push((screen.order().words(), names.collect::<Vec<_>>().join(" ")));
            screen.take(Some(Command::TurnOrder), 10);
        }
        let expected = [
            ("most messages first", "Zoé Anna Éric"),
            ("most sent first", "Anna Éric Zoé"),
            ("by name", "Anna Éric Zoé"),
            ("latest first", "Éric Anna Zoé"),
        ];
        assert_eq!(orders, expected.map(|(order, names)| (order, names.to_owned())));
        screen.take(Some(Command::Down), 10);
        let anna = After::Narrows { field: "with:", value: "anna@desk.example".to_owned() };
        assert_eq!(screen.take(Some(Command::Open), 10), anna);
    }
}
