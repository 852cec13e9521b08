//! Decoded text: what of it may be drawn, how wide it is, and where it breaks.
//!
//! Not here: what the text means.

mod printable;

pub use printable::Printable;
