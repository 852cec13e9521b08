//! Counting what is looked at rather than read, beside the loop.
//!
//! Each question has a worker of its own that ends with its answer: it is asked when a screen is opened,
//! and takes as long as a look at every envelope.

use super::ending;
use super::screen::Heard;
use crate::app::Msg;
use crate::app::effect::Survey;
use crate::app::reader::Generation;
use crate::app::survey::Correspondents;
use crate::app::survey::Days;
use crate::app::survey::Surveyed;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

/// Counts what was asked for, and tells the loop.
pub(super) fn count(generation: Generation, survey: Survey, surveyed: Surveyed, say: Sender<Heard>) {
    thread::spawn(move || {
        ending::doing("counting");
        let msg = match survey {
            Survey::Days => Msg::DaysCounted { generation, days: Arc::new(Days::of(&surveyed)) },
            Survey::People => {
                Msg::PeopleCounted { generation, people: Arc::new(Correspondents::of(&surveyed)) }
            }
        };
        // Where nobody hears any more the program is about to end.
        let _ = say.send(Heard::Msg(msg));
    });
}
