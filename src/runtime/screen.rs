//! The loop: waits, lets the state change, does what is wanted, draws once.
//!
//! It blocks until something happens and takes everything that has happened since, so a burst of keys
//! or snapshots costs one frame, and nothing at all costs nothing. When a frame is due, `pace` says.

use super::clipboard;
use super::configuration::Configuration;
use super::ending;
use super::keeper::Keeper;
use super::keyboard;
use super::loader::Loader;
use super::opening;
use super::pace::Pace;
use super::pace::Urgency;
use super::packed;
use super::packed::Opening;
use super::positions;
use super::ranker::Ranker;
use super::run_error::RunError;
use super::searcher::Searcher;
use super::signals;
use super::surveyor;
use super::terminal::Screen;
use super::terminal::ScreenError;
use super::watcher::Watcher;
use super::wordfinder::WordFinder;
use crate::app;
use crate::app::Effect;
use crate::app::Msg;
use crate::app::Snapshot;
use crate::app::State;
use crate::app::position::Position;
use crate::app::watching::Scanned;
use crate::kept::Haystacks;
use crate::source;
use crate::source::OpenError;
use crate::source::Source;
use crate::view;
use crate::watch::Scanner;
use crate::watch::Watchlist;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// A frame that is so late is drawn, whatever else happens.
const LATE: Duration = Duration::from_millis(50);

/// How long an end waits for the terminal's answer to the last frame, which a shell would take for typed.
const ANSWERED_WITHIN: Duration = Duration::from_secs(1);

/// What the loop hears.
#[derive(Debug)]
pub(super) enum Heard {
    /// Something that the state has to know.
    Msg(Msg),
    /// Several things at once, so that they are one frame.
    Together(Vec<Heard>),
    /// Where candidates are named was kept by an earlier session.
    FoundAgain(Arc<Scanned>),
    /// The haystacks that are kept, or that none will be.
    Haystacks(Option<Haystacks>),
    /// The mailbox is open now, or cannot be opened.
    Opened(Result<Arc<Source>, OpenError>),
    /// The mailbox has grown, and this is what there is now.
    Grew(Arc<Source>, Snapshot),
    /// The terminal may have another size.
    SizeChanged,
    /// Somebody wants the program to stop until it is let go on.
    StopWanted,
    /// The program was stopped, and goes on.
    GoesOn,
    /// The terminal has shown all that was sent.
    TerminalAnswered,
    /// The citation of a message, to be copied.
    Cited(String),
    /// The terminal is gone.
    TerminalGone,
}

/// Reads a mailbox with a person until they leave; the candidates are marked wherever they are named. What
/// is learnt of it is kept in the folder, if there is one.
///
/// # Errors
///
/// When there is no terminal, it cannot be written to, or the mailbox cannot be opened.
pub(super) fn run_screen(
    opening: Opening,
    watchlist: Watchlist,
    configuration: &Configuration,
    is_following: bool,
) -> Result<(), RunError> {
    let mut screen = Screen::enter(configuration.mouse())?;
    let (say, hear) = mpsc::channel();
    signals::watch(say.clone())?;
    keyboard::listen(say.clone())?;
    let (source, is_open) = match opening {
        Opening::Ready(source) => (source, true),
        Opening::Slow(path) => {
            let not_yet = Source::held(&source::name_of(&path), Vec::new());
            packed::open(path, say.clone());
            (not_yet, false)
        }
    };
    let source = Arc::new(source);
    let keeper = Keeper::new(&source, configuration.cache_for_keeping(), &say);
    let unfinished = keeper.unfinished();
    ending::keep_at_end(move || unfinished.give_up());
    let watchlist = Arc::new(watchlist);
    let watcher = is_open.then(|| start_reading(&source, &watchlist, &keeper, &say));
    let scanner = Arc::new(Scanner::new(&watchlist));
    let searcher = Searcher::start(&scanner, watchlist.candidates().len(), &say);
    let ranker = Ranker::start(say.clone());
    let loader = Loader::start(scanner, say.clone());
    let wordfinder = WordFinder::start(say.clone());
    let mailbox_name = source.name().to_owned();
    let mut state = State { mailbox_name, is_following, ..State::default() };
    configuration.furnish(&mut state);
    state.watch(watchlist);
    if source.is_sample() {
        state.greet();
    }
    let position = configuration.data_for_keeping().and_then(|data| positions::Kept::of(&source, &data));
    if let Some(kept) = position.clone() {
        state.resuming = kept.found();
        ending::keep_at_end(move || drop(kept.write()));
    }
    if is_open {
        state.opened(source.can_grow());
    }
    let pace = Pace::new(Instant::now());
    let outdated = let_go_of_what_is_sent();
    let awaits_haystacks = keeper.keep().is_some();
    let mut loop_ = Loop {
        source,
        watcher,
        position,
        state,
        loader,
        wordfinder,
        ranker,
        searcher,
        say,
        keeper,
        awaits_haystacks,
        hear,
        later: VecDeque::new(),
        pace,
        outdated,
    };
    let size = screen.size()?;
    app::update(&mut loop_.state, Msg::Resized(size));
    let ended = loop_.run(&mut screen);
    drop(screen);
    ending::at_leisure();
    ended
}

/// Starts a worker that drops what it is sent: letting go of a large snapshot takes time, in which the loop
/// would hear no key.
fn let_go_of_what_is_sent() -> Sender<Snapshot> {
    let (send, sent) = mpsc::channel();
    thread::spawn(move || sent.into_iter().for_each(drop));
    send
}

/// Lets a mailbox that is open be indexed and looked after.
fn start_reading(
    source: &Arc<Source>,
    watchlist: &Arc<Watchlist>,
    keeper: &Keeper,
    say: &Sender<Heard>,
) -> Watcher {
    opening::spawn(Arc::clone(source), Arc::clone(watchlist), keeper, say.clone());
    Watcher::start(Arc::clone(source), say.clone())
}

/// The loop, and what it turns on.
struct Loop {
    /// Where the position is kept, where it is.
    position: Option<positions::Kept>,
    state: State,
    /// The mailbox as long as the snapshot is.
    source: Arc<Source>,
    /// Once the mailbox is open.
    watcher: Option<Watcher>,
    loader: Loader,
    wordfinder: WordFinder,
    ranker: Ranker,
    searcher: Searcher,
    /// For the workers that are started later.
    say: Sender<Heard>,
    keeper: Keeper,
    /// Haystacks are being made for the index that is kept, or looked for there.
    awaits_haystacks: bool,
    hear: Receiver<Heard>,
    /// What was heard while the terminal's answer was waited for.
    later: VecDeque<Heard>,
    pace: Pace,
    outdated: Sender<Snapshot>,
}

impl Loop {
    fn run(&mut self, screen: &mut Screen) -> Result<(), RunError> {
        loop {
            let (next, now) = (self.pace.next(), Instant::now());
            let heard = match next.map(|at| at.saturating_duration_since(now)) {
                _ if !self.later.is_empty() => self.later.pop_front(),
                None => self.hear.recv().ok(),
                // What has happened already is a part of the frame, while it is not late.
                Some(Duration::ZERO) if next.is_some_and(|at| now < at + LATE) => self.hear.try_recv().ok(),
                Some(Duration::ZERO) => None,
                Some(patience) => self.hear.recv_timeout(patience).ok(),
            };
            let Some(heard) = heard else {
                self.draw(screen)?;
                continue;
            };
            ending::doing("taking in what has happened");
            if self.take(heard, screen)?.is_break() {
                return Ok(());
            }
        }
    }

    fn draw(&mut self, screen: &mut Screen) -> Result<(), RunError> {
        self.note_position();
        ending::doing("drawing the screen");
        let drawn = screen.draw(|frame| view::draw(&self.state, frame))?;
        self.pace.drawn(drawn, Instant::now());
        Ok(())
    }

    fn note_position(&self) {
        if let Some(kept) = &self.position {
            kept.note(Position::of(&self.state));
        }
    }

    fn take(&mut self, heard: Heard, screen: &mut Screen) -> Result<ControlFlow<()>, RunError> {
        match heard {
            Heard::Together(all) => {
                for heard in all {
                    if self.take(heard, screen)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Heard::TerminalGone => return Err(ScreenError::Gone.into()),
            Heard::Opened(opened) => {
                self.source = opened?;
                self.state.opened(self.source.can_grow());
                let watchlist = &self.state.watching.watchlist;
                self.watcher = Some(start_reading(&self.source, watchlist, &self.keeper, &self.say));
            }
            Heard::Grew(source, snapshot) => {
                self.source = source;
                self.keeper.mailbox_grew();
                return self.happened(Msg::MailboxGrew(snapshot), screen);
            }
            Heard::TerminalAnswered => self.pace.answered(),
            Heard::Cited(text) => {
                let sequence = clipboard::sequence(&text);
                let is_too_long = sequence.is_none();
                sequence.map_or(Ok(()), |sequence| screen.send(&sequence))?;
                return self.happened(Msg::Copied { text, is_too_long }, screen);
            }
            Heard::SizeChanged => return self.measure(screen),
            Heard::StopWanted => return self.stop(screen),
            Heard::GoesOn => {
                screen.goes_on()?;
                return self.measure(screen);
            }
            Heard::Msg(msg) => return self.happened(msg, screen),
            Heard::FoundAgain(found) => {
                self.keeper.has_found();
                return self.happened(Msg::Scanned(found), screen);
            }
            Heard::Haystacks(haystacks) => self.prepare_with(haystacks),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Lets the filter be made ready with the haystacks that are kept, unless it is at work already.
    fn prepare_with(&mut self, haystacks: Option<Haystacks>) {
        self.awaits_haystacks = false;
        self.ranker.take_kept(haystacks);
        if !self.state.filter.is_running() {
            self.ranker.prepare(&self.source, &self.state.snapshot);
        }
    }

    fn measure(&mut self, screen: &mut Screen) -> Result<ControlFlow<()>, RunError> {
        let size = screen.size()?;
        self.happened(Msg::Resized(size), screen)
    }

    fn stop(&mut self, screen: &mut Screen) -> Result<ControlFlow<()>, RunError> {
        self.hear_out();
        screen.suspend()?;
        self.measure(screen)
    }

    /// Lets the answer to the last frame arrive; what else is heard meanwhile is taken later.
    fn hear_out(&mut self) {
        let until = Instant::now() + ANSWERED_WITHIN;
        while self.pace.is_answer_due() {
            let patience = until.saturating_duration_since(Instant::now());
            let Ok(heard) = self.hear.recv_timeout(patience) else { return };
            let all = if let Heard::Together(all) = heard { all } else { vec![heard] };
            for heard in all {
                match heard {
                    Heard::TerminalAnswered => self.pace.answered(),
                    later => self.later.push_back(later),
                }
            }
            if matches!(self.later.back(), Some(Heard::TerminalGone)) {
                return;
            }
        }
    }

    /// Returns how soon something should be seen.
    fn urgency(&self, msg: &Msg) -> Urgency {
        match msg {
            Msg::MailboxGrew(_) if !self.state.list.rows().is_empty() => Urgency::Leisurely,
            Msg::RankingArrived { .. } if !self.state.filter.is_waiting() => Urgency::Leisurely,
            Msg::Scanned(_) | Msg::BytesRead(_) => Urgency::Leisurely,
            _ => Urgency::Now,
        }
    }

    /// Lets the state change, and does what is wanted.
    fn happened(&mut self, msg: Msg, screen: &mut Screen) -> Result<ControlFlow<()>, RunError> {
        let mut outdated = None;
        if let Msg::MailboxGrew(snapshot) = &msg {
            if !self.awaits_haystacks {
                self.ranker.prepare(&self.source, snapshot);
            }
            outdated = Some(self.state.snapshot.clone());
        }
        let urgency = self.urgency(&msg);
        let effects = app::update(&mut self.state, msg);
        // The worker lives as long as the loop.
        outdated.into_iter().for_each(|snapshot| drop(self.outdated.send(snapshot)));
        let is_awaited = self.state.reader.is_waiting() || self.state.filter.is_waiting();
        let is_soon = is_awaited && urgency == Urgency::Now;
        self.pace.wants(if is_soon { Urgency::Soon } else { urgency }, Instant::now());
        let mut is_stop_wanted = false;
        for effect in effects {
            match effect {
                Effect::LoadMessage(wanted) => {
                    let range = self.state.snapshot.corpus.get(wanted.number).map(|kept| kept.range());
                    self.loader.want(wanted, &self.source, range.unwrap_or_default());
                    self.watcher.iter().for_each(Watcher::look);
                }
                Effect::LoadRaw(wanted) => {
                    let range = self.state.snapshot.corpus.get(wanted.number).map(|kept| kept.range());
                    self.loader.want_raw(wanted, &self.source, range.unwrap_or_default());
                }
                Effect::FindWords(generation) => {
                    let sought = self.state.reader.sought();
                    sought.into_iter().for_each(|sought| self.wordfinder.find(generation, sought));
                }
                Effect::Rank(question) => {
                    let State { snapshot, watching, .. } = &self.state;
                    self.ranker.ask(question, &self.source, snapshot, watching.named());
                }
                Effect::StopRanking => self.ranker.stop(),
                Effect::Scan(first) => self.searcher.want(&self.source, &self.state.snapshot, &first),
                Effect::Follow => self.watcher.iter().for_each(|it| it.follow(&self.state.snapshot)),
                Effect::StopFollowing => self.watcher.iter().for_each(Watcher::rest),
                Effect::Survey(generation, survey) => {
                    surveyor::count(generation, survey, self.state.surveyed(), self.say.clone());
                }
                Effect::Cite(number) => {
                    let corpus = self.state.snapshot.corpus.clone();
                    clipboard::cite(Arc::clone(&self.source), corpus, number, self.say.clone());
                }
                Effect::Redraw => screen.forget()?,
                Effect::Suspend => is_stop_wanted = true,
                Effect::Quit => {
                    self.note_position();
                    self.hear_out();
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        self.keeper.keep_found(&self.state.watching, &self.state.snapshot);
        if is_stop_wanted {
            return self.stop(screen);
        }
        Ok(ControlFlow::Continue(()))
    }
}
