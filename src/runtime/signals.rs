//! Signals: a new size and a stop are told to the loop; an end is ours to come to at once.
//!
//! The loop may be held up by a terminal that is gone, so whoever asks us to end does not wait for it:
//! what is kept is written and the terminal given back from here, and the process ends as if it had not
//! caught the signal.

use super::ending;
use super::screen::Heard;
use super::terminal::ScreenError;
use signal_hook::consts::SIGCONT;
use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGQUIT;
use signal_hook::consts::SIGTERM;
use signal_hook::consts::SIGTSTP;
use signal_hook::consts::SIGWINCH;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::process;
use std::sync::mpsc::Sender;
use std::thread;

/// Starts the worker that waits for signals.
pub(super) fn watch(say: Sender<Heard>) -> Result<(), ScreenError> {
    let heard = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = Signals::new(heard).map_err(ScreenError::Terminal)?;
    thread::spawn(move || {
        ending::doing("waiting for signals");
        for signal in signals.forever() {
            let heard = match signal {
                SIGWINCH => Heard::SizeChanged,
                SIGTSTP => Heard::StopWanted,
                SIGCONT => Heard::GoesOn,
                _ => end_by(signal),
            };
            if say.send(heard).is_err() {
                break;
            }
        }
    });
    Ok(())
}

fn end_by(signal: i32) -> ! {
    ending::in_haste();
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal);
}
