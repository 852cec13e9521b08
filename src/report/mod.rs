//! What the commands print: messages and conversations as JSON for programs and lines for people.
//!
//! The shapes of `--json` are a contract: a field that a message lacks is `null` or `[]`, and none is
//! left out. What a person sees went through [`crate::text::Printable`]; JSON escapes what could act on a
//! terminal.
//!
//! Not here: choosing the messages, or writing (see `runtime`).

mod cited;
mod count;
mod csv;
mod json;
mod listed;
mod named;
mod page;
mod place;
mod setting;
mod shown;
mod speed;
mod table;
mod threaded;

pub use cited::Citation;
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
pub use speed::Phases;
pub use speed::Speed;
pub use table::list_row;
pub use table::thread_rows;
pub use threaded::Threaded;
pub use threaded::missing_ids;
pub use threaded::threaded;
