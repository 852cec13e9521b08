//! The order in which the matches stand.
//!
//! The list's own order tells the story, and the best score the likeliest hit; so the matches that mean
//! what was typed stand in the list's order, whole words before the others, and below them the loose ones
//! by their score.

use super::answer::Answer;
use super::answer::Scores;
use super::search::Verdict;
use crate::corpus::MessageNo;
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// The ordered answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// First the firm ones, then the loose ones.
    numbers: Vec<MessageNo>,
    firm: usize,
    is_scored: bool,
}

impl Ranking {
    /// Orders the answers of all blocks. `order` is the list's own order, of as many messages as it has.
    ///
    /// Until there are scores, the loose matches stand in the list's order too.
    pub fn of(
        answers: &[Arc<Answer>],
        scores: Option<&[Scores]>,
        order: impl IntoIterator<Item = MessageNo>,
    ) -> Self {
        let verdicts = verdicts(answers);
        let mut by_class: [Vec<MessageNo>; 3] = Default::default();
        for number in order {
            if let Some(Verdict::Yes(class)) = verdicts.get(number.index()) {
                by_class[*class as usize].push(number);
            }
        }
        let [mut numbers, near, loose] = by_class;
        numbers.extend(near);
        let firm = numbers.len();
        match scores {
            Some(scores) => numbers.extend(by_score(loose, scores)),
            None => numbers.extend(loose),
        }
        Self { numbers, firm, is_scored: scores.is_some() }
    }

    /// Returns all matches, in their order.
    pub fn numbers(&self) -> &[MessageNo] {
        &self.numbers
    }

    /// Returns the matches above the rule: whole words, and letters side by side.
    pub fn firm(&self) -> &[MessageNo] {
        self.numbers.get(..self.firm).unwrap_or_default()
    }

    /// Returns those below the rule that says `looser matches`.
    pub fn looser(&self) -> &[MessageNo] {
        self.numbers.get(self.firm..).unwrap_or_default()
    }

    /// Returns whether the loose ones stand in the order of their scores.
    pub fn is_scored(&self) -> bool {
        self.is_scored
    }

    /// Returns the ranking with the first of each group only, such as the best match of each thread.
    #[must_use]
    pub fn first_of_each<Group: Eq + Hash>(&self, group: impl Fn(MessageNo) -> Group) -> Self {
        let mut seen = HashSet::new();
        let mut first = |numbers: &[MessageNo]| -> Vec<MessageNo> {
            numbers.iter().copied().filter(|&number| seen.insert(group(number))).collect()
        };
        let mut numbers = first(self.firm());
        let firm = numbers.len();
        numbers.extend(first(self.looser()));
        Self { numbers, firm, is_scored: self.is_scored }
    }
}

/// Puts the answers side by side, by message number.
fn verdicts(answers: &[Arc<Answer>]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for answer in answers {
        verdicts.resize(answer.first().index(), Verdict::No);
        verdicts.extend_from_slice(answer.verdicts());
    }
    verdicts
}

/// Sorts by score, the best first; equals stay as they are. Scores lie close together, so counting them is
/// quicker than comparing.
fn by_score(loose: Vec<MessageNo>, scores: &[Scores]) -> Vec<MessageNo> {
    let scored = || scores.iter().flatten();
    let (Some(best), Some(worst)) = (scored().map(|it| it.1).max(), scored().map(|it| it.1).min()) else {
        return loose;
    };
    let len = scored().map(|it| it.0.index() + 1).max().unwrap_or_default();
    // A message without a score stands last.
    let mut losses = vec![best.abs_diff(worst); len];
    for &(number, score) in scored() {
        if let Some(loss) = losses.get_mut(number.index()) {
            *loss = best.abs_diff(score);
        }
    }
    let loss =
        |number: MessageNo| losses.get(number.index()).copied().unwrap_or(best.abs_diff(worst)) as usize;
    let mut places = vec![0_usize; best.abs_diff(worst) as usize + 2];
    for &number in &loose {
        places[loss(number) + 1] += 1;
    }
    for place in 1..places.len() {
        places[place] += places[place - 1];
    }
    let mut sorted = vec![MessageNo::default(); loose.len()];
    for &number in &loose {
        let place = &mut places[loss(number)];
        sorted[*place] = number;
        *place += 1;
    }
    sorted
}
