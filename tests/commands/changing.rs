//! A mailbox that another program cuts while a command reads it.

use super::*;
use std::fs;
use std::fs::OpenOptions;
use std::path::PathBuf;
use tempfile::TempDir;

fn mailbox(message: &str, times: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.mbox");
    fs::write(&path, message.repeat(times)).unwrap();
    (folder, path)
}

/// Runs a command, cuts its mailbox when it has begun to print, and returns what it printed and said.
///
/// It prints more than fits into a pipe, so it is not done by then.
fn cut_while_it_prints(path: &Path, arguments: &[&str], left: u64) -> (String, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_tranche"))
        .args([&[arguments[0], path.to_str().unwrap()], &arguments[1..]].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = run.stdout.take().unwrap();
    let mut begun = [0; 10];
    out.read_exact(&mut begun).unwrap();
    OpenOptions::new().write(true).open(path).unwrap().set_len(left).unwrap();
    let mut printed = begun.to_vec();
    out.read_to_end(&mut printed).unwrap();
    let ended = run.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    (String::from_utf8(printed).unwrap(), String::from_utf8(ended.stderr).unwrap())
}

#[test]
fn a_list_ends_where_its_mailbox_is_cut() {
    let message = format!(
        "From a@b Mon Mar  6 09:00:00 2017\nFrom: anna@desk.example\nSubject: one\n\n{}\n",
        "A line of the body.\n".repeat(50)
    );
    let (_folder, path) = mailbox(&message, 20_000);
    for arguments in
        [&["list", "--json"][..], &["list", "--json", "--full"], &["list", "body:line", "--json"]]
    {
        fs::write(&path, message.repeat(20_000)).unwrap();
        let (printed, said) = cut_while_it_prints(&path, arguments, 5000);
        assert!(
            said.contains("cut.mbox: the file was cut to 5,000 bytes while it was open\n  hint: "),
            "{said}"
        );
        let lines: Vec<&str> = printed.lines().collect();
        assert!(lines.len() < 20_000);
        for line in lines {
            let listed: Value = serde_json::from_str(line).unwrap();
            assert_eq!(listed["subject"], "one");
        }
    }
}

#[test]
fn raw_bytes_end_where_the_mailbox_is_cut() {
    let message = format!("From a@b Mon Mar  6 09:00:00 2017\nSubject: one\n\n{}\n", "x\n".repeat(5 << 20));
    let (_folder, path) = mailbox(&message, 1);
    let (printed, said) = cut_while_it_prints(&path, &["show", "1", "--raw"], 5 << 20);
    assert!(said.contains("was cut to 5,242,880 bytes"), "{said}");
    assert!(!printed.contains('\0') && printed.len() < message.len());
}
