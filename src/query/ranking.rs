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
use std::borrow::Cow;
use std::sync::Arc;

/// The ordered answer to a query.
///
/// What stands in which place is laid out as somebody asks for it: of a million messages, the list needs what
/// each answered, and seldom more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// What each message answered.
    verdicts: Vec<Verdict>,
    /// The loose matches, once there are scores to order them.
    scored: Option<Vec<MessageNo>>,
}

impl Ranking {
    /// Orders the answers of all blocks, those of one class in mailbox order: the list has its own.
    ///
    /// Until there are scores, the loose matches stand in mailbox order too.
    pub fn of(answers: &[Arc<Answer>], scores: Option<&[Scores]>) -> Self {
        let mut verdicts = Vec::with_capacity(answers.iter().map(|answer| answer.verdicts().len()).sum());
        answers.iter().for_each(|answer| verdicts.extend_from_slice(answer.verdicts()));
        let ranking = Self { verdicts, scored: None };
        let scored = scores.map(|scores| by_score(ranking.of_class(Class::Looser), scores));
        Self { scored, ..ranking }
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
    pub fn numbers(&self) -> Vec<MessageNo> {
        [self.firm(), self.looser().into_owned()].concat()
    }

    /// Returns the matches above the rule: whole words, and behind them letters side by side.
    pub fn firm(&self) -> Vec<MessageNo> {
        [self.of_class(Class::Whole), self.of_class(Class::Near)].concat()
    }

    /// Returns those below the rule that says `looser matches`.
    pub fn looser(&self) -> Cow<'_, [MessageNo]> {
        match &self.scored {
            Some(scored) => Cow::Borrowed(scored),
            None => Cow::Owned(self.of_class(Class::Looser)),
        }
    }

    /// Returns whether the loose ones stand in the order of their scores.
    pub fn is_scored(&self) -> bool {
        self.scored.is_some()
    }

    /// Returns the messages that match as well as this, in mailbox order.
    ///
    /// A million answers are in no order that a processor could guess: each number is written where the next one
    /// belongs, and written over if it does not.
    fn of_class(&self, class: Class) -> Vec<MessageNo> {
        let is_meant = |verdict: &Verdict| *verdict == Verdict::Yes(class);
        let count = self.verdicts.iter().filter(|verdict| is_meant(verdict)).count();
        let mut found = vec![MessageNo::default(); count + 1];
        let mut next = 0;
        for (number, verdict) in (0..).zip(&self.verdicts) {
            found[next] = MessageNo(number);
            next += usize::from(is_meant(verdict));
        }
        found.truncate(count);
        found
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
