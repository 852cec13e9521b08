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
use crate::query::Answer;
use crate::query::Class;
use crate::query::Ranking;
use crate::threads::ContainerNo;
use crate::threads::Forest;
use std::sync::Arc;

/// The messages that match, and quick ways to ask about them. Made by a worker, but for the order best first:
/// there may be a million.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    ranking: Ranking,
    threads: Option<Threads>,
}

/// The threads that match, of one forest.
#[derive(Clone, Debug)]
struct Threads {
    forest: Forest,
    /// The roots of those that match firmly, in the order of the forest.
    firm: Vec<ContainerNo>,
    /// The roots of those that only match loosely, the best match first once there are scores.
    loose: Vec<ContainerNo>,
}

/// How well the best message of each thread of a forest matches: the lesser, the better. A number has no
/// branch that a processor would have to guess.
#[derive(Clone, Debug, Default)]
struct Best {
    /// In the order of the forest.
    ranks: Vec<u8>,
}

/// A set of small numbers.
#[derive(Clone, Debug, Default)]
struct Bits {
    words: Vec<u64>,
}

impl Narrowing {
    /// Narrows to these messages.
    pub fn of(ranking: Ranking) -> Self {
        Self { ranking, threads: None }
    }

    /// Narrows to these messages, and finds out which threads of a forest they stand in.
    pub fn in_threads(ranking: Ranking, forest: &Forest) -> Self {
        let threads = Some(Threads::of(&ranking, forest));
        Self { ranking, threads }
    }

    /// Narrows to what was answered, as long as loose matches have no scores. Half of it is done by the
    /// second of the two that `both` calls.
    pub fn of_answers(
        answers: &[Arc<Answer>],
        forest: &Forest,
        both: impl FnOnce(&mut dyn FnMut(), &mut (dyn FnMut() + Send)),
    ) -> Self {
        let (some, others) = answers.split_at(answers.len() / 2);
        let (mut ranking, mut best, mut other) = <(Ranking, Best, Best)>::default();
        let mut rank = || {
            ranking = Ranking::of(answers, None);
            best = Best::of_answers(some, forest);
        };
        both(&mut rank, &mut || other = Best::of_answers(others, forest));
        Self { ranking, threads: Some(Threads::with(&best.or(&other), forest)) }
    }

    /// Returns the messages in their order.
    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// Returns whether a message matches.
    pub fn holds(&self, message: MessageNo) -> bool {
        self.ranking.class_of(message).is_some()
    }

    fn is_firm(&self, message: MessageNo) -> bool {
        self.ranking.class_of(message).is_some_and(|class| class < Class::Looser)
    }

    /// Returns the first message of a thread that matches firmly, else the first that matches.
    pub fn first_in(&self, forest: &Forest, root: ContainerNo) -> Option<MessageNo> {
        let messages = || forest.walk(root).filter_map(|step| step.message);
        let is_firm = |message: &MessageNo| self.is_firm(*message);
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
                found_out = Threads::of(&self.ranking, forest);
                &found_out
            }
        };
        let firm = match order {
            Order::BestFirst => first_of_each(&self.ranking.firm(), forest),
            _ => order.roots(threads.firm.clone(), forest, named),
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
            Order::BestFirst => self.ranking.firm(),
            _ => {
                let firm = by_date.iter().filter(|(_, number)| self.is_firm(*number));
                order.messages(&firm.copied().collect::<Vec<_>>(), corpus, named)
            }
        };
        (firm, self.ranking.looser().into_owned())
    }
}

impl Threads {
    /// Finds the threads in which messages match, those that match loosely in the order of the forest until
    /// the ranking has scores.
    fn of(ranking: &Ranking, forest: &Forest) -> Self {
        let threads = Self::with(&Best::of(ranking.classes(), forest), forest);
        if !ranking.is_scored() {
            return threads;
        }
        let loose: Bits = threads.loose.iter().map(|&root| forest.thread_place(root)).collect();
        let mut best_first = first_of_each(&ranking.looser(), forest);
        best_first.retain(|&root| loose.has(forest.thread_place(root)));
        Self { loose: best_first, ..threads }
    }

    /// Finds them by the best message of each, those that match loosely in the order of the forest.
    fn with(best: &Best, forest: &Forest) -> Self {
        let of_rank = |is_meant: fn(u8) -> bool| {
            let mut found = vec![ContainerNo::default(); forest.roots().len()];
            let mut count = 0;
            for (&root, &rank) in forest.roots().iter().zip(&best.ranks) {
                // One that is not meant is written over.
                found[count] = root;
                count += usize::from(is_meant(rank));
            }
            found.truncate(count);
            found.shrink_to_fit();
            found
        };
        Self {
            forest: forest.clone(),
            firm: of_rank(|rank| rank < LOOSE),
            loose: of_rank(|rank| rank == LOOSE),
        }
    }
}

/// The rank of what matches loosely; what does not match has a greater one.
const LOOSE: u8 = Class::Looser as u8;

impl Best {
    fn of_answers(answers: &[Arc<Answer>], forest: &Forest) -> Self {
        let answered = answers.iter().flat_map(|answer| answer.iter());
        Self::of(answered.map(|(number, verdict)| (number, verdict.class())), forest)
    }

    fn of(classes: impl Iterator<Item = (MessageNo, Option<Class>)>, forest: &Forest) -> Self {
        let mut ranks = vec![u8::MAX; forest.roots().len()];
        classes.for_each(|(number, class)| {
            if let Some(best) = ranks.get_mut(forest.thread_place(ContainerNo(number.0))) {
                *best = (*best).min(class.map_or(u8::MAX, |class| class as u8));
            }
        });
        Self { ranks }
    }

    /// Returns the better of what both have for each thread.
    fn or(mut self, other: &Self) -> Self {
        self.ranks.iter_mut().zip(&other.ranks).for_each(|(one, other)| *one = (*one).min(*other));
        self
    }
}

/// Returns the roots of the threads that messages stand in, each once, in the order of the messages.
fn first_of_each(numbers: &[MessageNo], forest: &Forest) -> Vec<ContainerNo> {
    let mut listed = Bits::default();
    let containers = numbers.iter().map(|number| ContainerNo(number.0));
    let threaded = containers.filter(|&container| forest.message(container).is_some());
    let first = threaded.filter(|&container| {
        // A forest that was kept may hold any numbers.
        let place = forest.thread_place(container);
        place < forest.roots().len() && listed.add(place)
    });
    first.map(|container| forest.root(container)).collect()
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
        numbers.into_iter().for_each(|number| {
            bits.add(number);
        });
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::ByteRange;
    use crate::columns::Packer;
    use crate::columns::Unpacker;
    use crate::corpus::IdKey;
    use crate::corpus::Segment;
    use crate::query::NoFacts;
    use crate::query::Query;
    use crate::query::Search;
    use crate::query::blocks;

    const MAILBOX: &[u8] = b"From a@b Wed Feb  1 08:30:00 2017\nSubject: bat\n\n\
        From a@b Wed Feb  1 08:30:00 2017\nSubject: b or a or t\n\n";

    /// Keeps a forest but for the column that says which thread a container is of.
    fn without_threads(forest: &Forest) -> Forest {
        let mut bytes = Vec::new();
        forest.pack(&mut Packer::new(&mut bytes)).unwrap();
        // Behind a column of one number, another: how many values, how large each, and the values.
        let mut numbers =
            bytes.as_chunks::<8>().0.iter().map(|eight| u64::from_ne_bytes(*eight)).collect::<Vec<_>>();
        let places = (numbers[3] * numbers[4]).div_ceil(8) as usize;
        let column = 5 + places;
        let values = (numbers[column] * numbers[column + 1]).div_ceil(8) as usize;
        numbers[column] = 0;
        numbers.drain(column + 2..column + 2 + values);
        Forest::unpack(&mut Unpacker::new(bytemuck::cast_slice(numbers.leak()))).unwrap()
    }

    #[test]
    fn a_damaged_forest_leads_nowhere_at_worst() {
        let segment = Segment::read(MAILBOX, ByteRange::all(MAILBOX), IdKey::default());
        let corpus = Corpus::default().grown([Arc::new(segment)]);
        let search = Search::new(&Query::parse("bat").unwrap(), IdKey::default());
        let block = &blocks(&corpus, MessageNo(0)..MessageNo(2))[0];
        let answer = Arc::new(search.over(block, &corpus, &NoFacts, None));
        let scores = search.scores(block, &answer, || true).unwrap();
        let listed = |forest: &Forest| {
            let ranking = Ranking::of(std::slice::from_ref(&answer), Some(std::slice::from_ref(&scores)));
            let narrowing = Narrowing::in_threads(ranking, forest);
            let (firm, loose) = narrowing.roots(Order::BestFirst, forest, &Named::default());
            (firm.len(), loose.len())
        };
        let forest = Forest::of(&corpus);
        assert_eq!(listed(&forest), (1, 1));
        assert_eq!(listed(&without_threads(&forest)), (0, 0));
    }
}
