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
    /// What each message answered.
    verdicts: Vec<Verdict>,
    /// Those that match: first the firm ones, then the loose ones.
    numbers: Vec<MessageNo>,
    firm: usize,
    is_scored: bool,
}

impl Ranking {
    /// Orders the answers of all blocks, those of one class in mailbox order: the list has its own.
    ///
    /// Until there are scores, the loose matches stand in mailbox order too.
    pub fn of(answers: &[Arc<Answer>], scores: Option<&[Scores]>) -> Self {
        let mut verdicts = Vec::with_capacity(answers.iter().map(|answer| answer.verdicts().len()).sum());
        answers.iter().for_each(|answer| verdicts.extend_from_slice(answer.verdicts()));
        let (mut numbers, firm) = by_class(&verdicts);
        if let Some(scores) = scores {
            let loose = numbers.split_off(firm);
            numbers.extend(by_score(loose, scores));
        }
        Self { verdicts, numbers, firm, is_scored: scores.is_some() }
    }

    /// Returns how well a message matches, if it does.
    pub fn class_of(&self, message: MessageNo) -> Option<Class> {
        self.verdicts.get(message.index()).and_then(|verdict| verdict.class())
    }

    /// Returns every message that was asked, and how well it matches, if it does.
    pub fn classes(&self) -> impl Iterator<Item = (MessageNo, Option<Class>)> {
        (0..).map(MessageNo).zip(self.verdicts.iter().map(|verdict| verdict.class()))
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

/// Puts those that match in the order of their classes, and returns them with how many are firm.
///
/// A million answers are in no order that a processor could guess; so each number is written where the next
/// one of its class belongs, and one that does not match is overwritten.
fn by_class(verdicts: &[Verdict]) -> (Vec<MessageNo>, usize) {
    const NO_MATCH: usize = 3;
    let place = |verdict: Verdict| verdict.class().map_or(NO_MATCH, |class| class as usize);
    let count = |class: Class| verdicts.iter().filter(|verdict| **verdict == Verdict::Yes(class)).count();
    let (whole, near, looser) = (count(Class::Whole), count(Class::Near), count(Class::Looser));
    let matching = whole + near + looser;
    let mut next = [0, whole, whole + near, matching];
    let mut numbers = vec![MessageNo::default(); matching + 1];
    for (number, &verdict) in (0..).zip(verdicts) {
        let class = place(verdict);
        numbers[next[class]] = MessageNo(number);
        next[class] += usize::from(class != NO_MATCH);
    }
    numbers.truncate(matching);
    (numbers, whole + near)
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
