//! Where an encoded word begins and ends: `=?charset?Q?text?=` (RFC 2047 §2).
//!
//! Not here: what it says (see `words`).

/// The longest charset name that is looked for; the longest that is registered has 45 letters.
const LONGEST_CHARSET_BYTES: usize = 64;

/// An encoded word, as written: `=?charset?Q?text?=`.
pub(super) struct Word<'a> {
    /// Without the language that may follow it.
    pub charset: &'a [u8],
    pub encoding: Encoding,
    pub text: &'a [u8],
    /// Of all of it.
    pub len: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Encoding {
    Q,
    B,
}

/// What was found where a word seemed to begin.
pub(super) enum Found<'a> {
    Word(Word<'a>),
    /// No word, and none begins in so many bytes.
    Prose {
        len: usize,
        is_broken_word: bool,
    },
}

/// Returns where the next word may begin.
pub(super) fn next_word_start(raw: &[u8], at: usize) -> Option<usize> {
    let marks = memchr::memchr_iter(b'?', raw.get(at..)?).map(|mark| at + mark);
    marks.filter_map(|mark| mark.checked_sub(1)).find(|&start| start >= at && raw.get(start) == Some(&b'='))
}

/// Reads the word that `rest` seems to begin with.
///
/// A word ends at the first `?=` behind its encoding. Another `=?` before that means that this one
/// was cut off and the next begins there.
pub(super) fn word_at(rest: &[u8]) -> Found<'_> {
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

/// Returns the length of the encoded word that `rest` begins with, if it begins with one. It may hold
/// any sign; one with blanks in it, which is none by RFC 2047 §2, may hold no bracket or quote.
pub(super) fn word_len(rest: &[u8]) -> Option<usize> {
    let Found::Word(word) = word_at(rest) else { return None };
    let has_blanks = word.text.iter().any(u8::is_ascii_whitespace);
    let has_brackets = word.text.iter().any(|byte| b"<>\"".contains(byte));
    (!(has_blanks && has_brackets)).then_some(word.len)
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
