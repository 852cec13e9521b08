//! Where a whole message names candidates: people, subject, texts, attachments.

use super::candidate::CandidateNo;
use super::scanner::Hit;
use super::scanner::Scanner;
use super::scanner::Scratch;
use crate::mail::Address;
use crate::mail::Message;
use crate::mail::Role;
use crate::mail::TextRange;
use crate::mail::quoted;

/// Where in a message a hit stands. Each place has a text of its own, which ranges count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The sender, as [`people_line`] writes it.
    From,
    /// The recipients, as [`people_line`] writes them.
    To,
    /// Those in Cc, as [`people_line`] writes them.
    Cc,
    /// Those in Bcc, as [`people_line`] writes them.
    Bcc,
    /// The decoded subject.
    Subject,
    /// The text that the message was written for.
    Body,
    /// Another readable text, counted from 0 without the body.
    More(usize),
    /// The file name of the attachment of this number, from 0.
    Attachment(usize),
}

/// Where a message names a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageHit {
    /// Who.
    pub candidate: CandidateNo,
    /// In what part of the message.
    pub place: Place,
    /// It stands in text that the sender quotes.
    pub quoted: bool,
    /// Where, in bytes of the place's text.
    pub range: TextRange,
    /// The spelling as found.
    pub text: String,
}

impl Place {
    /// Returns its word, as `--json` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::To => "to",
            Self::Cc => "cc",
            Self::Bcc => "bcc",
            Self::Subject => "subject",
            Self::Body => "body",
            Self::More(_) => "more",
            Self::Attachment(_) => "attachment",
        }
    }

    /// Returns whether it is in the header.
    pub fn is_header(self) -> bool {
        matches!(self, Self::From | Self::To | Self::Cc | Self::Bcc | Self::Subject)
    }
}

/// Returns the people of one role on a line, such as `Anna Roux <anna@desk.example>, benno@desk.example`.
///
/// Ranges of hits in From, To, Cc and Bcc count in it.
pub fn people_line<'a>(people: impl IntoIterator<Item = &'a Address<'a>>) -> String {
    PeopleLine::of(people).line
}

/// Returns every place where a message names a candidate, in the order of [`Place`], then of the text.
pub fn scan_message(
    scanner: &Scanner,
    people: &[(Role, Address<'_>)],
    subject: Option<&str>,
    message: &Message,
    scratch: &mut Scratch,
) -> Vec<MessageHit> {
    scan_message_while(scanner, people, subject, message, scratch, &mut || true).unwrap_or_default()
}

/// Returns the same, where `goes_on` says so each time it is asked: before each text, and within long
/// ones.
pub fn scan_message_while(
    scanner: &Scanner,
    people: &[(Role, Address<'_>)],
    subject: Option<&str>,
    message: &Message,
    scratch: &mut Scratch,
    goes_on: &mut dyn FnMut() -> bool,
) -> Option<Vec<MessageHit>> {
    let mut search = Search { scanner, scratch, found: Vec::new() };
    for (role, place) in
        [(Role::From, Place::From), (Role::To, Place::To), (Role::Cc, Place::Cc), (Role::Bcc, Place::Bcc)]
    {
        search.people(place, people.iter().filter(|(other, _)| *other == role).map(|(_, person)| person));
    }
    search.line(Place::Subject, subject.unwrap_or_default());
    let mut others = (0..).map(Place::More);
    for text in &message.texts {
        let place = if text.is_body { Some(Place::Body) } else { others.next() };
        search.text(place.unwrap_or(Place::Body), &text.text, goes_on)?;
    }
    for (which, attachment) in message.attachments.iter().enumerate() {
        search.file_name(Place::Attachment(which), attachment.filename.as_deref().unwrap_or_default());
    }
    Some(search.found)
}

struct Search<'a> {
    scanner: &'a Scanner,
    scratch: &'a mut Scratch,
    found: Vec<MessageHit>,
}

impl Search<'_> {
    /// Looks for names, and for whole addresses: what lies within an address of a candidate is part of it.
    fn people<'a>(&mut self, place: Place, people: impl Iterator<Item = &'a Address<'a>>) {
        let people = PeopleLine::of(people);
        let of_address = |range: &TextRange| {
            let candidate = self.scanner.of_address(people.line.get(range.clone())?)?;
            Some(Hit { candidate, range: range.clone() })
        };
        let mut hits: Vec<Hit> = people.addresses.iter().filter_map(of_address).collect();
        let mut names = self.scanner.scan(&people.searched, self.scratch);
        names.retain(|name| {
            let before = hits.partition_point(|address| address.range.end <= name.range.start);
            hits.get(before).is_none_or(|address| name.range.end <= address.range.start)
        });
        hits.append(&mut names);
        hits.sort_by_key(|hit| hit.range.start);
        self.add(place, &people.line, hits, |_| false);
    }

    fn file_name(&mut self, place: Place, name: &str) {
        let hits = self.scanner.scan(&with_words_parted(name), self.scratch);
        self.add(place, name, hits, |_| false);
    }

    fn line(&mut self, place: Place, line: &str) {
        let hits = self.scanner.scan(line, self.scratch);
        self.add(place, line, hits, |_| false);
    }

    fn text(&mut self, place: Place, text: &str, goes_on: &mut dyn FnMut() -> bool) -> Option<()> {
        let hits = self.scanner.scan_while(text, self.scratch, goes_on)?;
        if hits.is_empty() {
            return Some(());
        }
        let quotes = quoted(text);
        self.add(place, text, hits, |at| {
            let after = quotes.partition_point(|quote| quote.range.end <= at);
            quotes.get(after).is_some_and(|quote| quote.range.contains(&at))
        });
        Some(())
    }

    fn add(&mut self, place: Place, text: &str, hits: Vec<Hit>, is_quoted: impl Fn(usize) -> bool) {
        self.found.extend(hits.into_iter().map(|hit| MessageHit {
            candidate: hit.candidate,
            place,
            quoted: is_quoted(hit.range.start),
            text: text.get(hit.range.clone()).unwrap_or_default().to_owned(),
            range: hit.range,
        }));
    }
}

/// Some people on a line.
#[derive(Default)]
struct PeopleLine {
    line: String,
    /// The same, with the words of addresses parted.
    searched: String,
    /// Where the addresses stand in it.
    addresses: Vec<TextRange>,
}

impl PeopleLine {
    fn of<'a>(people: impl IntoIterator<Item = &'a Address<'a>>) -> Self {
        let mut people_line = Self::default();
        for person in people {
            people_line.add(person);
        }
        people_line
    }

    fn add(&mut self, person: &Address<'_>) {
        let between = if self.line.is_empty() { "" } else { ", " };
        let has_both = !person.name.is_empty() && !person.address.is_empty();
        let (open, close) = if has_both { (" <", ">") } else { ("", "") };
        let before = [between, &person.name, open].concat();
        let start = self.line.len() + before.len();
        if !person.address.is_empty() {
            self.addresses.push(start..start + person.address.len());
        }
        for (line, address) in
            [(&mut self.line, &*person.address), (&mut self.searched, &with_words_parted(&person.address))]
        {
            line.extend([&before, address, close]);
        }
    }
}

/// Parts the words of an address or a file name as those of a name are parted, each in its place:
/// `anna.roux@desk.example` and `cv_anna_roux.pdf` name Anna Roux.
fn with_words_parted(text: &str) -> String {
    text.replace(['.', '_', '+'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Attachment;
    use crate::mail::Text;
    use crate::watch::Watchlist;

    fn person<'a>(name: &'a str, address: &'a str) -> Address<'a> {
        Address { name: name.into(), address: address.into() }
    }

    fn text(text: &str) -> Text {
        Text { text: text.to_owned(), ..Text::default() }
    }

    fn found(people: &[(Role, Address<'_>)], subject: &str, message: &Message) -> Vec<String> {
        let list = Watchlist::default().with(
            "[[candidate]]\nname = \"Anna Roux\"\nspellings = [\"Roux\"]\naddresses = [\"*@desk.example\"]\n\
             [[candidate]]\nname = \"Benno Vidal\"\n",
        );
        let scanner = Scanner::new(&list.unwrap());
        let hits = scan_message(&scanner, people, Some(subject), message, &mut Scratch::default());
        let shown = |hit: &MessageHit| {
            let quoted = if hit.quoted { ">" } else { "" };
            format!("{:?} {} {:?} {}", hit.place, hit.candidate.0, hit.range, quoted.to_owned() + &hit.text)
        };
        hits.iter().map(shown).collect()
    }

    #[test]
    fn every_place_of_a_message_is_searched() {
        let message = Message {
            texts: vec![Text { is_body: true, ..text("Roux\n> Benno\n> Vidal\n") }, text(""), text("roux")],
            attachments: vec![
                Attachment::default(),
                Attachment { filename: Some("CV_Anna_Roux.pdf".into()), ..Attachment::default() },
            ],
            ..Message::default()
        };
        let people =
            [(Role::To, person("", "benno.vidal@other.example")), (Role::From, person("Vidal, Benno", ""))];
        let expected = [
            "To 1 0..11 benno.vidal",
            "Subject 0 4..8 Roux",
            "Body 0 0..4 Roux",
            "Body 1 7..20 >Benno\n> Vidal",
            "More(1) 0 0..4 roux",
            "Attachment(1) 0 3..12 Anna_Roux",
        ];
        let found = found(&people, "Re: Roux", &message);
        assert_eq!(found, expected);
    }

    #[test]
    fn an_address_is_one_hit_whatever_names_it_holds() {
        let people =
            [(Role::Cc, person("Anna Roux", "roux@desk.example")), (Role::Cc, person("", "x@desk.example"))];
        let expected = ["Cc 0 0..9 Anna Roux", "Cc 0 11..28 roux@desk.example", "Cc 0 31..45 x@desk.example"];
        assert_eq!(found(&people, "", &Message::default()), expected);
    }
}
