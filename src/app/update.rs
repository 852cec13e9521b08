//! What comes of each thing that happens.

use super::Change;
use super::Command;
use super::Effect;
use super::Msg;
use super::News;
use super::Snapshot;
use super::State;
use super::candidates::Candidates;
use super::changed;
use super::command_line::CommandLine;
use super::finding;
use super::geometry::Focus;
use super::geometry::Size;
use super::keymap::Place;
use super::keys;
use super::layer::Layer;
use super::list::Shape;
use super::mouse;
use super::overview;
use super::position;
use super::state::Notice;
use super::walk;
use super::watching;
use super::words;
use crate::corpus::MessageNo;

/// A screen of long conversations shall not be a queue of its own.
const SEARCHED_FIRST: usize = 1000;

/// Changes the state by what happened, and returns what is wanted of the world.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::KeyPressed(key) => keys::pressed(state, key),
        Msg::Pasted(text) => keys::pasted(state, &text),
        Msg::WheelTurned { is_up } => mouse::turned(state, is_up),
        Msg::Clicked { x, y } => mouse::clicked(state, x, y),
        Msg::Resized(size) => resized(state, size),
        Msg::BytesRead(bytes) => {
            state.snapshot.bytes_read = bytes;
            Vec::new()
        }
        Msg::MailboxGrew(snapshot) => grew(state, snapshot),
        Msg::MessageLoaded { generation, opened } => {
            state.reader.loaded(generation, opened);
            Vec::new()
        }
        Msg::MessageGone { generation, loss } => {
            state.reader.is_gone(generation, &loss);
            changed::heard(state, Change::Lost(loss))
        }
        Msg::MessageSearched { generation, hits } => {
            state.reader.searched(generation, hits);
            Vec::new()
        }
        Msg::WordsFound { generation, words } => {
            state.reader.words_found(generation, words);
            Vec::new()
        }
        Msg::RawLoaded { generation, raw } => {
            state.reader.raw_loaded(generation, raw);
            Vec::new()
        }
        Msg::MailboxChanged(change) => changed::heard(state, change),
        Msg::RankingArrived { generation, narrowing, progress, is_complete } => {
            finding::arrived(state, generation, narrowing, (progress, is_complete))
        }
        Msg::DaysCounted { generation, days } => {
            overview::days_counted(state, generation, &days);
            Vec::new()
        }
        Msg::PeopleCounted { generation, people } => {
            overview::people_counted(state, generation, &people);
            Vec::new()
        }
        Msg::Copied { text, is_too_long } => {
            let words = if is_too_long { "too long for the clipboard" } else { "sent to the clipboard" };
            say(state, format!("{words}: {text}"));
            Vec::new()
        }
        Msg::Scanned(scanned) => {
            state.watching.scanned(&scanned, &state.snapshot.corpus);
            order_again(state);
            count_again(state);
            let mut effects = finding::named_more(state);
            effects.extend(overview::count_again(state));
            effects
        }
        Msg::IndexNews(news) => {
            tell(state, news);
            Vec::new()
        }
    };
    effects.extend(follow(state));
    effects.extend(look(state));
    effects.extend(state.reader.want_raw().map(Effect::LoadRaw));
    effects.extend(search(state));
    effects
}

/// Lets the reader, where it is seen, show what is selected.
fn follow(state: &mut State) -> Option<Effect> {
    let area = state.layout().reader?;
    state.reader.set_area(area);
    let message = state.list.message()?;
    if state.reader.shown() == Some(message) {
        return None;
    }
    Some(Effect::LoadMessage(state.reader.show(message, &state.snapshot)))
}

/// Lets the reader, where it is seen, mark what the filter found.
fn look(state: &mut State) -> Option<Effect> {
    state.layout().reader?;
    let State { filter, reader, .. } = state;
    reader.look_for(filter.found().map(|found| &found.search)).map(Effect::FindWords)
}

/// Lets the messages be searched, those of the rows that are seen first.
fn search(state: &mut State) -> Option<Effect> {
    let State { list, snapshot, watching, .. } = state;
    watching.percent(snapshot)?;
    let seen = list.rows().iter().skip(list.top()).take(usize::from(state.size.height));
    let messages = seen.flat_map(|&row| watching::messages_of(row, &snapshot.forest));
    let messages = messages.take(SEARCHED_FIRST).collect();
    watching.ask(snapshot, messages).map(Effect::Scan)
}

/// Keeps the order by hits true.
fn order_again(state: &mut State) {
    let percent = state.watching.percent(&state.snapshot).unwrap_or(100);
    let height = state.list_height();
    if let Some(named) = state.watching.named() {
        state.list.learn(named, percent, &state.snapshot, height);
    }
}

/// Keeps the candidates screen true while it is open.
fn count_again(state: &mut State) {
    for layer in &mut state.layers {
        if let Layer::Candidates(candidates) = layer {
            candidates.count_again(&state.watching, &state.snapshot);
        }
    }
}

fn grew(state: &mut State, snapshot: Snapshot) -> Vec<Effect> {
    let before = std::mem::replace(&mut state.snapshot, snapshot);
    let State { list, snapshot, watching, reader, focus, is_following, .. } = &mut *state;
    let same = snapshot.corpus.same_as(&before.corpus);
    watching.grew(&snapshot.corpus);
    let is_read = snapshot.is_complete && !before.is_complete;
    let is_at_latest = *focus == Focus::List && list.is_at_latest();
    let goes_to_latest = *is_following && (is_at_latest || (is_read && !list.has_moved()));
    let mut effects = Vec::new();
    if reader.shown().is_some_and(|shown| shown.index() >= same) {
        effects.extend(reader.show_again(snapshot).map(Effect::LoadMessage));
    }
    let height = state.list_height();
    state.list.grew(&state.snapshot, same, height);
    position::resume(state);
    if goes_to_latest {
        state.list.select_latest(&state.snapshot.forest, height);
    }
    count_again(state);
    effects.extend(finding::grew(state));
    effects.extend(overview::count_again(state));
    effects.extend((state.is_following && is_read).then_some(Effect::Follow));
    effects
}

/// Says what became of the index that is kept.
fn tell(state: &mut State, news: News) {
    state.is_index_kept = news == News::Kept;
    match news {
        News::Kept => {}
        News::Grown { messages: 0 } => say(state, "the last message has grown".to_owned()),
        News::Grown { messages } => say(state, words::counted(messages as u64, "new message")),
        News::Changed => say(state, "the mailbox has changed: indexed afresh".to_owned()),
        News::NotKept(why) => say(state, format!("the index is not kept: {why}")),
    }
}

fn resized(state: &mut State, size: Size) -> Vec<Effect> {
    state.size = size;
    let height = state.list_height();
    state.list.keep_in_sight(height);
    Vec::new()
}

pub(super) fn say(state: &mut State, words: String) {
    state.notice = Some(Notice(words));
}

pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Cite => return state.list.message().map(Effect::Cite).into_iter().collect(),
        Command::Redraw => return vec![Effect::Redraw],
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit => return vec![Effect::Quit],
        Command::Help => state.layers.push(Layer::Help { top: 0 }),
        Command::Prompt => state.layers.push(Layer::Commands(CommandLine::default())),
        Command::Filter => finding::open(state),
        Command::FilterToSender => return finding::filter_to_sender(state),
        Command::Widen => return finding::widen(state),
        Command::Follow => return changed::follow_or_stop(state),
        Command::Candidates => open_candidates(state),
        Command::Activity => return overview::open_activity(state),
        Command::People => return overview::open_people(state),
        Command::NarrowTo(place) => return finding::toggle_candidate(state, place),
        Command::NextHit => walk::go_to_next_hit(state, true),
        Command::PreviousHit => walk::go_to_next_hit(state, false),
        Command::GoTo(number) => go_to(state, number),
        Command::NextMessage => next_message(state, true),
        Command::PreviousMessage => next_message(state, false),
        Command::NextThread => next_thread(state, 1),
        Command::PreviousThread => next_thread(state, -1),
        _ if state.focus == Focus::List => return obey_in_list(state, command),
        _ => return obey_in_reader(state, command),
    }
    Vec::new()
}

fn open_candidates(state: &mut State) {
    if state.watching.watchlist.candidates().is_empty() {
        return say(state, "nobody is looked for: there is no watchlist".to_owned());
    }
    let candidates = Candidates::of(&state.watching, &state.snapshot);
    state.layers.push(Layer::Candidates(Box::new(candidates)));
}

fn obey_in_list(state: &mut State, command: Command) -> Vec<Effect> {
    if command == Command::Unfold && !has_answers(state) {
        let narrow = state.keymap.key_of(Place::List, Command::Filter);
        let narrow = narrow.map(|key| format!("; {key} narrows the list")).unwrap_or_default();
        say(state, format!("there is nothing to unfold{narrow}"));
        return Vec::new();
    }
    let height = state.list_height();
    let page = height.saturating_sub(1).max(1) as isize;
    let State { list, snapshot, .. } = state;
    let forest = &snapshot.forest;
    match command {
        Command::Down => list.move_by(forest, 1, height),
        Command::Up => list.move_by(forest, -1, height),
        Command::PageDown => list.page_by(forest, page, height),
        Command::PageUp => list.page_by(forest, -page, height),
        Command::HalfPageDown => list.page_by(forest, page / 2, height),
        Command::HalfPageUp => list.page_by(forest, -(page / 2), height),
        Command::First => list.select_row(forest, 0, height),
        Command::Last => list.select_row(forest, usize::MAX, height),
        Command::Unfold => list.set_unfolded(snapshot, true, height),
        Command::Fold => list.set_unfolded(snapshot, false, height),
        Command::UnfoldAll => list.set_all_unfolded(snapshot, true, height),
        Command::FoldAll => list.set_all_unfolded(snapshot, false, height),
        Command::TurnShape => list.turn_shape(snapshot, height),
        Command::TurnOrder => list.turn_order(snapshot, height),
        Command::Open if list.message().is_some() => {
            list.hold();
            state.focus = Focus::Reader;
        }
        _ => {}
    }
    Vec::new()
}

/// Returns whether what is selected is a conversation of more than a message.
fn has_answers(state: &State) -> bool {
    let forest = &state.snapshot.forest;
    let is_alone = |message| forest.walk(forest.thread_of(message)).nth(1).is_none();
    state.list.shape() == Shape::Threads && !state.list.message().is_some_and(is_alone)
}

fn obey_in_reader(state: &mut State, command: Command) -> Vec<Effect> {
    let reader = &mut state.reader;
    let page = reader.height().saturating_sub(1).max(1) as isize;
    match command {
        Command::Down => reader.step(1),
        Command::Up => reader.step(-1),
        Command::PageDown => reader.scroll_by(page),
        Command::PageUp | Command::ReadBack => reader.scroll_by(-page),
        Command::HalfPageDown => reader.scroll_by(page / 2),
        Command::HalfPageUp => reader.scroll_by(-(page / 2)),
        Command::First => reader.scroll_to_start(),
        Command::Last => reader.scroll_to_end(),
        Command::ReadOn if reader.is_at_end() => next_message(state, true),
        Command::ReadOn => reader.scroll_by(page),
        Command::TurnView => reader.turn_view(),
        Command::ToggleLinks => reader.toggle_links(),
        Command::ToggleQuotes => reader.toggle_quotes(),
        Command::ToggleRecipients => reader.toggle_recipients(),
        Command::Open => return reader.open().map(Effect::LoadMessage).into_iter().collect(),
        Command::Back => return back(state),
        _ => {}
    }
    Vec::new()
}

fn back(state: &mut State) -> Vec<Effect> {
    match state.reader.back(&state.snapshot) {
        Some(wanted) => wanted.map(Effect::LoadMessage).into_iter().collect(),
        None => {
            state.focus = Focus::List;
            Vec::new()
        }
    }
}

fn next_message(state: &mut State, is_next: bool) {
    let height = state.list_height();
    match state.list.neighbour(&state.snapshot.forest, is_next) {
        Some(message) => state.list.select(&state.snapshot.forest, message, height),
        None if is_next => say(state, "this is the last message".to_owned()),
        None => say(state, "this is the first message".to_owned()),
    }
}

fn next_thread(state: &mut State, threads: isize) {
    let height = state.list_height();
    state.list.move_by_thread(&state.snapshot.forest, threads, height);
}

fn go_to(state: &mut State, number: MessageNo) {
    let messages = state.snapshot.corpus.len();
    if number.index() >= messages {
        let there_are = words::counted(messages as u64, "message");
        let so_far = if state.snapshot.is_complete { "" } else { " so far" };
        return say(
            state,
            format!("there is no message {}: {there_are}{so_far}", words::count(number.ordinal())),
        );
    }
    if !state.list.lists(&state.snapshot.forest, number) {
        let ordinal = words::count(number.ordinal());
        return say(state, format!("message {ordinal} is not among what the filter lists; :all lists it"));
    }
    let height = state.list_height();
    state.list.select(&state.snapshot.forest, number, height);
}
