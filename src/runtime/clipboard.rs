//! The clipboard of the terminal that a person sits at, by OSC 52.
//!
//! Inside tmux it needs no wrapping: with `set-clipboard` on, tmux takes it for us and passes it on.

use super::ending;
use super::screen::Heard;
use crate::app::Change;
use crate::app::Msg;
use crate::bytes::ByteRange;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::report::Citation;
use crate::source::Source;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

/// Some terminals take no more than this; no citation is that long, unless somebody made it so.
const COPIED_BYTES_AT_MOST: usize = 4 << 10;

/// Writes the citation of a message, beside the loop: a digest takes as long as its message is.
pub(super) fn cite(source: Arc<Source>, corpus: Corpus, number: MessageNo, say: Sender<Heard>) {
    thread::spawn(move || {
        ending::doing("citing");
        let Some(kept) = corpus.get(number) else { return };
        let range: ByteRange = kept.range();
        let citation = Citation::of(source.name(), kept, source.message(range)).to_string();
        let loss = source.loss();
        let heard = match loss.touches(range) {
            // A digest of what is gone would be one of zeros.
            true => Heard::Msg(Msg::MailboxChanged(Change::Lost(loss))),
            false => Heard::Cited(citation),
        };
        // Where nobody hears any more the program is about to end.
        let _ = say.send(heard);
    });
}

/// Returns what puts a text on the clipboard; `None` where it is too long for one.
pub(super) fn sequence(text: &str) -> Option<String> {
    (text.len() <= COPIED_BYTES_AT_MOST).then(|| format!("\x1b]52;c;{}\x07", base64(text.as_bytes())))
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS.get((bits >> (18 - 6 * place)) as usize & 63).copied().unwrap_or(b'A');
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(sequence(text), Some(format!("\x1b]52;c;{expected}\x07")));
    }

    #[test]
    fn a_text_is_sent_as_the_clipboard_wants_it() {
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("é?>", "w6k/Pg==");
        assert_eq!(sequence(&"x".repeat(COPIED_BYTES_AT_MOST + 1)), None);
    }
}
