//! The way through a text: eight easy bytes at a time, and each letter that is not easy by itself.

use super::letters::Letters;
use super::map::FoldMap;
use super::stride::STRIDE;
use super::stride::Stride;

/// Hears where each folded letter came from; see [`FoldMap`].
pub trait Notes {
    /// Bytes that are folded one by one.
    fn bytes(&mut self, folded: usize, original: usize);
    /// A letter, or a run of blanks, that is folded as a whole.
    fn whole(&mut self, folded: usize, original: usize);
    /// A letter that is left out.
    fn dropped(&mut self, folded: usize, original: usize);
}

/// Needs no way back.
pub struct NoMap;

impl Notes for NoMap {
    fn bytes(&mut self, _: usize, _: usize) {}
    fn whole(&mut self, _: usize, _: usize) {}
    fn dropped(&mut self, _: usize, _: usize) {}
}

impl Notes for &mut FoldMap {
    fn bytes(&mut self, folded: usize, original: usize) {
        FoldMap::bytes(self, folded, original);
    }
    fn whole(&mut self, folded: usize, original: usize) {
        FoldMap::whole(self, folded, original);
    }
    fn dropped(&mut self, folded: usize, original: usize) {
        FoldMap::dropped(self, folded, original);
    }
}

/// Goes through a text once.
pub struct Folding<'a, N> {
    text: &'a str,
    folded: &'a mut Vec<u8>,
    map: N,
    at: usize,
}

impl<'a, N: Notes> Folding<'a, N> {
    /// Begins to fold `text` into `folded`.
    pub fn new(text: &'a str, folded: &'a mut Vec<u8>, map: N) -> Self {
        Self { text, folded, map, at: 0 }
    }

    /// Folds all of it; with `NAMES`, as [`Between::Names`](super::Between::Names) says.
    pub fn run<const NAMES: bool>(&mut self) {
        let letters = Letters::new();
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let is_hard = rest.first_chunk().is_none_or(|&stride| self.easy::<NAMES>(stride));
            if is_hard {
                let Some(letter) = self.next_letter() else { break };
                self.step::<NAMES>(letters, letter);
            }
        }
    }

    /// Folds the bytes up to the first hard one, and returns whether there is one.
    ///
    /// A blank at the end is left for the next stride, which sees what follows it.
    fn easy<const NAMES: bool>(&mut self, stride: [u8; STRIDE]) -> bool {
        let stride = Stride::new::<NAMES>(stride);
        let easy = stride.easy();
        let len = if stride.ends_in_blank() { easy.min(STRIDE - 1) } else { easy };
        if len > 0 {
            let here = self.folded.len();
            self.map.bytes(here, self.at);
            // All of it is written and the end cut off again: a copy of fixed length is one instruction.
            self.folded.extend_from_slice(&stride.folded());
            self.folded.truncate(here + len);
            self.at += len;
        }
        len == easy && easy < STRIDE
    }

    fn next_letter(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Folds one letter, or the blanks that begin with it.
    fn step<const NAMES: bool>(&mut self, letters: Letters, letter: char) {
        let here = self.folded.len();
        if letter.is_ascii() {
            let byte = letter as u8;
            if is_blank::<NAMES>(byte) {
                return self.blanks::<NAMES>(letters);
            }
            if NAMES
                && byte == b'='
                && let Some(soft) = self.soft_break()
            {
                self.map.dropped(here, self.at);
                self.at += soft;
                return;
            }
            self.map.bytes(here, self.at);
            self.folded.push(byte.to_ascii_lowercase());
            self.at += 1;
            return;
        }
        let folded = letters.fold(letter);
        match *folded.as_bytes() {
            [] => self.map.dropped(here, self.at),
            [b' '] => return self.blanks::<NAMES>(letters),
            [b'-'] if NAMES => return self.blanks::<NAMES>(letters),
            [byte] => {
                self.map.whole(here, self.at);
                self.folded.push(byte);
            }
            _ => {
                self.map.whole(here, self.at);
                folded.append_to(self.folded);
            }
        }
        self.at += letter.len_utf8();
    }

    /// Returns the length of a `=` and the line end after it.
    fn soft_break(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_crlf = rest.starts_with(b"=\r\n");
        (is_crlf || rest.starts_with(b"=\n")).then_some(if is_crlf { 3 } else { 2 })
    }

    /// Folds a run of blanks into one, and with it the letters without width among them.
    fn blanks<const NAMES: bool>(&mut self, letters: Letters) {
        self.map.whole(self.folded.len(), self.at);
        let mut lines: usize = 0;
        let mut begins_line = false;
        while let Some(letter) = self.next_letter() {
            if NAMES
                && letter == '='
                && let Some(soft) = self.soft_break()
            {
                self.at += soft;
                continue;
            }
            let is_mark = NAMES && begins_line && letter == '>';
            if !is_mark && !is_blank_or_unseen::<NAMES>(letters, letter) {
                break;
            }
            lines += usize::from(letter == '\n');
            begins_line = letter == '\n' || begins_line && matches!(letter, '>' | ' ' | '\t');
            self.at += letter.len_utf8();
        }
        self.folded.push(if NAMES && lines > 1 { b'\n' } else { b' ' });
    }
}

fn is_blank_or_unseen<const NAMES: bool>(letters: Letters, letter: char) -> bool {
    match u8::try_from(letter) {
        Ok(byte) if byte.is_ascii() => is_blank::<NAMES>(byte),
        _ => match letters.fold(letter).as_bytes() {
            b"" | b" " => true,
            folded => NAMES && folded == b"-",
        },
    }
}

/// Returns whether an ASCII byte folds to a blank.
fn is_blank<const NAMES: bool>(byte: u8) -> bool {
    (byte == b' ') | byte.wrapping_sub(b'\t').lt(&5) | (NAMES & (byte == b'-'))
}
