//! What stands behind the header: the MIME tree, and what of it a person reads.
//!
//! [`structure`] finds the parts, [`describe`] and [`params`] say what each is, [`walk`] chooses what is
//! read and in which order. [`message`] is the whole, [`readable`] what a person sees of it, and [`outline`]
//! as much as it takes to look for something.

mod alternative;
mod bounds;
mod describe;
mod flowed;
pub(super) mod message;
mod outline;
mod params;
mod readable;
mod structure;
mod stubs;
mod walk;

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
pub use message::read_tree;
pub use outline::Looker;
pub use outline::Outline;
pub use outline::values_of_fields;
