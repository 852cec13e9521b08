//! Real mailboxes and other programs' test suites, with the answers those programs gave.
//!
//! They are other people's text and not part of the project: `TRANCHE_CORPORA` names the folder that
//! holds them. Without it each test says that it was not run, and passes.
//!
//! Every difference that stays is listed beside its test with its reason, and a listed difference
//! that has gone fails the test too, so the lists stay true.

mod bodies;
mod headers;
mod parts;
mod peers;
mod peers_fields;
mod peers_headers;
mod peers_threads;
mod shelf;
mod split;
mod staying;
mod threads;
mod watch;
