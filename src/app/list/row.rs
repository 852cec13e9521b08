//! The rows of the list, before anyone asks what they say.

use super::folds::Folds;
use crate::corpus::MessageNo;
use crate::threads::ContainerNo;
use crate::threads::Forest;

/// One row of the list, in 16 bytes: there may be a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The container; in the flat list that of the message.
    pub container: ContainerNo,
    /// Which thread of the list it belongs to, counted from 0 in the order of the list.
    pub thread: u32,
    /// How deep it stands below the root.
    pub depth: u32,
    /// Bit *n*: the ancestor *n* levels up (0 is the row itself) has a sibling further down.
    pub guides: u16,
    /// What it stands for.
    pub kind: RowKind,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// One message of the flat list.
    Message,
    /// A whole thread.
    Folded,
    /// The root of an unfolded thread.
    Root,
    /// What stands below a root.
    Branch,
    /// The line above the looser matches. No message, and never selected.
    Rule,
}

/// Lays out the threads whose roots these are.
pub(super) fn of_threads(roots: &[ContainerNo], forest: &Forest, folds: &Folds) -> Vec<Row> {
    let is_unfolded = folds.of(forest);
    let mut rows = Vec::with_capacity(roots.len());
    let mut guides = Vec::new();
    for (thread, &root) in roots.iter().enumerate() {
        let thread = thread as u32;
        if is_unfolded(root) {
            unfold(root, thread, forest, &mut guides, &mut rows);
        } else {
            rows.push(Row { container: root, thread, depth: 0, guides: 0, kind: RowKind::Folded });
        }
    }
    rows
}

/// Adds a row for each container of a thread; `guides` is room to work in.
fn unfold(root: ContainerNo, thread: u32, forest: &Forest, guides: &mut Vec<u16>, rows: &mut Vec<Row>) {
    guides.clear();
    for step in forest.walk(root) {
        let depth = step.depth as usize;
        guides.truncate(depth);
        let above = guides.last().copied().unwrap_or(0);
        let mine = above << 1 | u16::from(!step.is_last && depth > 0);
        guides.push(mine);
        let kind = if depth == 0 { RowKind::Root } else { RowKind::Branch };
        rows.push(Row { container: step.container, thread, depth: step.depth, guides: mine, kind });
    }
}

/// Lays out a flat list.
pub(super) fn of_messages(messages: &[MessageNo]) -> Vec<Row> {
    let row = |(place, number): (usize, &MessageNo)| Row {
        container: ContainerNo(number.0),
        thread: place as u32,
        depth: 0,
        guides: 0,
        kind: RowKind::Message,
    };
    messages.iter().enumerate().map(row).collect()
}

/// Returns the rule below the last of so many threads.
pub(super) fn rule(threads: usize) -> Row {
    let thread = threads.saturating_sub(1) as u32;
    Row { container: ContainerNo(u32::MAX), thread, depth: 0, guides: 0, kind: RowKind::Rule }
}
