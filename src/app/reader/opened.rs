//! A message that has been loaded: what it says, taken apart for its page.
//!
//! Made by a worker out of the mailbox's bytes alone, so that the interface never waits for it. A short
//! message comes at once; of a long one first its beginning, then all of it, then where it names
//! candidates.

use super::letterhead::Letterhead;
use super::links::Links;
use super::outline::Outline;
use super::parts::Order;
use super::raw::Raw;
use crate::app::watching::taken_apart;
use crate::mail::Message;
use crate::mail::PartPath;
use crate::mail::bytes_of_part;
use crate::mail::read_envelope;
use crate::mail::read_message;
use crate::mail::read_tree;
use crate::mbox;
use crate::watch::MessageHit;
use crate::watch::Scanner;
use crate::watch::Scratch;
use crate::watch::scan_message_while;
use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

/// A longer message is read in steps.
pub const SHORT_BYTES: usize = 1 << 20;

/// So much of a long message is read first: it is on the screen in a few milliseconds.
const BEGINNING_BYTES: usize = 256 << 10;

/// How much of a message has been loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Its beginning.
    #[default]
    Beginning,
    /// All of it; it has not been searched for candidates.
    Unsearched,
    /// All of it, and where it names candidates.
    Whole,
}

/// A message that has been loaded.
#[derive(Debug, Default)]
pub struct Opened {
    /// How much of it.
    pub extent: Extent,
    /// Who, when and about what.
    pub letterhead: Letterhead,
    /// What it says.
    pub message: Message,
    /// Where it names candidates, as far as it has been searched.
    pub hits: Arc<Vec<MessageHit>>,
    /// Its texts, taken apart.
    pub(super) outlines: Vec<Outline>,
    pub(super) links: Links,
    pub(super) order: Order,
    /// Its bytes; of a long message only when they are asked for.
    pub(super) raw: Option<Arc<Raw>>,
}

/// A step in which a long message is read.
#[derive(Clone, Debug)]
pub enum Step {
    /// All of it has been read.
    Read(Arc<Opened>),
    /// Some of it has been searched.
    Working,
    /// All of it has been searched.
    Searched(Arc<Vec<MessageHit>>),
}

impl Opened {
    /// Reads a message, or one that is attached to it.
    ///
    /// `within` leads from each message to the part that holds the next; a way that ends early is
    /// followed as far as it goes.
    pub fn read(message: &[u8], within: &[PartPath], scanner: &Scanner) -> Self {
        let bytes = innermost(message, within);
        let (envelope, message, hits) = taken_apart(&bytes, scanner, &mut Scratch::default());
        let letterhead = Letterhead::of_envelope(&envelope);
        let raw = Some(Arc::new(Raw::of(&bytes)));
        Self { extent: Extent::Whole, hits: Arc::new(hits), raw, ..Self::of(letterhead, message) }
    }

    /// Reads the beginning of a long message; what stands further down can change what is known of it.
    pub fn beginning(message: &[u8], scanner: &Scanner) -> Self {
        let beginning = message.get(..BEGINNING_BYTES).unwrap_or(message);
        let beginning = beginning.get(..end_of(beginning)).unwrap_or(beginning);
        let (envelope, mut message, hits) = taken_apart(beginning, scanner, &mut Scratch::default());
        message.anomalies = Default::default();
        let hits = Arc::new(hits);
        Self { hits, ..Self::of(Letterhead::of_envelope(&envelope), message) }
    }

    /// Reads a long message in steps, for as long as who is told of them wants it.
    pub fn read_in_steps(
        message: &[u8],
        within: &[PartPath],
        scanner: &Scanner,
        tell: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let bytes = innermost(message, within);
        tell(Step::Working)?;
        let envelope = read_envelope(&bytes);
        let message = read_message(&mbox::unquote(&bytes));
        tell(Step::Working)?;
        let opened = Self::of(Letterhead::of_envelope(&envelope), message);
        let opened = Arc::new(Self { extent: Extent::Unsearched, ..opened });
        tell(Step::Read(Arc::clone(&opened)))?;
        let (people, subject) = (&envelope.people, envelope.subject.as_deref());
        let mut goes_on = || tell(Step::Working).is_continue();
        let scratch = &mut Scratch::default();
        let hits = scan_message_while(scanner, people, subject, &opened.message, scratch, &mut goes_on);
        match hits {
            Some(hits) => tell(Step::Searched(Arc::new(hits))),
            None => ControlFlow::Break(()),
        }
    }

    fn of(letterhead: Letterhead, message: Message) -> Self {
        let mut links = Links::default();
        let outlines = message.texts.iter().map(|text| {
            let outline = Outline::of(text, &mut links);
            links.end_text();
            outline
        });
        let outlines = outlines.collect();
        Self { letterhead, outlines, order: Order::of(&message.root), links, message, ..Self::default() }
    }
}

/// Returns where a beginning can end: with a line, or in a long one behind a blank, or at least behind a whole
/// letter.
fn end_of(beginning: &[u8]) -> usize {
    let is_late = |end: &usize| *end > beginning.len() / 2;
    let behind_last =
        |is_end: fn(&u8) -> bool| beginning.iter().rposition(is_end).map(|at| at + 1).filter(is_late);
    behind_last(|&byte| byte == b'\n')
        .or_else(|| behind_last(|&byte| byte == b' '))
        .or_else(|| behind_last(u8::is_ascii))
        .unwrap_or(beginning.len())
}

/// Returns the message that `within` leads to.
pub fn innermost<'a>(message: &'a [u8], within: &[PartPath]) -> Cow<'a, [u8]> {
    let mut bytes = Cow::Borrowed(message);
    for path in within {
        let inner = {
            let unquoted = mbox::unquote(&bytes);
            let tree = read_tree(&unquoted);
            let Some(part) = tree.at(path) else { break };
            bytes_of_part(&unquoted, part).into_owned()
        };
        bytes = Cow::Owned(inner);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(beginning: &str, expected: &str) {
        let bytes = beginning.as_bytes();
        assert_eq!(bytes.get(..end_of(bytes)), Some(expected.as_bytes()));
    }

    #[test]
    fn a_beginning_ends_with_a_line_or_a_word_or_a_letter() {
        check("a\n\nb c\nd e", "a\n\nb c\n");
        check("a\n\nbbbbbbb cc", "a\n\nbbbbbbb ");
        check("a\n\nbbbbbbbbbb\u{e9}", "a\n\nbbbbbbbbbb");
        check("", "");
    }
}
