//! Who answers whom in other programs' test mailboxes, against Dovecot and Perl's Mail::Thread.
//!
//! imaptest's own expectations are those of THREAD=REFERENCES and ORDEREDSUBJECT, which go on to join
//! by subject. We do so only for answers that refer to nothing, and never say that it is their parent;
//! before that step (THREAD=REFS) Dovecot and we say the same of its mailboxes.

use super::shelf;
use super::threads::parents;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tranche::bytes::ByteOffset;
use tranche::bytes::ByteRange;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::Segment;
use tranche::mbox;
use tranche::mbox::Slot;
use tranche::threads::Forest;

/// Its ninth message has no header, which no separator of ours has behind it. Nothing in it refers to
/// anything, and no two others of its messages answer each other.
const SPLIT_OTHERWISE: &str = "dovecot-imaptest/thread-orderedsubject.mbox";

/// Messages, counted from 0, of which we do not say what Dovecot says: nothing is there that its References
/// name, and what In-Reply-To names is. Mail::Thread says so too.
const NOT_AS_DOVECOT: [(&str, usize); 1] = [("notmuch/threading/parent-priority", 0)];

/// Messages, counted from 0, of which we do not say what Mail::Thread says. Of all of them we say what
/// Dovecot says.
const NOT_AS_MAIL_THREAD: [(&str, usize, &str); 6] = [
    ("dovecot-imaptest/thread.mbox", 2, "its own parent would close a loop; what others presumed is gone"),
    ("dovecot-imaptest/thread2.mbox", 0, REPEATED),
    ("dovecot-imaptest/thread3.mbox", 0, REPEATED),
    ("mail-thread/testbox-5", 2, IN_REPLY_TO),
    ("notmuch/default", 3, REPEATED),
    ("notmuch/default", 15, "its parent's id is repeated, and the first copy owns it"),
];

const REPEATED: &str = "its id is repeated, and Mail::Thread keeps the last copy alone";
const IN_REPLY_TO: &str =
    "messages are there that its References name, so that In-Reply-To is not asked; Mail::Thread adds it";

#[test]
fn test_mailboxes_of_others_have_the_parents_they_expect() {
    let Some(corpora) = shelf::folder("peers_threads") else { return };
    let peers = corpora.join("peers");
    let answers = String::from_utf8(shelf::read(&peers.join("_threads.json"))).expect("answers are UTF-8");
    let answers: Vec<Value> = serde_json::from_str(&answers).expect("answers are JSON");
    let (mut unlike_dovecot, mut unlike_mail_thread) = (Vec::new(), Vec::new());
    for answer in &answers {
        let file = answer["file"].as_str().expect("an answer names its file");
        let corpus = corpus_of(&peers.join(file), &answer["files"]);
        let found = parents(&Forest::of(&corpus), corpus.len());
        if file == SPLIT_OTHERWISE {
            assert_eq!(found, [None; 14]);
            continue;
        }
        let found: Vec<Value> = found.into_iter().map(Value::from).collect();
        let unlike = |others: &str| -> Vec<(&str, usize)> {
            let others = answer[others].as_array().expect("an answer has parents");
            assert_eq!(others.len(), found.len(), "{file}");
            let differ = |&number: &usize| found[number] != others[number];
            (0..found.len()).filter(differ).map(|number| (file, number)).collect()
        };
        unlike_dovecot.extend(unlike("parent_refs"));
        unlike_mail_thread.extend(unlike("parent_mailthread"));
    }
    assert_eq!(unlike_dovecot, NOT_AS_DOVECOT);
    assert_eq!(unlike_mail_thread, NOT_AS_MAIL_THREAD.map(|(file, number, _)| (file, number)));
}

/// The corpus of a mailbox, or of a folder of messages taken in the order that `files` names.
fn corpus_of(path: &Path, files: &Value) -> Corpus {
    let mut mailbox = Vec::new();
    let slots = match files.as_array() {
        Some(files) => {
            files.iter().map(|file| appended(&mut mailbox, &path.join(file.as_str().unwrap()))).collect()
        }
        None => {
            mailbox = unpacked(path);
            mbox::split(&mailbox).messages
        }
    };
    let segment = Segment::of_slots(&mailbox, &slots, IdKey::default());
    Corpus::default().grown([Arc::new(segment)])
}

/// Puts a file behind the others, and returns its place.
fn appended(mailbox: &mut Vec<u8>, path: &Path) -> Slot {
    let start = ByteOffset(mailbox.len() as u64);
    mailbox.extend(shelf::read(path));
    Slot { range: ByteRange::new(start, ByteOffset(mailbox.len() as u64)), is_doubtful: false }
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = shelf::read(path);
    if path.extension().is_none_or(|ending| ending != "gz") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    std::io::copy(&mut flate2::read::MultiGzDecoder::new(&*bytes), &mut unpacked).unwrap();
    unpacked
}
