//! All that a person reads of a message and can save of it, and how long each part is.
//!
//! The body comes first: the first text, plain or HTML, that was not sent as a file and is not an
//! attached message's.
//!
//! Not here: which parts are read (see `walk`), wrapping (see `flowed`), or what HTML says (see `html`).

use super::walk;
use super::walk::Place;
use super::walk::Visitor;
use super::walk::is_multipart;
use super::walk::is_saved;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::Attachment;
use crate::mail::Part;
use crate::mail::Text;
use crate::mail::html;
use crate::mail::transfer;
use crate::mail::transfer::uuencode;
use memchr::memmem;
use std::ops::ControlFlow;

/// What a person can read and save of a message.
#[derive(Default)]
pub struct Reading {
    pub texts: Vec<Text>,
    pub attachments: Vec<Attachment>,
    pub anomalies: Anomalies,
    /// How long the parts are, in the order of the tree.
    sizes: Vec<u64>,
}

/// Reads all of the tree, and writes into it how long each part is.
pub fn read(root: &mut Part, message: &[u8]) -> Reading {
    let mut reading = Reading::default();
    // It never breaks off.
    let _ = walk::walk(root, message, Place::default(), &mut reading);
    write_sizes(root, &mut reading.sizes.iter().copied());
    let is_leaf = root.parts.is_empty();
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

fn write_sizes(part: &mut Part, sizes: &mut impl Iterator<Item = u64>) {
    part.size = sizes.next().unwrap_or_default();
    part.parts.iter_mut().for_each(|inner| write_sizes(inner, sizes));
}

impl Visitor for Reading {
    fn part(&mut self, part: &Part) -> ControlFlow<()> {
        self.anomalies.note_if(part.is_encrypted, Anomaly::Encrypted);
        self.sizes.push(part.range.len());
        ControlFlow::Continue(())
    }

    fn around(&mut self, part: &Part, bytes: &[u8]) -> ControlFlow<()> {
        self.texts.extend(walk::text_around(bytes).map(|decoded| Text {
            path: part.path.clone(),
            content_type: "text/plain".to_owned(),
            charset: decoded.charset,
            text: walk::with_lf(decoded.text).into_owned(),
            ..Text::default()
        }));
        ControlFlow::Continue(())
    }

    fn message(&mut self, part: &Part, bytes: &[u8], is_clean: bool) -> ControlFlow<()> {
        self.anomalies.note_if(!is_clean, Anomaly::BadTransferEncoding);
        self.is_long(part, bytes.len() as u64);
        self.texts.push(Text {
            path: part.path.clone(),
            content_type: part.content_type.clone(),
            text: walk::header_of(bytes),
            charset: "UTF-8",
            ..Text::default()
        });
        ControlFlow::Continue(())
    }

    fn text(&mut self, part: &Part, raw: &[u8], place: Place) -> ControlFlow<()> {
        let transferred = transfer::decode(raw, part.transfer_encoding());
        self.anomalies.note_if(!transferred.is_clean, Anomaly::BadTransferEncoding);
        self.is_long(part, transferred.bytes.len() as u64);
        let text = self.text_of(part, &transferred.bytes, place);
        if !walk::is_left_out(part, &text.text) {
            self.texts.push(text);
        }
        ControlFlow::Continue(())
    }

    fn file(&mut self, part: &Part, raw: &[u8]) -> ControlFlow<()> {
        self.is_long(part, transfer::decoded_len(raw, part.transfer_encoding()));
        ControlFlow::Continue(())
    }
}

impl Reading {
    /// Notes the length of the part that was visited last, and lists it where it can be saved.
    fn is_long(&mut self, part: &Part, size: u64) {
        self.sizes.last_mut().into_iter().for_each(|last| *last = size);
        if is_saved(part) {
            self.attachments.push(Attachment {
                path: part.path.clone(),
                filename: part.filename.clone(),
                content_type: part.content_type.clone(),
                size,
            });
        }
    }

    fn text_of(&mut self, part: &Part, bytes: &[u8], place: Place) -> Text {
        let decoded = walk::text_of(part, bytes);
        self.anomalies = self.anomalies.and(decoded.anomalies);
        let text = Text {
            path: part.path.clone(),
            content_type: shown_type(part),
            charset: decoded.charset,
            is_body: !place.is_attached && !part.is_attachment,
            ..Text::default()
        };
        if walk::is_html(part) {
            let shown = html::render(&decoded.text);
            let (links, images, hidden) = (shown.links, shown.images, shown.hidden);
            return Text { text: shown.text, is_flowed: true, links, images, hidden, ..text };
        }
        self.anomalies.note_if(uuencode::holds_a_file(bytes), Anomaly::InlineFile);
        self.anomalies.note_if(holds_pgp_message(bytes), Anomaly::Encrypted);
        let (is_flowed, delsp) = (part.is_flowed, part.delsp);
        Text { text: walk::with_lf(decoded.text).into_owned(), is_flowed, delsp, ..text }
    }
}

fn is_plain_or_html(content_type: &str) -> bool {
    matches!(content_type, "text/plain" | "text/html")
}

/// A multipart that could not be taken apart is shown as the text it is.
fn shown_type(part: &Part) -> String {
    if is_multipart(part) { "text/plain".to_owned() } else { part.content_type.clone() }
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
