//! The filter: what was typed, what of it is asked, and what came of it.
//!
//! A line that is not understood changes nothing but what is said about it: the list stays as it was
//! until the line is understood again. Every question has a `Generation`; an answer to an older one is
//! dropped.
//!
//! Not here: answering (an effect), which rows the answer leaves (`list`), and the keys of the line
//! (see `line`).

mod known;
mod line;
mod offers;
mod terms;
mod words;

pub use known::Findings;
pub use known::Known;
pub use known::Meant;
pub use known::can_ask;
pub use line::FilterLine;
pub use line::Step;
pub use terms::with_term;
pub use terms::without_term;
pub use words::nothing_found;

use super::list::Narrowing;
use super::msg::Progress;
use super::reader::Generation;
use crate::corpus::Corpus;
use crate::query::Query;
use crate::query::QueryError;
use crate::query::Search;
use crate::watch::Candidate;
use crate::watch::Watchlist;
use std::sync::Arc;

/// The filter of the list.
#[derive(Debug, Default)]
pub struct Filter {
    line: String,
    error: Option<QueryError>,
    query: Option<Arc<Query>>,
    watchlist: Arc<Watchlist>,
    meant: Arc<Meant>,
    generation: Generation,
    /// How far the search for candidates was when the last question was asked, in percent.
    named_percent: Option<usize>,
    found: Option<Found>,
    is_stopped: bool,
    /// The lines that were kept, the latest last, none twice.
    kept: Vec<String>,
}

/// What is to be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question; its answers carry it back.
    pub generation: Generation,
    /// What is asked.
    pub query: Arc<Query>,
    /// Which candidates it means.
    pub meant: Arc<Meant>,
}

/// What has been found so far.
#[derive(Clone, Debug)]
pub struct Found {
    /// The question that this answers.
    generation: Generation,
    query: Arc<Query>,
    /// The query, ready to say which letters it found.
    pub search: Search,
    /// What matches.
    pub narrowing: Arc<Narrowing>,
    /// How far the messages that must be read have been read.
    pub progress: Progress,
    /// Nothing will be added.
    pub is_complete: bool,
}

/// What a line changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// There is something else to answer.
    Asks(Question),
    /// Every message is listed again.
    Drops,
}

/// How many lines are kept for the arrow up.
const KEPT_LINES: usize = 100;

impl Filter {
    /// Tells it who may be asked for.
    pub fn set_watchlist(&mut self, watchlist: Arc<Watchlist>) {
        self.watchlist = watchlist;
    }

    /// Returns the line as it was typed.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Returns what is wrong with the line; of one that is merely not finished, nothing.
    pub fn error(&self) -> Option<&QueryError> {
        self.error.as_ref().filter(|error| !error.is_unfinished())
    }

    /// Returns the query that is asked, unless every message is listed.
    pub fn query(&self) -> Option<&Query> {
        self.query.as_deref()
    }

    /// Returns the candidates that it asks for.
    pub fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        let meant = self.query.iter().flat_map(|_| self.meant.everyone());
        meant.filter_map(|number| self.watchlist.candidates().get(usize::from(number.0)))
    }

    /// Returns what was found: of an older question, until there is an answer to the last.
    pub fn found(&self) -> Option<&Found> {
        self.found.as_ref()
    }

    /// Returns the lines that were kept, the latest last.
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// Returns whether an answer is still to come.
    pub fn is_running(&self) -> bool {
        let is_answered = |found: &Found| found.is_complete && found.generation == self.generation;
        self.query.is_some() && !self.is_stopped && !self.found.as_ref().is_some_and(is_answered)
    }

    /// Returns whether nothing has been heard yet of the last question.
    pub fn is_waiting(&self) -> bool {
        let is_heard_of = |found: &Found| found.generation == self.generation;
        self.query.is_some() && !self.is_stopped && !self.found.as_ref().is_some_and(is_heard_of)
    }

    /// Returns whether the answer was given up before its end.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Takes a line as it is now.
    pub fn take(&mut self, line: &str) -> Change {
        if self.line == line {
            return Change::Nothing;
        }
        line.clone_into(&mut self.line);
        self.is_stopped = false;
        match self.understand(line) {
            Err(error) => {
                self.error = Some(error);
                Change::Nothing
            }
            Ok(query) if query.is_empty() => {
                self.drop_query();
                Change::Drops
            }
            Ok(query) => {
                self.error = None;
                if self.query.as_deref() == Some(&query) {
                    return Change::Nothing;
                }
                self.meant = Arc::new(Meant::of(&query, &self.watchlist));
                self.query = Some(Arc::new(query));
                self.ask_again().map_or(Change::Nothing, Change::Asks)
            }
        }
    }

    fn understand(&self, line: &str) -> Result<Query, QueryError> {
        Query::parse(line)?.knowing(line, |fact| can_ask(fact, &self.watchlist))
    }

    /// Keeps the line; an error is told from now on, finished or not.
    pub fn keep(&mut self) -> Result<(), QueryError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        if !self.line.trim().is_empty() {
            self.kept.retain(|kept| *kept != self.line);
            if self.kept.len() == KEPT_LINES {
                self.kept.remove(0);
            }
            self.kept.push(self.line.clone());
        }
        Ok(())
    }

    /// Lists every message again.
    pub fn drop_query(&mut self) {
        self.line.clear();
        self.error = None;
        self.query = None;
        self.found = None;
        self.is_stopped = false;
        self.generation.0 += 1;
    }

    /// Stays with what has been found so far.
    pub fn stop(&mut self) {
        self.is_stopped = true;
        self.generation.0 += 1;
    }

    /// Asks the same of a mailbox that has grown, unless it was stopped.
    pub fn ask_again(&mut self) -> Option<Question> {
        let query = Arc::clone(self.query.as_ref().filter(|_| !self.is_stopped)?);
        self.generation.0 += 1;
        self.named_percent = None;
        Some(Question { generation: self.generation, query, meant: Arc::clone(&self.meant) })
    }

    /// Asks the same again where the answer waits for the search for candidates, and that has gone on: not
    /// more often than once a percent, and not before the last answer has come as far as it can.
    pub fn ask_as_far_as(&mut self, named_percent: Option<usize>) -> Option<Question> {
        let percent = Some(named_percent.unwrap_or(100));
        let found = self.found.as_ref().filter(|found| found.generation == self.generation)?;
        if !found.progress.waits() || self.named_percent == percent {
            return None;
        }
        let question = self.ask_again();
        self.named_percent = percent;
        question
    }

    /// Takes an answer; one to an older question changes nothing. Returns whether it was taken.
    pub fn arrived(
        &mut self,
        generation: Generation,
        narrowing: Arc<Narrowing>,
        (progress, is_complete): (Progress, bool),
        corpus: &Corpus,
    ) -> bool {
        let Some(query) = self.query.clone().filter(|_| generation == self.generation) else {
            return false;
        };
        let search = match self.found.take().filter(|found| Arc::ptr_eq(&found.query, &query)) {
            Some(found) => found.search,
            None => Search::new(&query, corpus.key()),
        };
        self.found = Some(Found { generation, query, search, narrowing, progress, is_complete });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(filter: &mut Filter, line: &str) -> Generation {
        match filter.take(line) {
            Change::Asks(question) => question.generation,
            other => panic!("{line}: {other:?}"),
        }
    }

    fn arrives(filter: &mut Filter, generation: Generation, is_complete: bool) -> bool {
        filter.arrived(generation, Arc::default(), (Progress::default(), is_complete), &Corpus::default())
    }

    #[test]
    fn an_answer_to_an_old_question_changes_nothing() {
        let mut filter = Filter::default();
        let first = asked(&mut filter, "a");
        let second = asked(&mut filter, "ab");
        assert!(!arrives(&mut filter, first, true));
        assert!(filter.found().is_none() && filter.is_running());
        assert!(arrives(&mut filter, second, true));
        assert!(!filter.is_running());
        let again = filter.ask_again().unwrap().generation;
        assert!(!arrives(&mut filter, second, true) && filter.is_running());
        filter.stop();
        assert!(!arrives(&mut filter, again, true) && !filter.is_running());
        filter.drop_query();
        assert!(!arrives(&mut filter, again, true) && filter.found().is_none());
    }

    #[test]
    fn a_line_that_is_not_understood_leaves_what_was_asked() {
        let mut filter = Filter::default();
        asked(&mut filter, "a");
        assert_eq!(filter.take("a form:"), Change::Nothing);
        assert_eq!(filter.query().map(ToString::to_string).as_deref(), Some("a"));
        assert!(filter.error().is_some() && filter.keep().is_err());
        assert_eq!(filter.take("a "), Change::Nothing);
        assert!(filter.error().is_none() && filter.keep().is_ok());
        assert_eq!(filter.take("a from:"), Change::Nothing);
        assert!(filter.error().is_none(), "it is not finished yet");
        assert!(filter.keep().is_err());
        assert_eq!(filter.take(""), Change::Drops);
        assert!(filter.query().is_none());
    }
}
