//! Doing what was asked: the workers, the commands, the loop and the terminal.
//!
//! Not here: deciding anything. What a key means is `app`'s, what a message says is `mail`'s.

mod abilities;
mod asked;
mod cell_style;
mod chunks;
mod clipboard;
mod commands;
mod configuration;
mod cores;
mod ending;
mod folders;
#[cfg(test)]
mod frames;
mod grid;
mod indexer;
mod keeper;
mod keyboard;
mod keystrokes;
mod loader;
mod notices;
mod opening;
mod pace;
mod packed;
mod pencil;
mod positions;
mod ranker;
mod ranking;
mod run_error;
mod screen;
mod scrolling;
mod searcher;
mod signals;
mod surveyor;
mod terminal;
mod watcher;
mod watchlists;
mod wordfinder;
mod wire;

pub use indexer::Grown;
pub use indexer::Indexed;
pub use indexer::extend;
pub use indexer::index;
pub use indexer::whole;
pub use packed::Opening;
pub use run_error::Pointer;
pub use run_error::RunError;
pub use terminal::ScreenError;

use crate::cli;
use crate::cli::Errand;
use crate::cli::Form;
use crate::cli::Settings;
use crate::report;
use crate::source;
use crate::source::Source;
use crate::text::Printable;
use commands::Question;
use commands::Whole;
use commands::purge;
use configuration::Configuration;
use screen::run_screen;
use std::io;
use std::io::BufWriter;
use std::io::Write;

/// Does what was asked.
///
/// # Errors
///
/// When the watchlist or the query is not understood, the mailbox cannot be opened, the terminal cannot be used, the answer cannot be written, or
/// there is no such message.
pub fn run(settings: &Settings) -> Result<(), RunError> {
    ending::leave_no_image();
    ending::report_faults();
    let configuration = Configuration::of(settings)?;
    if settings.errand != Errand::Read {
        for told in &configuration.told {
            eprintln!("tranche: {}", Printable::new(told));
        }
    }
    if let Errand::Purge { is_sure } = settings.errand {
        let (folder, mailbox) = (configuration.cache(), settings.mailbox.as_deref());
        let positions = configuration.data.as_deref().map(|data| positions::kept(data, mailbox));
        let positions = positions.unwrap_or_default();
        return purge(folder.as_deref(), positions, mailbox, is_sure, &mut io::stdout().lock());
    }
    let text = match &settings.errand {
        Errand::Config(form) => Some(configuration.print(*form).into_bytes()),
        Errand::Completions(shell) => Some(cli::completions(*shell)),
        Errand::Manual => Some(cli::manual()),
        _ => None,
    };
    if let Some(text) = text {
        return Ok(io::stdout().write_all(&text)?);
    }
    let watchlist = watchlists::read(&configuration.watch)?;
    let question = match &settings.errand {
        Errand::List(_, line) | Errand::Threads(_, line) => line,
        _ => "",
    };
    let question = Question::read(question, &watchlist)?;
    let opening = opening(settings)?;
    if settings.errand == Errand::Read {
        return run_screen(opening, watchlist, &configuration, settings.is_following);
    }
    ending::doing("answering");
    let cache = configuration.cache_for_keeping();
    let source = match opening {
        Opening::Ready(source) => source,
        Opening::Slow(path) => Source::open(&path)?,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    if let Errand::Index(form) = settings.errand {
        let speed = commands::index(&source, cache.as_deref())?;
        match form {
            Form::Table => writeln!(out, "{speed}")?,
            Form::Json => out.write_all(report::line(&speed).as_bytes())?,
        }
        return Ok(out.flush()?);
    }
    for note in watchlist.notes() {
        eprintln!("tranche: watchlist: {}", Printable::new(note));
    }
    let whole = Whole::of(&source, watchlist, cache.as_deref())?;
    match &settings.errand {
        Errand::Read
        | Errand::Index(_)
        | Errand::Purge { .. }
        | Errand::Config(_)
        | Errand::Completions(_)
        | Errand::Manual => {}
        Errand::List(form, _) => whole.list(&question, *form, &mut out)?,
        Errand::Cite(message, form) => whole.cite(message, *form, &mut out)?,
        Errand::Show(message, form) => whole.show(message, *form, &mut out)?,
        Errand::Threads(form, _) => whole.threads(&question, *form, &mut out)?,
        Errand::Count(form) => whole.count(*form, &mut out)?,
    }
    Ok(out.flush()?)
}

/// Opens the mailbox where that takes no time, so that it is open, or known not to be, before the terminal
/// is taken.
fn opening(settings: &Settings) -> Result<Opening, RunError> {
    Ok(match &settings.mailbox {
        Some(path) if source::is_read_in(path) => Opening::Slow(path.clone()),
        Some(path) => Opening::Ready(Source::open(path)?),
        None => Opening::Ready(Source::sample()),
    })
}
