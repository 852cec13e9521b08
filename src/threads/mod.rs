//! Who answers whom: the messages of a corpus as conversations.
//!
//! [`Forest::of`] threads in five steps, each a file: `linking` follows References and In-Reply-To
//! (JWZ, <https://www.jwz.org/doc/threading.html>; RFC 5256 REFERENCES), `loops` cuts what leads back
//! to itself, `missing` keeps places for messages that are answered and not there, `joining` adds what
//! refers to nothing by mark or, marked as a guess, by subject (`hints`), and `order` sorts by date.
//!
//! A message never stands below one that it does not answer, except directly below its thread's root,
//! where it was joined ([`Forest::answered`] tells).
//!
//! **Invariant:** every message stands in exactly one thread, once. No step recurses, and each takes
//! time and memory in proportion to messages and references, sorting apart, whatever they say.
//!
//! Not here: what is shown or folded (`app`).

mod hints;
mod ids;
mod joining;
mod linking;
mod loops;
mod missing;
mod order;
mod planted;
mod subject;
mod walk;

pub use hints::Hints;
pub use subject::base_subject;
pub use walk::Step;
pub use walk::Walk;

use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::Corpus;
use crate::corpus::IdHash;
use crate::corpus::MessageNo;
use crate::mail::Anomalies;
use crate::mail::Anomaly;
use bytemuck::Pod;
use bytemuck::Zeroable;
use missing::Standing;
use planted::Place;
use planted::Planted;
use std::io;
use std::sync::Arc;

/// Stands for “no container” where containers are linked.
const NONE: u32 = u32::MAX;

/// All threads of a corpus. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    planted: Arc<Planted>,
}

/// A place in a thread: a message's, or that of one that is referred to and missing.
///
/// The containers of messages have their messages' numbers; those of missing ones follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct ContainerNo(pub u32);

/// What a thread is about in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Thread {
    /// How many messages stand in it, missing ones not counted.
    pub messages: u32,
    /// Its first message in thread order.
    pub first: MessageNo,
    /// Its earliest message by date.
    pub earliest: MessageNo,
    /// Its latest message by date.
    pub latest: MessageNo,
}

/// Who answers whom by what the messages of a corpus refer to.
#[derive(Debug, Default)]
pub struct Linked {
    standing: Standing,
    odd: Vec<(u32, Anomaly)>,
}

impl Linked {
    /// Links the messages of a corpus, and keeps places for those that are missing.
    pub fn of(corpus: &Corpus) -> Self {
        let links = linking::link(corpus);
        Self { standing: missing::prune(&links), odd: links.odd }
    }
}

impl Thread {
    fn beginning(first: MessageNo, messages: u32) -> Self {
        Self { messages, first, earliest: first, latest: first }
    }
}

impl Forest {
    /// Threads a corpus.
    pub fn of(corpus: &Corpus) -> Self {
        Self::joined(corpus, Linked::of(corpus), &Hints::of(corpus))
    }

    /// Threads a corpus of which both halves are known: what takes longest, and can be done side by side.
    pub fn joined(corpus: &Corpus, linked: Linked, hints: &Hints) -> Self {
        let Linked { mut standing, odd } = linked;
        let moments = hints.moments();
        let joined = joining::join(corpus, hints, &mut standing.parents);
        let order = order::order(&standing.parents, moments);
        let guesses = joined.guessed.into_iter().map(|guessed| (guessed, Anomaly::ThreadGuessed));
        let (odd, oddities) = planted::by_message(odd.into_iter().chain(guesses).collect());
        let joined = joined.messages.into();
        let planted = Planted { odd, oddities, joined, ..Planted::new(&standing, order, moments) };
        Self { planted: Arc::new(planted) }
    }

    /// Returns whether this is that forest, and not one that was made like it.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.planted, &other.planted)
    }

    /// Returns the root of every thread, in the order of the dates of their first messages.
    pub fn roots(&self) -> &[ContainerNo] {
        &self.planted.roots
    }

    /// Returns the message of a container, unless it is missing.
    pub fn message(&self, container: ContainerNo) -> Option<MessageNo> {
        (container.0 < self.planted.messages).then_some(MessageNo(container.0))
    }

    /// Returns the id of the message that a container lacks; `None` where it has its message.
    pub fn missing_id(&self, container: ContainerNo) -> Option<IdHash> {
        self.planted.missing(container.0)
    }

    /// Returns the ids of all messages that a thread refers to and lacks, each once.
    ///
    /// Where missing messages answer each other, one container stands for them, so there may be more
    /// ids than containers.
    pub fn missing(&self, root: ContainerNo) -> impl Iterator<Item = IdHash> {
        let thread = self.thread_place(root) as u32;
        let Planted { passed_in, passed, .. } = &*self.planted;
        let first = passed_in.partition_point(|&other| other < thread);
        let end = passed_in.partition_point(|&other| other <= thread);
        let passed = passed.get(first..end).unwrap_or_default();
        passed.iter().copied().chain(self.walk(root).filter_map(|step| self.missing_id(step.container)))
    }

    /// Returns the container above.
    pub fn parent(&self, container: ContainerNo) -> Option<ContainerNo> {
        some(self.place(container).parent)
    }

    /// Returns the first container below.
    pub fn first_child(&self, container: ContainerNo) -> Option<ContainerNo> {
        some(self.place(container).first_child)
    }

    /// Returns the next container below the same parent.
    pub fn next_sibling(&self, container: ContainerNo) -> Option<ContainerNo> {
        some(self.place(container).next_sibling)
    }

    /// Returns whether another container follows below the same parent: whether the line that leads to
    /// it goes on past what stands below it.
    pub fn has_later_sibling(&self, container: ContainerNo) -> bool {
        self.place(container).next_sibling != NONE
    }

    /// Returns the containers above, nearest first.
    pub fn ancestors(&self, container: ContainerNo) -> impl Iterator<Item = ContainerNo> {
        std::iter::successors(self.parent(container), |&above| self.parent(above))
    }

    /// Returns the root of the thread that a container stands in.
    pub fn root(&self, container: ContainerNo) -> ContainerNo {
        self.roots().get(self.thread_place(container)).copied().unwrap_or(container)
    }

    /// Returns the root of the thread that a message stands in.
    pub fn thread_of(&self, message: MessageNo) -> ContainerNo {
        self.root(ContainerNo(message.0))
    }

    /// Returns the place of a container's thread among [`Forest::roots`].
    pub fn thread_place(&self, container: ContainerNo) -> usize {
        self.planted.thread_of.get(container.0 as usize).map_or(usize::MAX, |&thread| thread as usize)
    }

    /// Returns what the thread of a container is in short.
    pub fn thread(&self, container: ContainerNo) -> Thread {
        let nothing = Thread::beginning(MessageNo(container.0), 0);
        self.planted.threads.get(self.thread_place(container)).copied().unwrap_or(nothing)
    }

    /// Returns the first message, in thread order, of the thread that a message stands in.
    pub fn thread_number(&self, message: MessageNo) -> MessageNo {
        self.thread(ContainerNo(message.0)).first
    }

    /// Returns how deep a message stands below its thread's root.
    pub fn depth(&self, message: MessageNo) -> u32 {
        self.place(ContainerNo(message.0)).depth
    }

    /// Returns the nearest message above that is there, by References and In-Reply-To alone.
    pub fn answered(&self, message: MessageNo) -> Option<MessageNo> {
        if self.is_joined(message) {
            return None;
        }
        self.planted.nearest_message(self.place(ContainerNo(message.0)).parent)
    }

    /// Returns whether a message hangs below its thread's root without referring to it, by a mark of
    /// its writer's program or by a guess.
    pub fn is_joined(&self, message: MessageNo) -> bool {
        self.planted.joined.binary_search(&message.0).is_ok()
    }

    /// Returns whether a message was joined to its thread by its subject alone.
    pub fn is_guessed(&self, message: MessageNo) -> bool {
        self.anomalies(message).has(Anomaly::ThreadGuessed)
    }

    /// Returns what is odd about a message's place: `RepeatedMessageId`, `ThreadLoop`, `ThreadGuessed`.
    pub fn anomalies(&self, message: MessageNo) -> Anomalies {
        let place = self.planted.odd.binary_search(&message.0).ok();
        place.and_then(|place| self.planted.oddities.get(place)).copied().unwrap_or_default()
    }

    /// Walks a thread from its root in the order of reading: each container before those that answer
    /// it, siblings by date. From any other container it walks what stands below that.
    pub fn walk(&self, root: ContainerNo) -> Walk<'_> {
        Walk::new(self, root)
    }

    /// Returns the bytes of memory that the threads take.
    pub fn memory_bytes(&self) -> usize {
        fn of<T>(column: &[T]) -> usize {
            size_of_val(column)
        }
        let planted = &self.planted;
        of(&planted.places)
            + of(&planted.thread_of)
            + of(&planted.roots)
            + of(&planted.threads)
            + of(&planted.missing)
            + of(&planted.above_missing)
            + of(&planted.passed_in)
            + of(&planted.passed)
            + of(&planted.joined)
            + of(&planted.odd)
            + of(&planted.oddities)
    }

    /// Writes everything, so that it can be used where it lies.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn pack(&self, out: &mut Packer<'_>) -> io::Result<()> {
        self.planted.pack(out)
    }

    /// Returns the forest that was packed; nothing where the bytes are none.
    pub fn unpack(from: &mut Unpacker) -> Option<Self> {
        Planted::unpack(from).map(|planted| Self { planted: Arc::new(planted) })
    }

    /// Returns where a container stands: nowhere, where it belongs to a forest that grew later.
    fn place(&self, container: ContainerNo) -> Place {
        self.planted.places.get(container.0 as usize).copied().unwrap_or_default()
    }
}

fn some(container: u32) -> Option<ContainerNo> {
    (container != NONE).then_some(ContainerNo(container))
}

#[cfg(test)]
mod tests;
