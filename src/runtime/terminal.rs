//! The terminal: taken, drawn on, and given back as it was found.
//!
//! **Invariant:** however the program ends — a person leaves, an error, a panic, a signal — the terminal
//! is given back: the main screen, the cursor, the line discipline.

use super::wire::Wire;
use crate::app::geometry::Size;
use crossterm::terminal;
use ratatui::Frame;
use ratatui::Terminal;
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;
use std::fs::File;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::os::fd::AsFd;
use std::panic;
use std::process;
use std::sync::Mutex;
use std::sync::Once;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// The other screen, the cursor hidden, what is pasted told from what is typed, nothing on the screen.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[m\x1b[2J";

/// Plain letters, the cursor shown, pasting as before, the main screen.
const GIVE_BACK: &[u8] = b"\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The size of a terminal that does not know its own.
const USUAL: Size = Size { width: 80, height: 24 };

/// The exit code of a program that panicked.
const PANICKED: i32 = 101;

/// How long an end by a signal waits for a frame that is being written.
const FRAME_PATIENCE_MS: u32 = 100;

/// Whether the terminal is ours.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Held while a frame is written, so that it is not cut in two.
static WRITING: Mutex<()> = Mutex::new(());

/// The terminal, while it is ours.
pub(super) struct Screen {
    terminal: Terminal<Wire<File>>,
}

/// Why there is nothing to draw on.
#[derive(Debug)]
pub enum ScreenError {
    /// Standard output is no terminal.
    NoTerminal,
    /// There is no keyboard.
    Keyboard(io::Error),
    /// The terminal cannot be set up or written to.
    Terminal(io::Error),
}

impl std::fmt::Display for ScreenError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoTerminal => out.write_str("cannot show the mailbox: standard output is not a terminal"),
            Self::Keyboard(_) => out.write_str("cannot read keys: there is no terminal to read them from"),
            Self::Terminal(_) => out.write_str("cannot use the terminal"),
        }
    }
}

impl std::error::Error for ScreenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoTerminal => None,
            Self::Keyboard(source) | Self::Terminal(source) => Some(source),
        }
    }
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn enter() -> Result<Self, ScreenError> {
        if !io::stdout().is_terminal() {
            return Err(ScreenError::NoTerminal);
        }
        give_back_on_panic();
        let wire = Wire::new(output().map_err(ScreenError::Terminal)?, measure()?);
        take().map_err(ScreenError::Terminal)?;
        let terminal = Terminal::new(wire).map_err(ScreenError::Terminal)?;
        Ok(Self { terminal })
    }

    /// Asks the terminal for its size.
    pub(super) fn size(&mut self) -> Result<Size, ScreenError> {
        let size = measure()?;
        self.terminal.backend_mut().set_size(size);
        Ok(size)
    }

    /// Draws a frame, in one write; none where nothing changed.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> Result<(), ScreenError> {
        let _whole = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        self.terminal.draw(draw).map(|_| ()).map_err(ScreenError::Terminal)
    }

    /// Forgets what the terminal shows, so that the next frame draws every cell.
    pub(super) fn forget(&mut self) -> Result<(), ScreenError> {
        self.terminal.clear().map_err(ScreenError::Terminal)
    }

    /// Gives the terminal back, stops until the shell lets us go on, and takes it again.
    pub(super) fn suspend(&mut self) -> Result<(), ScreenError> {
        give_back();
        low_level::emulate_default_handler(SIGTSTP).map_err(ScreenError::Terminal)?;
        take().map_err(ScreenError::Terminal)?;
        self.terminal.backend_mut().cursor_is_hidden();
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn measure() -> Result<Size, ScreenError> {
    let (width, height) = terminal::size().map_err(ScreenError::Terminal)?;
    // A terminal that does not know its size says 0.
    let is_known = width > 0 && height > 0;
    Ok(if is_known { Size { width, height } } else { USUAL })
}

/// Standard output without the buffer that cuts a frame at its line ends.
fn output() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

fn take() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    IS_TAKEN.store(true, Ordering::SeqCst);
    output()?.write_all(TAKE)
}

/// Gives the terminal back, once. What fails here fails on a terminal that is gone.
fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        let _ = output().and_then(|mut output| output.write_all(GIVE_BACK));
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the terminal back from beside the loop, after the frame that is being written; a frame that
/// does not end is on a terminal that is gone.
pub(super) fn give_back_in_haste() {
    let mut writing = WRITING.try_lock();
    for _ in 0..FRAME_PATIENCE_MS {
        if writing.is_ok() {
            break;
        }
        thread::sleep(Duration::from_millis(1));
        writing = WRITING.try_lock();
    }
    give_back();
    std::mem::forget(writing);
}

/// Lets a panic, of whichever worker, be read on the main screen, and ends the program with it.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            give_back();
            report(panicked);
            process::exit(PANICKED);
        }));
    });
}
