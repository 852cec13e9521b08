//! When the next frame is drawn.
//!
//! At once, after a key. What goes on in the background is shown four times a second; what a key asked
//! for may take a moment before a frame is drawn without it.
//!
//! Over a slow line frames must not queue up: between us and the terminal are buffers that take seconds
//! to empty, and nothing on this machine says how full they are. So a frame of some size ends with a
//! question that every terminal answers (what it is), and until the answer is here, the frame is still
//! on its way and no other one is sent: whatever keys do meanwhile is one frame. Nobody waits for an
//! answer: before the first one, or where none comes, large frames merely keep a distance, and only what goes
//! on in the background lets the first frame arrive.

use std::time::Duration;
use std::time::Instant;

/// How long a frame waits for a message or ranking that was asked for: it is mostly there sooner, and is then
/// drawn once and not after a frame without it. Far below what an eye notices.
const GRACE: Duration = Duration::from_millis(20);

/// How long the first frame waits for the first messages.
const FIRST_GRACE: Duration = Duration::from_millis(50);

/// How often what goes on in the background is shown.
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// After this long, an answer is taken for lost.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

/// So long what goes on in the background waits for the first answer, which may never come.
const FIRST_ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// A terminal that does not say how far it is is taken for one that shows so many bytes a millisecond.
const BYTES_A_MILLISECOND: u64 = 16;

/// The longest that such a terminal is left in peace.
const PEACE: Duration = Duration::from_millis(80);

/// How soon something should be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// A person waits for it.
    Now,
    /// What a person waits for is nearly there.
    Soon,
    /// It goes on in the background.
    Leisurely,
}

/// What was written for a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    /// How much.
    pub(super) bytes: u64,
    /// It ends with the question.
    pub(super) is_asked: bool,
}

/// What decides about the next frame.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    /// When what has changed is to be seen; `None` when nothing has.
    due: Option<Instant>,
    /// Somebody waits for it.
    is_awaited: bool,
    /// When a question went out that has not been answered.
    asked: Option<Instant>,
    has_answered: bool,
    left_in_peace_until: Instant,
    progress_from: Instant,
}

impl Pace {
    /// Begins; there is a first frame to draw.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            due: Some(now + FIRST_GRACE),
            is_awaited: true,
            asked: None,
            has_answered: false,
            left_in_peace_until: now,
            progress_from: now,
        }
    }

    /// Notes that there is something new to see.
    pub(super) fn wants(&mut self, urgency: Urgency, now: Instant) {
        let at = match urgency {
            Urgency::Now => now,
            Urgency::Soon => now + GRACE,
            Urgency::Leisurely => self.progress_from.max(now),
        };
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
        self.is_awaited |= urgency != Urgency::Leisurely;
    }

    /// Notes that a frame was drawn.
    pub(super) fn drawn(&mut self, drawn: Drawn, now: Instant) {
        self.due = None;
        self.is_awaited = false;
        self.progress_from = now + PROGRESS_EVERY;
        if drawn.is_asked {
            self.asked = Some(now);
        }
        let peace = Duration::from_millis(drawn.bytes / BYTES_A_MILLISECOND).min(PEACE);
        self.left_in_peace_until = now + peace;
    }

    /// Notes that the terminal has answered: it has shown everything.
    pub(super) fn answered(&mut self) {
        self.asked = None;
        self.has_answered = true;
    }

    /// Returns when the next frame is to be drawn; `None` when there is none.
    pub(super) fn next(&self) -> Option<Instant> {
        let due = self.due?;
        Some(match self.asked {
            Some(asked) if self.has_answered => due.max(asked + ANSWERED_WITHIN),
            None if self.has_answered => due,
            Some(asked) if !self.is_awaited => due.max(asked + FIRST_ANSWER_WITHIN),
            _ => due.max(self.left_in_peace_until),
        })
    }

    /// Returns whether an answer may still come.
    pub(super) fn is_answer_due(&self) -> bool {
        self.asked.is_some() && self.has_answered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Drawn = Drawn { bytes: 1000, is_asked: true };

    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_key_is_seen_at_once_and_nothing_is_drawn_for_nothing() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert_eq!(pace.next(), Some(after(start, 50)));
        pace.wants(Urgency::Now, start);
        assert_eq!(pace.next(), Some(start));
        pace.drawn(Drawn::default(), start);
        assert_eq!(pace.next(), None);
        pace.wants(Urgency::Soon, start);
        assert_eq!(pace.next(), Some(after(start, 20)));
        pace.wants(Urgency::Now, after(start, 5));
        assert_eq!(pace.next(), Some(after(start, 5)));
    }

    #[test]
    fn progress_is_seen_four_times_a_second() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        pace.drawn(Drawn::default(), start);
        pace.wants(Urgency::Leisurely, after(start, 1));
        pace.wants(Urgency::Leisurely, after(start, 200));
        assert_eq!(pace.next(), Some(after(start, 250)));
        pace.drawn(Drawn::default(), after(start, 250));
        pace.wants(Urgency::Leisurely, after(start, 900));
        assert_eq!(pace.next(), Some(after(start, 900)));
    }

    #[test]
    fn a_frame_waits_until_the_one_before_is_seen() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        pace.drawn(FRAME, start);
        pace.answered();
        pace.wants(Urgency::Now, after(start, 1));
        assert_eq!(pace.next(), Some(after(start, 1)));
        pace.drawn(FRAME, after(start, 1));
        pace.wants(Urgency::Now, after(start, 2));
        assert_eq!(pace.next(), Some(after(start, 5001)), "or is taken for lost");
        pace.answered();
        assert_eq!(pace.next(), Some(after(start, 2)));
    }

    #[test]
    fn what_goes_on_in_the_background_waits_for_the_first_answer() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        pace.drawn(FRAME, start);
        pace.wants(Urgency::Leisurely, after(start, 1));
        assert_eq!(pace.next(), Some(after(start, 2000)));
        let mut answered = pace.clone();
        answered.answered();
        assert_eq!(answered.next(), Some(after(start, 250)));
        pace.wants(Urgency::Now, after(start, 2));
        assert_eq!(pace.next(), Some(after(start, 62)), "a key does not");
    }

    #[test]
    fn a_terminal_that_never_answers_is_not_waited_for() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        pace.drawn(FRAME, start);
        pace.wants(Urgency::Now, after(start, 1));
        assert_eq!(pace.next(), Some(after(start, 62)));
        pace.drawn(Drawn { bytes: 100_000, is_asked: true }, after(start, 62));
        pace.wants(Urgency::Now, after(start, 63));
        assert_eq!(pace.next(), Some(after(start, 142)));
    }
}
