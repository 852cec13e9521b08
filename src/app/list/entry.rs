//! What a row of the list says. Asked only of the rows that are seen.

use super::Row;
use super::RowKind;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Date;
use crate::threads::Forest;
use crate::threads::base_subject;
use std::collections::HashSet;

/// How many messages of a thread are asked who wrote them: a row is drawn many times, and a thread may
/// be of any length.
const MESSAGES_ASKED: usize = 2000;

/// What a row says.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When; of a thread, its first message.
    pub date: Option<Date>,
    /// Who; `None` where the message is missing.
    pub who: Option<Who<'a>>,
    /// How many messages a thread has.
    pub messages: usize,
    /// The subject; `None` in an unfolded thread where it only repeats what it answers.
    pub subject: Option<&'a str>,
    /// The message that all this is of, but for the people and the number of messages.
    pub message: Option<Kept<'a>>,
}

/// The people of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who<'a> {
    /// Who wrote first.
    pub first: Person<'a>,
    /// Who wrote last, where that is somebody else.
    pub latest: Option<Person<'a>>,
    /// How many more people wrote; of a very long thread, at least.
    pub others: usize,
}

impl<'a> Entry<'a> {
    /// Looks up what a row says. `matching` is the message that stands for a folded thread because it
    /// matches a filter; without one it is the first.
    pub fn of(row: Row, corpus: &'a Corpus, forest: &Forest, matching: Option<MessageNo>) -> Self {
        match row.kind {
            RowKind::Message => {
                corpus.get(MessageNo(row.container.0)).map_or_else(Self::missing, Self::of_message)
            }
            RowKind::Folded => Self::of_thread(row, corpus, forest, matching),
            RowKind::Root | RowKind::Branch => Self::of_step(row, corpus, forest),
            RowKind::Rule => Self::missing(),
        }
    }

    fn missing() -> Self {
        Self { date: None, who: None, messages: 1, subject: None, message: None }
    }

    fn of_message(kept: Kept<'a>) -> Self {
        let who = Who { first: kept.sender(), latest: None, others: 0 };
        Self {
            date: kept.date(),
            who: Some(who),
            messages: 1,
            subject: Some(kept.subject()),
            message: Some(kept),
        }
    }

    fn of_thread(row: Row, corpus: &'a Corpus, forest: &Forest, matching: Option<MessageNo>) -> Self {
        let thread = forest.thread(row.container);
        let Some(first) = corpus.get(matching.unwrap_or(thread.first)) else { return Self::missing() };
        let latest = corpus.get(thread.latest).unwrap_or(first).sender();
        let messages = forest.walk(row.container).filter_map(|step| corpus.get(step.message?));
        let people: HashSet<&str> = messages.take(MESSAGES_ASKED).map(|kept| key_of(kept.sender())).collect();
        let latest = Some(latest).filter(|latest| key_of(*latest) != key_of(first.sender()));
        let others = people.len().saturating_sub(1 + usize::from(latest.is_some()));
        let who = Who { first: first.sender(), latest, others };
        Self { who: Some(who), messages: thread.messages as usize, ..Self::of_message(first) }
    }

    fn of_step(row: Row, corpus: &'a Corpus, forest: &Forest) -> Self {
        let kept = forest.message(row.container).and_then(|number| corpus.get(number));
        let Some(kept) = kept else { return Self::missing() };
        let mut entry = Self::of_message(kept);
        let mut above = forest.ancestors(row.container).filter_map(|above| forest.message(above));
        if let Some(parent) = above.next().and_then(|number| corpus.get(number)) {
            entry.subject = entry.subject.filter(|subject| !repeats(subject, parent.subject()));
        }
        entry
    }
}

/// Two senders are one where their addresses are, whatever they call themselves.
fn key_of(person: Person<'_>) -> &str {
    if person.address.is_empty() { person.name } else { person.address }
}

/// Returns whether a reply's subject says no more than that of what it answers.
fn repeats(reply: &str, parent: &str) -> bool {
    base_subject(reply).0.to_lowercase() == base_subject(parent).0.to_lowercase()
}
