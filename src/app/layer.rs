//! What lies on top of list and reader, and gets the keys first.

use super::Command;
use super::Key;
use super::candidates::Candidates;
use super::command_line::CommandLine;
use super::command_line::Entered;
use super::filter::FilterLine;
use super::keymap;

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
            Self::Candidates(candidates) => match candidates.take(key) {
                true => After::Stays,
                false => After::Goes,
            },
            Self::Commands(line) => match line.take(key) {
                Err(_) => After::Stays,
                Ok(None) => After::Goes,
                Ok(Some(entered)) => After::Says(entered),
            },
            // Its keys need the mailbox, and go to `finding`.
            Self::Filter(_) => After::Stays,
        }
    }
}

fn take_in_help(top: &mut usize, meant: Option<Command>, height: usize) -> After {
    let last = help_rows().saturating_sub(height);
    let page = height.saturating_sub(1).max(1);
    let wanted = match meant {
        Some(Command::Down) => *top + 1,
        Some(Command::Up) => top.saturating_sub(1),
        Some(Command::PageDown | Command::ReadOn) => *top + page,
        Some(Command::PageUp | Command::ReadBack) => top.saturating_sub(page),
        Some(Command::HalfPageDown) => *top + page / 2,
        Some(Command::HalfPageUp) => top.saturating_sub(page / 2),
        Some(Command::First) => 0,
        Some(Command::Last) => last,
        _ => return After::Goes,
    };
    *top = wanted.min(last);
    After::Stays
}
