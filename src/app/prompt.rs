//! A line of text that is being typed.

use super::Key;

/// A line that is being typed, and the place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    typed: String,
    cursor: usize,
}

/// What a key makes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It goes on.
    Open,
    /// It was given up.
    Dropped,
    /// It was entered.
    Entered(String),
}

impl Prompt {
    /// Goes on with a line, at its end.
    pub fn with(line: &str) -> Self {
        Self { typed: line.to_owned(), cursor: line.len() }
    }

    /// Returns what has been typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Returns what has been typed before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.typed.get(..self.cursor).unwrap_or_default()
    }

    /// Puts a text in the place of a stretch of the line, and the cursor behind it.
    pub fn replace(&mut self, range: std::ops::Range<usize>, text: &str) {
        if self.typed.get(range.clone()).is_some() {
            self.cursor = range.start + text.len();
            self.typed.replace_range(range, text);
        }
    }

    /// Takes a key.
    pub fn take(&mut self, key: Key) -> Answer {
        match key {
            Key::Enter => return Answer::Entered(std::mem::take(&mut self.typed)),
            Key::Esc | Key::Ctrl('c' | 'g') => return Answer::Dropped,
            Key::Backspace | Key::Ctrl('h') if self.typed.is_empty() => return Answer::Dropped,
            Key::Backspace | Key::Ctrl('h') => self.delete(self.left()..self.cursor),
            Key::Delete | Key::Ctrl('d') => self.delete(self.cursor..self.right()),
            Key::Ctrl('u') => self.delete(0..self.cursor),
            Key::Ctrl('w') => self.delete(self.word()..self.cursor),
            Key::Ctrl('k') => self.typed.truncate(self.cursor),
            Key::Left | Key::Ctrl('b') => self.cursor = self.left(),
            Key::Right | Key::Ctrl('f') => self.cursor = self.right(),
            Key::Home | Key::Ctrl('a') => self.cursor = 0,
            Key::End | Key::Ctrl('e') => self.cursor = self.typed.len(),
            Key::Char(letter) => {
                self.typed.insert(self.cursor, letter);
                self.cursor += letter.len_utf8();
            }
            _ => {}
        }
        Answer::Open
    }

    fn delete(&mut self, range: std::ops::Range<usize>) {
        self.cursor = range.start;
        self.typed.replace_range(range, "");
    }

    /// Returns where the word before the cursor begins.
    fn word(&self) -> usize {
        let before = self.before_cursor().trim_end();
        before
            .char_indices()
            .rev()
            .find(|(_, letter)| letter.is_whitespace())
            .map_or(0, |(at, letter)| at + letter.len_utf8())
    }

    fn left(&self) -> usize {
        self.cursor - self.before_cursor().chars().next_back().map_or(0, char::len_utf8)
    }

    fn right(&self) -> usize {
        let after = self.typed.get(self.cursor..).unwrap_or_default();
        self.cursor + after.chars().next().map_or(0, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[Key], expected: &str, before: &str) {
        let mut prompt = Prompt::default();
        for &key in keys {
            prompt.take(key);
        }
        assert_eq!((prompt.typed(), prompt.before_cursor()), (expected, before));
    }

    #[test]
    fn a_line_is_edited_by_letters() {
        use Key::Char;
        check(&[Char('a'), Char('é'), Key::Backspace, Char('b')], "ab", "ab");
        check(&[Char('é'), Char('b'), Key::Left, Key::Left, Char('x')], "xéb", "x");
        check(&[Char('a'), Char('b'), Key::Home, Key::Delete], "b", "");
        check(&[Char('a'), Char('b'), Key::Left, Key::Ctrl('u')], "b", "");
        check(&[Char('a'), Char(' '), Char('b'), Char(' '), Key::Ctrl('w')], "a ", "a ");
        check(&[Char('a'), Key::Ctrl('w'), Key::Ctrl('w')], "", "");
    }
}
