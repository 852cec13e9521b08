//! The kept index: envelopes, threads and haystacks.

use super::INDEX;
use super::Keep;
use super::fingerprint::Likeness;
use super::seal::Header;
use super::seal::Sealed;
use super::sealing;
use super::unfinished::Unfinished;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::mbox;
use crate::query::BLOCK_MESSAGES;
use crate::query::Block;
use crate::query::blocks;
use crate::source::Source;
use crate::threads::Forest;
use std::fs;
use std::io;
use std::io::Write;
use std::path::PathBuf;
use std::thread;

/// What was found of an index.
#[derive(Debug)]
pub enum Found {
    /// There is none, or none that can be used.
    Nothing,
    /// It is of the mailbox as it is.
    Same(Index),
    /// It is of the mailbox as it was before more was written behind it.
    Grown(Index),
    /// It is of the mailbox as it was before it was changed.
    Changed,
}

/// An index that was kept.
#[derive(Debug)]
pub struct Index {
    /// The envelopes.
    pub corpus: Corpus,
    /// Their threads.
    pub forest: Forest,
    /// What fuzzy words are looked for in.
    pub haystacks: Haystacks,
    /// How long the mailbox was.
    pub bytes: u64,
}

/// Haystacks that were kept, and are not looked at before they are needed.
#[derive(Debug)]
pub struct Haystacks {
    file: Sealed,
    path: PathBuf,
    /// Those from this message on are not what they were.
    end: MessageNo,
}

/// How many messages of a mailbox that has grown are looked at, whether they still begin where they did.
const LOOKED_AT_MESSAGES: usize = 1000;

/// What else an index depends on: nothing.
const ABOUT: [u8; 32] = [0; 32];

impl Keep {
    /// Looks for an index of a mailbox.
    pub fn index(&self, source: &Source) -> Found {
        let path = self.file(INDEX);
        let Some(file) = Sealed::open(&path) else { return Found::Nothing };
        let likeness = file.header.mailbox.likeness(&self.fingerprint(source), source.bytes());
        if likeness == Likeness::Changed {
            return Found::Changed;
        }
        let Some(mut index) = Index::of(file, path) else { return Found::Nothing };
        if likeness == Likeness::Same {
            return Found::Same(index);
        }
        if !begins_where_it_did(&index.corpus, source) {
            return Found::Changed;
        }
        // The last message may be longer now.
        index.haystacks.end = MessageNo((index.corpus.len() as u32).saturating_sub(1));
        Found::Grown(index)
    }

    /// Keeps an index of the whole mailbox, and returns it as it is kept.
    ///
    /// # Errors
    ///
    /// When it cannot be written; an older one is still there then.
    pub fn keep_index(
        &self,
        source: &Source,
        corpus: &Corpus,
        forest: &Forest,
        unfinished: &Unfinished,
    ) -> io::Result<()> {
        let mailbox = self.fingerprint(source);
        let header = |parts, columns| Header::new(mailbox, ABOUT, parts, columns);
        sealing::write(
            &self.file(INDEX),
            &self.mailbox,
            unfinished,
            |out| {
                corpus.pack(&mut Packer::new(out))?;
                let corpus_end = out.written();
                forest.pack(&mut Packer::new(out))?;
                let forest_end = out.written();
                pack_haystacks(corpus, out)?;
                Ok([[0, corpus_end], [corpus_end, forest_end], [forest_end, out.written()]])
            },
            header,
        )
    }
}

/// Writes the haystacks as they are made, some on each core, so that they take little memory.
fn pack_haystacks(corpus: &Corpus, out: &mut impl Write) -> io::Result<()> {
    let made_from = |start: usize| {
        let end = (start + BLOCK_MESSAGES).min(corpus.len());
        blocks(corpus, MessageNo(start as u32)..MessageNo(end as u32))
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let starts: Vec<usize> = (0..corpus.len()).step_by(BLOCK_MESSAGES).collect();
    for starts in starts.chunks(workers) {
        let made: Vec<Vec<Block>> = thread::scope(|scope| {
            let working: Vec<_> = starts.iter().map(|&start| scope.spawn(move || made_from(start))).collect();
            // Where a worker failed this one fails in the same way.
            let made = working.into_iter().zip(starts);
            made.map(|(worker, &start)| worker.join().unwrap_or_else(|_| made_from(start))).collect()
        });
        for block in made.iter().flatten() {
            block.pack(&mut Packer::new(out))?;
        }
    }
    Ok(())
}

/// Returns whether messages still begin at their places: whatever was put in or taken out before has
/// moved them.
fn begins_where_it_did(corpus: &Corpus, source: &Source) -> bool {
    let step = corpus.len().div_ceil(LOOKED_AT_MESSAGES).max(1);
    let looked_at = (0..corpus.len()).step_by(step).filter_map(|number| corpus.get(MessageNo(number as u32)));
    // The one message of a file without separators has none.
    corpus.len() == 1
        || looked_at.map(|kept| kept.range()).all(|range| mbox::separator_len(range.of(source.bytes())) > 0)
}

impl Index {
    fn of(file: Sealed, path: PathBuf) -> Option<Self> {
        let parts = file.parts(0..2)?;
        let &[corpus, forest] = parts.as_slice() else { return None };
        let corpus = Corpus::unpack(&mut Unpacker::new(corpus))?;
        let forest = Forest::unpack(&mut Unpacker::new(forest))?;
        let haystacks = Haystacks { file, path, end: MessageNo(corpus.len() as u32) };
        Some(Self { corpus, forest, haystacks, bytes: file.header.mailbox.length })
    }
}

impl Haystacks {
    /// Returns the haystacks of the first messages, as far as they can be used; an index of which a byte
    /// is wrong is removed, so that the next session makes it afresh.
    pub fn blocks(self) -> Vec<Block> {
        let Some(parts) = self.file.parts(2..3) else {
            let _ = fs::remove_file(self.path);
            return Vec::new();
        };
        let mut blocks: Vec<Block> = Vec::new();
        let mut from = Unpacker::new(parts.first().copied().unwrap_or_default());
        while let Some(block) = Block::unpack(&mut from) {
            let due = blocks.last().map_or(MessageNo(0), |last| last.numbers().end);
            let numbers = block.numbers();
            if numbers.start != due || numbers.is_empty() || numbers.end > self.end {
                break;
            }
            blocks.push(block);
        }
        blocks
    }
}
