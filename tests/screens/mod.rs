//! Keys in, screen out.

mod list;
mod person;
mod reader;

use person::Person;

/// Compares what a person sees with a screen that somebody has read.
macro_rules! screen {
    ($person:expr) => {
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!($person.sees());
        })
    };
}
pub(crate) use screen;
