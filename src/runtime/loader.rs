//! The workers that load messages.
//!
//! They have room for one wish: a newer one takes the place of one before it, so that nobody waits for
//! messages that were only passed by. A short message is loaded at once. A long one is left to a second
//! worker, which asks after each step whether it is still wanted; the first one waits for it a moment,
//! then shows the beginning, and is free for the next wish.

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::Wanted;
use crate::app::reader::Generation;
use crate::app::reader::Opened;
use crate::app::reader::Raw;
use crate::app::reader::SHORT_BYTES;
use crate::app::reader::Step;
use crate::app::reader::innermost;
use crate::bytes::ByteRange;
use crate::source::Source;
use crate::watch::Scanner;
use std::mem;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

/// How long the beginning of a long message is held back: one with an attachment of some megabytes is
/// read as a whole by then, and any other is still there before the frame is drawn without it.
const HELD_BACK: Duration = Duration::from_millis(10);

/// The interface's end of the workers.
#[derive(Debug)]
pub(super) struct Loader {
    desk: Arc<Desk>,
}

/// What is wanted, and how far it is.
#[derive(Debug, Default)]
struct Desk {
    plan: Mutex<Plan>,
    has_changed: Condvar,
}

#[derive(Debug, Default)]
struct Plan {
    /// What nobody has begun with.
    wish: Option<Wish>,
    /// What is left to the second worker, and the bytes that it reads after that.
    long: Option<Wish>,
    raw: Option<Wish>,
    /// The last wish of all.
    newest: Option<Generation>,
    /// The last long message that has been read.
    read: Option<Generation>,
}

#[derive(Clone, Debug)]
struct Wish {
    wanted: Wanted,
    source: Arc<Source>,
    range: ByteRange,
    is_raw: bool,
}

/// What a worker works with.
#[derive(Clone)]
struct Worker {
    desk: Arc<Desk>,
    scanner: Arc<Scanner>,
    say: Sender<Heard>,
}

/// Where a message stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    source: &'a Source,
    range: ByteRange,
}

impl Loader {
    /// Starts the workers.
    pub(super) fn start(scanner: Arc<Scanner>, say: Sender<Heard>) -> Self {
        let desk = Arc::new(Desk::default());
        let first = Worker { desk: Arc::clone(&desk), scanner, say };
        let second = first.clone();
        thread::spawn(move || {
            ending::doing("opening a message");
            while first.load().is_continue() {}
        });
        thread::spawn(move || {
            ending::doing("opening a long message");
            let mut held = None;
            while second.load_long(&mut held).is_continue() {}
        });
        Self { desk }
    }

    /// Wishes for a message, and for none before it.
    pub(super) fn want(&self, wanted: Wanted, source: &Arc<Source>, range: ByteRange) {
        let source = Arc::clone(source);
        let mut plan = self.desk.lock();
        plan.newest = Some(wanted.generation);
        plan.long = None;
        plan.raw = None;
        plan.wish = Some(Wish { wanted, source, range, is_raw: false });
        self.desk.has_changed.notify_all();
    }

    /// Wishes for the bytes of the message that was wished for last.
    pub(super) fn want_raw(&self, wanted: Wanted, source: &Arc<Source>, range: ByteRange) {
        self.desk.leave(Wish { wanted, source: Arc::clone(source), range, is_raw: true });
    }
}

impl Desk {
    fn lock(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is something to take.
    fn take(&self, take: impl Fn(&mut Plan) -> Option<Wish>) -> Wish {
        let mut plan = self.lock();
        loop {
            if let Some(wish) = take(&mut plan) {
                return wish;
            }
            plan = self.has_changed.wait(plan).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Leaves a wish to the second worker.
    fn leave(&self, wish: Wish) {
        let mut plan = self.lock();
        let slot = if wish.is_raw { &mut plan.raw } else { &mut plan.long };
        *slot = Some(wish);
        self.has_changed.notify_all();
    }

    fn is_wanted(&self, generation: Generation) -> bool {
        self.lock().newest == Some(generation)
    }

    /// Notes that a long message has been read.
    fn has_read(&self, generation: Generation) {
        self.lock().read = Some(generation);
        self.has_changed.notify_all();
    }

    /// Waits a moment, and returns whether the beginning of a message would be something new then.
    fn wants_beginning(&self, generation: Generation) -> bool {
        let is_open = |plan: &mut Plan| plan.newest == Some(generation) && plan.read != Some(generation);
        let waited = self.has_changed.wait_timeout_while(self.lock(), HELD_BACK, is_open);
        let (mut plan, _) = waited.unwrap_or_else(PoisonError::into_inner);
        is_open(&mut plan)
    }
}

impl Worker {
    /// Loads the next message, if it is short; else its beginning.
    fn load(&self) -> ControlFlow<()> {
        let wish = self.desk.take(|plan| plan.wish.take());
        let (source, generation) = (Arc::clone(&wish.source), wish.wanted.generation);
        let (place, bytes) = (Place { source: &source, range: wish.range }, source.message(wish.range));
        if bytes.len() <= SHORT_BYTES {
            let opened = Opened::read(bytes, &wish.wanted.within, &self.scanner);
            return self.tell_opened(generation, place, opened);
        }
        let is_attached = !wish.wanted.within.is_empty();
        self.desk.leave(wish);
        if is_attached || !self.desk.wants_beginning(generation) {
            return ControlFlow::Continue(());
        }
        self.tell_opened(generation, place, Opened::beginning(bytes, &self.scanner))
    }

    /// Loads the next long message, or the bytes of one. What is `held` is let go of when the interface
    /// no longer has it, since freeing much takes long.
    fn load_long(&self, held: &mut Option<Arc<Opened>>) -> ControlFlow<()> {
        let wish = self.desk.take(|plan| plan.long.take().or_else(|| plan.raw.take()));
        let Wish { wanted, source, range, is_raw } = wish;
        let place = Place { source: &source, range };
        let (bytes, generation) = (source.message(range), wanted.generation);
        if is_raw {
            let raw = Arc::new(Raw::of(&innermost(bytes, &wanted.within)));
            return self.tell_of(generation, place, Msg::RawLoaded { generation, raw });
        }
        drop(mem::take(held));
        let mut is_over = ControlFlow::Continue(());
        let _ = Opened::read_in_steps(bytes, &wanted.within, &self.scanner, &mut |step| {
            if !self.desk.is_wanted(generation) {
                return ControlFlow::Break(());
            }
            is_over = match step {
                Step::Working => ControlFlow::Continue(()),
                Step::Read(opened) => {
                    self.desk.has_read(generation);
                    *held = Some(Arc::clone(&opened));
                    self.tell_of(generation, place, Msg::MessageLoaded { generation, opened })
                }
                Step::Searched(hits) => {
                    self.tell_of(generation, place, Msg::MessageSearched { generation, hits })
                }
            };
            is_over
        });
        is_over
    }

    fn tell_opened(&self, generation: Generation, place: Place<'_>, opened: Opened) -> ControlFlow<()> {
        self.tell_of(generation, place, Msg::MessageLoaded { generation, opened: Arc::new(opened) })
    }

    /// Tells the loop what was made of the bytes in this place, or that they are gone; it breaks when there
    /// is no loop any more.
    fn tell_of(&self, generation: Generation, place: Place<'_>, msg: Msg) -> ControlFlow<()> {
        let loss = place.source.loss();
        let msg = if loss.touches(place.range) { Msg::MessageGone { generation, loss } } else { msg };
        match self.say.send(Heard::Msg(msg)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }
}
