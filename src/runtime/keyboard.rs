//! The keyboard: a worker that waits for keys and tells the loop.
//!
//! It asks poll(2) about the terminal before each read, so that it leaves when the terminal has hung up,
//! and reads the bytes itself: the terminal crate takes a terminal that is gone for one that is quiet, and
//! loses a key that arrives together with a new size.

use super::ending;
use super::keystrokes::Keystrokes;
use super::keystrokes::Stroke;
use super::screen::Heard;
use super::terminal::ScreenError;
use crate::app::Msg;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::Timespec;
use rustix::io::Errno;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;
use std::thread;

/// How long an Escape waits for the rest of what it may begin: a slow link sends a key in one piece, but
/// a relay on the way may cut it.
const KEY_IS_WHOLE_WITHIN: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };

/// Starts the worker.
pub(super) fn listen(say: Sender<Heard>) -> Result<(), ScreenError> {
    let mut terminal = keyboard().map_err(ScreenError::Keyboard)?;
    thread::spawn(move || {
        ending::doing("reading keys");
        let _ = tell_all(&mut terminal, &say);
        let _ = say.send(Heard::TerminalGone);
    });
    Ok(())
}

/// Opens what keys come from: standard input, or the terminal itself where the mailbox comes from there.
fn keyboard() -> io::Result<File> {
    let input = io::stdin();
    if input.is_terminal() {
        return Ok(input.as_fd().try_clone_to_owned()?.into());
    }
    File::open("/dev/tty")
}

/// Why no more keys are told.
struct Over;

/// Tells every key until there will never be another.
fn tell_all(terminal: &mut File, say: &Sender<Heard>) -> Result<(), Over> {
    let mut keystrokes = Keystrokes::default();
    let mut bytes = [0; 1024];
    loop {
        let patience = keystrokes.is_open().then_some(KEY_IS_WHOLE_WITHIN);
        let strokes = if wait(terminal, patience)? {
            let length = read(terminal, &mut bytes)?;
            keystrokes.take(bytes.get(..length).unwrap_or_default())
        } else {
            keystrokes.close()
        };
        let heard: Vec<Heard> = strokes.into_iter().map(heard_of).collect();
        if !heard.is_empty() {
            say.send(Heard::Together(heard)).map_err(|_| Over)?;
        }
    }
}

fn heard_of(stroke: Stroke) -> Heard {
    match stroke {
        Stroke::Key(key) => Heard::Msg(Msg::KeyPressed(key)),
        Stroke::Paste(text) => Heard::Msg(Msg::Pasted(text)),
        Stroke::Wheel(is_up) => Heard::Msg(Msg::WheelTurned { is_up }),
        Stroke::Click { x, y } => Heard::Msg(Msg::Clicked { x, y }),
        Stroke::Answer => Heard::TerminalAnswered,
    }
}

/// Waits until there is something to read; returns whether there is.
fn wait(terminal: &File, patience: Option<Timespec>) -> Result<bool, Over> {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let mut waiting = [PollFd::new(terminal, PollFlags::IN)];
        match rustix::event::poll(&mut waiting, patience.as_ref()) {
            Err(Errno::INTR) => continue,
            Err(_) => return Err(Over),
            Ok(_) => {}
        }
        let [happened] = waiting.map(|it| it.revents());
        return if happened.intersects(gone) { Err(Over) } else { Ok(!happened.is_empty()) };
    }
}

fn read(terminal: &mut File, bytes: &mut [u8]) -> Result<usize, Over> {
    loop {
        match terminal.read(bytes) {
            Ok(0) => return Err(Over),
            Ok(length) => return Ok(length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(Over),
        }
    }
}
