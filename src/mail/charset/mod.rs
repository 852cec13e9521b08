//! Bytes to text: the declared charset where it can be true, else UTF-8, else windows-1252.
//!
//! [`decode`] always gives a text, and says which charset it read and what was odd about that. A
//! declared charset is believed, with these exceptions: a byte order mark tells the truth; US-ASCII
//! with bytes above 127, a name that nobody knows and a name that says “unknown” tell nothing; and
//! UTF-8 in which no letter above 127 is well formed is windows-1252. ISO-8859-1 is read as
//! windows-1252, as everybody does (WHATWG Encoding §4.2).
//!
//! Not here: which charset a part declares (see `params`), or guessing a language from its letters.

mod utf7;

use crate::mail::Anomalies;
use crate::mail::Anomaly;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::UTF_16BE;
use encoding_rs::UTF_16LE;
use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// Names for US-ASCII; those a browser knows, it reads as windows-1252.
const ASCII_NAMES: [&str; 8] =
    ["us-ascii", "ascii", "usascii", "us_ascii", "ansi_x3.4-1968", "iso646-us", "646", "7bit"];

/// Names that say nothing.
const EMPTY_NAMES: [&str; 7] =
    ["", "unknown", "x-unknown", "unknown-8bit", "x-user-defined", "default", "_charset"];

/// Names that mail uses and browsers do not know.
const OTHER_NAMES: [(&str, &str); 13] = [
    ("ansi_x3.110", "windows-1252"),
    ("ansi_x3.110-1983", "windows-1252"),
    ("ansi", "windows-1252"),
    ("cp932", "shift_jis"),
    ("cp936", "gbk"),
    ("cp949", "euc-kr"),
    ("cp950", "big5"),
    ("cp10000", "macintosh"),
    ("iso-2022-jp-1", "iso-2022-jp"),
    ("iso-2022-jp-2", "iso-2022-jp"),
    ("iso-2022-jp-ms", "iso-2022-jp"),
    ("utf8mb4", "utf-8"),
    ("iso-8859-8-e", "iso-8859-8"),
];

/// A text, and how it was read.
pub(crate) struct Decoded<'a> {
    /// The text; what no charset explains stands as U+FFFD.
    pub text: Cow<'a, str>,
    /// The name of the charset that was read.
    pub charset: &'static str,
    /// What was odd.
    pub anomalies: Anomalies,
}

/// What a label stands for.
enum Label {
    Nothing,
    NobodyKnows,
    Ascii,
    Utf7,
    Utf16,
    Known(&'static Encoding),
}

/// Decodes text that declares the charset `label`, or none.
pub(crate) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, text)) = marked_text(bytes) {
        return read(text, encoding, None);
    }
    match label.map_or(Label::Nothing, meaning) {
        Label::Nothing => undeclared(bytes, Anomaly::UndeclaredCharset),
        Label::NobodyKnows => undeclared(bytes, Anomaly::UnknownCharset),
        Label::Ascii => undeclared(bytes, Anomaly::WrongCharset),
        Label::Utf7 => decode_utf7(bytes),
        Label::Utf16 => read(bytes, likely_utf16(bytes), None),
        Label::Known(encoding) if encoding == UTF_8 => declared_utf8(bytes),
        Label::Known(encoding) => read(bytes, encoding, None),
    }
}

/// Returns what the byte order mark says, and the text after it.
///
/// A mark of UTF-16 without a single zero byte behind it is two letters of another charset.
fn marked_text(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let text = bytes.get(length..)?;
    let is_true = match encoding == UTF_8 {
        true => std::str::from_utf8(text).is_ok(),
        false => text.contains(&0),
    };
    is_true.then_some((encoding, text))
}

fn meaning(label: &str) -> Label {
    let name = bare_name(label);
    if EMPTY_NAMES.contains(&&*name) {
        return Label::Nothing;
    }
    if ASCII_NAMES.contains(&&*name) {
        return Label::Ascii;
    }
    match &*name {
        "utf-7" | "utf7" | "unicode-1-1-utf-7" | "x-unicode-2-0-utf-7" | "unicode-2-0-utf-7" => Label::Utf7,
        "utf-16" | "utf16" | "unicode" | "ucs-2" | "iso-10646-ucs-2" => Label::Utf16,
        name => known(name).map_or(Label::NobodyKnows, Label::Known),
    }
}

/// Returns the name in lower case, without what people wrap round it: quotes, blanks, the language of
/// RFC 2231 §5 (`iso-8859-1*fr`), and the `3D` of quoted-printable that got into a header.
fn bare_name(label: &str) -> String {
    let is_wrapping = |letter: char| letter.is_whitespace() || "\"'<>=\\".contains(letter);
    let inside = label.trim_matches(is_wrapping);
    let inside = inside.strip_prefix("3D").unwrap_or(inside).trim_start_matches(is_wrapping);
    let ends = |letter: char| is_wrapping(letter) || letter == '*' || letter == ';' || letter == ',';
    inside.split(ends).next().unwrap_or_default().to_ascii_lowercase()
}

fn known(name: &str) -> Option<&'static Encoding> {
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name, |(_, meant)| meant);
    let exact = Encoding::for_label_no_replacement(other.as_bytes());
    exact.or_else(|| Encoding::for_label_no_replacement(respelled(other)?.as_bytes()))
}

/// Returns the registered spelling of `iso8859_2`, `win-1251`, `windows1252`, `utf_8` and the like.
fn respelled(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if let Some(number) = plain.strip_prefix("iso8859").or_else(|| plain.strip_prefix("8859")) {
        return Some(format!("iso-8859-{number}"));
    }
    let numbered = ["windows", "win", "xcp", "cp", "ms", "ansi"].iter().find_map(|it| plain.strip_prefix(it));
    match numbered {
        Some(number) => Some(format!("windows-{number}")),
        None if plain.starts_with("utf8") => Some("utf-8".to_owned()),
        None => Some(plain),
    }
}

/// Reads text whose charset is not known: UTF-8 where it is that, else windows-1252.
fn undeclared(bytes: &[u8], why: Anomaly) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Decoded { charset: "US-ASCII", ..sound(text) },
        Ok(_) => read(bytes, UTF_8, Some(why)),
        Err(_) => read(bytes, WINDOWS_1252, Some(why)),
    }
}

/// Reads what says it is UTF-8. When not one of its letters above 127 is well formed it is a
/// windows-1252 text that a program labelled without asking; one broken letter among good ones is
/// a letter cut in two.
fn declared_utf8(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return sound(text);
    }
    let has_letters = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if has_letters {
        return read(bytes, UTF_8, None);
    }
    read(bytes, WINDOWS_1252, Some(Anomaly::WrongCharset))
}

/// Takes text that is UTF-8 as it is.
fn sound(text: &str) -> Decoded<'_> {
    Decoded { text: Cow::Borrowed(text), charset: UTF_8.name(), anomalies: Anomalies::default() }
}

/// Returns which half of each letter of UTF-16 comes first: the big one (RFC 2781 §4.3), unless the
/// zeros say otherwise.
fn likely_utf16(bytes: &[u8]) -> &'static Encoding {
    let zeros = |offset| bytes.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    if zeros(1) > zeros(0) { UTF_16LE } else { UTF_16BE }
}

fn decode_utf7(bytes: &[u8]) -> Decoded<'_> {
    let (text, is_clean) = utf7::decode(bytes);
    let mut anomalies = Anomalies::default();
    anomalies.note_if(!is_clean, Anomaly::UndecodableText);
    Decoded { text: Cow::Owned(text), charset: "UTF-7", anomalies }
}

fn read<'a>(bytes: &'a [u8], encoding: &'static Encoding, odd: Option<Anomaly>) -> Decoded<'a> {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let mut anomalies = Anomalies::default();
    if let Some(odd) = odd {
        anomalies.note(odd);
    }
    anomalies.note_if(has_errors, Anomaly::UndecodableText);
    Decoded { text, charset: encoding.name(), anomalies }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], label: &str, text: &str, charset: &str, anomaly: Option<Anomaly>) {
        let declared = (label != "-").then_some(label);
        let decoded = decode(bytes, declared);
        assert_eq!((&*decoded.text, decoded.charset), (text, charset), "{label}");
        assert_eq!(decoded.anomalies.iter().collect::<Vec<_>>(), Vec::from_iter(anomaly), "{label}");
    }

    #[test]
    fn what_is_declared_is_read() {
        check("été".as_bytes(), "utf-8", "été", "UTF-8", None);
        check(b"\xE9t\xE9 \x80", "iso-8859-1", "été €", "windows-1252", None);
        check(b"\xF5", "iso-8859-2", "ő", "ISO-8859-2", None);
        check(b"\x1B$B$\"\x1B(B", "iso-2022-jp", "あ", "ISO-2022-JP", None);
        check(b"+AOk-t+AOk-", "utf-7", "été", "UTF-7", None);
        check(b"\0a\0b", "utf-16", "ab", "UTF-16BE", None);
        check(b"a\0b\0", "utf-16", "ab", "UTF-16LE", None);
    }

    #[test]
    fn labels_as_people_misspell_them() {
        for label in ["utf8", "UTF-8", " \"utf-8\" ", "3D\"utf-8\"", "utf_8", "'utf-8'", "utf-8*fr", "utf-8;"]
        {
            check("é".as_bytes(), label, "é", "UTF-8", None);
        }
        for label in
            ["cp1252", "latin1", "iso-8859-1*fr", "ansi_x3.110", "windows1252", "iso8859_1", "ISO8859-1"]
        {
            check(b"\xE9", label, "é", "windows-1252", None);
        }
        check(b"\xE0", "ISO-8859-8-I", "א", "ISO-8859-8-I", None);
        check(b"\xE0", "win-1251", "а", "windows-1251", None);
    }

    #[test]
    fn what_is_not_declared_is_utf8_or_windows_1252() {
        check(b"plain", "-", "plain", "US-ASCII", None);
        check("é".as_bytes(), "-", "é", "UTF-8", Some(Anomaly::UndeclaredCharset));
        check(b"\xE9", "-", "é", "windows-1252", Some(Anomaly::UndeclaredCharset));
        check(b"\xE9", "x-unknown", "é", "windows-1252", Some(Anomaly::UndeclaredCharset));
        check(b"\xE9", "unknown-8bit", "é", "windows-1252", Some(Anomaly::UndeclaredCharset));
        check(b"\xE9", "klingon", "é", "windows-1252", Some(Anomaly::UnknownCharset));
        check(b"plain", "klingon", "plain", "US-ASCII", None);
    }

    #[test]
    fn what_is_declared_and_cannot_be_is_not_believed() {
        check("é".as_bytes(), "us-ascii", "é", "UTF-8", Some(Anomaly::WrongCharset));
        check(b"\xE9", "us-ascii", "é", "windows-1252", Some(Anomaly::WrongCharset));
        check(b"\xE9t\xE9", "utf-8", "été", "windows-1252", Some(Anomaly::WrongCharset));
        check(b"\xC3\xA9t\xC3", "utf-8", "ét\u{FFFD}", "UTF-8", Some(Anomaly::UndecodableText));
        check(b"\xA4\xFF", "euc-jp", "\u{FFFD}", "EUC-JP", Some(Anomaly::UndecodableText));
    }

    #[test]
    fn a_byte_order_mark_tells_the_truth() {
        check(b"\xEF\xBB\xBF\xC3\xA9", "iso-8859-1", "é", "UTF-8", None);
        check(b"\xFF\xFEa\0", "-", "a", "UTF-16LE", None);
        check(b"\xFF\xFEa", "windows-1252", "ÿþa", "windows-1252", None);
    }
}
