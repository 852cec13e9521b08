//! How long a key in the filter takes: `cargo bench --bench filter -- MAILBOX [TIMES [LINES]]`.
//!
//! The mailbox is taken TIMES over, which makes a million messages of a smaller one.
//!
//! Beside the time on the wall stands, on Linux, the processor's time a core: what the time on the wall would
//! be if nothing else ran.
//!
//! Prints the time of every key of a few words, typed letter by letter, on as many cores as there are, and
//! the time that `fzf --filter` takes for the same words over the same lines, where it is installed. The
//! lines are written to LINES.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on says where")]

use std::env;
use std::fs;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;
use tranche::bytes::ByteOffset;
use tranche::bytes::ByteRange;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::MessageNo;
use tranche::corpus::Segment;
use tranche::query::Answer;
use tranche::query::Block;
use tranche::query::History;
use tranche::query::NoFacts;
use tranche::query::Pass;
use tranche::query::Query;
use tranche::query::Ranking;
use tranche::query::Search;
use tranche::query::blocks;
use tranche::source::Source;

/// Typed letter by letter.
const WORDS: [&str; 10] =
    ["mart", "repo", "martinfra", "budget2023", "zxqk", "e", "z", "melenchon", "from:anna budget", "lepen"];

fn main() {
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let Some(mailbox) = arguments.next() else {
        println!("name a mailbox: cargo bench --bench filter -- MAILBOX [TIMES [LINES]]");
        return;
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let times = arguments.next().map_or(1, |times| times.parse().unwrap());
    let corpus = read(Path::new(&mailbox), times, cores);
    let (took, blocks) = timed(|| build(&corpus, cores));
    report_memory(&blocks, corpus.len(), took);
    let mut keys = Vec::new();
    for word in WORDS {
        keys.extend(type_word(word, &blocks, &corpus, cores));
    }
    let (mut took, mut alone): (Vec<Duration>, Vec<Duration>) = keys.into_iter().unzip();
    for (name, keys) in [("on the wall", &mut took), ("if alone", &mut alone)] {
        keys.sort_unstable();
        let at = |share: usize| milliseconds(keys[(keys.len() - 1) * share / 100]);
        println!(
            "{} keys {name}: median {}, 95th percentile {}, worst {}",
            keys.len(),
            at(50),
            at(95),
            at(100)
        );
    }
    if let Some(lines) = arguments.next() {
        write_lines(&blocks, Path::new(&lines));
        for word in WORDS.into_iter().filter(|word| !word.contains(':')) {
            side_by_side(word, &blocks, &corpus, cores, &lines);
        }
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
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

fn milliseconds(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1000.0)
}

fn report_memory(blocks: &[Block], messages: usize, took: Duration) {
    let (all, beside) = blocks.iter().map(Block::memory_bytes).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    let each = |bytes: usize| bytes as f64 / messages.max(1) as f64;
    println!(
        "{messages} haystacks in {}, {} blocks: {:.1} bytes a message, {:.1} of them beside the text",
        milliseconds(took),
        blocks.len(),
        each(all),
        each(beside)
    );
}

/// Types a word, and returns how long each key took until its order was known.
fn type_word(word: &str, blocks: &[Block], corpus: &Corpus, cores: usize) -> Vec<(Duration, Duration)> {
    let mut history = History::default();
    let mut keys = Vec::new();
    for (end, letter) in word.char_indices() {
        let line = &word[..end + letter.len_utf8()];
        let Ok(query) = Query::parse(line) else { continue };
        let before = processor_time(cores);
        let (took, (answers, ranking)) = timed(|| firm(&query, &history, blocks, corpus, cores));
        let alone = processor_time(cores) - before;
        let (scoring, (scored, slowest)) = timed(|| loose(&query, &answers, blocks, corpus, cores));
        println!(
            "{line:12} {:>9} ({:>8})  {:>7} firm {:>7} loose; their order {:>9}, longest step {}",
            milliseconds(took),
            milliseconds(alone),
            ranking.firm().len(),
            scored.looser().len(),
            milliseconds(scoring),
            milliseconds(slowest),
        );
        history.remember(Pass { query, answers });
        keys.push((took, alone));
    }
    keys
}

/// The first answer: which messages match, and the order of those that mean what was typed.
fn firm(
    query: &Query,
    history: &History,
    blocks: &[Block],
    corpus: &Corpus,
    cores: usize,
) -> (Vec<Arc<Answer>>, Ranking) {
    let search = Search::new(query, IdKey::default());
    let wider = history.wider(query);
    let (answers, _) = over(blocks.len(), cores, |place| {
        let within = wider.map(|pass| &*pass.answers[place]);
        Arc::new(search.over(&blocks[place], corpus, &NoFacts, within))
    });
    let ranking = Ranking::of(&answers, None, numbers(corpus));
    (answers, ranking)
}

/// The second: the loose ones by their score.
fn loose(
    query: &Query,
    answers: &[Arc<Answer>],
    blocks: &[Block],
    corpus: &Corpus,
    cores: usize,
) -> (Ranking, Duration) {
    let search = Search::new(query, IdKey::default());
    let (scores, slowest) = over(blocks.len(), cores, |place| search.scores(&blocks[place], &answers[place]));
    (Ranking::of(answers, Some(&scores), numbers(corpus)), slowest)
}

fn numbers(corpus: &Corpus) -> impl Iterator<Item = MessageNo> {
    (0..corpus.len() as u32).map(MessageNo)
}

/// Does something for every block, and says how long the longest took.
fn over<T: Send>(blocks: usize, cores: usize, work: impl Fn(usize) -> T + Sync) -> (Vec<T>, Duration) {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        let mut slowest = Duration::ZERO;
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if place >= blocks {
                WORKED_NANOSECONDS.fetch_add(own_nanoseconds(), Ordering::Relaxed);
                return (done, slowest);
            }
            let (took, result) = timed(|| work(place));
            slowest = slowest.max(took);
            done.push((place, result));
        }
    };
    let mut all = Vec::new();
    let mut slowest = Duration::ZERO;
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            let (done, took) = worker.join().unwrap();
            all.extend(done);
            slowest = slowest.max(took);
        }
    });
    all.sort_unstable_by_key(|(place, _)| *place);
    (all.into_iter().map(|(_, result)| result).collect(), slowest)
}

fn read(path: &Path, times: usize, cores: usize) -> Corpus {
    let source = Source::open(path).unwrap();
    let bytes = source.bytes();
    let (took, segments) = timed(|| {
        let pieces = bytes.len().div_ceil(16 << 20);
        let place = |piece: usize| ByteOffset(((piece * (16 << 20)).min(bytes.len())) as u64);
        let segment = |piece| {
            Arc::new(Segment::read(bytes, ByteRange::new(place(piece), place(piece + 1)), IdKey::default()))
        };
        over(pieces, cores, segment).0
    });
    println!("read in {}", milliseconds(took));
    Corpus::default().grown((0..times).flat_map(|_| segments.clone()))
}

fn build(corpus: &Corpus, cores: usize) -> Vec<Block> {
    let share = 16 * 1024;
    let place = |share_no: usize| MessageNo((share_no * share).min(corpus.len()) as u32);
    let (built, _) = over(corpus.len().div_ceil(share), cores, |no| blocks(corpus, place(no)..place(no + 1)));
    built.into_iter().flatten().collect()
}

fn write_lines(blocks: &[Block], path: &Path) {
    let mut lines = BufWriter::new(fs::File::create(path).unwrap());
    for block in blocks {
        let numbers = block.numbers();
        for number in (numbers.start.0..numbers.end.0).map(MessageNo) {
            writeln!(lines, "{}", block.haystack(number).unwrap_or_default().replace('\n', " ")).unwrap();
        }
    }
    lines.flush().unwrap();
}

/// The whole word at once, both stages, against the other program.
fn side_by_side(word: &str, blocks: &[Block], corpus: &Corpus, cores: usize, lines: &str) {
    let query = Query::parse(word).unwrap();
    let (ours, found) = timed(|| {
        let (answers, _) = firm(&query, &History::default(), blocks, corpus, cores);
        loose(&query, &answers, blocks, corpus, cores).0.numbers().len()
    });
    let (theirs, count) = timed(|| {
        let input = fs::File::open(lines).unwrap();
        let fzf = Command::new("fzf").args(["--filter", word]).stdin(input).stdout(Stdio::piped()).output();
        fzf.map(|fzf| fzf.stdout.iter().filter(|&&byte| byte == b'\n').count())
    });
    match count {
        Ok(count) => println!(
            "{word:12} {:>9} ({found}), fzf {:>9} ({count})",
            milliseconds(ours),
            milliseconds(theirs)
        ),
        Err(_) => println!("{word:12} {:>9} ({found}), no fzf here", milliseconds(ours)),
    }
}
