//! Mailboxes that the benchmark makes: as real ones are in what costs time, and the same each time.
//!
//! Conversations of a few people who write often or seldom, answered by References and by In-Reply-To alone;
//! names and subjects encoded as programs do it; relays, signatures and long folded fields; text in every
//! transfer encoding, alone or beside its HTML; and, where asked for, attachments that make most of the bytes.

use super::dice::Dice;
use super::words;
use super::words::Person;
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;

const PEOPLE: usize = 1500;

/// How many conversations go on at a time.
const LIVELY: usize = 600;

/// How long one is answered, in messages.
const ANSWERED: usize = 40;

/// What is to be made.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub messages: usize,
    /// How many messages have an attachment, of 250 KB on the whole.
    pub attached: f64,
}

struct Conversation {
    subject: String,
    people: Vec<usize>,
    /// The ids that an answer to each message refers to, its own last.
    messages: VecDeque<Vec<String>>,
}

struct Maker {
    dice: Dice,
    people: Vec<Person>,
    paragraphs: Vec<String>,
    candidates: Vec<String>,
    lively: VecDeque<Conversation>,
    minutes: f64,
    attachment: String,
}

/// Makes a mailbox.
pub fn make(path: &Path, recipe: Recipe) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut maker = Maker::new();
    for number in 0..recipe.messages {
        maker.write(number, recipe.attached, &mut out)?;
    }
    out.flush()
}

impl Maker {
    fn new() -> Self {
        let mut dice = Dice::new(17);
        let people = words::people(&mut dice, PEOPLE);
        let lengths: Vec<usize> = (0..1500).map(|_| dice.between(18, 110)).collect();
        let paragraphs = lengths.into_iter().map(|words| words::paragraph(&mut dice, words)).collect();
        let random: Vec<u8> = (0..1 << 20).map(|_| dice.bits() as u8).collect();
        let attachment = words::base64(&random);
        let candidates = words::candidates(50);
        Self { dice, people, paragraphs, candidates, lively: VecDeque::new(), minutes: 0.0, attachment }
    }

    fn write(&mut self, number: usize, attached: f64, out: &mut impl Write) -> io::Result<()> {
        self.minutes += self.dice.exponential(12.0);
        let place = self.conversation();
        let is_answer = !self.lively[place].messages.is_empty();
        let refers_to = self.answered(place);
        let conversation = &self.lively[place];
        let writer = *self.dice.one_of(&conversation.people);
        let readers: Vec<usize> = conversation.people.iter().copied().filter(|&it| it != writer).collect();
        let subject = format!("{}{}", if is_answer { "Re: " } else { "" }, conversation.subject);
        let id = format!("{:016x}.{number:x}@desk.example", self.dice.bits());
        let mut header = self.relays(writer);
        header += &format!("From: {}\n", self.mailbox_of(writer));
        for (field, people) in ["To", "Cc"].into_iter().zip(readers.chunks(readers.len().div_ceil(2).max(1)))
        {
            let people: Vec<String> = people.iter().map(|&it| self.mailbox_of(it)).collect();
            header += &format!("{field}: {}\n", people.join(",\n\t"));
        }
        let how = *self.dice.one_of(&['Q', 'B']);
        header += &format!("Subject: {}\n", words::encoded(&subject, how));
        header += &format!("Date: {}\nMessage-ID: <{id}>\n", self.date(true));
        header += &self.references(&refers_to);
        let mut known = refers_to;
        known.push(id);
        let messages = &mut self.lively[place].messages;
        messages.push_back(known);
        if messages.len() > ANSWERED {
            messages.pop_front();
        }
        if self.dice.falls(0.4) {
            let part = |bits: u64| format!("{bits:016x}").repeat(4);
            let parts: Vec<String> = (0..4).map(|_| part(self.dice.bits())).collect();
            header +=
                &format!("DKIM-Signature: v=1; a=rsa-sha256; d=desk.example;\n\tb={}\n", parts.join("\n\t "));
        }
        let body = self.body(attached);
        let date = self.date(false);
        let address = &self.people[writer].address;
        write!(out, "From {address} {date}\n{header}MIME-Version: 1.0\n{body}\n")
    }

    /// Returns the place of a conversation that goes on, or of one that begins.
    fn conversation(&mut self) -> usize {
        if !self.lively.is_empty() && self.dice.falls(0.62) {
            let back = self.dice.exponential(60.0) as usize;
            return self.lively.len() - 1 - back.min(self.lively.len() - 1);
        }
        let people = (0..self.dice.between(2, 5)).map(|_| self.dice.early(PEOPLE)).collect();
        let subject = words::subject(&mut self.dice);
        self.lively.push_back(Conversation { subject, people, messages: VecDeque::new() });
        if self.lively.len() > LIVELY {
            self.lively.pop_front();
        }
        self.lively.len() - 1
    }

    /// Returns the ids that an answer to one of the latest messages refers to, at most twenty.
    fn answered(&mut self, place: usize) -> Vec<String> {
        let back = self.dice.exponential(1.1) as usize;
        let messages = &self.lively[place].messages;
        let Some(last) = messages.len().checked_sub(1) else { return Vec::new() };
        let ids = &messages[last - back.min(last)];
        ids[ids.len().saturating_sub(20)..].to_vec()
    }

    fn references(&mut self, ids: &[String]) -> String {
        let Some(parent) = ids.last().filter(|_| !self.dice.falls(0.03)) else { return String::new() };
        let field = format!("In-Reply-To: <{parent}>\n");
        if self.dice.falls(0.12) {
            return field;
        }
        let all: Vec<String> = ids.iter().map(|id| format!("<{id}>")).collect();
        format!("{field}References: {}\n", all.join("\n "))
    }

    fn relays(&mut self, writer: usize) -> String {
        let mut header = String::new();
        if self.dice.falls(0.3) {
            header += &format!("Return-Path: <{}>\n", self.people[writer].address);
        }
        for hop in 0..self.dice.between(1, 4) {
            let bits = self.dice.bits() >> 16;
            header += &format!(
                "Received: from mx{hop}.desk.example (mx{hop}.desk.example [192.0.2.{}])\n\tby mail.example with ESMTPS id {bits:012x};\n\t{}\n",
                bits % 256,
                self.date(true)
            );
        }
        header
    }

    fn mailbox_of(&mut self, person: usize) -> String {
        let way = [0, 0, 0, 1, 1, 1, 2][self.dice.below(7)];
        let Person { address, written, .. } = &self.people[person];
        if self.dice.falls(0.03) { address.clone() } else { format!("{} <{address}>", written[way]) }
    }

    /// Writes what the clock shows, as a field or as a separator has it. All months have 28 days.
    fn date(&mut self, in_a_field: bool) -> String {
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let minutes = self.minutes as usize;
        let (days, minute) = (minutes / 1440, minutes % 1440);
        let (day, month, year) = (days % 28 + 1, MONTHS[days / 28 % 12], 2010 + days / 336);
        let clock = format!("{:02}:{:02}:{:02}", minute / 60, minute % 60, self.dice.below(60));
        let weekday = DAYS[days % 7];
        if in_a_field {
            format!("{weekday}, {day} {month} {year} {clock} +0100")
        } else {
            format!("{weekday} {month} {day:2} {clock} {year}")
        }
    }

    fn body(&mut self, attached: f64) -> String {
        let mut text = String::from("Bonjour,\n\n");
        for _ in 0..1 + (self.dice.exponential(1.6) as usize).min(11) {
            text += self.paragraphs[self.dice.below(self.paragraphs.len())].as_str();
            if self.dice.falls(0.09) {
                let name = &self.candidates[self.dice.early(self.candidates.len())];
                text += &format!("C'est {name} qui le dit.\n");
            }
            text.push('\n');
        }
        let body = if self.dice.falls(0.4) {
            let html = text.replace("\n\n", "</p>\n<p style=\"font-family:Calibri\">");
            let html = words::quoted(format!("<html><body><p>{html}</p></body></html>\n").as_bytes(), false);
            format!(
                "Content-Type: multipart/alternative; boundary=\"two\"\n\n--two\n{}\n--two\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{html}\n--two--\n",
                self.plain(&text)
            )
        } else {
            self.plain(&text)
        };
        if !self.dice.falls(attached) {
            return body;
        }
        let lines = self.attachment.len() / 77;
        let length = (self.dice.exponential(3300.0) as usize).min(lines);
        let start = self.dice.below(lines - length + 1);
        format!(
            "Content-Type: multipart/mixed; boundary=\"more\"\n\n--more\n{body}\n--more\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"scan.pdf\"\nContent-Transfer-Encoding: base64\n\n{}\n--more--\n",
            &self.attachment[start * 77..(start + length) * 77]
        )
    }

    fn plain(&mut self, text: &str) -> String {
        let way = self.dice.below(8);
        let (name, text) = match way {
            0 => ("base64", words::base64(text.as_bytes())),
            1..=4 => ("quoted-printable", words::quoted(text.as_bytes(), false)),
            _ => ("8bit", text.to_owned()),
        };
        format!("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {name}\n\n{text}")
    }
}
