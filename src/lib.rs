//! A reader of leaked mail: bytes → messages → envelopes → corpus → threads → state → screen.
//!
//! The modules stand in reading order, and a module may name only those above it. Everything above
//! the `edges` line takes values and returns values; files, threads of execution, clocks and the
//! terminal are touched only below it. `tests/architecture.rs` holds the code to both.
//!
//! Start with `app`, the loop in words, then its three enums: what can happen
//! (`app::msg`), what a person can ask for (`app::command`), what is asked of the world
//! (`app::effect`).

pub mod bytes;
pub mod columns;
#[warn(clippy::indexing_slicing)]
pub mod text;
#[warn(clippy::indexing_slicing)]
pub mod mbox;
#[warn(clippy::indexing_slicing)]
pub mod mail;
pub mod corpus;
pub mod threads;
pub mod watch;
pub mod query;
pub mod report;
pub mod app;
pub mod config;
pub mod view;

// — edges —

pub mod source;
pub mod kept;
pub mod cli;
pub mod runtime;
