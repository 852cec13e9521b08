//! The list of candidates, as one or several files make it.

use super::built_in::BUILT_IN;
use super::candidate::Candidate;
use super::candidate::Colour;
use super::entry;
use super::entry::At;
use super::entry::Entry;
use super::nearest;
use super::ordinary;
use super::watchlist_error::Problem;
use super::watchlist_error::WatchlistError;
use crate::text::Between;
use crate::text::fold_into;

/// Who is looked for.
///
/// **Invariant:** no two candidates share a name, a badge (case aside) or a spelling (folded).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watchlist {
    candidates: Vec<Candidate>,
    notes: Vec<String>,
}

impl Watchlist {
    /// Returns the five principal candidates of the French presidential election of 2017.
    pub fn built_in() -> Self {
        Self::default().with(BUILT_IN).expect("the built-in watchlist is one")
    }

    /// Adds what stands in a watchlist file.
    ///
    /// A candidate who is in the list already keeps what is known and gets what is new; a badge or a
    /// colour that is written replaces the one before.
    pub fn with(mut self, file: &str) -> Result<Self, WatchlistError> {
        let entries = entry::entries(file)?;
        let known = self.candidates.len();
        for entry in &entries {
            self.add(entry, known)?;
        }
        self.give_badges_and_colours(&entries, known)?;
        if entries.is_empty() {
            self.notes.push("a watchlist names nobody: [[candidate]] begins one".to_owned());
        }
        Ok(self)
    }

    /// Returns the candidates in order.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Returns what a person should know before they trust the counts, a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Adds a candidate, or to one of the first `known`, who stood in another file.
    fn add(&mut self, entry: &Entry, known: usize) -> Result<(), WatchlistError> {
        let fail = |line, problem| Err(WatchlistError { line, problem });
        let name = match &entry.name {
            Some(name) if !name.text.is_empty() => name,
            Some(name) => return fail(name.line, Problem::NoName),
            None => return fail(entry.line, Problem::NoName),
        };
        for (key, word) in
            std::iter::once(("name", name)).chain(entry.spellings.iter().map(|word| ("spelling", word)))
        {
            if !word.text.contains(char::is_alphanumeric) {
                return fail(word.line, Problem::NoLetters(key, word.text.clone()));
            }
        }
        let place = self.place(&name.text);
        if place.is_some_and(|place| place >= known) {
            return fail(name.line, Problem::Twice(name.text.clone()));
        }
        for word in std::iter::once(name).chain(&entry.spellings) {
            if let Some(owner) = self.owner(&word.text).filter(|&owner| Some(owner) != place) {
                let owner = self.candidates.get(owner).map_or_else(String::new, |owner| owner.name.clone());
                return fail(word.line, Problem::SpellingTaken(word.text.clone(), owner));
            }
            self.notes.extend(note(&name.text, &word.text));
        }
        self.note_idle_exceptions(entry, &name.text);
        let texts = |words: &[At]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        let (spellings, addresses, except) =
            (texts(&entry.spellings), texts(&entry.addresses), texts(&entry.except));
        match place.and_then(|place| self.candidates.get_mut(place)) {
            Some(candidate) => {
                candidate.spellings.extend(spellings);
                candidate.addresses.extend(addresses);
                candidate.except.extend(except);
            }
            None => self.candidates.push(Candidate {
                name: name.text.clone(),
                badge: NO_BADGE,
                colour: Colour::Blue,
                spellings,
                addresses,
                except,
            }),
        }
        Ok(())
    }

    fn place(&self, name: &str) -> Option<usize> {
        let name = folded(name);
        self.candidates.iter().position(|candidate| folded(&candidate.name) == name)
    }

    fn owner(&self, spelling: &str) -> Option<usize> {
        let spelling = folded(spelling);
        self.candidates
            .iter()
            .position(|candidate| candidate.searched().any(|other| folded(other) == spelling))
    }

    fn note_idle_exceptions(&mut self, entry: &Entry, name: &str) {
        let searched: Vec<String> = std::iter::once(name)
            .chain(entry.spellings.iter().map(|word| word.text.as_str()))
            .chain(
                self.place(name)
                    .and_then(|place| self.candidates.get(place))
                    .into_iter()
                    .flat_map(Candidate::searched),
            )
            .map(folded)
            .collect();
        for except in &entry.except {
            let folded = folded(&except.text);
            if !searched.iter().any(|spelling| folded.contains(spelling)) {
                let text = &except.text;
                self.notes
                    .push(format!("except \"{text}\" holds no spelling of {name}, so it changes nothing"));
            }
        }
    }

    /// Gives the badges and colours that are written, then chooses the others.
    fn give_badges_and_colours(&mut self, entries: &[Entry], known: usize) -> Result<(), WatchlistError> {
        let mut colours: Vec<Colour> =
            self.candidates.iter().take(known).map(|candidate| candidate.colour).collect();
        for entry in entries {
            let Some(place) = entry.name.as_ref().and_then(|name| self.place(&name.text)) else { continue };
            if let Some(badge) = &entry.badge {
                self.give_badge(place, badge)?;
            }
            if let Some(colour) = &entry.colour {
                colours.push(self.give_colour(place, colour)?);
            }
        }
        for entry in entries {
            let Some(place) = entry.name.as_ref().and_then(|name| self.place(&name.text)) else { continue };
            let is_chosen = self.candidates.get(place).is_some_and(|candidate| candidate.badge != NO_BADGE);
            if !is_chosen {
                self.choose_badge(place, entry.line)?;
            }
            if entry.colour.is_none() && !is_chosen {
                colours.push(self.choose_colour(place, &colours));
            }
        }
        Ok(())
    }

    fn give_badge(&mut self, place: usize, badge: &At) -> Result<(), WatchlistError> {
        let mut letters = badge.text.chars();
        let (Some(letter), None) = (letters.next().filter(|letter| letter.is_alphanumeric()), letters.next())
        else {
            return Err(WatchlistError { line: badge.line, problem: Problem::BadBadge(badge.text.clone()) });
        };
        let letter = capital(letter);
        if let Some(owner) = self.owner_of_badge(letter).filter(|&owner| owner != place) {
            let owner = self.candidates.get(owner).map_or_else(String::new, |owner| owner.name.clone());
            return Err(WatchlistError { line: badge.line, problem: Problem::BadgeTaken(letter, owner) });
        }
        if let Some(candidate) = self.candidates.get_mut(place) {
            candidate.badge = letter;
        }
        Ok(())
    }

    fn owner_of_badge(&self, letter: char) -> Option<usize> {
        self.candidates.iter().position(|candidate| candidate.badge == letter)
    }

    fn give_colour(&mut self, place: usize, colour: &At) -> Result<Colour, WatchlistError> {
        let Some(known) = Colour::named(&colour.text) else {
            let words = Colour::ALL.map(|(_, word)| word);
            let meant = nearest(&colour.text, words);
            let problem = Problem::UnknownColour(
                colour.text.clone(),
                words.into_iter().find(|&word| Some(word) == meant),
            );
            return Err(WatchlistError { line: colour.line, problem });
        };
        if let Some(candidate) = self.candidates.get_mut(place) {
            candidate.colour = known;
        }
        Ok(known)
    }

    /// Chooses the first free letter: of the words of the name from the last on, of all its letters, of
    /// the alphabet, the digits, and of other alphabets.
    fn choose_badge(&mut self, place: usize, line: usize) -> Result<(), WatchlistError> {
        let Some(name) = self.candidates.get(place).map(|candidate| candidate.name.clone()) else {
            return Ok(());
        };
        let initials = name.split([' ', '-']).rev().filter_map(|word| word.chars().next());
        let plain = ('A'..='Z').chain('0'..='9').chain('À'..='Ž').chain('Α'..='Я');
        let letters = initials.chain(name.chars()).chain(plain);
        let mut free = letters.filter(|letter| letter.is_alphanumeric()).map(capital);
        let Some(letter) = free.find(|&letter| self.owner_of_badge(letter).is_none()) else {
            return Err(WatchlistError { line, problem: Problem::NoBadgeLeft(name) });
        };
        if let Some(candidate) = self.candidates.get_mut(place) {
            candidate.badge = letter;
        }
        Ok(())
    }

    /// Chooses the first of the colours that were given least often.
    fn choose_colour(&mut self, place: usize, given: &[Colour]) -> Colour {
        let times = |colour: &Colour| given.iter().filter(|other| *other == colour).count();
        let chosen =
            Colour::ALL.map(|(colour, _)| colour).into_iter().min_by_key(times).unwrap_or(Colour::Blue);
        if let Some(candidate) = self.candidates.get_mut(place) {
            candidate.colour = chosen;
        }
        chosen
    }
}

/// Stands where no badge was given yet; nobody can write it.
const NO_BADGE: char = '\0';

fn capital(letter: char) -> char {
    let mut capital = letter.to_uppercase();
    capital.next().filter(|_| capital.next().is_none()).unwrap_or(letter)
}

fn folded(name: &str) -> String {
    let mut folded = Vec::new();
    fold_into(name, Between::Names, &mut folded);
    String::from_utf8_lossy(&folded).trim().to_owned()
}

/// Returns what is to be said of a spelling that finds more than it should.
fn note(name: &str, spelling: &str) -> Option<String> {
    let folded = folded(spelling);
    let is_as_written = !spelling.contains(char::is_lowercase);
    if ordinary::is_ordinary(&folded) && !is_as_written {
        return Some(format!("\"{spelling}\" is an ordinary word too: not every hit will be {name}"));
    }
    let letters = folded.chars().filter(|letter| letter.is_alphanumeric()).count();
    let least = if is_as_written { ordinary::SHORT_LETTERS - 1 } else { ordinary::SHORT_LETTERS };
    (letters < least).then(|| format!("\"{spelling}\" is short: not every hit will be {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error(file: &str, message: &str, hint: Option<&str>) {
        let error = Watchlist::built_in().with(file).unwrap_err();
        assert_eq!(error.to_string(), format!("watchlist {message}"));
        assert_eq!(error.hint().as_deref(), hint);
    }

    #[track_caller]
    fn check_notes(file: &str, notes: &[&str]) {
        assert_eq!(Watchlist::default().with(file).unwrap().notes(), notes);
    }

    #[test]
    fn the_built_in_five_are_there() {
        let five = Watchlist::built_in();
        let badges: String = five.candidates().iter().map(|candidate| candidate.badge).collect();
        assert_eq!(badges, "LFMHJ");
        assert_eq!(five.notes(), <[String; 0]>::default());
    }

    #[test]
    fn errors_say_where_and_what_to_do() {
        check_error(
            "# mine\n[[candidate]]\nname = \"Anna\"\n\n\n\nbadge = \"m\"\n",
            "line 7: badge \"M\" is already Emmanuel Macron's",
            Some("choose another letter, or leave badge out and one is chosen"),
        );
        check_error(
            "[[candidate]]\nname = \"Anna\"\nspelings = []\n",
            "line 3: unknown key \"spelings\"",
            Some("did you mean \"spellings\"?"),
        );
        check_error(
            "[[candidat]]\n",
            "line 1: unknown key \"candidat\"",
            Some("did you mean \"candidate\"?"),
        );
        check_error(
            "[[candidate]]\nname = \" \"\n",
            "line 2: a candidate without a name",
            Some("write name = \"Anna Roux\" below [[candidate]]"),
        );
        check_error(
            "\n[[candidate]]\nbadge = \"A\"",
            "line 2: a candidate without a name",
            Some("write name = \"Anna Roux\" below [[candidate]]"),
        );
        check_error(
            "[[candidate]]\nname = \"Anna\"\nbadge = \"An\"",
            "line 3: badge \"An\" is not one letter",
            None,
        );
        check_error("[[candidate]]\nname = 3", "line 2: name is text between quotes", None);
        check_error("candidate = 3", "line 1: candidate is a list; begin each with [[candidate]]", None);
        check_error("[[candidate]]\nname = \"…\"", "line 2: name \"…\" has no letter to look for", None);
        check_error(
            "[[candidate]]\nname = \"Anna\"\ncolour = \"rde\"",
            "line 3: no colour is called \"rde\"",
            Some("did you mean \"red\"?"),
        );
        check_error(
            "[[candidate]]\nname = \"Anna\"\nspellings = [\n\"A\",\n\"le-pen\"]",
            "line 5: spelling \"le-pen\" is already Marine Le Pen's",
            Some("a hit has to be one person's; give each a longer spelling"),
        );
        check_error(
            "[[candidate]]\nname = \"Anna\"\n[[candidate]]\nname = \"anna\"",
            "line 4: anna stands in this watchlist twice",
            Some("write both as one"),
        );
        let error = Watchlist::default().with("[[candidate]]\nname = \"Anna").unwrap_err();
        assert!(error.to_string().starts_with("watchlist line 2: "), "{error}");
    }

    #[test]
    fn a_later_file_adds_to_what_is_known() {
        let more = "[[candidate]]\nname = \"emmanuel macron\"\nspellings = [\"Jupiter\"]\nbadge = \"E\"\ncolor = \"light-red\"";
        let list = Watchlist::built_in().with(more).unwrap();
        let macron = &list.candidates()[2];
        assert_eq!(list.candidates().len(), 5);
        assert_eq!((macron.badge, macron.colour), ('E', Colour::LightRed));
        assert_eq!(macron.spellings, ["Macron", "Jupiter"]);
    }

    #[test]
    fn badges_and_colours_are_chosen_where_none_is_written() {
        let names = ["Anna Roux", "Benno Roux", "Zoé Roux"];
        let file: String = names.iter().map(|name| format!("[[candidate]]\nname = \"{name}\"\n")).collect();
        let list = Watchlist::default().with(&file).unwrap();
        let chosen: Vec<_> =
            list.candidates().iter().map(|candidate| (candidate.badge, candidate.colour)).collect();
        assert_eq!(chosen, [('R', Colour::Blue), ('B', Colour::Red), ('Z', Colour::Green)]);
    }

    #[test]
    fn doubtful_names_are_noted() {
        check_notes("", &["a watchlist names nobody: [[candidate]] begins one"]);
        check_notes(
            "[[candidate]]\nname = \"Theresa May\"\nspellings = [\"May\", \"Tess\", \"Tm\", \"PM\", \"MAY\"]",
            &[
                "\"May\" is an ordinary word too: not every hit will be Theresa May",
                "\"Tm\" is short: not every hit will be Theresa May",
                "\"PM\" is short: not every hit will be Theresa May",
            ],
        );
        check_notes(
            "[[candidate]]\nname = \"Anna Roux\"\nexcept = [\"Anna Rose\", \"rue Anna Roux\"]",
            &["except \"Anna Rose\" holds no spelling of Anna Roux, so it changes nothing"],
        );
    }
}
