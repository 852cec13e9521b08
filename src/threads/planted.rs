//! A forest as it is kept: for each container its links, its thread and its depth.
//!
//! Flat arrays of numbers, 20 bytes a message; what few messages have (something odd, a missing
//! parent, a joined place) is kept in sorted lists beside them.

use super::ContainerNo;
use super::NONE;
use super::Thread;
use super::missing::Standing;
use super::order::Order;
use crate::corpus::IdHash;
use crate::corpus::MessageNo;
use crate::mail::Anomalies;
use crate::mail::Anomaly;

/// The trees of a forest, and what is known of each thread.
#[derive(Debug, Default)]
pub(super) struct Planted {
    /// How many of the containers are messages'.
    pub(super) messages: u32,
    /// By container.
    pub(super) places: Vec<Place>,
    /// By date.
    pub(super) roots: Vec<ContainerNo>,
    /// In the order of `roots`.
    pub(super) threads: Vec<Thread>,
    /// In the order of their containers.
    pub(super) missing: Vec<Missing>,
    /// Missing messages for which another missing one stands, by thread.
    pub(super) passed: Vec<(u32, IdHash)>,
    /// Messages that hang below a root without referring to it, in mailbox order.
    pub(super) joined: Vec<u32>,
    /// The messages about which something is odd, in mailbox order.
    pub(super) odd: Vec<(u32, Anomalies)>,
}

/// Where a container stands; [`NONE`] stands for no container.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) parent: u32,
    pub(super) first_child: u32,
    pub(super) next_sibling: u32,
    /// The place of its thread in the order of roots.
    pub(super) thread: u32,
    pub(super) depth: u32,
}

/// What is known of a message that is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missing {
    pub(super) id: IdHash,
    /// The nearest message above, or [`NONE`].
    above: u32,
}

impl Default for Place {
    fn default() -> Self {
        Self { parent: NONE, first_child: NONE, next_sibling: NONE, thread: NONE, depth: 0 }
    }
}

impl Planted {
    /// Lays out the containers that stand; `moments` says when each message was written.
    pub(super) fn new(standing: &Standing, order: Order, moments: &[i64]) -> Self {
        let links = standing.parents.iter().zip(order.first_children).zip(order.next_siblings);
        let places = links.map(|((&parent, first_child), next_sibling)| Place {
            parent,
            first_child,
            next_sibling,
            ..Place::default()
        });
        let mut planted = Self {
            messages: moments.len() as u32,
            places: places.collect(),
            roots: order.roots.into_iter().map(ContainerNo).collect(),
            missing: standing.missing.iter().map(|&id| Missing { id, above: NONE }).collect(),
            ..Self::default()
        };
        planted.threads = Vec::with_capacity(planted.roots.len());
        for thread in 0..planted.roots.len() {
            planted.enter(thread, moments);
        }
        let thread_of = |container: u32| planted.places[container as usize].thread;
        planted.passed = standing.passed.iter().map(|&(stands, id)| (thread_of(stands), id)).collect();
        planted.passed.sort_by_key(|&(thread, _)| thread);
        planted
    }

    /// Walks through a thread, noting what each container of it needs to know.
    fn enter(&mut self, thread: usize, moments: &[i64]) {
        let root = self.roots[thread].0;
        let mut known: Option<Thread> = None;
        let (mut here, mut depth) = (root, 0);
        loop {
            let place = &mut self.places[here as usize];
            (place.thread, place.depth) = (thread as u32, depth);
            let (parent, first_child) = (place.parent, place.first_child);
            if here < self.messages {
                count(&mut known, MessageNo(here), moments);
            } else {
                let above = self.nearest_message(parent).map_or(NONE, |above| above.0);
                self.missing[(here - self.messages) as usize].above = above;
            }
            if first_child != NONE {
                (here, depth) = (first_child, depth + 1);
                continue;
            }
            while here != root && self.places[here as usize].next_sibling == NONE {
                (here, depth) = (self.places[here as usize].parent, depth - 1);
            }
            if here == root {
                break;
            }
            here = self.places[here as usize].next_sibling;
        }
        self.threads.push(known.expect("a missing container stands only above messages"));
    }

    /// Returns a missing container's message.
    pub(super) fn missing(&self, container: u32) -> Option<&Missing> {
        self.missing.get(container.checked_sub(self.messages)? as usize)
    }

    /// Returns the message of a container, or the nearest above it.
    pub(super) fn nearest_message(&self, container: u32) -> Option<MessageNo> {
        let nearest = self.missing(container).map_or(container, |missing| missing.above);
        (nearest < self.messages).then_some(MessageNo(nearest))
    }
}

/// Counts a message that a walk through its thread has come to.
fn count(known: &mut Option<Thread>, message: MessageNo, moments: &[i64]) {
    let thread = known.get_or_insert_with(|| Thread::beginning(message, 0));
    let key = |message: MessageNo| (moments[message.index()], message);
    thread.messages += 1;
    if key(message) < key(thread.earliest) {
        thread.earliest = message;
    }
    if key(message) > key(thread.latest) {
        thread.latest = message;
    }
}

/// Gathers what is odd about each message, in mailbox order.
pub(super) fn by_message(mut odd: Vec<(u32, Anomaly)>) -> Vec<(u32, Anomalies)> {
    odd.sort_by_key(|&(message, _)| message);
    let mut gathered: Vec<(u32, Anomalies)> = Vec::new();
    for (message, anomaly) in odd {
        match gathered.last_mut() {
            Some((last, anomalies)) if *last == message => anomalies.note(anomaly),
            _ => {
                let mut anomalies = Anomalies::default();
                anomalies.note(anomaly);
                gathered.push((message, anomalies));
            }
        }
    }
    gathered
}
