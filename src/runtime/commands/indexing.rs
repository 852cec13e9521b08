//! `index`: reads a mailbox to its end, shows how far it is, and says how fast that was.

use super::expect_all;
use crate::kept::Keep;
use crate::kept::Unfinished;
use crate::report::Phases;
use crate::report::Speed;
use crate::runtime::indexer::Indexed;
use crate::runtime::opening;
use crate::runtime::opening::Origin;
use crate::runtime::run_error::RunError;
use crate::source::Source;
use std::fs;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

/// How often the bar is drawn: what an eye can follow, and a slow link bear.
const DRAW_EVERY: Duration = Duration::from_millis(250);

/// How many cells the bar has.
const BAR_CELLS: u64 = 24;

/// Indexes a mailbox, or what of it is not in the index that is kept, and keeps that; a person at a terminal
/// sees how far it is.
pub(in crate::runtime) fn index(source: &Source, cache: Option<&Path>) -> Result<Speed, RunError> {
    let bytes = source.bytes().len() as u64;
    let mut bar = io::stderr().is_terminal().then(|| Bar::new(io::stderr(), bytes));
    let mut peak_memory = None;
    let begun = Instant::now();
    let keep = cache.and_then(|cache| Keep::of(source, cache));
    let (indexed, origin) = opening::whole(source, keep.as_ref(), |messages, bytes_read| {
        peak_memory = peak_memory.max(own_memory());
        if let Some(bar) = &mut bar {
            bar.advance(messages, bytes_read);
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    if let Some(bar) = &mut bar {
        bar.clear();
    }
    if let Some(keep) = keep.filter(|_| origin != Origin::Kept) {
        keep_index(source, &keep, &indexed);
    }
    let Indexed { corpus, forest, reading, threading } = indexed;
    let seconds_by_phase = Phases { read: reading.as_secs_f64(), thread: threading.as_secs_f64() };
    let peak_memory = peak_memory.max(own_memory());
    let (messages, threads) = (corpus.len(), forest.roots().len());
    expect_all(source)?;
    let index = origin.word();
    Ok(Speed { messages, threads, bytes, seconds, seconds_by_phase, peak_memory, index })
}

/// Keeps an index. What stands in the way is said, and no failure.
fn keep_index(source: &Source, keep: &Keep, indexed: &Indexed) {
    if !source.loss().is_none() {
        return;
    }
    if let Err(error) = keep.keep_index(source, &indexed.corpus, &indexed.forest, &Unfinished::default()) {
        eprintln!("tranche: the index is not kept: {}", opening::why_not_kept(&error));
    }
}

/// Returns how much memory is the program's own, and no page of a file. Only Linux says so.
fn own_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kilobytes: u64 = kilobytes.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}

/// A bar on a terminal that fills, and is gone when the work is done.
///
/// It is not drawn before it has been waited for, and a terminal that cannot be written to shows none.
struct Bar<W> {
    out: W,
    bytes: u64,
    begun: Instant,
    drawn: Instant,
    cells: usize,
}

impl<W: Write> Bar<W> {
    fn new(out: W, bytes: u64) -> Self {
        let now = Instant::now();
        Self { out, bytes, begun: now, drawn: now, cells: 0 }
    }

    fn advance(&mut self, messages: usize, bytes_read: u64) {
        if self.drawn.elapsed() >= DRAW_EVERY {
            self.drawn = Instant::now();
            self.draw(messages, bytes_read, self.begun.elapsed());
        }
    }

    fn draw(&mut self, messages: usize, bytes_read: u64, elapsed: Duration) {
        let filled = (bytes_read * BAR_CELLS).checked_div(self.bytes).unwrap_or(BAR_CELLS).min(BAR_CELLS);
        let bar = "#".repeat(filled as usize) + &".".repeat((BAR_CELLS - filled) as usize);
        let percent = (bytes_read * 100).checked_div(self.bytes).unwrap_or(100);
        let speed = bytes_read as f64 / 1e6 / elapsed.as_secs_f64().max(1e-3);
        let line = format!("[{bar}] {percent:3} %  {messages} messages  {speed:.0} MB/s");
        let _ = write!(self.out, "\r{line:<width$}", width = self.cells);
        let _ = self.out.flush();
        self.cells = line.len();
    }

    fn clear(&mut self) {
        if self.cells > 0 {
            let _ = write!(self.out, "\r{:width$}\r", "", width = self.cells);
            let _ = self.out.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_and_is_gone_when_done() {
        let mut bar = Bar::new(Vec::new(), 4000);
        bar.clear();
        assert!(bar.out.is_empty());
        bar.draw(20, 1000, Duration::from_millis(1));
        bar.draw(9, 4000, Duration::from_secs(1));
        bar.clear();
        let mut screen = vt100::Parser::new(2, 80, 0);
        let drawn = String::from_utf8(bar.out).unwrap();
        let lines: Vec<&str> = drawn.split('\r').collect();
        screen.process(lines[1].as_bytes());
        assert_eq!(screen.screen().contents(), "[######..................]  25 %  20 messages  1 MB/s");
        screen.process(format!("\r{}", lines[2]).as_bytes());
        assert_eq!(
            screen.screen().contents().trim_end(),
            "[########################] 100 %  9 messages  0 MB/s"
        );
        screen.process(format!("\r{}\r", lines[3]).as_bytes());
        assert_eq!(screen.screen().contents().trim(), "");
        assert_eq!(screen.screen().cursor_position(), (0, 0));
    }

    #[test]
    fn what_is_indexed_is_counted() {
        let speed = index(&Source::sample(), None).unwrap();
        assert_eq!(speed.messages, 291);
        assert!(speed.seconds >= speed.seconds_by_phase.read + speed.seconds_by_phase.thread);
        assert!(speed.peak_memory.is_none_or(|bytes| bytes > 0));
    }
}
