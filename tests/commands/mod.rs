//! The commands, run as a person or a script runs them: what they print, and how they end.

mod changing;
mod config;
mod counting;
mod keeping;
mod queries;

use serde_json::Value;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

/// Returns the program, for somebody who has chosen nothing and keeps nothing, as there is no home.
fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tranche"));
    for folder in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
        program.env(folder, "");
    }
    program
}

fn tranche(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// Runs it for somebody who keeps their configuration in a folder.
fn tranche_of(config: &str, arguments: &[&str]) -> Output {
    program().args(arguments).env("XDG_CONFIG_HOME", config).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = tranche(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn json(arguments: &[&str]) -> Vec<Value> {
    printed(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Runs what must fail, and returns its exit code and what it said.
fn complaint(arguments: &[&str]) -> (i32, String) {
    let output = tranche(arguments);
    assert!(output.stdout.is_empty());
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Returns the numbers of the messages that a query lists.
fn numbers(mailbox: &str, query: &str) -> Vec<u64> {
    let found = json(&["list", mailbox, query, "--json"]);
    found.iter().map(|message| message["number"].as_u64().unwrap()).collect()
}

fn sample(file: &str) -> String {
    format!("{}/sample-mbox/{file}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn list_prints_every_message_and_every_field() {
    let desk = sample("election-desk.mbox");
    let messages = json(&["list", &desk, "--json"]);
    assert_eq!(messages.len(), 291);
    let names = [
        "number",
        "offset",
        "length",
        "message_id",
        "in_reply_to",
        "references",
        "date",
        "date_raw",
        "from",
        "to",
        "cc",
        "bcc",
        "subject",
        "thread",
        "parent",
        "depth",
        "attachments",
        "anomalies",
    ];
    let mut end = 0;
    for message in &messages {
        for name in names {
            assert!(message.get(name).is_some(), "{name} is left out of {message}");
        }
        assert_eq!(message["offset"].as_u64(), Some(end), "the ranges tile the file");
        end += message["length"].as_u64().unwrap();
    }
    assert_eq!(end, std::fs::metadata(&desk).unwrap().len());
    let first = &messages[11];
    assert_eq!(first["subject"], "3 630 files");
    assert_eq!(first["date"], "2017-02-01T07:42:55+01:00");
    assert_eq!(first["from"][0]["name"], "Siobhán Tierney");
    assert_eq!(messages[13]["thread"], 12);
}

#[test]
fn full_list_and_show_say_the_same() {
    let desk = sample("election-desk.mbox");
    let all = json(&["list", &desk, "--json", "--full"]);
    for number in [1, 12, 93, 123, 213] {
        let one = json(&["show", &desk, &number.to_string(), "--json"]);
        assert_eq!(one, [all[number - 1].clone()]);
        for name in ["headers", "parts", "body", "body_from", "more", "attachments", "sha256", "hits"] {
            assert!(one[0].get(name).is_some(), "{name} is left out of message {number}");
        }
    }
}

#[test]
fn raw_is_what_the_digest_is_of() {
    use sha2::Digest;
    for file in ["election-desk.mbox", "crlf.mbox", "mboxrd-quoting.mbox", "no-final-newline.mbox"] {
        let mailbox = sample(file);
        let bytes = std::fs::read(&mailbox).unwrap();
        for message in json(&["list", &mailbox, "--json", "--full"]).iter().take(5) {
            let number = message["number"].to_string();
            let raw = tranche(&["show", &mailbox, &number, "--raw"]).stdout;
            let offset = message["offset"].as_u64().unwrap() as usize;
            let length = message["length"].as_u64().unwrap() as usize;
            let range = &bytes[offset..offset + length];
            assert!(range.windows(raw.len()).any(|found| found == raw), "{file} {number}");
            assert_eq!(format!("{:x}", sha2::Sha256::digest(&raw)), message["sha256"].as_str().unwrap());
        }
    }
}

#[test]
fn a_message_is_found_by_number_id_offset_and_digest() {
    let desk = sample("election-desk.mbox");
    let wanted = &json(&["show", &desk, "12", "--json"])[0];
    let offset = format!("@{}", wanted["offset"].as_u64().unwrap() + 100);
    let digest = format!("sha256:{}", &wanted["sha256"].as_str().unwrap()[..12]);
    for name in [wanted["message_id"].as_str().unwrap(), &offset, &digest] {
        assert_eq!(json(&["show", &desk, name, "--json"])[0]["number"], 12, "{name}");
    }
}

#[test]
fn threads_name_their_messages_and_the_missing() {
    let threads = json(&["threads", &sample("missing-parents.mbox"), "--json"]);
    let missing: Vec<&Value> =
        threads.iter().flat_map(|thread| thread["missing"].as_array().unwrap()).collect();
    assert!(!missing.is_empty());
    assert!(missing.iter().all(|id| id.as_str().unwrap().starts_with('<')));
    let desk = json(&["threads", &sample("election-desk.mbox"), "--json"]);
    let numbers: Vec<u64> = desk
        .iter()
        .flat_map(|thread| thread["messages"].as_array().unwrap())
        .map(|message| message["number"].as_u64().unwrap())
        .collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=291).collect::<Vec<u64>>(), "every message is in one thread, once");
}

#[test]
fn nothing_that_acts_on_a_terminal_is_printed() {
    let hostile = sample("escapes.mbox");
    let bidi = sample("bidi.mbox");
    for arguments in [
        vec!["list", &hostile],
        vec!["list", &hostile, "--json", "--full"],
        vec!["show", &hostile, "1"],
        vec!["show", &hostile, "1", "--headers"],
        vec!["show", &hostile, "1", "--parts"],
        vec!["threads", &bidi],
        vec!["show", &bidi, "1"],
        vec!["show", &bidi, "1", "--json"],
    ] {
        let said = printed(&arguments);
        let acts = |letter: char| {
            (letter.is_control() && letter != '\n') || ('\u{202a}'..='\u{202e}').contains(&letter)
        };
        assert!(!said.contains(acts), "{arguments:?}");
    }
}

#[test]
fn a_mailbox_comes_from_a_pipe_packed_or_not() {
    let plain = std::fs::read(sample("crlf.mbox")).unwrap();
    let packed = zstd::encode_all(plain.as_slice(), 0).unwrap();
    let expected = printed(&["list", &sample("crlf.mbox")]);
    for bytes in [plain, packed] {
        let mut run =
            program().args(["list", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        run.stdin.take().unwrap().write_all(&bytes).unwrap();
        assert_eq!(String::from_utf8(run.wait_with_output().unwrap().stdout).unwrap(), expected);
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut run = program()
        .args(["list", &sample("election-desk.mbox"), "--json", "--full"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = run.stdout.take().unwrap();
    out.read_exact(&mut [0; 10]).unwrap();
    drop(out);
    let output = run.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[track_caller]
fn check(arguments: &[&str], code: i32, said: &str) {
    let (found, complaint) = complaint(arguments);
    assert_eq!(found, code, "{complaint}");
    assert!(complaint.contains(said), "{complaint}");
}

#[test]
fn failures_say_what_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    check(&["list", "no/such.mbox"], 1, "cannot open no/such.mbox: there is no such file\n  hint: ");
    check(&["list", &file("empty", b"")], 1, "it is empty");
    check(&["list", "no/\x1b]0;x\x07\n.mbox"], 1, r"cannot open no/\x1B]0;x\x07\x0A.mbox: there is");
    check(&["show", &file("a", b"X: y\n\n"), "<\x1b[31m>"], 1, r"has no message <\x1B[31m>");
    check(&["list", "-"], 1, "cannot open standard input: it is empty");
    check(&["list", &file("a.pst", b"!BDN....")], 1, "an Outlook data file");
    check(&["list", &file("notes.txt", b"Dear Sir,\n")], 1, "no line in it begins a message");
    check(&["list", &file("cut.gz", &[0x1f, 0x8b, 8, 0])], 1, "cannot unpack");
    let apple_mail = file("Sent.mbox/mbox", b"From a@b Mon Mar  6 09:00:00 2017\nX: y\n\n");
    let directory = Path::new(&apple_mail).parent().unwrap().to_str().unwrap();
    check(
        &["list", directory],
        1,
        &format!("it is a directory\n  hint: name the mbox file itself: {apple_mail}"),
    );
    file("Maildir/cur/1", b"X: y\n\n");
    file("Maildir/new/1", b"X: y\n\n");
    check(&["list", folder.path().join("Maildir").to_str().unwrap()], 1, "it is a Maildir");
    let desk = sample("election-desk.mbox");
    check(&["show", &desk, "292"], 1, "the mailbox has no message 292\n  hint: it has messages 1 to 291");
    check(&["show", &desk, "0"], 2, "a message is a number from 1");
    check(&["show", &desk], 2, "MESSAGE");
    check(&["list", &desk, "--no-such-flag"], 2, "--no-such-flag");
}

#[test]
fn a_single_message_file_is_a_mailbox_of_one() {
    assert_eq!(json(&["list", &sample("single.eml"), "--json"]).len(), 1);
}

#[test]
fn index_says_how_much_and_how_fast() {
    let speed = &json(&["index", &sample("election-desk.mbox"), "--json"])[0];
    assert_eq!(speed["messages"], 291);
    assert_eq!(speed["bytes"], std::fs::metadata(sample("election-desk.mbox")).unwrap().len());
    let seconds = |number: &Value| number.as_f64().unwrap();
    let phases = &speed["seconds_by_phase"];
    assert!(seconds(&phases["read"]) + seconds(&phases["thread"]) <= seconds(&speed["seconds"]));
    assert!(speed["peak_memory"].is_null() || speed["peak_memory"].as_u64() > Some(0));
}
