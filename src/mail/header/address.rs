//! Who wrote and who received: the address lists of a header, read leniently.
//!
//! No entry is refused and none swallows its neighbours, so no recipient is lost: what cannot be an
//! address is a name, and a single word without a sign of either is taken for an address, as others do. Names in Mailman's archives (`anna at desk.example (Anna Roux)`), in comments,
//! with a comma and without quotes (`Roux, Anna <…>`), groups and lists parted by `;` are understood.
//! Addresses stay as they were written but for folds, comments, routes and `mailto:`.
//!
//! Not here: where quotes, comments and brackets begin and end (see `address_pieces`), whether words are
//! a name or an address (`address_kind`), or what they read as (`address_text`).

use super::address_kind;
use super::address_kind::Kind;
use super::address_kind::kind_of;
use super::address_pieces::Piece;
use super::address_pieces::pieces;
use super::address_text;
use super::address_text::is_plain_address;
use crate::mail::Anomalies;
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

/// Reads an address list and adds everyone in it.
pub fn read_people<'a>(value: &'a [u8], people: &mut Vec<Address<'a>>, anomalies: &mut Anomalies) {
    let mut list = List { people, anomalies, entry: Vec::new(), group: None, bare: None };
    for piece in pieces(value) {
        match piece {
            Piece::Comma => list.end_entry(true),
            Piece::Semicolon => {
                list.end_entry(false);
                list.end_group();
            }
            Piece::Colon => list.colon(),
            _ => list.entry.push(piece),
        }
    }
    list.end_entry(false);
    list.end_group();
}

/// A list that is being read.
struct List<'a, 'l> {
    people: &'l mut Vec<Address<'a>>,
    anomalies: &'l mut Anomalies,
    /// The pieces of the entry so far.
    entry: Vec<Piece<'a>>,
    /// The name of the group that is open, and how many people there were before it.
    group: Option<(Cow<'a, str>, usize)>,
    /// Where in `people` a word stands of which the next entry may be the rest, as in `Roux, Anna <…>`.
    bare: Option<usize>,
}

impl<'a> List<'a, '_> {
    fn end_entry(&mut self, is_followed: bool) {
        let entry = std::mem::take(&mut self.entry);
        let before = self.people.len();
        let bare = self.bare.take();
        let has_angle = match *entry.as_slice() {
            [Piece::Text(name), Piece::Angle(inside)] if !inside.contains(&b'(') => {
                self.named(name, inside);
                true
            }
            [Piece::Quoted(name), Piece::Text(b" "), Piece::Angle(inside)]
                if !name.contains(&b'\\') && !inside.contains(&b'(') =>
            {
                self.named(name, inside);
                true
            }
            ref entry if entry.iter().any(|piece| matches!(piece, Piece::Angle(_))) => {
                self.bracketed(entry);
                true
            }
            ref entry => {
                self.unbracketed(entry);
                false
            }
        };
        if has_angle && bare.is_some() && bare == before.checked_sub(1) {
            self.join_halves(before);
        }
        let is_half = match *entry.as_slice() {
            [Piece::Text(text)] => self.people.len() == before + 1 && address_kind::may_be_family_name(text),
            _ => false,
        };
        self.bare = (is_followed && is_half).then_some(before);
        self.entry = entry;
        self.entry.clear();
    }

    /// Reads `Anna Roux <anna@desk.example>`, as most entries are.
    fn named(&mut self, name: &'a [u8], inside: &'a [u8]) {
        let name = address_text::decoded(name, self.anomalies);
        let address = address_text::address_of(inside, self.anomalies);
        self.add(name, address);
    }

    /// Joins `Roux` and `Anna <anna@desk.example>`, which a comma without quotes has parted.
    fn join_halves(&mut self, second: usize) {
        let Some(whole) = self.people.get(second).filter(|it| !it.name.is_empty()) else { return };
        let given = whole.name.clone();
        let family = self.people.remove(second - 1);
        if let Some(whole) = self.people.get_mut(second - 1) {
            let family = if family.name.is_empty() { family.address } else { family.name };
            whole.name = Cow::Owned(format!("{family}, {given}"));
        }
    }

    /// A colon ends the name of a group, unless it stands in an address.
    fn colon(&mut self) {
        let is_name = self.entry.iter().all(|piece| match piece {
            Piece::Text(text) => !text.contains(&b'@'),
            Piece::Angle(_) => false,
            _ => true,
        });
        if !is_name || self.group.is_some() {
            self.entry.push(Piece::Text(b":"));
            return;
        }
        let entry = std::mem::take(&mut self.entry);
        self.group = Some((address_text::name_of(&entry, self.anomalies), self.people.len()));
    }

    /// An empty group is a recipient of its own: `undisclosed-recipients:;`.
    fn end_group(&mut self) {
        self.bare = None;
        let Some((name, before)) = self.group.take() else { return };
        if self.people.len() == before && !name.is_empty() {
            self.add(name, Cow::Borrowed(""));
        }
    }

    fn add(&mut self, name: Cow<'a, str>, address: Cow<'a, str>) {
        if !name.is_empty() || !address.is_empty() {
            self.people.push(Address { name, address });
        }
    }

    /// Reads an entry with `<…>` in it: each of them that can be an address is a person, named by what
    /// stands before it; after the last one, by what stands behind.
    fn bracketed(&mut self, entry: &[Piece<'a>]) {
        let is_address = |piece: &Piece<'a>| matches!(piece, Piece::Angle(inside) if inside.contains(&b'@'));
        let is_any = |piece: &Piece<'a>| matches!(piece, Piece::Angle(_));
        let last = entry.iter().rposition(is_address).or(entry.iter().rposition(is_any)).unwrap_or(0);
        let (mut before, mut after) = entry.split_at_checked(last + 1).unwrap_or((entry, &[]));
        // `<<a@b.example>>`
        if matches!(after, [Piece::Text(text)] if text.iter().all(|byte| b"> \t\r\n".contains(byte))) {
            after = &[];
        }
        while let Some(place) = before.iter().position(is_address).or(before.len().checked_sub(1)) {
            let (this, rest) = before.split_at_checked(place + 1).unwrap_or((before, &[]));
            let Some((Piece::Angle(inside), named)) = this.split_last() else { break };
            let after = if rest.is_empty() { after } else { &[] };
            let within = pieces(inside).filter(|piece| matches!(piece, Piece::Comment(_)));
            let named: Vec<Piece<'a>> = named.iter().chain(after).copied().chain(within).collect();
            let name = address_text::name_of(&named, self.anomalies);
            let address = address_text::address_of(inside, self.anomalies);
            self.add(name, address);
            before = rest;
        }
    }

    /// Reads an entry without `<…>`.
    fn unbracketed(&mut self, entry: &[Piece<'a>]) {
        if let [Piece::Text(text)] = entry {
            let text = text.trim_ascii();
            let is_one_word = !text.is_empty() && is_plain_address(text);
            match if is_one_word { Kind::Address } else { kind_of(text) } {
                _ if address_text::holds_word(text) => return self.bare_name(entry),
                Kind::Address => {
                    let address = address_text::address_of(text, self.anomalies);
                    return self.add(Cow::Borrowed(""), address);
                }
                Kind::Name => return self.bare_name(entry),
                Kind::Mixture => {}
            }
        }
        let comments: Vec<Piece<'a>> =
            entry.iter().copied().filter(|piece| matches!(piece, Piece::Comment(_))).collect();
        let words: Vec<Piece<'a>> =
            entry.iter().copied().filter(|piece| !matches!(piece, Piece::Comment(_))).collect();
        if let [.., Piece::Quoted(_), Piece::Text(domain)] = *words.as_slice()
            && address_kind::is_domain(domain)
        {
            let name = address_text::name_of(&comments, self.anomalies);
            let address =
                address_text::owned_address_of(address_text::written(&words).trim_ascii(), self.anomalies);
            return self.add(name, address);
        }
        // In quotes a bracket begins no comment.
        if words.iter().any(|word| matches!(word, Piece::Quoted(text) if text.contains(&b'('))) {
            return self.bare_name(entry);
        }
        let written = address_text::written(&words);
        let written = written.trim_ascii();
        match kind_of(written) {
            Kind::Name if comments.is_empty() || written.is_empty() => self.bare_name(entry),
            Kind::Name | Kind::Address => {
                let name = address_text::name_of(&comments, self.anomalies);
                let address = address_text::owned_address_of(written, self.anomalies);
                self.add(name, address);
            }
            Kind::Mixture => self.mixture(written, &comments),
        }
    }

    /// A name without an address, unless decoding it brings one to light.
    fn bare_name(&mut self, entry: &[Piece<'a>]) {
        let name = address_text::name_of(entry, self.anomalies);
        let hidden = name.rsplit_once('<').and_then(|(name, rest)| Some((name, rest.split_once('>')?)));
        if let Some((before, (address, behind))) = hidden.filter(|(_, (address, _))| address.contains('@')) {
            let name = [before.trim(), behind.trim()].join(" ").trim().to_owned();
            let address = address.trim().to_owned();
            return self.add(Cow::Owned(name), Cow::Owned(address));
        }
        match kind_of(name.as_bytes()) {
            Kind::Address => self.add(Cow::Borrowed(""), name),
            _ => self.add(name, Cow::Borrowed("")),
        }
    }

    /// Words of which some are addresses: each is a person, named by the words before it.
    fn mixture(&mut self, written: &[u8], comments: &[Piece<'a>]) {
        let first = self.people.len();
        let mut name: Vec<&[u8]> = Vec::new();
        for word in written.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
            let is_address = word.contains(&b'@');
            let address = is_address.then(|| address_text::owned_address_of(word, self.anomalies));
            // An address in brackets may be none: they are a comment.
            let Some(address) = address.filter(|address| !address.is_empty()) else {
                name.push(word);
                continue;
            };
            let named = address_text::owned(&name.join(&b' '), self.anomalies);
            self.add(named, address);
            name.clear();
        }
        let mut left = address_text::owned(&name.join(&b' '), self.anomalies);
        let comment = address_text::name_of(comments, self.anomalies);
        if !comment.is_empty() {
            left = if left.is_empty() { comment } else { Cow::Owned(format!("{left} ({comment})")) };
        }
        match self.people.get_mut(first..).and_then(<[_]>::last_mut) {
            Some(last) if last.name.is_empty() => last.name = left,
            _ => self.add(left, Cow::Borrowed("")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(value: &[u8]) -> Vec<String> {
        let mut people = Vec::new();
        read_people(value, &mut people, &mut Anomalies::default());
        people.iter().map(|person| format!("{}|{}", person.name, person.address)).collect()
    }

    #[track_caller]
    fn check(value: &str, expected: &[&str]) {
        assert_eq!(read(value.as_bytes()), expected, "{value:?}");
    }

    #[test]
    fn sound_lists() {
        check("Anna Roux <a@b.example>", &["Anna Roux|a@b.example"]);
        check("a@b.example, <c@d.example>", &["|a@b.example", "|c@d.example"]);
        check("\"Roux, Anna\" <a@b>,\r\n\tBob <c@d>", &["Roux, Anna|a@b", "Bob|c@d"]);
        check("\"A \\\"B\\\" C\" <a@b>", &["A \"B\" C|a@b"]);
        check("a@b (Anna Roux)", &["Anna Roux|a@b"]);
        check("\"(a@b)c@d\"", &["|(a@b)c@d"]);
        check("Anna (at (her) desk) <a@b>", &["Anna (at (her) desk)|a@b"]);
        check("Anna <a(her desk)@b>", &["Anna (her desk)|a@b"]);
        check("\"anna roux\"@b.example", &["|\"anna roux\"@b.example"]);
        check("Anna <@c,@d:a@b>", &["Anna|a@b"]);
        check("a@[192.0.2.1], b@[IPv6:2001:db8::1]", &["|a@[192.0.2.1]", "|b@[IPv6:2001:db8::1]"]);
        check("", &[]);
    }

    #[test]
    fn groups() {
        check("Desk: a@b, Bob <c@d>; e@f", &["|a@b", "Bob|c@d", "|e@f"]);
        check("undisclosed-recipients:;", &["undisclosed-recipients|"]);
        check("One: a@b; Two: c@d;", &["|a@b", "|c@d"]);
        check("a@b; Bob <c@d>; e@f", &["|a@b", "Bob|c@d", "|e@f"]);
    }

    #[test]
    fn what_archives_and_broken_programs_write() {
        check("anna at desk.example (Anna Roux)", &["Anna Roux|anna at desk.example"]);
        check("\"a@b\" <a@b>", &["a@b|a@b"]);
        check("a@b <a@b>", &["a@b|a@b"]);
        check("Roux, Anna <a@b>, Dee, Bo <c@d>", &["Roux, Anna|a@b", "Dee, Bo|c@d"]);
        check("root, Anna <a@b>", &["|root", "Anna|a@b"]);
        check("Bob", &["|Bob"]);
        check("Bob Dee", &["Bob Dee|"]);
        check("\"Bob\"", &["Bob|"]);
        check("/O=DESK/CN=ANNA ROUX, a@b", &["|/O=DESK/CN=ANNA ROUX", "|a@b"]);
        check("a@b c@d", &["|a@b", "|c@d"]);
        check("Anna a@b", &["Anna|a@b"]);
        check("Anna <a@b> <c@d>", &["Anna|a@b", "|c@d"]);
        check("a @ b . example", &["|a@b.example"]);
        check("Anna <mailto:a@b>, Bob [SMTP:c@d]", &["Anna|a@b", "Bob|c@d"]);
        check("<<a@b>>, c@d>", &["|a@b", "|c@d"]);
        check("Anna <>", &["Anna|"]);
        check("\"(a@c)\"a@c", &["|(a@c)a@c"]);
        check("\"(Anna <a@b> Roux\"", &["(Anna Roux|a@b"]);
        check("[\n(a@c])", &["[ (a@c])|"]);
    }

    #[test]
    fn what_is_never_closed() {
        check("\"Anna <a@b>, Bob <c@d>", &["\"Anna|a@b", "Bob|c@d"]);
        check("Anna <a@b, Bob <c@d>", &["Anna|a@b", "Bob|c@d"]);
        check("Anna (desk <a@b>, c@d", &["Anna (desk|a@b", "|c@d"]);
    }

    #[test]
    fn encoded_words_in_any_place() {
        check("=?utf-8?Q?Ren=C3=A9e?= Roux <a@b>", &["Renée Roux|a@b"]);
        check("\"=?utf-8?Q?Ren=C3=A9e?=\" <a@b>", &["Renée|a@b"]);
        check("a@b (=?utf-8?Q?Ren=C3=A9e?=)", &["Renée|a@b"]);
        check("=?utf-8?Q?Ren=C3=A9e_<a@b>?=", &["Renée|a@b"]);
        check("=?utf-8?Q?Roux?=, =?utf-8?Q?Ren=C3=A9e?= <a@b>", &["Roux, Renée|a@b"]);
        check("<=?utf-8?Q?a=40b?=>", &["|a@b"]);
    }

    proptest! {
        #[test]
        fn nobody_is_lost(value in r#"([ab]@c|Ann|[ ,;:"<>()\\\[\]\n]|at|=\?utf-8\?Q\?x\?=){0,24}"#) {
            let text = read(value.as_bytes()).concat();
            let count = |text: &str| text.matches("@c").count() + text.matches("Ann").count();
            // The name of a group is no person's, and a route no address.
            prop_assert!(count(&text) >= count(&value) || value.contains(':'), "{value:?} became {text:?}");
        }
    }
}
