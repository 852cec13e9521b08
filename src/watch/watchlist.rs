//! The list of candidates, as one or several files make it.

use super::badges;
use super::built_in::BUILT_IN;
use super::candidate::Candidate;
use super::candidate::Colour;
use super::entry;
use super::entry::At;
use super::entry::Entry;
use super::notes;
use super::spelling;
use super::watchlist_error::Problem;
use super::watchlist_error::WatchlistError;
use std::collections::BTreeMap;

/// Who is looked for.
///
/// **Invariant:** no two candidates share a name, a badge (case aside) or a spelling (folded).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watchlist {
    candidates: Vec<Candidate>,
    notes: Vec<String>,
}

/// Whose each spelling is, folded.
type Owners = BTreeMap<Vec<u8>, usize>;

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
        let mut owners = self.owners();
        let mut places = Vec::with_capacity(entries.len());
        for entry in &entries {
            let place = self.place(entry, known, &owners)?;
            owners.extend(entry.searched().map(|word| (spelling::folded(&word.text), place)));
            self.add(place, entry);
            places.push(place);
        }
        badges::give(&mut self.candidates, &places, &entries, known)?;
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

    fn owners(&self) -> Owners {
        let numbered = self.candidates.iter().enumerate();
        let spellings =
            numbered.flat_map(|(place, candidate)| candidate.searched().map(move |word| (word, place)));
        spellings.map(|(word, place)| (spelling::folded(word), place)).collect()
    }

    /// Returns the place of an entry's candidate: one of the first `known`, who stood in another file, or
    /// the next one.
    fn place(&self, entry: &Entry, known: usize, owners: &Owners) -> Result<usize, WatchlistError> {
        let fail = |at: &At, problem| Err(WatchlistError { line: at.line, problem });
        let name = spelling::folded(&entry.name.text);
        let is_same = |candidate: &Candidate| spelling::folded(&candidate.name) == name;
        let same =
            owners.get(&name).copied().filter(|&place| self.candidates.get(place).is_some_and(is_same));
        if same.is_some_and(|place| place >= known) {
            return fail(&entry.name, Problem::Twice(entry.name.text.clone()));
        }
        let place = same.unwrap_or(self.candidates.len());
        for word in entry.searched() {
            let owner = owners.get(&spelling::folded(&word.text)).filter(|&&owner| owner != place);
            if let Some(owner) = owner.and_then(|&owner| self.candidates.get(owner)) {
                return fail(word, Problem::SpellingTaken(word.text.clone(), owner.name.clone()));
            }
        }
        Ok(place)
    }

    /// Adds what an entry says to the candidate at `place`, which may be the next one.
    fn add(&mut self, place: usize, entry: &Entry) {
        if place == self.candidates.len() {
            self.candidates.push(Candidate {
                name: entry.name.text.clone(),
                badge: badges::NONE,
                colour: Colour::Blue,
                spellings: Vec::new(),
                addresses: Vec::new(),
                except: Vec::new(),
            });
        }
        let Some(candidate) = self.candidates.get_mut(place) else { return };
        let texts = |words: &[At]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        candidate.spellings.extend(texts(&entry.spellings));
        candidate.addresses.extend(texts(&entry.addresses));
        candidate.except.extend(texts(&entry.except));
        self.notes.extend(notes::of(candidate, entry));
    }
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
