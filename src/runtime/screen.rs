//! The loop: waits, lets the state change, does what is wanted, draws once.
//!
//! It blocks until something happens and takes everything that has happened since, so a burst of keys
//! or snapshots costs one frame, and nothing at all costs nothing.

use super::indexer;
use super::indexer::Grown;
use super::keyboard;
use super::loader::Loader;
use super::ranker::Ranker;
use super::searcher::Searcher;
use super::signals;
use super::surveyor;
use super::terminal::Screen;
use super::terminal::ScreenError;
use crate::app;
use crate::app::Effect;
use crate::app::Msg;
use crate::app::Palette;
use crate::app::Snapshot;
use crate::app::State;
use crate::source::Source;
use crate::view;
use crate::watch::Scanner;
use crate::watch::Watchlist;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::time::Duration;
use std::time::Instant;

/// How long a frame waits for a message or ranking that was asked for: it is mostly there sooner, and is then
/// drawn once and not after a frame without it. Far below what an eye notices.
const GRACE: Duration = Duration::from_millis(20);

/// What the loop hears.
#[derive(Debug)]
pub(super) enum Heard {
    /// Something that the state has to know.
    Msg(Msg),
    /// The terminal may have another size.
    SizeChanged,
    /// Somebody wants the program to stop until it is let go on.
    StopWanted,
    /// The terminal is gone.
    TerminalGone,
}

/// Reads a mailbox with a person until they leave; the candidates are marked wherever they are named.
///
/// # Errors
///
/// When there is no terminal, or it cannot be written to.
pub fn run_screen(source: Arc<Source>, watchlist: Watchlist, palette: Palette) -> Result<(), ScreenError> {
    let mut screen = Screen::enter()?;
    let (say, hear) = mpsc::channel();
    signals::watch(say.clone())?;
    keyboard::listen(say.clone())?;
    let to_loop = say.clone();
    let _indexer = indexer::spawn(Arc::clone(&source), move |grown| {
        let msg = Msg::MailboxGrew(snapshot_of(grown));
        to_loop.send(Heard::Msg(msg)).map_or(ControlFlow::Break(()), ControlFlow::Continue)
    });
    let scanner = Arc::new(Scanner::new(&watchlist));
    let searcher = Searcher::start(&source, &scanner, watchlist.candidates().len(), &say);
    let ranker = Ranker::start(Arc::clone(&source), say.clone());
    let mut state = State { mailbox_name: source.name().to_owned(), palette, ..State::default() };
    state.watch(watchlist);
    let loader = Loader::start(source, scanner, say.clone());
    let mut loop_ = Loop { state, loader, ranker, searcher, say, hear };
    let size = screen.size()?;
    app::update(&mut loop_.state, Msg::Resized(size));
    loop_.run(&mut screen)
}

fn snapshot_of(grown: Grown) -> Snapshot {
    Snapshot {
        corpus: grown.corpus,
        forest: grown.forest,
        bytes_read: grown.bytes_read,
        bytes_total: grown.bytes_total,
        is_complete: grown.is_complete,
    }
}

/// The loop, and what it turns on.
struct Loop {
    state: State,
    loader: Loader,
    ranker: Ranker,
    searcher: Searcher,
    /// For the workers that are started later.
    say: Sender<Heard>,
    hear: Receiver<Heard>,
}

impl Loop {
    fn run(&mut self, screen: &mut Screen) -> Result<(), ScreenError> {
        loop {
            screen.draw(|frame| view::draw(&self.state, frame))?;
            let Ok(first) = self.hear.recv() else { return Ok(()) };
            if self.take_all(first, screen)?.is_break() {
                return Ok(());
            }
        }
    }

    /// Takes what has happened, and for a moment waits for what was asked for.
    fn take_all(&mut self, first: Heard, screen: &mut Screen) -> Result<ControlFlow<()>, ScreenError> {
        let mut next = Some(first);
        let mut give_up: Option<Instant> = None;
        while let Some(heard) = next {
            let taken = self.take(heard, screen)?;
            if taken.is_break() {
                return Ok(taken);
            }
            next = self.hear.try_recv().ok();
            if next.is_none() && (self.state.reader.is_waiting() || self.state.filter.is_waiting()) {
                let until = *give_up.get_or_insert_with(|| Instant::now() + GRACE);
                next = self.hear.recv_timeout(until.saturating_duration_since(Instant::now())).ok();
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn take(&mut self, heard: Heard, screen: &mut Screen) -> Result<ControlFlow<()>, ScreenError> {
        match heard {
            Heard::TerminalGone => Ok(ControlFlow::Break(())),
            Heard::SizeChanged => self.measure(screen),
            Heard::StopWanted => {
                screen.suspend()?;
                self.measure(screen)
            }
            Heard::Msg(msg) => self.happened(msg, screen),
        }
    }

    fn measure(&mut self, screen: &mut Screen) -> Result<ControlFlow<()>, ScreenError> {
        let size = screen.size()?;
        self.happened(Msg::Resized(size), screen)
    }

    /// Lets the state change, and does what is wanted.
    fn happened(&mut self, msg: Msg, screen: &mut Screen) -> Result<ControlFlow<()>, ScreenError> {
        if let Msg::MailboxGrew(snapshot) = &msg {
            self.ranker.prepare(snapshot);
        }
        for effect in app::update(&mut self.state, msg) {
            match effect {
                Effect::LoadMessage(wanted) => {
                    let range = self.state.snapshot.corpus.get(wanted.number).map(|kept| kept.range());
                    self.loader.want(wanted, range.unwrap_or_default());
                }
                Effect::Rank(question) => {
                    self.ranker.ask(question, &self.state.snapshot, self.state.watching.named());
                }
                Effect::StopRanking => self.ranker.stop(),
                Effect::Scan(first) => {
                    let snapshot = &self.state.snapshot;
                    self.searcher.want(snapshot.corpus.clone(), snapshot.is_complete, &first);
                }
                Effect::Survey(generation, survey) => {
                    surveyor::count(generation, survey, self.state.surveyed(), self.say.clone());
                }
                Effect::Redraw => screen.forget()?,
                Effect::Suspend => {
                    screen.suspend()?;
                    let size = screen.size()?;
                    app::update(&mut self.state, Msg::Resized(size));
                }
                Effect::Quit => return Ok(ControlFlow::Break(())),
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}
