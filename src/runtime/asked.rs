//! One question to a corpus, and how single messages answer it.
//!
//! Not here: on how many cores, and when what is found is published (`ranking`).

use super::cores::both;
use crate::app::Progress;
use crate::app::Snapshot;
use crate::app::filter::Findings;
use crate::app::filter::Known;
use crate::app::filter::Meant;
use crate::app::list::Narrowing;
use crate::app::watching::Finding;
use crate::app::watching::Named;
use crate::bytes::ByteRange;
use crate::corpus::MessageNo;
use crate::mail::read_message;
use crate::mbox;
use crate::query::Answer;
use crate::query::Block;
use crate::query::Contents;
use crate::query::Ranking;
use crate::query::Scores;
use crate::query::Search;
use crate::query::Verdict;
use crate::source::Source;
use crate::watch::unsearchable;
use std::sync::Arc;

/// What a question is answered from.
#[derive(Clone)]
pub(super) struct Ground {
    /// The mailbox as far as it is known.
    pub snapshot: Snapshot,
    /// Whom its messages name, as far as they were searched; `None` where nobody is looked for.
    pub named: Option<Named>,
    /// Whom the question means.
    pub meant: Arc<Meant>,
    /// The messages.
    pub source: Arc<Source>,
}

/// One question, and all that is needed to answer it.
pub(super) struct Asked {
    pub(super) search: Search,
    pub(super) ground: Ground,
    nobody: Named,
}

impl Asked {
    /// Makes ready to ask; nobody is named where nobody was looked for.
    pub(super) fn new(search: Search, ground: Ground) -> Self {
        Self { search, ground, nobody: Named::default() }
    }

    /// Returns what is known of messages besides what stands in them.
    pub(super) fn known(&self) -> Known<'_> {
        self.knowing(Findings::SoFar(self.ground.named.as_ref().unwrap_or(&self.nobody)))
    }

    fn knowing<'b>(&'b self, findings: Findings<'b>) -> Known<'b> {
        Known { forest: &self.ground.snapshot.forest, meant: &self.ground.meant, findings }
    }

    /// Returns whether somebody will search a message who has not done so yet.
    pub(super) fn waits(&self, message: MessageNo) -> bool {
        let Some(named) = self.ground.named.as_ref().filter(|_| self.ground.meant.asks_for_findings()) else {
            return false;
        };
        named.of(message).is_none()
    }

    /// Says how far an answer is that has so much left. One that waits counts all messages, since every one
    /// of them is searched.
    pub(super) fn progress(&self, waiting: usize, to_read: usize) -> Progress {
        let messages = self.ground.snapshot.corpus.len();
        let all = if waiting > 0 { messages } else { to_read };
        Progress { read: all - waiting - to_read, to_read: all, waiting }
    }

    /// Asks those of a block again that were left open.
    pub(super) fn again(&self, block: &Block, mut answer: Arc<Answer>) -> Arc<Answer> {
        let open: Vec<MessageNo> = answer.open().collect();
        if !open.is_empty() {
            let settled = Arc::make_mut(&mut answer);
            for number in open {
                let corpus = &self.ground.snapshot.corpus;
                settled.settle(number, self.search.ask(block, corpus, &self.known(), number, None));
            }
        }
        answer
    }

    pub(super) fn range(&self, number: MessageNo) -> Option<ByteRange> {
        Some(self.ground.snapshot.corpus.get(number)?.range())
    }

    /// Reads a message, and asks it with all that it says.
    pub(super) fn read(&self, block: &Block, number: MessageNo) -> Verdict {
        let corpus = &self.ground.snapshot.corpus;
        let Some(kept) = corpus.get(number) else { return Verdict::No };
        let message = mbox::unquote(self.ground.source.message(kept.range()));
        let contents = Contents::of(&message);
        let ask = |known: &Known<'_>| self.search.ask(block, corpus, known, number, Some(&contents));
        if self.ground.named.is_some() || !self.ground.meant.asks_for_findings() {
            return ask(&self.known());
        }
        let is_searchable = unsearchable(&read_message(&message)).is_none();
        ask(&self.knowing(Findings::AtHand(Some(Finding { namings: &[], is_searchable }))))
    }

    /// Orders what matches as far as that is known, and lays out what the list needs of it: the interface
    /// must not wait for a million rows.
    pub(super) fn narrowing(
        &self,
        answers: &[Arc<Answer>],
        scores: Option<&[Scores]>,
        is_wanted: &impl Fn() -> bool,
    ) -> Option<Narrowing> {
        let forest = &self.ground.snapshot.forest;
        let narrowing = if scores.is_some() {
            Narrowing::in_threads(Ranking::of(answers, scores), forest)
        } else {
            Narrowing::of_answers(answers, forest, |one, other| {
                both(one, other);
            })
        };
        is_wanted().then_some(narrowing)
    }
}
