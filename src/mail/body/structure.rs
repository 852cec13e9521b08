//! The MIME tree of a message: where each part begins and ends.
//!
//! One pass finds every line that begins with `--` and compares it with the boundaries that are open,
//! the innermost first; a boundary further out ends all that is open within it (RFC 2046 §5.1.2). So
//! a missing end, a missing blank line and a boundary that never comes cost nobody their text: a
//! part goes on to where the next one begins, and a multipart without a boundary is a leaf.
//!
//! At most [`MAX_DEPTH`] levels are taken apart; what is nested deeper stays one part. A message that
//! was attached under base64 or quoted-printable, which RFC 2046 §5.2.1 forbids and some programs do,
//! is read from its decoded bytes, at most [`MAX_WRAPPERS`] times within each other.
//!
//! Not here: the length and text of parts (see `readable`), or what is a person's to read.

use super::bounds::Bounds;
use super::bounds::Delimiter;
use super::describe;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Part;
use crate::mail::Wrapper;
use crate::mail::header::fields::fields;
use crate::mail::transfer;
use crate::mail::transfer::TransferEncoding;
use crate::mbox;
use memchr::memchr;
use memchr::memmem;
use std::sync::Arc;
use std::sync::LazyLock;

/// Levels that are taken apart: more than any mail program makes, few enough to recurse over, and
/// few enough for those who read the tree as JSON.
pub const MAX_DEPTH: usize = 100;

/// Encoded messages within encoded messages; each costs a copy of what it holds.
const MAX_WRAPPERS: usize = 4;

/// Made ready once: a message is short, and there are millions.
static LINE_OF_DASHES: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(b"\n--"));

/// Parts of one multipart: as many as a path can count.
const MAX_PARTS: usize = u16::MAX as usize;

/// Returns the tree of a message, sizes left out, and what was odd about it.
pub fn tree(message: &[u8]) -> (Part, Anomalies) {
    let mut builder = Builder::new(message, None, 0);
    let mut root = builder.build();
    number(&mut root, &[]);
    (root, builder.anomalies)
}

/// Gives every part its path.
fn number(part: &mut Part, path: &[u16]) {
    part.path = path.to_vec();
    for (place, inner) in (0..=u16::MAX).zip(&mut part.parts) {
        number(inner, &[path, &[place]].concat());
    }
}

/// A part that has begun.
struct Open {
    part: Part,
    body: usize,
    kind: Kind,
}

enum Kind {
    Leaf,
    /// A message whose root is its one part.
    Message,
    Multipart(Bounds),
}

struct Builder<'a> {
    bytes: &'a [u8],
    wrapper: Option<Arc<Wrapper>>,
    /// How deep the bytes lie within the whole message.
    depth: usize,
    open: Vec<Open>,
    anomalies: Anomalies,
}

impl<'a> Builder<'a> {
    fn new(bytes: &'a [u8], wrapper: Option<Arc<Wrapper>>, depth: usize) -> Self {
        Self { bytes, wrapper, depth, open: Vec::new(), anomalies: Anomalies::default() }
    }

    fn build(&mut self) -> Part {
        let mut begins = Some(0);
        while let Some(start) = begins {
            let body = self.open_part(start);
            let is_message = self.open.last().is_some_and(|open| matches!(open.kind, Kind::Message));
            begins = if is_message { Some(body) } else { self.next_part(body) };
        }
        self.close_above(0, self.bytes.len());
        self.open.pop().map(|root| self.closed(root, self.bytes.len())).unwrap_or_default()
    }

    /// Reads the header at `start`, opens the part that it describes, and returns where its body begins.
    fn open_part(&mut self, start: usize) -> usize {
        let header = self.bytes.get(start..self.header_limit(start)).unwrap_or_default();
        let mut fields = fields(header);
        let (mut part, boundary) = describe::describe(fields.by_ref(), self.default_type());
        let body = start + fields.body_start();
        part.wrapper = self.wrapper.clone();
        let kind = self.kind(&part, boundary, body);
        self.open.push(Open { part, body, kind });
        body
    }

    fn kind(&mut self, part: &Part, boundary: Option<Vec<u8>>, body: usize) -> Kind {
        let is_multipart = part.content_type.starts_with("multipart/");
        if !is_multipart && !is_message(part) {
            return Kind::Leaf;
        }
        if self.depth + self.open.len() >= MAX_DEPTH {
            self.anomalies.note(Anomaly::NestedTooDeep);
            return Kind::Leaf;
        }
        match boundary {
            _ if !is_multipart && self.encoding_of_message(part, body) != TransferEncoding::Identity => {
                Kind::Leaf
            }
            _ if !is_multipart => Kind::Message,
            Some(boundary) => Kind::Multipart(Bounds::new(boundary)),
            None => {
                self.anomalies.note(Anomaly::BadMultipart);
                Kind::Leaf
            }
        }
    }

    /// Returns how an attached message is encoded; one that says base64 and begins with a field is not.
    fn encoding_of_message(&self, part: &Part, body: usize) -> TransferEncoding {
        match part.transfer_encoding() {
            TransferEncoding::Base64
                if mbox::begins_with_a_field(self.bytes.get(body..).unwrap_or_default()) =>
            {
                TransferEncoding::Identity
            }
            encoding => encoding,
        }
    }

    /// Closes the parts that end at the next delimiter, and returns where the next part begins.
    fn next_part(&mut self, from: usize) -> Option<usize> {
        let mut from = from;
        loop {
            let delimiter = self.next_delimiter(from)?;
            self.close_above(delimiter.level + 1, delimiter.line_start);
            if let Some(Open { kind: Kind::Multipart(bounds), .. }) = self.open.last_mut() {
                bounds.saw(&delimiter);
            }
            // Two delimiters with nothing between them, not even a blank line, hold no part.
            let next_line = self.bytes.get(delimiter.line_end..self.line_end(delimiter.line_end));
            let is_repeated = next_line.is_some_and(|line| self.delimits(line).is_some());
            if !delimiter.is_end && !is_repeated {
                return Some(delimiter.line_end);
            }
            from = delimiter.line_end;
        }
    }

    fn next_delimiter(&self, from: usize) -> Option<Delimiter> {
        let is_waiting = |open: &Open| matches!(&open.kind, Kind::Multipart(bounds) if !bounds.is_ended());
        if !self.open.iter().any(is_waiting) {
            return None;
        }
        let mut line_start = from;
        loop {
            let rest = self.bytes.get(line_start..)?;
            if !rest.starts_with(b"--") {
                line_start += LINE_OF_DASHES.find(rest)? + 1;
            }
            let line_end = self.line_end(line_start);
            let line = self.bytes.get(line_start..line_end)?;
            if let Some((level, is_end)) = self.delimits(line) {
                return Some(Delimiter { line_start, line_end, level, is_end });
            }
            line_start = line_end;
        }
    }

    /// Returns which open multipart a line belongs to, the innermost first, and whether it ends it.
    fn delimits(&self, line: &[u8]) -> Option<(usize, bool)> {
        let written = line.strip_prefix(b"--")?.trim_ascii_end();
        self.open.iter().enumerate().rev().find_map(|(level, open)| match &open.kind {
            Kind::Multipart(bounds) if !bounds.is_ended() && open.part.parts.len() + 1 < MAX_PARTS => {
                Some((level, bounds.is_end(written)?))
            }
            _ => None,
        })
    }

    /// Returns where a header at `start` must end: after its blank line, or before a delimiter.
    fn header_limit(&self, start: usize) -> usize {
        let mut line_start = start;
        while let Some(line) = self.bytes.get(line_start..self.line_end(line_start)) {
            let is_over = line.is_empty() || (line.starts_with(b"--") && self.delimits(line).is_some());
            if is_over {
                break;
            }
            line_start += line.len();
            if matches!(line, b"\n" | b"\r\n") {
                break;
            }
        }
        line_start
    }

    fn line_end(&self, line_start: usize) -> usize {
        let rest = self.bytes.get(line_start..).unwrap_or_default();
        memchr(b'\n', rest).map_or(self.bytes.len(), |end| line_start + end + 1)
    }

    /// Returns the type of a part that names none (RFC 2046 §5.1.5).
    fn default_type(&self) -> &'static str {
        match self.open.last() {
            Some(open) if open.part.content_type == "multipart/digest" => "message/rfc822",
            _ => "text/plain",
        }
    }

    /// Closes every part deeper than `level`; they end before the line at `line_start`.
    fn close_above(&mut self, level: usize, line_start: usize) {
        while self.open.len() > level.max(1) {
            let Some(open) = self.open.pop() else { break };
            let part = self.closed(open, self.without_line_end(line_start));
            if let Some(outer) = self.open.last_mut() {
                outer.part.parts.push(part);
            }
        }
    }

    /// The line end before a delimiter belongs to it (RFC 2046 §5.1.1); at the end of the message there
    /// is no delimiter.
    fn without_line_end(&self, end: usize) -> usize {
        if end == self.bytes.len() {
            return end;
        }
        let before = self.bytes.get(..end).unwrap_or_default();
        let before = before.strip_suffix(b"\n").unwrap_or(before);
        before.strip_suffix(b"\r").unwrap_or(before).len()
    }

    fn closed(&mut self, open: Open, end: usize) -> Part {
        let Open { mut part, body, kind } = open;
        part.range = range(body, end);
        match kind {
            Kind::Multipart(bounds) => {
                self.anomalies.note_if(!bounds.is_ended(), Anomaly::BadMultipart);
                if !part.parts.is_empty() {
                    let (first, after_last) = bounds.seen();
                    part.preamble = range(body, first.unwrap_or(body));
                    part.epilogue = range(after_last.unwrap_or(end), end);
                }
            }
            Kind::Leaf if is_message(&part) => self.read_wrapped(&mut part),
            Kind::Leaf | Kind::Message => {}
        }
        part
    }

    /// Reads the tree of an encoded message from its decoded bytes.
    fn read_wrapped(&mut self, part: &mut Part) {
        let depth = self.depth + self.open.len() + 1;
        let wrappers =
            std::iter::successors(self.wrapper.as_deref(), |wrapper| wrapper.outer.as_deref()).count();
        if depth >= MAX_DEPTH || wrappers >= MAX_WRAPPERS {
            self.anomalies.note(Anomaly::NestedTooDeep);
            return;
        }
        let encoding = part.transfer_encoding();
        let decoded = transfer::decode(part.range.of(self.bytes), encoding);
        let wrapper = Wrapper { range: part.range, encoding, outer: self.wrapper.clone() };
        let mut inner = Builder::new(&decoded.bytes, Some(Arc::new(wrapper)), depth);
        part.parts.push(inner.build());
        part.is_wrapper = true;
        self.anomalies = self.anomalies.and(inner.anomalies);
    }
}

fn range(start: usize, end: usize) -> ByteRange {
    ByteRange::new(ByteOffset(start as u64), ByteOffset(end as u64))
}

/// Returns whether a part is a message, and not a piece or a report of one.
fn is_message(part: &Part) -> bool {
    matches!(&*part.content_type, "message/rfc822" | "message/global" | "message/news")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes a tree as `type(part, part)`, a leaf with its bytes.
    fn written(part: &Part, message: &[u8]) -> String {
        let name = part.content_type.split('/').next_back().unwrap();
        if part.parts.is_empty() {
            return format!("{name}:{}", String::from_utf8_lossy(part.range.of(message)).escape_debug());
        }
        let inside: Vec<String> = part.parts.iter().map(|inner| written(inner, message)).collect();
        format!("{name}({})", inside.join(", "))
    }

    #[track_caller]
    fn check(message: &str, expected: &str, odd: &[Anomaly]) {
        let (root, anomalies) = tree(message.as_bytes());
        assert_eq!(written(&root, message.as_bytes()), expected, "{message}");
        assert_eq!(anomalies.iter().collect::<Vec<_>>(), odd, "{message}");
    }

    const MIXED: &str = "Content-Type: multipart/mixed; boundary=abc\n\n";

    fn mixed(body: &str) -> String {
        MIXED.to_owned() + body
    }

    #[test]
    fn leaves() {
        check("Subject: a\n\nbody\n", "plain:body\\n", &[]);
        check("Content-Type: Text/HTML; charset=x\n\n<p>", "html:<p>", &[]);
        check("Content-Type: html\n\n<p>", "plain:<p>", &[]);
        check("", "plain:", &[]);
    }

    #[test]
    fn parts_and_what_stands_around_them() {
        check(
            &mixed("preamble\n--abc\n\none\n--abc\n\ntwo\n\n--abc--\nepilogue\n"),
            "mixed(plain:one, plain:two\\n)",
            &[],
        );
        check(&mixed("--abc \t\r\n\r\none\r\n--abc--\r\n"), "mixed(plain:one)", &[]);
        check(&mixed("--abc\nContent-Type: text/html\n--abc\n\n--abc--"), "mixed(html:, plain:)", &[]);
        check(&mixed("--abc\nno blank line\n--abc--"), "mixed(plain:no blank line)", &[]);
        check(&mixed("--abc\n--abc\n\none\n--abc\n--abc--"), "mixed(plain:one)", &[]);
        check(&mixed("--abc--\n"), "mixed:--abc--\\n", &[]);
    }

    #[test]
    fn boundaries_that_go_wrong() {
        let bad = [Anomaly::BadMultipart];
        check(&mixed("--abc\n\none\n"), "mixed(plain:one\\n)", &bad);
        check(&mixed("no boundary\n"), "mixed:no boundary\\n", &bad);
        check("Content-Type: multipart/mixed\n\n--a\n\none\n--a--", "mixed:--a\\n\\none\\n--a--", &bad);
        check(&mixed("--abcd\n--abc\n\n--abcd\n--abc--x\n--abc--"), "mixed(plain:--abcd\\n--abc--x)", &[]);
        check(&mixed("--abc\n\none\n--abc--\n--abc\n\ntwo"), "mixed(plain:one)", &[]);
    }

    #[test]
    fn an_empty_boundary_is_one() {
        let message = "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\none\n--\n\ntwo\n----\n";
        check(message, "mixed(plain:one, plain:two)", &[]);
    }

    #[test]
    fn a_boundary_further_out_ends_what_is_within() {
        let inner = "Content-Type: multipart/alternative; boundary=abcd\n\n";
        check(
            &mixed(&format!(
                "--abc\n{inner}--abcd\n\none\n--abcd\n\ntwo\n--abcd--\n\n--abc\n\nthree\n--abc--"
            )),
            "mixed(alternative(plain:one, plain:two), plain:three)",
            &[],
        );
        check(
            &mixed(&format!("--abc\n{inner}--abcd\n\none\n--abc\n\ntwo\n--abc--")),
            "mixed(alternative(plain:one), plain:two)",
            &[Anomaly::BadMultipart],
        );
    }

    #[test]
    fn attached_messages() {
        check("Content-Type: message/rfc822\n\nSubject: a\n\nbody", "rfc822(plain:body)", &[]);
        let digest = "Content-Type: multipart/digest; boundary=abc\n\n--abc\n\nSubject: a\n\nbody\n--abc--\n";
        check(digest, "digest(rfc822(plain:body))", &[]);
        let said_only =
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: a\n\nbody";
        check(said_only, "rfc822(plain:body)", &[]);
    }

    #[test]
    fn an_encoded_message_is_read_from_its_decoded_bytes() {
        // Subject: a, an empty line, body.
        let message =
            b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogYQoKYm9keQ==";
        let (root, _) = tree(message);
        let inner = root.parts.first().unwrap();
        assert_eq!(&*crate::mail::bytes_of_part(message, inner), b"body");
        assert_eq!(&*crate::mail::bytes_of_part(message, &root), b"Subject: a\n\nbody");
        assert_eq!(inner.path, [0]);
    }

    #[test]
    fn nesting_has_an_end() {
        let deep: String =
            (0..300).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
        let (root, odd) = tree(deep.as_bytes());
        let depth = std::iter::successors(Some(&root), |part| part.parts.first()).count();
        assert_eq!(depth, MAX_DEPTH + 1);
        assert!(odd.has(Anomaly::NestedTooDeep));
        let messages = "Content-Type: message/rfc822\n\n".repeat(100_000);
        assert!(tree(messages.as_bytes()).1.has(Anomaly::NestedTooDeep));
    }

    #[test]
    fn there_are_no_more_parts_than_a_path_can_count() {
        let many = mixed(&"--abc\n\nx\n".repeat(MAX_PARTS + 10));
        assert_eq!(tree(many.as_bytes()).0.parts.len(), MAX_PARTS);
    }

    fn every_part_is_within(part: &Part, length: u64) -> bool {
        let inside = part.is_wrapper || part.parts.iter().all(|inner| every_part_is_within(inner, length));
        inside && part.range.end().0 <= length
    }

    proptest! {
        #[test]
        fn a_tree_of_any_lines_lies_within_them(lines in proptest::collection::vec(
            prop_oneof![
                Just("Content-Type: multipart/mixed; boundary=a"), Just("Content-Type: message/rfc822"),
                Just("Content-Type: multipart/digest; boundary=\"a b\""), Just("Content-Transfer-Encoding: base64"),
                Just(""), Just("--a"), Just("--a--"), Just("--a b"), Just("--a b--"), Just("text"), Just("\r"),
                Just("Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMgoK"), Just("--"), Just("--a\r"),
            ], 0..60)) {
            let message = lines.join("\n");
            let (root, _) = tree(message.as_bytes());
            prop_assert!(every_part_is_within(&root, message.len() as u64));
            crate::mail::read_message(message.as_bytes());
        }

        #[test]
        fn any_bytes_have_a_tree(message in proptest::collection::vec(any::<u8>(), 0..400)) {
            let (root, _) = tree(&message);
            prop_assert!(every_part_is_within(&root, message.len() as u64));
        }
    }
}
