//! How fast a mailbox was indexed: what `index` prints.

use serde::Serialize;
use std::fmt;

/// What was indexed, how fast, and at what cost.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Speed {
    /// How many messages it has.
    pub messages: usize,
    /// How many conversations.
    pub threads: usize,
    /// How long it is.
    pub bytes: u64,
    /// How long it took.
    pub seconds: f64,
    /// How long each part of the work took.
    pub seconds_by_phase: Phases,
    /// The most memory of its own that the program had, in bytes, where the system says so. The mailbox is
    /// mapped, and not counted.
    pub peak_memory: Option<u64>,
    /// Where the index came from: `kept`, `extended` or `afresh`.
    pub index: &'static str,
}

/// How long each part of the work took, in seconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Phases {
    /// Finding the messages, and reading their envelopes.
    pub read: f64,
    /// Finding who answers whom.
    pub thread: f64,
}

impl Speed {
    /// Returns how many million bytes were read a second.
    pub fn megabytes_per_second(self) -> f64 {
        self.bytes as f64 / 1e6 / self.seconds.max(1e-9)
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { messages, threads, bytes, seconds, seconds_by_phase: Phases { read, thread }, .. } = *self;
        let speed = self.megabytes_per_second();
        writeln!(
            out,
            "{messages} messages in {threads} conversations, {bytes} bytes, {seconds:.3} s, {speed:.0} MB/s"
        )?;
        write!(out, "index {}, read {read:.3} s, threaded {thread:.3} s", self.index)?;
        match self.peak_memory {
            Some(bytes) => write!(out, ", {} MB of memory", bytes.div_ceil(1_000_000)),
            None => Ok(()),
        }
    }
}
