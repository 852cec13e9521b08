//! Joining messages that refer to nothing to the conversation they seem to belong to.
//!
//! First by mark: the conversation that the writer's own program named (`X-GM-THRID`, the root of
//! Outlook's `Thread-Index`). Then by base subject, which is a guess and marked as one. It is made
//! only for a message whose subject says that it is an answer or a forward, and only where an earlier
//! conversation began with the same base subject and
//!
//! - one of the two writers is among the people of the other's message, within a year; or
//! - the base subject has three words or more, within thirty days; or
//! - both have someone in common, if only the list that both wrote to, within a week;
//!
//! since strangers who both wrote “Hello” are not one conversation. Time is counted from the latest
//! message of the conversation so far. A joined message hangs below the root of its new thread.
//!
//! **Invariant:** a thread is joined to another at most once, and never to one that is joined to it.

use super::NONE;
use super::hints::Hints;
use super::hints::Sketches;
use super::hints::folded;
use super::ids::IdMap;
use super::subject::base_subject;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use std::collections::HashMap;

/// How long after its conversation a message may come whose writer is known there.
const ACQUAINTED_SECONDS: i64 = 366 * 24 * 3600;

/// How long after its conversation a message may come that shares only a telling subject.
const STRANGERS_SECONDS: i64 = 30 * 24 * 3600;

/// How long after its conversation a message may come that shares a reader and a common subject.
const NEIGHBOURS_SECONDS: i64 = 7 * 24 * 3600;

/// How many words make a subject telling.
const TELLING_WORDS: usize = 3;

/// How many earlier conversations of the same subject are tried; bounds what repeated subjects cost.
const CONVERSATIONS_TRIED: usize = 16;

/// How many people of a message a writer is looked for among; bounds what a message to thousands costs.
const PEOPLE_COMPARED: usize = 64;

/// How many people of two messages are compared with each other.
const PEOPLE_PAIRED: usize = 8;

/// What was joined.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// Messages that hang below a root that they do not refer to, in mailbox order.
    pub(super) messages: Vec<u32>,
    /// Those of them that were joined by their subject alone.
    pub(super) guessed: Vec<u32>,
}

/// Threads that are being joined.
struct Joining<'a> {
    corpus: &'a Corpus,
    hints: &'a Hints,
    moments: &'a [i64],
    /// The root of each container's thread; of a root that was joined, one nearer to the new root.
    tops: Vec<u32>,
    /// By root: the earliest message of its thread, and the moment of its latest.
    spans: Vec<(u32, i64)>,
}

/// Joins the messages that refer to nothing, changing their `parents`.
pub(super) fn join(corpus: &Corpus, hints: &Hints, parents: &mut [u32]) -> Joined {
    let moments = hints.moments();
    let mut strays: Vec<u32> = corpus
        .iter()
        .filter(|message| parents[message.number().index()] == NONE && message.references().is_empty())
        .map(|message| message.number().0)
        .collect();
    strays.sort_by_key(|&stray| (moments[stray as usize], stray));
    let mut joining = Joining::new(corpus, hints, parents);
    let marked = joining.by_mark(&strays);
    let guessed = joining.by_subject(&strays);
    let mut messages = [&marked[..], &guessed].concat();
    messages.sort_unstable();
    for &message in &messages {
        parents[message as usize] = joining.top(message);
    }
    Joined { messages, guessed }
}

impl<'a> Joining<'a> {
    fn new(corpus: &'a Corpus, hints: &'a Hints, parents: &[u32]) -> Self {
        let moments = hints.moments();
        let tops = tops(parents);
        let mut spans = vec![(NONE, i64::MIN); parents.len()];
        for (number, &moment) in moments.iter().enumerate() {
            let (earliest, latest) = &mut spans[tops[number] as usize];
            if *earliest == NONE || moment < moments[*earliest as usize] {
                *earliest = number as u32;
            }
            *latest = moment.max(*latest);
        }
        Self { corpus, hints, moments, tops, spans }
    }

    fn by_mark(&mut self, strays: &[u32]) -> Vec<u32> {
        let is_marked = |&stray: &u32| self.message(stray).thread_mark().is_some();
        let marked: Vec<u32> = strays.iter().copied().filter(is_marked).collect();
        if marked.is_empty() {
            return marked;
        }
        let earliest = self.earliest_of_marks();
        let mut joined = Vec::new();
        for stray in marked {
            let mark = self.message(stray).thread_mark();
            let home = mark.and_then(|mark| earliest.get(mark));
            if home.is_some_and(|home| self.join(stray, home)) {
                joined.push(stray);
            }
        }
        joined
    }

    /// Returns the earliest message that has each mark.
    fn earliest_of_marks(&self) -> IdMap {
        let mut earliest = IdMap::with_room_for(0);
        for message in self.corpus.iter() {
            let Some(mark) = message.thread_mark() else { continue };
            let number = message.number().0;
            let known = earliest.get_or_insert(mark, number);
            if self.key(number) < self.key(known) {
                earliest.set(mark, number);
            }
        }
        earliest
    }

    fn by_subject(&mut self, strays: &[u32]) -> Vec<u32> {
        let answers: Vec<(u32, String)> = strays
            .iter()
            .filter(|&&stray| self.tops[stray as usize] == stray && self.hints.subject(stray).is_answer)
            .map(|&stray| (stray, self.base(stray)))
            .collect();
        let openings = self.openings(&answers);
        let mut joined = Vec::new();
        for (answer, base) in &answers {
            let home = openings.get(base.as_str()).and_then(|openings| self.home(*answer, base, openings));
            if home.is_some_and(|home| self.join(*answer, home)) {
                joined.push(*answer);
            }
        }
        joined
    }

    /// Returns, for each base subject of the answers, the messages that began a thread with it, by date.
    fn openings<'b>(&self, answers: &'b [(u32, String)]) -> HashMap<&'b str, Vec<u32>> {
        let mut openings: HashMap<&str, Vec<u32>> = HashMap::new();
        for (_, base) in answers {
            openings.entry(base).or_default();
        }
        if openings.is_empty() {
            return openings;
        }
        let sketches = Sketches::of(answers.iter().map(|&(answer, _)| self.hints.subject(answer)));
        for &(opening, _) in self.spans.iter().filter(|&&(opening, _)| opening != NONE) {
            if sketches.may_have(self.hints.subject(opening))
                && let Some(same) = openings.get_mut(self.base(opening).as_str())
            {
                same.push(opening);
            }
        }
        for same in openings.values_mut() {
            same.sort_by_key(|&opening| self.key(opening));
        }
        openings
    }

    /// Returns the opening of the latest thread before an answer that it seems to belong to.
    fn home(&mut self, answer: u32, base: &str, openings: &[u32]) -> Option<u32> {
        let earlier = openings.partition_point(|&opening| self.key(opening) < self.key(answer));
        let tried = openings[..earlier].iter().rev().take(CONVERSATIONS_TRIED);
        let is_telling = base.split(' ').nth(TELLING_WORDS - 1).is_some();
        for &opening in tried {
            let top = self.top(opening);
            let (_, latest) = self.spans[top as usize];
            let after = self.moments[answer as usize].saturating_sub(latest);
            let (one, other) = (self.message(answer), self.message(opening));
            let belongs = is_telling && after <= STRANGERS_SECONDS
                || after <= ACQUAINTED_SECONDS && are_acquainted(one, other)
                || after <= NEIGHBOURS_SECONDS && have_someone_in_common(one, other);
            if top != answer && belongs {
                return Some(opening);
            }
        }
        None
    }

    /// Joins the thread of a root to that of another message; `false` where that is the same.
    fn join(&mut self, root: u32, other: u32) -> bool {
        let home = self.top(other);
        if self.top(root) == home {
            return false;
        }
        let (_, latest) = self.spans[root as usize];
        self.spans[home as usize].1 = latest.max(self.spans[home as usize].1);
        self.tops[root as usize] = home;
        true
    }

    /// Returns the root of a container's thread as it is now, and shortens the way to it.
    fn top(&mut self, container: u32) -> u32 {
        let mut here = container as usize;
        while self.tops[here] as usize != here {
            let above = self.tops[here] as usize;
            self.tops[here] = self.tops[above];
            here = above;
        }
        here as u32
    }

    /// Returns a message's base subject, folded.
    fn base(&self, message: u32) -> String {
        folded(base_subject(self.message(message).subject()).0)
    }

    fn key(&self, message: u32) -> (i64, u32) {
        (self.moments[message as usize], message)
    }

    fn message(&self, number: u32) -> Kept<'a> {
        self.corpus.get(MessageNo(number)).expect("a corpus has a message for each of its numbers")
    }
}

/// Returns the root above each container; each step up is taken once.
fn tops(parents: &[u32]) -> Vec<u32> {
    let mut tops = vec![NONE; parents.len()];
    let mut path = Vec::new();
    for start in 0..parents.len() as u32 {
        let mut here = start;
        while tops[here as usize] == NONE && parents[here as usize] != NONE {
            path.push(here);
            here = parents[here as usize];
        }
        let top = if tops[here as usize] == NONE { here } else { tops[here as usize] };
        tops[here as usize] = top;
        for below in path.drain(..) {
            tops[below as usize] = top;
        }
    }
    tops
}

/// Returns whether the writer of one message is among the people of the other.
fn are_acquainted(one: Kept<'_>, other: Kept<'_>) -> bool {
    let is_among = |writer: Person<'_>, message: Kept<'_>| {
        message.people().take(PEOPLE_COMPARED).any(|(_, person)| is_same(writer, person))
    };
    is_among(one.sender(), other) || is_among(other.sender(), one)
}

/// Returns whether the two messages name one person.
fn have_someone_in_common(one: Kept<'_>, other: Kept<'_>) -> bool {
    one.people()
        .take(PEOPLE_PAIRED)
        .any(|(_, person)| other.people().take(PEOPLE_PAIRED).any(|(_, another)| is_same(person, another)))
}

fn is_same(one: Person<'_>, other: Person<'_>) -> bool {
    let (one, other) = (known_by(one), known_by(other));
    !one.is_empty() && one.eq_ignore_ascii_case(other)
}

/// Returns the address, or the name where there is no address.
fn known_by(person: Person<'_>) -> &str {
    if person.address.is_empty() { person.name } else { person.address }
}
