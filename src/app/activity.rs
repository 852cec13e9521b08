//! The screen of activity: how many messages there are of each day, month or year.
//!
//! It looks at what is listed when it is opened. A stretch of time that is selected narrows the list.

use super::Command;
use super::layer::After;
use super::layer::moved;
use super::reader::Generation;
use super::survey::Days;
use super::survey::Period;
use super::survey::PeriodRow;
use super::survey::Step;
use super::survey::rows;
use crate::watch::CandidateNo;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// So many rows are looked through without effort; of more, a longer step is shown first.
const ROWS_AT_FIRST: usize = 100;

/// The rows, and what of them is selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// The question that its counts answer.
    pub generation: Generation,
    days: Option<Arc<Days>>,
    step: Step,
    candidate: Option<CandidateNo>,
    candidates: u16,
    rows: Vec<PeriodRow>,
    selected: usize,
    /// Where the selection began, where it is more than a row.
    anchor: Option<usize>,
    /// The day of the message that was selected in the list.
    day: Option<i64>,
}

impl Activity {
    /// Opens it while its days are counted; `day` is where the list is, `candidates` how many there are.
    pub fn waiting(generation: Generation, day: Option<i64>, candidates: usize) -> Self {
        Self { generation, day, candidates: candidates as u16, ..Self::default() }
    }

    /// Returns the days, once they are counted.
    pub fn days(&self) -> Option<&Days> {
        self.days.as_deref()
    }

    /// Returns the rows.
    pub fn rows(&self) -> &[PeriodRow] {
        &self.rows
    }

    /// Returns what a row stands for.
    pub fn step(&self) -> Step {
        self.step
    }

    /// Returns whom the bars tell apart.
    pub fn candidate(&self) -> Option<CandidateNo> {
        self.candidate
    }

    /// Returns the row that keys act on.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the rows that Enter narrows to.
    pub fn stretch(&self) -> RangeInclusive<usize> {
        let anchor = self.anchor.unwrap_or(self.selected);
        anchor.min(self.selected)..=anchor.max(self.selected)
    }

    /// Takes the days that were asked for; an answer to another question changes nothing.
    pub fn counted(&mut self, generation: Generation, days: Arc<Days>) {
        if generation != self.generation {
            return;
        }
        let is_first = self.days.replace(days).is_none();
        if is_first {
            self.step = self.first_step();
        }
        let stretch = (self.selected, self.anchor.filter(|_| !is_first));
        self.lay_out();
        if let (selected, Some(anchor)) = stretch {
            let last = self.rows.len().saturating_sub(1);
            (self.selected, self.anchor) = (selected.min(last), Some(anchor.min(last)));
        }
    }

    fn first_step(&self) -> Step {
        let Some(days) = &self.days else { return Step::Month };
        let fits = |step: &Step| rows(days, *step, None).len() <= ROWS_AT_FIRST;
        [Step::Day, Step::Month].into_iter().find(fits).unwrap_or(Step::Year)
    }

    /// Lays the rows out anew; the day that was selected stays so.
    fn lay_out(&mut self) {
        let Some(days) = &self.days else { return };
        self.rows = rows(days, self.step, self.candidate);
        self.anchor = None;
        let holds =
            |row: &PeriodRow| self.day.is_some_and(|day| row.period().is_some_and(|it| it.holds(day)));
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.rows.iter().position(holds).unwrap_or(self.selected.min(last));
    }

    /// Takes what a key means; `height` rows are seen.
    pub fn take(&mut self, meant: Option<Command>, height: usize) -> After {
        match meant {
            Some(Command::Back) if self.anchor.is_some() => self.anchor = None,
            Some(Command::Back | Command::Activity) => return After::Goes,
            Some(Command::Stretch) => self.anchor = self.anchor.xor(Some(self.selected)),
            Some(Command::Unfold) => self.turn(self.step.shorter()),
            Some(Command::Fold) => self.turn(self.step.longer()),
            Some(Command::Open) => return self.narrow(),
            Some(Command::NarrowTo(place)) => self.toggle_candidate(u16::from(place)),
            _ => self.go(meant, height),
        }
        After::Stays
    }

    fn go(&mut self, meant: Option<Command>, height: usize) {
        let Some(to) = moved(meant, self.selected, height, self.rows.len()) else { return };
        let is_down = to > self.selected;
        self.selected = to;
        // Nothing can be done with a gap.
        if self.period().is_none() {
            self.selected = if is_down { to + 1 } else { to.saturating_sub(1) };
        }
        self.day = self.period().and_then(|period| self.first_day_in(period));
    }

    fn period(&self) -> Option<Period> {
        self.rows.get(self.selected)?.period()
    }

    fn first_day_in(&self, period: Period) -> Option<i64> {
        self.days.as_ref()?.all().keys().copied().find(|&day| period.holds(day)).or(self.day)
    }

    fn turn(&mut self, step: Step) {
        if step != self.step {
            self.step = step;
            self.lay_out();
        }
    }

    fn toggle_candidate(&mut self, place: u16) {
        if place < self.candidates {
            self.candidate = Some(CandidateNo(place)).filter(|chosen| self.candidate != Some(*chosen));
            let (selected, anchor) = (self.selected, self.anchor);
            self.lay_out();
            (self.selected, self.anchor) = (selected, anchor);
        }
    }

    fn narrow(&self) -> After {
        let stretch = self.rows.get(self.stretch()).unwrap_or_default();
        let mut periods = stretch.iter().filter_map(|row| row.period());
        let Some(first) = periods.next() else { return After::Stays };
        let last = periods.next_back().unwrap_or(first);
        let value = if first == last { first.to_string() } else { format!("{first}..{last}") };
        After::Narrows { field: "date:", value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Key;
    use crate::app::keymap::Keymap;
    use crate::app::keymap::Place;

    const NEW_YEAR_2017: i64 = 17_167;

    fn opened(days: &[i64]) -> Activity {
        let mut activity = Activity::waiting(Generation(1), Some(NEW_YEAR_2017 + 33), 5);
        let days = Days::of_counts(days.iter().map(|day| (NEW_YEAR_2017 + day, 1)));
        activity.counted(Generation(1), Arc::new(days));
        activity
    }

    #[track_caller]
    fn check(mut activity: Activity, keys: &[Key], expected: &str) {
        let keymap = Keymap::default();
        let last = keys.iter().map(|key| activity.take(keymap.command(Place::OnTop, *key), 10)).last();
        let expected = After::Narrows { field: "date:", value: expected.to_owned() };
        assert_eq!(last, Some(expected), "{keys:?}");
    }

    #[test]
    fn a_stretch_narrows_the_list() {
        use Key::Char;
        use Key::Enter;
        let days = [0, 31, 33, 60, 400, 401];
        check(opened(&days), &[Enter], "2017-02-03");
        check(opened(&days), &[Char('h'), Enter], "2017-02");
        check(opened(&days), &[Char('h'), Char('h'), Enter], "2017");
        check(opened(&days), &[Char('h'), Char('v'), Char('j'), Enter], "2017-02..2017-03");
        check(opened(&days), &[Char('h'), Char('v'), Char('k'), Enter], "2017-01..2017-02");
        check(opened(&days), &[Char('h'), Char('j'), Char('j'), Enter], "2018-02");
        check(opened(&days), &[Char('h'), Char('j'), Char('j'), Char('l'), Enter], "2018-02-05");
    }

    #[test]
    fn what_was_counted_for_another_question_changes_nothing() {
        let mut activity = Activity::waiting(Generation(2), None, 0);
        activity.counted(Generation(1), Arc::new(Days::default()));
        assert!(activity.days().is_none());
        assert_eq!(activity.take(Some(Command::Open), 10), After::Stays);
        assert_eq!(activity.take(Some(Command::Back), 10), After::Goes);
    }
}
