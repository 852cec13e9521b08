//! A mailbox that another program changes while it is open.

use super::Session;
use std::fs;
use std::fs::OpenOptions;
use std::io::Write;
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

    fn gets(&self, more: &str) {
        OpenOptions::new().append(true).open(&self.path).unwrap().write_all(more.as_bytes()).unwrap();
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

#[test]
fn a_cut_is_noticed_while_nothing_is_done() {
    let mailbox = Mailbox::of(50);
    let person = mailbox.is_open().sees("1 of 50 conversations");
    mailbox.is_cut_to(1_000_000);
    let person = if cfg!(target_os = "linux") { person } else { person.types("\r") };
    person.sees("the file was cut to 1.0 MB").types("\x1bqq").leaves_the_terminal_as_it_was();
}

#[test]
fn what_is_appended_is_read_while_one_follows() {
    let mailbox = Mailbox::of(3);
    let person = mailbox.is_open().sees("1 of 3 conversations").types("F").sees("following").types("G");
    let person = person.sees("3 of 3 conversations");
    let half = message(3);
    let (first, second) = half.split_at(half.len() / 2);
    mailbox.gets(first);
    let person = person.sees("4 of 4 conversations");
    mailbox.gets(second);
    mailbox.gets(&message(4));
    let person = person.sees("5 of 5 conversations").types("F").sees("no longer following");
    mailbox.gets(&message(5));
    let person = if cfg!(target_os = "linux") { person } else { person.types("\rq") };
    let person = person.sees("the mailbox has grown by").types("F").sees("of 6 conv");
    person.types("q").leaves_the_terminal_as_it_was();
}

#[test]
fn another_file_of_the_same_name_is_noticed() {
    let mailbox = Mailbox::of(3);
    let person = mailbox.is_open().sees("1 of 3 conversations");
    let other = mailbox.path.with_extension("new");
    fs::write(&other, message(0)).unwrap();
    fs::rename(&other, &mailbox.path).unwrap();
    let person = if cfg!(target_os = "linux") { person } else { person.types("\rq") };
    let person = person.sees("another file has its name now").types("\x1bG\r").sees("A line of the body.");
    person.types("qq").leaves_the_terminal_as_it_was();
}

#[test]
fn a_pipe_that_does_not_end_is_shown_and_can_be_left() {
    let endless = "while cat sample-mbox/election-desk.mbox; do :; done | exec tranche -";
    Session::run(endless).sees(" MB").types("q").leaves_the_terminal_as_it_was();
    Session::run(endless).sees(" MB").types("\x03").leaves_the_terminal_as_it_was();
}
