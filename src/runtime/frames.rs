//! What frames cost on the wire, from the state to the bytes.

use super::abilities::Abilities;
use super::wire::Wire;
use crate::app;
use crate::app::Effect;
use crate::app::Key;
use crate::app::Msg;
use crate::app::Snapshot;
use crate::app::State;
use crate::app::geometry::Size;
use crate::app::reader::Opened;
use crate::app::watching::Scanned;
use crate::corpus::Corpus;
use crate::corpus::IdKey;
use crate::corpus::MessageNo;
use crate::corpus::Segment;
use crate::mbox;
use crate::source::Source;
use crate::threads::Forest;
use crate::view;
use crate::watch::Scanner;
use crate::watch::Scratch;
use crate::watch::Watchlist;
use ratatui::Terminal;
use std::io;
use std::io::Write;
use std::sync::Arc;

const SIZE: Size = Size { width: 80, height: 24 };

/// A terminal that notes what each write brings.
#[derive(Default)]
struct Writes(Vec<Vec<u8>>);

impl Write for Writes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes.to_vec());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody at the far end of the wire.
struct Far {
    mailbox: Vec<u8>,
    state: State,
    scanner: Scanner,
    terminal: Terminal<Wire<Writes>>,
}

impl Far {
    fn with(mailbox: &[u8]) -> Self {
        let mut state = State { mailbox_name: "leak.mbox".to_owned(), ..State::default() };
        let watchlist = Watchlist::built_in();
        let scanner = Scanner::new(&watchlist);
        state.watch(watchlist);
        let wire = Wire::new(Writes::default(), SIZE, Abilities::USUAL);
        let terminal = Terminal::new(wire).unwrap();
        let mut far = Self { mailbox: mailbox.to_vec(), state, scanner, terminal };
        far.hears(Msg::Resized(SIZE));
        far
    }

    /// Opens a mailbox all of which is known, and sees the first frame.
    fn opens(mailbox: &[u8]) -> Self {
        let mut far = Self::with(mailbox);
        far.indexes(usize::MAX, true);
        far.searches(0, usize::MAX);
        far.frame();
        far
    }

    fn hears(&mut self, msg: Msg) {
        for effect in app::update(&mut self.state, msg) {
            if let Effect::LoadMessage(wanted) = effect {
                let range = self.state.snapshot.corpus.get(wanted.number).unwrap().range();
                let message = mbox::message_of(range.of(&self.mailbox));
                let opened = Arc::new(Opened::read(message, &wanted.within, &self.scanner));
                self.hears(Msg::MessageLoaded { generation: wanted.generation, opened });
            }
        }
    }

    /// Knows so many messages.
    fn indexes(&mut self, messages: usize, is_complete: bool) {
        let split = mbox::split(&self.mailbox);
        let slots = split.messages.get(..messages).unwrap_or(&split.messages);
        let segment = Segment::of_slots(&self.mailbox, slots, IdKey::default());
        let corpus = Corpus::default().grown([Arc::new(segment)]);
        self.hears(Msg::MailboxGrew(Snapshot {
            forest: Forest::of(&corpus),
            corpus,
            bytes_read: slots.last().map_or(0, |slot| slot.range.end().0),
            bytes_total: self.mailbox.len() as u64,
            bytes_per_second: 1_812_345_678 / (messages as u64 % 7 + 1),
            is_complete,
        }));
    }

    /// Searches these messages for candidates.
    fn searches(&mut self, from: usize, to: usize) {
        let mut scanned = Scanned::new(self.state.watching.watchlist.candidates().len());
        scanned.begin(MessageNo(from as u32));
        let corpus = self.state.snapshot.corpus.clone();
        for kept in corpus.iter().take(to).skip(from) {
            let bytes = mbox::message_of(kept.range().of(&self.mailbox));
            scanned.search(kept, bytes, &self.scanner, &mut Scratch::default());
        }
        self.hears(Msg::Scanned(Arc::new(scanned)));
    }

    /// Draws, and returns what was written, one write a piece.
    fn frame(&mut self) -> Vec<Vec<u8>> {
        self.terminal.draw(|frame| view::draw(&self.state, frame)).unwrap();
        std::mem::take(&mut self.terminal.backend_mut().output_mut().0)
    }

    /// Presses a key, and returns how many bytes its frame has.
    fn presses(&mut self, key: Key) -> usize {
        self.hears(Msg::KeyPressed(key));
        self.frame().concat().len()
    }
}

/// Returns a mailbox of so many conversations.
fn made(conversations: usize) -> Vec<u8> {
    let message = |number| {
        let (hour, minute, second) = (number / 3600, number / 60 % 60, number % 60);
        format!(
            "From a@b.example Fri Mar  3 09:00:00 2017\nDate: Fri, 3 Mar 2017 {hour:02}:{minute:02}:{second:02} +0000\n\
            From: Anna Roux {number} <anna{number}@desk.example>\nSubject: story {number}\n\nx\n\n"
        )
    };
    (0..conversations).map(message).collect::<String>().into_bytes()
}

fn median(mut bytes: Vec<usize>) -> usize {
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

#[test]
fn a_frame_is_one_write_and_nothing_is_none() {
    let mut far = Far::with(Source::sample().bytes());
    far.terminal.backend_mut().begin(b"\x1b[?1049h");
    far.indexes(usize::MAX, true);
    let first = far.frame();
    assert_eq!(first.len(), 1);
    let mut screen = vt100::Parser::new(SIZE.height, SIZE.width, 0);
    screen.process(&first[0]);
    let shown = screen.screen().contents();
    assert!(screen.screen().alternate_screen() && shown.contains("1 of 93") && shown.contains("? keys"));
    assert_eq!(far.frame(), Vec::<Vec<u8>>::new());
    for key in [Key::Char('j'), Key::PageDown, Key::Enter, Key::Char('v'), Key::Char('q'), Key::Char('?')] {
        far.hears(Msg::KeyPressed(key));
        assert_eq!(far.frame().len(), 1, "{key}");
    }
}

#[test]
fn progress_is_a_few_bytes() {
    let mut far = Far::with(&made(11_000));
    far.indexes(30, false);
    far.frame();
    for messages in [35, 99, 100, 640, 1000, 2345, 9_999, 10_000, 10_888] {
        far.indexes(messages, false);
        let bytes = far.frame().concat();
        assert!(bytes.len() <= 60, "{messages}: {:?}", String::from_utf8_lossy(&bytes));
    }
    far.indexes(usize::MAX, true);
    far.searches(0, 500);
    far.frame();
    for from in (500..11_000).step_by(500) {
        far.searches(from, from + 500);
        let bytes = far.frame().concat();
        // At the end its line is another one.
        assert!(bytes.len() <= 60 || from == 10_500, "{from}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn keys_cost_what_they_must() {
    let mut far = Far::opens(Source::sample().bytes());
    let down = (0..60).map(|_| far.presses(Key::Char('j'))).collect();
    assert!(median(down) <= 170);
    far.presses(Key::Char('g'));
    let page = (0..3).map(|_| far.presses(Key::PageDown)).collect();
    // Rows as dense as these, each with its badges, cost half as much again as those of most mailboxes.
    assert!(median(page) <= 1900);
    far.presses(Key::Char('g'));
    let mut open = Vec::new();
    for _ in 0..30 {
        open.push(far.presses(Key::Enter));
        far.presses(Key::Char('q'));
        far.presses(Key::Char('j'));
    }
    assert!(median(open) <= 1400);
}
