//! Who answers whom, by References and In-Reply-To alone (JWZ step 1, RFC 5256 REFERENCES step 1).
//!
//! Messages are taken in mailbox order. The last id that a message refers to is its parent. The ids
//! before it are presumed to answer each other, until the message of such an id is met and speaks for
//! itself. Ids that no message has become containers too, numbered after the messages. Where none of these
//! ids is there, and In-Reply-To names a message that is, that is the parent: programs that fill References
//! with ids of their own leave no other way to it.
//!
//! Of messages with the same id the first in mailbox order owns it, and is what answers refer to; each
//! copy stands where its own references put it. A message that refers to itself is taken not to.
//!
//! **Invariant:** the links that come out have no loop (see `loops`).
//!
//! Not here: joining messages that refer to nothing (`joining`).

use super::NONE;
use super::ids::IdMap;
use super::loops;
use crate::corpus::Corpus;
use crate::corpus::IdHash;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::mail::Anomaly;

/// The links between the containers of a corpus.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The container above each, or [`NONE`].
    pub(super) parents: Vec<u32>,
    /// The id of each missing message, in the order of their containers.
    pub(super) missing: Vec<IdHash>,
    /// What was odd, and about which message.
    pub(super) odd: Vec<(u32, Anomaly)>,
}

/// Links that are being made.
struct Linking<'a> {
    corpus: &'a Corpus,
    ids: IdMap,
    links: Links,
    /// When each container got its parent, as a count of links made: the last link of a loop is cut.
    made_at: Vec<u32>,
    made: u32,
}

/// Links the messages of a corpus, and those that they refer to.
pub(super) fn link(corpus: &Corpus) -> Links {
    let mut linking = Linking::new(corpus);
    linking.give_ids_to_their_owners();
    for message in corpus.iter() {
        linking.add(message);
    }
    let Linking { mut links, made_at, .. } = linking;
    let on_loops = loops::cut(&mut links.parents, &made_at);
    // A message without references stands on a loop only because of what others say.
    let refers = |&container: &u32| {
        corpus.get(MessageNo(container)).is_some_and(|message| !message.references().is_empty())
    };
    let looped = on_loops.into_iter().filter(refers);
    links.odd.extend(looped.map(|message| (message, Anomaly::ThreadLoop)));
    links
}

impl<'a> Linking<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        let parents = vec![NONE; corpus.len()];
        Self {
            corpus,
            ids: IdMap::with_room_for(corpus.len()),
            links: Links { parents, ..Links::default() },
            made_at: vec![0; corpus.len()],
            made: 0,
        }
    }

    fn give_ids_to_their_owners(&mut self) {
        for message in self.corpus.iter() {
            let Some(id) = message.id() else { continue };
            let number = message.number().0;
            let owner = self.ids.get_or_insert(id, number);
            if owner != number {
                self.links.odd.push((owner, Anomaly::RepeatedMessageId));
                self.links.odd.push((number, Anomaly::RepeatedMessageId));
            }
        }
    }

    fn add(&mut self, message: Kept<'_>) {
        let number = message.number().0;
        if let Some(parent) = self.answered_beside(message) {
            return self.set_parent(number, parent);
        }
        let parent = match message.references() {
            [] => NONE,
            [before @ .., last] if message.id() != Some(*last) => {
                let last = self.container(*last);
                if !self.has_linked(last, before, number) {
                    self.link_references(message);
                }
                last
            }
            _ => self.link_references(message),
        };
        self.set_parent(number, parent);
    }

    /// Returns the message that In-Reply-To alone names, where none is there that References name.
    fn answered_beside(&self, message: Kept<'_>) -> Option<u32> {
        let number = message.number().0;
        let is_there = |id: IdHash| self.ids.get(id).filter(|&owner| (owner as usize) < self.corpus.len());
        let answered = is_there(message.answered_beside()?).filter(|&answered| answered != number)?;
        let is_missing = |&id: &IdHash| is_there(id).is_none_or(|owner| owner == number);
        message.references().iter().all(is_missing).then_some(answered)
    }

    /// Returns whether `container` is an earlier message with exactly these references: what they say
    /// of each other is known then. Most answers carry their parent's references unchanged.
    fn has_linked(&self, container: u32, references: &[IdHash], by: u32) -> bool {
        references.is_empty()
            || container < by
                && self.corpus.get(MessageNo(container)).is_some_and(|it| it.references() == references)
    }

    /// Presumes that the references of a message answer each other, and returns the last.
    fn link_references(&mut self, message: Kept<'_>) -> u32 {
        let mut above = NONE;
        let mut leads_to_itself = false;
        for &id in message.references() {
            if message.id() == Some(id) {
                leads_to_itself = true;
                continue;
            }
            let container = self.container(id);
            if above != NONE && container != above && self.links.parents[container as usize] == NONE {
                self.set_parent(container, above);
            }
            above = container;
        }
        if leads_to_itself {
            self.links.odd.push((message.number().0, Anomaly::ThreadLoop));
        }
        above
    }

    fn set_parent(&mut self, container: u32, parent: u32) {
        self.made += 1;
        self.made_at[container as usize] = self.made;
        self.links.parents[container as usize] = parent;
    }

    /// Returns the container of an id, a new one for an id not met before.
    fn container(&mut self, id: IdHash) -> u32 {
        let next = self.links.parents.len() as u32;
        let container = self.ids.get_or_insert(id, next);
        if container == next {
            self.links.parents.push(NONE);
            self.made_at.push(0);
            self.links.missing.push(id);
        }
        container
    }
}
