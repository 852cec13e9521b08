//! Who wrote, and to whom.
//!
//! A person is an address, without regard to case; one without an address is a name. A message counts
//! once for each of its people, however often they stand in it.

use super::Surveyed;
use super::days::day_of;
use crate::corpus::MessageNo;
use crate::corpus::Person;
use crate::mail::Role;
use crate::watch::CandidateNo;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::HashMap;

/// Everyone in the headers of what is listed, those with most messages first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondents {
    /// One a person.
    pub people: Vec<Correspondent>,
}

/// One person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondent {
    /// The name that they signed with last, else what others call them; empty where there is none.
    pub name: String,
    /// The address as it was first written; empty where there is none.
    pub address: String,
    /// Messages that they wrote.
    pub sent: u32,
    /// Messages that were sent to them.
    pub received: u32,
    /// The first day on which they wrote or were written to, and the last.
    pub days: Option<(i64, i64)>,
    /// Whom the messages that they wrote name, and how many messages do.
    pub naming: BTreeMap<CandidateNo, u32>,
}

/// What is kept of a person while the messages are read.
#[derive(Default)]
struct Met<'a> {
    person: Person<'a>,
    is_own_name: bool,
    counted: Correspondent,
    /// The message that was counted last, in each way.
    sent_last: Option<MessageNo>,
    received_last: Option<MessageNo>,
}

impl Correspondents {
    /// Counts what is listed.
    pub fn of(surveyed: &Surveyed) -> Self {
        let mut people: HashMap<Cow<'_, str>, Met<'_>> = HashMap::new();
        for kept in surveyed.messages() {
            let day = kept.date().map(day_of);
            for (role, person) in kept.people() {
                if !person.shown().is_empty() {
                    people.entry(key(person)).or_default().meet(role, person, kept.number(), day);
                }
            }
        }
        for (naming, kept) in surveyed.namings() {
            if let Some(met) = people.get_mut(&key(kept.sender())) {
                *met.counted.naming.entry(naming.candidate).or_default() += 1;
            }
        }
        let mut people: Vec<Correspondent> = people.into_values().map(Met::finish).collect();
        people.sort_unstable_by(|a, b| {
            let most_first = b.messages().cmp(&a.messages());
            most_first.then_with(|| (a.shown(), &a.address).cmp(&(b.shown(), &b.address)))
        });
        Self { people }
    }
}

impl Correspondent {
    /// Returns the name, or the address where there is no name.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.address } else { &self.name }
    }

    /// Returns how many messages they wrote or were written.
    pub fn messages(&self) -> u64 {
        u64::from(self.sent) + u64::from(self.received)
    }
}

impl<'a> Met<'a> {
    fn meet(&mut self, role: Role, person: Person<'a>, message: MessageNo, day: Option<i64>) {
        let is_sender = role == Role::From;
        if self.person.address.is_empty() {
            self.person.address = person.address;
        }
        let is_better = is_sender || !self.is_own_name && self.person.name.is_empty();
        if is_better && !person.name.is_empty() {
            self.person.name = person.name;
            self.is_own_name |= is_sender;
        }
        let (last, counted) = match is_sender {
            true => (&mut self.sent_last, &mut self.counted.sent),
            false => (&mut self.received_last, &mut self.counted.received),
        };
        if last.replace(message) != Some(message) {
            *counted += 1;
        }
        if let Some(day) = day {
            let (first, last) = self.counted.days.unwrap_or((day, day));
            self.counted.days = Some((first.min(day), last.max(day)));
        }
    }

    fn finish(self) -> Correspondent {
        Correspondent {
            name: self.person.name.to_owned(),
            address: self.person.address.to_owned(),
            ..self.counted
        }
    }
}

fn key(person: Person<'_>) -> Cow<'_, str> {
    let written = if person.address.is_empty() { person.name } else { person.address };
    if written.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(written.to_ascii_lowercase())
    } else {
        Cow::Borrowed(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::watching::Naming;
    use crate::corpus::Corpus;
    use crate::corpus::IdKey;
    use crate::corpus::Segment;
    use crate::mbox;
    use std::sync::Arc;

    fn corpus_of(mailbox: &str) -> Corpus {
        let split = mbox::split(mailbox.as_bytes());
        let segment = Segment::of_slots(mailbox.as_bytes(), &split.messages, IdKey::default());
        Corpus::default().grown([Arc::new(segment)])
    }

    #[test]
    fn people_of_one_name_stand_in_the_order_of_their_addresses() {
        let to: Vec<String> = (0..20).map(|number| format!("Anna <anna{number:02}@desk.example>")).collect();
        let mailbox = format!("From a@b.example Fri Mar  3 09:00:00 2017\nTo: {}\n\nx\n\n", to.join(", "));
        let surveyed = Surveyed { corpus: corpus_of(&mailbox), narrowing: None, namings: Vec::new() };
        let people = Correspondents::of(&surveyed).people;
        assert_eq!(people.len(), 20);
        assert!(people.is_sorted_by_key(|it| it.address.as_str()));
    }

    #[test]
    fn a_message_counts_once_for_each_of_its_people() {
        let mailbox = "From a@b.example Fri Mar  3 09:00:00 2017\nDate: Wed, 1 Feb 2017 12:00:00 +0000\n\
            From: anna@desk.example\nTo: Benno <BENNO@desk.example>\nCc: benno@desk.example, Anna <Anna@desk.example>\n\nx\n\n\
            From a@b.example Fri Mar  3 09:00:00 2017\nDate: Fri, 3 Feb 2017 12:00:00 +0000\n\
            From: Anna Roux <anna@desk.example>\nTo: Somebody\n\nx\n\n";
        let corpus = corpus_of(mailbox);
        let naming = Naming { message: MessageNo(1), candidate: CandidateNo(2), hits: 1 };
        let people = Correspondents::of(&Surveyed { corpus, narrowing: None, namings: vec![naming] }).people;
        let told: Vec<_> =
            people.iter().map(|it| (it.shown(), it.address.as_str(), it.sent, it.received)).collect();
        let expected = [
            ("Anna Roux", "anna@desk.example", 2, 1),
            ("Benno", "BENNO@desk.example", 0, 1),
            ("Somebody", "Somebody", 0, 1),
        ];
        assert_eq!(told, expected);
        assert_eq!(people[0].days, Some((17_198, 17_200)));
        assert_eq!(people[0].naming, BTreeMap::from([(CandidateNo(2), 1)]));
    }
}
