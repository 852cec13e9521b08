//! How a person names one message on the command line.

use crate::bytes::ByteOffset;
use crate::corpus::MessageNo;
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// One message, as it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageRef {
    /// Its number, counted from 1 by people.
    Number(MessageNo),
    /// Its Message-ID, without `<>`.
    Id(String),
    /// A place within its range.
    Offset(ByteOffset),
    /// The beginning of its SHA-256, in lower-case hexadecimal digits.
    Digest(String),
}

/// The name of a message that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadMessageRef(&'static str);

/// The fewest digits of a digest that can be meant to be one.
const FEWEST_DIGEST_DIGITS: usize = 8;

impl FromStr for MessageRef {
    type Err = BadMessageRef;

    fn from_str(typed: &str) -> Result<Self, BadMessageRef> {
        if let Some(id) = typed.strip_prefix('<') {
            return Ok(Self::Id(id.strip_suffix('>').unwrap_or(id).to_owned()));
        }
        if let Some(offset) = typed.strip_prefix('@') {
            let offset =
                offset.parse().map_err(|_| BadMessageRef("@ wants a place in bytes, such as @81920"))?;
            return Ok(Self::Offset(ByteOffset(offset)));
        }
        if let Some(digest) = typed.strip_prefix("sha256:") {
            return digest_prefix(digest).map(Self::Digest);
        }
        let number = typed.parse().ok().and_then(MessageNo::from_ordinal);
        number
            .map(Self::Number)
            .ok_or(BadMessageRef("a message is a number from 1, a Message-ID in <>, @OFFSET or sha256:HEX"))
    }
}

fn digest_prefix(digits: &str) -> Result<String, BadMessageRef> {
    let is_digest = (FEWEST_DIGEST_DIGITS..=64).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_digest
        .then(|| digits.to_ascii_lowercase())
        .ok_or(BadMessageRef("sha256: wants 8 to 64 hexadecimal digits"))
}

impl fmt::Display for MessageRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(out, "{number}"),
            Self::Id(id) => write!(out, "<{id}>"),
            Self::Offset(offset) => write!(out, "@{offset}"),
            Self::Digest(digest) => write!(out, "sha256:{digest}"),
        }
    }
}

impl fmt::Display for BadMessageRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

impl Error for BadMessageRef {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<&MessageRef>) {
        assert_eq!(typed.parse().ok().as_ref(), expected);
    }

    #[test]
    fn messages_are_named_in_four_ways() {
        check("17", Some(&MessageRef::Number(MessageNo(16))));
        check("<a@b.example>", Some(&MessageRef::Id("a@b.example".into())));
        check("@81920", Some(&MessageRef::Offset(ByteOffset(81920))));
        check("sha256:0123ABCD", Some(&MessageRef::Digest("0123abcd".into())));
        for wrong in ["0", "-1", "x", "", "@", "@-1", "sha256:0123abc", "sha256:0123abcx"] {
            check(wrong, None);
        }
    }
}
