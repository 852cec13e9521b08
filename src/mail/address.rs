//! Who wrote and who received: the address lists of a header, read leniently.

use std::borrow::Cow;

/// In which field a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// `From`, or `Sender` where no `From` says anything.
    From,
    /// `To`.
    To,
    /// `Cc`.
    Cc,
    /// `Bcc`.
    Bcc,
}

/// One person of an address list, decoded. Either half may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Address<'a> {
    /// The name as a person reads it.
    pub name: Cow<'a, str>,
    /// The address as written, such as `anna@desk.example` or `anna at desk.example`.
    pub address: Cow<'a, str>,
}
