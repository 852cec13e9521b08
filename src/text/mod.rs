//! Decoded text: what of it may be drawn, how wide it is, where it breaks, and how it is folded for search.
//!
//! Not here: what the text means.

mod fold;
mod printable;

pub use fold::Between;
pub use fold::FoldMap;
pub use fold::fold;
pub use fold::fold_into;
pub use fold::fold_with_map;
pub use printable::Printable;
