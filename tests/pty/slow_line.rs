//! A line as slow as a bad one, between the program and the person: 150 ms each way, 3 KB a second.
//!
//! What the program writes is taken from it at once and queues up behind the line, as it does in an SSH server
//! and the buffers of the network: nothing but the terminal's answers tells the program how far that is. Keys
//! come as from a key that is held down, thirty a second.

use super::session::ANSWER;
use super::session::QUESTION;
use super::session::count;
use std::io;
use std::io::Read;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How long anything is on its way, in each direction.
pub const DELAY: Duration = Duration::from_millis(150);

const BYTES_A_SECOND: u32 = 3000;

/// Between two keys.
const REPEAT: Duration = Duration::from_millis(33);

/// What a packet carries.
const PIECE_BYTES: usize = 120;

/// What happened at the program's end of the line, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Key(Instant),
    Asked(Instant),
    Answered(Instant),
}

/// Everything that has happened there.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Vec<Event>>>);

impl Ledger {
    fn note(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }

    pub fn forget(&self) {
        self.0.lock().unwrap().clear();
    }

    pub fn events(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }

    /// Returns how many frames were on their way at once, at most, of those that end with the question.
    pub fn frames_on_their_way(&self) -> usize {
        let mut now = 0_usize;
        let counts = self.events().into_iter().map(|event| {
            match event {
                Event::Asked(_) => now += 1,
                // That to a frame from before may come late.
                Event::Answered(_) => now = now.saturating_sub(1),
                Event::Key(_) => {}
            }
            now
        });
        counts.max().unwrap_or(0)
    }
}

/// Something that is on its way until it is due.
type Piece = (Instant, Vec<u8>);

/// The person's end of what the program writes.
struct Far {
    pieces: Receiver<Piece>,
    rest: Vec<u8>,
}

/// The person's end of what goes to the program.
struct Near {
    pieces: Sender<Piece>,
    last: Instant,
}

/// Puts the line between the ends of a terminal.
pub fn between(
    output: Box<dyn Read + Send>,
    keys: Box<dyn Write + Send>,
) -> (Box<dyn Read + Send>, Box<dyn Write + Send>, Ledger) {
    let ledger = Ledger::default();
    let (send, pieces) = mpsc::channel();
    let theirs = ledger.clone();
    thread::spawn(move || carry_output(output, &send, &theirs));
    let far = Far { pieces, rest: Vec::new() };
    let (send, pieces) = mpsc::channel();
    let theirs = ledger.clone();
    thread::spawn(move || carry_keys(&pieces, keys, &theirs));
    let near = Near { pieces: send, last: Instant::now() };
    (Box::new(far), Box::new(near), ledger)
}

fn carry_output(mut output: Box<dyn Read + Send>, send: &Sender<Piece>, ledger: &Ledger) {
    let mut free = Instant::now();
    let (mut bytes, mut asked) = (vec![0; 1 << 16], Vec::new());
    while let Ok(length @ 1..) = output.read(&mut bytes) {
        let now = Instant::now();
        // A question may come in two pieces.
        asked.extend_from_slice(&bytes[..length]);
        (0..count(&asked, QUESTION)).for_each(|_| ledger.note(Event::Asked(now)));
        asked.drain(..asked.len().saturating_sub(QUESTION.len() - 1));
        for piece in bytes[..length].chunks(PIECE_BYTES) {
            free = free.max(now) + Duration::from_secs(1) * piece.len() as u32 / BYTES_A_SECOND;
            if send.send((free + DELAY, piece.to_vec())).is_err() {
                return;
            }
        }
    }
}

fn carry_keys(pieces: &Receiver<Piece>, mut keys: Box<dyn Write + Send>, ledger: &Ledger) {
    for (due, bytes) in pieces {
        wait_until(due);
        let now = Instant::now();
        ledger.note(if bytes == ANSWER { Event::Answered(now) } else { Event::Key(now) });
        if keys.write_all(&bytes).is_err() {
            return;
        }
    }
}

fn wait_until(due: Instant) {
    thread::sleep(due.saturating_duration_since(Instant::now()));
}

impl Read for Far {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            let Ok((due, piece)) = self.pieces.recv() else { return Ok(0) };
            wait_until(due);
            self.rest = piece;
        }
        let length = self.rest.len().min(into.len());
        into[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

impl Write for Near {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let pause = if bytes == ANSWER { Duration::ZERO } else { REPEAT };
        self.last = (Instant::now() + DELAY).max(self.last + pause);
        // A program that is gone takes no more keys.
        let _ = self.pieces.send((self.last, bytes.to_vec()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
