//! However it ends, the terminal is as it was, and the exit code says how.

use super::DESK;
use super::opened;
use super::session::Session;
use super::session::at_no_home;
use portable_pty::CommandBuilder;
use std::fs::File;
use std::io::Read;
use std::process::Command;
use std::thread;
use tranche::cli::Settings;

#[test]
fn an_end_by_a_signal_gives_the_terminal_back() {
    for (signal, name) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt"), ("QUIT", "Quit")]
    {
        let session = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations");
        let (status, _) = session.gets(signal).leaves_the_terminal_as_it_was();
        assert!(status.signal().is_some_and(|it| it.starts_with(name)), "{signal}: {status:?}");
    }
}

#[test]
fn it_ends_when_its_terminal_is_gone() {
    let status = Session::run(&format!("exec tranche {DESK}")).sees("1 of 93 conversations").hangs_up();
    assert!(!status.success(), "{status:?}");
}

/// Also where the shell before it has it ignore the hang-up.
#[test]
fn it_ends_when_its_terminal_is_gone_and_nobody_says_so() {
    let session =
        Session::run(&format!("trap '' HUP; tranche {DESK}; exit $?")).sees("1 of 93 conversations");
    session.hangs_up();
}

/// A large screen drawn a few times is more than a terminal takes that nobody reads from.
#[test]
fn it_ends_while_its_terminal_takes_no_more() {
    let stalled = || opened(250, 200, "", &[]).types(&"\x0c".repeat(8)).types("ljG\x0c");
    let status = stalled().gets("TERM").ends_unread();
    assert!(status.signal().is_some(), "{status:?}");
    assert!(!stalled().hangs_up().success());
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_takes_it_again() {
    let session = Session::run(&format!("set -m; tranche {DESK}; echo it stopped; fg; echo it left"));
    let session =
        session.sees("1 of 93 conversations").types("j").sees("2 of 93").types("\x1a").writes("it stopped");
    let session = session.sees("2 of 93 conversations").types("j").sees("3 of 93").types("q").sees("it left");
    session.leaves_the_terminal_as_it_was();
}

#[test]
fn a_stop_without_a_shell_is_none() {
    let session =
        Session::run(&format!("exec tranche {DESK}")).sees("1 of 93").types("\x1aj").sees("2 of 93");
    session.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn two_read_one_mailbox() {
    let one = opened(80, 24, "", &[]);
    let other = opened(80, 24, "", &[]).types("j").sees("2 of 93");
    one.types("q").leaves_the_terminal_as_it_was();
    other.types("j").sees("3 of 93").types("q").leaves_the_terminal_as_it_was();
}

/// Names the pipe whose end makes the program of [`a_fault`] fail.
const FAULT: &str = "TRANCHE_TEST_FAULT";

/// Not a test by itself: what the next test runs, the screen in a program in which a worker fails.
#[test]
fn a_fault() {
    let Some(pipe) = std::env::var_os(FAULT) else { return };
    let settings = Settings::from_args(["tranche", DESK].map(Into::into)).unwrap();
    thread::spawn(move || {
        File::open(pipe).unwrap().read_to_string(&mut String::new()).unwrap();
        panic!("{}", "what the mail says".to_owned());
    });
    tranche::runtime::run(&settings).unwrap();
}

#[test]
fn a_fault_gives_the_terminal_back_and_says_nothing_of_the_mail() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut program = CommandBuilder::new(std::env::current_exe().unwrap());
    program.args(["--exact", "pty::ends::a_fault", "--nocapture"]);
    at_no_home(&mut program);
    program.env(FAULT, &pipe);
    program.env("TERM", "xterm");
    program.env("HOME", "");
    program.env("XDG_CACHE_HOME", "");
    let session = Session::start(program, 80, 24).sees("1 of 93 conversations");
    File::options().write(true).open(&pipe).unwrap();
    let (status, screen) = session.leaves_the_terminal_as_it_was();
    assert_eq!(status.exit_code(), 101);
    assert!(screen.contains("a fault in the program while working (tests/pty/ends.rs:"), "{screen}");
    assert!(!screen.contains("the mail says"), "{screen}");
}
