//! Which of the missing messages stand in the forest.
//!
//! One that nothing answers is dropped (JWZ step 4A). Unlike JWZ's step 4B the others stay where they
//! are: an answer to a missing answer would otherwise appear under a message that it does not answer.
//! A run of missing messages, each with the next as its only answer, stands as the lowest of them;
//! the ids of those above are kept beside it.

use super::NONE;
use super::linking::Links;
use crate::corpus::IdHash;

/// The containers that stand in the forest: the messages', then those of missing ones.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The container above each, or [`NONE`].
    pub(super) parents: Vec<u32>,
    /// The id of each missing message that stands, in the order of their containers.
    pub(super) missing: Vec<IdHash>,
    /// The missing messages that do not stand, each with the one below that stands for it; oldest
    /// first in each run.
    pub(super) passed: Vec<(u32, IdHash)>,
}

/// Drops and merges containers of missing messages.
pub(super) fn prune(links: &Links) -> Standing {
    let messages = links.parents.len() - links.missing.len();
    let answers = Answers::of(&links.parents, messages);
    let mut standing = Standing { parents: links.parents[..messages].to_vec(), ..Standing::default() };
    let mut renumbered = vec![NONE; links.missing.len()];
    for (place, new) in renumbered.iter_mut().enumerate() {
        if answers.stands(place) {
            *new = (messages + standing.missing.len()) as u32;
            standing.missing.push(links.missing[place]);
            let run = standing.passed.len();
            let mut above = links.parents[messages + place];
            while let Some(passed) = missing_place(above, messages)
                && answers.is_passed(passed)
            {
                standing.passed.push((*new, links.missing[passed]));
                above = links.parents[above as usize];
            }
            standing.passed[run..].reverse();
            standing.parents.push(above);
        }
    }
    for parent in &mut standing.parents {
        if let Some(place) = missing_place(*parent, messages) {
            *parent = renumbered[place];
        }
    }
    standing
}

/// Returns the place among the missing messages of a container that is one.
fn missing_place(container: u32, messages: usize) -> Option<usize> {
    if container == NONE { None } else { (container as usize).checked_sub(messages) }
}

/// How many containers stand below each missing message, and how many of those are missing too.
struct Answers {
    all: Vec<u32>,
    missing: Vec<u32>,
}

impl Answers {
    fn of(parents: &[u32], messages: usize) -> Self {
        let missing = parents.len() - messages;
        let mut answers = Self { all: vec![0; missing], missing: vec![0; missing] };
        for (container, &parent) in parents.iter().enumerate() {
            let Some(place) = missing_place(parent, messages) else { continue };
            answers.all[place] += 1;
            answers.missing[place] += u32::from(container >= messages);
        }
        for place in 0..missing {
            answers.drop_unanswered(place, parents, messages);
        }
        answers
    }

    /// Takes a container that nothing answers, and then those above it, out of the counts.
    fn drop_unanswered(&mut self, place: usize, parents: &[u32], messages: usize) {
        let mut place = place;
        while self.all[place] == 0 {
            // Counted as dropped, so that it is not dropped twice.
            self.all[place] = NONE;
            let parent = parents[messages + place];
            let Some(above) = missing_place(parent, messages) else { return };
            self.all[above] -= 1;
            self.missing[above] -= 1;
            place = above;
        }
    }

    fn is_passed(&self, place: usize) -> bool {
        self.all[place] == 1 && self.missing[place] == 1
    }

    fn stands(&self, place: usize) -> bool {
        self.all[place] != NONE && !self.is_passed(place)
    }
}
