//! Doing what was asked: the workers, the commands, the loop and the terminal.
//!
//! Not here: deciding anything. What a key means is `app`'s, what a message says is `mail`'s.

mod indexer;
mod keyboard;
mod loader;
mod screen;
mod signals;
mod terminal;
mod wire;

pub use indexer::Grown;
pub use indexer::index;
pub use indexer::spawn;
pub use screen::run_screen;
pub use terminal::ScreenError;
