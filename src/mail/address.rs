//! Who wrote and who received: the address lists of a header, read leniently.
//!
//! No entry is refused and none swallows its neighbours, so no recipient is lost: what cannot be an
//! address is a name. Names in Mailman's archives (`anna at desk.example (Anna Roux)`), in comments,
//! with a comma and without quotes (`Roux, Anna <…>`), groups and lists parted by `;` are understood.
//! Addresses stay as they were written but for folds, comments, routes and `mailto:`.
//!
//! Not here: where quotes, comments and brackets begin and end (see `address_pieces`).

use super::Anomalies;
use super::address_pieces::Piece;
use super::address_pieces::pieces;
use super::decode_value;
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
pub(super) fn read_people<'a>(
    role: Role,
    value: &'a [u8],
    people: &mut Vec<(Role, Address<'a>)>,
    anomalies: &mut Anomalies,
) {
    let mut list = List { role, people, anomalies, entry: Vec::new(), group: None, bare: None };
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
    role: Role,
    people: &'l mut Vec<(Role, Address<'a>)>,
    anomalies: &'l mut Anomalies,
    /// The pieces of the entry so far.
    entry: Vec<Piece<'a>>,
    /// The name of the group that is open, and how many people there were before it.
    group: Option<(Cow<'a, str>, usize)>,
    /// Where in `people` a name without address stands that the next entry may be the rest of.
    bare: Option<usize>,
}

impl<'a> List<'a, '_> {
    fn end_entry(&mut self, is_followed: bool) {
        let entry = std::mem::take(&mut self.entry);
        let before = self.people.len();
        let bare = self.bare.take();
        let has_angle = match *entry.as_slice() {
            [Piece::Text(name), Piece::Angle(inside)] => {
                self.named(name, inside);
                true
            }
            [Piece::Quoted(name), Piece::Text(b" "), Piece::Angle(inside)] if !name.contains(&b'\\') => {
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
        let is_bare = matches!(self.people.get(before..), Some([(_, one)]) if one.address.is_empty());
        let is_text = matches!(entry.as_slice(), [Piece::Text(_)]);
        self.bare = (is_followed && is_bare && is_text).then_some(before);
        self.entry = entry;
        self.entry.clear();
    }

    /// Reads `Anna Roux <anna@desk.example>`, as most entries are.
    fn named(&mut self, name: &'a [u8], inside: &'a [u8]) {
        let name = self.decoded(name);
        let address = self.address_of(inside);
        self.add(name, address);
    }

    /// Joins `Roux` and `Anna <anna@desk.example>`, which a comma without quotes has parted.
    fn join_halves(&mut self, second: usize) {
        let Some((_, whole)) = self.people.get(second).filter(|(_, it)| !it.name.is_empty()) else { return };
        let given = whole.name.clone();
        let (_, family) = self.people.remove(second - 1);
        if let Some((_, whole)) = self.people.get_mut(second - 1) {
            whole.name = Cow::Owned(format!("{}, {given}", family.name));
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
        self.group = Some((self.name_of(&entry), self.people.len()));
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
            self.people.push((self.role, Address { name, address }));
        }
    }

    /// Reads an entry with `<…>` in it: each of them that can be an address is a person, named by what
    /// stands before it; after the last one, by what stands behind.
    fn bracketed(&mut self, entry: &[Piece<'a>]) {
        let is_address = |piece: &Piece<'a>| matches!(piece, Piece::Angle(inside) if inside.contains(&b'@'));
        let is_any = |piece: &Piece<'a>| matches!(piece, Piece::Angle(_));
        let last = entry.iter().rposition(is_address).or(entry.iter().rposition(is_any)).unwrap_or(0);
        let (mut before, after) = entry.split_at_checked(last + 1).unwrap_or((entry, &[]));
        while let Some(place) = before.iter().position(is_address).or(before.len().checked_sub(1)) {
            let (this, rest) = before.split_at_checked(place + 1).unwrap_or((before, &[]));
            let Some((Piece::Angle(inside), named)) = this.split_last() else { break };
            let name = match rest.is_empty() && !after.is_empty() {
                true => self.name_of(&[named, after].concat()),
                false => self.name_of(named),
            };
            let address = self.address_of(inside);
            self.add(name, address);
            before = rest;
        }
    }

    /// Reads an entry without `<…>`.
    fn unbracketed(&mut self, entry: &[Piece<'a>]) {
        if let [Piece::Text(text)] = entry {
            let text = text.trim_ascii();
            let is_usual = text.contains(&b'@') && is_plain_address(text);
            match if is_usual { Kind::Address } else { kind_of(text) } {
                Kind::Address => {
                    let address = self.address_of(text);
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
        let written = written(&words);
        let written = written.trim_ascii();
        match kind_of(written) {
            Kind::Name if comments.is_empty() || written.is_empty() => self.bare_name(entry),
            Kind::Name | Kind::Address => {
                let name = self.name_of(&comments);
                let address = self.owned_address_of(written);
                self.add(name, address);
            }
            Kind::Mixture => self.mixture(written, &comments),
        }
    }

    /// A name without an address, unless decoding it brings one to light.
    fn bare_name(&mut self, entry: &[Piece<'a>]) {
        let name = self.name_of(entry);
        let hidden = name.rsplit_once('<').and_then(|(name, rest)| Some((name, rest.split_once('>')?.0)));
        if let Some((before, address)) = hidden.filter(|(_, address)| address.contains('@')) {
            let (before, address) = (before.trim().to_owned(), address.trim().to_owned());
            return self.add(Cow::Owned(before), Cow::Owned(address));
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
            if word.contains(&b'@') {
                let address = self.owned_address_of(word);
                let name = self.owned_name_of(&name.join(&b' '));
                self.add(name, address);
            } else {
                name.push(word);
                continue;
            }
            name.clear();
        }
        let mut left = self.owned_name_of(&name.join(&b' '));
        let comment = self.name_of(comments);
        if !comment.is_empty() {
            left = if left.is_empty() { comment } else { Cow::Owned(format!("{left} ({comment})")) };
        }
        match self.people.get_mut(first..).and_then(<[_]>::last_mut) {
            Some((_, last)) if last.name.is_empty() => last.name = left,
            _ => self.add(left, Cow::Borrowed("")),
        }
    }

    /// Returns the name that these pieces spell; comments stand behind it, or alone if there is no other.
    fn name_of(&mut self, pieces: &[Piece<'a>]) -> Cow<'a, str> {
        match pieces {
            [] => return Cow::Borrowed(""),
            [Piece::Text(text)] => return self.decoded(text),
            [Piece::Quoted(text)] | [Piece::Quoted(text), Piece::Text(b" ")] if !text.contains(&b'\\') => {
                return self.decoded(text);
            }
            _ => {}
        }
        let (mut name, mut comments) = (Vec::new(), Vec::new());
        for piece in pieces {
            match *piece {
                Piece::Text(text) => push_spaced(&mut name, text),
                Piece::Quoted(text) => name.extend(unescaped(text)),
                Piece::Comment(text) => {
                    push_spaced(&mut name, b" ");
                    let comment = self.owned_name_of(&unescaped(text).collect::<Vec<u8>>());
                    comments.push(comment);
                }
                Piece::Angle(text) => {
                    let in_brackets = [b" <", text, b"> "].concat();
                    push_spaced(&mut name, &in_brackets);
                }
                Piece::Comma | Piece::Semicolon | Piece::Colon => {}
            }
        }
        let name = self.owned_name_of(&name);
        let comments = comments.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
        match (name.is_empty(), comments.is_empty()) {
            (_, true) => name,
            (true, false) => Cow::Owned(comments),
            (false, false) => Cow::Owned(format!("{name} ({comments})")),
        }
    }

    fn decoded(&mut self, raw: &'a [u8]) -> Cow<'a, str> {
        let (text, anomalies) = decode_value(raw);
        *self.anomalies = self.anomalies.and(anomalies);
        text
    }

    fn owned_name_of(&mut self, raw: &[u8]) -> Cow<'a, str> {
        let (text, anomalies) = decode_value(raw);
        *self.anomalies = self.anomalies.and(anomalies);
        Cow::Owned(text.into_owned())
    }

    /// Returns an address as it was meant.
    fn address_of(&mut self, written: &'a [u8]) -> Cow<'a, str> {
        match std::str::from_utf8(written) {
            Ok(address) if is_plain_address(written) => Cow::Borrowed(address),
            _ => self.owned_address_of(written),
        }
    }

    fn owned_address_of(&mut self, written: &[u8]) -> Cow<'a, str> {
        let written = without_wrapping(written);
        let mut address = Vec::new();
        for piece in pieces(written) {
            match piece {
                Piece::Quoted(text) => address.extend([b"\"", text, b"\""].concat()),
                Piece::Text(text) | Piece::Angle(text) => address.extend_from_slice(text),
                Piece::Comment(_) => {}
                Piece::Comma => address.push(b','),
                Piece::Semicolon => address.push(b';'),
                Piece::Colon => address.push(b':'),
            }
        }
        // Blanks in an address are the work of a program that folded it (RFC 5322 §4.4).
        if address.contains(&b'@') && !address.contains(&b'"') && !holds_word(&address) {
            address.retain(|byte| !byte.is_ascii_whitespace());
        }
        let (text, anomalies) = decode_value(&address);
        *self.anomalies = self.anomalies.and(anomalies);
        Cow::Owned(text.into_owned())
    }
}

/// What words without brackets are.
enum Kind {
    Address,
    Name,
    Mixture,
}

fn kind_of(text: &[u8]) -> Kind {
    let mut words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (first, second) = (words.next(), words.next());
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
        Some(second) if has_sign && (second.starts_with(b"@") || first.is_some_and(is_cut)) => Kind::Address,
        Some(b".") if has_sign => Kind::Address,
        Some(_) if has_sign => Kind::Mixture,
        _ => Kind::Name,
    }
}

fn is_cut(word: &[u8]) -> bool {
    word.ends_with(b"@")
}

/// Returns the bytes of words and quoted strings as they are written.
fn written(pieces: &[Piece<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A string in quotes that is all of it, or a word of it, has served its purpose.
    let is_local_part =
        |next: Option<&Piece<'_>>| matches!(next, Some(Piece::Text(text)) if text.starts_with(b"@"));
    for (place, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Quoted(text) if is_local_part(pieces.get(place + 1)) => {
                bytes.extend([b"\"", text, b"\""].concat());
            }
            Piece::Quoted(text) => bytes.extend(unescaped(text)),
            Piece::Text(text) => bytes.extend_from_slice(text),
            _ => {}
        }
    }
    bytes
}

fn push_spaced(name: &mut Vec<u8>, text: &[u8]) {
    let is_spaced = name.last().is_none_or(u8::is_ascii_whitespace);
    name.extend_from_slice(if is_spaced { text.trim_ascii_start() } else { text });
}

/// Takes the backslashes off that escape (RFC 5322 §3.2.1).
fn unescaped(text: &[u8]) -> impl Iterator<Item = u8> {
    let mut is_escaped = false;
    text.iter().copied().filter(move |&byte| {
        is_escaped = byte == b'\\' && !is_escaped;
        !is_escaped
    })
}

/// Takes off what is not part of an address: a route (RFC 5322 §4.4), `mailto:`, `[SMTP:…]`, quotes
/// around all of it.
fn without_wrapping(written: &[u8]) -> &[u8] {
    let mut address = written.trim_ascii();
    if address.starts_with(b"@")
        && let Some(end) = memchr::memchr(b':', address)
    {
        address = address.get(end + 1..).unwrap_or_default().trim_ascii();
    }
    if let Some(inside) = address.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")) {
        address = inside;
    }
    for prefix in [b"mailto:".as_slice(), b"smtp:"] {
        if address.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
            address = address.get(prefix.len()..).unwrap_or_default();
        }
    }
    let unquoted = address.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    unquoted.filter(|inside| !inside.contains(&b'"')).unwrap_or(address)
}

/// Returns whether an address stands for itself: nothing in it is quoted, encoded, folded or a comment.
fn is_plain_address(written: &[u8]) -> bool {
    let is_special =
        |byte| matches!(byte, b'"' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b':' | b';' | b',' | b'?');
    written.iter().all(|&byte| byte.is_ascii_graphic() && !is_special(byte))
}

fn holds_word(text: &[u8]) -> bool {
    memchr::memchr(b'?', text).is_some() && memchr::memmem::find(text, b"=?").is_some()
}
