//! Text as it flows: blanks collapse, blocks part, quotes and lists get their marks.
//!
//! Line ends are asked for and written only when a letter follows, so that none is doubled, and none is
//! left where an element was empty. Blanks likewise: those of text that is split over tags join as they
//! do in a browser.
//!
//! Not here: which element asks for what (see `page`).

use super::Rendered;
use super::look::Look;
use crate::mail::Link;
use crate::mail::TextRange;

const NBSP: char = '\u{A0}';

/// They say where a word may break and where not, and nothing else.
const BREAKS: [char; 2] = ['\u{AD}', '\u{2060}'];

/// The text so far, and what waits for its next letter.
#[derive(Debug, Default)]
pub(super) struct Flow {
    rendered: Rendered,
    /// The line that is being written.
    line: Option<Line>,
    /// Line ends before the next line.
    line_ends: usize,
    /// A blank before the next letter.
    has_blank: bool,
    /// Nothing but invisible letters and blanks since a blank.
    is_padding: bool,
    /// What is put before the next line's first letter, in the last blanks of its indent.
    marker: String,
    quotes_before: u8,
    hidden: Option<TextRange>,
    link: Option<OpenLink>,
    /// Where the first letter since [`Flow::watch`] stands.
    watched: Option<usize>,
}

/// A line that has something in it.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// The text's length before its line ends.
    before: usize,
    /// Where its own text begins.
    start: usize,
    /// The line ends that were written before it.
    line_ends: usize,
}

#[derive(Debug)]
struct OpenLink {
    target: String,
    start: Option<usize>,
}

impl Flow {
    /// Adds text as it stands in the markup.
    pub(super) fn text(&mut self, text: &str, look: Look) {
        if look.is_typed {
            return self.typed(text, look);
        }
        let mut pieces = text.split(|letter: char| letter.is_ascii_whitespace());
        let mut next = pieces.next();
        while let Some(piece) = next {
            if piece.is_ascii() {
                self.word(piece, look);
            } else {
                self.letters(piece, look);
            }
            next = pieces.next();
            self.has_blank |= next.is_some();
        }
    }

    /// Adds words that are kept as they are.
    pub(super) fn word(&mut self, word: &str, look: Look) {
        if word.is_empty() {
            return;
        }
        if self.line.is_none() {
            self.open_line(look);
        } else if self.has_blank {
            self.rendered.text.push(' ');
        }
        self.has_blank = false;
        self.is_padding = false;
        let start = self.rendered.text.len();
        self.rendered.text.push_str(word);
        self.watched.get_or_insert(start);
        if let Some(link) = &mut self.link {
            link.start.get_or_insert(start);
        }
        self.mark_hidden(start, look.is_hidden());
    }

    /// Adds a sign of ours, such as that something was deleted; it joins the letters beside it.
    pub(super) fn sign(&mut self, sign: &str, look: Look) {
        self.word(sign, look);
    }

    /// Adds text in which some letters are for layout: hyphens where a word may be broken, and the
    /// invisible letters and blanks that newsletters pad their first line with.
    fn letters(&mut self, piece: &str, look: Look) {
        let mut kept = 0;
        for (place, letter) in piece.char_indices() {
            let before = self.is_padding || self.has_blank || self.line.is_none();
            let follows_blank = before && piece.get(kept..place).is_some_and(str::is_empty);
            let is_invisible = is_invisible(letter);
            if !BREAKS.contains(&letter)
                && !(follows_blank && (is_invisible || letter == NBSP && self.is_padding))
            {
                continue;
            }
            self.word(piece.get(kept..place).unwrap_or_default(), look);
            kept = place + letter.len_utf8();
            self.is_padding |= is_invisible;
        }
        self.word(piece.get(kept..).unwrap_or_default(), look);
    }

    fn typed(&mut self, text: &str, look: Look) {
        let mut lines = text.split('\n');
        let mut next = lines.next();
        while let Some(line) = next {
            let line = line.trim_end_matches('\r');
            if !line.trim_matches(' ').is_empty() || self.line.is_some() {
                self.word(line, look);
            }
            next = lines.next();
            if next.is_some() {
                self.next_line();
            }
        }
    }

    /// Ends the line, as typed: each one more is an empty line.
    fn next_line(&mut self) {
        self.end_line();
        self.line_ends += 1;
    }

    /// Ends the line; where there is none, leaves a blank one.
    pub(super) fn line_break(&mut self, look: Look) {
        if look.is_typed {
            self.next_line();
        } else {
            let line_ends = if self.line.is_some() { 1 } else { 2 };
            self.part(line_ends);
        }
    }

    /// Ends the line, with at least so many line ends before the next.
    pub(super) fn part(&mut self, line_ends: usize) {
        self.end_line();
        self.line_ends = self.line_ends.max(line_ends);
    }

    /// Puts a marker before the next line's first letter.
    pub(super) fn mark(&mut self, marker: String) {
        self.marker = marker;
    }

    /// Begins a link; its words are those up to [`Flow::end_link`].
    pub(super) fn begin_link(&mut self, target: &str) {
        self.end_link();
        self.link = Some(OpenLink { target: target.to_owned(), start: None });
    }

    /// Ends the link, where one is open.
    pub(super) fn end_link(&mut self) {
        if let Some(link) = self.link.take() {
            let end = self.rendered.text.len();
            let range = link.start.unwrap_or(end)..end;
            self.rendered.links.push(Link { range, target: link.target });
        }
    }

    /// Returns whether a link is open.
    pub(super) fn has_link(&self) -> bool {
        self.link.is_some()
    }

    /// Names a remote image.
    pub(super) fn image(&mut self, target: &str) {
        self.rendered.images.push(target.to_owned());
    }

    /// Returns the last letter of the line that is being written, where nothing parts it from the next.
    pub(super) fn last_letter(&self) -> Option<char> {
        let line = self.line.filter(|_| !self.has_blank)?;
        self.rendered.text.get(line.start..)?.chars().next_back()
    }

    /// Begins to look for where the next letter stands.
    pub(super) fn watch(&mut self) {
        self.end_line();
        self.watched = None;
    }

    /// Returns what has been written since; nothing where there was no letter.
    pub(super) fn watched(&mut self) -> Option<TextRange> {
        let line = self.line;
        self.end_line();
        if let (None, Some(blank)) = (self.watched, line) {
            // What only keeps a cell open leaves no blank line.
            self.line_ends = blank.line_ends;
        }
        let end = self.rendered.text.len();
        self.watched.take().map(|start| start.min(end)..end)
    }

    /// Returns the text so far, its last line ended.
    pub(super) fn so_far(&mut self) -> &mut Rendered {
        self.end_line();
        self.rendered.hidden.extend(self.hidden.take().filter(|range| !range.is_empty()));
        &mut self.rendered
    }

    /// Returns what was written.
    pub(super) fn finish(mut self) -> Rendered {
        self.end_link();
        self.end_line();
        self.rendered.hidden.extend(self.hidden);
        if !self.rendered.text.is_empty() {
            self.rendered.text.push('\n');
        }
        self.rendered
    }

    /// Writes the line ends that wait, and what stands before the text of each line.
    fn open_line(&mut self, look: Look) {
        let text = &mut self.rendered.text;
        let before = text.len();
        let line_ends = if text.is_empty() { 0 } else { self.line_ends.max(1) };
        for line in 0..line_ends {
            if line > 0 && look.quotes.min(self.quotes_before) > 0 {
                let quotes = usize::from(look.quotes.min(self.quotes_before));
                text.push_str(" >".repeat(quotes).trim_start());
            }
            text.push('\n');
        }
        text.push_str(&"> ".repeat(look.quotes.into()));
        let indent = usize::from(look.indent).saturating_sub(self.marker.chars().count());
        text.push_str(&" ".repeat(indent));
        text.push_str(&self.marker);
        self.marker.clear();
        self.line = Some(Line { before, start: text.len(), line_ends });
        self.line_ends = 0;
        self.quotes_before = look.quotes;
    }

    /// Ends the line without its last blanks; one that has nothing else becomes a blank line.
    fn end_line(&mut self) {
        self.has_blank = false;
        self.is_padding = false;
        let Some(line) = self.line.take() else { return };
        let written = self.rendered.text.get(line.start..).unwrap_or_default();
        let kept = written.trim_end_matches([' ', NBSP]).len();
        if kept == written.len() {
            return;
        }
        if kept == 0 {
            self.cut(line.before);
            self.line_ends = line.line_ends.max(2);
        } else {
            self.cut(line.start + kept);
        }
    }

    /// Takes back what was written behind this place.
    fn cut(&mut self, len: usize) {
        self.rendered.text.truncate(len);
        let clamp = |range: &mut TextRange| *range = range.start.min(len)..range.end.min(len);
        self.rendered.links.iter_mut().rev().take_while(|link| link.range.end > len).for_each(|link| {
            clamp(&mut link.range);
        });
        self.rendered.hidden.iter_mut().rev().take_while(|range| range.end > len).for_each(clamp);
        while self.rendered.hidden.pop_if(|range| range.start >= range.end).is_some() {}
        self.hidden.iter_mut().for_each(clamp);
        self.watched = self.watched.filter(|&start| start < len);
        if let Some(link) = &mut self.link {
            link.start = link.start.filter(|&start| start < len);
        }
    }

    fn mark_hidden(&mut self, start: usize, is_hidden: bool) {
        let end = self.rendered.text.len();
        match &mut self.hidden {
            Some(hidden) if is_hidden => hidden.end = end,
            None if is_hidden => self.hidden = Some(start..end),
            Some(_) => self.rendered.hidden.extend(self.hidden.take().filter(|range| !range.is_empty())),
            None => {}
        }
    }
}

/// Letters that take no cell and stand in no word of their own.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}')
}
