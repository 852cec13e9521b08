//! The lines of a text, each with how often it is marked as quoted.

use std::str::SplitInclusive;

/// One line of a text.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Where it begins.
    pub start: usize,
    /// Where the next one begins.
    pub end: usize,
    /// What it says, its line end left out.
    pub text: &'a str,
    /// How many `>` it begins with.
    pub marks: u8,
}

impl Line<'_> {
    /// Returns whether a person sees nothing on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Returns the lines of a text in order; joined they are the text.
pub fn lines(text: &str) -> Lines<'_> {
    let mut lines = Lines { rest: text.split_inclusive('\n'), start: 0, before: None, next: None };
    lines.next = lines.read();
    lines
}

/// The lines of a text.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    rest: SplitInclusive<'a, char>,
    start: usize,
    /// The initials that the line before begins with.
    before: Option<&'a str>,
    next: Option<Line<'a>>,
}

impl<'a> Lines<'a> {
    fn read(&mut self) -> Option<Line<'a>> {
        let whole = self.rest.next()?;
        let (start, end) = (self.start, self.start + whole.len());
        self.start = end;
        let text = whole.trim_end_matches(['\r', '\n']);
        Some(Line { start, end, text, marks: marks(text) })
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    /// Lines that begin with the same initials, as in `AB> text`, are marked where two stand together:
    /// alone, `SQL> ` is as likely a prompt.
    fn next(&mut self) -> Option<Line<'a>> {
        let mut line = self.next.take()?;
        self.next = self.read();
        let own = initials(line.text);
        let is_like = |other: Option<&str>| own.is_some() && own == other;
        if is_like(self.before) || is_like(self.next.and_then(|next| initials(next.text))) {
            line.marks = 1;
        }
        self.before = own;
        Some(line)
    }
}

/// Returns how many `>` a line begins with, blanks before and between them aside.
fn marks(line: &str) -> u8 {
    let mut count: u8 = 0;
    for letter in line.chars() {
        match letter {
            '>' => count = count.saturating_add(1),
            ' ' | '\u{A0}' => {}
            _ => break,
        }
    }
    count
}

/// Returns the initials that a line begins with, up to three capitals before `> `.
fn initials(line: &str) -> Option<&str> {
    let len = line.bytes().take(4).position(|byte| byte == b'>')?;
    let (initials, rest) = (line.get(..len)?, line.get(len + 1..)?);
    let are_initials = len > 0 && initials.bytes().all(|byte| byte.is_ascii_uppercase());
    (are_initials && (rest.is_empty() || rest.starts_with(' '))).then_some(initials)
}
