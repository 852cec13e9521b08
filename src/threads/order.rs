//! The order of threads and of the messages in them.
//!
//! Siblings stand by date, roots by the date of their thread's first message in thread order. Equal
//! dates keep mailbox order. A missing message counts as written when the earliest of the messages below it
//! was, those below other missing ones included and those below other messages not; a message without a date
//! when `hints` says.
//!
//! Lists are built in mailbox order, which is mostly the order of dates already, and only those that
//! turn out not to be are sorted.

use super::NONE;

/// A container's place in time: when it was written, and its place in the mailbox.
type Key = (i64, u32);

/// The children of every container, in order, as linked lists; and the roots, in order.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The first container below each, or [`NONE`].
    pub(super) first_children: Vec<u32>,
    /// The next container below the same parent, or [`NONE`].
    pub(super) next_siblings: Vec<u32>,
    /// The containers that stand below none.
    pub(super) roots: Vec<u32>,
}

/// Orders the containers below each of `parents`; the first ones are the messages of `moments`.
pub(super) fn order(parents: &[u32], moments: &[i64]) -> Order {
    let keys = Keys::of(parents, moments);
    let mut order = Order {
        first_children: vec![NONE; parents.len()],
        next_siblings: vec![NONE; parents.len()],
        roots: Vec::new(),
    };
    let mut last_children = vec![NONE; parents.len()];
    let mut unordered = Vec::new();
    for (container, &parent) in (0..).zip(parents) {
        if parent == NONE {
            order.roots.push(container);
            continue;
        }
        let last = std::mem::replace(&mut last_children[parent as usize], container);
        if last == NONE {
            order.first_children[parent as usize] = container;
        } else {
            order.next_siblings[last as usize] = container;
            if keys.of_container(container) < keys.of_container(last) {
                unordered.push(parent);
            }
        }
    }
    unordered.sort_unstable();
    unordered.dedup();
    for parent in unordered {
        order.sort_below(parent, &keys);
    }
    order.roots.sort_by_key(|&root| keys.of_container(root));
    order
}

impl Order {
    fn sort_below(&mut self, parent: u32, keys: &Keys<'_>) {
        let mut siblings = Vec::new();
        let mut here = self.first_children[parent as usize];
        while here != NONE {
            siblings.push(here);
            here = self.next_siblings[here as usize];
        }
        siblings.sort_by_key(|&sibling| keys.of_container(sibling));
        let mut next = NONE;
        for &sibling in siblings.iter().rev() {
            self.next_siblings[sibling as usize] = next;
            next = sibling;
        }
        self.first_children[parent as usize] = next;
    }
}

/// The place in time of every container.
struct Keys<'a> {
    moments: &'a [i64],
    missing: Vec<Key>,
}

impl<'a> Keys<'a> {
    fn of(parents: &[u32], moments: &'a [i64]) -> Self {
        let messages = moments.len();
        let mut keys = Self { moments, missing: vec![(i64::MAX, NONE); parents.len() - messages] };
        let above = |container: usize| match parents[container] {
            NONE => None,
            parent => (parent as usize).checked_sub(messages),
        };
        // How many missing containers stand below each and have not told it their key yet.
        let mut awaited = vec![0_u32; keys.missing.len()];
        for (container, &moment) in moments.iter().enumerate() {
            if let Some(parent) = above(container) {
                keys.missing[parent] = keys.missing[parent].min((moment, container as u32));
            }
        }
        for parent in (messages..parents.len()).filter_map(above) {
            awaited[parent] += 1;
        }
        let mut complete: Vec<usize> = (0..awaited.len()).filter(|&place| awaited[place] == 0).collect();
        while let Some(place) = complete.pop() {
            let Some(parent) = above(messages + place) else { continue };
            keys.missing[parent] = keys.missing[parent].min(keys.missing[place]);
            awaited[parent] -= 1;
            if awaited[parent] == 0 {
                complete.push(parent);
            }
        }
        keys
    }

    fn of_container(&self, container: u32) -> Key {
        let place = container as usize;
        match self.moments.get(place) {
            Some(&moment) => (moment, container),
            None => self.missing[place - self.moments.len()],
        }
    }
}
