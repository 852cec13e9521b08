//! The screens of activity and people: opened, counted, and counted again when more is known.

use super::Effect;
use super::State;
use super::activity::Activity;
use super::effect::Survey;
use super::layer::Layer;
use super::people::People;
use super::reader::Generation;
use super::survey::Correspondents;
use super::survey::Days;
use super::survey::Surveyed;
use super::survey::day_of;
use std::sync::Arc;

impl State {
    /// Returns what is counted over: the messages that are listed, and whom they are known to name.
    pub fn surveyed(&self) -> Surveyed {
        Surveyed {
            corpus: self.snapshot.corpus.clone(),
            narrowing: self.list.narrowing().cloned(),
            namings: self.watching.namings().copied().collect(),
        }
    }

    /// Returns whether all is known that could be counted.
    fn is_all_known(&self) -> bool {
        self.snapshot.is_complete && self.watching.percent(&self.snapshot).is_none()
    }
}

/// Opens the screen of activity; its days are counted beside the loop.
pub(super) fn open_activity(state: &mut State) -> Vec<Effect> {
    let message = state.list.message().and_then(|number| state.snapshot.corpus.get(number));
    let day = message.and_then(|kept| kept.date()).map(day_of);
    let candidates = state.watching.watchlist.candidates().len();
    let generation = next_generation(state);
    state.layers.push(Layer::Activity(Box::new(Activity::waiting(generation, day, candidates))));
    vec![Effect::Survey(generation, Survey::Days)]
}

/// Opens the screen of people; they are counted beside the loop.
pub(super) fn open_people(state: &mut State) -> Vec<Effect> {
    let generation = next_generation(state);
    state.layers.push(Layer::People(Box::new(People::waiting(generation))));
    vec![Effect::Survey(generation, Survey::People)]
}

/// Counts again for every screen that is open, once: when all that could be counted is known.
pub(super) fn count_again(state: &mut State) -> Vec<Effect> {
    if !state.is_all_known() {
        return Vec::new();
    }
    let next = next_generation(state);
    let mut effects = Vec::new();
    for layer in &mut state.layers {
        let (generation, survey) = match layer {
            Layer::Activity(activity) => (&mut activity.generation, Survey::Days),
            Layer::People(people) => (&mut people.generation, Survey::People),
            _ => continue,
        };
        *generation = next;
        effects.push(Effect::Survey(next, survey));
    }
    effects
}

/// Shows the days that were asked for.
pub(super) fn days_counted(state: &mut State, generation: Generation, days: &Arc<Days>) {
    for layer in &mut state.layers {
        if let Layer::Activity(activity) = layer {
            activity.counted(generation, Arc::clone(days));
        }
    }
}

/// Shows the people that were asked for.
pub(super) fn people_counted(state: &mut State, generation: Generation, counted: &Arc<Correspondents>) {
    for layer in &mut state.layers {
        if let Layer::People(people) = layer {
            people.counted(generation, Arc::clone(counted));
        }
    }
}

fn next_generation(state: &mut State) -> Generation {
    state.surveys.0 += 1;
    state.surveys
}
