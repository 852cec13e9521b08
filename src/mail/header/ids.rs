//! Message-IDs, and the fields that name other messages by them.
//!
//! An id is what stands between `<` and `>` (RFC 5322 §3.6.4), as bytes, compared exactly. Blanks and
//! folds inside are taken out: no id has any, and programs that wrap long lines put them in.
//!
//! Prose of old programs is passed over (`Your message of "Mon, 6 Mar 2017" <id>`, comments, quoted
//! strings), and `Message from NAME <address> of "…" <id>` gives the id alone. Ids without their
//! brackets are taken where they can be nothing else.

use crate::mail::Anomalies;
use crate::mail::Anomaly;
use std::borrow::Cow;

/// An id without its brackets; borrowed unless blanks had to be taken out.
pub type Id<'a> = Cow<'a, [u8]>;

/// Reads a `Message-ID`: its first id, else all of it.
pub(super) fn message_id<'a>(value: &'a [u8], anomalies: &mut Anomalies) -> Option<Id<'a>> {
    if let Some(sound) = one_bracketed_id(value) {
        return Some(Cow::Borrowed(sound));
    }
    anomalies.note(Anomaly::BadMessageId);
    let mut found = Bracketed { rest: value };
    let first = found.next();
    anomalies.note_if(first.is_some() && found.next().is_some(), Anomaly::SeveralMessageIds);
    first.or_else(|| {
        let bare = value.trim_ascii();
        let bare = bare.strip_prefix(b"<").unwrap_or(bare);
        let bare = bare.strip_suffix(b">").unwrap_or(bare);
        (!bare.is_empty()).then(|| without_blanks(bare))
    })
}

/// Returns the id of a value that is `<id>`, as it should be.
fn one_bracketed_id(value: &[u8]) -> Option<&[u8]> {
    let id = value.trim_ascii().strip_prefix(b"<")?.strip_suffix(b">")?;
    let is_sound = id.iter().all(|&byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>');
    (is_sound && !id.is_empty()).then_some(id)
}

/// Reads `References`: every id, in order.
pub(super) fn references<'a>(value: &'a [u8], into: &mut Vec<Id<'a>>) {
    let before = into.len();
    into.extend(Bracketed { rest: value });
    if into.len() == before {
        let words = value.split(|byte| byte.is_ascii_whitespace() || b",<>\"".contains(byte));
        into.extend(words.filter(|word| word.contains(&b'@')).map(Cow::Borrowed));
    }
}

/// Reads `In-Reply-To`: every id in it, with the prose around them left out.
pub(super) fn in_reply_to<'a>(value: &'a [u8], into: &mut Vec<Id<'a>>) {
    let value = value.trim_ascii();
    if memchr::memchr(b'<', value).is_none() {
        let is_bare_id = value.contains(&b'@') && value.iter().all(u8::is_ascii_graphic);
        into.extend(is_bare_id.then_some(Cow::Borrowed(value)));
        return;
    }
    let mut found = Bracketed { rest: value };
    let first = found.next();
    let second = found.next();
    // The first of `Message from NAME <address> of "…" <id>` is an address.
    let is_address = second.is_some() && starts_with_word(value, b"message from");
    into.extend(first.filter(|_| !is_address));
    into.extend(second);
    into.extend(found);
}

fn starts_with_word(value: &[u8], word: &[u8]) -> bool {
    value.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The ids between `<` and `>`. A bracket that is never closed holds an id up to the next blank.
struct Bracketed<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Bracketed<'a> {
    type Item = Id<'a>;

    fn next(&mut self) -> Option<Id<'a>> {
        loop {
            let start = memchr::memchr(b'<', self.rest)?;
            let inside = self.rest.get(start + 1..)?;
            let end = memchr::memchr2(b'<', b'>', inside).unwrap_or(inside.len());
            let is_closed = inside.get(end) == Some(&b'>');
            self.rest = inside.get(end..)?;
            let id = inside.get(..end)?.trim_ascii();
            let id = if is_closed { id } else { unclosed(id) };
            if !id.is_empty() {
                return Some(without_blanks(id));
            }
        }
    }
}

/// Returns the id of a bracket that is not closed, empty where it looks like none.
fn unclosed(inside: &[u8]) -> &[u8] {
    let word = inside.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    if word.contains(&b'@') { word } else { b"" }
}

fn without_blanks(id: &[u8]) -> Id<'_> {
    if memchr::memchr3(b' ', b'\t', b'\n', id).is_some() {
        Cow::Owned(id.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect())
    } else {
        Cow::Borrowed(id)
    }
}

/// How much of a `Thread-Index` is the same for a whole conversation: 22 bytes (a time and a random
/// number), of which 29 digits of base64 hold all but two bits; each answer adds 5 bytes behind them
/// (MS-OXOMSG §2.2.1.3).
const THREAD_INDEX_ROOT_DIGITS: usize = 29;

/// Returns the part of a `Thread-Index` that names the conversation.
pub(super) fn thread_index_root(value: &[u8]) -> Option<&[u8]> {
    let root = value.trim_ascii().get(..THREAD_INDEX_ROOT_DIGITS)?;
    root.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte)).then_some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(ids: &[Id<'_>]) -> String {
        let ids: Vec<String> = ids.iter().map(|id| String::from_utf8_lossy(id).into_owned()).collect();
        ids.join("|")
    }

    #[track_caller]
    fn own(value: &str, expected: &str, odd: &[Anomaly]) {
        let mut anomalies = Anomalies::default();
        let id = message_id(value.as_bytes(), &mut anomalies);
        assert_eq!(shown(id.as_slice()), expected, "in {value:?}");
        assert_eq!(anomalies.iter().collect::<Vec<_>>(), odd, "in {value:?}");
    }

    #[track_caller]
    fn refers(value: &str, expected: &str) {
        let mut ids = Vec::new();
        references(value.as_bytes(), &mut ids);
        assert_eq!(shown(&ids), expected, "in {value:?}");
    }

    #[track_caller]
    fn answers(value: &str, expected: &str) {
        let mut ids = Vec::new();
        in_reply_to(value.as_bytes(), &mut ids);
        assert_eq!(shown(&ids), expected, "in {value:?}");
    }

    #[test]
    fn the_id_of_a_message() {
        own(" <a@b.example>", "a@b.example", &[]);
        own("\n <a@b.example> ", "a@b.example", &[]);
        own("a@b.example", "a@b.example", &[Anomaly::BadMessageId]);
        own("<a@b> (added by c@d)", "a@b", &[Anomaly::BadMessageId]);
        own("<a@b> <c@d>", "a@b", &[Anomaly::BadMessageId, Anomaly::SeveralMessageIds]);
        own("<a@b", "a@b", &[Anomaly::BadMessageId]);
        own("<a\n b@c>", "ab@c", &[Anomaly::BadMessageId]);
        own("<no-at>", "no-at", &[]);
        own("<>", "", &[Anomaly::BadMessageId]);
        own("", "", &[Anomaly::BadMessageId]);
    }

    #[test]
    fn ids_of_references() {
        refers("<a@b> <c@d>\n\t<e@f>", "a@b|c@d|e@f");
        refers("<a@b><c@d>,<e@f>", "a@b|c@d|e@f");
        refers("<a@b <c@d>", "a@b|c@d");
        refers("<a@b> <c@d", "a@b|c@d");
        refers("<a@b> <cut", "a@b");
        refers("a@b c@d", "a@b|c@d");
        refers("<a\n\tb@c> < d@e >", "ab@c|d@e");
        refers("nothing here", "");
        refers("", "");
    }

    #[test]
    fn ids_amid_the_prose_of_in_reply_to() {
        answers("<a@b>", "a@b");
        answers("a@b.example", "a@b.example");
        answers("Your message of \"Mon, 6 Mar 2017 09:00 PST.\" <a@b>", "a@b");
        answers("<a@b> (Anna's message of \"Mon, 6 Mar\"), <c@d>", "a@b|c@d");
        answers("Message from Anna <anna@desk.example> of \"Mon.\" <a@b>", "a@b");
        answers("anna@desk.example's message of \"Mon, 6 Mar 2017\"", "");
        answers("Anna's message of Monday", "");
        answers("", "");
    }

    #[test]
    fn hostile_ids_take_linear_time() {
        refers(&"<".repeat(1 << 20), "");
        refers(&"<a ".repeat(1 << 18), "");
        answers(&"<".repeat(1 << 20), "");
    }

    #[test]
    fn the_root_of_a_thread_index() {
        let root = b"AdKX2w4QIvz5VxQsSmWc2m8Z0kq4pAAA";
        let child = b" AdKX2w4QIvz5VxQsSmWc2m8Z0kq4pAAB1234";
        assert_eq!(thread_index_root(root), thread_index_root(child));
        assert_eq!(thread_index_root(b"AdKX2w4Q"), None);
        assert_eq!(thread_index_root(b"this is not an index of any thread"), None);
    }
}
