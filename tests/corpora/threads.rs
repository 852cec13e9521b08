//! Who answers whom, against Dovecot (THREAD=REFS) and Perl's Mail::Thread where those agree.

use super::shelf;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use tranche::bytes::ByteRange;
use tranche::corpus::Corpus;
use tranche::corpus::IdKey;
use tranche::corpus::MessageNo;
use tranche::corpus::Segment;
use tranche::threads::ContainerNo;
use tranche::threads::Forest;

/// Messages, counted from 0, of which both others say the same and we do not.
struct Difference {
    mailbox: &'static str,
    #[expect(dead_code, reason = "it is for whoever reads the list")]
    reason: &'static str,
    parents: &'static [u32],
    threads: &'static [u32],
}

const DIFFERENCES: [Difference; 1] = [Difference {
    mailbox: "sa-easy-ham",
    reason: "`In-Reply-To: Message from NAME <address> of DATE <id>`, as exmh wrote it: both take the address \
             for the id, miss the parent, and put what answers one writer into one thread; we take the id",
    parents: &[
        342, 365, 366, 597, 938, 969, 976, 978, 989, 993, 1133, 1160, 1168, 1173, 1178, 1322, 1389, 1494,
        1545,
    ],
    threads: &[1311, 1325, 1431, 1543],
}];

/// The corpus of a whole mailbox.
pub fn corpus_of(mailbox: &[u8]) -> Corpus {
    let segment = Segment::read(mailbox, ByteRange::all(mailbox), IdKey::default());
    Corpus::default().grown([Arc::new(segment)])
}

/// The message that each message answers by its references, counted from 0.
pub fn parents(forest: &Forest, messages: usize) -> Vec<Option<u32>> {
    let answered = |message| forest.answered(MessageNo(message)).map(|parent| parent.0);
    (0..messages as u32).map(answered).collect()
}

/// The first message in mailbox order of each message's thread, joined messages left apart.
fn threads_without_joins(forest: &Forest, messages: usize) -> Vec<u32> {
    let top = |message: MessageNo| {
        let mut here = ContainerNo(message.0);
        while !forest.message(here).is_some_and(|message| forest.is_joined(message)) {
            let Some(above) = forest.parent(here) else { break };
            here = above;
        }
        here
    };
    let mut first_of = BTreeMap::new();
    let messages = (0..messages as u32).map(MessageNo);
    messages.map(|message| *first_of.entry(top(message)).or_insert(message.0)).collect()
}

/// What the two others said of a message.
struct Row {
    dovecot: Option<u32>,
    thread: u32,
    mail_thread: String,
    do_agree: bool,
    why: String,
}

impl Row {
    fn read(line: &str) -> Self {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, dovecot, thread, _, _, mail_thread, agree, why] = columns[..] else { panic!("{line}") };
        Self {
            dovecot: dovecot.parse().ok(),
            thread: thread.parse().unwrap(),
            mail_thread: mail_thread.to_owned(),
            do_agree: agree == "1",
            why: why.to_owned(),
        }
    }
}

#[test]
fn parents_and_threads_are_those_that_two_others_agree_on() {
    let mut wrong = Vec::new();
    for real in shelf::boxes("threads") {
        let corpus = corpus_of(&real.mailbox());
        let forest = Forest::of(&corpus);
        let parents = parents(&forest, corpus.len());
        let threads = threads_without_joins(&forest, corpus.len());
        let rows: Vec<Row> = real.lines("threads.tsv").iter().map(|line| Row::read(line)).collect();
        assert_eq!(rows.len(), corpus.len(), "messages of {}", real.name);
        say_where_they_differ(&real.name, &rows, &parents);

        let is_here = |difference: &&Difference| difference.mailbox == real.name;
        let numbers = || 0..rows.len() as u32;
        let agreed = |&number: &u32| rows[number as usize].do_agree;
        let differs = |&number: &u32| rows[number as usize].dovecot != parents[number as usize];
        let found: BTreeSet<u32> = numbers().filter(agreed).filter(differs).collect();
        let listed = DIFFERENCES.iter().filter(is_here).flat_map(|it| it.parents).copied().collect();
        for number in found.symmetric_difference(&listed) {
            wrong.push(format!("{} {number}: parent {:?}", real.name, parents[*number as usize]));
        }

        // A thread that a parent of our own choice joins to another differs as a whole, and is left out.
        let joined: BTreeSet<u32> =
            numbers().filter(differs).map(|number| threads[number as usize]).collect();
        let differs = |&number: &u32| {
            let thread = threads[number as usize];
            thread != rows[number as usize].thread && !joined.contains(&thread)
        };
        let found: BTreeSet<u32> = numbers().filter(agreed).filter(differs).collect();
        let listed = DIFFERENCES.iter().filter(is_here).flat_map(|it| it.threads).copied().collect();
        for number in found.symmetric_difference(&listed) {
            wrong.push(format!("{} {number}: thread {}", real.name, threads[*number as usize]));
        }
    }
    assert!(wrong.is_empty(), "not as listed:\n{}", wrong.join("\n"));
}

/// Prints whom we follow where the two others do not agree.
fn say_where_they_differ(name: &str, rows: &[Row], parents: &[Option<u32>]) {
    let mut judged: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (row, parent) in rows.iter().zip(parents).filter(|(row, _)| !row.do_agree) {
        let found = parent.map_or("-".to_owned(), |parent| parent.to_string());
        let [all, dovecot, mail_thread] = judged.entry(&row.why).or_default();
        *all += 1;
        *dovecot += usize::from(*parent == row.dovecot);
        *mail_thread += usize::from(found == row.mail_thread);
    }
    for (why, [all, dovecot, mail_thread]) in judged {
        eprintln!("{name}: {why}: {all} messages, {dovecot} as Dovecot, {mail_thread} as Mail::Thread");
    }
}
