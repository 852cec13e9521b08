//! MIME trees, against `parts.jsonl`: the same containers, leaves, names, lengths and decoded bytes.

use super::shelf;
use serde_json::Value;
use serde_json::json;
use sha2::Digest;
use sha2::Sha256;
use tranche::mail;
use tranche::mail::Part;
use tranche::mbox;

/// One program drops the last line end of a multipart that nothing ends; the other and we keep it.
const UNCLOSED: &str = "the last line end before a missing boundary";
/// One program gives up on base64 with a letter too many; the other and we decode what there is.
const BASE64_LENGTH: &str = "base64 that does not come out even";
/// A list's footer stands behind the padding: we leave it out, the programs decode it or give up.
const BASE64_FOOTER: &str = "a footer behind base64";
/// Nothing stands before the end of the multipart but a blank line: no part, or one of one byte.
const NO_PARTS: &str = "a multipart that ends before it begins";
/// Ruled lines of `=` in quoted-printable.
const RULES: &str = "lines of = in quoted-printable";

/// Where our tree is another one, and why. In all of them the two programs differ between themselves.
const DIFFERENCES: &[(&str, &str, &[usize])] = &[
    ("linux-man-2019-2022", NO_PARTS, &[997]),
    ("sa-hard-ham-a", RULES, &[2]),
    ("sa-hard-ham-a", UNCLOSED, &[10]),
    ("sa-spam", UNCLOSED, &[37]),
    ("sa-spam", BASE64_LENGTH, &[259, 306]),
    ("sa-spam", BASE64_FOOTER, &[312]),
];

#[test]
fn trees_are_those_of_other_programs() {
    for real in shelf::boxes("parts") {
        let mailbox = real.mailbox();
        let rows = real.rows("parts.jsonl");
        let split = mbox::split(&mailbox);
        let mut found = Vec::new();
        for (number, (slot, row)) in split.messages.iter().zip(&rows).enumerate() {
            let message = mbox::message_of(slot.range.of(&mailbox));
            // The programs saw each mailbox as it is, but for two that were quoted afterwards.
            let is_equal = |bytes: &[u8]| tree_of(bytes) == row["parts"];
            if !is_equal(&mbox::unquote(message)) && !is_equal(message) {
                found.push(number);
            }
        }
        assert_eq!(found, shelf::listed(DIFFERENCES, &real.name), "differences in {}", real.name);
        assert!(found.len() * 50 <= rows.len(), "{} differences in {}", found.len(), real.name);
    }
}

/// A tree as the corpora write it: `[path, type]` for what holds parts, `[path, type, name, length,
/// digest]` for what does not.
pub fn tree_of(message: &[u8]) -> Value {
    let mut rows = Vec::new();
    write(&mail::read_message(message).root, message, "", &mut rows);
    Value::Array(rows)
}

fn write(part: &Part, message: &[u8], path: &str, rows: &mut Vec<Value>) {
    let is_report = part.content_type.starts_with("message/");
    match (part.parts.is_empty(), is_report) {
        (false, _) => rows.push(json!([path, part.content_type])),
        // The corpora have no length of a report about mail.
        (true, true) => rows.push(json!([path, part.content_type, part.filename, null, null])),
        (true, false) => {
            let digest = format!("{:x}", Sha256::digest(mail::bytes_of_part(message, part)));
            rows.push(json!([path, part.content_type, part.filename, part.size, digest[..16]]));
        }
    }
    for (place, inner) in part.parts.iter().enumerate() {
        let step = if is_report { "m".to_owned() } else { (place + 1).to_string() };
        let below = if path.is_empty() { step } else { format!("{path}.{step}") };
        write(inner, message, &below, rows);
    }
}
