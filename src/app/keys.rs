//! What has the keys: a screen that lies on top, a line that is typed, or list and reader.

use super::Command;
use super::Effect;
use super::Key;
use super::State;
use super::changed;
use super::command_line::Entered;
use super::finding;
use super::geometry::Focus;
use super::keymap::Binding;
use super::keymap::Place;
use super::layer::After;
use super::layer::Layer;
use super::update::obey;
use super::update::say;

/// The screens that a key opens, whichever of them lies on top.
const SCREENS: [Command; 3] = [Command::Candidates, Command::Activity, Command::People];

/// Whoever pastes more into a line has pasted the wrong thing.
const PASTED_LETTERS_AT_MOST: usize = 1000;

/// Gives a key to whatever has the keys.
pub(super) fn pressed(state: &mut State, key: Key) -> Vec<Effect> {
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
pub(super) fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    if !state.is_typing() {
        say(state, "what is pasted goes into a line: / or : opens one".to_owned());
        return Vec::new();
    }
    let letters = text.trim().chars().take(PASTED_LETTERS_AT_MOST);
    let letters = letters.map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.flat_map(|letter| pressed(state, Key::Char(letter))).collect()
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
