//! All that the program knows while it runs.

use super::Command;
use super::columns::Columns;
use super::dates::Dates;
use super::filter::Filter;
use super::geometry::Focus;
use super::geometry::Layout;
use super::geometry::Size;
use super::keymap::Keymap;
use super::keymap::Place;
use super::layer::Layer;
use super::list::List;
use super::msg::Snapshot;
use super::palette::Palette;
use super::position::Position;
use super::reader::Generation;
use super::reader::Reader;
use super::watching::Watching;
use super::words;
use crate::bytes::Loss;
use crate::watch::Watchlist;
use std::sync::Arc;

/// All that the program knows. Made of parts that know themselves.
#[derive(Debug, Default)]
pub struct State {
    /// What the mailbox is called.
    pub mailbox_name: String,
    /// What has been read of it.
    pub snapshot: Snapshot,
    /// What of it is gone since it was opened.
    pub loss: Loss,
    /// It may become longer.
    pub can_grow: bool,
    /// What is appended to it is read.
    pub is_following: bool,
    /// The size of the screen.
    pub size: Size,
    /// What the terminal can show.
    pub palette: Palette,
    /// Which columns the list has.
    pub columns: Columns,
    /// How dates are written.
    pub dates: Dates,
    /// Which key does what.
    pub keymap: Keymap,
    /// Which place has the keys.
    pub focus: Focus,
    /// Conversations or messages.
    pub list: List,
    /// Which of them are listed.
    pub filter: Filter,
    /// The message that is read.
    pub reader: Reader,
    /// Who is looked for, and what is known of where they are named.
    pub watching: Watching,
    /// Counts what was asked to be counted.
    pub surveys: Generation,
    /// What lies on top; the last gets the keys.
    pub layers: Vec<Layer>,
    /// Where one was in this mailbox, until the message is there.
    pub resuming: Option<Position>,
    /// What the program has to say, until the next key.
    pub notice: Option<Notice>,
    /// What it has to say until that is dismissed.
    pub warning: Option<Notice>,
    /// The index is the one that an earlier session kept; said until the next key.
    pub is_index_kept: bool,
}

/// What the program has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice(pub String);

impl State {
    /// Looks for these candidates from now on, and says what is to be said of the watchlist.
    pub fn watch(&mut self, watchlist: impl Into<Arc<Watchlist>>) {
        let watchlist = watchlist.into();
        if let Some((first, others)) = watchlist.notes().split_first() {
            let more = words::counted(others.len() as u64, "more note");
            let more =
                if others.is_empty() { String::new() } else { format!("; {more} with the candidates") };
            self.notice = Some(Notice(format!("watchlist: {first}{more}")));
        }
        self.watching = Watching::of(watchlist);
        self.reader.set_watchlist(Arc::clone(&self.watching.watchlist));
        self.list.set_has_hits(self.watching.named().is_some());
        self.filter.set_watchlist(Arc::clone(&self.watching.watchlist));
    }

    /// Says to somebody who has opened the sample what there is to be seen, unless there is more to say.
    pub fn greet(&mut self) {
        if self.notice.is_some() || self.watching.watchlist.candidates().is_empty() {
            return;
        }
        let keys =
            [(Command::NextHit, "goes there"), (Command::Candidates, "counts"), (Command::Help, "helps")];
        let keys = keys.iter().filter_map(|(command, does)| {
            self.keymap.key_of(Place::List, *command).map(|key| format!("{key} {does}"))
        });
        let keys = keys.collect::<Vec<_>>().join(", ");
        self.notice = Some(Notice(format!("letters at the right say who is named; {keys}")));
    }

    /// Writes dates so from now on.
    pub fn write_dates(&mut self, dates: Dates) {
        self.reader.set_dates(dates.clone());
        self.dates = dates;
    }

    /// Takes in that the mailbox is open now; what cannot grow is not followed.
    pub fn opened(&mut self, can_grow: bool) {
        self.can_grow = can_grow;
        self.is_following &= can_grow;
    }

    /// Returns what stands where.
    pub fn layout(&self) -> Layout {
        self.size.layout(self.focus)
    }

    /// Returns whether keys are letters of a line.
    pub fn is_typing(&self) -> bool {
        matches!(self.layers.last(), Some(Layer::Commands(_) | Layer::Filter(_)))
    }

    /// Returns how many rows of the list are seen.
    pub fn list_height(&self) -> usize {
        self.layout().list.unwrap_or(self.layout().middle).rows()
    }
}
