//! What is known of a message beyond what stands in it: its conversation, its copies, and what the search
//! for candidates found.
//!
//! The screen and the commands both answer from here, so that the same words mean the same to both.

use crate::app::watching::Finding;
use crate::app::watching::Named;
use crate::corpus::MessageNo;
use crate::mail::Anomaly;
use crate::query::Fact;
use crate::query::Facts;
use crate::query::Query;
use crate::threads::Forest;
use crate::watch::CandidateNo;
use crate::watch::Watchlist;

/// Whom each `candidate:` of a query means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    candidates: Vec<(String, Vec<CandidateNo>)>,
    asks_for_findings: bool,
}

/// What the search for candidates found.
#[derive(Clone, Copy, Debug)]
pub enum Findings<'a> {
    /// In every message that it has come to.
    SoFar(&'a Named),
    /// In the one message that is asked, once that was read.
    AtHand(Option<Finding<'a>>),
}

/// Knows the facts that a query may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The threads.
    pub forest: &'a Forest,
    /// Whom the query means.
    pub meant: &'a Meant,
    /// Who is named where.
    pub findings: Findings<'a>,
}

impl Meant {
    /// Finds whom a query means; one that means nobody is refused before (see [`can_ask`]).
    pub fn of(query: &Query, watchlist: &Watchlist) -> Self {
        let whom = |fact: &Fact| match fact {
            Fact::Candidate(letters) => Some((letters.clone(), watchlist.asked(letters).ok()?)),
            _ => None,
        };
        let is_finding = |fact: &Fact| matches!(fact, Fact::Candidate(_) | Fact::Unsearchable);
        Self {
            candidates: query.facts().filter_map(whom).collect(),
            asks_for_findings: query.facts().any(is_finding),
        }
    }

    /// Returns whether the query asks for what the search for candidates finds.
    pub fn asks_for_findings(&self) -> bool {
        self.asks_for_findings
    }

    /// Returns everyone it means, in the order of the query.
    pub fn everyone(&self) -> impl Iterator<Item = CandidateNo> {
        self.candidates.iter().flat_map(|(_, whom)| whom.iter().copied())
    }

    fn whom(&self, letters: &str) -> &[CandidateNo] {
        self.candidates.iter().find(|(asked, _)| asked == letters).map_or(&[], |(_, whom)| whom)
    }
}

impl Facts for Known<'_> {
    fn holds(&self, fact: &Fact, message: MessageNo) -> Option<bool> {
        match fact {
            Fact::ThreadOf(ordinal) => {
                let wanted = MessageNo::from_ordinal(*ordinal)?;
                Some(self.forest.thread_of(wanted) == self.forest.thread_of(message))
            }
            Fact::Duplicate => Some(self.forest.anomalies(message).has(Anomaly::RepeatedMessageId)),
            Fact::Candidate(letters) => {
                let whom = self.meant.whom(letters);
                let namings = self.finding(message)?.namings;
                Some(namings.iter().any(|naming| whom.contains(&naming.candidate)))
            }
            Fact::Unsearchable => Some(!self.finding(message)?.is_searchable),
            Fact::Marked | Fact::Tag(_) => None,
        }
    }
}

impl<'a> Known<'a> {
    fn finding(&self, message: MessageNo) -> Option<Finding<'a>> {
        match self.findings {
            Findings::SoFar(named) => named.of(message),
            Findings::AtHand(finding) => finding,
        }
    }
}

/// Returns nothing where a query may ask for a fact, else why not.
pub fn can_ask(fact: &Fact, watchlist: &Watchlist) -> Result<(), String> {
    match fact {
        Fact::Candidate(letters) => watchlist.asked(letters).map(|_| ()),
        Fact::ThreadOf(_) | Fact::Duplicate | Fact::Unsearchable => Ok(()),
        Fact::Marked => Err("marks are not kept yet".to_owned()),
        Fact::Tag(_) => Err("tags are not kept yet".to_owned()),
    }
}
