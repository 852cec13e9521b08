//! Which parts a person reads, and in which order; which can be saved; how long each is.
//!
//! Every text of a message is read, in the order of its parts, an attached message's with a few
//! fields of its header before it. The body comes first: the first text, plain or HTML, that was not
//! sent as a file and is not an attached message's. Of the forms of `multipart/alternative` one is
//! read, the plain one where it says anything (RFC 2046 §5.1.4 would have the last one). Words around
//! the parts of a multipart, which mail programs hide, are read too.
//!
//! Not here: wrapping (see `flowed`), or what HTML says (see `html`).

use super::alternative;
use super::stubs;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Attachment;
use crate::mail::Part;
use crate::mail::Text;
use crate::mail::charset;
use crate::mail::decode_value;
use crate::mail::header::fields::fields;
use crate::mail::html;
use crate::mail::transfer;
use crate::mail::transfer::uuencode;
use memchr::memchr;
use memchr::memmem;
use std::borrow::Cow;

/// The fields of an attached message that stand before its text.
const SHOWN_FIELDS: [&str; 5] = ["From", "To", "Cc", "Date", "Subject"];

/// What a person can read and save of a message.
#[derive(Default)]
pub struct Reading {
    pub texts: Vec<Text>,
    pub attachments: Vec<Attachment>,
    pub anomalies: Anomalies,
}

/// What is known of a part by those that it stands in.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Something beside the body: a file, or an attached message.
    is_attached: bool,
    /// Another form of what is read already.
    is_twin: bool,
}

/// Reads all of the tree, and writes into it how long each part is.
pub fn read(root: &mut Part, message: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let is_leaf = root.parts.is_empty();
    reading.visit(root, message, Place::default());
    let is_body = |text: &Text| is_leaf || (text.is_body && is_plain_or_html(&text.content_type));
    let body = reading.texts.iter().position(is_body);
    for (place, text) in reading.texts.iter_mut().enumerate() {
        text.is_body = Some(place) == body;
    }
    if let Some(before) = body.and_then(|body| reading.texts.get_mut(..=body)) {
        before.rotate_right(1);
    }
    reading
}

/// Counts what [`read`] would list as attachments.
pub fn attachment_count(part: &Part) -> usize {
    usize::from(is_saved(part)) + part.parts.iter().map(attachment_count).sum::<usize>()
}

impl Reading {
    /// Reads a part and those in it; the recursion ends with `structure::MAX_DEPTH`.
    fn visit(&mut self, part: &mut Part, source: &[u8], place: Place) {
        self.anomalies.note_if(part.is_encrypted, Anomaly::Encrypted);
        if part.parts.is_empty() {
            self.visit_leaf(part, source, place);
        } else if part.content_type.starts_with("multipart/") {
            part.size = part.range.len();
            self.read_around(part, part.preamble.of(source));
            self.visit_parts(part, source, place);
            self.read_around(part, part.epilogue.of(source));
        } else {
            self.visit_message(part, source);
        }
    }

    fn visit_parts(&mut self, part: &mut Part, source: &[u8], place: Place) {
        let is_alternative = part.content_type == "multipart/alternative";
        let chosen = if is_alternative { alternative::chosen_form(&part.parts, source) } else { None };
        for (at, inner) in part.parts.iter_mut().enumerate() {
            let is_other_form = chosen.is_some_and(|chosen| chosen != at);
            self.visit(inner, source, Place { is_twin: place.is_twin || is_other_form, ..place });
        }
    }

    /// Reads what stands before or after the parts, where it says more than that there are parts: list
    /// servers put footers there, and so can people who do not want to be seen.
    fn read_around(&mut self, part: &Part, bytes: &[u8]) {
        if bytes.trim_ascii().is_empty() {
            return;
        }
        let decoded = charset::decode(bytes, None);
        if !stubs::is_stub(&decoded.text) {
            self.texts.push(Text {
                path: part.path.clone(),
                content_type: "text/plain".to_owned(),
                charset: decoded.charset,
                text: with_lf(decoded.text),
                ..Text::default()
            });
        }
    }

    fn visit_message(&mut self, part: &mut Part, source: &[u8]) {
        let raw = part.range.of(source);
        let inner: Cow<'_, [u8]> = match part.is_wrapper {
            true => self.transferred(part, raw),
            false => Cow::Borrowed(raw),
        };
        part.size = inner.len() as u64;
        self.save(part);
        self.texts.push(header_of(&inner, part));
        let source = if part.is_wrapper { &inner } else { source };
        for root in &mut part.parts {
            self.visit(root, source, Place { is_attached: true, is_twin: false });
        }
    }

    fn visit_leaf(&mut self, part: &mut Part, source: &[u8], place: Place) {
        let raw = part.range.of(source);
        let is_read = is_readable(part) && !(place.is_twin && alternative::is_form(part));
        if is_read {
            let bytes = self.transferred(part, raw);
            part.size = bytes.len() as u64;
            let text = self.text_of(part, &bytes, place);
            // What is left of a multipart that could not be taken apart may be nothing at all.
            if part.content_type == text.content_type || !text.text.trim().is_empty() {
                self.texts.push(text);
            }
        } else {
            part.size = transfer::decoded_len(raw, part.transfer_encoding());
        }
        self.save(part);
    }

    fn transferred<'a>(&mut self, part: &Part, raw: &'a [u8]) -> Cow<'a, [u8]> {
        let transferred = transfer::decode(raw, part.transfer_encoding());
        self.anomalies.note_if(!transferred.is_clean, Anomaly::BadTransferEncoding);
        transferred.bytes
    }

    fn save(&mut self, part: &Part) {
        if is_saved(part) {
            self.attachments.push(Attachment {
                path: part.path.clone(),
                filename: part.filename.clone(),
                content_type: part.content_type.clone(),
                size: part.size,
            });
        }
    }

    fn text_of(&mut self, part: &Part, bytes: &[u8], place: Place) -> Text {
        let is_html = part.content_type == "text/html";
        let in_markup = if is_html && part.charset.is_none() { charset_in_markup(bytes) } else { None };
        let decoded = charset::decode(bytes, part.charset.as_deref().or(in_markup));
        self.anomalies = self.anomalies.and(decoded.anomalies);
        let text = Text {
            path: part.path.clone(),
            content_type: shown_type(part),
            charset: decoded.charset,
            is_body: !place.is_attached && !part.is_attachment,
            ..Text::default()
        };
        if is_html {
            let shown = html::render(&decoded.text);
            let (links, images, hidden) = (shown.links, shown.images, shown.hidden);
            return Text { text: shown.text, is_flowed: true, links, images, hidden, ..text };
        }
        self.anomalies.note_if(uuencode::holds_a_file(bytes), Anomaly::InlineFile);
        self.anomalies.note_if(holds_pgp_message(bytes), Anomaly::Encrypted);
        let (is_flowed, delsp) = (part.is_flowed, part.delsp);
        Text { text: with_lf(decoded.text), is_flowed, delsp, ..text }
    }
}

/// Returns whether a person can read it: text, reports about mail, and a multipart that could not be
/// taken apart.
fn is_readable(part: &Part) -> bool {
    let main = part.content_type.split('/').next().unwrap_or_default();
    let is_text = main == "text" && part.content_type != "text/rtf";
    is_text || matches!(main, "message" | "multipart") || part.content_type == "application/pgp"
}

/// Returns whether a part can be saved: it was sent as a file, has a name, or cannot be read here.
fn is_saved(part: &Part) -> bool {
    let is_multipart = part.content_type.starts_with("multipart/");
    let is_leaf = part.parts.is_empty();
    (is_leaf || !is_multipart)
        && (part.is_attachment || part.filename.is_some() || (is_leaf && !is_readable(part)))
}

fn is_plain_or_html(content_type: &str) -> bool {
    matches!(content_type, "text/plain" | "text/html")
}

/// A multipart that could not be taken apart is shown as the text it is.
fn shown_type(part: &Part) -> String {
    match part.content_type.starts_with("multipart/") {
        true => "text/plain".to_owned(),
        false => part.content_type.clone(),
    }
}

/// Returns who wrote an attached message to whom, when and about what, as a text of its own.
fn header_of(message: &[u8], part: &Part) -> Text {
    let mut text = String::new();
    let written: Vec<_> = fields(message).collect();
    for shown in SHOWN_FIELDS {
        for field in written.iter().filter(|field| field.name.eq_ignore_ascii_case(shown.as_bytes())) {
            text.extend([shown, ": ", &decode_value(field.value).0, "\n"]);
        }
    }
    Text {
        path: part.path.clone(),
        content_type: part.content_type.clone(),
        text,
        charset: "UTF-8",
        ..Text::default()
    }
}

/// Returns the text with LF line ends; a text without any LF has the lone CRs of an old Macintosh.
fn with_lf(text: Cow<'_, str>) -> String {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text.into_owned();
    }
    match memchr(b'\n', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n"),
        None => text.replace('\r', "\n"),
    }
}

/// Returns the charset that HTML names in its own head, in the bytes where browsers look for it.
fn charset_in_markup(html: &[u8]) -> Option<&str> {
    let head = html.get(..html.len().min(1024))?;
    let named = head.get(memmem::find(&head.to_ascii_lowercase(), b"charset=")? + b"charset=".len()..)?;
    let named = named.strip_prefix(b"\"").or_else(|| named.strip_prefix(b"'")).unwrap_or(named);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:+".contains(byte);
    let len = named.iter().take_while(|byte| is_name(byte)).count();
    std::str::from_utf8(named.get(..len)?).ok().filter(|name| !name.is_empty())
}

fn holds_pgp_message(text: &[u8]) -> bool {
    let mark = b"-----BEGIN PGP MESSAGE-----";
    memmem::find_iter(text, mark).any(|found| found == 0 || text.get(found - 1) == Some(&b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Message;
    use crate::mail::read_message;
    use proptest::prelude::*;

    /// A part with a type and a text.
    fn part(content_type: &str, text: &str) -> String {
        format!("Content-Type: {content_type}\n\n{text}")
    }

    fn multipart(kind: &str, boundary: &str, parts: &[String]) -> String {
        let inside: String = parts.iter().map(|part| format!("--{boundary}\n{part}\n")).collect();
        format!("Content-Type: multipart/{kind}; boundary={boundary}\n\n{inside}--{boundary}--\n")
    }

    /// Writes what is read: `*` before the body, `>` before a forwarded header.
    fn shown(message: &Message) -> Vec<String> {
        let mark = |text: &Text| match (text.is_body, &*text.content_type) {
            (true, _) => "*",
            (_, "message/rfc822") => ">",
            _ => "",
        };
        message.texts.iter().map(|text| mark(text).to_owned() + text.text.trim_end()).collect()
    }

    #[track_caller]
    fn check(message: &str, expected: &[&str], attachments: &[&str]) {
        let read = read_message(message.as_bytes());
        assert_eq!(shown(&read), expected, "{message}");
        let named = |it: &Attachment| format!("{} {}", it.filename.as_deref().unwrap_or("-"), it.size);
        assert_eq!(read.attachments.iter().map(named).collect::<Vec<_>>(), attachments, "{message}");
        assert_eq!(crate::mail::attachment_count(message.as_bytes()), attachments.len(), "{message}");
    }

    #[test]
    fn one_form_of_an_alternative_is_read() {
        let html = part("text/html", "rich");
        let forms = |plain: &str| multipart("alternative", "a", &[part("text/plain", plain), html.clone()]);
        check(&forms("plain"), &["*plain"], &[]);
        check(&forms(" \n\n"), &["*rich"], &[]);
        check(&forms("Your reader does not support HTML."), &["*rich"], &[]);
        check(&multipart("alternative", "a", &[part("text/plain", "")]), &["*"], &[]);
        let related = multipart("related", "b", &[html.clone(), part("image/png; name=i.png", "x")]);
        check(
            &multipart("alternative", "a", &[part("text/plain", "plain"), related]),
            &["*plain"],
            &["i.png 1"],
        );
        let invitation = part("text/calendar", "BEGIN:VCALENDAR");
        check(
            &multipart("alternative", "a", &[part("text/plain", "come"), html, invitation]),
            &["*come", "BEGIN:VCALENDAR"],
            &[],
        );
    }

    #[test]
    fn every_text_is_read_the_body_first() {
        let file =
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nfile".to_owned();
        let csv = part("text/csv", "a,b");
        check(
            &multipart(
                "mixed",
                "a",
                &[file.clone(), csv, part("text/plain", "body"), part("text/html", "rich")],
            ),
            &["*body", "file", "a,b", "rich"],
            &["a.txt 4"],
        );
        check(&multipart("mixed", "a", std::slice::from_ref(&file)), &["file"], &["a.txt 4"]);
        check(&file, &["*file"], &["a.txt 4"]);
    }

    #[test]
    fn an_attached_message_is_read_behind_its_header() {
        let inner = "Subject: =?utf-8?Q?=C3=A9t=C3=A9?=\nX-Y: z\nFrom: anna@desk.example\n\nwords";
        let forwarded = part("message/rfc822", inner);
        check(
            &multipart("mixed", "a", &[part("text/plain", "see below"), forwarded.clone()]),
            &["*see below", ">From: anna@desk.example\nSubject: été", "words"],
            &[],
        );
        check(&forwarded, &[">From: anna@desk.example\nSubject: été", "words"], &[]);
    }

    #[test]
    fn reports_and_signatures() {
        let status = part("message/delivery-status", "Status: 5.1.1");
        check(
            &multipart("report", "a", &[part("text/plain", "gone"), status]),
            &["*gone", "Status: 5.1.1"],
            &[],
        );
        let signature = part("application/pgp-signature", "xx");
        check(&multipart("signed", "a", &[part("text/plain", "mine"), signature]), &["*mine"], &["- 2"]);
    }

    #[test]
    fn words_around_the_parts_are_read() {
        let around = "Content-Type: multipart/mixed; boundary=a\n\nThis is a multi-part message in MIME format.\n\
            --a\n\nbody\n--a--\nhidden\n";
        check(around, &["*body", "hidden"], &[]);
        check(
            "Content-Type: multipart/mixed; boundary=a\n\nhidden\n--a\n\nbody\n--a--\n\n",
            &["*body", "hidden"],
            &[],
        );
    }

    #[test]
    fn what_cannot_be_taken_apart_stays_readable() {
        check(&part("multipart/mixed", "words"), &["*words"], &[]);
        check(&part("message/partial; id=x; number=2", "rest of it"), &["*rest of it"], &[]);
        check(&part("application/pdf", "%PDF"), &[], &["- 4"]);
    }

    #[track_caller]
    fn check_odd(message: &str, odd: Anomaly) {
        let anomalies = read_message(message.as_bytes()).anomalies;
        assert!(anomalies.has(odd), "{message}: {:?}", anomalies.iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_is_odd_is_noted() {
        check_odd(&part("multipart/encrypted; boundary=a", "--a\n\n--a--"), Anomaly::Encrypted);
        check_odd(&part("application/pkcs7-mime", "x"), Anomaly::Encrypted);
        check_odd(&part("text/plain", "Hi\n-----BEGIN PGP MESSAGE-----\n"), Anomaly::Encrypted);
        check_odd(&part("text/plain", "begin 644 cat.txt\n#0V%T\n`\nend\n"), Anomaly::InlineFile);
        check_odd("Content-Transfer-Encoding: base64\n\nSG!VsbG8=", Anomaly::BadTransferEncoding);
        check_odd(&part("text/plain; charset=klingon", "é"), Anomaly::UnknownCharset);
    }

    #[test]
    fn line_ends_and_charsets() {
        check("\na\r\nb\r\n", &["*a\nb"], &[]);
        check("A: b\n\na\rb\n", &["*a\rb"], &[]);
        check("A: b\n\na\rb", &["*a\nb"], &[]);
        let read = read_message(b"Content-Type: text/html\n\n<meta charset=\"iso-8859-2\">\xF5");
        assert_eq!(read.body().map(|body| body.charset), Some("ISO-8859-2"));
        let flowed = read_message(b"Content-Type: text/plain; format=Flowed; delsp=yes\n\na");
        assert_eq!(flowed.body().map(|body| (body.is_flowed, body.delsp)), Some((true, true)));
    }

    #[test]
    fn a_message_can_be_read_on_a_worker() {
        fn is_sent<T: Send + 'static>() {}
        is_sent::<Message>();
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(message in proptest::collection::vec(any::<u8>(), 0..400)) {
            read_message(&message);
        }

        #[test]
        fn a_mutated_multipart_is_read(
            bytes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..20),
        ) {
            let inner = part("message/rfc822", &multipart("alternative", "b", &[part("text/html", "<p>=")]));
            let forms = [part("text/plain; charset=utf-7", "+AOk-"), inner, part("image/png", "x")];
            let mut message = multipart("mixed", "a", &forms).into_bytes();
            for (place, byte) in bytes {
                *place.get_mut(&mut message) = byte;
            }
            let read = read_message(&message);
            prop_assert_eq!(read.attachments.len(), crate::mail::attachment_count(&message));
        }
    }
}
