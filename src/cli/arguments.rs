//! The command line as `clap` reads it.

use super::Colour;
use super::CountForm;
use super::Errand;
use super::Form;
use super::ListForm;
use super::MessageRef;
use super::Settings;
use super::Shell;
use super::ShowForm;
use super::Watch;
use super::overview;
use clap::Args;
use clap::CommandFactory;
use clap::Parser;
use clap::Subcommand;
use clap::error::ErrorKind;
use std::path::PathBuf;

/// Reads a leaked mailbox over SSH, conversation by conversation.
#[derive(Debug, Parser)]
#[command(
    name = "tranche",
    version,
    override_usage = "tranche [OPTIONS] [MAILBOX]\n       tranche [OPTIONS] COMMAND MAILBOX …",
    override_help = overview::OVERVIEW,
    subcommand_value_name = "COMMAND"
)]
pub(super) struct Arguments {
    /// The mbox file, also .gz or .zst; - is standard input
    ///
    /// Without it, the sample that is built in.
    mailbox: Option<PathBuf>,
    /// Read what is appended to the mailbox, as with F
    #[arg(long)]
    follow: bool,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    shared: Shared,
}

const QUERY: &str = "\
Query:
  melench             letters in this order in sender, recipients or subject
  'word \"two words\"  exactly, as a phrase
  -word  a OR b  ( )  must not match, either, groups
  from: to: cc: with: subject: body: file: list:
                      text in that place; body:\"le pen\", body:/l[ei] pen/
  date:2017-02 after:2017-01-31 before:2018 size:>1M id: has:attachment
  is:duplicate is:unsearchable thread:17 candidate:macron
Put it between quotes for the shell; it may also be several arguments.";

/// What every command takes.
#[derive(Args, Debug)]
struct Shared {
    /// Whom to look for, in place of the usual watchlist; again for more
    #[arg(long, global = true, value_name = "FILE")]
    watchlist: Vec<PathBuf>,
    /// Look for nobody
    #[arg(long, global = true, conflicts_with = "watchlist")]
    no_watchlist: bool,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Colour,
    /// Keep nothing on disk about what is read
    #[arg(long, global = true)]
    no_trace: bool,
    /// Your habits, in place of config.toml of the usual folder
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the index is kept, in place of the usual folder
    #[arg(long, global = true, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Where positions are kept, in place of the usual folder
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the messages that match, in mailbox order
    #[command(after_help = QUERY)]
    List {
        #[command(flatten)]
        of: Mailbox,
        /// What they must match; without it, all are printed
        query: Vec<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        /// With --json: all that `show --json` prints
        #[arg(long, requires = "json")]
        full: bool,
    },
    /// Print one message as a person reads it
    Show {
        #[command(flatten)]
        of: Mailbox,
        /// A number, a Message-ID (<…>), @OFFSET or sha256:HEX
        message: MessageRef,
        #[command(flatten)]
        form: Shown,
    },
    /// Print a citation: where a message stands, digest, id and date
    Cite {
        #[command(flatten)]
        of: Mailbox,
        /// A number, a Message-ID (<…>), @OFFSET or sha256:HEX
        message: MessageRef,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print the conversations with a message that matches
    #[command(after_help = QUERY)]
    Threads {
        #[command(flatten)]
        of: Mailbox,
        /// What one of their messages must match; without it, all are printed
        query: Vec<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Count how often each candidate is named, and where
    Count {
        #[command(flatten)]
        of: Mailbox,
        #[command(flatten)]
        form: Counted,
    },
    /// Index the mailbox now, keep the index, and say how fast
    Index {
        #[command(flatten)]
        of: Mailbox,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print the settings in force, and where each is from
    Config {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Print what lets a shell complete these commands
    #[command(after_help = overview::COMPLETIONS)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = overview::MANUAL)]
    Man,
    /// List what is kept about a mailbox, then delete it
    Purge {
        /// The mbox file, which may be gone; without it, all that is kept
        mailbox: Option<PathBuf>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Args, Debug)]
struct Mailbox {
    /// The mbox file, also .gz or .zst; - is standard input
    mailbox: PathBuf,
}

#[derive(Args, Debug)]
#[group(multiple = false)]
struct Counted {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    /// For a spreadsheet
    #[arg(long)]
    csv: bool,
}

#[derive(Args, Debug)]
#[group(multiple = false)]
struct Shown {
    /// Every header field, decoded
    #[arg(long)]
    headers: bool,
    /// Its own bytes, exactly
    #[arg(long)]
    raw: bool,
    /// The MIME tree
    #[arg(long)]
    parts: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn into_settings(self) -> Result<Settings, clap::Error> {
        let watch = self.shared.watch();
        let Shared { color: colour, no_trace, config, cache, data, .. } = self.shared;
        let (mailbox, errand) = match (self.command, self.mailbox) {
            (None, mailbox) => (mailbox, Errand::Read),
            (Some(command), None) => command.into_errand(),
            (Some(_), Some(_)) => return Err(mailbox_before_command()),
        };
        if self.follow && errand != Errand::Read {
            return Err(follow_with_command());
        }
        let is_following = self.follow;
        Ok(Settings { mailbox, errand, watch, is_following, colour, config, cache, data, no_trace })
    }
}

fn mailbox_before_command() -> clap::Error {
    let said = "the command comes first, then the mailbox: tranche list leak.mbox\n";
    Arguments::command().error(ErrorKind::ArgumentConflict, said)
}

fn follow_with_command() -> clap::Error {
    let said = "a command ends, and follows nothing: tranche --follow leak.mbox\n";
    Arguments::command().error(ErrorKind::ArgumentConflict, said)
}

impl Shared {
    fn watch(&self) -> Watch {
        match (self.no_watchlist, self.watchlist.as_slice()) {
            (true, _) => Watch::Nobody,
            (false, []) => Watch::Usual,
            (false, files) => Watch::Files(files.to_vec()),
        }
    }
}

impl Command {
    fn into_errand(self) -> (Option<PathBuf>, Errand) {
        let (of, errand) = match self {
            Self::List { of, query, json, full } => (of, Errand::List(list_form(json, full), joined(&query))),
            Self::Show { of, message, form } => (of, Errand::Show(message, form.into_form())),
            Self::Cite { of, message, json } => (of, Errand::Cite(message, form(json))),
            Self::Threads { of, query, json } => (of, Errand::Threads(form(json), joined(&query))),
            Self::Count { of, form } => (of, Errand::Count(form.into_form())),
            Self::Index { of, json } => (of, Errand::Index(form(json))),
            Self::Config { json } => return (None, Errand::Config(form(json))),
            Self::Completions { shell } => return (None, Errand::Completions(shell)),
            Self::Man => return (None, Errand::Manual),
            Self::Purge { mailbox, yes } => return (mailbox, Errand::Purge { is_sure: yes }),
        };
        (Some(of.mailbox), errand)
    }
}

impl Counted {
    fn into_form(self) -> CountForm {
        match self {
            Self { json: true, .. } => CountForm::Json,
            Self { csv: true, .. } => CountForm::Csv,
            _ => CountForm::Table,
        }
    }
}

impl Shown {
    fn into_form(self) -> ShowForm {
        match self {
            Self { headers: true, .. } => ShowForm::Headers,
            Self { raw: true, .. } => ShowForm::Raw,
            Self { parts: true, .. } => ShowForm::Parts,
            Self { json: true, .. } => ShowForm::Json,
            _ => ShowForm::Page,
        }
    }
}

fn joined(query: &[String]) -> String {
    query.iter().map(|words| words.trim()).collect::<Vec<_>>().join(" ")
}

fn form(json: bool) -> Form {
    if json { Form::Json } else { Form::Table }
}

fn list_form(json: bool, full: bool) -> ListForm {
    match (json, full) {
        (true, true) => ListForm::FullJson,
        (true, false) => ListForm::Json,
        (false, _) => ListForm::Table,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    fn read(typed: &str) -> Result<Settings, clap::Error> {
        let words = std::iter::once("tranche").chain(typed.split_whitespace());
        Settings::from_args(words.map(OsString::from))
    }

    #[track_caller]
    fn check(typed: &str, mailbox: Option<&str>, errand: &Errand) {
        let settings = read(typed).unwrap();
        assert_eq!((settings.mailbox, &settings.errand), (mailbox.map(PathBuf::from), errand));
    }

    #[test]
    fn what_was_typed_is_understood() {
        Arguments::command().debug_assert();
        check("", None, &Errand::Read);
        check("leak.mbox", Some("leak.mbox"), &Errand::Read);
        check("--follow leak.mbox", Some("leak.mbox"), &Errand::Read);
        check("-", Some("-"), &Errand::Read);
        let listed = |form, query: &str| Errand::List(form, query.to_owned());
        check("list leak.mbox --json", Some("leak.mbox"), &listed(ListForm::Json, ""));
        check("list leak.mbox --json --full", Some("leak.mbox"), &listed(ListForm::FullJson, ""));
        check("list a from:anna le --json pen", Some("a"), &listed(ListForm::Json, "from:anna le pen"));
        check("list a -hamon --json -from:x", Some("a"), &listed(ListForm::Json, "-hamon -from:x"));
        check("threads a x y", Some("a"), &Errand::Threads(Form::Table, "x y".to_owned()));
        check("count a", Some("a"), &Errand::Count(CountForm::Table));
        check("count a --csv", Some("a"), &Errand::Count(CountForm::Csv));
        let seventeen: MessageRef = "17".parse().unwrap();
        check("show leak.mbox 17 --raw", Some("leak.mbox"), &Errand::Show(seventeen, ShowForm::Raw));
        check("--color never index a", Some("a"), &Errand::Index(Form::Table));
    }

    #[test]
    fn watchlists_are_named_anywhere() {
        let watch = |typed| read(typed).unwrap().watch;
        assert_eq!(watch("leak.mbox"), Watch::Usual);
        assert_eq!(watch("--no-watchlist count a"), Watch::Nobody);
        let both = Watch::Files(vec!["a.toml".into(), "b.toml".into()]);
        assert_eq!(watch("count a --watchlist a.toml --watchlist b.toml"), both);
    }

    #[test]
    fn what_is_kept_of_one_mailbox_or_of_all_is_purged() {
        check("purge", None, &Errand::Purge { is_sure: false });
        check("purge a --yes", Some("a"), &Errand::Purge { is_sure: true });
    }

    #[test]
    fn every_help_fits_on_80_columns() {
        let mut tranche = Arguments::command();
        tranche.build();
        let commands = tranche.get_subcommands().cloned().chain([tranche.clone()]);
        for mut command in commands.collect::<Vec<_>>() {
            let help = command.render_long_help().to_string();
            let widest = help.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
            assert!(widest.chars().count() <= 80, "{widest}");
        }
    }

    #[test]
    fn the_overview_fits_on_a_screen_and_names_everything() {
        let tranche = Arguments::command();
        assert!(overview::OVERVIEW.lines().count() < 24);
        let commands = tranche.get_subcommands().map(|command| command.get_name().to_owned());
        let flags =
            tranche.get_arguments().filter_map(|flag| flag.get_long().map(|name| format!("--{name}")));
        for name in commands.chain(flags) {
            assert!(overview::OVERVIEW.contains(&name), "{name} is not in the overview");
        }
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for typed in [
            "list",
            "list a --full",
            "show a",
            "show a 0",
            "show a 1 --raw --json",
            "a b c",
            "a list b",
            "--follow list a",
            "count a --json --csv",
            "count a --no-watchlist --watchlist b",
        ] {
            assert!(read(typed).is_err(), "{typed}");
        }
    }
}
