//! What the words of an address list are: a name, an address, or both.
//!
//! Guesses, each for a kind of broken mail that is common: Mailman's `anna at desk.example`, X.500
//! names, addresses that a program has spaced out, wrapped or prefixed.

use super::address_text::is_plain_address;

/// What words without brackets are.
pub(super) enum Kind {
    /// An address and nothing else.
    Address,
    /// A name, or one word that may be anything.
    Name,
    /// Some words are addresses, and some are not, or several are.
    Mixture,
}

/// Returns what words without brackets, quotes and comments are.
pub(super) fn kind_of(text: &[u8]) -> Kind {
    let mut words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (first, second) = (words.next(), words.next());
    let is_cut = first.is_some_and(|word| word.ends_with(b"@"));
    let is_x500 = text.starts_with(b"/") && text.contains(&b'=');
    let is_at = |word: Option<&[u8]>| word.is_some_and(|word| word.eq_ignore_ascii_case(b"at"));
    let has_sign = text.contains(&b'@');
    match second {
        _ if is_x500 => Kind::Address,
        None if has_sign => Kind::Address,
        Some(_) if !has_sign && is_at(second) && words.next().is_some() && words.next().is_none() => {
            Kind::Address
        }
        // `anna @ desk . example`
        Some(second) if has_sign && (second.starts_with(b"@") || is_cut) => Kind::Address,
        Some(b".") if has_sign => Kind::Address,
        Some(_) if has_sign => Kind::Mixture,
        _ => Kind::Name,
    }
}

/// Returns whether what follows a quoted string makes it the local part of an address.
pub(super) fn is_domain(text: &[u8]) -> bool {
    text.starts_with(b"@") && is_plain_address(text.trim_ascii_end())
}

/// Returns whether words can be the first half of `Roux, Anna <anna@desk.example>`. A single word of
/// small letters is rather the name of a local mailbox.
pub(super) fn may_be_family_name(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let is_word = !text.iter().any(u8::is_ascii_whitespace);
    let is_mailbox = is_word && text.first().is_some_and(u8::is_ascii_lowercase);
    !text.contains(&b'@') && !is_mailbox
}
