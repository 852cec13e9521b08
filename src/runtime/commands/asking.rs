//! The query of `list` and `threads`: understood before the mailbox is opened, then asked of every message.
//!
//! Every message that matches is found, loose matches too: a script can ask for `'word`, and nothing is
//! silently left out. The cheap terms run over a whole chunk; only what they leave open is read.

use super::Whole;
use crate::app::filter::Findings;
use crate::app::filter::Known;
use crate::app::filter::Meant;
use crate::app::filter::can_ask;
use crate::app::watching::Finding;
use crate::app::watching::namings;
use crate::corpus::Kept;
use crate::corpus::MessageNo;
use crate::mail::read_message;
use crate::mbox;
use crate::query::Block;
use crate::query::Contents;
use crate::query::Fact;
use crate::query::Query;
use crate::query::QueryError;
use crate::query::Search;
use crate::query::Verdict;
use crate::query::blocks;
use crate::runtime::chunks::Chunk;
use crate::runtime::run_error::RunError;
use crate::watch::Scratch;
use crate::watch::Watchlist;
use crate::watch::unsearchable;

/// A query that was understood.
#[derive(Debug)]
pub(in crate::runtime) struct Question {
    line: String,
    query: Query,
    meant: Meant,
}

/// A query, ready to be asked of one mailbox.
pub(super) struct Asking<'a> {
    whole: &'a Whole<'a>,
    question: &'a Question,
    search: Search,
}

impl Question {
    /// Understands a query.
    pub(in crate::runtime) fn read(line: &str, watchlist: &Watchlist) -> Result<Self, RunError> {
        let failed = |source| RunError::Query { line: line.to_owned(), source };
        let query = Query::parse(line).and_then(|query| query.knowing(line, |fact| can_ask(fact, watchlist)));
        let query = query.map_err(failed)?;
        let meant = Meant::of(&query, watchlist);
        Ok(Self { line: line.to_owned(), query, meant })
    }
}

impl<'a> Asking<'a> {
    /// Makes a query ready, unless it names a message that the mailbox has not.
    pub(super) fn of(whole: &'a Whole<'a>, question: &'a Question) -> Result<Self, RunError> {
        let messages = whole.corpus.len() as u64;
        let is_there = |fact: &Fact| match fact {
            Fact::ThreadOf(number) if !(1..=messages).contains(number) => {
                Err(format!("there is no message {number}; the mailbox has messages 1 to {messages}"))
            }
            _ => Ok(()),
        };
        let failed = |source: QueryError| RunError::Query { line: question.line.clone(), source };
        let query = question.query.clone().knowing(&question.line, is_there).map_err(failed)?;
        Ok(Self { whole, question, search: Search::new(&query, whole.corpus.key()) })
    }

    /// Returns the messages of a chunk that match, in mailbox order.
    pub(super) fn matching(&self, chunk: Chunk) -> Vec<Kept<'a>> {
        let corpus = &self.whole.corpus;
        if self.question.query.is_empty() {
            return (chunk.start.0..chunk.end.0).filter_map(|number| corpus.get(MessageNo(number))).collect();
        }
        let mut scratch = Scratch::default();
        let is_cheap = !self.question.query.needs_haystacks();
        let blocks = if is_cheap { vec![Block::bare(chunk)] } else { blocks(corpus, chunk) };
        let found = blocks.iter().flat_map(|block| self.matching_in(block, &mut scratch));
        found.filter_map(|number| corpus.get(number)).collect()
    }

    fn matching_in(&self, block: &Block, scratch: &mut Scratch) -> Vec<MessageNo> {
        let mut answer = self.search.over(block, &self.whole.corpus, &self.known(None), None);
        let open: Vec<MessageNo> = answer.open().collect();
        for number in open {
            answer.settle(number, self.ask(block, number, scratch));
        }
        let matches = answer.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Yes(_)));
        matches.map(|(number, _)| number).collect()
    }

    /// Asks a message with all that stands in it.
    fn ask(&self, block: &Block, number: MessageNo, scratch: &mut Scratch) -> Verdict {
        let corpus = &self.whole.corpus;
        let Some(kept) = corpus.get(number) else { return Verdict::No };
        let raw = self.whole.source.message(kept.range());
        let message = mbox::unquote(raw);
        let contents = Contents::of(&message);
        let ask = |finding| self.search.ask(block, corpus, &self.known(finding), number, Some(&contents));
        match ask(None) {
            // Nothing else is open then but what the search for candidates finds.
            Verdict::Open => {
                let read = read_message(&message);
                let namings = namings(number, &self.whole.hits(raw, &read, scratch));
                let is_searchable = unsearchable(&read).is_none();
                ask(Some(Finding { namings: &namings, is_searchable }))
            }
            settled => settled,
        }
    }

    fn known<'b>(&'b self, finding: Option<Finding<'b>>) -> Known<'b> {
        let findings = Findings::AtHand(finding);
        Known { forest: &self.whole.forest, meant: &self.question.meant, findings }
    }
}
