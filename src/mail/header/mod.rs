//! What stands before the first empty line: fields, and what they say of people, dates and ids.
//!
//! [`fields`] finds the fields, [`words`] makes text of their values, and a file for each kind of value
//! (addresses, dates, ids) reads what is in them. [`raw_envelope`] finds what the index is made of in one
//! pass, and [`envelope`] is all of it decoded.

mod address;
mod address_entries;
mod address_kind;
mod address_pieces;
mod address_text;
mod date;
mod date_words;
mod encoded_word;
pub(super) mod envelope;
pub(super) mod fields;
mod ids;
mod plain_date;
mod q_encoding;
mod raw_envelope;
pub(super) mod words;
mod written_date;

pub use address::Address;
pub use address::Role;
pub use address::read_people;
pub use address_entries::is_plain_entry;
pub use address_entries::split_at_commas;
pub use date::Civil;
pub use date::Date;
pub use envelope::Envelope;
pub use envelope::read_envelope;
pub use fields::body_offset;
pub use raw_envelope::RawEnvelope;
pub use words::decode_value;
