//! The wheel and a click, where a person has configured that the mouse is ours.

use super::Effect;
use super::Key;
use super::Msg;
use super::State;
use super::geometry::Focus;
use super::update::update;

/// How many rows the wheel moves at a turn.
const ROWS_A_TURN: usize = 3;

/// Moves as the arrows do, wherever one is; in a line that is typed the wheel does nothing.
pub(super) fn turned(state: &mut State, is_up: bool) -> Vec<Effect> {
    if state.is_typing() {
        return Vec::new();
    }
    let key = if is_up { Key::Up } else { Key::Down };
    (0..ROWS_A_TURN).flat_map(|_| update(state, Msg::KeyPressed(key))).collect()
}

/// Selects the row of the list that was clicked on; one that is selected is opened.
pub(super) fn clicked(state: &mut State, x: u16, y: u16) -> Vec<Effect> {
    let layout = state.layout();
    if !state.layers.is_empty() {
        return Vec::new();
    }
    if let Some(area) = layout.list.filter(|area| area.holds(x, y)) {
        let row = state.list.top() + usize::from(y - area.y);
        if row >= state.list.rows().len() {
            return Vec::new();
        }
        state.focus = Focus::List;
        if row == state.list.selected() {
            return update(state, Msg::KeyPressed(Key::Enter));
        }
        let height = state.list_height();
        state.list.select_row(&state.snapshot.forest, row, height);
    } else if layout.reader.is_some_and(|area| area.holds(x, y)) {
        state.focus = Focus::Reader;
    }
    Vec::new()
}
