//! The walk from hit to hit: within the message, then through the messages of the list.

use super::State;
use super::geometry::Focus;
use super::state::Notice;
use crate::corpus::MessageNo;

/// What the list has in one direction.
enum Ahead {
    /// A message that names somebody.
    Hit(MessageNo),
    /// First of all a message that has not been searched.
    Unsearched,
    /// Nothing.
    Nothing,
}

/// Goes to the next hit, or the one before.
pub(super) fn go_to_next_hit(state: &mut State, is_next: bool) {
    if state.watching.watchlist.candidates().is_empty() {
        return say(state, "nobody is looked for: there is no watchlist");
    }
    if state.focus == Focus::Reader && state.reader.go_to_next_hit(is_next) {
        return;
    }
    if state.focus == Focus::Reader && !state.reader.is_searched() {
        return say(state, "this message is being searched; try again in a moment");
    }
    let selected = state.list.message();
    if let Some(message) = selected.filter(|&it| state.focus == Focus::List && names_somebody(state, it)) {
        return land(state, message, is_next);
    }
    match ahead(state, is_next) {
        Ahead::Hit(message) => land(state, message, is_next),
        Ahead::Unsearched => say(state, "what comes next is being searched; try again in a moment"),
        Ahead::Nothing if is_next => say(state, "there are no hits further down"),
        Ahead::Nothing => say(state, "there are no hits further up"),
    }
}

fn ahead(state: &State, is_next: bool) -> Ahead {
    for message in state.list.messages_beyond(&state.snapshot.forest, is_next) {
        match state.watching.named_in(message) {
            None => return Ahead::Unsearched,
            Some([]) => {}
            Some(_) => return Ahead::Hit(message),
        }
    }
    Ahead::Nothing
}

fn names_somebody(state: &State, message: MessageNo) -> bool {
    state.watching.named_in(message).is_some_and(|named| !named.is_empty())
}

fn land(state: &mut State, message: MessageNo, is_first: bool) {
    let height = state.list_height();
    state.list.select(&state.snapshot.forest, message, height);
    state.focus = Focus::Reader;
    if let Some(area) = state.layout().reader {
        state.reader.set_area(area);
    }
    state.reader.land_in(message, is_first);
}

fn say(state: &mut State, words: &str) {
    state.notice = Some(Notice(words.to_owned()));
}
