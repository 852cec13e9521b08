//! Where lines break, so that none is wider than the screen.
//!
//! Lines are ranges of the text as it is, so what was found in it is found again on the screen; widths
//! are those of what will be drawn. Lines break at blanks, else beside wide letters, else between any
//! two glyphs. Each byte belongs to one line, or to the blanks and the line end behind one. Only a
//! glyph that is wider than the screen makes a line that is.
//!
//! **Invariant:** each glyph is looked at once, whatever the length of a line.

use super::Cells;
use super::Glyphs;
use super::TextRange;
use super::glyphs::plain_len;
use super::lead::Lead;
use super::slice;
use memchr::memchr;
use memchr::memchr_iter;

/// A line as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The quote marks to draw before a line that goes on from the line above; they stand in the text
    /// where that one began.
    pub prefix: TextRange,
    /// Blanks to draw behind them, so that it stands below the words of the line above.
    pub indent: Cells,
    /// Its text.
    pub range: TextRange,
}

/// Breaks a text into lines of at most `width` cells.
///
/// ```
/// use tranche::text::{Cells, wrap};
///
/// assert_eq!(wrap("the evidence is\nnever touched", Cells(12)), [0..12, 13..15, 16..21, 22..29]);
/// ```
pub fn wrap(text: &str, width: Cells) -> Vec<TextRange> {
    let mut lines = Vec::new();
    for hard in hard_lines(text) {
        break_line(text, hard, Lead::default(), width, |line| lines.push(line.range));
    }
    lines
}

/// Breaks a text into lines of at most `width` cells; one that goes on has the quote marks and the
/// indent of the line above, unless they would fill half the screen.
pub fn wrap_quoted(text: &str, width: Cells) -> Vec<Line> {
    let mut lines = Vec::new();
    for hard in hard_lines(text) {
        let lead = Lead::of(slice(text, hard.clone()), width.0 / 2);
        break_line(text, hard, lead, width, |line| lines.push(line));
    }
    lines
}

/// The lines as written, without their line ends.
fn hard_lines(text: &str) -> impl Iterator<Item = TextRange> {
    let unended = (!text.is_empty() && !text.ends_with('\n')).then_some(text.len());
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes()).chain(unended).map(move |end| {
        let line = start..end;
        start = end + 1;
        line
    })
}

/// Breaks one line as written; `emit` gets each line that comes of it.
fn break_line(text: &str, hard: TextRange, lead: Lead, width: Cells, emit: impl FnMut(Line)) {
    let line = slice(text, hard.clone());
    let room = width.0.max(1);
    let row = Row { start: 0, end: 0, cells: 0, before: 0, room, has_ink: false };
    Breaker { emit, base: hard.start, lead, row, width: room, after_wide: false, opportunity: None }
        .run(line);
}

/// The line that is being filled. Places are in bytes from the start of the line as written.
struct Row {
    start: usize,
    /// The end of what fits.
    end: usize,
    /// The cells of all since `start`, blanks that hang over the edge included.
    cells: usize,
    /// The cells of the lead that is drawn before it.
    before: usize,
    /// The cells that there are.
    room: usize,
    /// It has more than blanks and its lead, so it can end.
    has_ink: bool,
}

/// A place where the line may break.
#[derive(Clone, Copy)]
struct Opportunity {
    end: usize,
    /// Where the next line would begin.
    next: usize,
    /// The cells of all before `next`.
    cells: usize,
}

struct Breaker<E> {
    emit: E,
    /// Where the line as written stands.
    base: usize,
    lead: Lead,
    width: usize,
    row: Row,
    after_wide: bool,
    opportunity: Option<Opportunity>,
}

impl<E: FnMut(Line)> Breaker<E> {
    fn run(&mut self, line: &str) {
        if line.len() <= self.row.room && plain_len(line.as_bytes()) == line.len() {
            self.row.end = line.len();
            return self.emit(0, line.len());
        }
        let mut glyphs = Glyphs::of(line);
        loop {
            let plain = glyphs.take_plain();
            self.plain(line, plain);
            let Some(glyph) = glyphs.next() else { break };
            let cells = glyph.cells(Cells(self.row.before + self.row.cells)).0;
            if glyph.is_tab() || slice(line, glyph.range.clone()) == " " {
                self.blanks(glyph.range, cells);
            } else {
                self.letter(glyph.range.clone(), cells, glyph.is_wide());
            }
        }
        self.emit(self.row.start, self.row.end);
    }

    /// Puts down letters and blanks of one byte and one cell each.
    fn plain(&mut self, line: &str, range: TextRange) {
        let mut at = range.start;
        while let Some(rest) = line.as_bytes().get(at..range.end).filter(|rest| !rest.is_empty()) {
            let word = memchr(b' ', rest).unwrap_or(rest.len());
            let blanks = rest.iter().skip(word).take_while(|&&byte| byte == b' ').count();
            self.word(at..at + word);
            self.blanks(at + word..at + word + blanks, blanks);
            at += word + blanks;
        }
    }

    /// Puts down letters of one byte and one cell each, cut where they must be.
    fn word(&mut self, range: TextRange) {
        if range.is_empty() {
            return;
        }
        self.may_break_beside_wide(range.start, false);
        let mut start = range.start;
        while self.row.cells + (range.end - start) > self.row.room {
            if self.opportunity.is_none() {
                let fitting = self.row.room.saturating_sub(self.row.cells);
                start += fitting;
                self.row.end = if fitting > 0 { start } else { self.row.end };
            }
            self.turn(start);
        }
        self.put(range.end, range.end - start);
    }

    /// Puts down one glyph.
    fn letter(&mut self, range: TextRange, cells: usize, is_wide: bool) {
        self.may_break_beside_wide(range.start, is_wide);
        while self.row.cells + cells > self.row.room && self.row.cells > 0 {
            self.turn(range.start);
        }
        self.put(range.end, cells);
    }

    fn put(&mut self, end: usize, cells: usize) {
        self.row.end = end;
        self.row.cells += cells;
        self.row.has_ink |= end > self.lead.bytes;
    }

    /// Puts down blanks; those beyond the edge hang over it and are not drawn.
    fn blanks(&mut self, range: TextRange, cells: usize) {
        if range.is_empty() {
            return;
        }
        let left = self.row.room.saturating_sub(self.row.cells);
        if self.row.end == range.start {
            let is_tab = cells != range.len();
            self.row.end += if cells <= left {
                range.len()
            } else if is_tab {
                0
            } else {
                left
            };
        }
        self.row.cells += cells;
        self.after_wide = false;
        if self.row.has_ink {
            let end = match self.opportunity {
                Some(before) if before.next == range.start => before.end,
                _ => range.start,
            };
            self.opportunity = Some(Opportunity { end, next: range.end, cells: self.row.cells });
        }
    }

    fn may_break_beside_wide(&mut self, at: usize, is_wide: bool) {
        let is_known = self.opportunity.is_some_and(|it| it.next == at);
        if (is_wide || self.after_wide) && self.row.has_ink && !is_known {
            self.opportunity = Some(Opportunity { end: at, next: at, cells: self.row.cells });
        }
        self.after_wide = is_wide;
    }

    /// Ends the line where it may break, else at `at`, up to where it is filled.
    fn turn(&mut self, at: usize) {
        let broken = self.opportunity.take();
        let here = Opportunity { end: self.row.end.min(at), next: at, cells: self.row.cells };
        let Opportunity { end, next, cells } = broken.unwrap_or(here);
        self.emit(self.row.start, end);
        let cells = self.row.cells - cells;
        let before = self.lead.quote + self.lead.indent;
        let room = self.width - before;
        self.row = Row { start: next, end: at, cells, before, room, has_ink: cells > 0 };
    }

    fn emit(&mut self, start: usize, end: usize) {
        let range = self.base + start..self.base + end;
        let goes_on = Line {
            prefix: self.base..self.base + self.lead.quote,
            indent: Cells(self.lead.indent),
            range: range.clone(),
        };
        (self.emit)(if start > 0 { goes_on } else { Line { range, ..Line::default() } });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Printable;
    use crate::text::width;
    use proptest::prelude::*;

    #[track_caller]
    fn check(cells: usize, text: &str, lines: &[&str]) {
        let wrapped: Vec<&str> = wrap(text, Cells(cells)).into_iter().map(|range| &text[range]).collect();
        assert_eq!(wrapped, lines);
    }

    #[track_caller]
    fn check_quoted(cells: usize, text: &str, lines: &[&str]) {
        let draw =
            |line: Line| format!("{}{}{}", &text[line.prefix], " ".repeat(line.indent.0), &text[line.range]);
        let wrapped: Vec<String> = wrap_quoted(text, Cells(cells)).into_iter().map(draw).collect();
        assert_eq!(wrapped, lines);
    }

    #[test]
    fn lines_break_at_blanks() {
        check(5, "", &[]);
        check(5, "\n\na\n", &["", "", "a"]);
        check(5, "ab cd ef", &["ab cd", "ef"]);
        check(5, "abcd    ef", &["abcd", "ef"]);
        check(5, "abc     ", &["abc  "]);
        check(5, "       a", &["     ", "a"]);
        check(5, "  abcdef", &["  abc", "def"]);
        check(5, "é è ê ë", &["é è ê", "ë"]);
        check(10, "a\tb", &["a\tb"]);
        check(8, "a\tb", &["a", "b"]);
    }

    #[test]
    fn lines_without_blanks_break_between_glyphs() {
        check(3, "abcdefgh", &["abc", "def", "gh"]);
        check(3, "a bcdefgh", &["a", "bcd", "efg", "h"]);
        check(3, "e\u{301}e\u{301}e\u{301}e\u{301}", &["e\u{301}e\u{301}e\u{301}", "e\u{301}"]);
        check(5, "漢字漢字", &["漢字", "漢字"]);
        check(5, "ab漢字漢", &["ab漢", "字漢"]);
        check(6, "漢 abcd", &["漢", "abcd"]);
        check(6, "漢字abcd", &["漢字", "abcd"]);
        check(1, "漢a", &["漢", "a"]);
    }

    #[test]
    fn widths_are_of_what_is_drawn() {
        check(6, "ab\x1Bcd", &["ab\x1B", "cd"]);
        check(3, "\x1Bab", &["\x1B", "ab"]);
        check(0, "ab", &["a", "b"]);
    }

    #[test]
    fn quotes_go_on() {
        check_quoted(8, "> ab cd ef", &["> ab cd", "> ef"]);
        check_quoted(8, "> > abcdefgh\n> i", &["> > abcd", "> > efgh", "> i"]);
        check_quoted(8, ">> abcdefgh", &[">> abcde", ">> fgh"]);
        check_quoted(8, ">>>>> abcdefg", &[">>>>>", "abcdefg"]);
        check_quoted(8, "a > abcdefgh", &["a >", "abcdefgh"]);
    }

    #[test]
    fn indents_go_on() {
        check_quoted(8, "  ab cd ef", &["  ab cd", "  ef"]);
        check_quoted(9, " • ab cd ef", &[" • ab cd", "   ef"]);
        check_quoted(9, "> 1. ab cd", &["> 1. ab", "> cd"]);
        check_quoted(12, "> 1. abc def", &["> 1. abc def"]);
        check_quoted(12, "> 1. abc d ef", &["> 1. abc d", ">    ef"]);
        check_quoted(8, "      abcdef", &["      ab", "cdef"]);
    }

    #[test]
    fn a_long_line_ends() {
        let blanks = " ".repeat(1 << 22);
        let marks = "\u{301}".repeat(1 << 20);
        for text in ["a".repeat(1 << 23), "é".repeat(1 << 22), blanks, marks] {
            assert!(wrap(&text, Cells(80)).last().is_some_and(|line| line.end <= text.len()));
        }
    }

    proptest! {
        #[test]
        fn lines_cover_the_text_and_keep_to_the_width(text in crate::text::tests::hostile(), cells in 1..24usize) {
            let lines = wrap_quoted(&text, Cells(cells));
            let mut end = 0;
            for line in &lines {
                prop_assert!(text[end..line.range.start].chars().all(|it| matches!(it, ' ' | '\t' | '\n')));
                let column = width(&Printable::new(&text[line.prefix.clone()])) + line.indent;
                let drawn = Printable::at(&text[line.range.clone()], column);
                let is_one_glyph = Glyphs::of(&text[line.range.clone()]).count() == 1;
                prop_assert!(is_one_glyph || column + width(&drawn) <= Cells(cells), "{:?}", drawn);
                end = line.range.end;
            }
            prop_assert!(text[end..].chars().all(|it| matches!(it, ' ' | '\t' | '\n')));
            prop_assert_eq!(lines.len() >= text.lines().count(), true);
        }
    }
}
