//! The watchlist that is there before anybody wrote one.

/// The five principal candidates of the French presidential election of 2017, as a person would write it.
pub const BUILT_IN: &str = include_str!("built_in.toml");
