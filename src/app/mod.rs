//! What the program is doing, and what comes of each thing that happens.
//!
//! The loop in words: something happens (a [`Msg`]: a key, more of the mailbox, a message that was
//! asked for). [`update`] changes the [`State`] and returns what is wanted of the world ([`Effect`]).
//! The runtime does that, and when nothing more has happened the view draws the state. A key means a
//! [`Command`] by the table in [`keymap`].
//!
//! **Invariant:** the same state and message give the same state and effects. There is no file, no
//! clock and no worker here, and `State::default()` costs nothing.
//!
//! Not here: cells and colours (`view`), waiting and doing (`runtime`).

pub mod activity;
pub mod candidates;
mod changed;
pub mod columns;
pub mod command;
pub mod command_line;
pub mod dates;
pub mod effect;
pub mod filter;
mod finding;
pub mod geometry;
pub mod key;
pub mod keymap;
mod keys;
pub mod layer;
pub mod list;
pub mod meaning;
mod mouse;
pub mod msg;
mod overview;
pub mod page;
pub mod palette;
pub mod prompt;
pub mod people;
pub mod position;
pub mod reader;
mod state;
pub mod survey;
mod update;
mod walk;
pub mod watching;
pub mod words;

pub use changed::Change;
pub use command::Command;
pub use effect::Effect;
pub use effect::Wanted;
pub use key::Key;
pub use msg::Msg;
pub use msg::News;
pub use msg::Progress;
pub use msg::Snapshot;
pub use palette::Palette;
pub use state::Notice;
pub use state::State;
pub use update::update;
