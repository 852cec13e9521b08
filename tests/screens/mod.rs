//! Keys in, screen out.

mod commands;
mod counted;
mod bar;
mod candidates;
mod changing;
mod filter;
mod habits;
mod found;
mod list;
mod long;
mod marks;
mod overview;
mod person;
mod position;
mod reader;
mod selecting;

pub(crate) use person::Person;

/// Compares what a person sees with a screen that somebody has read.
macro_rules! screen {
    ($person:expr) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($person.sees());
        })
    };
    ($name:literal, $person:expr) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($name, $person.sees());
        })
    };
}
pub(crate) use screen;
