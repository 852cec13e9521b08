//! The terminal: taken, drawn on, and given back as it was found.
//!
//! **Invariant:** however the program ends — a person leaves, an error, a panic, a signal — the terminal
//! is given back: the main screen, the cursor, the line discipline. A terminal that takes no more words
//! is not waited for.

use super::abilities::Abilities;
use super::pace::Drawn;
use super::wire::Wire;
use crate::app::geometry::Size;
use crossterm::terminal;
use nix::unistd;
use ratatui::Frame;
use ratatui::Terminal;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::os::fd::AsFd;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// The size of a terminal that does not know its own.
const USUAL: Size = Size { width: 80, height: 24 };

/// How long an end by a signal waits for a frame that is being written, and then for the last words.
const HASTE: Duration = Duration::from_millis(20);

/// How long any other end waits for the last words: a slow line may have to carry a frame before them.
const LEISURE: Duration = Duration::from_secs(5);

/// Whether the line discipline is ours, and the last words that the terminal has to hear, if any.
static TAKEN: Mutex<(bool, Vec<u8>)> = Mutex::new((false, Vec::new()));

/// Held while a frame is written, so that it is not cut in two.
static WRITING: Mutex<()> = Mutex::new(());

/// Whether the mouse is ours, or the terminal's own for selecting text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal's.
    #[default]
    Terminal,
    /// Ours: the wheel scrolls, a click selects.
    Ours,
}

/// The terminal, while it is ours.
pub(super) struct Screen {
    terminal: Terminal<Wire<File>>,
    abilities: Abilities,
    mouse: Mouse,
    is_begun: bool,
    was_suspended: bool,
}

/// Why there is nothing to draw on.
#[derive(Debug)]
pub enum ScreenError {
    /// Standard output is no terminal.
    NoTerminal,
    /// The terminal cannot move its cursor.
    Dumb,
    /// There is no keyboard.
    Keyboard(io::Error),
    /// The terminal cannot be set up or written to.
    Terminal(io::Error),
    /// The terminal has hung up.
    Gone,
}

impl std::fmt::Display for ScreenError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoTerminal => out.write_str("cannot show the mailbox: standard output is not a terminal"),
            Self::Dumb => out.write_str("cannot show the mailbox: a terminal of the type dumb has no screen"),
            Self::Keyboard(_) => out.write_str("cannot read keys: there is no terminal to read them from"),
            Self::Terminal(_) => out.write_str("cannot use the terminal"),
            Self::Gone => out.write_str("the terminal is gone"),
        }
    }
}

impl std::error::Error for ScreenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoTerminal | Self::Dumb | Self::Gone => None,
            Self::Keyboard(source) | Self::Terminal(source) => Some(source),
        }
    }
}

impl Screen {
    /// Takes the terminal; its screen is taken by the first frame.
    pub(super) fn enter(mouse: Mouse) -> Result<Self, ScreenError> {
        if !io::stdout().is_terminal() {
            return Err(ScreenError::NoTerminal);
        }
        let abilities = Abilities::of_environment().ok_or(ScreenError::Dumb)?;
        let wire = Wire::new(output().map_err(ScreenError::Terminal)?, measure()?, abilities);
        take_line().map_err(ScreenError::Terminal)?;
        let terminal = Terminal::new(wire).map_err(ScreenError::Terminal)?;
        Ok(Self { terminal, abilities, mouse, is_begun: false, was_suspended: false })
    }

    /// Asks the terminal for its size.
    pub(super) fn size(&mut self) -> Result<Size, ScreenError> {
        let size = measure()?;
        self.terminal.backend_mut().set_size(size);
        Ok(size)
    }

    /// Draws a frame, in one write; none where nothing changed.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<Drawn, ScreenError> {
        let _whole = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_begun {
            self.is_begun = true;
            let (first, last) = words(self.abilities, self.mouse);
            self.terminal.backend_mut().begin(&first);
            TAKEN.lock().unwrap_or_else(PoisonError::into_inner).1 = last;
        }
        self.terminal.draw(draw).map_err(ScreenError::Terminal)?;
        Ok(self.terminal.backend_mut().take_drawn())
    }

    /// Sends the terminal something that changes no cell.
    pub(super) fn send(&mut self, sequence: &str) -> Result<(), ScreenError> {
        output().and_then(|mut output| output.write_all(sequence.as_bytes())).map_err(ScreenError::Terminal)
    }

    /// Forgets what the terminal shows, so that the next frame draws every cell.
    pub(super) fn forget(&mut self) -> Result<(), ScreenError> {
        self.terminal.clear().map_err(ScreenError::Terminal)
    }

    /// Gives the terminal back, stops until the shell lets us go on, and takes it again; returns whether
    /// there is a shell that could.
    pub(super) fn suspend(&mut self) -> Result<bool, ScreenError> {
        if is_orphan() {
            return Ok(false);
        }
        give_back(LEISURE);
        self.was_suspended = true;
        low_level::emulate_default_handler(SIGTSTP).map_err(ScreenError::Terminal)?;
        self.take_again()?;
        Ok(true)
    }

    /// Takes the terminal again after a stop that we were not told of: a shell has used it meanwhile.
    pub(super) fn goes_on(&mut self) -> Result<(), ScreenError> {
        if std::mem::take(&mut self.was_suspended) {
            return Ok(());
        }
        give_back(LEISURE);
        self.take_again()
    }

    fn take_again(&mut self) -> Result<(), ScreenError> {
        take_line().map_err(ScreenError::Terminal)?;
        self.is_begun = false;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back(LEISURE);
    }
}

fn measure() -> Result<Size, ScreenError> {
    let (width, height) = terminal::size().map_err(ScreenError::Terminal)?;
    // A terminal that does not know its size says 0.
    let is_known = width > 0 && height > 0;
    Ok(if is_known { Size { width, height } } else { USUAL })
}

/// Returns whether no shell is there to let us go on, were we to stop: the terminal runs us directly.
///
/// In a container, what lies outside it has the number 0: a parent, its session, our own process group.
fn is_orphan() -> bool {
    let parent = unistd::getppid();
    let (ours, theirs) = (unistd::getsid(None), unistd::getsid(Some(parent)));
    let has_parent = parent.as_raw() != 0;
    let leads_session = ours == Ok(unistd::getpgrp());
    !has_parent || leads_session || ours != theirs
}

/// Standard output without the buffer that cuts a frame at its line ends.
fn output() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

/// Returns what takes the screen of a terminal, and what gives it back.
fn words(abilities: Abilities, mouse: Mouse) -> (Vec<u8>, Vec<u8>) {
    let has_mouse = mouse == Mouse::Ours && abilities.has_modes;
    // What takes, whether it is for this terminal, and what gives back.
    let pairs: [(&str, bool, &str); 4] = [
        // The other screen, or ours wiped.
        ("\x1b[?1049h", abilities.has_other_screen, "\x1b[?1049l"),
        ("", !abilities.has_other_screen, "\x1b[2J\x1b[H"),
        // No cursor, and what is pasted told from what is typed.
        ("\x1b[?25l\x1b[?2004h", abilities.has_modes, "\x1b[?2004l\x1b[?25h"),
        ("\x1b[?1000h\x1b[?1006h", has_mouse, "\x1b[?1006l\x1b[?1000l"),
    ];
    let ours = pairs.iter().filter(|(_, is_ours, _)| *is_ours);
    let first: String = ours.clone().map(|(take, _, _)| *take).collect();
    // A frame that was cut in two may have left a region that scrolls, and be held.
    let show = if abilities.holds_frames { "\x1b[?2026l" } else { "" };
    let last: String = ours.rev().map(|(_, _, give)| *give).collect();
    (format!("{first}\x1b[m").into_bytes(), format!("\x1b[r\x1b[m{show}{last}").into_bytes())
}

fn take_line() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    TAKEN.lock().unwrap_or_else(PoisonError::into_inner).0 = true;
    Ok(())
}

/// Gives the terminal back, once. What fails here fails on a terminal that is gone.
pub(super) fn give_back(patience: Duration) {
    let (is_taken, words) = std::mem::take(&mut *TAKEN.lock().unwrap_or_else(PoisonError::into_inner));
    if !words.is_empty() {
        // A terminal that takes no more words holds whoever writes to it.
        let (say, hear) = mpsc::channel();
        let writer = thread::Builder::new().spawn(move || {
            let _ = output().and_then(|mut output| output.write_all(&words));
            let _ = say.send(());
        });
        if writer.is_ok() {
            let _ = hear.recv_timeout(patience);
        }
    }
    if is_taken {
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the terminal back from beside the loop, after the frame that is being written; a frame that
/// does not end is on a terminal that takes no more.
pub(super) fn give_back_in_haste() {
    let mut writing = WRITING.try_lock();
    let until = Instant::now() + HASTE;
    while writing.is_err() && Instant::now() < until {
        thread::sleep(Duration::from_millis(1));
        writing = WRITING.try_lock();
    }
    give_back(HASTE);
    // No frame comes after this.
    std::mem::forget(writing);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_is_given_back() {
        let (first, last) = words(Abilities::USUAL, Mouse::Ours);
        let (first, last) = (String::from_utf8(first).unwrap(), String::from_utf8(last).unwrap());
        for mode in ["1049", "2004", "1000", "1006"] {
            assert!(
                first.contains(&format!("\x1b[?{mode}h")) && last.contains(&format!("\x1b[?{mode}l")),
                "{mode}"
            );
        }
        assert!(first.contains("\x1b[?25l") && last.contains("\x1b[?25h"));
        let (first, _) = words(Abilities::USUAL, Mouse::Terminal);
        assert!(!String::from_utf8(first).unwrap().contains("1000"), "selecting text is the terminal's");
    }
}
