//! A mailbox in which names are planted: every way to write one, in every encoding that it can have.

use std::fmt::Write as _;
use std::io::Write as _;

/// A text, and the badges of the built-in candidates that it names, in order; small where they are quoted.
pub const TEXTS: [(&str, &str); 19] = [
    ("Emmanuel Macron spoke.", "M"),
    ("EMMANUEL MACRON, emmanuel macron", "MM"),
    ("Macron's plan is l'avis de Macron.", "MM"),
    ("A macronutrient, le pendant, la fillonnette, chamonix", ""),
    ("Jean-Luc Mélenchon, Jean Luc Melenchon", "JJ"),
    ("Jean-Luc Me\u{301}lenchon, Franc\u{327}ois Fillon", "JF"),
    ("Marine\u{A0}Le\u{A0}Pen, Marine\u{202F}Le-Pen", "LL"),
    ("about Marine\nLe Pen and Benoît\nHamon", "LH"),
    ("She wrote:\n\n> it was Marine\n> Le Pen,\n> not Hamon\n\nOr Fillon?", "lhF"),
    ("She wrote:\n\n>> Jean-Luc\n>> Mélenchon\n", "j"),
    ("12 rue Mélenchon, then Mélenchon", "J"),
    ("JLM is one, jlm is not", "J"),
    ("MLP, Mlp", "L"),
    ("Jean-Marie Le Pen, Brigitte Macron", ""),
    ("MÃ©lenchon, FranÃ§ois Fillon", "JF"),
    ("Fil\u{AD}lon, M\u{200B}acron", "FM"),
    ("Fillon2017, _Hamon_, #Macron", "FHM"),
    ("(Hamon) \u{AB}\u{A0}Fillon\u{A0}\u{BB} \u{201C}Macron\u{201D}", "HFM"),
    ("Nobody is named here.", ""),
];

/// A body as it is written into a mailbox: header fields, and the encoded text.
pub type Encoded = (&'static str, Vec<u8>);

/// Returns the mailbox, and for each message the badges of whom it names.
pub fn mailbox() -> (Vec<u8>, Vec<&'static str>) {
    let mut mailbox = Vec::new();
    let mut expected = Vec::new();
    for (text, named) in TEXTS {
        for encoded in encodings(text) {
            mailbox.extend(message(expected.len(), &encoded));
            expected.push(named);
        }
    }
    (mailbox, expected)
}

/// Messages in which names stand in every place that is searched, and the badges as above, in the order of
/// the JSON: header, texts, attachments.
pub fn places() -> Vec<(String, &'static str)> {
    let others: String = (1..40).map(|n| format!("P {n} <p{n}@desk.example>,\n ")).collect();
    let quoted = "> nothing\n".repeat(30);
    let far = "nothing\n".repeat(60);
    let files = (1..9).map(|n| file(&format!("; filename=file-{n}.pdf"))).collect::<String>();
    let name_of_file = "; filename*0*=utf-8''Fran%C3%A7ois_; filename*1*=Fillon.pdf";
    let attached = "--b\nContent-Type: message/rfc822\n\nFrom: Macron <m@desk.example>\nSubject: Le Pen\n\n";
    let coded = String::from_utf8(base64(b"Subject: Hamon\n\nFillon\n")).unwrap();
    vec![
        ("From: =?iso-8859-1?Q?Beno=EEt_Hamon?= <bh@desk.example>\nSubject: x\n\nx\n".to_owned(), "H"),
        (format!("From: {others}Hamon <x@desk.example>\n\nx\n"), "H"),
        ("To: \"Fillon, =?utf-8?B?RnJhbsOnb2lz?=\" <x@desk.example>\n\nx\n".to_owned(), "F"),
        (format!("To: {others}jean-luc.melenchon@desk.example,\n Macron <x@desk.example>\n\nx\n"), "JM"),
        ("Cc: marine.le.pen@desk.example, Emmanuel\n Macron <x@desk.example>\n\nx\n".to_owned(), "LM"),
        ("Bcc: Fillon <x@desk.example>\nCc: Hamon <x@desk.example>\n\nx\n".to_owned(), "HF"),
        ("Subject: =?utf-8?Q?M=C3=A9?= =?utf-8?Q?lenchon?= and\n Le\tPen\n\nMacron\n".to_owned(), "JLM"),
        (format!("{MIXED}--b\n\nHamon\n{}--b--\n", file(name_of_file)), "HF"),
        (format!("{MIXED}--b\n\nx\n{files}{}--b--\n", file("; filename=cv_macron.pdf")), "M"),
        (format!("Subject: Hamon\n\n{quoted}> Fillon,\n> Marine\n> Le Pen\n{quoted}\nMacron\n"), "HflM"),
        (format!("\n{far}>> Macron\n{far}> Hamon\n{far}"), "mh"),
        (format!("{MIXED}--b\n\nx\n--b\n\n{far}Hamon\n--b\n{HTML}\n<p>Fil<b>lon</b>--b--\n"), "HF"),
        (format!("{MIXED}--b\n\nx\n{attached}{far}Hamon\n> Fillon\n--b--\n"), "MLHf"),
        (format!("{MIXED}--b\n\nx\n{attached}Hamon\n\n--b\n{CODED}\n{coded}\n--b--\n"), "MLHHF"),
        (format!("{ALTERNATIVE}--b\n\nHamon\n--b\n{HTML}\n<p>Hamon\n--b--\n"), "H"),
        (format!("{MIXED}Macron before\n--b\n\nHamon\n--b--\nFillon behind\n"), "HMF"),
    ]
}

const MIXED: &str = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";
const ALTERNATIVE: &str = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n";
const HTML: &str = "Content-Type: text/html\n";
const CODED: &str = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n";

fn file(name: &str) -> String {
    format!("--b\nContent-Type: application/pdf\nContent-Disposition: attachment{name}\n\nabc\n")
}

/// Returns the mailbox of all of them, those of [`mailbox`] first.
pub fn everywhere() -> (Vec<u8>, Vec<&'static str>) {
    let (mut mailbox, mut expected) = mailbox();
    for (message, named) in places() {
        let number = expected.len();
        let day = 1 + number / 60;
        write!(
            mailbox,
            "From a@desk.example Thu Mar  2 08:30:00 2017\nDate: {day:02} Mar 2017 08:{:02}:00 +0000\n\
             Message-ID: <{number}@desk.example>\n{message}\n",
            number % 60
        )
        .unwrap();
        expected.push(named);
    }
    (mailbox, expected)
}

/// Returns a message with this body, the one of this number.
pub fn message(number: usize, (fields, body): &Encoded) -> Vec<u8> {
    let head = format!(
        "From a@desk.example Wed Feb  1 08:30:00 2017\nFrom: a@desk.example\n\
         Date: Wed, 1 Feb 2017 {:02}:{:02}:00 +0000\nMessage-ID: <{number}@desk.example>\n\
         Subject: planted {number}\nMIME-Version: 1.0\n{fields}\n",
        number / 60,
        number % 60,
    );
    [head.as_bytes(), body, b"\n\n"].concat()
}

/// Returns a text in every encoding that it can have.
pub fn encodings(text: &str) -> Vec<Encoded> {
    let plain = text.as_bytes();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut encodings = vec![
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n", plain.to_vec()),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", base64(plain)),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
            quoted_printable(plain),
        ),
        ("Content-Type: text/plain; charset=utf-16be\nContent-Transfer-Encoding: base64\n", base64(&utf16)),
        ("Content-Type: text/html; charset=us-ascii\n", html(text)),
        ("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n", base64(&html(text))),
    ];
    let latin: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    if let Some(latin) = latin {
        encodings.push((
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
            quoted_printable(&latin),
        ));
    }
    encodings
}

pub fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for (place, three) in bytes.chunks(3).enumerate() {
        let bits =
            three.iter().fold(0, |bits, &byte| bits << 8 | usize::from(byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let letter = LETTERS[bits >> (18 - 6 * digit) & 63];
            out.push(if digit <= three.len() { letter } else { b'=' });
        }
        if place % 19 == 18 {
            out.push(b'\n');
        }
    }
    out
}

/// Encodes every third byte, and breaks lines softly in the middle of words.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = String::new();
    for (place, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => out.push('\n'),
            b'a'..=b'z' if place % 3 > 0 => out.push(char::from(byte)),
            _ => drop(write!(out, "={byte:02X}")),
        }
        if place % 7 == 6 && byte != b'\n' {
            out.push_str("=\n");
        }
    }
    out.into_bytes()
}

/// Writes every letter that is not plain as a reference, with markup within words.
fn html(text: &str) -> Vec<u8> {
    let mut out = String::from("<html><body><p>");
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("<br>\n"),
            'l' => out.push_str("<b>l</b>"),
            'a'..='z' | ' ' => out.push(letter),
            _ => drop(write!(out, "&#{};", u32::from(letter))),
        }
    }
    (out + "</p></body></html>").into_bytes()
}
