//! The lines of a text, each with how often it is marked as quoted.

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
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let end = start + whole.len();
        let text = whole.trim_end_matches(['\r', '\n']);
        lines.push(Line { start, end, text, marks: marks(text) });
        start = end;
    }
    mark_initials(&mut lines);
    lines
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

/// Marks lines that begin with the same initials, as in `AB> text`, where two stand together: alone,
/// `SQL> ` is as likely a prompt.
fn mark_initials(lines: &mut [Line<'_>]) {
    let mut last: Option<(usize, &str)> = None;
    for place in 0..lines.len() {
        let Some(line) = lines.get(place) else { break };
        let Some(initials) = initials(line.text) else { continue };
        let before = last.filter(|&(before, same)| before + 1 == place && same == initials);
        if let Some((before, _)) = before {
            for line in lines.iter_mut().take(place + 1).skip(before) {
                line.marks = 1;
            }
        }
        last = Some((place, initials));
    }
}

/// Returns the initials that a line begins with, up to three capitals before `> `.
fn initials(line: &str) -> Option<&str> {
    let (initials, rest) = line.split_once('>')?;
    let are_initials =
        (1..=3).contains(&initials.len()) && initials.bytes().all(|byte| byte.is_ascii_uppercase());
    (are_initials && (rest.is_empty() || rest.starts_with(' '))).then_some(initials)
}
