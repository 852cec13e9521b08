//! What keys, answers and new messages do to the filter and the list that it narrows.

use super::Effect;
use super::Key;
use super::State;
use super::candidates::Chosen;
use super::changed;
use super::filter::Change;
use super::filter::FilterLine;
use super::filter::Step;
use super::filter::with_term;
use super::filter::without_term;
use super::geometry::Focus;
use super::layer::Layer;
use super::list::Narrowing;
use super::msg::Progress;
use super::reader::Generation;
use super::state::Notice;
use super::update::say;
use crate::query::Asks;
use crate::query::Fact;
use crate::watch::CandidateNo;
use std::sync::Arc;

/// Opens the line for the filter, with what is asked now in it.
pub(super) fn open(state: &mut State) {
    state.focus = Focus::List;
    state.layers.push(Layer::Filter(FilterLine::with(state.filter.line())));
}

/// Gives a key to the line for the filter.
pub(super) fn take(state: &mut State, key: Key) -> Vec<Effect> {
    let Some(Layer::Filter(line)) = state.layers.last_mut() else { return Vec::new() };
    match line.take(key, state.filter.kept(), &state.snapshot.corpus, &state.watching.watchlist) {
        Step::Typed => {
            let typed = line.prompt().typed().to_owned();
            ask(state, &typed)
        }
        Step::Dropped => {
            state.layers.pop();
            drop_filter(state)
        }
        Step::Kept => {
            match state.filter.keep() {
                Ok(()) => drop(state.layers.pop()),
                Err(error) => state.notice = Some(Notice(error.wrong.to_string())),
            }
            Vec::new()
        }
    }
}

/// Asks this line, whoever wrote it; the list is narrowed when the answer is there.
pub(super) fn ask(state: &mut State, line: &str) -> Vec<Effect> {
    match state.filter.take(line) {
        Change::Nothing => Vec::new(),
        Change::Asks(question) => {
            state.list.asks_anew();
            vec![Effect::Rank(question)]
        }
        Change::Drops => {
            narrow(state);
            vec![Effect::StopRanking]
        }
    }
}

/// Puts a term such as `from:` and a value into the filter, in the place of one of the same field, and
/// asks again.
pub(super) fn ask_term(state: &mut State, field: &str, value: &str) -> Vec<Effect> {
    let line = with_term(state.filter.line(), field, value);
    ask_kept(state, &line)
}

/// Asks a line that is kept at once.
fn ask_kept(state: &mut State, line: &str) -> Vec<Effect> {
    let effects = ask(state, line);
    match state.filter.keep() {
        Ok(()) => state.focus = Focus::List,
        Err(error) => say(state, error.wrong.to_string()),
    }
    effects
}

/// Narrows the list to one candidate, the rest of the filter kept; where it asks for that one already, takes
/// that back.
pub(super) fn toggle_candidate(state: &mut State, place: u8) -> Vec<Effect> {
    let watchlist = Arc::clone(&state.watching.watchlist);
    let Some(candidate) = watchlist.candidates().get(usize::from(place)) else {
        say(state, format!("the watchlist has no candidate {}", u32::from(place) + 1));
        return Vec::new();
    };
    let alone = [CandidateNo(u16::from(place))];
    let is_meant = |asks: &Asks| match asks {
        Asks::Fact(Fact::Candidate(letters)) => watchlist.asked(letters).is_ok_and(|whom| whom == alone),
        _ => false,
    };
    match without_term(state.filter.line(), is_meant) {
        Some(line) => ask_kept(state, &line),
        None => ask_term(state, "candidate:", &candidate.badge.to_string()),
    }
}

/// Lists what a row of the candidates screen counts, and nothing else.
pub(super) fn choose(state: &mut State, chosen: Chosen) -> Vec<Effect> {
    let line = match chosen {
        Chosen::Candidate(badge) => with_term("", "candidate:", &badge.to_string()),
        Chosen::Unsearchable => "is:unsearchable".to_owned(),
    };
    ask_kept(state, &line)
}

/// Narrows the list to the sender of what is selected.
pub(super) fn filter_to_sender(state: &mut State) -> Vec<Effect> {
    let corpus = &state.snapshot.corpus;
    let Some(sender) = state.list.message().and_then(|number| corpus.get(number)).map(|it| it.sender())
    else {
        return Vec::new();
    };
    let value = if sender.address.is_empty() { sender.name } else { sender.address }.to_owned();
    if value.is_empty() {
        say(state, "this message does not say who wrote it".to_owned());
        return Vec::new();
    }
    ask_term(state, "from:", &value)
}

/// Stops looking for more; where nothing is looked for any more, lists every message again.
pub(super) fn widen(state: &mut State) -> Vec<Effect> {
    if state.filter.is_running() && state.filter.found().is_some() {
        state.filter.stop();
        return vec![Effect::StopRanking];
    }
    match state.filter.query() {
        None if state.is_following => changed::stop_following(state),
        None => Vec::new(),
        Some(_) => drop_filter(state),
    }
}

/// Asks the same of a mailbox that has grown; until there is an answer the list stays as it was.
pub(super) fn grew(state: &mut State) -> Vec<Effect> {
    state.filter.ask_again().map(Effect::Rank).into_iter().collect()
}

/// Narrows the list to an answer, unless it is one to an older question.
pub(super) fn arrived(
    state: &mut State,
    generation: Generation,
    narrowing: Arc<Narrowing>,
    progress: (Progress, bool),
) -> Vec<Effect> {
    if !state.filter.arrived(generation, narrowing, progress, &state.snapshot.corpus) {
        return Vec::new();
    }
    narrow(state);
    named_more(state)
}

/// Asks again for what waits until it has been searched for candidates.
pub(super) fn named_more(state: &mut State) -> Vec<Effect> {
    let percent = state.watching.percent(&state.snapshot);
    state.filter.ask_as_far_as(percent).map(Effect::Rank).into_iter().collect()
}

fn drop_filter(state: &mut State) -> Vec<Effect> {
    state.filter.drop_query();
    narrow(state);
    vec![Effect::StopRanking]
}

fn narrow(state: &mut State) {
    let height = state.list_height();
    let narrowing = state.filter.found().map(|found| Arc::clone(&found.narrowing));
    state.list.narrow(narrowing, &state.snapshot, height);
}
