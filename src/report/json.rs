//! One JSON object a line, safe to print on a terminal.
//!
//! JSON must escape what is below U+0020 and may escape the rest (RFC 8259 §7). We escape what a
//! terminal could take for an order, or a reader for something else: DEL, the C1 controls, and the
//! controls of writing direction. Any JSON reader gives back the same text.

use serde::Serialize;
use serde_json::ser::Formatter;
use std::io;
use std::io::Write;

/// Returns a value as one line of JSON, with its line end.
pub fn line(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut writing = serde_json::Serializer::with_formatter(&mut out, Safe);
    value.serialize(&mut writing).expect("a report has string keys and is written to memory");
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is UTF-8")
}

struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        for (place, letter) in fragment.char_indices().filter(|(_, letter)| is_unsafe(*letter)) {
            out.write_all(&fragment.as_bytes()[written..place])?;
            write!(out, "\\u{:04x}", u32::from(letter))?;
            written = place + letter.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

fn is_unsafe(letter: char) -> bool {
    matches!(letter,
        '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let written = line(&text);
        assert_eq!(written, format!("\"{expected}\"\n"));
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn what_could_act_on_a_terminal_is_escaped() {
        check("Mélenchon", "Mélenchon");
        check("\x1b[2J", "\\u001b[2J");
        check("a\u{7f}b\u{9b}2J", "a\\u007fb\\u009b2J");
        check("facture\u{202e}fdp.exe", "facture\\u202efdp.exe");
    }
}
