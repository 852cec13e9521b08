//! What a terminal sends, as the keys that were pressed.
//!
//! An Escape is a key, and the beginning of what other keys send. It is the key when nothing follows it
//! for a while ([`Keystrokes::is_open`] says that one should wait, [`Keystrokes::close`] that it was in
//! vain). What is pasted is told as a whole, and never taken for keys.
//!
//! Not here: waiting, and reading the bytes (`keyboard`).

use crate::app::Key;
use termina::Event;
use termina::Parser;
use termina::escape::csi::Csi;
use termina::escape::csi::Device;
use termina::event::KeyCode;
use termina::event::KeyEvent;
use termina::event::KeyEventKind;
use termina::event::Modifiers;
use termina::event::MouseButton;
use termina::event::MouseEvent;
use termina::event::MouseEventKind;

const ESCAPE: u8 = b'\x1b';

/// What begins a text that is pasted, where the terminal says so.
const PASTE: &[u8] = b"\x1b[200~";

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text.
    Paste(String),
    /// Turned the wheel: up, or down.
    Wheel(bool),
    /// Clicked on a cell.
    Click { x: u16, y: u16 },
    /// Did nothing: the terminal has answered.
    Answer,
}

/// The bytes of a terminal, as they arrive.
#[derive(Debug, Default)]
pub(super) struct Keystrokes {
    parser: Parser,
    /// What has been sent since the last whole key.
    sent: Vec<u8>,
}

impl Keystrokes {
    /// Takes in what was sent, and returns what is whole.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Stroke> {
        let mut strokes = Vec::new();
        for &byte in bytes {
            // Escape just before an answer of the terminal, or before another key that begins with one.
            if byte == ESCAPE && self.sent == [ESCAPE] {
                strokes.extend(self.close());
            }
            self.sent.push(byte);
            self.parser.parse(&[byte], true);
            self.pop_into(&mut strokes);
        }
        strokes
    }

    /// Returns whether more has to come soon, or what was sent is something else than it seems.
    pub(super) fn is_open(&self) -> bool {
        self.sent.starts_with(b"\x1b") && !self.sent.starts_with(PASTE)
    }

    /// Ends what more was expected of: an Escape is the key, half of something longer is nothing.
    pub(super) fn close(&mut self) -> Vec<Stroke> {
        let mut strokes = Vec::new();
        self.parser.parse(&[], false);
        self.pop_into(&mut strokes);
        *self = Self::default();
        strokes
    }

    fn pop_into(&mut self, strokes: &mut Vec<Stroke>) {
        while let Some(event) = self.parser.pop() {
            self.sent.clear();
            match event {
                Event::Key(pressed) => {
                    strokes.extend(keys_of(pressed).into_iter().flatten().map(Stroke::Key));
                }
                Event::Paste(text) => strokes.push(Stroke::Paste(text)),
                Event::Mouse(mouse) => strokes.extend(stroke_of(mouse)),
                Event::Csi(Csi::Device(Device::DeviceAttributes(()))) => strokes.push(Stroke::Answer),
                _ => {}
            }
        }
    }
}

fn stroke_of(mouse: MouseEvent) -> Option<Stroke> {
    match mouse.kind {
        MouseEventKind::ScrollUp => Some(Stroke::Wheel(true)),
        MouseEventKind::ScrollDown => Some(Stroke::Wheel(false)),
        MouseEventKind::Down(MouseButton::Left) => Some(Stroke::Click { x: mouse.column, y: mouse.row }),
        _ => None,
    }
}

/// Returns the keys that were meant. One held with Alt is Escape and then the key, which is how it
/// arrives, and how an Escape just before another key arrives over a slow line.
fn keys_of(pressed: KeyEvent) -> [Option<Key>; 2] {
    if pressed.kind == KeyEventKind::Release {
        return [None, None];
    }
    let escape = pressed.modifiers.contains(Modifiers::ALT).then_some(Key::Esc);
    [escape, key_of(pressed.code, pressed.modifiers.contains(Modifiers::CONTROL))]
}

fn key_of(code: KeyCode, is_control: bool) -> Option<Key> {
    Some(match code {
        KeyCode::Char(letter) if is_control => Key::Ctrl(letter.to_ascii_lowercase()),
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Escape => Key::Esc,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is understood of pieces that arrive one by one with a pause behind the last.
    fn strokes(pieces: &[&[u8]]) -> Vec<Stroke> {
        let mut keystrokes = Keystrokes::default();
        let mut strokes: Vec<Stroke> = pieces.iter().flat_map(|piece| keystrokes.take(piece)).collect();
        if keystrokes.is_open() {
            strokes.extend(keystrokes.close());
        }
        strokes
    }

    #[track_caller]
    fn check(sent: &str, expected: &[Key]) {
        let expected: Vec<Stroke> = expected.iter().copied().map(Stroke::Key).collect();
        assert_eq!(strokes(&[sent.as_bytes()]), expected, "{sent:?}");
        let bytes: Vec<&[u8]> = sent.as_bytes().chunks(1).collect();
        assert_eq!(strokes(&bytes), expected, "{sent:?}, byte by byte");
    }

    #[test]
    fn keys_are_understood_however_they_arrive() {
        use Key::Char;
        check("jé梅G", &[Char('j'), Char('é'), Char('梅'), Char('G')]);
        check("\r\t\x7f\x03\x1a", &[Key::Enter, Key::Tab, Key::Backspace, Key::Ctrl('c'), Key::Ctrl('z')]);
        check("\x1b[A\x1bOB\x1b[5~\x1b[6~j", &[Key::Up, Key::Down, Key::PageUp, Key::PageDown, Char('j')]);
        check("\x1b[H\x1b[1~\x1b[F\x1b[4~\x1b[3~", &[Key::Home, Key::Home, Key::End, Key::End, Key::Delete]);
        check("\x1b", &[Key::Esc]);
        check("\x1bj", &[Key::Esc, Char('j')]);
        check("\x1b[", &[]);
        check("\x1b\x1b[Aj", &[Key::Esc, Key::Up, Char('j')]);
        check("\x1b\x1b\x1bj", &[Key::Esc, Key::Esc, Key::Esc, Char('j')]);
    }

    /// Its digits would choose candidates, and its `c` show them.
    #[test]
    fn an_answer_behind_an_escape_is_no_keys() {
        let expected = [Stroke::Key(Key::Esc), Stroke::Answer];
        let whole = b"\x1b\x1b[?62;22c";
        assert_eq!(strokes(&[whole]), expected);
        assert_eq!(strokes(&whole.chunks(1).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn what_is_half_sent_takes_no_key_with_it() {
        let mut keystrokes = Keystrokes::default();
        assert_eq!(keystrokes.take(b"\x1b["), []);
        assert!(keystrokes.is_open());
        assert_eq!(keystrokes.close(), []);
        assert_eq!(keystrokes.take(b"j"), [Stroke::Key(Key::Char('j'))]);
        assert!(!keystrokes.is_open());
    }

    #[test]
    fn what_is_pasted_is_one_thing_and_is_waited_for() {
        let mut keystrokes = Keystrokes::default();
        assert_eq!(keystrokes.take(b"\x1b[200~q\r\x1b[A"), []);
        assert!(!keystrokes.is_open());
        let pasted = Stroke::Paste("q\r\x1b[Aé".to_owned());
        assert_eq!(keystrokes.take("é\x1b[201~j".as_bytes()), [pasted, Stroke::Key(Key::Char('j'))]);
    }

    #[test]
    fn the_wheel_a_click_and_an_answer_are_told_from_keys() {
        let sent = strokes(&[b"\x1b[<64;3;4M\x1b[<65;3;4M\x1b[<0;3;4M\x1b[<0;3;4m\x1b[?62;22cj\x1b[?1;2c"]);
        let key = Stroke::Key(Key::Char('j'));
        let click = Stroke::Click { x: 2, y: 3 };
        assert_eq!(
            sent,
            [Stroke::Wheel(true), Stroke::Wheel(false), click, Stroke::Answer, key, Stroke::Answer]
        );
    }

    proptest! {
        #[test]
        fn a_key_behind_anything_is_heard(sent: Vec<u8>) {
            prop_assume!(!sent.windows(PASTE.len()).any(|bytes| bytes == PASTE));
            let mut keystrokes = Keystrokes::default();
            keystrokes.take(&sent);
            keystrokes.close();
            prop_assert_eq!(keystrokes.take(b"j"), [Stroke::Key(Key::Char('j'))]);
        }
    }
}
