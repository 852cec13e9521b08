//! Header values as text: folds undone, encoded words decoded (RFC 2047).
//!
//! Broken mail is read as people's programs read it: words in quotes and amid other letters, blanks
//! inside a word, base64 without its padding, a charset nobody knows. Neighbouring words of one
//! charset are joined as bytes before they become letters, for many programs cut them inside a
//! letter. What still cannot be decoded stands as written, and raw bytes above 127 are UTF-8 or else
//! windows-1252; both are noted.
//!
//! Work and memory are linear in the value, whatever is in it. That is why the words are not left to
//! `mailparse`, whose decoder of values is quadratic and keeps halves of letters as they are; a test
//! holds ours to its answers wherever it decodes.
//!
//! Not here: which letters a charset means (see `charset`).

use super::encoded_word::Encoding;
use super::encoded_word::Found;
use super::encoded_word::Word;
use super::encoded_word::next_word_start;
use super::encoded_word::word_at;
use super::q_encoding;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use crate::mail::charset;
use crate::mail::transfer;
use crate::mail::transfer::TransferEncoding;
use std::borrow::Cow;

/// Decodes a value: unfolded, trimmed, its encoded words decoded.
///
/// ```
/// let (subject, odd) = tranche::mail::decode_value(b" =?utf-8?Q?Caf=C3=A9?= at\r\n nine");
/// assert_eq!((&*subject, odd.is_empty()), ("Café at nine", true));
/// ```
pub fn decode_value(raw: &[u8]) -> (Cow<'_, str>, Anomalies) {
    let raw = raw.trim_ascii();
    if let Some(text) = plain(raw) {
        return (Cow::Borrowed(text), Anomalies::default());
    }
    let mut decoding = Decoding { text: String::with_capacity(raw.len()), ..Decoding::default() };
    decoding.value(raw);
    (Cow::Owned(decoding.text), decoding.anomalies)
}

/// Returns a value that stands for itself: ASCII on one line without an encoded word.
fn plain(raw: &[u8]) -> Option<&str> {
    let is_special = |place: usize| {
        let is_word_start = place.checked_sub(1).is_some_and(|before| raw.get(before) == Some(&b'='));
        raw.get(place) != Some(&b'?') || is_word_start
    };
    if memchr::memchr3_iter(b'\n', b'\r', b'?', raw).any(is_special) {
        return None;
    }
    std::str::from_utf8(raw).ok().filter(|text| text.is_ascii())
}

/// A text that is being decoded.
#[derive(Default)]
struct Decoding<'a> {
    text: String,
    anomalies: Anomalies,
    /// The bytes of the words before, which the next may continue.
    pending: Vec<u8>,
    pending_charset: &'a [u8],
}

impl<'a> Decoding<'a> {
    fn value(&mut self, raw: &'a [u8]) {
        let (mut done, mut at) = (0, 0);
        while let Some(start) = next_word_start(raw, at) {
            match word_at(raw.get(start..).unwrap_or_default()) {
                Found::Word(word) => {
                    self.between(raw.get(done..start).unwrap_or_default());
                    at = start + word.len;
                    done = at;
                    self.word(&word, raw.get(start..at).unwrap_or_default());
                }
                Found::Prose { len, is_broken_word } => {
                    self.anomalies.note_if(is_broken_word, Anomaly::BadEncodedWord);
                    at = start + len;
                }
            }
        }
        self.flush();
        self.prose(raw.get(done..).unwrap_or_default());
    }

    /// Adds what stands before a word; blanks between two words mean nothing (RFC 2047 §6.2).
    fn between(&mut self, prose: &[u8]) {
        let joins_words = !self.pending.is_empty() && prose.trim_ascii().is_empty();
        if !joins_words {
            self.flush();
            self.prose(prose);
        }
    }

    fn word(&mut self, word: &Word<'a>, as_written: &[u8]) {
        if is_stateful(word.charset) || !word.charset.eq_ignore_ascii_case(self.pending_charset) {
            self.flush();
            self.pending_charset = word.charset;
        }
        let before = self.pending.len();
        self.pending.reserve(word.text.len());
        let is_sound = match word.encoding {
            Encoding::Q => q_encoding::decode(word.text, &mut self.pending),
            Encoding::B => {
                let decoded = transfer::decode(word.text, TransferEncoding::Base64);
                self.pending.extend_from_slice(&decoded.bytes);
                decoded.is_clean
            }
        };
        self.anomalies.note_if(!is_sound, Anomaly::BadEncodedWord);
        if !is_sound && self.pending.len() == before {
            self.flush();
            self.prose(as_written);
        }
    }

    /// Turns the bytes of the words so far into letters.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        match std::str::from_utf8(&self.pending) {
            Ok(text) if self.pending_charset.eq_ignore_ascii_case(b"utf-8") => self.text.push_str(text),
            _ => {
                let label = std::str::from_utf8(self.pending_charset).unwrap_or_default();
                let decoded = charset::decode(&self.pending, Some(label));
                self.text.push_str(&decoded.text);
                self.anomalies = self.anomalies.and(decoded.anomalies);
            }
        }
        self.pending.clear();
    }

    /// Adds text that is not encoded: each fold becomes one blank.
    fn prose(&mut self, raw: &[u8]) {
        let unfolded = unfold(raw);
        match std::str::from_utf8(&unfolded) {
            Ok(text) => self.text.push_str(text),
            Err(_) => self.text.push_str(&charset::decode(&unfolded, None).text),
        }
        self.anomalies.note_if(!unfolded.is_ascii(), Anomaly::RawHeaderBytes);
    }
}

/// Puts one blank in the place of each line end and the blanks around it.
pub(in crate::mail) fn unfold(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr::memchr2(b'\n', b'\r', raw) else { return Cow::Borrowed(raw) };
    let (before, after) = raw.split_at_checked(first).unwrap_or_default();
    let mut unfolded = before.to_vec();
    let mut is_fold = false;
    for &byte in after {
        match byte {
            b'\n' | b'\r' => {
                while let Some(b' ' | b'\t') = unfolded.last() {
                    unfolded.pop();
                }
                unfolded.push(b' ');
                is_fold = true;
            }
            b' ' | b'\t' if is_fold => {}
            _ => {
                unfolded.push(byte);
                is_fold = false;
            }
        }
    }
    Cow::Owned(unfolded)
}

/// Returns whether text in a charset ends as it began, by an escape sequence that a second one may not
/// follow (WHATWG Encoding §12.2): then each word stands for itself.
fn is_stateful(charset: &[u8]) -> bool {
    charset.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"iso-2022"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(raw: &str, expected: &str, odd: &[Anomaly]) {
        check_bytes(raw.as_bytes(), expected, odd);
    }

    #[track_caller]
    fn check_bytes(raw: &[u8], expected: &str, odd: &[Anomaly]) {
        let (text, anomalies) = decode_value(raw);
        assert_eq!(&*text, expected, "{:?}", String::from_utf8_lossy(raw));
        assert_eq!(anomalies.iter().collect::<Vec<_>>(), odd, "{:?}", String::from_utf8_lossy(raw));
    }

    const BAD: &[Anomaly] = &[Anomaly::BadEncodedWord];
    const RAW: &[Anomaly] = &[Anomaly::RawHeaderBytes];

    #[test]
    fn plain_values_and_folds() {
        check(" Re: 3 630 files ", "Re: 3 630 files", &[]);
        check("a \r\n\t b\n c", "a b c", &[]);
        check("what =? is = ? this", "what =? is = ? this", &[]);
        check("", "", &[]);
    }

    #[test]
    fn words() {
        check("=?utf-8?Q?Caf=C3=A9_noir?=", "Café noir", &[]);
        check("=?UTF-8?b?Q2Fmw6k=?= au lait", "Café au lait", &[]);
        check("=?iso-8859-1?q?=E9t=E9?=", "été", &[]);
        check("=?utf-8*fr?Q?=C3=A9t=C3=A9?=", "été", &[]);
        check("(=?us-ascii?Q?a?= b)", "(a b)", &[]);
        check("a=?utf-8?Q?b?=c", "abc", &[]);
        check("=?utf-8?Q??=", "", &[]);
    }

    #[test]
    fn neighbours() {
        check("=?utf-8?Q?a?= =?utf-8?Q?b?=\r\n =?iso-8859-1?Q?c?=", "abc", &[]);
        check("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c", &[]);
        check("=?utf-8?Q?=C3?= =?UTF-8?B?qQ==?=", "é", &[]);
        check("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab", &[]);
        let twice = "=?ISO-2022-JP?B?GyRCJUYbKEI=?= ".repeat(2);
        check(&twice, "テテ", &[]);
    }

    #[test]
    fn broken_words() {
        check("=?utf-8?B?Q2Fmw6k?=", "Café", &[]);
        check("=?utf-8?Q?a b?=", "a b", &[]);
        check("=?utf-8?Q?never ended", "=?utf-8?Q?never ended", BAD);
        check("=?utf-8?Q?cut =?utf-8?Q?next?=", "=?utf-8?Q?cut next", BAD);
        check("=?utf-8?X?text?=", "=?utf-8?X?text?=", BAD);
        check("=?utf-8?B?!!?=", "=?utf-8?B?!!?=", BAD);
        check("=?utf-8?Q?100=?= sure", "100= sure", BAD);
        check("=?no-such?Q?=E9t=E9?=", "été", &[Anomaly::UnknownCharset]);
    }

    #[test]
    fn raw_bytes() {
        check("été", "été", RAW);
        check_bytes(b"\xE9t\xE9", "été", RAW);
        check_bytes(b"=?utf-8?Q?a?= \xE9", "a é", RAW);
    }

    #[test]
    fn hostile_values_take_linear_time() {
        let pieces =
            ["=?", "=?a?Q?", "=?a?Q?x", "=?a?Q??=", "=?utf-8?B?", "=?a?b?=", "?=", "\n \r", "=?a?Q?b?= "];
        for piece in pieces {
            let value = piece.repeat((1 << 20) / piece.len());
            assert!(decode_value(value.as_bytes()).0.len() <= value.len());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_become_text(raw in proptest::collection::vec(any::<u8>(), 0..80)) {
            decode_value(&raw);
        }

        /// Where each word is sound by itself, the letters are those that `mailparse` finds.
        #[test]
        fn sound_words_are_what_mailparse_finds(texts in proptest::collection::vec("[a-zé ]{1,9}", 1..4)) {
            let words: Vec<String> = texts.iter().map(|text| {
                let bytes = text.bytes().map(|byte| format!("={byte:02X}"));
                format!("=?utf-8?Q?{}?=", bytes.collect::<String>())
            }).collect();
            let value = words.join(" and ");
            let field = format!("Subject: {value}");
            let (field, _) = mailparse::parse_header(field.as_bytes()).unwrap();
            prop_assert_eq!(decode_value(value.as_bytes()).0, field.get_value());
        }
    }
}
