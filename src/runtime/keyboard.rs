//! The keyboard: a worker that waits for keys and tells the loop.
//!
//! It asks poll(2) about the terminal before each read: the terminal crate takes one that has hung up
//! for one that is quiet, and would ask it again for ever.
//!
//! It wakes for a change of size as well, and lets the terminal crate take note of it at once: what it
//! finds together with a key makes it forget that there is a key to read.

use super::screen::Heard;
use super::terminal::ScreenError;
use crate::app::Key;
use crate::app::Msg;
use crossterm::event;
use crossterm::event::Event;
use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyEventKind;
use crossterm::event::KeyModifiers;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::io::Errno;
use signal_hook::consts::SIGWINCH;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::PipeReader;
use std::io::Read;
use std::os::fd::AsFd;
use std::os::fd::OwnedFd;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

/// Starts the worker.
pub(super) fn listen(say: Sender<Heard>) -> Result<(), ScreenError> {
    let terminal = keyboard().map_err(ScreenError::Keyboard)?;
    let mut resized = size_changes().map_err(ScreenError::Keyboard)?;
    thread::spawn(move || {
        while let Some(woken) = wait(&terminal, &resized) {
            if woken == Woken::BySize {
                let _ = resized.read(&mut [0; 64]);
            }
            match tell_all(&say, woken) {
                Ok(0) if woken == Woken::ByKeys => thread::sleep(KEY_IS_WHOLE_WITHIN),
                Ok(_) => {}
                Err(Over) => return,
            }
        }
        let _ = say.send(Heard::TerminalGone);
    });
    Ok(())
}

/// Opens what keys come from: standard input, or the terminal itself where the mailbox comes from there.
fn keyboard() -> io::Result<OwnedFd> {
    let input = io::stdin();
    if input.is_terminal() {
        return input.as_fd().try_clone_to_owned();
    }
    Ok(File::open("/dev/tty")?.into())
}

/// Returns what can be read from once the terminal has another size.
fn size_changes() -> io::Result<PipeReader> {
    let (changes, written) = io::pipe()?;
    signal_hook::low_level::pipe::register(SIGWINCH, OwnedFd::from(written))?;
    Ok(changes)
}

/// Why the worker goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Woken {
    ByKeys,
    BySize,
}

/// Waits until there is something to read; `None` when there will never be.
fn wait(terminal: &OwnedFd, resized: &PipeReader) -> Option<Woken> {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let mut waiting = [PollFd::new(terminal, PollFlags::IN), PollFd::new(resized, PollFlags::IN)];
        match rustix::event::poll(&mut waiting, None) {
            Err(Errno::INTR) => continue,
            Err(_) => return None,
            Ok(_) => {}
        }
        let [keys, size] = waiting.map(|it| it.revents());
        if keys.intersects(gone) {
            return None;
        }
        return Some(if size.is_empty() { Woken::ByKeys } else { Woken::BySize });
    }
}

/// Why no more keys are told.
struct Over;

/// How long the terminal crate may take to hear of a new size after we have.
const SIZE_IS_HEARD_WITHIN: Duration = Duration::from_millis(20);

/// How long to leave what is no key yet: half an escape sequence, say.
const KEY_IS_WHOLE_WITHIN: Duration = Duration::from_millis(5);

/// Tells every key that is there, and returns how many things were heard.
fn tell_all(say: &Sender<Heard>, woken: Woken) -> Result<usize, Over> {
    let mut heard = 0;
    let mut patience = if woken == Woken::BySize { SIZE_IS_HEARD_WITHIN } else { Duration::ZERO };
    while event::poll(patience).map_err(|_| Over)? {
        patience = Duration::ZERO;
        heard += 1;
        let Event::Key(pressed) = event::read().map_err(|_| Over)? else { continue };
        for key in keys_of(pressed).into_iter().flatten() {
            say.send(Heard::Msg(Msg::KeyPressed(key))).map_err(|_| Over)?;
        }
    }
    Ok(heard)
}

/// Returns the keys that were meant. One held with Alt is Escape and then the key, which is how it
/// arrives, and how an Escape just before another key arrives over a slow line.
fn keys_of(pressed: KeyEvent) -> [Option<Key>; 2] {
    if pressed.kind == KeyEventKind::Release {
        return [None, None];
    }
    let escape = pressed.modifiers.contains(KeyModifiers::ALT).then_some(Key::Esc);
    [escape, key_of(pressed.code, pressed.modifiers.contains(KeyModifiers::CONTROL))]
}

fn key_of(code: KeyCode, is_control: bool) -> Option<Key> {
    Some(match code {
        KeyCode::Char(letter) if is_control => Key::Ctrl(letter.to_ascii_lowercase()),
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    })
}
