//! Finds every candidate in a text, in one pass.
//!
//! The text is folded (see [`Between::Names`]) and an automaton of all spellings runs over it; what it
//! finds is a hit where words begin and end, where a spelling all in capitals is written so, and where no
//! exception says otherwise. Of hits that overlap the first counts, of those that begin together the
//! longest. Only a text with a hit is folded again for the way back to its own letters.
//!
//! Decided here: a digit ends a word for names of five letters and more (`Fillon2017`), not for shorter
//! ones, which stand in every base64; `_` ends a word. `le pen` is Le Pen: only spellings all in capitals
//! care for case.

use super::candidate::CandidateNo;
use super::edges::begins_word;
use super::edges::ends_word;
use super::glob;
use super::spelling;
use super::watchlist::Watchlist;
use crate::mail::TextRange;
use crate::text::Between;
use crate::text::FoldMap;
use crate::text::fold_into;
use crate::text::fold_with_map;
use crate::text::place_before;
use crate::text::place_behind;
use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
use aho_corasick::Anchored;
use aho_corasick::Input;
use aho_corasick::Match;
use aho_corasick::MatchKind;
use aho_corasick::StartKind;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where a candidate is named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Who.
    pub candidate: CandidateNo,
    /// Where, in the text as it was given.
    pub range: TextRange,
}

/// Buffers that are used again from text to text.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    folded: Vec<u8>,
    again: Vec<u8>,
}

/// A watchlist, made ready to be looked for. Cheap to share, dear to make.
#[derive(Clone, Debug)]
pub struct Scanner {
    names: Option<AhoCorasick>,
    meanings: Vec<Meaning>,
    exceptions: Option<AhoCorasick>,
    excepted: Vec<CandidateNo>,
    addresses: Vec<(String, CandidateNo)>,
}

/// A spelling in folded text, and whose it is.
type Spelling = (Range<usize>, CandidateNo);

/// What one pattern of the automaton stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    candidate: CandidateNo,
    /// Found only in capitals.
    is_as_written: bool,
    /// A digit beside it is part of another word.
    is_short: bool,
}

/// So much of a long text is looked through at once.
const WINDOW_BYTES: usize = 4 << 20;

/// So much of a long text is looked at again on both sides of that.
const MARGIN_BYTES: usize = 64 << 10;

/// Names of fewer letters are parted from digits.
const LONG_NAME_LETTERS: usize = 5;

impl Scanner {
    /// Makes a scanner of a watchlist.
    pub fn new(watchlist: &Watchlist) -> Self {
        let mut names: BTreeMap<Vec<u8>, Meaning> = BTreeMap::new();
        let mut exceptions: BTreeMap<Vec<u8>, CandidateNo> = BTreeMap::new();
        let mut addresses = Vec::new();
        for (place, candidate) in watchlist.candidates().iter().enumerate() {
            let number = CandidateNo(u16::try_from(place).unwrap_or(u16::MAX));
            for spelling in candidate.searched() {
                let meaning = Meaning::of(number, spelling);
                for form in spelling::forms(spelling) {
                    let known = names.entry(form).or_insert(meaning);
                    known.is_as_written &= meaning.is_as_written || known.candidate != number;
                }
            }
            let forms = candidate.except.iter().flat_map(|except| spelling::forms(except));
            exceptions.extend(forms.map(|form| (form, number)));
            addresses.extend(candidate.addresses.iter().map(|address| (glob::plain(address), number)));
        }
        Self {
            names: automaton(names.keys(), MatchKind::LeftmostLongest),
            meanings: names.into_values().collect(),
            exceptions: automaton(exceptions.keys(), MatchKind::Standard),
            excepted: exceptions.into_values().collect(),
            addresses,
        }
    }

    /// Returns where candidates are named in a decoded text, in order.
    pub fn scan(&self, text: &str, scratch: &mut Scratch) -> Vec<Hit> {
        self.scan_while(text, scratch, &mut || true).unwrap_or_default()
    }

    /// Returns the same, where `goes_on` says so each time it is asked, which is after a few megabytes.
    ///
    /// What is held of a long text beside it is bounded; the words of a name are found together unless
    /// some tens of kilobytes part them.
    pub fn scan_while(
        &self,
        text: &str,
        scratch: &mut Scratch,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<Hit>> {
        self.scan_in_windows(text, (WINDOW_BYTES, MARGIN_BYTES), scratch, goes_on)
    }

    fn scan_in_windows(
        &self,
        text: &str,
        (window, margin): (usize, usize),
        scratch: &mut Scratch,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<Hit>> {
        let mut found: Vec<Hit> = Vec::new();
        let mut start = 0;
        while start < text.len() && self.names.is_some() {
            goes_on().then_some(())?;
            let end = place_behind(text, start.saturating_add(window));
            let first = place_before(text, start.saturating_sub(margin));
            let last = place_behind(text, end.saturating_add(margin));
            let hits = self.scan_window(text.get(first..last)?, scratch).into_iter();
            let hits = hits.map(|it| Hit { range: it.range.start + first..it.range.end + first, ..it });
            let own = hits.filter(|hit| (start..end).contains(&hit.range.start));
            found.extend(own);
            start = found.last().map_or(end, |hit| hit.range.end.max(end));
        }
        Some(found)
    }

    fn scan_window(&self, text: &str, scratch: &mut Scratch) -> Vec<Hit> {
        let Some(names) = &self.names else { return Vec::new() };
        fold_into(text, Between::Names, &mut scratch.folded);
        let folded = &scratch.folded;
        let mut way_back = WayBack { text, again: &mut scratch.again, map: None };
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(longest) = names.find(Input::new(folded).range(at..)) {
            let start = longest.start();
            let spelling = self.spelling_at(names, longest, &mut way_back, folded);
            at = spelling.as_ref().map_or(start + 1, |(range, _)| range.end);
            found.extend(spelling);
        }
        self.leave_out_exceptions(folded, &mut found);
        found
            .into_iter()
            .map(|(range, candidate)| Hit { candidate, range: way_back.original(range) })
            .collect()
    }

    /// Returns who has this address.
    pub fn of_address(&self, address: &str) -> Option<CandidateNo> {
        let address = &glob::plain(address);
        self.addresses
            .iter()
            .find(|(pattern, _)| glob::fits(pattern, address))
            .map(|&(_, candidate)| candidate)
    }

    /// Returns the longest spelling that is one where `longest` begins: `Anna`, where `Anna Roux` is only
    /// the beginning of `Anna Rouxel`.
    fn spelling_at(
        &self,
        names: &AhoCorasick,
        longest: Match,
        way_back: &mut WayBack<'_>,
        folded: &[u8],
    ) -> Option<Spelling> {
        let mut next = Some(longest);
        while let Some(name) = next {
            let meaning = self.meanings.get(name.pattern().as_usize())?;
            let is_cased =
                |way_back: &mut WayBack<'_>| !meaning.is_as_written || way_back.is_in_capitals(name.range());
            if meaning.has_edges(folded, name.range()) && is_cased(way_back) {
                return Some((name.range(), meaning.candidate));
            }
            next = names.find(Input::new(folded).range(name.start()..name.end() - 1).anchored(Anchored::Yes));
        }
        None
    }

    /// Takes out what lies within an exception of the same candidate.
    fn leave_out_exceptions(&self, folded: &[u8], found: &mut Vec<Spelling>) {
        let Some(exceptions) = &self.exceptions else { return };
        if !found.iter().any(|(_, candidate)| self.excepted.contains(candidate)) {
            return;
        }
        let mut is_out = vec![false; found.len()];
        for exception in exceptions.find_overlapping_iter(folded) {
            let Some(candidate) = self.excepted.get(exception.pattern().as_usize()) else { continue };
            if !begins_word(folded, exception.start(), false) || !ends_word(folded, exception.end(), false) {
                continue;
            }
            let first = found.partition_point(|(range, _)| range.start < exception.start());
            for ((range, other), is_out) in found.iter().zip(&mut is_out).skip(first) {
                if range.start >= exception.end() {
                    break;
                }
                *is_out |= other == candidate && range.end <= exception.end();
            }
        }
        let mut is_out = is_out.into_iter();
        found.retain(|_| !is_out.next().unwrap_or(false));
    }
}

/// The way back to the letters of a text, made when it is first needed.
struct WayBack<'a> {
    text: &'a str,
    again: &'a mut Vec<u8>,
    map: Option<FoldMap>,
}

impl WayBack<'_> {
    fn original(&mut self, folded: Range<usize>) -> TextRange {
        let map = self.map.get_or_insert_with(|| fold_with_map(self.text, Between::Names, self.again));
        map.original(self.text, folded)
    }

    fn is_in_capitals(&mut self, folded: Range<usize>) -> bool {
        let range = self.original(folded);
        self.text.get(range).is_some_and(|written| !written.contains(char::is_lowercase))
    }
}

impl Meaning {
    fn of(candidate: CandidateNo, spelling: &str) -> Self {
        let letters = spelling.chars().filter(|letter| letter.is_alphanumeric()).count();
        Self {
            candidate,
            is_as_written: spelling::is_as_written(spelling),
            is_short: letters < LONG_NAME_LETTERS,
        }
    }

    fn has_edges(self, folded: &[u8], range: Range<usize>) -> bool {
        begins_word(folded, range.start, self.is_short) && ends_word(folded, range.end, self.is_short)
    }
}

/// Makes an automaton, as a DFA: the kinds that the crate would choose for hundreds of patterns are
/// several times slower. Only a list too long for a DFA gets one of those.
fn automaton<'a>(patterns: impl Iterator<Item = &'a Vec<u8>>, kind: MatchKind) -> Option<AhoCorasick> {
    let patterns: Vec<&Vec<u8>> = patterns.collect();
    if patterns.is_empty() {
        return None;
    }
    let mut builder = AhoCorasick::builder();
    builder.match_kind(kind).start_kind(StartKind::Both);
    let dfa = builder.clone().kind(Some(AhoCorasickKind::DFA)).build(&patterns);
    Some(dfa.or_else(|_| builder.build(&patterns)).expect("a watchlist is shorter than two billion letters"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WATCHLIST: &str = r#"
        [[candidate]]
        name = "Anna Roux"
        spellings = ["Anna", "L'Œil"]
        [[candidate]]
        name = "Ève-Lise Dũng"
        spellings = ["ÉLD", "Li"]
    "#;

    /// Every hit of the built-in five, as badge and letters.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_with(&Watchlist::built_in(), text, expected);
    }

    #[track_caller]
    fn check_with(list: &Watchlist, text: &str, expected: &[&str]) {
        let hits = Scanner::new(list).scan(text, &mut Scratch::default());
        let badge = |hit: &Hit| list.candidates()[usize::from(hit.candidate.0)].badge;
        let found: Vec<String> =
            hits.iter().map(|hit| format!("{} {}", badge(hit), &text[hit.range.clone()])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        check("MARINE LE PEN, Francois FILLON", &["L MARINE LE PEN", "F Francois FILLON"]);
        check("Me\u{301}lenchon et Benoi\u{302}t Hamon", &["J Me\u{301}lenchon", "H Benoi\u{302}t Hamon"]);
        check("𝐌𝐚𝐜𝐫𝐨𝐧 Ｍａｃｒｏｎ Mac\u{AD}ron", &["M 𝐌𝐚𝐜𝐫𝐨𝐧", "M Ｍａｃｒｏｎ", "M Mac\u{AD}ron"]);
        check("le pen", &["L le pen"]);
    }

    #[test]
    fn anything_that_parts_words_parts_the_words_of_a_name() {
        for between in [
            "-", " ", "\u{A0}", "\u{2011}", "\n", "\r\n", "\n> ", "\n> > ", "\n>>", "  \n\t", " =\n", "-\n",
            "\u{202F}",
        ] {
            let name = format!("Jean{between}Luc{between}Mélenchon");
            check(&format!("a {name}, b"), &[&format!("J {name}")]);
        }
        check("Emmanuel\n\nMacron", &["M Macron"]);
        check("Emmanuel, Macron", &["M Macron"]);
        check("Mélen=\nchon", &["J Mélen=\nchon"]);
    }

    #[test]
    fn names_end_where_words_end() {
        check("Macron's Macron’s l'affaire-Fillon d'Hamon", &["M Macron", "M Macron", "F Fillon", "H Hamon"]);
        check("macronutrient le pendant Lepen fillonisme", &[]);
        check(
            "Fillon2017 #Macron, _Hamon_ fillon@x.example",
            &["F Fillon", "M Macron", "H Hamon", "F fillon"],
        );
        check("éMacron Macroné 梅Macron Macron梅", &[]);
        check("(Macron)", &["M Macron"]);
    }

    #[test]
    fn capitals_are_matched_as_written() {
        check("JLM jlm Jlm MLP mlp 4JLM JLM5", &["J JLM", "L MLP"]);
    }

    #[test]
    fn exceptions_are_left_out_and_what_is_near_them_counts() {
        check("12, rue Mélenchon. Mélenchon", &["J Mélenchon"]);
        check("Jean-Marie Le Pen, Marion Maréchal-Le Pen, Marine Le Pen", &["L Marine Le Pen"]);
        check("Brigitte\n> Macron et Penelope Fillon", &[]);
        check("Macron, rue Mélenchon", &["M Macron"]);
        check("verrue Mélenchon", &["J Mélenchon"]);
    }

    #[test]
    fn badly_decoded_names_are_found() {
        check("MÃ©lenchon MÃƒÂ©lenchon M=E9lenchon", &["J MÃ©lenchon", "J MÃƒÂ©lenchon", "J M=E9lenchon"]);
        check("FranÃ§ois Fillon, Beno?t Hamon", &["F FranÃ§ois Fillon", "H Beno?t Hamon"]);
    }

    #[test]
    fn the_longest_spelling_that_is_one_counts() {
        let list = Watchlist::default().with(WATCHLIST).unwrap();
        check_with(&list, "Anna Roux Anna Rouxel Annabel", &["R Anna Roux", "R Anna"]);
        check_with(
            &list,
            "L’œil l'oeil ÉLD eld ELD li li2",
            &["R L’œil", "R l'oeil", "D ÉLD", "D ELD", "D li"],
        );
        check_with(&list, "eve lise dung", &["D eve lise dung"]);
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        check_with(&Watchlist::default(), "Macron", &[]);
    }

    #[test]
    fn addresses_fit_by_pattern() {
        let file = "[[candidate]]\nname = \"Anna Roux\"\naddresses = [\"*@desk.example\"]";
        let scanner = Scanner::new(&Watchlist::default().with(file).unwrap());
        assert_eq!(scanner.of_address("Anna@Desk.example"), Some(CandidateNo(0)));
        assert_eq!(scanner.of_address("anna@desk.example.org"), None);
    }

    proptest! {
        #[test]
        fn hits_are_in_order_and_fold_to_a_spelling(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "Macron", "Le", "Pen", " ", "-", "\n> ", "é", "rue ", "Me\u{301}lenchon", "JLM", "\u{200D}", "=\n", "x", "\u{301}",
                "Jean-Luc ", "Marine ", "👩\u{200D}👧", "MÃ©lenchon", "\r\n", "Benoît Hamon",
            ]), 0..40),
        ) {
            let text = pieces.concat();
            let list = Watchlist::built_in();
            let hits = Scanner::new(&list).scan(&text, &mut Scratch::default());
            for hit in &hits {
                let letters = text.get(hit.range.clone());
                prop_assert!(letters.is_some_and(|letters| !letters.is_empty()));
                // What is marked, looked at by itself, is the same hit: counts and marks cannot differ.
                let alone = Scanner::new(&list).scan(letters.unwrap(), &mut Scratch::default());
                prop_assert_eq!(alone.len(), 1);
                prop_assert_eq!(alone[0].candidate, hit.candidate);
            }
            for pair in hits.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
        }

        #[test]
        fn a_text_in_windows_has_the_same_hits(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "Macron", "Le", "Pen", " ", "-", "\n> ", "é", "rue ", "Mélenchon", "JLM", "x", "Jean-Luc ", "Marine ",
            ]), 0..40),
            window in 1..60_usize,
        ) {
            let text = pieces.concat();
            let scanner = Scanner::new(&Watchlist::built_in());
            let scratch = &mut Scratch::default();
            let in_windows = scanner.scan_in_windows(&text, (window, 1000), scratch, &mut || true);
            prop_assert_eq!(in_windows, Some(scanner.scan(&text, scratch)));
        }

        #[test]
        fn any_text_is_scanned(text in any::<String>()) {
            Scanner::new(&Watchlist::built_in()).scan(&text, &mut Scratch::default());
        }
    }
}
