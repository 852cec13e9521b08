//! What `clap` has to say about wrong usage, as one line and a hint.

use clap::error::ErrorKind;

/// Wrong usage, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongUsage {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl WrongUsage {
    /// Returns what is wrong; `None` where help or the version was asked for, which is no error.
    pub fn of(error: &clap::Error) -> Option<Self> {
        if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            return None;
        }
        let said = error.render().to_string();
        let mut paragraphs = said.split("\n\n").map(in_one_line);
        let what = paragraphs.next().unwrap_or_default();
        let what = what.strip_prefix("error: ").unwrap_or(&what).to_owned();
        let rest: Vec<String> = paragraphs.collect();
        let said_after = |word: &str| rest.iter().find_map(|paragraph| paragraph.strip_prefix(word));
        let hint = said_after("tip: ").or_else(|| said_after("Usage: "));
        Some(Self { what, hint: hint.unwrap_or("tranche --help says what it takes").to_owned() })
    }
}

fn in_one_line(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Settings;
    use std::ffi::OsString;

    #[track_caller]
    fn check(typed: &str, what: &str, hint: &str) {
        let words = std::iter::once("tranche").chain(typed.split_whitespace()).map(OsString::from);
        let wrong = WrongUsage::of(&Settings::from_args(words).unwrap_err()).unwrap();
        assert_eq!((wrong.what.as_str(), wrong.hint.as_str()), (what, hint));
    }

    #[test]
    fn what_is_wrong_is_one_line_and_what_to_do_another() {
        check(
            "list",
            "the following required arguments were not provided: <MAILBOX>",
            "tranche list <MAILBOX> [QUERY]...",
        );
        check("list a --jsn", "unexpected argument '--jsn' found", "a similar argument exists: '--json'");
        check(
            "a list b",
            "the command comes first, then the mailbox: tranche list leak.mbox",
            "tranche [OPTIONS] [MAILBOX] tranche [OPTIONS] COMMAND MAILBOX …",
        );
    }

    #[test]
    fn help_is_no_error() {
        let words = ["tranche", "--help"].map(OsString::from);
        assert_eq!(WrongUsage::of(&Settings::from_args(words).unwrap_err()), None);
    }
}
