//! The people of the story: who is looked for, where they are named, and how often.
//!
//! A [`Watchlist`] is read from what a person wrote; a [`Scanner`] is made of it once and says where its
//! candidates are named, in any text or in a whole message; a [`Tally`] counts. Counts, marks, badges and
//! the walk from hit to hit all ask the same scanner, so they cannot disagree.
//!
//! **Invariant:** a hit's range is whole characters of the decoded text, hits of a text are in order and
//! do not overlap.
//!
//! Not here: the files that watchlists are kept in, and what a colour looks like.

mod asked;
mod badges;
mod built_in;
mod candidate;
mod edges;
mod entry;
mod glob;
mod message;
mod nearest;
mod notes;
mod packing;
mod scanner;
mod spelling;
mod tally;
mod watchlist;
mod watchlist_error;

pub use candidate::Candidate;
pub use candidate::CandidateNo;
pub use candidate::Colour;
pub use message::MessageHit;
pub use message::Place;
pub use message::people_line;
pub use message::scan_message;
pub use message::scan_message_while;
pub use nearest::nearest;
pub use scanner::Hit;
pub use scanner::Scanner;
pub use scanner::Scratch;
pub use tally::Count;
pub use tally::Tally;
pub use tally::Unsearchable;
pub use tally::unsearchable;
pub use watchlist::Watchlist;
pub use watchlist_error::Problem;
pub use watchlist_error::WatchlistError;
