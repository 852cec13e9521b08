//! A mailbox that another program changes while it is open.

use super::Session;
use std::fs;
use std::fs::OpenOptions;
use std::path::PathBuf;
use tempfile::TempDir;

/// A mailbox of so many messages of 50 KB each, in a folder of its own.
struct Mailbox {
    path: PathBuf,
    _folder: TempDir,
}

impl Mailbox {
    fn of(messages: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.mbox");
        fs::write(&path, (0..messages).map(message).collect::<String>()).unwrap();
        Self { path, _folder: folder }
    }

    fn is_cut_to(&self, bytes: u64) {
        OpenOptions::new().write(true).open(&self.path).unwrap().set_len(bytes).unwrap();
    }

    fn is_open(&self) -> Session {
        Session::run(&format!("exec tranche {}", self.path.display()))
    }
}

fn message(number: usize) -> String {
    let (minute, body) = (number % 60, "A line of the body.\n".repeat(2_500));
    format!(
        "From anna@desk.example Mon Mar  6 09:{minute:02}:00 2017\nFrom: anna@desk.example\n\
         Date: Mon, 6 Mar 2017 09:{minute:02}:00 +0000\nSubject: subject {number}\n\n{body}\n"
    )
}

#[test]
fn a_mailbox_that_is_cut_between_two_keys_says_what_is_gone() {
    let mailbox = Mailbox::of(50);
    let person = mailbox.is_open().sees("1 of 50 conversations").types("G").sees("50 of 50");
    mailbox.is_cut_to(1_000_000);
    let person =
        person.types("\r").sees("this part of the mailbox is gone: the file was cut to 1,000,000 bytes");
    let person = person.sees("the file was cut to 1.0 MB; what ✗ marks is gone");
    let person = person.types("\x1b").sees("q back").types("q").sees("✗2017-03-06");
    let person = person.types("g\r").sees("A line of the body.");
    person.types("qq").leaves_the_terminal_as_it_was();
}
