//! Keys that mean nothing here and something in the programs that a person comes from: vi, less, mutt.

use super::Keymap;
use super::Place;
use super::Where;
use super::Where::Both;
use super::Where::List;
use super::Where::Reader;
use crate::app::Command;
use crate::app::Key;
use crate::app::Key::Char;
use crate::app::Key::Ctrl;

/// What somebody is told who presses a key out of habit.
struct Habit {
    keys: &'static [Key],
    place: Where,
    /// Each `{}` stands for the key of a command.
    words: &'static str,
    commands: &'static [Command],
}

const fn habit(
    keys: &'static [Key],
    place: Where,
    words: &'static str,
    commands: &'static [Command],
) -> Habit {
    Habit { keys, place, words, commands }
}

const HABITS: [Habit; 11] = [
    habit(&[Char('d'), Char('D'), Key::Delete], Both, "nothing is deleted: the mailbox is only read", &[]),
    habit(
        &[Char('|'), Char('s'), Char('w'), Char('W')],
        Both,
        "to a file or a pipe: tranche show MAILBOX NUMBER, --raw for its bytes",
        &[],
    ),
    habit(&[Char('r'), Char('R')], List, "nothing is sent from here", &[]),
    habit(
        &[Key::Tab],
        Both,
        "{} goes to the next hit, {} to the next conversation",
        &[Command::NextHit, Command::NextThread],
    ),
    habit(&[Char('i'), Key::Left, Char('h')], Reader, "{} goes back to the list", &[Command::Back]),
    habit(&[Key::Right, Char('l')], Reader, "{} narrows the list", &[Command::Filter]),
    habit(&[Char('x'), Char('Q'), Char('Z')], List, "{} quits", &[Command::Quit]),
    habit(
        &[Char('x'), Char('Q'), Char('Z')],
        Reader,
        "{} goes back, and quits from the list",
        &[Command::Back],
    ),
    habit(
        &[Ctrl('e'), Ctrl('y'), Ctrl('n'), Ctrl('p')],
        Both,
        "{} is a line down, {} a line up",
        &[Command::Down, Command::Up],
    ),
    habit(
        &[Char('*'), Char('='), Char('<'), Char('>')],
        Both,
        "{} goes to the top, {} to the end",
        &[Command::First, Command::Last],
    ),
    habit(&[Char('&'), Char('%'), Char('\\')], Both, "{} narrows the list", &[Command::Filter]),
];

impl Keymap {
    /// Says what does what somebody may have meant by a key that does nothing in a place.
    pub fn hint(&self, place: impl Into<Place>, key: Key) -> String {
        let place = place.into();
        let meant = HABITS.iter().find(|it| it.place.holds(place) && it.keys.contains(&key));
        let told = meant.and_then(|habit| {
            habit.commands.iter().try_fold(habit.words.to_owned(), |words, &command| {
                Some(words.replacen("{}", &self.key_of(place, command)?.to_string(), 1))
            })
        });
        told.unwrap_or_else(|| {
            let help = self.key_of(place, Command::Help);
            let help = help.map(|key| format!("; {key} shows the keys")).unwrap_or_default();
            format!("{key} does nothing here{help}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_habit_is_told_only_where_its_key_does_nothing() {
        let keymap = Keymap::default();
        for habit in &HABITS {
            for place in Place::ALL.into_iter().filter(|&place| habit.place.holds(place)) {
                for &key in habit.keys {
                    assert_eq!(keymap.command(place, key), None, "{key}");
                    let said = keymap.hint(place, key);
                    assert!(!said.contains("{}") && !said.contains("does nothing"), "{key}: {said}");
                    assert!(said.len() < 75, "{said}");
                }
            }
        }
    }

    #[test]
    fn any_other_key_leads_to_the_help() {
        assert_eq!(Keymap::default().hint(Place::List, Char('é')), "é does nothing here; ? shows the keys");
        assert_eq!(
            Keymap::default().hint(Place::Reader, Key::Tab),
            "n goes to the next hit, ] to the next conversation"
        );
    }
}
