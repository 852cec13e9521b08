//! A forest as it is kept: for each container its links, its thread and its depth.
//!
//! Flat arrays of numbers, 20 bytes a message; what few messages have (something odd, a missing
//! parent, a joined place) is kept in sorted lists beside them.

use super::ContainerNo;
use super::NONE;
use super::Thread;
use super::missing::Standing;
use super::order::Order;
use crate::columns::Column;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::IdHash;
use crate::corpus::MessageNo;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use bytemuck::Pod;
use bytemuck::Zeroable;
use std::io;

/// The trees of a forest, and what is known of each thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Planted {
    /// How many of the containers are messages'.
    pub(super) messages: u32,
    /// By container.
    pub(super) places: Column<Place>,
    /// By container the place of its thread in the order of `roots`: who asks for that asks of all messages.
    pub(super) thread_of: Column<u32>,
    /// By date.
    pub(super) roots: Column<ContainerNo>,
    /// In the order of `roots`.
    pub(super) threads: Column<Thread>,
    /// The ids of missing messages, in the order of their containers.
    pub(super) missing: Column<IdHash>,
    /// Of each the nearest message above, or [`NONE`].
    pub(super) above_missing: Column<u32>,
    /// The threads of missing messages for which another missing one stands, in order, and their ids.
    pub(super) passed_in: Column<u32>,
    pub(super) passed: Column<IdHash>,
    /// Messages that hang below a root without referring to it, in mailbox order.
    pub(super) joined: Column<u32>,
    /// The messages about which something is odd, in mailbox order, and what.
    pub(super) odd: Column<u32>,
    pub(super) oddities: Column<Anomalies>,
}

/// Where a container stands; [`NONE`] stands for no container.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Place {
    pub(super) parent: u32,
    pub(super) first_child: u32,
    pub(super) next_sibling: u32,
    pub(super) depth: u32,
}

impl Default for Place {
    fn default() -> Self {
        Self { parent: NONE, first_child: NONE, next_sibling: NONE, depth: 0 }
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
        let order_len = order.roots.len();
        let mut planted = Self {
            messages: moments.len() as u32,
            places: places.collect(),
            thread_of: vec![NONE; standing.parents.len()].into(),
            roots: order.roots.into_iter().map(ContainerNo).collect(),
            missing: standing.missing.clone().into(),
            above_missing: vec![NONE; standing.missing.len()].into(),
            threads: Vec::with_capacity(order_len).into(),
            ..Self::default()
        };
        for thread in 0..planted.roots.len() {
            planted.enter(thread, moments);
        }
        let mut passed: Vec<(u32, IdHash)> =
            standing.passed.iter().map(|&(stands, id)| (planted.thread_of[stands as usize], id)).collect();
        passed.sort_by_key(|&(thread, _)| thread);
        planted.passed_in = passed.iter().map(|&(thread, _)| thread).collect();
        planted.passed = passed.into_iter().map(|(_, id)| id).collect();
        planted
    }

    /// Walks through a thread, noting what each container of it needs to know.
    fn enter(&mut self, thread: usize, moments: &[i64]) {
        let root = self.roots[thread].0;
        let mut known: Option<Thread> = None;
        let (mut here, mut depth) = (root, 0);
        loop {
            let place = &mut self.places.to_mut()[here as usize];
            place.depth = depth;
            let (parent, first_child) = (place.parent, place.first_child);
            self.thread_of.to_mut()[here as usize] = thread as u32;
            if here < self.messages {
                count(&mut known, MessageNo(here), moments);
            } else {
                let above = self.nearest_message(parent).map_or(NONE, |above| above.0);
                self.above_missing.to_mut()[(here - self.messages) as usize] = above;
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
        self.threads.to_mut().push(known.expect("a missing container stands only above messages"));
    }

    /// Returns the id of a missing container's message.
    pub(super) fn missing(&self, container: u32) -> Option<IdHash> {
        self.missing.get(container.checked_sub(self.messages)? as usize).copied()
    }

    /// Returns the message of a container, or the nearest above it.
    pub(super) fn nearest_message(&self, container: u32) -> Option<MessageNo> {
        let place = container.checked_sub(self.messages);
        let above = place.and_then(|place| self.above_missing.get(place as usize));
        let nearest = above.copied().unwrap_or(container);
        (nearest < self.messages).then_some(MessageNo(nearest))
    }

    /// Writes the columns in the order in which they are read.
    pub(super) fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        out.column(&[u64::from(self.messages)])?;
        out.column(&self.places)?;
        out.column(&self.thread_of)?;
        out.column(&self.roots)?;
        out.column(&self.threads)?;
        out.column(&self.missing)?;
        out.column(&self.above_missing)?;
        out.column(&self.passed_in)?;
        out.column(&self.passed)?;
        out.column(&self.joined)?;
        out.column(&self.odd)?;
        out.column(&self.oddities)
    }

    pub(super) fn unpack(from: &mut Unpacker) -> Option<Self> {
        Some(Self {
            messages: u32::try_from(from.values::<1>()?[0]).ok()?,
            places: from.column()?,
            thread_of: from.column()?,
            roots: from.column()?,
            threads: from.column()?,
            missing: from.column()?,
            above_missing: from.column()?,
            passed_in: from.column()?,
            passed: from.column()?,
            joined: from.column()?,
            odd: from.column()?,
            oddities: from.column()?,
        })
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

/// Gathers what is odd about each message: the messages in mailbox order, and what.
pub(super) fn by_message(mut odd: Vec<(u32, Anomaly)>) -> (Column<u32>, Column<Anomalies>) {
    odd.sort_by_key(|&(message, _)| message);
    let (mut messages, mut oddities): (Vec<u32>, Vec<Anomalies>) = Default::default();
    for (message, anomaly) in odd {
        if messages.last() != Some(&message) {
            messages.push(message);
            oddities.push(Anomalies::default());
        }
        oddities.last_mut().into_iter().for_each(|oddities| oddities.note(anomaly));
    }
    (messages.into(), oddities.into())
}
