//! What a file is that is no mailbox, by its first bytes: only to tell a person what to do.

use crate::bytes::ByteRange;
use crate::mbox;
use std::fmt;

/// What a file without mail looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is in it.
    Empty,
    /// Something that can be named, and what to do about it.
    Named(&'static str, &'static str),
    /// Text whose lines end in CR alone.
    OldMac,
    /// Text of some kind.
    Text,
    /// Anything else.
    Binary,
}

/// First bytes, where they stand, what they say, and what helps.
const SIGNATURES: [(usize, &[u8], &str, &str); 16] = [
    (0, b"!BDN", "an Outlook data file (PST or OST)", "turn it into mbox first, for example with readpst"),
    (0, b"PK\x03\x04", "a zip archive", "unpack it and open the mbox file in it"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "unpack it and open the mbox file in it"),
    (0, b"Rar!\x1A\x07", "a RAR archive", "unpack it and open the mbox file in it"),
    (0, b"\xFD7zXZ\0", "a file packed with xz", "unpack it first: xz -dc FILE | tranche -"),
    (0, b"BZh", "a file packed with bzip2", "unpack it first: bzip2 -dc FILE | tranche -"),
    (0, b"\xD0\xCF\x11\xE0", "an Outlook message (MSG) or an old Office file", "save it as .eml first"),
    (
        0,
        b"\xCF\xAD\x12\xFE",
        "an Outlook Express folder (DBX)",
        "turn it into mbox first, for example with undbx",
    ),
    (0, b"SQLite format 3", "a SQLite database", "export its mail as mbox first"),
    (0, b"%PDF-", "a PDF", "tranche reads mail, not documents"),
    (0, b"\x7FELF", "a program", "name a mailbox"),
    (0, b"\x89PNG", "a picture", "name a mailbox"),
    (0, b"\xFF\xD8\xFF", "a picture", "name a mailbox"),
    (0, b"<!DOCTYPE", "a web page", "name the mbox file itself"),
    (0, b"<html", "a web page", "name the mbox file itself"),
    (257, b"ustar", "a tar archive", "unpack it and open the mbox file in it"),
];

/// How much is looked at to tell text from other bytes.
const LOOKED_AT_BYTES: usize = 4096;

/// Returns nothing where there is mail, and else what there is.
///
/// The whole file is looked through only when its beginning is no mail.
pub(super) fn expect_mail(bytes: &[u8]) -> Result<(), Kind> {
    if bytes.is_empty() {
        return Err(Kind::Empty);
    }
    let has_mail =
        mbox::begins_with_a_field(bytes) || mbox::separators(bytes, ByteRange::all(bytes)).next().is_some();
    if has_mail && !ends_lines_in_cr(bytes) { Ok(()) } else { Err(kind_of(bytes)) }
}

/// Returns whether the first lines end as on Macs before 2001.
fn ends_lines_in_cr(bytes: &[u8]) -> bool {
    let start = bytes.get(..LOOKED_AT_BYTES).unwrap_or(bytes);
    start.contains(&b'\r') && !start.contains(&b'\n')
}

fn kind_of(bytes: &[u8]) -> Kind {
    let is_here = |place: usize, signature: &[u8]| {
        bytes.get(place..place + signature.len()).is_some_and(|found| found.eq_ignore_ascii_case(signature))
    };
    for (place, signature, name, hint) in SIGNATURES {
        if is_here(place, signature) {
            return Kind::Named(name, hint);
        }
    }
    let start = bytes.get(..LOOKED_AT_BYTES).unwrap_or(bytes);
    match start.contains(&0) {
        true => Kind::Binary,
        false if ends_lines_in_cr(bytes) => Kind::OldMac,
        false => Kind::Text,
    }
}

impl Kind {
    /// Returns what a person can do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Empty => "nothing to read; was it copied to the end?",
            Self::Named(_, hint) => hint,
            Self::OldMac => {
                "give it the line ends of today: tr '\\r' '\\n' < OLD > NEW; offsets stay as they are"
            }
            Self::Text | Self::Binary => {
                "in an mbox file each message begins with a line such as: From anna@desk.example Mon Mar  6 09:00:00 2017"
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Empty => "it is empty",
            Self::Named(name, _) => return write!(out, "it is {name}, not an mbox file"),
            Self::OldMac => "its lines end in CR alone, as on old Macs, and cannot be told apart",
            Self::Text => "it is text, but no line in it begins a message",
            Self::Binary => "it is not an mbox file",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(expect_mail(bytes).err().map(|kind| kind.to_string()).as_deref(), expected);
    }

    #[test]
    fn what_is_no_mail_is_named() {
        check(b"From a@b Mon Mar  6 09:00:00 2017\nSubject: x\n\n", None);
        check(b"Received: from here\nSubject: x\n\n", None);
        check(b"", Some("it is empty"));
        check(b"PK\x03\x04....", Some("it is a zip archive, not an mbox file"));
        check(b"!BDN....", Some("it is an Outlook data file (PST or OST), not an mbox file"));
        check(b"Dear Sir,\n", Some("it is text, but no line in it begins a message"));
        let old_mac = Some("its lines end in CR alone, as on old Macs, and cannot be told apart");
        check(b"From a@b Mon Mar  6 09:00:00 2017\rSubject: x\r\rWords.\r", old_mac);
        check(b"Subject: x\r\rWords.\r", old_mac);
        check(b"\0\x01\x02", Some("it is not an mbox file"));
    }
}
