//! What a person reads first of each message, against `bodies.jsonl`.

use super::shelf;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;
use tranche::mail;
use tranche::mbox;

/// It declares ISO-8859-1 and has bytes from 0x80 to 0x9F: windows-1252 has dashes and quotes there,
/// ISO-8859-1 has controls that nobody means.
const WINDOWS_1252: &str = "letters that only windows-1252 has";
/// HTML and then a plain part by the list server. The programs prefer the plain one, wherever it
/// stands; a person wants the message, and finds the footer behind it.
const FOOTER: &str = "the plain part is a list's footer";
/// The plain form of an alternative is blank, so the other is read.
const BLANK: &str = "the plain form is blank";
/// The plain form only says that there is another one.
const STUB: &str = "the plain form is an apology";
/// A mark at the beginning of the text is none of its letters.
const BYTE_ORDER_MARK: &str = "begins with a byte order mark";
/// ISO-2022-JP has one minus sign, which Unicode's tables make U+2212 and browsers' U+FF0D.
const MINUS: &str = "another minus sign in ISO-2022-JP";

/// Where ours is another body than the one that two programs agree on, and why.
const DIFFERENCES: &[(&str, &str, &[usize])] = &[
    ("linux-man-2019-2022", WINDOWS_1252, &[324, 9342]),
    ("linux-man-2019-2022", MINUS, &[7576, 7617]),
    ("sa-easy-ham", WINDOWS_1252, &[6, 8, 183, 185, 243, 246, 265, 492, 557, 2432, 2482]),
    ("sa-hard-ham-a", WINDOWS_1252, &[75]),
    ("sa-hard-ham-a", STUB, &[83, 84]),
    ("sa-spam", WINDOWS_1252, &[55, 68, 84, 111, 154, 246, 256, 257, 268, 358, 360]),
    ("sa-spam", FOOTER, &[125]),
    ("usrp-users-2019-2020", WINDOWS_1252, &[1631, 2631, 2648, 2757, 2761, 2919]),
    ("usrp-users-2019-2020", BLANK, &[911, 1570, 1576, 1625]),
    ("usrp-users-2019-2020", BYTE_ORDER_MARK, &[2373]),
    ("usrp-users-2019-2020", FOOTER, &[1098, 1557, 1581, 1691, 1692, 2036, 2053, 2059, 2075, 2076, 2790]),
    ("usrp-users-2019-2020", FOOTER, &[3152, 3153, 3303, 3378, 3380, 3495, 3504, 3529, 3621, 3624]),
    ("usrp-users-2019-2020", FOOTER, &[3658, 3661, 3667, 3673, 3678]),
];

#[test]
fn plain_bodies_are_those_that_two_programs_agree_on() {
    let (mut different, mut compared) = (0, 0);
    for real in shelf::boxes("bodies") {
        let mut found = Vec::new();
        for (number, readings, row) in bodies(&real) {
            let Some(ruled) = ruling(&row).filter(|_| row["body"]["ctype"] == "text/plain") else { continue };
            compared += 1;
            if !readings.contains(&ruled) {
                found.push(number);
            }
        }
        assert_eq!(found, shelf::listed(DIFFERENCES, &real.name), "differences in {}", real.name);
        different += found.len();
    }
    assert!(different * 200 <= compared, "{different} of {compared} are different: more than 0.5 %");
}

/// What two programs agree on; where 8-bit text has no charset they cannot, and the corpora settled on
/// UTF-8, else windows-1252.
fn ruling(row: &Value) -> Option<String> {
    let settled = &row["body"]["fallback"]["sha256"];
    let agreed = &row["body"]["sha256"];
    let ruled = if row["agree"] == true { agreed } else { settled };
    ruled.as_str().map(str::to_owned)
}

/// The digests of each message's body, with `>From` as in the file and undone: nine mailboxes are
/// compared as they are, two were quoted by those who made the corpora.
fn bodies(real: &shelf::Box) -> Vec<(usize, Vec<String>, Value)> {
    let mailbox = real.mailbox();
    let split = mbox::split(&mailbox);
    let rows = real.rows("bodies.jsonl").into_iter();
    let digests = split.messages.iter().map(|slot| {
        let message = mbox::message_of(slot.range.of(&mailbox));
        let unquoted = mbox::unquote(message);
        let mut readings = vec![digest_of_body(&unquoted)];
        if *unquoted != *message {
            readings.push(digest_of_body(message));
        }
        readings
    });
    digests.zip(rows).enumerate().map(|(number, (digests, row))| (number, digests, row)).collect()
}

/// The digest that the corpora have: line ends are LF, and those at the end are not counted.
pub fn digest_of_body(message: &[u8]) -> String {
    let read = mail::read_message(message);
    let text = read.body().map_or("", |body| body.text.as_str());
    format!("{:x}", Sha256::digest(text.trim_end_matches('\n')))
}
