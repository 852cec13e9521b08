//! The filter: how long each key takes until its matches are listed, typed letter by letter, on all cores.
//!
//! A key is answered when the worker has laid out what matches; then the list takes it in, while a person
//! waits for the frame; then the loose matches are put in the order of their scores.

use super::cores::Took;
use super::cores::both;
use super::cores::cores;
use super::cores::over;
use super::cores::timed;
use super::fzf;
use std::sync::Arc;
use std::time::Duration;
use tranche::app::Snapshot;
use tranche::app::list::List;
use tranche::app::list::Narrowing;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::MessageNo;
use tranche::query::Answer;
use tranche::query::BLOCK_MESSAGES;
use tranche::query::Block;
use tranche::query::History;
use tranche::query::NoFacts;
use tranche::query::Pass;
use tranche::query::Query;
use tranche::query::Ranking;
use tranche::query::Scores;
use tranche::query::Search;
use tranche::query::blocks;
use tranche::threads::Forest;

/// Typed letter by letter.
const WORDS: [&str; 13] = [
    "mart",
    "repo",
    "martinfra",
    "budget2023",
    "zxqk",
    "e",
    "z",
    "melenchon",
    "from:anna budget",
    "subject:re",
    "with:martin date:2017",
    "anna budget",
    "lepen",
];

/// The rows of a large terminal.
const HEIGHT: usize = 60;

/// The mailbox, ready to be asked.
pub struct Haystacks {
    pub blocks: Vec<Block>,
    snapshot: Snapshot,
}

/// What one key took.
#[derive(Clone, Copy, Debug)]
struct Key {
    answered: Took,
    taken_in: Took,
    scored: Took,
    longest: Duration,
}

/// Makes the haystacks, and times every key of these words, or of [`WORDS`].
pub fn time(corpus: &Corpus, forest: &Forest, words: &[String]) {
    let snapshot = Snapshot { corpus: corpus.clone(), forest: forest.clone(), ..Snapshot::default() };
    let (took, blocks) = timed(|| build(corpus));
    let (all, beside) = blocks.iter().map(Block::memory_bytes).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let each = |bytes: usize| bytes as f64 / corpus.len().max(1) as f64;
    println!(
        "filter, {} cores: haystacks in {}, {:.1} bytes a message, {:.1} of them beside the text",
        cores(),
        milliseconds(took.on_the_wall),
        each(all),
        each(beside)
    );
    let haystacks = Haystacks { blocks, snapshot };
    let usual = WORDS.iter().copied().filter(|_| words.is_empty());
    let words: Vec<&str> = usual.chain(words.iter().map(String::as_str)).collect();
    let keys: Vec<Key> = words.iter().flat_map(|word| haystacks.type_word(word)).collect();
    if keys.is_empty() {
        return;
    }
    print_keys("answered, on the wall", keys.iter().map(|key| key.answered.on_the_wall));
    print_keys("answered, if alone", keys.iter().map(|key| key.answered.alone));
    print_keys("taken in by the list, if alone", keys.iter().map(|key| key.taken_in.alone));
    print_keys("loose matches in order, if alone", keys.iter().map(|key| key.scored.alone));
    print_keys("longest step, so late it is given up", keys.iter().map(|key| key.longest));
    fzf::side_by_side(&haystacks, words.into_iter().filter(|word| !word.contains(':')));
}

fn print_keys(what: &str, keys: impl Iterator<Item = Duration>) {
    let mut keys: Vec<Duration> = keys.collect();
    keys.sort_unstable();
    let at = |share: usize| milliseconds(keys[(keys.len() - 1) * share / 100]);
    println!(
        "  {} keys {what}: median {}, 95th percentile {}, worst {}",
        keys.len(),
        at(50),
        at(95),
        at(100)
    );
}

/// Prints a time as everywhere in this benchmark.
pub fn milliseconds(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1000.0)
}

impl Haystacks {
    /// Types a word, and prints what each key took.
    fn type_word(&self, word: &str) -> Vec<Key> {
        let (mut history, mut list) = (History::default(), List::default());
        list.grew(&self.snapshot, 0, HEIGHT);
        let mut keys = Vec::new();
        for (end, letter) in word.char_indices() {
            let line = &word[..end + letter.len_utf8()];
            let Ok(query) = Query::parse(line) else { continue };
            let (answered, (answers, longest, narrowing)) = timed(|| self.answer(&query, &history));
            let (firm, loose) = (narrowing.ranking().firm().len(), narrowing.ranking().looser().len());
            let (taken_in, ()) = timed(|| list.narrow(Some(Arc::new(narrowing)), &self.snapshot, HEIGHT));
            let (scored, ordered) = timed(|| self.order(&query, &answers));
            let (again, ()) = timed(|| list.narrow(Some(Arc::new(ordered)), &self.snapshot, HEIGHT));
            let taken_in = if again.alone > taken_in.alone { again } else { taken_in };
            let key = Key { answered, taken_in, scored, longest };
            key.print(line, firm, loose);
            keys.push(key);
            history.remember(Pass { query, answers });
        }
        keys
    }

    fn answer(&self, query: &Query, history: &History) -> (Vec<Arc<Answer>>, Duration, Narrowing) {
        let search = Search::new(query, IdKey::default());
        let wider = history.wider(query);
        let done = over(self.blocks.len(), |place| {
            let within = wider.map(|pass| &*pass.answers[place]);
            Arc::new(search.over(&self.blocks[place], &self.snapshot.corpus, &NoFacts, within))
        });
        let narrowing = self.narrowing(&done.pieces, None);
        (done.pieces, done.longest, narrowing)
    }

    fn order(&self, query: &Query, answers: &[Arc<Answer>]) -> Narrowing {
        let search = Search::new(query, IdKey::default());
        let score = |place: usize| search.scores(&self.blocks[place], &answers[place], || true);
        let done = over(self.blocks.len(), |place| score(place).unwrap_or_default());
        self.narrowing(answers, Some(&done.pieces))
    }

    fn narrowing(&self, answers: &[Arc<Answer>], scores: Option<&[Scores]>) -> Narrowing {
        let forest = &self.snapshot.forest;
        if scores.is_some() {
            return Narrowing::in_threads(Ranking::of(answers, scores), forest);
        }
        Narrowing::of_answers(answers, forest, |one, other| {
            both(one, other);
        })
    }

    /// Asks for a whole word at once, to the order of the loose matches; returns how many match.
    pub fn ask_at_once(&self, query: &Query) -> usize {
        let (answers, ..) = self.answer(query, &History::default());
        self.order(query, &answers).ranking().numbers().len()
    }
}

impl Key {
    fn print(&self, line: &str, firm: usize, loose: usize) {
        println!(
            "  {line:22} {:>9} ({:>8})  {firm:>7} firm {loose:>7} loose; list {:>7}, order {:>8}, longest step {:>7}",
            milliseconds(self.answered.on_the_wall),
            milliseconds(self.answered.alone),
            milliseconds(self.taken_in.alone),
            milliseconds(self.scored.alone),
            milliseconds(self.longest),
        );
    }
}

fn build(corpus: &Corpus) -> Vec<Block> {
    let place = |step: usize| MessageNo((step * BLOCK_MESSAGES).min(corpus.len()) as u32);
    let steps = corpus.len().div_ceil(BLOCK_MESSAGES);
    over(steps, |step| blocks(corpus, place(step)..place(step + 1))).pieces.into_iter().flatten().collect()
}
