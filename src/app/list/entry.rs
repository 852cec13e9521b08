//! What a row of the list says. Asked only of the rows that are seen.

use super::Row;
use super::RowKind;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Date;
use crate::threads::Forest;
use std::collections::HashSet;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// When; of a thread, its first message.
    pub date: Option<Date>,
    /// Who; `None` where the message is missing.
    pub who: Option<Who<'a>>,
    /// How many messages a thread has.
    pub messages: usize,
    /// The subject; `None` in an unfolded thread where it only repeats what it answers.
    pub subject: Option<&'a str>,
}

/// The people of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who<'a> {
    /// Who wrote first.
    pub first: Person<'a>,
    /// Who wrote last, where that is somebody else.
    pub latest: Option<Person<'a>>,
    /// How many more people wrote.
    pub others: usize,
}

impl<'a> Entry<'a> {
    /// Looks up what a row says.
    pub fn of(row: Row, corpus: &'a Corpus, forest: &Forest) -> Self {
        match row.kind {
            RowKind::Message => {
                corpus.get(MessageNo(row.container.0)).map_or_else(Self::missing, Self::of_message)
            }
            RowKind::Folded => Self::of_thread(row, corpus, forest),
            RowKind::Root | RowKind::Branch => Self::of_step(row, corpus, forest),
        }
    }

    fn missing() -> Self {
        Self { date: None, who: None, messages: 1, subject: None }
    }

    fn of_message(kept: Kept<'a>) -> Self {
        let who = Who { first: kept.sender(), latest: None, others: 0 };
        Self { date: kept.date(), who: Some(who), messages: 1, subject: Some(kept.subject()) }
    }

    fn of_thread(row: Row, corpus: &'a Corpus, forest: &Forest) -> Self {
        let mut messages = forest.walk(row.container).filter_map(|step| corpus.get(step.message?));
        let Some(first) = messages.next() else { return Self::missing() };
        let mut entry = Self::of_message(first);
        let mut latest = first;
        let mut people = HashSet::from([key_of(first.sender())]);
        for kept in messages {
            entry.messages += 1;
            people.insert(key_of(kept.sender()));
            if kept.date() >= latest.date() {
                latest = kept;
            }
        }
        let first = first.sender();
        let latest = Some(latest.sender()).filter(|latest| key_of(*latest) != key_of(first));
        let others = people.len() - 1 - usize::from(latest.is_some());
        entry.who = Some(Who { first, latest, others });
        entry
    }

    fn of_step(row: Row, corpus: &'a Corpus, forest: &Forest) -> Self {
        let kept = forest.message(row.container).and_then(|number| corpus.get(number));
        let Some(kept) = kept else { return Self::missing() };
        let mut entry = Self::of_message(kept);
        let mut above = forest.parent(row.container);
        while let Some(container) = above {
            if let Some(parent) = forest.message(container).and_then(|number| corpus.get(number)) {
                entry.subject = entry.subject.filter(|subject| !repeats(subject, parent.subject()));
                break;
            }
            above = forest.parent(container);
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
    base_subject(reply).eq_ignore_ascii_case(base_subject(parent))
}

fn base_subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        if !["re", "aw", "sv", "tr", "fwd", "fw", "rv", "antw"]
            .contains(&mark.trim().to_ascii_lowercase().as_str())
        {
            break;
        }
        rest = after.trim_start();
    }
    rest
}
