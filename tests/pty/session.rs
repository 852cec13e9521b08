//! The program, and the terminal it runs in.

use super::slow_line;
use super::slow_line::Ledger;
use portable_pty::Child;
use portable_pty::CommandBuilder;
use portable_pty::ExitStatus;
use portable_pty::MasterPty;
use portable_pty::PtySize;
use portable_pty::native_pty_system;
use std::io::Read;
use std::io::Write;
use std::process::Command;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Far more than it takes, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the program asks at the end of a large frame.
pub const QUESTION: &[u8] = b"\x1b[c";

/// What a terminal answers.
pub const ANSWER: &[u8] = b"\x1b[?62;22c";

/// The program, and the terminal it runs in.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Box<dyn Read + Send>,
    pub terminal: vt100::Parser,
    /// What has been read since this was last emptied.
    pub written: Vec<u8>,
    /// Whether the terminal answers what it is asked.
    pub answers: bool,
    before: String,
    /// What it waits for, for whoever asks why.
    awaits: Arc<Mutex<String>>,
    /// Held until the session is over.
    _watched: mpsc::Sender<()>,
}

impl Session {
    /// Runs a command of the shell, in which `tranche` is the program.
    pub fn run(command: &str) -> Self {
        Self::run_at(command, 80, 24, &[])
    }

    /// Runs it in a terminal of a size, in an environment with these variables.
    pub fn run_at(command: &str, cols: u16, rows: u16, variables: &[(&str, &str)]) -> Self {
        let mut shell = CommandBuilder::new("sh");
        shell.args(["-c", &command.replace("tranche", env!("CARGO_BIN_EXE_tranche"))]);
        at_no_home(&mut shell);
        for (name, value) in [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")].iter().chain(variables) {
            shell.env(name, value);
        }
        Self::start(shell, cols, rows)
    }

    /// Starts a program in a terminal of a size.
    pub fn start(mut program: CommandBuilder, cols: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let before = discipline(&*pair.master);
        program.cwd(env!("CARGO_MANIFEST_DIR"));
        let child = pair.slave.spawn_command(program).unwrap();
        let awaits = Arc::default();
        Self {
            child,
            keys: pair.master.take_writer().unwrap(),
            output: pair.master.try_clone_reader().unwrap(),
            master: pair.master,
            terminal: vt100::Parser::new(rows, cols, 0),
            written: Vec::new(),
            answers: true,
            before,
            _watched: watch(&awaits),
            awaits,
        }
    }

    /// Puts a slow line between the terminal and the person.
    pub fn over_a_slow_line(mut self) -> (Self, Ledger) {
        let ledger;
        (self.output, self.keys, ledger) = slow_line::between(self.output, self.keys);
        (self, ledger)
    }

    /// Reads what is written until the screen holds these words.
    pub fn sees(self, words: &str) -> Self {
        self.reads_until(words, |screen, _| screen.contents().contains(words))
    }

    /// Reads what is written until the screen holds these words, and the frame to its question.
    pub fn sees_asked(self, words: &str) -> Self {
        self.reads_until(words, |screen, written| {
            screen.contents().contains(words) && written.ends_with(QUESTION)
        })
    }

    /// Reads what is written until these words have been, wherever they stand.
    pub fn writes(self, words: &str) -> Self {
        self.reads_until(words, |_, written| count(written, words.as_bytes()) > 0)
    }

    /// Reads what is written until it is so.
    pub fn reads_until(mut self, what: &str, is_so: impl Fn(&vt100::Screen, &[u8]) -> bool) -> Self {
        while !is_so(self.terminal.screen(), &self.written) {
            let screen = self.terminal.screen().contents();
            *self.awaits.lock().unwrap() = format!("{what}\nand not\n{screen}");
            let bytes = self.read().unwrap_or_else(|| panic!("it ended before {what}\n{screen}"));
            self.terminal.process(&bytes);
            // A question may come in two pieces.
            let before = self.written.len().saturating_sub(QUESTION.len() - 1);
            self.written.extend(bytes);
            if self.answers && count(&self.written[before..], QUESTION) > 0 {
                let _ = self.keys.write_all(ANSWER);
            }
        }
        self
    }

    /// Reads what is there; `None` when nothing comes any more.
    fn read(&mut self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; 1 << 16];
        let read = self.output.read(&mut bytes).unwrap_or(0);
        bytes.truncate(read);
        (read > 0).then_some(bytes)
    }

    pub fn has_size(mut self, cols: u16, rows: u16) -> Self {
        self.master.resize(size(cols, rows)).unwrap();
        self.terminal.screen_mut().set_size(rows, cols);
        self
    }

    pub fn types(mut self, keys: &str) -> Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Answers what the program has asked.
    pub fn answers_now(mut self) -> Self {
        self.keys.write_all(ANSWER).unwrap();
        self
    }

    pub fn gets(self, signal: &str) -> Self {
        let process = self.child.process_id().unwrap();
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {process}")]).status().unwrap();
        assert!(sent.success());
        self
    }

    /// Hangs up, and returns how the program ended.
    pub fn hangs_up(self) -> ExitStatus {
        drop((self.master, self.keys, self.output));
        ends(self.child)
    }

    /// Returns how the program ended, whose terminal shows nothing any more.
    pub fn ends_unread(self) -> ExitStatus {
        ends(self.child)
    }

    /// Waits for the end; the terminal must be as it was. Returns how it ended, and what is on the screen.
    pub fn leaves_the_terminal_as_it_was(mut self) -> (ExitStatus, String) {
        while let Some(bytes) = self.read() {
            self.terminal.process(&bytes);
        }
        let status = ends(self.child);
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "the other screen is still there");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "what is pasted is still told from what is typed");
        assert_eq!(self.before, discipline(&*self.master), "the line discipline is another one");
        (status, screen.contents())
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// Returns whether a screen shows these lines, and nothing below them.
pub fn shows(screen: &vt100::Screen, drawn: &str) -> bool {
    let mut lines = drawn.lines().chain(std::iter::repeat(""));
    screen
        .rows(0, screen.size().1)
        .all(|row| lines.next().is_some_and(|line| row.trim_end() == line.trim_end()))
}

/// Returns how often some bytes stand among others.
pub fn count(written: &[u8], bytes: &[u8]) -> usize {
    written.windows(bytes.len()).filter(|it| *it == bytes).count()
}

/// Ends the tests when a session waits for what never comes: a read from a terminal knows no limit.
fn watch(awaits: &Arc<Mutex<String>>) -> mpsc::Sender<()> {
    let (held, is_over) = mpsc::channel();
    let awaits = Arc::clone(awaits);
    thread::spawn(move || {
        if is_over.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            let awaits = awaits.lock().unwrap();
            // Past what catches the words of tests that do not fail.
            let _ = writeln!(std::io::stderr(), "still waiting after {PATIENCE:?} for {awaits}");
            std::process::exit(101);
        }
    });
    held
}

/// The line discipline, in words that can be compared.
fn discipline(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// Returns how a process ended.
fn ends(mut child: Box<dyn Child + Send + Sync>) -> ExitStatus {
    let (say, hear) = mpsc::channel();
    thread::spawn(move || say.send(child.wait().unwrap()));
    hear.recv_timeout(PATIENCE).expect("it ends")
}

/// Lets a program find no configuration, and nothing that was kept, and keep nothing.
pub fn at_no_home(program: &mut CommandBuilder) {
    for folder in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        program.env(folder, "");
    }
}
