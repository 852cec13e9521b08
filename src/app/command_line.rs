//! The `:` line: a command by its name, or by letters of it, or a message by its number.
//!
//! Commands are offered as one types, those whose names begin so first. Arrows choose one, Tab writes its
//! name, Enter runs the one that is marked.

use super::Key;
use super::keymap;
use super::keymap::Binding;
use super::prompt::Answer;
use super::prompt::Prompt;
use crate::corpus::MessageNo;
use crate::text::TextRange;

/// The line, and the commands that it may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    prompt: Prompt,
    offers: Vec<Offer>,
    chosen: Option<usize>,
}

/// A command that the line may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The name that was meant.
    pub name: &'static str,
    /// The first name of the command.
    pub command: &'static str,
    /// The letters of the name that were typed.
    pub typed: Vec<TextRange>,
}

/// What a key makes of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// A message by its number.
    Number(MessageNo),
    /// A command.
    Command(&'static Binding),
    /// Nothing that is known.
    Unknown(String),
}

impl PartialEq for Binding {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Binding {}

impl CommandLine {
    /// Returns the line.
    pub fn prompt(&self) -> &Prompt {
        &self.prompt
    }

    /// Returns the commands that it may mean, the likeliest first.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// Returns which of them Enter would run.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// Takes a key; `Err` while the line stays open, `Ok(None)` when it was given up.
    pub fn take(&mut self, key: Key) -> Result<Option<Entered>, StaysOpen> {
        match key {
            Key::Down | Key::Ctrl('n') => self.choose(1),
            Key::Up | Key::Ctrl('p') => self.choose(-1),
            Key::Tab => self.complete(),
            Key::Enter => return Ok(self.entered()),
            _ => {
                let before = self.prompt.typed().to_owned();
                if self.prompt.take(key) == Answer::Dropped {
                    return Ok(None);
                }
                if self.prompt.typed() != before {
                    self.offer();
                }
            }
        }
        Err(StaysOpen)
    }

    fn offer(&mut self) {
        let typed = self.prompt.typed().trim();
        self.offers = if typed.is_empty() { Vec::new() } else { offers(typed) };
        self.chosen = (!self.offers.is_empty()).then_some(0);
    }

    /// Marks another command; on an empty line all are offered.
    fn choose(&mut self, steps: isize) {
        if self.offers.is_empty() && self.prompt.typed().trim().is_empty() {
            self.offers = offers("");
        }
        let last = self.offers.len().checked_sub(1);
        self.chosen = last.map(|last| match self.chosen {
            Some(chosen) => chosen.saturating_add_signed(steps).min(last),
            None if steps > 0 => 0,
            None => last,
        });
    }

    fn complete(&mut self) {
        if self.chosen.is_none() {
            return self.choose(1);
        }
        if let Some(offer) = self.chosen.and_then(|chosen| self.offers.get(chosen)) {
            self.prompt = Prompt::with(offer.name);
            self.offer();
        }
    }

    fn entered(&self) -> Option<Entered> {
        let typed = self.prompt.typed().trim();
        if let Some(number) = typed.parse().ok().and_then(MessageNo::from_ordinal) {
            return Some(Entered::Number(number));
        }
        let chosen = self.chosen.and_then(|chosen| self.offers.get(chosen));
        match chosen.and_then(|offer| keymap::named(offer.command)) {
            Some(binding) => Some(Entered::Command(binding)),
            None if typed.is_empty() => None,
            None => Some(Entered::Unknown(typed.to_owned())),
        }
    }
}

/// The line goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaysOpen;

/// How well a name fits what was typed; the least fits best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Start,
    StartOfWord,
    Within,
    Scattered,
}

/// Returns the commands that may be meant, the likeliest first.
fn offers(typed: &str) -> Vec<Offer> {
    let mut found: Vec<(Fit, Offer)> =
        keymap::bindings().filter_map(|binding| best(binding, typed)).collect();
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().map(|(_, offer)| offer).collect()
}

fn best(binding: &Binding, typed: &str) -> Option<(Fit, Offer)> {
    let fits = binding.names.iter().filter_map(|name| {
        let (fit, typed) = fit(name, typed)?;
        Some((fit, Offer { name, command: binding.name(), typed }))
    });
    fits.min_by_key(|(fit, _)| *fit)
}

fn fit(name: &str, typed: &str) -> Option<(Fit, Vec<TextRange>)> {
    let typed = typed.to_ascii_lowercase();
    if let Some(start) = at_start_of_word(name, &typed).or_else(|| name.find(&typed)) {
        let is_word = start == 0 || name.get(..start).is_some_and(|before| before.ends_with('-'));
        let fit = match (start, is_word) {
            (0, _) if name.len() == typed.len() => Fit::Whole,
            (0, _) => Fit::Start,
            (_, true) => Fit::StartOfWord,
            (_, false) => Fit::Within,
        };
        let in_one: TextRange = start..start + typed.len();
        return Some((fit, vec![in_one]));
    }
    let mut letters = name.char_indices();
    let scattered = typed.chars().map(|letter| {
        let (at, found) = letters.find(|(_, it)| *it == letter)?;
        Some(at..at + found.len_utf8())
    });
    scattered.collect::<Option<_>>().map(|typed| (Fit::Scattered, typed))
}

fn at_start_of_word(name: &str, typed: &str) -> Option<usize> {
    let starts = std::iter::once(0).chain(name.match_indices('-').map(|(at, _)| at + 1));
    starts.into_iter().find(|&start| name.get(start..).is_some_and(|rest| rest.starts_with(typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let found: Vec<&str> = offers(typed).iter().map(|offer| offer.name).collect();
        assert_eq!(found.get(..expected.len()), Some(expected), "{found:?}");
    }

    #[test]
    fn what_begins_so_is_offered_before_what_has_the_letters_scattered() {
        check("q", &["q", "quotes"]);
        check("cand", &["candidates"]);
        check("next", &["next", "next-thread", "next-hit"]);
        check("thr", &["threads", "next-thread", "previous-thread"]);
        check("nhi", &["next-hit"]);
        check("UNFOLD", &["unfold", "unfold-all"]);
        assert_eq!(offers("zzz"), []);
    }

    #[track_caller]
    fn check_line(keys: &[Key], typed: &str, chosen: Option<&str>) {
        let mut line = CommandLine::default();
        for &key in keys {
            assert_eq!(line.take(key), Err(StaysOpen));
        }
        assert_eq!(line.prompt.typed(), typed);
        assert_eq!(line.chosen.map(|chosen| line.offers[chosen].name), chosen);
    }

    #[test]
    fn arrows_choose_and_tab_completes() {
        use Key::Char;
        check_line(&[Char('c')], "c", Some("candidates"));
        check_line(&[Char('c'), Key::Tab], "candidates", Some("candidates"));
        check_line(&[Char('n'), Char('e'), Key::Down], "ne", Some("next"));
        check_line(&[Key::Down], "", Some("down"));
        check_line(&[Key::Up], "", Some("suspend"));
        check_line(&[Char('1'), Char('7')], "17", None);
    }

    #[track_caller]
    fn check_entered(typed: &str, expected: Option<Entered>) {
        let mut line = CommandLine::default();
        for letter in typed.chars() {
            let _ = line.take(Key::Char(letter));
        }
        assert_eq!(line.take(Key::Enter), Ok(expected));
    }

    #[test]
    fn enter_runs_what_is_marked() {
        check_entered("17", Some(Entered::Number(MessageNo(16))));
        check_entered(" q ", keymap::named("quit").map(Entered::Command));
        check_entered("prevhi", keymap::named("previous-hit").map(Entered::Command));
        check_entered("", None);
        check_entered("0", Some(Entered::Unknown("0".to_owned())));
        check_entered("wq", Some(Entered::Unknown("wq".to_owned())));
    }
}
