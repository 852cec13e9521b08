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

/// The README shows what the program shows.
#[test]
fn the_readme_has_real_screens() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let mut pictures = readme.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    for keys in ["jjjjjjlj", ":54<Enter><Enter>", "cj"] {
        let seen = Person::opens("election-desk.mbox", 80, 24).types(keys).sees();
        let (screen, _) = seen.split_once("---").unwrap();
        assert_eq!(pictures.next().unwrap(), screen, "the screen after {keys}");
    }
}
