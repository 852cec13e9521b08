//! What another program did to the mailbox while it is open, and what is said about it.
//!
//! A warning stays until a person dismisses it: it is about what they believe to be reading.

use super::Effect;
use super::State;
use super::state::Notice;
use super::update::say;
use super::words;
use crate::bytes::Loss;

/// What became of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Some of it is gone.
    Lost(Loss),
    /// It is longer by so many bytes; those that were there are the same.
    Grown(u64),
    /// Its bytes are others, or may be.
    Rewritten,
    /// Its name belongs to another file now.
    Replaced,
    /// Its name is gone.
    Removed,
}

/// Takes note of a change, and says so until that is dismissed.
pub(super) fn heard(state: &mut State, change: Change) -> Vec<Effect> {
    let is_over = !matches!(change, Change::Grown(_));
    let warning = match change {
        Change::Lost(loss) if loss == state.loss => return Vec::new(),
        Change::Lost(loss) => {
            let warning = format!("{}; what ✗ marks is gone", short(&loss));
            state.loss = loss;
            warning
        }
        Change::Grown(bytes) => {
            let grown = format!("the mailbox has grown by {}; F reads on", words::size(bytes));
            say(state, grown);
            return Vec::new();
        }
        Change::Rewritten => "the file was written to; reopen it to read it as it is now".to_owned(),
        Change::Replaced => "another file has its name now; this is the one of before".to_owned(),
        Change::Removed => "the file was removed; it can be read until you quit".to_owned(),
    };
    state.warning = Some(Notice(warning));
    if is_over && state.is_following { stop_following(state) } else { Vec::new() }
}

fn short(loss: &Loss) -> String {
    match loss.cut_to {
        Some(end) => format!("the file was cut to {}", words::size(end.0)),
        None => "the disk does not give all of it".to_owned(),
    }
}

/// Follows the mailbox, or stops.
pub(super) fn follow_or_stop(state: &mut State) -> Vec<Effect> {
    if state.is_following {
        return stop_following(state);
    }
    if !state.can_grow {
        say(state, "only a file that is not packed can be followed".to_owned());
        return Vec::new();
    }
    state.is_following = true;
    say(state, "following: what is appended to the mailbox is read; F stops".to_owned());
    state.snapshot.is_complete.then_some(Effect::Follow).into_iter().collect()
}

/// Reads nothing more that is appended.
pub(super) fn stop_following(state: &mut State) -> Vec<Effect> {
    state.is_following = false;
    say(state, "no longer following".to_owned());
    vec![Effect::StopFollowing]
}
