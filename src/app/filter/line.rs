//! The line in which a filter is typed: editing, the lines that were kept, and Tab.

use super::offers;
use crate::app::Key;
use crate::app::prompt::Answer;
use crate::app::prompt::Prompt;
use crate::corpus::Corpus;
use crate::watch::Watchlist;

/// The line in which a filter is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterLine {
    prompt: Prompt,
    /// The arrow up has gone back by so many kept lines, from this one.
    back: Option<(usize, String)>,
    /// What Tab goes through.
    offers: Option<Offers>,
}

/// What Tab offers in turn, what was typed last.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offers {
    start: usize,
    shown: usize,
    words: Vec<String>,
}

/// What a key makes of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It goes on, perhaps with other words.
    Typed,
    /// The filter is dropped.
    Dropped,
    /// The filter is kept.
    Kept,
}

impl FilterLine {
    /// Goes on with a line.
    pub fn with(line: &str) -> Self {
        Self { prompt: Prompt::with(line), ..Self::default() }
    }

    /// Returns the line as it is edited.
    pub fn prompt(&self) -> &Prompt {
        &self.prompt
    }

    /// Takes a key.
    pub fn take(&mut self, key: Key, kept: &[String], corpus: &Corpus, watchlist: &Watchlist) -> Step {
        if key == Key::Tab {
            self.offer_next(corpus, watchlist);
            return Step::Typed;
        }
        self.offers = None;
        match key {
            Key::Enter => return Step::Kept,
            Key::Up | Key::Ctrl('p') => self.go_back(kept),
            Key::Down | Key::Ctrl('n') => self.go_forth(kept),
            _ => {
                if self.prompt.take(key) == Answer::Dropped {
                    return Step::Dropped;
                }
            }
        }
        Step::Typed
    }

    fn go_back(&mut self, kept: &[String]) {
        let back = self.back.as_ref().map_or(0, |(back, _)| *back);
        let Some(line) = kept.iter().rev().nth(back) else { return };
        let draft = self.back.take().map_or_else(|| self.prompt.typed().to_owned(), |(_, draft)| draft);
        self.prompt = Prompt::with(line);
        self.back = Some((back + 1, draft));
    }

    fn go_forth(&mut self, kept: &[String]) {
        let Some((back, draft)) = self.back.take() else { return };
        match back.checked_sub(2).and_then(|before| kept.iter().rev().nth(before)) {
            Some(line) => {
                self.prompt = Prompt::with(line);
                self.back = Some((back - 1, draft));
            }
            None => self.prompt = Prompt::with(&draft),
        }
    }

    fn offer_next(&mut self, corpus: &Corpus, watchlist: &Watchlist) {
        let mut offers = match self.offers.take() {
            Some(offers) => Offers { shown: (offers.shown + 1) % offers.words.len(), ..offers },
            None => {
                let (range, mut words) =
                    offers::offers(self.prompt.typed(), self.prompt.before_cursor().len(), corpus, watchlist);
                if words.is_empty() {
                    return;
                }
                words.push(self.prompt.typed().get(range.clone()).unwrap_or_default().to_owned());
                Offers { start: range.start, shown: 0, words }
            }
        };
        let end = self.prompt.before_cursor().len();
        match offers.words.get(offers.shown) {
            Some(word) => self.prompt.replace(offers.start..end, word),
            None => offers.shown = 0,
        }
        self.offers = Some(offers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[Key], expected: &str) {
        let kept = ["one".to_owned(), "two".to_owned()];
        let mut line = FilterLine::default();
        for &key in keys {
            line.take(key, &kept, &Corpus::default(), &Watchlist::built_in());
        }
        assert_eq!(line.prompt().typed(), expected);
    }

    #[test]
    fn the_arrows_go_through_the_lines_that_were_kept() {
        use Key::Char;
        use Key::Down;
        use Key::Up;
        check(&[Up], "two");
        check(&[Up, Up], "one");
        check(&[Up, Up, Up], "one");
        check(&[Char('x'), Up, Down], "x");
        check(&[Char('x'), Up, Up, Down], "two");
        check(&[Down], "");
    }

    #[test]
    fn tab_goes_through_what_may_stand_there_and_back_to_what_was_typed() {
        use Key::Char;
        use Key::Tab;
        check(&[Char('f'), Tab], "from:");
        check(&[Char('f'), Tab, Tab], "file:");
        check(&[Char('f'), Tab, Tab, Tab], "f");
        check(&[Char('x'), Tab], "x");
        check(&[Char('f'), Tab, Char('a')], "from:a");
        check(&[Char('i'), Char('s'), Char(':'), Char('d'), Tab], "is:duplicate");
        check(&[Char('c'), Char('a'), Tab, Char('m'), Char('e'), Tab], "candidate:J");
    }
}
