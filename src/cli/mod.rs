//! What was typed, and what it means.
//!
//! Not here: doing it (see `runtime`).

mod arguments;
mod manual;
mod message_ref;
mod wrong_usage;
mod overview;

pub use clap_complete::Shell;
pub use manual::completions;
pub use manual::manual;
pub use message_ref::BadMessageRef;
pub use message_ref::MessageRef;
pub use wrong_usage::WrongUsage;

use arguments::Arguments;
use clap::Parser;
use std::ffi::OsString;
use std::path::PathBuf;

/// Everything a run was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The mailbox; the sample that is built in, where none was named.
    pub mailbox: Option<PathBuf>,
    /// What to do with it.
    pub errand: Errand,
    /// Who is looked for.
    pub watch: Watch,
    /// Whether to read what is appended to the mailbox.
    pub is_following: bool,
    /// Whether to colour what is written.
    pub colour: Colour,
    /// The configuration, where it is not the usual one.
    pub config: Option<PathBuf>,
    /// Where the index is kept, where that is not the usual place.
    pub cache: Option<PathBuf>,
    /// Where positions and what a person made are kept, where that is not the usual place.
    pub data: Option<PathBuf>,
    /// Nothing is to be kept.
    pub no_trace: bool,
}

/// Where the watchlist comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Watch {
    /// The one in the configuration folder; where there is none, the one that is built in.
    #[default]
    Usual,
    /// These files, each adding to the ones before it.
    Files(Vec<PathBuf>),
    /// There is none.
    Nobody,
}

/// What to do with the mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Errand {
    /// Open it on the screen.
    #[default]
    Read,
    /// Print the messages that answer a query; all of them, where it is empty.
    List(ListForm, String),
    /// Print one message.
    Show(MessageRef, ShowForm),
    /// Print what names a message for good.
    Cite(MessageRef, Form),
    /// Print the conversations with a message that answers a query.
    Threads(Form, String),
    /// Print how often each candidate is named.
    Count(CountForm),
    /// Index it, keep the index, and say how fast.
    Index(Form),
    /// Print the configuration in force.
    Config(Form),
    /// Print what lets a shell complete our arguments.
    Completions(Shell),
    /// Print the manual page.
    Manual,
    /// List what is kept of it, or of every mailbox where none is named, and delete it.
    Purge {
        /// Without asking.
        is_sure: bool,
    },
}

/// For a person or for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines that a person reads.
    Table,
    /// One JSON object a line.
    Json,
}

/// How `list` prints a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListForm {
    /// One line for a person.
    Table,
    /// Its envelope.
    Json,
    /// All that `show --json` prints.
    FullJson,
}

/// How `count` prints the candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountForm {
    /// For a person.
    Table,
    /// One JSON object a line.
    Json,
    /// For a spreadsheet.
    Csv,
}

/// What `show` prints of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShowForm {
    /// As a person reads it.
    Page,
    /// Every header field, decoded.
    Headers,
    /// Its own bytes.
    Raw,
    /// The MIME tree.
    Parts,
    /// All of it, for a program.
    Json,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Settings {
    /// Reads the arguments, the program's own name first.
    ///
    /// # Errors
    ///
    /// When they are not understood, or ask for help; `clap` words both and knows the exit code.
    pub fn from_args(typed: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        Arguments::try_parse_from(queries_kept(typed))?.into_settings()
    }
}

/// Puts a blank before what begins with one hyphen behind `list` and `threads`: `-hamon` is a word that must
/// not match, and not `-h` with more flags behind it.
fn queries_kept(typed: impl IntoIterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut takes_query = false;
    typed.into_iter().map(move |argument| {
        let bytes = argument.as_encoded_bytes();
        let is_word = bytes.len() > 2 && bytes.starts_with(b"-") && !bytes.starts_with(b"--");
        if takes_query && is_word {
            let mut kept = OsString::from(" ");
            kept.push(argument);
            return kept;
        }
        takes_query |= argument == "list" || argument == "threads";
        argument
    })
}
