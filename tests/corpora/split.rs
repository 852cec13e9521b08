//! Where messages begin and end, against the rulings of `split.tsv`.

use super::shelf;
use sha2::Digest;
use sha2::Sha256;
use tranche::mbox;

#[test]
fn every_message_has_the_ruled_offset_length_and_digest() {
    for real in shelf::boxes("split") {
        let mailbox = real.mailbox();
        let split = mbox::split(&mailbox);
        let ruled = real.lines("split.tsv");
        assert_eq!(split.messages.len(), ruled.len(), "messages of {}", real.name);
        for (slot, line) in split.messages.iter().zip(&ruled) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [_, from_offset, message_offset, length, digest] = columns[..] else { panic!("{line}") };
            let bytes = slot.range.of(&mailbox);
            let message = mbox::message_of(bytes);
            let begins = slot.range.start().plus(mbox::separator_len(bytes));
            let found = (slot.range.start().0.to_string(), begins.0.to_string(), message.len().to_string());
            let wanted = (from_offset.to_owned(), message_offset.to_owned(), length.to_owned());
            assert_eq!(found, wanted, "{}: {line}", real.name);
            // Two mailboxes were quoted by those who made the corpora; the ruling is of what they quoted.
            let unquoted = mbox::unquote(message);
            let digests = [message, &*unquoted].map(|bytes| format!("{:x}", Sha256::digest(bytes)));
            assert!(digests.iter().any(|found| found == digest), "{}: digest of {line}", real.name);
        }
    }
}
