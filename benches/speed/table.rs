//! Timing, and the table that is printed.

use std::hint::black_box;
use std::time::Duration;
use std::time::Instant;

/// How often each step is timed; the median counts.
pub const RUNS: usize = 5;

/// What a table is about.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub bytes: usize,
    pub messages: usize,
    /// How long a plain scan of these bytes took.
    pub ceiling: Option<Duration>,
}

impl Table {
    /// Times a step and prints it; returns the median.
    pub fn time<T>(&self, step: &str, mut work: impl FnMut() -> T) -> Duration {
        self.print(step, median(|| elapsed(|| drop(black_box(work())))))
    }

    /// Prints how long a step took, beside the ceiling.
    pub fn print(&self, step: &str, took: Duration) -> Duration {
        let seconds = took.as_secs_f64().max(1e-9);
        let speed = self.bytes as f64 / 1e6 / seconds;
        let each = seconds * 1e6 / self.messages.max(1) as f64;
        let share = self.ceiling.map_or(String::new(), |ceiling| {
            format!("{:8.1} % of the ceiling", ceiling.as_secs_f64() * 100.0 / seconds)
        });
        println!("  {step:34} {:9.1} ms {speed:9.0} MB/s {each:8.3} µs a message {share}", seconds * 1e3);
        took
    }
}

/// Returns how long something takes.
pub fn elapsed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// Returns the median of a few runs.
pub fn median(mut run: impl FnMut() -> Duration) -> Duration {
    let mut took: Vec<Duration> = (0..RUNS).map(|_| run()).collect();
    took.sort_unstable();
    took[RUNS / 2]
}
