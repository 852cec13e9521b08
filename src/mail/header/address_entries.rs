//! Entries of an address list that can be read one by one, in any company.
//!
//! **Invariant:** where every entry between the commas of a list is plain, the people of the entries,
//! one after another, are the people of the list. Whether one is plain is decided by itself.
//!
//! Not here: reading any list (see `address`).

use super::encoded_word::next_word_start;
use super::encoded_word::word_len;

/// Returns whether an entry is `Name <address>` or `"Name" <address>` and nothing that takes a thought.
pub fn is_plain_entry(entry: &[u8]) -> bool {
    let is_thorny = |byte: &u8| matches!(byte, b'(' | b')' | b',' | b';' | b':' | b'[' | b']' | b'\\');
    let Some(bracketed) = entry.strip_suffix(b">") else { return false };
    let Some(start) = memchr::memchr(b'<', bracketed) else { return false };
    let (name, address) = bracketed.split_at_checked(start).unwrap_or_default();
    let is_address = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'?' | b'"');
    !entry.iter().any(is_thorny)
        && address.iter().skip(1).all(is_address)
        && !without_quotes(name).iter().any(|byte| matches!(byte, b'>' | b'"'))
        && holds_whole_words(name)
}

/// Returns what stands between the commas of an address list, without the blanks around it.
pub fn split_at_commas(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let here = rest?;
        let comma = memchr::memchr(b',', here);
        rest = comma.and_then(|comma| here.get(comma + 1..));
        Some(here.get(..comma.unwrap_or(here.len()))?.trim_ascii())
    })
}

fn without_quotes(name: &[u8]) -> &[u8] {
    let quoted = name.strip_prefix(b"\"").and_then(|rest| rest.trim_ascii_end().strip_suffix(b"\""));
    quoted.unwrap_or(name)
}

/// Returns whether no encoded word goes on behind the name: one may hold commas and brackets.
fn holds_whole_words(name: &[u8]) -> bool {
    let mut at = 0;
    while let Some(start) = next_word_start(name, at) {
        let Some(len) = name.get(start..).and_then(word_len) else { return false };
        at = start + len;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Anomalies;
    use crate::mail::read_people;
    use proptest::prelude::*;

    #[track_caller]
    fn check(entry: &str, is_plain: bool) {
        assert_eq!(is_plain_entry(entry.as_bytes()), is_plain, "{entry:?}");
    }

    #[test]
    fn plain_entries() {
        check("Anna <a@b>", true);
        check("<a@b>", true);
        check("=?utf-8?Q?B=C3=B3?= Dee <c@d>", true);
        check("\"Anna\" <a@b>", true);
    }

    #[test]
    fn entries_that_take_a_thought() {
        check("a@b", false);
        check("Anna <a@b> <c@d>", false);
        check("Anna <a@b> (desk)", false);
        check("\"Anna <a@b>", false);
        check("=?utf-8?Q?a<b@c>", false);
        check("", false);
    }

    proptest! {
        #[test]
        fn entries_say_what_the_list_says(
            value in "( ?\"?(Ann|=\\?utf-8\\?[QB]\\?|=\\?|\\?=|=|x|\u{e9})?\"?[ \n]?(<a@b>|<@c>|<|>|<d>)?[,]?){1,9}"
        ) {
            let entries: Vec<&[u8]> = split_at_commas(value.as_bytes()).collect();
            if entries.iter().all(|entry| is_plain_entry(entry)) {
                let (mut whole, mut parts) = (Vec::new(), Vec::new());
                let (mut of_whole, mut of_parts) = (Anomalies::default(), Anomalies::default());
                read_people(value.as_bytes(), &mut whole, &mut of_whole);
                entries.iter().for_each(|entry| read_people(entry, &mut parts, &mut of_parts));
                prop_assert_eq!(parts, whole);
                prop_assert_eq!(of_parts, of_whole);
            }
        }
    }
}
