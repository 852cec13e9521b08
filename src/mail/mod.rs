//! What one message says: its envelope for the index, or all of it for a reader.
//!
//! [`read_envelope`] looks at the header alone and borrows what it can; [`read_message`] takes the
//! whole message apart and owns what it found. Both take the message's own bytes, without its
//! separator, and neither ever fails: what is odd comes back as [`Anomalies`] beside the value.
//!
//! Not here: where the bytes came from (`mbox`), and what is kept of an envelope (`corpus`).

mod anomaly;
mod body;
mod charset;
mod header;
pub mod html;
mod quoted;
mod transfer;

pub use anomaly::Anomalies;
pub use anomaly::Anomaly;
pub use body::Attachment;
pub use body::Field;
pub use body::Link;
pub use body::Looker;
pub use body::Message;
pub use body::Outline;
pub use body::Paragraph;
pub use body::Part;
pub use body::PartPath;
pub use body::Text;
pub use body::TextRange;
pub use body::Wrapper;
pub use body::attachment_count;
pub use body::bytes_of_part;
pub use body::paragraphs;
pub use body::read_message;
pub use body::read_tree;
pub use body::unflow;
pub use body::values_of_fields;
pub use header::Address;
pub use header::Civil;
pub use header::Date;
pub use header::Envelope;
pub use header::RawEnvelope;
pub use header::Role;
pub use header::body_offset;
pub use header::decode_value;
pub use header::is_plain_entry;
pub use header::read_envelope;
pub use header::read_people;
pub use header::split_at_commas;
pub use quoted::Quoted;
pub use quoted::quoted;
pub use quoted::signature;
