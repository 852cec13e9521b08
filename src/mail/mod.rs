//! What one message says: its envelope for the index, or all of it for a reader.
//!
//! [`read_envelope`] looks at the header alone and borrows what it can; [`read_message`] takes the
//! whole message apart and owns what it found. Both take the message's own bytes, without its
//! separator, and neither ever fails: what is odd comes back as [`Anomalies`] beside the value.
//!
//! Not here: where the bytes came from (`mbox`), and what is kept of an envelope (`corpus`).

mod address;
mod address_pieces;
mod anomaly;
mod charset;
mod date;
mod date_words;
mod describe;
mod encodings;
mod envelope;
mod fields;
mod flowed;
pub mod html;
mod ids;
mod message;
mod params;
mod quoted;
mod readable;
mod structure;
mod stubs;
mod transfer;
mod utf7;
mod uuencode;
mod words;
mod written_date;

pub use address::Address;
pub use address::Role;
pub use anomaly::Anomalies;
pub use anomaly::Anomaly;
pub use date::Civil;
pub use date::Date;
pub use envelope::Envelope;
pub use envelope::read_envelope;
pub use flowed::Paragraph;
pub use flowed::paragraphs;
pub use flowed::unflow;
pub use message::Attachment;
pub use message::Field;
pub use message::Link;
pub use message::Message;
pub use message::Part;
pub use message::PartPath;
pub use message::Text;
pub use message::TextRange;
pub use message::Wrapper;
pub use message::attachment_count;
pub use message::bytes_of_part;
pub use message::read_message;
pub use quoted::Quoted;
pub use quoted::quoted;
pub use quoted::signature;
pub use words::decode_value;
