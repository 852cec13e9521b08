//! The program: what it was told, done, and an exit code.

fn main() {}
