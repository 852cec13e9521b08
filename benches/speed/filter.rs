//! The filter: how long each key takes until its order is known, typed letter by letter, on all cores.
//!
//! Beside the time on the wall stands, on Linux, the processor's time a core: what the time on the wall would
//! be if nothing else ran.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::MessageNo;
use tranche::query::Answer;
use tranche::query::Block;
use tranche::query::History;
use tranche::query::NoFacts;
use tranche::query::Pass;
use tranche::query::Query;
use tranche::query::Ranking;
use tranche::query::Search;
use tranche::query::blocks;

/// Typed letter by letter.
const WORDS: [&str; 10] =
    ["mart", "repo", "martinfra", "budget2023", "zxqk", "e", "z", "melenchon", "from:anna budget", "lepen"];

/// How many messages are made haystacks of in one step.
const STEP_MESSAGES: usize = 16 * 1024;

/// Makes the haystacks, and times every key of every word.
pub fn time(corpus: &Corpus) {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let begun = Instant::now();
    let blocks = build(corpus, cores);
    let took = begun.elapsed();
    let bytes = blocks.iter().map(Block::memory_bytes).map(|(all, _)| all).sum::<usize>();
    println!(
        "filter, {cores} cores: haystacks in {}, {:.1} bytes a message",
        milliseconds(took),
        bytes as f64 / corpus.len().max(1) as f64
    );
    let keys = WORDS.iter().flat_map(|word| type_word(word, &blocks, corpus, cores));
    let (mut took, mut alone): (Vec<Duration>, Vec<Duration>) = keys.unzip();
    for (name, keys) in [("on the wall", &mut took), ("if alone", &mut alone)] {
        keys.sort_unstable();
        let at = |share: usize| milliseconds(keys[(keys.len() - 1) * share / 100]);
        let (median, most, worst) = (at(50), at(95), at(100));
        println!("  {} keys {name}: median {median}, 95th percentile {most}, worst {worst}", keys.len());
    }
}

fn milliseconds(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1000.0)
}

/// Types a word, and returns how long each key took until its order was known.
fn type_word(word: &str, blocks: &[Block], corpus: &Corpus, cores: usize) -> Vec<(Duration, Duration)> {
    let mut history = History::default();
    let mut keys = Vec::new();
    for (end, letter) in word.char_indices() {
        let line = &word[..end + letter.len_utf8()];
        let Ok(query) = Query::parse(line) else { continue };
        let (before, begun) = (processor_time(cores), Instant::now());
        let answers = ask(&query, &history, blocks, corpus, cores);
        Ranking::of(&answers, None);
        keys.push((begun.elapsed(), processor_time(cores) - before));
        history.remember(Pass { query, answers });
    }
    keys
}

fn ask(
    query: &Query,
    history: &History,
    blocks: &[Block],
    corpus: &Corpus,
    cores: usize,
) -> Vec<Arc<Answer>> {
    let search = Search::new(query, IdKey::default());
    let wider = history.wider(query);
    over(blocks.len(), cores, |place| {
        let within = wider.map(|pass| &*pass.answers[place]);
        Arc::new(search.over(&blocks[place], corpus, &NoFacts, within))
    })
}

fn build(corpus: &Corpus, cores: usize) -> Vec<Block> {
    let place = |step: usize| MessageNo((step * STEP_MESSAGES).min(corpus.len()) as u32);
    let steps = corpus.len().div_ceil(STEP_MESSAGES);
    over(steps, cores, |step| blocks(corpus, place(step)..place(step + 1))).into_iter().flatten().collect()
}

/// Does something for every place on all cores.
fn over<T: Send>(places: usize, cores: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= places {
                WORKED_NANOSECONDS.fetch_add(own_nanoseconds(), Ordering::Relaxed);
                return done;
            }
            done.push((place, work(place)));
        }
    };
    let mut all: Vec<(usize, T)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    all.sort_unstable_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, done)| done).collect()
}

/// The processor's time that the workers took so far.
static WORKED_NANOSECONDS: AtomicU64 = AtomicU64::new(0);

/// The processor's time so far: this worker's own, and of the others' what falls to one core.
fn processor_time(cores: usize) -> Duration {
    let worked = WORKED_NANOSECONDS.load(Ordering::Relaxed) / cores as u64;
    Duration::from_nanos(own_nanoseconds() + worked)
}

/// Linux keeps it for every thread; elsewhere it is 0.
fn own_nanoseconds() -> u64 {
    let kept = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    kept.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or_default()
}
