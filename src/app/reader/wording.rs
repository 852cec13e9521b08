//! What the `body:` terms of the filter find in the texts of the message that is open.
//!
//! The matchers that decide whether a message is listed say where in it they match, so what is found and what
//! is marked cannot disagree. Short texts are looked through at once, so that a message is drawn with its
//! marks; long ones by a worker, in steps.
//!
//! Not here: the letters found in the header, which are asked for as it is written (`letterhead`), and how
//! the words come among the hits (`marks`).

use super::Opened;
use super::Reader;
use super::marks;
use crate::mail::Message;
use crate::mail::TextRange;
use crate::query::Search;
use crate::watch::Place;
use std::sync::Arc;

/// Texts of so many bytes are looked through between two frames: it takes a millisecond or two.
const AT_ONCE_BYTES: usize = 128 << 10;

/// No more are marked in one message; whoever looks for one letter in a gigabyte has seen enough of it.
const WORDS_AT_MOST: usize = 1 << 20;

/// What the filter found in the texts of a message, in their order, none overlapping another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub(super) Vec<(Place, TextRange)>);

/// Which question an answer belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordsGeneration(u64);

/// A message in which a worker is to look for the words of the filter.
#[derive(Clone, Debug)]
pub struct Sought {
    opened: Arc<Opened>,
    search: Search,
}

/// The words of the filter, and how far the look for them is.
#[derive(Debug, Default)]
pub(super) struct Wording {
    pub(super) search: Option<Search>,
    pub(super) words: Arc<Words>,
    generation: WordsGeneration,
    look: Look,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    #[default]
    Due,
    Asked,
    Done,
}

impl Words {
    /// Looks through the texts of a message, for as long as `goes_on` says so.
    pub fn of(message: &Message, search: &Search, goes_on: &mut dyn FnMut() -> bool) -> Option<Self> {
        let mut words = Vec::new();
        for (number, text) in message.texts.iter().enumerate() {
            goes_on().then_some(())?;
            let place = marks::place_of_text(message, number);
            let most = WORDS_AT_MOST - words.len();
            let hits = search.body_hits_while(&text.text, most, goes_on)?;
            words.extend(hits.into_iter().take(most).map(|range| (place, range)));
        }
        Some(Self(words))
    }
}

impl Sought {
    /// Looks for the words, for as long as `goes_on` says so.
    pub fn find(&self, goes_on: &mut dyn FnMut() -> bool) -> Option<Words> {
        Words::of(&self.opened.message, &self.search, goes_on)
    }
}

impl Wording {
    /// Returns whether nothing more will be found.
    pub(super) fn is_done(&self) -> bool {
        self.look == Look::Done || !self.looks_into_texts()
    }

    pub(super) fn looks_into_texts(&self) -> bool {
        self.search.as_ref().is_some_and(Search::looks_into_texts)
    }

    /// Takes in that the message is another one, or more of it, in which only words for which `stays` holds
    /// stand where they stood.
    pub(super) fn message_changed(&mut self, stays: impl Fn(Place) -> bool) {
        self.look = Look::Due;
        if !self.words.0.is_empty() {
            let stay = self.words.0.iter().filter(|(place, _)| stays(*place)).cloned();
            self.words = Arc::new(Words(stay.collect()));
        }
    }
}

impl Reader {
    /// Marks what the filter looks for from now on; `None` without one. Returns a question for a worker
    /// where the message is a long one (see [`Self::sought`]).
    pub fn look_for(&mut self, search: Option<&Search>) -> Option<WordsGeneration> {
        let is_same = match (search, &self.wording.search) {
            (Some(one), Some(other)) => one.is_same(other),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            self.wording.search = search.cloned();
            self.wording.look = Look::Due;
            self.take_words(Arc::default());
        }
        if self.wording.look != Look::Due {
            return None;
        }
        let opened = self.opened.as_deref()?;
        let search = self.wording.search.as_ref().filter(|search| search.looks_into_texts())?;
        let bytes: usize = opened.message.texts.iter().map(|text| text.text.len()).sum();
        if bytes > AT_ONCE_BYTES {
            self.wording.look = Look::Asked;
            self.wording.generation.0 += 1;
            return Some(self.wording.generation);
        }
        let words = Words::of(&opened.message, search, &mut || true).unwrap_or_default();
        self.wording.look = Look::Done;
        self.take_words(Arc::new(words));
        self.land();
        None
    }

    /// Returns in what the words of the filter are to be looked for.
    pub fn sought(&self) -> Option<Sought> {
        Some(Sought { opened: Arc::clone(self.opened.as_ref()?), search: self.wording.search.clone()? })
    }

    /// Takes what a worker has found; an answer to an old question changes nothing.
    pub fn words_found(&mut self, generation: WordsGeneration, words: Arc<Words>) {
        if generation == self.wording.generation && self.wording.look == Look::Asked {
            self.wording.look = Look::Done;
            self.take_words(words);
            self.land();
        }
    }

    fn take_words(&mut self, words: Arc<Words>) {
        self.wording.words = words;
        self.mark_again();
        self.page.forget();
        self.settle();
    }
}
