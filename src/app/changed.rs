//! What another program did to the mailbox while it is open, and what is said about it.
//!
//! A warning stays until a person dismisses it: it is about what they believe to be reading.

use super::State;
use super::state::Notice;
use super::words;
use crate::bytes::Loss;

/// What became of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Some of it is gone.
    Lost(Loss),
    /// Its bytes are others, or may be.
    Rewritten,
    /// Its name belongs to another file now.
    Replaced,
    /// Its name is gone.
    Removed,
}

/// Takes note of a change, and says so until that is dismissed.
pub(super) fn heard(state: &mut State, change: Change) {
    let warning = match change {
        Change::Lost(loss) if loss == state.loss => return,
        Change::Lost(loss) => {
            let warning = format!("{}; what ✗ marks is gone", short(&loss));
            state.loss = loss;
            warning
        }
        Change::Rewritten => "the file was written to; reopen it to read it as it is now".to_owned(),
        Change::Replaced => "another file has its name now; this is the one of before".to_owned(),
        Change::Removed => "the file was removed; it can be read until you quit".to_owned(),
    };
    state.warning = Some(Notice(warning));
}

fn short(loss: &Loss) -> String {
    match loss.cut_to {
        Some(end) => format!("the file was cut to {}", words::size(end.0)),
        None => "the disk does not give all of it".to_owned(),
    }
}
