//! The order in which the matches stand.
//!
//! The list's own order tells the story, and the best score the likeliest hit; so the matches that mean
//! what was typed stand apart, whole words before the others, for the list to order, and below them the
//! loose ones by their score.

use super::answer::Answer;
use super::answer::Scores;
use super::fuzzy::Class;
use super::search::Verdict;
use crate::corpus::MessageNo;
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
    /// Orders the answers of all blocks, those of one class in mailbox order: the list has its own.
    ///
    /// Until there are scores, the loose matches stand in mailbox order too.
    pub fn of(answers: &[Arc<Answer>], scores: Option<&[Scores]>) -> Self {
        let messages = answers.iter().map(|answer| answer.verdicts().len()).sum();
        let mut numbers = Vec::with_capacity(messages);
        let (mut near, mut loose) = (Vec::new(), Vec::new());
        for (number, verdict) in answers.iter().flat_map(|answer| answer.iter()) {
            match verdict {
                Verdict::Yes(Class::Whole) => numbers.push(number),
                Verdict::Yes(Class::Near) => near.push(number),
                Verdict::Yes(Class::Looser) => loose.push(number),
                Verdict::No | Verdict::Open => {}
            }
        }
        numbers.append(&mut near);
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
