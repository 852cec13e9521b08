//! How often each candidate is named, where, and what could not be searched.

use super::candidate::CandidateNo;
use super::message::MessageHit;
use super::message::Place;
use crate::corpus::MessageNo;
use crate::mail::Anomaly;
use crate::mail::Date;
use crate::mail::Message;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What is counted of one candidate. Where it says messages, a message counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Messages that name the candidate anywhere.
    pub messages: u64,
    /// The threads of these messages, by the number of their first message.
    pub threads: BTreeSet<MessageNo>,
    /// How often the candidate is named: as many marks are drawn.
    pub hits: u64,
    /// Messages that do so in From, To, Cc, Bcc or the subject.
    pub in_headers: u64,
    /// Messages that do so in the sender's own words.
    pub own: u64,
    /// Messages that do so in what the sender quotes.
    pub quoted: u64,
    /// Messages that do so in the name of an attachment.
    pub attachments: u64,
    /// The earliest date of these messages.
    pub first: Option<Date>,
    /// The latest.
    pub last: Option<Date>,
    /// How often each spelling was found, blanks made one.
    pub spellings: BTreeMap<String, u64>,
}

/// What is counted of a mailbox. Tallies of its parts can be made apart and put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// One for each candidate, in the order of the watchlist.
    pub counts: Vec<Count>,
    /// How many messages were searched, those that could not be left out.
    pub searched: u64,
    /// The messages that could not be, or not all of them, in order.
    pub unsearchable: BTreeMap<MessageNo, Unsearchable>,
}

/// Why a message cannot be searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unsearchable {
    /// It is encrypted.
    Encrypted,
    /// It has parts, and a person can read none.
    NoText,
    /// Some of it went away while the mailbox was open.
    Gone,
    /// More of its text than a letter here and there cannot be decoded.
    Undecodable,
}

/// Spellings are few; whoever hides something in thousands of them shall not fill the memory.
const MOST_SPELLINGS: usize = 200;
/// Under what the others are counted.
const OTHER_SPELLINGS: &str = "…";
/// A text with one lost letter in fewer than these is not read.
const LETTERS_TO_ONE_LOST: usize = 20;

impl Tally {
    /// Returns an empty tally for so many candidates.
    pub fn new(candidates: usize) -> Self {
        Self { counts: vec![Count::default(); candidates], ..Self::default() }
    }

    /// Counts one message, as searched or as one that could not be.
    pub fn add(&mut self, message: MessageNo, unsearchable: Option<Unsearchable>) {
        self.searched += u64::from(unsearchable.is_none());
        self.unsearchable.extend(unsearchable.map(|reason| (message, reason)));
    }

    /// Counts the hits of one message, which belongs to the thread that begins with `thread`.
    pub fn add_hits(&mut self, thread: MessageNo, date: Option<Date>, hits: &[MessageHit]) {
        let mut of_candidates: BTreeMap<CandidateNo, Vec<&MessageHit>> = BTreeMap::new();
        for hit in hits {
            of_candidates.entry(hit.candidate).or_default().push(hit);
        }
        for (candidate, hits) in of_candidates {
            if let Some(count) = self.counts.get_mut(usize::from(candidate.0)) {
                count.add(thread, date, &hits);
            }
        }
    }

    /// Adds what was counted of other messages with the same watchlist.
    pub fn and(&mut self, others: Self) {
        self.searched += others.searched;
        self.unsearchable.extend(others.unsearchable);
        if self.counts.len() < others.counts.len() {
            self.counts.resize(others.counts.len(), Count::default());
        }
        for (count, other) in self.counts.iter_mut().zip(others.counts) {
            count.and(other);
        }
    }
}

impl Count {
    fn add(&mut self, thread: MessageNo, date: Option<Date>, hits: &[&MessageHit]) {
        let is_text = |hit: &&&MessageHit| matches!(hit.place, Place::Body | Place::More(_));
        let texts = || hits.iter().filter(is_text);
        self.messages += 1;
        self.threads.insert(thread);
        self.hits += hits.len() as u64;
        self.in_headers += u64::from(hits.iter().any(|hit| hit.place.is_header()));
        self.own += u64::from(texts().any(|hit| !hit.quoted));
        self.quoted += u64::from(texts().any(|hit| hit.quoted));
        self.attachments += u64::from(hits.iter().any(|hit| matches!(hit.place, Place::Attachment(_))));
        self.reach(date, date);
        for hit in hits {
            self.add_spelling(hit.text.split_whitespace().collect::<Vec<_>>().join(" "), 1);
        }
    }

    fn and(&mut self, other: Self) {
        self.messages += other.messages;
        self.threads.extend(other.threads);
        self.hits += other.hits;
        self.in_headers += other.in_headers;
        self.own += other.own;
        self.quoted += other.quoted;
        self.attachments += other.attachments;
        self.reach(other.first, other.last);
        for (spelling, times) in other.spellings {
            self.add_spelling(spelling, times);
        }
    }

    /// Makes the time between the first and the last date reach further.
    fn reach(&mut self, first: Option<Date>, last: Option<Date>) {
        self.first = self.first.into_iter().chain(first).min();
        self.last = self.last.into_iter().chain(last).max();
    }

    fn add_spelling(&mut self, spelling: String, times: u64) {
        let is_full = self.spellings.len() >= MOST_SPELLINGS && !self.spellings.contains_key(&spelling);
        let spelling = if is_full { OTHER_SPELLINGS.to_owned() } else { spelling };
        *self.spellings.entry(spelling).or_default() += times;
    }
}

impl Unsearchable {
    /// Returns its word, as `--json` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::NoText => "no-text",
            Self::Gone => "gone",
            Self::Undecodable => "undecodable",
        }
    }
}

/// Returns why a message cannot be searched, where it cannot.
///
/// An empty message is searched: there is nothing in it.
pub fn unsearchable(message: &Message) -> Option<Unsearchable> {
    if message.anomalies.has(Anomaly::Encrypted) {
        return Some(Unsearchable::Encrypted);
    }
    let texts = || message.texts.iter().map(|text| text.text.as_str());
    if texts().all(|text| text.trim().is_empty()) {
        let has_parts = !message.root.parts.is_empty() || !message.attachments.is_empty();
        return has_parts.then_some(Unsearchable::NoText);
    }
    let (mut letters, mut lost) = (0, 0);
    for letter in texts().filter(|text| text.contains('\u{FFFD}')).flat_map(str::chars) {
        letters += 1;
        lost += usize::from(letter == '\u{FFFD}');
    }
    (lost > 0 && letters / lost < LETTERS_TO_ONE_LOST).then_some(Unsearchable::Undecodable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Text;

    fn hit(place: Place, quoted: bool, text: &str) -> MessageHit {
        MessageHit { candidate: CandidateNo(1), place, quoted, range: 0..text.len(), text: text.to_owned() }
    }

    fn on(seconds: i64) -> Option<Date> {
        Some(Date { seconds, zone_minutes: 60 })
    }

    #[test]
    fn a_message_counts_once_and_its_hits_each() {
        let mut tally = Tally::new(2);
        let thread = MessageNo(4);
        let hits = [
            hit(Place::From, false, "Roux"),
            hit(Place::Body, true, "Anna\n Roux"),
            hit(Place::More(0), false, "Roux"),
        ];
        tally.add(MessageNo(4), None);
        tally.add_hits(thread, on(20), &hits);
        tally.add(MessageNo(5), Some(Unsearchable::Encrypted));
        let mut others = Tally::new(2);
        others.add(MessageNo(6), None);
        others.add_hits(thread, on(10), &[hit(Place::Attachment(0), false, "roux")]);
        others.add_hits(MessageNo(9), None, &[hit(Place::Subject, false, "Roux")]);
        tally.and(others);
        let expected = Count {
            messages: 3,
            threads: [MessageNo(4), MessageNo(9)].into(),
            hits: 5,
            in_headers: 2,
            own: 1,
            quoted: 1,
            attachments: 1,
            first: on(10),
            last: on(20),
            spellings: [("Roux".to_owned(), 3), ("Anna Roux".to_owned(), 1), ("roux".to_owned(), 1)].into(),
        };
        assert_eq!(tally.counts, [Count::default(), expected]);
        assert_eq!((tally.searched, tally.unsearchable.len()), (2, 1));
    }

    #[test]
    fn spellings_without_end_are_counted_together() {
        let mut count = Count::default();
        for which in 0..MOST_SPELLINGS as u64 * 2 {
            count.add_spelling(which.to_string(), 1);
        }
        assert_eq!(count.spellings.len(), MOST_SPELLINGS + 1);
        assert_eq!(count.spellings.values().sum::<u64>(), MOST_SPELLINGS as u64 * 2);
    }

    #[test]
    fn what_cannot_be_read_cannot_be_searched() {
        let message = |text: &str| Message {
            texts: vec![Text { text: text.to_owned(), ..Text::default() }],
            ..Message::default()
        };
        assert_eq!(unsearchable(&Message::default()), None);
        assert_eq!(unsearchable(&message("one lost letter \u{FFFD} among many others")), None);
        assert_eq!(
            unsearchable(&message("\u{FFFD}\u{FFFD} is hardly text")),
            Some(Unsearchable::Undecodable)
        );
        let attached = Message { attachments: vec![Default::default()], ..message(" ") };
        assert_eq!(unsearchable(&attached), Some(Unsearchable::NoText));
        let mut encrypted = message("-----BEGIN PGP MESSAGE-----");
        encrypted.anomalies.note(Anomaly::Encrypted);
        assert_eq!(unsearchable(&encrypted), Some(Unsearchable::Encrypted));
    }
}
