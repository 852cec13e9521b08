//! Undoing `>From`, for reading.
//!
//! Programs that write mailboxes put a `>` before body lines that begin `From ` (mboxo), or before
//! those that begin with any number of `>` and then `From ` (mboxrd). Taking one `>` off is right for
//! both but for mboxo's `>>From `, which nobody can tell.
//!
//! Not for digests or export: those are of the file's own bytes.

use memchr::memmem;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Made ready once: a message is short, and there are millions.
static QUOTED: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(b">From "));

/// Takes one `>` off every line that begins with some `>` and `From `.
///
/// ```
/// assert_eq!(&*tranche::mbox::unquote(b"Hi\n>From now on\n>>From a\n"), b"Hi\nFrom now on\n>From a\n");
/// ```
pub fn unquote(message: &[u8]) -> Cow<'_, [u8]> {
    let mut kept: Vec<u8> = Vec::new();
    let mut copied = 0;
    for found in QUOTED.find_iter(message) {
        let Some(before) = message.get(..found) else { break };
        let run = before.iter().rev().take_while(|&&byte| byte == b'>').count();
        let quote = found - run;
        let begins_a_line = quote == 0 || before.get(quote - 1) == Some(&b'\n');
        if begins_a_line {
            kept.extend_from_slice(message.get(copied..quote).unwrap_or_default());
            copied = quote + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(message);
    }
    kept.extend_from_slice(message.get(copied..).unwrap_or_default());
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, read: &str) {
        assert_eq!(&*unquote(written.as_bytes()), read.as_bytes());
    }

    #[test]
    fn one_quote_goes() {
        check(">From here", "From here");
        check("a\n>>>From here\r\nb\n>From there\n", "a\n>>From here\r\nb\nFrom there\n");
        check("a >From here\n> From there\n>Fromage\n", "a >From here\n> From there\n>Fromage\n");
        check("", "");
    }
}
