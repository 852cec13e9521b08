//! The keyboard: a worker that waits for keys and tells the loop.
//!
//! It asks poll(2) about the terminal before each read: the terminal crate takes one that has hung up
//! for one that is quiet, and would ask it again for ever.

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
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::os::fd::AsFd;
use std::os::fd::OwnedFd;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

/// Starts the worker.
pub(super) fn listen(say: Sender<Heard>) -> Result<(), ScreenError> {
    let terminal = keyboard().map_err(ScreenError::Keyboard)?;
    thread::spawn(move || {
        while wait_for_input(&terminal) {
            if tell_all(&say).is_err() {
                return;
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

/// Waits until there is something to read; `false` when there will never be.
fn wait_for_input(terminal: &OwnedFd) -> bool {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let mut waiting = [PollFd::new(terminal, PollFlags::IN)];
        match rustix::event::poll(&mut waiting, None) {
            Err(Errno::INTR) => {}
            Err(_) => return false,
            Ok(_) => return !waiting.iter().any(|it| it.revents().intersects(gone)),
        }
    }
}

/// Why no more keys are told.
struct Over;

fn tell_all(say: &Sender<Heard>) -> Result<(), Over> {
    while event::poll(Duration::ZERO).map_err(|_| Over)? {
        let Event::Key(pressed) = event::read().map_err(|_| Over)? else { continue };
        for key in keys_of(pressed).into_iter().flatten() {
            say.send(Heard::Msg(Msg::KeyPressed(key))).map_err(|_| Over)?;
        }
    }
    Ok(())
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
