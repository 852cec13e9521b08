//! A person at a screen: types keys, and sees what `view` draws.
//!
//! What the runtime does on workers is done here at once, so that a test is the same each time.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;
use ratatui::style::Style;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tranche::app;
use tranche::app::Effect;
use tranche::app::Key;
use tranche::app::Msg;
use tranche::app::Progress;
use tranche::app::Snapshot;
use tranche::app::State;
use tranche::app::effect::Survey;
use tranche::app::filter::Findings;
use tranche::app::filter::Known;
use tranche::app::filter::Question;
use tranche::app::geometry::Size;
use tranche::app::list::Narrowing;
use tranche::app::meaning::Meaning;
use tranche::app::reader::Generation;
use tranche::app::reader::Opened;
use tranche::app::reader::Raw;
use tranche::app::reader::innermost;
use tranche::app::survey::Correspondents;
use tranche::app::survey::Days;
use tranche::app::watching::Named;
use tranche::app::watching::Scanned;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::MessageNo;
use tranche::corpus::Segment;
use tranche::mbox;
use tranche::query::Contents;
use tranche::query::Ranking;
use tranche::query::Search;
use tranche::query::blocks;
use tranche::text::Printable;
use tranche::text::width;
use tranche::threads::Forest;
use tranche::view;
use tranche::watch::CandidateNo;
use tranche::watch::Scanner;
use tranche::watch::Scratch;
use tranche::watch::Watchlist;

/// The meanings that a screen lists below its text, since colour does not reach it.
const LISTED: [Meaning; 11] = [
    Meaning::Selected,
    Meaning::Quoted,
    Meaning::QuotedDeeper,
    Meaning::Signature,
    Meaning::Link,
    Meaning::Hidden,
    Meaning::Odd,
    Meaning::File,
    Meaning::Notice,
    Meaning::Match,
    Meaning::MatchHere,
];

/// The number of the first candidate's marks, where the listed meanings have theirs.
const WATCH: usize = 100;

/// The number of the first candidate's mark where `n` has come to.
const WATCH_HERE: usize = 200;

/// Somebody who reads a mailbox.
pub struct Person {
    mailbox: Vec<u8>,
    pub state: State,
    pub has_left: bool,
    /// Questions are noted and not answered.
    pub is_slow: bool,
    pub asked: Vec<Question>,
    scanner: Scanner,
    /// How many messages have been searched for candidates.
    searched: usize,
    /// How many are searched at most, until more are let be.
    pub search_at_most: usize,
}

impl Person {
    /// Opens a mailbox of `sample-mbox`.
    pub fn opens(name: &str, width: u16, height: u16) -> Self {
        let mailbox = fs::read(Path::new("sample-mbox").join(name)).unwrap();
        let mut person = Self::waits_for(name, mailbox, width, height);
        person.sees_messages(usize::MAX, true);
        person
    }

    /// Opens a mailbox of `sample-mbox` with a watchlist of their own.
    pub fn looks_for(watchlist: &str, name: &str, width: u16, height: u16) -> Self {
        let mailbox = fs::read(Path::new("sample-mbox").join(name)).unwrap();
        let watchlist = Watchlist::default().with(watchlist).unwrap();
        let mut person = Self::waits_with(watchlist, name, mailbox, width, height);
        person.sees_messages(usize::MAX, true);
        person
    }

    /// Opens a mailbox of which nothing has been read yet.
    pub fn waits_for(name: &str, mailbox: Vec<u8>, width: u16, height: u16) -> Self {
        Self::waits_with(Watchlist::built_in(), name, mailbox, width, height)
    }

    /// Opens a mailbox of which nothing has been read yet, with a watchlist of their own.
    pub fn waits_with(watchlist: Watchlist, name: &str, mailbox: Vec<u8>, width: u16, height: u16) -> Self {
        let mut state = State { mailbox_name: name.to_owned(), ..State::default() };
        let scanner = Scanner::new(&watchlist);
        state.watch(watchlist);
        let mut person = Self {
            mailbox,
            state,
            has_left: false,
            is_slow: false,
            asked: Vec::new(),
            scanner,
            searched: 0,
            search_at_most: usize::MAX,
        };
        person.hears(Msg::Resized(Size { width, height }));
        person
    }

    /// Lets another program write to the mailbox.
    pub fn becomes(&mut self, mailbox: Vec<u8>) {
        self.mailbox = mailbox;
    }

    /// Lets the first so many messages arrive.
    pub fn sees_messages(&mut self, messages: usize, is_complete: bool) {
        let split = mbox::split(&self.mailbox);
        let slots = &split.messages[..messages.min(split.messages.len())];
        let segment = Segment::of_slots(&self.mailbox, slots, IdKey::default());
        let corpus = Corpus::default().grown([Arc::new(segment)]);
        self.hears(Msg::MailboxGrew(Snapshot {
            forest: Forest::of(&corpus),
            corpus,
            bytes_read: slots.last().map_or(0, |slot| slot.range.end().0),
            bytes_total: self.mailbox.len() as u64,
            bytes_per_second: 812_345_678,
            is_complete,
        }));
    }

    /// Types keys: letters, and `<Enter>`, `<Esc>`, `<PgDn>`, `<C-d>` and their like.
    pub fn types(mut self, keys: &str) -> Self {
        for key in keys_in(keys) {
            self.hears(Msg::KeyPressed(key));
        }
        self
    }

    /// Lets something happen, and does what is wanted of the world.
    pub fn hears(&mut self, msg: Msg) {
        for effect in app::update(&mut self.state, msg) {
            match effect {
                Effect::LoadMessage(wanted) => {
                    let range = self.state.snapshot.corpus.get(wanted.number).unwrap().range();
                    let message = mbox::message_of(range.of(&self.mailbox));
                    let opened = Arc::new(Opened::read(message, &wanted.within, &self.scanner));
                    self.hears(Msg::MessageLoaded { generation: wanted.generation, opened });
                }
                Effect::LoadRaw(wanted) => {
                    let range = self.state.snapshot.corpus.get(wanted.number).unwrap().range();
                    let message = mbox::message_of(range.of(&self.mailbox));
                    let raw = Arc::new(Raw::of(&innermost(message, &wanted.within)));
                    self.hears(Msg::RawLoaded { generation: wanted.generation, raw });
                }
                Effect::FindWords(generation) => {
                    let words = self.state.reader.sought().unwrap().find(&mut || true).unwrap();
                    self.hears(Msg::WordsFound { generation, words: Arc::new(words) });
                }
                Effect::Rank(question) => {
                    if !self.is_slow {
                        let (ranking, progress) = self.answer(&question);
                        self.hears(answer(question.generation, ranking, progress, progress.waiting == 0));
                    }
                    self.asked.push(question);
                }
                Effect::StopRanking => {}
                Effect::Scan(_) => self.search(),
                Effect::Survey(generation, survey) => self.survey(generation, survey),
                Effect::Quit => self.has_left = true,
                Effect::Cite(number) => {
                    let text = format!("message {number}");
                    self.hears(Msg::Copied { text, is_too_long: false });
                }
                Effect::Redraw | Effect::Suspend | Effect::Follow | Effect::StopFollowing => {}
            }
        }
    }

    /// Counts what is listed.
    fn survey(&mut self, generation: Generation, survey: Survey) {
        let surveyed = self.state.surveyed();
        self.hears(match survey {
            Survey::Days => Msg::DaysCounted { generation, days: Arc::new(Days::of(&surveyed)) },
            Survey::People => {
                Msg::PeopleCounted { generation, people: Arc::new(Correspondents::of(&surveyed)) }
            }
        });
    }

    /// Answers a question as the worker does, only not as fast.
    pub fn ranking(&self, question: &Question) -> Ranking {
        self.answer(question).0
    }

    fn answer(&self, question: &Question) -> (Ranking, Progress) {
        let Snapshot { corpus, forest, .. } = &self.state.snapshot;
        let blocks = blocks(corpus, MessageNo(0)..MessageNo(corpus.len() as u32));
        let search = Search::new(&question.query, IdKey::default());
        let nobody = Named::default();
        let named = self.state.watching.named().unwrap_or(&nobody);
        let known = Known { forest, meant: &question.meant, findings: Findings::SoFar(named) };
        let answers = blocks.iter().map(|block| {
            let mut answer = search.over(block, corpus, &known, None);
            for number in answer.open().collect::<Vec<_>>() {
                let range = corpus.get(number).unwrap().range();
                let message = mbox::unquote(mbox::message_of(range.of(&self.mailbox)));
                let contents = Contents::of(&message);
                answer.settle(number, search.ask(block, corpus, &known, number, Some(&contents)));
            }
            Arc::new(answer)
        });
        let answers: Vec<_> = answers.collect();
        let scores: Vec<_> = blocks
            .iter()
            .zip(&answers)
            .filter_map(|(block, answer)| search.scores(block, answer, || true))
            .collect();
        let messages = corpus.len();
        let waiting = answers.iter().map(|answer| answer.open().count()).sum();
        let progress = Progress { read: messages - waiting, to_read: messages, waiting };
        (Ranking::of(&answers, Some(&scores)), progress)
    }

    /// Searches the messages that have arrived.
    pub fn search(&mut self) {
        let mut scanned = Scanned::new(self.state.watching.watchlist.candidates().len());
        let corpus = self.state.snapshot.corpus.clone();
        let end = corpus.len().min(self.search_at_most);
        if self.searched < end {
            scanned.begin(MessageNo(self.searched as u32));
            for kept in corpus.iter().take(end).skip(self.searched) {
                let bytes = mbox::message_of(kept.range().of(&self.mailbox));
                scanned.search(kept, bytes, &self.scanner, &mut Scratch::default());
            }
            self.searched = end;
            self.hears(Msg::Scanned(Arc::new(scanned)));
        }
    }

    /// Returns the screen as text, and below it the stretches that mean something.
    pub fn sees(&self) -> String {
        let buffer = self.buffer();
        let mut seen = String::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                row.push_str(buffer[(x, y)].symbol());
                x += width(&Printable::new(buffer[(x, y)].symbol())).as_u16().max(1);
            }
            writeln!(seen, "{}", row.trim_end()).unwrap();
        }
        writeln!(seen, "---").unwrap();
        for y in 0..buffer.area.height {
            for (meaning, words) in stretches(&buffer, y) {
                writeln!(seen, "{:>2} {:<9} {words}", y + 1, meaning.word()).unwrap();
            }
        }
        seen
    }

    /// Returns the stretches of a row that mean something listed.
    pub fn stretches(&self, y: u16) -> Vec<(Meaning, String)> {
        stretches(&self.buffer(), y)
    }

    /// Returns the cells, each in the colour whose number is that of its meaning.
    pub fn buffer(&self) -> Buffer {
        let Size { width, height } = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let look = |meaning| {
            let place = match meaning {
                Meaning::Watch(number) => Some(WATCH + usize::from(number.0)),
                Meaning::WatchHere(number) => Some(WATCH_HERE + usize::from(number.0)),
                _ => LISTED.iter().position(|listed| *listed == meaning),
            };
            place.map_or(Style::new(), |place| Style::new().fg(Color::Indexed(place as u8)))
        };
        terminal.draw(|frame| view::draw_in(&self.state, &look, frame)).unwrap();
        terminal.backend().buffer().clone()
    }
}

/// An answer as the worker sends it.
pub fn answer(generation: Generation, ranking: Ranking, progress: Progress, is_complete: bool) -> Msg {
    Msg::RankingArrived { generation, narrowing: Arc::new(Narrowing::of(ranking)), progress, is_complete }
}

fn meaning_of(place: usize) -> Meaning {
    let number = |from: usize| CandidateNo((place - from) as u16);
    match place {
        WATCH_HERE.. => Meaning::WatchHere(number(WATCH_HERE)),
        WATCH.. => Meaning::Watch(number(WATCH)),
        _ => LISTED[place],
    }
}

/// The stretches of a row that mean something listed.
fn stretches(buffer: &Buffer, y: u16) -> Vec<(Meaning, String)> {
    let mut stretches: Vec<(Meaning, String)> = Vec::new();
    let mut before = None;
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        let meaning = match cell.fg {
            Color::Indexed(place) => Some(meaning_of(usize::from(place))),
            _ => None,
        };
        match (meaning, stretches.last_mut()) {
            (Some(_), Some((_, words))) if meaning == before => words.push_str(cell.symbol()),
            (Some(meaning), _) => stretches.push((meaning, cell.symbol().to_owned())),
            (None, _) => {}
        }
        before = meaning;
    }
    stretches
}

fn keys_in(keys: &str) -> Vec<Key> {
    let mut found = Vec::new();
    let mut rest = keys.chars();
    while let Some(letter) = rest.next() {
        let name: String =
            if letter == '<' { rest.by_ref().take_while(|&it| it != '>').collect() } else { String::new() };
        found.push(match name.as_str() {
            "" => Key::Char(letter),
            "Enter" => Key::Enter,
            "Esc" => Key::Esc,
            "PgDn" => Key::PageDown,
            "PgUp" => Key::PageUp,
            "Up" => Key::Up,
            "Tab" => Key::Tab,
            "Down" => Key::Down,
            "Right" => Key::Right,
            "BS" => Key::Backspace,
            _ => Key::Ctrl(name.strip_prefix("C-").unwrap().chars().next().unwrap()),
        });
    }
    found
}
