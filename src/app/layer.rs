//! What lies on top of list and reader, and gets the keys first.

use super::Key;
use super::candidates::Candidates;
use super::filter::FilterLine;
use super::keymap;
use super::prompt::Answer;
use super::prompt::Prompt;

/// Something that lies on top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// What the keys do, from this row of it on.
    Help {
        /// The first row that is seen.
        top: usize,
    },
    /// The line for commands by name.
    Prompt(Prompt),
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
    /// It goes, and its line was entered.
    Says(String),
}

/// Returns how many rows the help has on a screen of this width.
pub fn help_rows() -> usize {
    keymap::GROUPS.iter().map(|group| group.bindings.len() + 2).sum::<usize>() - 1
}

impl Layer {
    /// Takes a key.
    pub fn take(&mut self, key: Key, height: usize) -> After {
        match self {
            Self::Help { top } => take_in_help(top, key, height),
            Self::Candidates(candidates) => match candidates.take(key) {
                true => After::Stays,
                false => After::Goes,
            },
            Self::Prompt(prompt) => match prompt.take(key) {
                Answer::Open => After::Stays,
                Answer::Dropped => After::Goes,
                Answer::Entered(words) => After::Says(words),
            },
            // Its keys need the mailbox, and go to `finding`.
            Self::Filter(_) => After::Stays,
        }
    }
}

fn take_in_help(top: &mut usize, key: Key, height: usize) -> After {
    let last = help_rows().saturating_sub(height);
    let wanted = match key {
        Key::Char('j') | Key::Down => *top + 1,
        Key::Char('k') | Key::Up => top.saturating_sub(1),
        Key::Char(' ') | Key::PageDown => *top + height,
        Key::Char('b') | Key::PageUp => top.saturating_sub(height),
        Key::Char('g') | Key::Home => 0,
        Key::Char('G') | Key::End => last,
        _ => return After::Goes,
    };
    *top = wanted.min(last);
    After::Stays
}
