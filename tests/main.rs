//! Everything that must hold, as one test program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

/// Which module may name which, and where each outside crate lives.
mod architecture;
/// The commands, from outside.
mod commands;
/// Other people's mailboxes and expected answers, where `TRANCHE_CORPORA` names their folder.
mod corpora;
/// Mailboxes in which names are planted.
mod planted;
/// Keys in, screen out.
mod screens;
/// The program in a terminal of its own.
mod pty;
/// What is made by the program and lies in the tree.
mod docs;
