//! The commands that print and end: `list`, `show`, `threads`, `index`.

use super::indexer;
use super::indexer::Grown;
use super::run_error::RunError;
use crate::cli::Form;
use crate::cli::ListForm;
use crate::cli::MessageRef;
use crate::cli::ShowForm;
use crate::corpus::Corpus;
use crate::corpus::Kept;
use crate::mail;
use crate::mail::Attachment;
use crate::mail::Envelope;
use crate::mbox;
use crate::report;
use crate::report::Place;
use crate::report::Speed;
use crate::source::Source;
use crate::threads::Forest;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::time::Instant;

/// A mailbox that has been read to its end.
pub(super) struct Whole<'a> {
    source: &'a Source,
    corpus: Corpus,
    forest: Forest,
    seconds: f64,
}

impl<'a> Whole<'a> {
    /// Reads a mailbox to its end.
    pub(super) fn of(source: &'a Source) -> Self {
        let started = Instant::now();
        let Grown { corpus, forest, .. } = indexer::whole(source);
        Self { source, corpus, forest, seconds: started.elapsed().as_secs_f64() }
    }

    /// Prints every message, in mailbox order.
    pub(super) fn list(&self, form: ListForm, out: &mut impl Write) -> io::Result<()> {
        for kept in self.corpus.iter() {
            let line = match form {
                ListForm::Table => report::list_row(kept),
                ListForm::Json => self.listed(kept),
                ListForm::FullJson => self.shown(kept),
            };
            out.write_all(line.as_bytes())?;
        }
        Ok(())
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
            ShowForm::Raw => return Ok(out.write_all(raw)?),
            ShowForm::Page => report::page(kept, &read(raw)),
            ShowForm::Headers => report::headers(&read(raw)),
            ShowForm::Parts => report::parts(&read(raw)),
        };
        Ok(out.write_all(text.as_bytes())?)
    }

    /// Prints every conversation, in the order of their first messages' dates.
    pub(super) fn threads(&self, form: Form, out: &mut impl Write) -> io::Result<()> {
        for &root in self.forest.roots() {
            let lines = match form {
                Form::Table => report::thread_rows(&self.corpus, &self.forest, root) + "\n",
                Form::Json => {
                    let envelope_of = |number| Some(self.envelope(self.corpus.get(number)?));
                    let missing = report::missing_ids(&self.corpus, &self.forest, root, envelope_of);
                    report::line(&report::threaded(&self.corpus, &self.forest, root, missing))
                }
            };
            out.write_all(lines.as_bytes())?;
        }
        Ok(())
    }

    /// Prints how fast it was read.
    pub(super) fn speed(&self, form: Form, out: &mut impl Write) -> io::Result<()> {
        let speed = Speed {
            messages: self.corpus.len(),
            threads: self.forest.roots().len(),
            bytes: self.source.bytes().len() as u64,
            seconds: self.seconds,
        };
        match form {
            Form::Table => writeln!(out, "{speed}"),
            Form::Json => out.write_all(report::line(&speed).as_bytes()),
        }
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
        let files = message.attachments.iter();
        let attached = report::attached(files.map(|file| (file, bytes_of(file).unwrap_or_default())));
        let listed = report::listed(kept, &mail::read_envelope(raw), place, attached);
        report::line(&report::shown(listed, raw, message))
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

fn read(raw: &[u8]) -> mail::Message {
    mail::read_message(&mbox::unquote(raw))
}
