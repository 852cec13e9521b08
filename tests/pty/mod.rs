//! The program in a terminal of its own: it opens, it leaves, the terminal is as it was.

mod changing;

use portable_pty::Child;
use portable_pty::CommandBuilder;
use portable_pty::MasterPty;
use portable_pty::PtySize;
use portable_pty::native_pty_system;
use std::io::Read;
use std::io::Write;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Far more than it takes, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

const DESK: &str = "sample-mbox/election-desk.mbox";

/// The program, and the terminal it runs in.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Box<dyn Read + Send>,
    terminal: vt100::Parser,
    before: String,
    /// Held until the session is over.
    _watched: mpsc::Sender<()>,
}

impl Session {
    /// Runs a command of the shell, in which `tranche` is the program.
    fn run(command: &str) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let before = discipline(&*pair.master);
        let mut shell = CommandBuilder::new("sh");
        shell.args(["-c", &command.replace("tranche", env!("CARGO_BIN_EXE_tranche"))]);
        shell.cwd(env!("CARGO_MANIFEST_DIR"));
        let child = pair.slave.spawn_command(shell).unwrap();
        Self {
            child,
            keys: pair.master.take_writer().unwrap(),
            output: pair.master.try_clone_reader().unwrap(),
            master: pair.master,
            terminal: vt100::Parser::new(24, 80, 0),
            before,
            _watched: watch(command.to_owned()),
        }
    }

    /// Reads what is written until the screen holds these words.
    fn sees(mut self, words: &str) -> Self {
        while !self.terminal.screen().contents().contains(words) {
            let mut bytes = [0; 4096];
            let read = self.output.read(&mut bytes).unwrap_or(0);
            assert!(read > 0, "it ended before {words:?}: {}", self.terminal.screen().contents());
            self.terminal.process(&bytes[..read]);
        }
        self
    }

    fn has_size(mut self, cols: u16, rows: u16) -> Self {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.terminal.screen_mut().set_size(rows, cols);
        self
    }

    fn types(mut self, keys: &str) -> Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self
    }

    fn gets(self, signal: &str) -> Self {
        let process = self.child.process_id().unwrap();
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {process}")]).status().unwrap();
        assert!(sent.success());
        self
    }

    /// Waits for the end; the terminal must be as it was.
    fn leaves_the_terminal_as_it_was(mut self) {
        assert!(wait_for(self.child), "it did not end");
        let after = discipline(&*self.master);
        drop((self.keys, self.master));
        let mut rest = Vec::new();
        let _ = self.output.read_to_end(&mut rest);
        self.terminal.process(&rest);
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "the other screen is still there");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert_eq!(self.before, after, "the line discipline is another one");
    }
}

/// Ends the tests when a session waits for what never comes: a read from a terminal knows no limit.
fn watch(session: String) -> mpsc::Sender<()> {
    let (held, is_over) = mpsc::channel();
    thread::spawn(move || {
        if is_over.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            eprintln!("{session}: still waiting after {PATIENCE:?}");
            std::process::exit(101);
        }
    });
    held
}

/// The line discipline, in words that can be compared.
fn discipline(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// Returns whether a process ends within the time one has patience for.
fn wait_for(mut child: Box<dyn Child + Send + Sync>) -> bool {
    let (say, hear) = mpsc::channel();
    thread::spawn(move || say.send(child.wait()));
    hear.recv_timeout(PATIENCE).is_ok()
}

#[test]
fn every_message_is_searched_in_the_background() {
    let person = Session::run(&format!("tranche {DESK}")).sees("L F M H J").types("c").sees("searched 290");
    person.types("qq").leaves_the_terminal_as_it_was();
}

#[test]
fn it_opens_and_reads_and_leaves() {
    let session = Session::run(&format!("exec tranche {DESK}"));
    let session = session.sees("1 of 93 conversations").types("jj\r").sees("Hélène Vasseur-Kerr <");
    session.types("q").sees("3 of 93 conversations").types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn the_key_behind_a_new_size_is_heard() {
    let session = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations").types("j");
    let session = session.sees("2 of 93 conversations").has_size(60, 20).sees("2017-01-30  La Matinale");
    let session = session.types("j").sees("3 of 93").has_size(80, 24).types("j").sees("4 of 93");
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn what_is_pasted_goes_into_a_line() {
    let session = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations").types("/");
    let session = session.types("\x1b[200~melench\x1b[201~").sees("/melench");
    session.types("\rq").leaves_the_terminal_as_it_was();
}

#[test]
fn the_mailbox_may_come_from_a_pipe_and_keys_from_the_terminal() {
    let session = Session::run(&format!("cat {DESK} | tranche -"));
    session.sees("1 of 93 conversations").types("jq").leaves_the_terminal_as_it_was();
}

#[test]
fn an_end_by_a_signal_gives_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let session = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations");
        session.gets(signal).leaves_the_terminal_as_it_was();
    }
}

#[test]
fn it_ends_when_its_terminal_is_gone() {
    let Session { child, master, keys, output, .. } =
        Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations");
    drop((master, keys, output));
    assert!(wait_for(child), "it goes on without a terminal");
}

#[test]
fn without_a_terminal_it_says_so() {
    let program = Command::new(env!("CARGO_BIN_EXE_tranche")).arg(DESK).output().unwrap();
    assert_eq!(program.status.code(), Some(1));
    let said = String::from_utf8(program.stderr).unwrap();
    assert!(said.contains("standard output is not a terminal"), "{said}");
}
