//! How fast a mailbox is indexed, step by step, beside what a plain scan of it takes.
//!
//! `cargo bench --bench index -- leak.mbox`; without a mailbox it makes one, the same each time. Run by
//! hand: every step is timed five times and the median printed, with the file in the page cache.

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use tranche::bytes::ByteRange;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::Segment;
use tranche::mail;
use tranche::mbox;
use tranche::runtime;
use tranche::source::Source;
use tranche::threads::Forest;

/// How often each step is timed.
const RUNS: usize = 5;

/// How many messages are made where no mailbox is named.
const MADE_MESSAGES: u64 = 50_000;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds a flag of its own.
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let folder = tempfile::tempdir()?;
    let path = match named {
        Some(path) => path,
        None => made(folder.path())?,
    };
    let source = Source::open(&path)?;
    let mailbox = source.bytes();
    let slots = mbox::split(mailbox).messages;
    let key = IdKey::default();
    let segment = Arc::new(Segment::of_slots(mailbox, &slots, key));
    let corpus = Corpus::with_key(key).grown([segment]);
    println!("{}: {} bytes, {} messages", source.name(), mailbox.len(), slots.len());
    let time = |step: &str, work: &dyn Fn() -> usize| time(step, mailbox.len(), slots.len(), work);
    time("plain scan, one core", &|| memchr::memmem::find_iter(mailbox, b"\nFrom ").count());
    time("split, one core", &|| mbox::separators(mailbox, ByteRange::all(mailbox)).count());
    time("envelopes, one core", &|| {
        slots.iter().map(|slot| mail::read_envelope(source.message(slot.range)).people.len()).sum()
    });
    time("segment, one core", &|| {
        Corpus::default().grown([Arc::new(Segment::of_slots(mailbox, &slots, key))]).len()
    });
    time("threads, one core", &|| Forest::of(&corpus).roots().len());
    time("all of it, every core", &|| runtime::whole(&source, |_, _| {}).corpus.len());
    Ok(())
}

/// Prints the median time of a step.
fn time(step: &str, bytes: usize, messages: usize, work: &dyn Fn() -> usize) {
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            black_box(work());
            started.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let median = seconds[RUNS / 2];
    let (megabytes, each) = (bytes as f64 / 1e6 / median, median * 1e6 / messages.max(1) as f64);
    println!("{step:24} {:8.1} ms {megabytes:10.0} MB/s {each:8.2} µs a message", median * 1e3);
}

/// Makes a mailbox: conversations of a few people, names and subjects encoded as programs do it.
fn made(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let path = folder.join("made.mbox");
    let mut out = BufWriter::new(File::create(&path)?);
    let mut dice = Dice(17);
    for number in 0..MADE_MESSAGES {
        let (from, to, other) = (dice.person(), dice.person(), dice.person());
        let (topic, minute) = (dice.below(MADE_MESSAGES / 4), number % 60);
        let answered = number - dice.below(number.min(50) + 1);
        writeln!(out, "From writer@desk.example Mon Mar  6 09:{minute:02}:00 2017")?;
        for hop in 0..4 {
            writeln!(out, "Received: from mx{hop}.desk.example (mx{hop}.desk.example [192.0.2.{hop}])")?;
            writeln!(out, "\tby mail.example with ESMTPS id {number:012x}; Mon, 6 Mar 2017 09:00:00 +0000")?;
        }
        writeln!(out, "From: {from}\nTo: {to},\n\t{other}")?;
        writeln!(out, "Subject: =?utf-8?Q?Re:_Le_dossier_num=C3=A9ro_{topic}?=")?;
        writeln!(out, "Date: Mon, 6 Mar 2017 09:{minute:02}:00 +0100\nMessage-ID: <{number}@desk.example>")?;
        writeln!(out, "References: <{answered}@desk.example>\nContent-Type: text/plain; charset=utf-8\n")?;
        for _ in 0..dice.below(60) {
            writeln!(out, "The ministry has not answered, and the paper of {topic} is where we left it.")?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(path)
}

/// Chance that falls the same way each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }

    fn person(&mut self) -> String {
        let number = self.below(400);
        match self.below(3) {
            0 => format!("Person {number} <person.{number}@desk.example>"),
            1 => format!("=?utf-8?Q?Ren=C3=A9e_{number}?= <renee.{number}@desk.example>"),
            _ => format!("\"Roux, Anna {number}\" <anna.{number}@desk.example>"),
        }
    }
}
