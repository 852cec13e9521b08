//! `count`: every message is read and searched, on all cores.

use super::Whole;
use super::read;
use crate::cli::CountForm;
use crate::corpus::MessageNo;
use crate::report;
use crate::runtime::chunks::Chunk;
use crate::runtime::chunks::chunks;
use crate::runtime::chunks::in_order;
use crate::runtime::run_error::RunError;
use crate::watch::Scratch;
use crate::watch::Tally;
use crate::watch::unsearchable;
use std::convert::Infallible;
use std::io::Write;
use std::ops::ControlFlow;

impl Whole<'_> {
    /// Prints how often each candidate is named, and what was searched.
    pub(in crate::runtime) fn count(&self, form: CountForm, out: &mut impl Write) -> Result<(), RunError> {
        let tally = self.tally();
        let text = match form {
            CountForm::Table => report::count_table(&self.watchlist, &tally),
            CountForm::Json => report::count_json(&self.watchlist, &tally),
            CountForm::Csv => report::count_csv(&self.watchlist, &tally),
        };
        self.print(text.as_bytes(), out)
    }

    fn tally(&self) -> Tally {
        let mut whole = Tally::new(self.watchlist.candidates().len());
        let ControlFlow::Continue(()) = in_order::<_, Infallible>(
            &chunks(&self.corpus),
            |chunk| self.tally_of(chunk),
            |tally| {
                whole.and(tally);
                ControlFlow::Continue(())
            },
        );
        whole
    }

    fn tally_of(&self, chunk: Chunk) -> Tally {
        let mut tally = Tally::new(self.watchlist.candidates().len());
        let mut scratch = Scratch::default();
        let numbers = (chunk.start.0..chunk.end.0).map(MessageNo);
        for kept in numbers.filter_map(|number| self.corpus.get(number)) {
            let raw = self.source.message(kept.range());
            let message = read(raw);
            let hits = self.hits(raw, &message, &mut scratch);
            tally.add(kept.number(), unsearchable(&message));
            tally.add_hits(self.forest.thread_number(kept.number()), kept.date(), &hits);
        }
        tally
    }
}
