//! The commands that print and end: `list`, `show`, `threads`, `count`, `index`, `purge`.

mod asking;
mod counting;
mod indexing;
mod purging;

pub(super) use asking::Question;
pub(super) use indexing::index;
pub(super) use purging::purge;

use super::chunks::chunks;
use super::chunks::in_order;
use super::indexer::Indexed;
use super::opening;
use super::run_error::RunError;
use crate::bytes::ByteRange;
use crate::cli::Form;
use crate::cli::ListForm;
use crate::cli::MessageRef;
use crate::cli::ShowForm;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::kept::Keep;
use crate::mail;
use crate::mail::Attachment;
use crate::mail::Envelope;
use crate::mbox;
use crate::report;
use crate::report::Place;
use crate::source::Source;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use crate::watch::MessageHit;
use crate::watch::Scanner;
use crate::watch::Scratch;
use crate::watch::Watchlist;
use crate::watch::scan_message;
use asking::Asking;
use std::collections::HashSet;
use std::convert::Infallible;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

/// How much of a message is copied out of the mailbox at a time when it is printed as it is.
const PIECE_BYTES: usize = 1 << 20;

/// A mailbox that has been read to its end.
pub(super) struct Whole<'a> {
    source: &'a Source,
    corpus: Corpus,
    forest: Forest,
    watchlist: Watchlist,
    scanner: Scanner,
}

impl<'a> Whole<'a> {
    /// Reads a mailbox to its end, with the help of an index that is kept below a folder.
    pub(super) fn of(
        source: &'a Source,
        watchlist: Watchlist,
        cache: Option<&Path>,
    ) -> Result<Self, RunError> {
        let keep = cache.and_then(|cache| Keep::of(source, cache));
        let (Indexed { corpus, forest, .. }, _) = opening::whole(source, keep.as_ref(), |_, _| {});
        let scanner = Scanner::new(&watchlist);
        let whole = Self { source, corpus, forest, watchlist, scanner };
        whole.expect_all()?;
        Ok(whole)
    }

    /// Prints what was made of the mailbox, unless some of it went away meanwhile: it would be made of
    /// zeros.
    fn print(&self, text: &[u8], out: &mut impl Write) -> Result<(), RunError> {
        self.expect_all()?;
        Ok(out.write_all(text)?)
    }

    fn expect_all(&self) -> Result<(), RunError> {
        expect_all(self.source)
    }

    /// Prints every message that matches, in mailbox order.
    pub(super) fn list(
        &self,
        question: &Question,
        form: ListForm,
        out: &mut impl Write,
    ) -> Result<(), RunError> {
        let asking = Asking::of(self, question)?;
        let line = |kept| match form {
            ListForm::Table => report::list_row(kept),
            ListForm::Json => self.listed(kept),
            ListForm::FullJson => self.shown(kept),
        };
        let written = in_order(
            &chunks(&self.corpus),
            |chunk| asking.matching(chunk).into_iter().map(line).collect::<String>(),
            |lines| self.print(lines.as_bytes(), out).map_or_else(ControlFlow::Break, ControlFlow::Continue),
        );
        written.break_value().map_or(Ok(()), Err)
    }

    /// Prints one message.
    pub(super) fn show(
        &self,
        wanted: &MessageRef,
        form: ShowForm,
        out: &mut impl Write,
    ) -> Result<(), RunError> {
        let kept = self.find(wanted)?;
        let raw = self.source.message(kept.range());
        let text = match form {
            ShowForm::Json => self.shown(kept),
            ShowForm::Raw if io::stdout().is_terminal() => report::printable_lines(raw),
            ShowForm::Raw => return self.print_raw(kept.range(), out),
            ShowForm::Page => report::page(kept, &read(raw)),
            ShowForm::Headers => report::headers(&read(raw)),
            ShowForm::Parts => report::parts(&read(raw)),
        };
        self.print(text.as_bytes(), out)
    }

    /// Prints a message's own bytes, by and by: each piece is looked after before it is let go.
    fn print_raw(&self, range: ByteRange, out: &mut impl Write) -> Result<(), RunError> {
        let mut pieces = self.source.message(range).chunks(PIECE_BYTES);
        pieces.try_for_each(|piece| {
            let copied = piece.to_vec();
            self.print(&copied, out)
        })
    }

    /// Prints what names a message for good.
    pub(super) fn cite(&self, wanted: &MessageRef, form: Form, out: &mut impl Write) -> Result<(), RunError> {
        let kept = self.find(wanted)?;
        let citation = report::Citation::of(self.source.name(), kept, self.source.message(kept.range()));
        let text = match form {
            Form::Table => format!("{citation}\n"),
            Form::Json => report::line(&citation),
        };
        self.print(text.as_bytes(), out)
    }

    /// Prints every conversation with a message that matches, in the order of their first messages' dates.
    pub(super) fn threads(
        &self,
        question: &Question,
        form: Form,
        out: &mut impl Write,
    ) -> Result<(), RunError> {
        let wanted = self.matching_threads(&Asking::of(self, question)?);
        for &root in self.forest.roots().iter().filter(|root| wanted.contains(root)) {
            let lines = match form {
                Form::Table => report::thread_rows(&self.corpus, &self.forest, root) + "\n",
                Form::Json => {
                    let envelope_of = |number| Some(self.envelope(self.corpus.get(number)?));
                    let missing = report::missing_ids(&self.corpus, &self.forest, root, envelope_of);
                    report::line(&report::threaded(&self.corpus, &self.forest, root, missing))
                }
            };
            self.print(lines.as_bytes(), out)?;
        }
        Ok(())
    }

    fn matching_threads(&self, asking: &Asking<'_>) -> HashSet<ContainerNo> {
        let mut wanted = HashSet::new();
        let ControlFlow::Continue(()) = in_order::<_, Infallible>(
            &chunks(&self.corpus),
            |chunk| asking.matching(chunk),
            |found| {
                wanted.extend(found.into_iter().map(|kept| self.forest.thread_of(kept.number())));
                ControlFlow::Continue(())
            },
        );
        wanted
    }

    fn listed(&self, kept: Kept<'_>) -> String {
        let raw = self.source.message(kept.range());
        let place = Place::of(kept.number(), &self.forest);
        report::line(&report::listed(kept, &mail::read_envelope(raw), place, mail::attachment_count(raw)))
    }

    fn shown(&self, kept: Kept<'_>) -> String {
        let raw = self.source.message(kept.range());
        let unquoted = mbox::unquote(raw);
        let message = mail::read_message(&unquoted);
        let place = Place::of(kept.number(), &self.forest).with(message.anomalies);
        let bytes_of = |file: &Attachment| Some(mail::bytes_of_part(&unquoted, message.part(&file.path)?));
        let hits = self.hits(raw, &message, &mut Scratch::default());
        let files = message.attachments.iter();
        let attached = report::attached(files.map(|file| (file, bytes_of(file).unwrap_or_default())));
        let listed = report::listed(kept, &mail::read_envelope(raw), place, attached);
        report::line(&report::shown(listed, raw, message, report::named(hits, &self.watchlist)))
    }

    /// Returns where a message names candidates. Whatever counts or shows hits asks here.
    fn hits(&self, raw: &[u8], message: &mail::Message, scratch: &mut Scratch) -> Vec<MessageHit> {
        let envelope = mail::read_envelope(raw);
        scan_message(&self.scanner, &envelope.people, envelope.subject.as_deref(), message, scratch)
    }

    fn envelope(&self, kept: Kept<'_>) -> Envelope<'_> {
        mail::read_envelope(self.source.message(kept.range()))
    }

    fn find(&self, wanted: &MessageRef) -> Result<Kept<'_>, RunError> {
        let found = match wanted {
            MessageRef::Number(number) => self.corpus.get(*number),
            MessageRef::Offset(offset) => self.corpus.at(*offset),
            MessageRef::Id(id) => {
                let id = Some(self.corpus.hash(id.as_bytes()));
                self.corpus.iter().find(|kept| kept.id() == id)
            }
            MessageRef::Digest(digits) => self.find_digest(digits)?,
        };
        found.ok_or_else(|| RunError::NoSuchMessage { wanted: wanted.clone(), messages: self.corpus.len() })
    }

    /// Returns the one message whose digest begins so; copies of one message are one.
    fn find_digest(&self, digits: &str) -> Result<Option<Kept<'_>>, RunError> {
        let digest = |kept: Kept<'_>| report::digest(self.source.message(kept.range()));
        let mut found = self
            .corpus
            .iter()
            .map(|kept| (kept, digest(kept)))
            .filter(|(_, digest)| digest.starts_with(digits));
        let Some((first, of_first)) = found.next() else { return Ok(None) };
        match found.find(|(_, of_other)| *of_other != of_first) {
            Some((other, _)) => Err(RunError::AmbiguousDigest([first.number(), other.number()])),
            None => Ok(Some(first)),
        }
    }
}

/// Fails where some of the mailbox went away while it was read.
pub(super) fn expect_all(source: &Source) -> Result<(), RunError> {
    let loss = source.loss();
    if loss.is_none() {
        return Ok(());
    }
    Err(RunError::Lost { name: source.name().to_owned(), loss })
}

fn read(raw: &[u8]) -> mail::Message {
    mail::read_message(&mbox::unquote(raw))
}
