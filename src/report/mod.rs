//! What the commands print: messages and conversations as JSON for programs and lines for people.
//!
//! The shapes of `--json` are a contract: a field that a message lacks is `null` or `[]`, and none is
//! left out. What a person sees went through [`crate::text::Printable`]; JSON escapes what could act on a
//! terminal.
//!
//! Not here: choosing the messages, or writing (see `runtime`).

mod count;
mod csv;
mod json;
mod listed;
mod named;
mod page;
mod place;
mod setting;
mod shown;
mod table;
mod threaded;

pub use count::count_csv;
pub use count::count_json;
pub use count::count_table;
pub use json::line;
pub use listed::Listed;
pub use listed::listed;
pub use named::Named;
pub use named::named;
pub use page::headers;
pub use page::page;
pub use page::parts;
pub use page::printable_lines;
pub use place::Place;
pub use setting::SettingLine;
pub use setting::SettingValue;
pub use shown::Attached;
pub use shown::Shown;
pub use shown::attached;
pub use shown::digest;
pub use shown::shown;
pub use table::list_row;
pub use table::thread_rows;
pub use threaded::Threaded;
pub use threaded::missing_ids;
pub use threaded::threaded;

/// How fast a mailbox was indexed: what `index` prints.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Speed {
    /// How many messages it has.
    pub messages: usize,
    /// How many conversations.
    pub threads: usize,
    /// How long it is.
    pub bytes: u64,
    /// How long it took.
    pub seconds: f64,
}

impl Speed {
    /// Returns how many million bytes were read a second.
    pub fn megabytes_per_second(self) -> f64 {
        self.bytes as f64 / 1e6 / self.seconds.max(1e-9)
    }
}

impl std::fmt::Display for Speed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { messages, threads, bytes, seconds } = *self;
        let speed = self.megabytes_per_second();
        write!(
            out,
            "{messages} messages in {threads} conversations, {bytes} bytes, {seconds:.3} s, {speed:.0} MB/s"
        )
    }
}
