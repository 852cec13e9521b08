//! What one message says: its envelope for the index, or all of it for a reader.
//!
//! [`read_envelope`] looks at the header alone and borrows what it can; [`read_message`] takes the
//! whole message apart and owns what it found. Both take the message's own bytes, without its
//! separator, and neither ever fails: what is odd comes back as [`Anomalies`] beside the value.
//!
//! Not here: where the bytes came from (`mbox`), and what is kept of an envelope (`corpus`).

mod address;
mod anomaly;
mod date;
mod envelope;
mod message;
mod quoted;

pub use address::Address;
pub use address::Role;
pub use anomaly::Anomalies;
pub use anomaly::Anomaly;
pub use date::Date;
pub use envelope::Envelope;
pub use envelope::read_envelope;
pub use message::Attachment;
pub use message::Field;
pub use message::Link;
pub use message::Message;
pub use message::Part;
pub use message::PartPath;
pub use message::Text;
pub use message::TextRange;
pub use message::bytes_of_part;
pub use message::read_message;
pub use quoted::Quoted;
pub use quoted::quoted;
pub use quoted::signature;
