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

use super::Anomalies;
use super::Anomaly;
use super::charset;
use super::encodings;
use std::borrow::Cow;

/// The longest charset name that is looked for; the longest that is registered has 45 letters.
const LONGEST_CHARSET_BYTES: usize = 64;

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
    let text = std::str::from_utf8(raw).ok().filter(|text| text.is_ascii())?;
    let is_special = |place: usize| {
        let is_word_start = place.checked_sub(1).is_some_and(|before| raw.get(before) == Some(&b'='));
        raw.get(place) != Some(&b'?') || is_word_start
    };
    (!memchr::memchr3_iter(b'\n', b'\r', b'?', raw).any(is_special)).then_some(text)
}

/// An encoded word, as written: `=?charset?Q?text?=`.
struct Word<'a> {
    charset: &'a [u8],
    encoding: Encoding,
    text: &'a [u8],
    len: usize,
}

#[derive(Clone, Copy)]
enum Encoding {
    Q,
    B,
}

/// What was found where a word seemed to begin.
enum Found<'a> {
    Word(Word<'a>),
    /// No word, and none begins in so many bytes.
    Prose {
        len: usize,
        is_broken_word: bool,
    },
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
        if !word.charset.eq_ignore_ascii_case(self.pending_charset) {
            self.flush();
            self.pending_charset = word.charset;
        }
        let before = self.pending.len();
        self.pending.reserve(word.text.len());
        let is_sound = match word.encoding {
            Encoding::Q => encodings::decode_q(word.text, &mut self.pending),
            Encoding::B => encodings::decode_base64(word.text, &mut self.pending),
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
pub(super) fn unfold(raw: &[u8]) -> Cow<'_, [u8]> {
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

fn next_word_start(raw: &[u8], at: usize) -> Option<usize> {
    let marks = memchr::memchr_iter(b'?', raw.get(at..)?).map(|mark| at + mark);
    marks.filter_map(|mark| mark.checked_sub(1)).find(|&start| start >= at && raw.get(start) == Some(&b'='))
}

/// Reads the word that `rest` seems to begin with.
///
/// A word ends at the first `?=` behind its encoding. Another `=?` before that means that this one
/// was cut off and the next begins there.
fn word_at(rest: &[u8]) -> Found<'_> {
    let Some((charset, encoding, start)) = word_head(rest) else {
        return Found::Prose { len: 2, is_broken_word: false };
    };
    for mark in memchr::memchr_iter(b'?', rest.get(start..).unwrap_or_default()).map(|mark| start + mark) {
        if rest.get(mark + 1) == Some(&b'=') {
            let Some(encoding) = encoding else {
                return Found::Prose { len: mark + 2, is_broken_word: true };
            };
            let text = rest.get(start..mark).unwrap_or_default();
            return Found::Word(Word { charset, encoding, text, len: mark + 2 });
        }
        if mark > start && rest.get(mark - 1) == Some(&b'=') {
            return Found::Prose { len: mark - 1, is_broken_word: true };
        }
    }
    Found::Prose { len: rest.len(), is_broken_word: true }
}

/// Reads `=?charset?Q?`: the charset, the encoding where there is one of that letter, and the length.
fn word_head(rest: &[u8]) -> Option<(&[u8], Option<Encoding>, usize)> {
    let near = rest.get(2..rest.len().min(2 + LONGEST_CHARSET_BYTES))?;
    let charset_len = memchr::memchr(b'?', near)?;
    let charset = near.get(..charset_len)?.trim_ascii();
    // RFC 2231 §5: a language may follow the charset.
    let charset = charset.split(|&byte| byte == b'*').next()?;
    let is_name = charset.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'=');
    let after = rest.get(2 + charset_len + 1..)?;
    let letter = after.first()?;
    let encoding = match letter.to_ascii_uppercase() {
        b'Q' => Some(Encoding::Q),
        b'B' => Some(Encoding::B),
        _ => None,
    };
    (is_name && letter.is_ascii_alphanumeric() && after.get(1) == Some(&b'?')).then_some((
        charset,
        encoding,
        2 + charset_len + 3,
    ))
}
