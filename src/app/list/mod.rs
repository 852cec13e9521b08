//! The list: conversations or messages, one of them selected.
//!
//! **Invariant:** the selection is a message, not a row. Rows come and go (the mailbox grows, threads
//! fold, the order turns); the message stays selected, and its row stays where it is on the screen.
//!
//! Not here: what a row says (see `entry`) or how it looks (`view`).

mod entry;
mod folds;
mod narrowed;
mod order;
mod row;

pub use entry::Entry;
pub use entry::Who;
pub use narrowed::Narrowing;
pub use order::Order;
pub use row::Row;
pub use row::RowKind;

use super::msg::Snapshot;
use super::watching::Named;
use crate::corpus::MessageNo;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use folds::Folds;
use order::ByDate;
use std::sync::Arc;

/// What a row of the list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A conversation.
    #[default]
    Threads,
    /// A message.
    Messages,
}

/// Conversations or messages, one of them selected.
#[derive(Debug, Default)]
pub struct List {
    shape: Shape,
    order: Order,
    folds: Folds,
    by_date: ByDate,
    rows: Vec<Row>,
    /// The threads that the rows are of.
    laid_out: Forest,
    threads: usize,
    selected: usize,
    top: usize,
    anchor: Option<Anchor>,
    has_moved: bool,
    narrowing: Option<Arc<Narrowing>>,
    /// What was selected before the list was narrowed, until a person moves.
    before: Option<Anchor>,
    /// How many threads or messages stand below the rule.
    looser: usize,
    /// What the list is narrowed to was asked since a person has moved.
    is_asked_anew: bool,
    /// Somebody is looked for, so that there is an order by hits.
    has_hits: bool,
    /// Whom the messages name, as far as the order by hits knows.
    named: Named,
    /// How far the search for that was then, in percent.
    named_percent: usize,
}

/// What is selected, in terms that outlive the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Anchor {
    message: MessageNo,
    /// How many rows of missing messages above it the selection stands.
    rows_above: usize,
}

impl List {
    /// Returns what its rows are.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Returns how they are ordered.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Returns all rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns the first row that is seen.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Returns the row that is selected.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Returns how many threads (in the flat list: messages) there are.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Returns the message that is selected, or that stands first below a missing one.
    pub fn message(&self) -> Option<MessageNo> {
        self.anchor.map(|anchor| anchor.message)
    }

    /// Returns the row that is selected, unless there is none.
    pub fn selected_row(&self) -> Option<Row> {
        self.rows.get(self.selected).copied()
    }

    /// Takes in what is new of the mailbox, of which the first so many messages are the same as before.
    ///
    /// Until a person has moved, the first row stays selected, whatever arrives before it.
    pub fn grew(&mut self, snapshot: &Snapshot, same: usize, height: usize) {
        self.by_date.forget_from(same);
        let has_new_rows = self.shape == Shape::Messages || !self.laid_out.is_same(&snapshot.forest);
        if has_new_rows {
            self.lay_out(snapshot, height);
        }
    }

    /// Returns whether a person has chosen what is selected.
    pub fn has_moved(&self) -> bool {
        self.has_moved
    }

    /// Returns whether the row is selected where the order has the latest message.
    pub fn is_at_latest(&self) -> bool {
        self.has_moved && self.latest_row() == Some(self.selected)
    }

    /// Selects the row where the order has the latest message; in another order nothing else than before.
    pub fn select_latest(&mut self, forest: &Forest, height: usize) {
        if let Some(row) = self.latest_row() {
            self.select_row(forest, row, height);
        }
    }

    fn latest_row(&self) -> Option<usize> {
        match self.order {
            Order::OldestFirst => self.rows.len().checked_sub(1),
            Order::LatestFirst => Some(0),
            Order::MostHitsFirst | Order::LargestFirst | Order::BestFirst => None,
        }
    }

    /// Returns how many of them match loosely, and stand below the rule.
    pub fn looser(&self) -> usize {
        self.looser
    }

    /// Returns what the list is narrowed to.
    pub fn narrowing(&self) -> Option<&Arc<Narrowing>> {
        self.narrowing.as_ref()
    }

    /// Returns whether a message has a row, or stands in a thread that has one.
    pub fn lists(&self, forest: &Forest, message: MessageNo) -> bool {
        self.narrowing.is_none() || self.row_of(forest, message).is_some()
    }

    /// Lists only what matches, or everything again.
    ///
    /// Where what was selected is no longer listed, or not among the firm matches of something else that is asked,
    /// the first row is selected; on the way back, unless a
    /// person has moved, what was selected before.
    pub fn narrow(&mut self, narrowing: Option<Arc<Narrowing>>, snapshot: &Snapshot, height: usize) {
        if self.narrowing.is_none() {
            self.before = self.anchor.filter(|_| self.has_moved);
        }
        self.narrowing = narrowing;
        if self.narrowing.is_none() {
            if let Some(before) = self.before.take() {
                self.anchor = Some(before);
                self.has_moved = true;
            }
            if self.order == Order::BestFirst {
                self.order = Order::default();
            }
        }
        self.lay_out(snapshot, height);
    }

    /// Something else is asked: of its answer the firm matches are looked at first, wherever one was; unless
    /// one has gone to a loose match of the last.
    pub fn asks_anew(&mut self) {
        self.is_asked_anew = !self.is_second_best(self.selected);
    }

    /// Returns whether a row matches loosely where others do better.
    fn is_second_best(&self, row: usize) -> bool {
        let firm = self.threads - self.looser;
        firm > 0 && self.rows.get(row).is_some_and(|row| row.thread as usize >= firm)
    }

    /// Returns whether all threads are unfolded but for some, and a message of each of those.
    pub fn unfolded(&self) -> (bool, Vec<MessageNo>) {
        self.folds.as_they_are()
    }

    /// Turns to a shape and an order, with all threads unfolded or none, but for those of some messages.
    pub fn look_as(
        &mut self,
        (shape, order): (Shape, Order),
        unfolded: (bool, Vec<MessageNo>),
        snapshot: &Snapshot,
        height: usize,
    ) {
        self.shape = shape;
        self.order = order;
        self.folds = Folds::as_they_were(unfolded);
        self.lay_out(snapshot, height);
    }

    /// Scrolls so that what is selected stands on this row of the screen, as far as that can be.
    pub fn stand_at(&mut self, row: usize, height: usize) {
        self.top = self.selected.saturating_sub(row);
        self.keep_in_sight(height);
    }

    /// Says whether somebody is looked for.
    pub fn set_has_hits(&mut self, has_hits: bool) {
        self.has_hits = has_hits;
    }

    /// Takes in whom the messages name; in the order by hits the rows move, but not more often than once a
    /// percent.
    pub fn learn(&mut self, named: &Named, percent: usize, snapshot: &Snapshot, height: usize) {
        if self.named_percent == percent && percent < 100 {
            return;
        }
        self.named = named.clone();
        self.named_percent = percent;
        if self.order == Order::MostHitsFirst {
            self.lay_out(snapshot, height);
        }
    }

    /// Keeps what is selected from now on, as if a person had moved there.
    pub fn hold(&mut self) {
        self.is_asked_anew = false;
        self.has_moved = true;
        self.before = None;
    }

    /// Turns between threads and messages.
    pub fn turn_shape(&mut self, snapshot: &Snapshot, height: usize) {
        self.shape = match self.shape {
            Shape::Threads => Shape::Messages,
            Shape::Messages => Shape::Threads,
        };
        self.lay_out(snapshot, height);
    }

    /// Turns to the next order.
    pub fn turn_order(&mut self, snapshot: &Snapshot, height: usize) {
        self.order = self.order.next();
        if self.order == Order::MostHitsFirst && !self.has_hits {
            self.order = self.order.next();
        }
        if self.order == Order::BestFirst && self.narrowing.is_none() {
            self.order = self.order.next();
        }
        self.lay_out(snapshot, height);
    }

    /// Unfolds, or folds, the thread that is selected.
    pub fn set_unfolded(&mut self, snapshot: &Snapshot, is_unfolded: bool, height: usize) {
        let (Shape::Threads, Some(anchor)) = (self.shape, self.anchor) else { return };
        let Some(row) = self.selected_row() else { return };
        if is_unfolded == (row.kind != RowKind::Folded) {
            return;
        }
        self.has_moved = true;
        self.folds.set(&snapshot.forest, anchor.message, is_unfolded);
        self.lay_out(snapshot, height);
    }

    /// Unfolds, or folds, every thread.
    pub fn set_all_unfolded(&mut self, snapshot: &Snapshot, is_unfolded: bool, height: usize) {
        if self.shape == Shape::Threads {
            self.folds.set_all(is_unfolded);
            self.lay_out(snapshot, height);
        }
    }

    /// Selects the row that is so many rows further down, or up.
    pub fn move_by(&mut self, forest: &Forest, rows: isize, height: usize) {
        self.select_row(forest, self.selected.saturating_add_signed(rows), height);
    }

    /// Moves a page, or a part of one, so that what was seen moves by as much.
    pub fn page_by(&mut self, forest: &Forest, rows: isize, height: usize) {
        self.top = self.top.saturating_add_signed(rows).min(self.last_top(height));
        self.move_by(forest, rows, height);
    }

    /// Selects a row; one past the end selects the last.
    pub fn select_row(&mut self, forest: &Forest, row: usize, height: usize) {
        self.selected = self.beside_rule(row.min(self.rows.len().saturating_sub(1)));
        self.hold();
        self.anchor = self.anchor_of(forest, self.selected);
        self.keep_in_sight(height);
    }

    /// Selects a message; in a folded thread its row stays that of the thread.
    pub fn select(&mut self, forest: &Forest, message: MessageNo, height: usize) {
        self.hold();
        self.anchor = Some(Anchor { message, rows_above: 0 });
        if let Some(row) = self.row_of(forest, message) {
            self.selected = row;
            self.keep_in_sight(height);
        }
    }

    /// Selects the first row of the next thread, or of the one before.
    pub fn move_by_thread(&mut self, forest: &Forest, threads: isize, height: usize) {
        let Some(here) = self.selected_row() else { return };
        let Some(wanted) = (here.thread as usize).checked_add_signed(threads) else { return };
        let row = self.beside_rule(self.rows.partition_point(|row| (row.thread as usize) < wanted));
        if row < self.rows.len() {
            self.select_row(forest, row, height);
        }
    }

    /// Returns the message after the selected one, or before it, in the order of the list as it would
    /// be unfolded; in a narrowed list, of the messages that match.
    pub fn neighbour(&self, forest: &Forest, is_next: bool) -> Option<MessageNo> {
        let here = self.anchor?.message;
        let row = self.selected_row()?;
        if self.shape == Shape::Threads {
            let within = neighbour_in_thread(forest, here, is_next, |message| self.matches(message));
            if within.is_some() {
                return within;
            }
        }
        self.edge_of_next_thread(forest, row.thread as usize, is_next)
    }

    /// Returns the messages behind the selected one, or before it, the nearest first, in the order of the
    /// list as it would be unfolded; in a narrowed list, those that match.
    pub fn messages_beyond<'a>(
        &'a self,
        forest: &'a Forest,
        is_next: bool,
    ) -> Box<dyn Iterator<Item = MessageNo> + 'a> {
        let own = self.rows.partition_point(|row| row.thread < self.thread());
        let end = self.rows.partition_point(|row| row.thread <= self.thread());
        let (before, rest) = self.rows.split_at(own);
        let behind = self.rows.get(end..).unwrap_or_default();
        let here = self.message();
        let own = rest.first().map(|&row| messages_of_thread(row, forest)).unwrap_or_default();
        let place = own.iter().position(|&message| Some(message) == here).unwrap_or(0);
        let messages = move |row: &Row| messages_of_thread(*row, forest);
        let is_head = |row: &&Row| row.kind != RowKind::Branch;
        let is_listed = |message: &MessageNo| self.matches(*message);
        if is_next {
            let beyond = behind.iter().filter(is_head).flat_map(messages);
            return Box::new(own.into_iter().skip(place + 1).chain(beyond).filter(is_listed));
        }
        let beyond = before.iter().rev().filter(is_head).flat_map(move |row| messages(row).into_iter().rev());
        Box::new(own.into_iter().take(place).rev().chain(beyond).filter(is_listed))
    }

    fn thread(&self) -> u32 {
        self.selected_row().map_or(0, |row| row.thread)
    }

    fn edge_of_next_thread(&self, forest: &Forest, thread: usize, is_next: bool) -> Option<MessageNo> {
        let wanted = if is_next { thread + 1 } else { thread.checked_sub(1)? };
        let place = self.rows.partition_point(|row| (row.thread as usize) < wanted);
        let row = self.rows.get(self.beside_rule(place)).filter(|row| row.thread as usize == wanted)?;
        if self.shape == Shape::Messages {
            return Some(MessageNo(row.container.0));
        }
        let messages = forest.walk(row.container).filter_map(|step| step.message);
        let mut messages = messages.filter(|&message| self.matches(message));
        if is_next { messages.next() } else { messages.last() }
    }

    fn matches(&self, message: MessageNo) -> bool {
        self.narrowing.as_ref().is_none_or(|narrowing| narrowing.holds(message))
    }

    /// Returns the message that a row speaks of: of a folded thread the first, in a narrowed list the
    /// first that matches.
    pub fn message_of(&self, forest: &Forest, row: Row) -> Option<MessageNo> {
        match row.kind {
            RowKind::Message => Some(MessageNo(row.container.0)),
            RowKind::Folded => {
                let narrowing = self.narrowing.as_ref();
                let matching = narrowing.and_then(|narrowing| narrowing.first_in(forest, row.container));
                Some(matching.unwrap_or_else(|| forest.thread(row.container).first))
            }
            RowKind::Root | RowKind::Branch => forest.message(row.container),
            RowKind::Rule => None,
        }
    }

    /// Returns this row; for the rule, the next one in the direction that a person moves.
    fn beside_rule(&self, row: usize) -> usize {
        if self.rows.get(row).is_none_or(|row| row.kind != RowKind::Rule) {
            return row;
        }
        if row < self.selected && row > 0 { row - 1 } else { row + 1 }
    }

    /// Lays the rows out again, with the same message selected at the same height of the screen.
    fn lay_out(&mut self, snapshot: &Snapshot, height: usize) {
        let forest = &snapshot.forest;
        let screen_row = self.selected.saturating_sub(self.top);
        self.rows = self.rows_of(snapshot);
        self.laid_out = forest.clone();
        self.threads = self.rows.last().map_or(0, |row| row.thread as usize + 1);
        let kept =
            self.anchor.filter(|_| self.has_moved).and_then(|anchor| self.row_of_anchor(forest, anchor));
        let kept = kept.filter(|&row| !self.is_asked_anew || !self.is_second_best(row));
        self.selected = self.beside_rule(kept.unwrap_or(0).min(self.rows.len().saturating_sub(1)));
        let is_beside = self.anchor.is_none_or(|anchor| !self.matches(anchor.message))
            && self.selected_row().is_some_and(|row| row.kind == RowKind::Folded);
        if kept.is_none() && self.narrowing.is_some() {
            self.has_moved = false;
        }
        if kept.is_none() || is_beside {
            self.anchor = self.anchor_of(forest, self.selected);
        }
        self.top = self.selected.saturating_sub(screen_row).min(self.last_top(height));
        self.keep_in_sight(height);
    }

    fn rows_of(&mut self, snapshot: &Snapshot) -> Vec<Row> {
        let Snapshot { corpus, forest, .. } = snapshot;
        let order = self.order;
        let (mut rows, firm) = match (self.shape, &self.narrowing) {
            (Shape::Threads, None) => {
                let roots = order.roots(forest.roots().to_vec(), forest, &self.named);
                (row::of_threads(&roots, forest, &self.folds), roots.len())
            }
            (Shape::Threads, Some(narrowing)) => {
                let (mut roots, looser) = narrowing.roots(order, forest, &self.named);
                let firm = roots.len();
                roots.extend(looser);
                (row::of_threads(&roots, forest, &self.folds), firm)
            }
            (Shape::Messages, narrowing) => {
                let by_date = self.by_date.grown(corpus);
                let (mut messages, looser) = match narrowing {
                    None => (order.messages(by_date, corpus, &self.named), Vec::new()),
                    Some(narrowing) => narrowing.messages(order, by_date, corpus, &self.named),
                };
                let firm = messages.len();
                messages.extend(looser);
                (row::of_messages(&messages), firm)
            }
        };
        let threads = rows.last().map_or(0, |row| row.thread as usize + 1);
        self.looser = threads - firm;
        if self.looser > 0 {
            let place = rows.partition_point(|row| (row.thread as usize) < firm);
            rows.insert(place, row::rule(firm));
        }
        rows
    }

    /// Moves what is seen so that the selected row is among it.
    ///
    /// By half a page: a step past the edge then costs one page drawn afresh for many that cost two rows.
    pub fn keep_in_sight(&mut self, height: usize) {
        let height = height.max(1);
        if self.selected < self.top {
            self.top = (self.selected + 1).saturating_sub(height / 2 + 1).min(self.selected);
        } else if self.selected >= self.top + height {
            self.top = self.selected - height / 2;
        }
        self.top = self.top.min(self.last_top(height));
        let is_below_rule = |top: &usize| self.rows.get(*top).is_some_and(|row| row.kind == RowKind::Rule);
        if let Some(rule) = self.top.checked_sub(1).filter(is_below_rule) {
            self.top = if self.selected < rule + height { rule } else { self.top };
        }
    }

    fn last_top(&self, height: usize) -> usize {
        self.rows.len().saturating_sub(height.max(1))
    }

    fn anchor_of(&self, forest: &Forest, row: usize) -> Option<Anchor> {
        let rows = self.rows.get(row..)?;
        rows.iter().enumerate().find_map(|(rows_above, row)| {
            self.message_of(forest, *row).map(|message| Anchor { message, rows_above })
        })
    }

    fn row_of_anchor(&self, forest: &Forest, anchor: Anchor) -> Option<usize> {
        let row = self.row_of(forest, anchor.message)?;
        let missing_above = self.rows.get(..row)?.iter().rev().take(anchor.rows_above).take_while(|row| {
            matches!(row.kind, RowKind::Root | RowKind::Branch) && forest.message(row.container).is_none()
        });
        Some(row - missing_above.count())
    }

    fn row_of(&self, forest: &Forest, message: MessageNo) -> Option<usize> {
        let container = ContainerNo(message.0);
        if self.shape == Shape::Messages {
            return self.rows.iter().position(|row| row.container == container);
        }
        forest.message(container)?;
        let root = forest.root(container);
        let first = self.rows.iter().position(|row| row.container == root)?;
        let thread = self.rows.get(first..)?;
        let below = thread
            .iter()
            .position(|row| row.container == container)
            .filter(|_| thread.first().is_some_and(|row| row.kind == RowKind::Root));
        Some(first + below.unwrap_or(0))
    }
}

/// Returns the messages of the thread that a row begins; of a row of the flat list its own.
fn messages_of_thread(row: Row, forest: &Forest) -> Vec<MessageNo> {
    match row.kind {
        RowKind::Message => vec![MessageNo(row.container.0)],
        _ => forest.walk(row.container).filter_map(|step| step.message).collect(),
    }
}

/// Returns the message after this one in its thread, or before it, that is wanted.
fn neighbour_in_thread(
    forest: &Forest,
    here: MessageNo,
    is_next: bool,
    is_wanted: impl Fn(MessageNo) -> bool,
) -> Option<MessageNo> {
    let root = forest.root(ContainerNo(here.0));
    let mut before = None;
    let messages = forest.walk(root).filter_map(|step| step.message);
    let mut messages = messages.filter(|&message| message == here || is_wanted(message));
    while let Some(message) = messages.next() {
        if message == here {
            return if is_next { messages.next() } else { before };
        }
        before = Some(message);
    }
    None
}
