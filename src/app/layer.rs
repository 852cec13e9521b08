//! What lies on top of list and reader, and gets the keys first.

use super::Command;
use super::Key;
use super::activity::Activity;
use super::candidates::Candidates;
use super::command_line::CommandLine;
use super::command_line::Entered;
use super::filter::FilterLine;
use super::keymap;
use super::people::People;

/// Something that lies on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// What the keys do, from this row of it on.
    Help {
        /// The first row that is seen.
        top: usize,
    },
    /// The line for commands by name.
    Commands(CommandLine),
    /// The line for the filter.
    Filter(FilterLine),
    /// Who is named how often.
    Candidates(Box<Candidates>),
    /// How many messages there are of each day, month or year.
    Activity(Box<Activity>),
    /// Who wrote how much.
    People(Box<People>),
}

/// What becomes of a layer after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// It stays.
    Stays,
    /// It goes.
    Goes,
    /// It goes, and this was entered.
    Says(Entered),
    /// It goes, and the list is narrowed by this term.
    Narrows {
        /// Such as `date:`.
        field: &'static str,
        /// What stands behind it.
        value: String,
    },
}

/// Returns how many rows the help has on a screen of this width.
pub fn help_rows() -> usize {
    keymap::GROUPS.iter().map(|group| group.bindings.len() + 2).sum::<usize>() - 1
}

impl Layer {
    /// Takes a key, and what it means on a screen that lies on top.
    pub fn take(&mut self, key: Key, meant: Option<Command>, height: usize) -> After {
        match self {
            Self::Help { top } => take_in_help(top, meant, height),
            Self::Activity(activity) => activity.take(meant, height),
            Self::People(people) => people.take(meant, height),
            Self::Commands(line) => match line.take(key) {
                Err(_) => After::Stays,
                Ok(None) => After::Goes,
                Ok(Some(entered)) => After::Says(entered),
            },
            // Their keys need the mailbox, and go to `finding` and `update`.
            Self::Filter(_) | Self::Candidates(_) => After::Stays,
        }
    }
}

fn take_in_help(top: &mut usize, meant: Option<Command>, height: usize) -> After {
    let last = help_rows().saturating_sub(height);
    let Some(wanted) = moved(meant, *top, height, last + 1) else { return After::Goes };
    *top = wanted;
    After::Stays
}

/// Returns where a command moves a place among so many, of which `height` are seen; `None` where it is
/// about something else.
pub(super) fn moved(meant: Option<Command>, from: usize, height: usize, all: usize) -> Option<usize> {
    let last = all.saturating_sub(1);
    let page = height.saturating_sub(1).max(1);
    let wanted = match meant? {
        Command::Down => from + 1,
        Command::Up => from.saturating_sub(1),
        Command::PageDown | Command::ReadOn => from + page,
        Command::PageUp | Command::ReadBack => from.saturating_sub(page),
        Command::HalfPageDown => from + page / 2,
        Command::HalfPageUp => from.saturating_sub(page / 2),
        Command::First => 0,
        Command::Last => last,
        _ => return None,
    };
    Some(wanted.min(last))
}
