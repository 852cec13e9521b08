//! The end of the program, however it comes: what is kept is written, the terminal is given back.
//!
//! After a signal or a fault nothing is waited for: not the loop, which may hang on a terminal that
//! takes no more, and not a disk that does not answer.

use super::terminal;
use rustix::process::Resource;
use rustix::process::Rlimit;
use std::cell::Cell;
use std::io;
use std::io::Write;
use std::panic;
use std::panic::Location;
use std::process;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Duration;

/// The exit code after a fault.
const FAULT: i32 = 101;

/// How long an end in haste waits for what is kept, which is written while the terminal is given back.
const HASTE: Duration = Duration::from_millis(40);

/// How long any other end waits.
const LEISURE: Duration = Duration::from_secs(5);

type Last = Box<dyn FnOnce() + Send>;

/// What is still to be done.
static KEPT: Mutex<Vec<Last>> = Mutex::new(Vec::new());

thread_local! {
    static DOING: Cell<&'static str> = const { Cell::new("working") };
}

/// Has something written before the program ends. It runs once, beside everything else and while any lock
/// may be held: it must not wait for one.
pub(super) fn keep_at_end(write: impl FnOnce() + Send + 'static) {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(write));
}

/// Says what this worker does from now on, in the words of a report: `drawing the screen`.
pub(super) fn doing(what: &'static str) {
    DOING.set(what);
}

/// Returns what this worker does, for those that help it.
pub(super) fn what_is_done() -> &'static str {
    DOING.get()
}

/// Writes what is kept, after all else is done.
pub(super) fn at_leisure() {
    let _ = write_kept().recv_timeout(LEISURE);
}

/// Writes what is kept and gives the terminal back, from beside the loop.
pub(super) fn in_haste() {
    let kept = write_kept();
    terminal::give_back_in_haste();
    let _ = kept.recv_timeout(HASTE);
}

/// Starts to write what is kept; what is returned hears when it is done.
fn write_kept() -> Receiver<()> {
    let (say, hear) = mpsc::channel();
    let kept = KEPT.try_lock().map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default();
    if !kept.is_empty() {
        let _ = thread::Builder::new().spawn(move || {
            kept.into_iter().for_each(|write| write());
            let _ = say.send(());
        });
    }
    hear
}

/// Has the system keep no image of the memory when the program ends by a fault or by SIGQUIT: it would
/// hold the mail, and lie wherever it was started.
pub(super) fn leave_no_image() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    // Where that is not to be had, the system's own rule holds.
    let _ = rustix::process::setrlimit(Resource::Core, none);
}

/// Lets a fault, of whichever worker, end the program: in order, and with words that hold nothing of the
/// mail. What the fault itself says may quote it, and is said only where it was written in the source.
pub(super) fn report_faults() {
    panic::set_hook(Box::new(|fault| {
        in_haste();
        let said = fault.payload().downcast_ref::<&'static str>().copied();
        let _ = io::stderr().write_all(report(DOING.get(), fault.location(), said).as_bytes());
        process::exit(FAULT);
    }));
}

fn report(doing: &str, place: Option<&Location<'_>>, said: Option<&str>) -> String {
    let place = place.map(|it| format!(" ({}:{})", it.file(), it.line())).unwrap_or_default();
    let said = said.map(|said| format!(": {said}")).unwrap_or_default();
    format!(
        "tranche: a fault in the program while {doing}{place}{said}\n  \
         hint: please report this line; it holds nothing of the mail\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_written_once() {
        let (say, hear) = mpsc::channel();
        keep_at_end(move || say.send("kept").unwrap());
        at_leisure();
        at_leisure();
        assert_eq!(hear.iter().collect::<Vec<_>>(), ["kept"]);
    }

    #[test]
    fn a_report_says_what_was_done_and_where() {
        let here = Location::caller();
        let said = report("drawing the screen", Some(here), Some("a row has a cell"));
        let place = format!("{}:{}", file!(), here.line());
        assert!(said.contains(&format!("while drawing the screen ({place}): a row has a cell\n")), "{said}");
        assert!(report("working", None, None).contains("while working\n"));
    }
}
