//! The walk from hit to hit: within the message, then through the messages of the list.

use super::State;
use super::geometry::Focus;
use super::state::Notice;
use crate::corpus::MessageNo;
use crate::query::Search;

/// What the list has in one direction.
enum Ahead {
    /// A message that names somebody, or has a word of the filter in its texts.
    Hit(MessageNo),
    /// First of all a message that has not been searched.
    Unsearched,
    /// Nothing.
    Nothing,
}

/// Goes to the next hit, or the one before.
pub(super) fn go_to_next_hit(state: &mut State, is_next: bool) {
    let search = state.filter.found().map(|found| &found.search);
    let is_anything_looked_for = search.is_some_and(Search::looks_into_texts);
    if state.watching.watchlist.candidates().is_empty() && !is_anything_looked_for {
        return say(state, "nobody is looked for: there is no watchlist");
    }
    if state.focus == Focus::Reader && state.reader.go_to_next_hit(is_next) {
        return;
    }
    if state.focus == Focus::Reader && !state.reader.is_searched() {
        return say(state, "this message is being searched; try again in a moment");
    }
    let selected = state.list.message().filter(|_| state.focus == Focus::List);
    if let Some(message) = selected.filter(|&it| has_hit(state, it) == Some(true)) {
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
        match has_hit(state, message) {
            None => return Ahead::Unsearched,
            Some(false) => {}
            Some(true) => return Ahead::Hit(message),
        }
    }
    Ahead::Nothing
}

/// Returns whether a message names somebody, or is listed for a word in its texts; `None` where that is not
/// known yet.
fn has_hit(state: &State, message: MessageNo) -> Option<bool> {
    let found = state.filter.found().filter(|found| found.search.is_of_texts());
    if found.is_some_and(|found| found.narrowing.holds(message)) {
        return Some(true);
    }
    if state.watching.watchlist.candidates().is_empty() {
        return Some(false);
    }
    state.watching.named_in(message).map(|named| !named.is_empty())
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
