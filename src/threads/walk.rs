//! Walking through a thread in the order of reading.

use super::ContainerNo;
use super::Forest;
use crate::corpus::MessageNo;

/// One step of a walk through a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The container.
    pub container: ContainerNo,
    /// Its message, unless that is missing.
    pub message: Option<MessageNo>,
    /// How deep it stands below the thread's root.
    pub depth: u32,
    /// No later sibling stands below it.
    pub is_last: bool,
}

/// A walk through a thread: each container before those that answer it, siblings by date.
///
/// Takes no memory and no recursion, however deep the thread is.
#[derive(Clone, Debug)]
pub struct Walk<'a> {
    forest: &'a Forest,
    root: ContainerNo,
    next: Option<(ContainerNo, u32)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(forest: &'a Forest, root: ContainerNo) -> Self {
        Self { forest, root, next: Some((root, 0)) }
    }

    /// Returns what follows a container below which nothing stands: the next sibling of the nearest
    /// container above that has one.
    fn after(&self, container: ContainerNo, depth: u32) -> Option<(ContainerNo, u32)> {
        let (mut here, mut depth) = (container, depth);
        while here != self.root {
            if let Some(sibling) = self.forest.next_sibling(here) {
                return Some((sibling, depth));
            }
            here = self.forest.parent(here)?;
            depth -= 1;
        }
        None
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let (container, depth) = self.next.take()?;
        self.next = match self.forest.first_child(container) {
            Some(child) => Some((child, depth + 1)),
            None => self.after(container, depth),
        };
        let is_last = container == self.root || !self.forest.has_later_sibling(container);
        Some(Step { container, message: self.forest.message(container), depth, is_last })
    }
}
