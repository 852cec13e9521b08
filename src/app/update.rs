//! What comes of each thing that happens.

use super::Change;
use super::Command;
use super::Effect;
use super::Key;
use super::Msg;
use super::News;
use super::Snapshot;
use super::State;
use super::candidates::Candidates;
use super::changed;
use super::command_line::CommandLine;
use super::command_line::Entered;
use super::finding;
use super::geometry::Focus;
use super::geometry::Size;
use super::keymap::Binding;
use super::keymap::Place;
use super::layer::After;
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

/// The screens that a key opens, whichever of them lies on top.
const SCREENS: [Command; 3] = [Command::Candidates, Command::Activity, Command::People];

/// Whoever pastes more into a line has pasted the wrong thing.
const PASTED_LETTERS_AT_MOST: usize = 1000;

/// Changes the state by what happened, and returns what is wanted of the world.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::KeyPressed(key) => key_pressed(state, key),
        Msg::Pasted(text) => pasted(state, &text),
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

fn key_pressed(state: &mut State, key: Key) -> Vec<Effect> {
    state.notice = None;
    state.is_index_kept = false;
    let height = state.layout().middle.rows();
    let meant = state.keymap.command(Place::OnTop, key);
    if let Some(command) = meant.filter(|&command| is_for_the_screen(state, command)) {
        return obey_over_a_screen(state, command);
    }
    match state.layers.last_mut() {
        None if key == Key::Esc && state.warning.take().is_some() => {}
        None => match state.keymap.command(state.focus, key) {
            Some(command) => return obey(state, command),
            None if key == Key::Ctrl('c') => return interrupted(state),
            None => say(state, state.keymap.hint(state.focus, key)),
        },
        Some(Layer::Filter(_)) => return finding::take(state, key),
        Some(Layer::Candidates(_)) => return key_on_candidates(state, meant, height),
        Some(layer) => match layer.take(key, meant, height) {
            After::Stays => {}
            After::Goes => drop(state.layers.pop()),
            After::Says(entered) => {
                state.layers.pop();
                return obey_entered(state, entered);
            }
            After::Narrows { field, value } => {
                state.layers.pop();
                return finding::ask_term(state, field, &value);
            }
        },
    }
    Vec::new()
}

/// Returns whether a command is about the screen that lies on top as a whole: help on it, another one in its
/// place, and what can be asked for anywhere.
fn is_for_the_screen(state: &State, command: Command) -> bool {
    let opened_by = match state.layers.last() {
        Some(Layer::Candidates(_)) => Command::Candidates,
        Some(Layer::Activity(_)) => Command::Activity,
        Some(Layer::People(_)) => Command::People,
        _ => return false,
    };
    let is_another = SCREENS.contains(&command) && command != opened_by;
    is_another || matches!(command, Command::Help | Command::Redraw | Command::Suspend)
}

fn obey_over_a_screen(state: &mut State, command: Command) -> Vec<Effect> {
    if SCREENS.contains(&command) {
        state.layers.pop();
    }
    obey(state, command)
}

/// Moves in the candidates screen, or leaves it with what is selected or with a candidate of the digits.
fn key_on_candidates(state: &mut State, meant: Option<Command>, height: usize) -> Vec<Effect> {
    let Some(Layer::Candidates(candidates)) = state.layers.last_mut() else { return Vec::new() };
    match meant {
        Some(Command::Open) => {
            let chosen = candidates.chosen();
            state.layers.pop();
            return finding::choose(state, chosen);
        }
        Some(command @ Command::NarrowTo(_)) => {
            state.layers.pop();
            return obey(state, command);
        }
        Some(Command::Back | Command::Candidates) => drop(state.layers.pop()),
        _ => candidates.go(meant, height),
    }
    Vec::new()
}

/// Says how to leave; where no key does, leaves.
fn interrupted(state: &mut State) -> Vec<Effect> {
    if state.snapshot.is_opening() {
        return vec![Effect::Quit];
    }
    if state.is_following {
        return changed::stop_following(state);
    }
    let Some(key) = state.keymap.key_of(Place::List, Command::Quit) else { return vec![Effect::Quit] };
    say(state, format!("{key} quits from the list"));
    Vec::new()
}

fn obey_entered(state: &mut State, entered: Entered) -> Vec<Effect> {
    match entered {
        Entered::Number(number) => obey(state, Command::GoTo(number)),
        Entered::Command(binding) => obey_named(state, binding),
        Entered::Unknown(typed) => {
            let keys = state.keymap.key_of(state.focus, Command::Help);
            let keys = keys.map(|key| format!("; {key} shows the keys")).unwrap_or_default();
            say(state, format!("no command is called {typed}{keys}"));
            Vec::new()
        }
    }
}

/// Types a text that was pasted, as one line; where no line is being typed it does nothing.
fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    if !state.is_typing() {
        say(state, "what is pasted goes into a line: / or : opens one".to_owned());
        return Vec::new();
    }
    let letters = text.trim().chars().take(PASTED_LETTERS_AT_MOST);
    let letters = letters.map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.flat_map(|letter| key_pressed(state, Key::Char(letter))).collect()
}

/// Obeys a command by its name, in the place that it is for.
fn obey_named(state: &mut State, binding: &Binding) -> Vec<Effect> {
    if !binding.place.holds(state.focus.into()) {
        if state.focus == Focus::List && state.layout().reader.is_none() {
            say(state, format!("{} is for a message that is open", binding.name()));
            return Vec::new();
        }
        state.focus = if state.focus == Focus::List { Focus::Reader } else { Focus::List };
    }
    obey(state, binding.command)
}

pub(super) fn say(state: &mut State, words: String) {
    state.notice = Some(Notice(words));
}

fn obey(state: &mut State, command: Command) -> Vec<Effect> {
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
