//! What a filter leaves of the list.
//!
//! A thread is listed when any of its messages matches. Those with a firm match stand in the list's own
//! order, so that a story is read as it happened; those that match loosely follow below a rule, the best
//! first, since by date they would be noise.

use super::Order;
use super::order::Dated;
use crate::app::watching::Named;
use crate::corpus::Corpus;
use crate::corpus::MessageNo;
use crate::query::Ranking;
use crate::threads::ContainerNo;
use crate::threads::Forest;

/// The messages that match, and quick ways to ask about them. Made by a worker: there may be a million.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    ranking: Ranking,
    firm: Bits,
    loose: Bits,
    threads: Option<Listed>,
}

/// The threads that match, of one forest.
#[derive(Clone, Debug)]
struct Listed {
    forest: Forest,
    /// The roots of those that match firmly, the best match first.
    best_first: Vec<ContainerNo>,
    /// The same, in the order of the forest.
    by_date: Vec<ContainerNo>,
    /// The roots of those that only match loosely, the best match first.
    loose: Vec<ContainerNo>,
}

/// A set of small numbers.
#[derive(Clone, Debug, Default)]
struct Bits {
    words: Vec<u64>,
}

impl Narrowing {
    /// Narrows to these messages.
    pub fn of(ranking: Ranking) -> Self {
        let bits = |numbers: &[MessageNo]| numbers.iter().map(|number| number.index()).collect();
        Self { firm: bits(ranking.firm()), loose: bits(ranking.looser()), ranking, threads: None }
    }

    /// Narrows to these messages, and finds out which threads of a forest they stand in.
    pub fn in_threads(ranking: Ranking, forest: &Forest) -> Self {
        let narrowing = Self::of(ranking);
        let threads = Some(Listed::of(&narrowing.ranking, forest));
        Self { threads, ..narrowing }
    }

    /// Returns the messages in their order.
    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// Returns whether a message matches.
    pub fn holds(&self, message: MessageNo) -> bool {
        self.firm.has(message.index()) || self.loose.has(message.index())
    }

    /// Returns the first message of a thread that matches firmly, else the first that matches.
    pub fn first_in(&self, forest: &Forest, root: ContainerNo) -> Option<MessageNo> {
        let messages = || forest.walk(root).filter_map(|step| step.message);
        let is_firm = |message: &MessageNo| self.firm.has(message.index());
        messages().find(is_firm).or_else(|| messages().find(|&message| self.holds(message)))
    }

    /// Returns the roots of the threads that match firmly in this order, and of those that match loosely
    /// in theirs.
    pub(super) fn roots(
        &self,
        order: Order,
        forest: &Forest,
        named: &Named,
    ) -> (Vec<ContainerNo>, Vec<ContainerNo>) {
        let found_out;
        let threads = match self.threads.as_ref().filter(|threads| threads.forest.is_same(forest)) {
            Some(known) => known,
            None => {
                found_out = Listed::of(&self.ranking, forest);
                &found_out
            }
        };
        let firm = match order {
            Order::BestFirst => threads.best_first.clone(),
            _ => order.roots(threads.by_date.clone(), forest, named),
        };
        (firm, threads.loose.clone())
    }

    /// Returns the messages that match firmly in this order, and those that match loosely in theirs.
    pub(super) fn messages(
        &self,
        order: Order,
        by_date: &[Dated],
        corpus: &Corpus,
        named: &Named,
    ) -> (Vec<MessageNo>, Vec<MessageNo>) {
        let firm = match order {
            Order::BestFirst => self.ranking.firm().to_vec(),
            _ => {
                let firm = by_date.iter().filter(|(_, number)| self.firm.has(number.index()));
                order.messages(&firm.copied().collect::<Vec<_>>(), corpus, named)
            }
        };
        (firm, self.ranking.looser().to_vec())
    }
}

impl Listed {
    fn of(ranking: &Ranking, forest: &Forest) -> Self {
        let mut listed = Bits::default();
        let mut first_of_each = |numbers: &[MessageNo]| -> Vec<ContainerNo> {
            let containers = numbers.iter().map(|number| ContainerNo(number.0));
            let threaded = containers.filter(|&container| forest.message(container).is_some());
            threaded
                .filter(|&container| listed.add(forest.thread_place(container)))
                .map(|container| forest.root(container))
                .collect()
        };
        let best_first = first_of_each(ranking.firm());
        let firm: Bits = best_first.iter().map(|&root| forest.thread_place(root)).collect();
        let loose = first_of_each(ranking.looser());
        let is_firm = |root: &&ContainerNo| firm.has(forest.thread_place(**root));
        let by_date = forest.roots().iter().filter(is_firm).copied().collect();
        Self { forest: forest.clone(), best_first, by_date, loose }
    }
}

impl Bits {
    /// Adds a number; returns whether it was not there.
    fn add(&mut self, number: usize) -> bool {
        let (word, bit) = (number / 64, 1 << (number % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        is_new
    }

    fn has(&self, number: usize) -> bool {
        self.words.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<Numbers: IntoIterator<Item = usize>>(numbers: Numbers) -> Self {
        let mut bits = Self::default();
        for number in numbers {
            bits.add(number);
        }
        bits
    }
}
