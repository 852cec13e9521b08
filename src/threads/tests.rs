//! Mailboxes in shorthand, and the forests that they become.

use super::*;
use crate::bytes::ByteRange;
use crate::corpus::IdKey;
use crate::corpus::Segment;
use proptest::prelude::*;

/// Writes a mailbox: a line a message, its words in any order.
///
/// `a` is its id, `<x` a reference, `^x` what In-Reply-To names, `@9` the minute it was written, `anna>list` from and to, `#7` its
/// Gmail thread; all behind `:` is its subject. Without `@` it has no date.
fn written(messages: &[&str]) -> Vec<u8> {
    let mut mailbox = String::new();
    for message in messages {
        let (words, subject) = message.split_once(':').unwrap_or((message, ""));
        let mut header = String::new();
        let mut references = String::new();
        for word in words.split_whitespace() {
            match word.split_at(1) {
                ("<", id) => references += &format!(" <{id}@x>"),
                ("@", minute) => {
                    let minute: u32 = minute.parse().unwrap();
                    let (day, hour, minute) = (1 + minute / 1440 % 28, minute / 60 % 24, minute % 60);
                    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"][minute_month(word)];
                    header += &format!("Date: {day} {month} 2017 {hour:02}:{minute:02}:00 +0000\n");
                }
                ("^", id) => header += &format!("In-Reply-To: <{id}@x>\n"),
                ("#", mark) => header += &format!("X-GM-THRID: {mark}\n"),
                _ => match word.split_once('>') {
                    Some((from, to)) => header += &format!("From: {from}@x.example\nTo: {to}@x.example\n"),
                    None => header += &format!("Message-ID: <{word}@x>\n"),
                },
            }
        }
        if !references.is_empty() {
            header += &format!("References:{references}\n");
        }
        mailbox += &format!("From - \nSubject: {subject}\n{header}\n\n");
    }
    mailbox.into_bytes()
}

/// The month of `@MINUTES`, in steps of 28 days from the first of January.
fn minute_month(word: &str) -> usize {
    let minutes: usize = word.trim_start_matches('@').parse().unwrap();
    minutes / 1440 / 28
}

fn corpus_of(mailbox: &[u8]) -> Corpus {
    let segment = Segment::read(mailbox, ByteRange::all(mailbox), IdKey::default());
    Corpus::default().grown([Arc::new(segment)])
}

/// Draws a forest: a dot a level, messages from 0 in mailbox order, `_` for a missing one, `?` behind
/// a guess, `!` behind a loop, `=` behind a repeated id.
fn drawn(forest: &Forest) -> String {
    let mut threads = Vec::new();
    for &root in forest.roots() {
        let steps: Vec<String> = forest.walk(root).map(|step| drawn_step(forest, step)).collect();
        threads.push(steps.join(" "));
    }
    threads.join(" | ")
}

fn drawn_step(forest: &Forest, step: Step) -> String {
    let dots = ".".repeat(step.depth as usize);
    let Some(message) = step.message else { return format!("{dots}_") };
    let odd = forest.anomalies(message);
    let marks =
        [(Anomaly::ThreadGuessed, "?"), (Anomaly::ThreadLoop, "!"), (Anomaly::RepeatedMessageId, "=")];
    let marks: String =
        marks.into_iter().filter(|(anomaly, _)| odd.has(*anomaly)).map(|(_, mark)| mark).collect();
    format!("{dots}{}{marks}", message.0)
}

#[track_caller]
fn check(messages: &[&str], expected: &str) {
    assert_eq!(drawn(&Forest::of(&corpus_of(&written(messages)))), expected, "{messages:#?}");
}

#[test]
fn references_make_threads() {
    check(&[], "");
    check(&["a @1"], "0");
    check(&["a @1", "b @2 <a", "c @3 <a <b", "d @4 <a"], "0 .1 ..2 .3");
    check(&["c @3 <a <b", "b @2 <a", "a @1"], "2 .1 ..0");
    check(&["a @1", "b @2", "c @3 <a"], "0 .2 | 1");
    check(&["@1", "@2"], "0 | 1");
}

#[test]
fn in_reply_to_is_believed_where_references_lead_nowhere() {
    check(&["a @1", "b @2 ^a"], "0 .1");
    check(&["a @1", "b @2", "c @3 <b ^a"], "0 | 1 .2");
    check(&["a @1", "b @2 <x ^a"], "0 .1");
    check(&["b @2 <x ^a", "a @1"], "1 .0");
    check(&["a @1", "b @2 <x <y ^a", "c @3 <x <y <b"], "0 .1 ..2");
    check(&["a @1", "b @2", "c @3 <x ^a", "d @4 <x ^b"], "0 .2 | 1 .3");
    check(&["b @2 <x ^y", "c @3 <x ^x"], "_ .0 .1");
    check(&["b @2 <x ^b"], "_ .0");
    check(&["a @1 <x ^b", "b @2 <y ^a"], "1! .0!");
}

#[test]
fn siblings_and_threads_stand_by_date() {
    check(&["a @1", "d @9 <a", "b @5 <a", "c @6 <a"], "0 .2 .3 .1");
    check(&["a @5", "b @1", "c @3"], "1 | 2 | 0");
    check(&["a @1", "b @2 <a", "c @2 <a", "d @2 <a"], "0 .1 .2 .3");
    check(&["a @5", "b @1 <a", "c @3"], "2 | 0 .1");
    // Without a date a message keeps its place in the mailbox.
    check(&["a @1", "b @7 <a", "c <a", "d @9 <a", "e @8 <a"], "0 .1 .2 .4 .3");
}

#[test]
fn missing_parents_keep_their_places() {
    check(&["b @2 <a"], "_ .0");
    check(&["b @2 <a", "c @3 <a"], "_ .0 .1");
    check(&["a @1", "c @3 <a <b"], "0 ._ ..1");
    // A missing message stands where the earliest below it does.
    check(&["a @1", "d @4 <a <b", "c @3 <a", "e @2 <a <b"], "0 ._ ..3 ..1 .2");
    // A run of missing messages is one container.
    check(&["d @4 <a <b <c"], "_ .0");
    check(&["d @4 <a <b <c", "e @5 <a"], "_ ._ ..0 .1");
    // What only stood between messages that speak for themselves is dropped.
    check(&["c @3 <a <b <x", "b @2 <a", "x @4 <b", "a @1"], "3 .1 ..2 ...0");
}

#[test]
fn loops_are_cut_at_the_link_made_last() {
    check(&["a @1 <b", "b @2 <a"], "1! .0!");
    check(&["a @1 <a"], "0!");
    check(&["a @1", "b @2 <a <b"], "0 .1!");
    check(&["a @1 <b <c <b", "b @2"], "1 .0");
    check(&["b @1", "a @2 <b <c <b"], "0 .1");
    check(&["a @1", "b @2 <a <c", "c @3 <b"], "0 | 2! .1!");
    check(&["a @1 <c", "b @2 <a", "c @3 <b", "d @4 <c"], "2! .0! ..1! .3");
}

#[test]
fn each_copy_of_an_id_stands_where_it_says() {
    check(&["a @1", "a @2", "b @3 <a"], "0= .2 | 1=");
    check(&["a @1", "b @2 <a", "b @3 <c", "d @4 <b"], "0 .1= ..3 | _ .2=");
    check(&["a @1 <a", "a @2 <a"], "0!= | 1!=");
}

#[test]
fn marks_join_what_refers_to_nothing() {
    check(&["a @1 #7", "b @2 #7", "c @3 #8"], "0 .1 | 2");
    check(&["a @1 #7", "b @2 <a #7", "c @3 #7", "d @4 <b #8"], "0 .1 ..3 .2");
    check(&["a @2 #7", "b @1 #7"], "1 .0");
    check(&["b @1 <a #7", "c @2 #7"], "_ .0 .1");
    // Each of two threads has the earlier message of one mark.
    check(&["a @10 #1", "b @1 <a #2", "c @5 #2", "d @3 <c #1"], "0 .1 .2 ..3");
}

#[test]
fn subjects_join_answers_that_refer_to_nothing() {
    check(&["a @1 anna>desk:Lunch", "b @2 louis>anna:RE : lunch"], "0 .1?");
    check(&["a @1 anna>louis:Lunch", "b @2 louis>desk:Re: Lunch"], "0 .1?");
    check(&["a @1 anna>desk:Lunch at noon", "b @2 louis>desk:TR : Lunch at  noon"], "0 .1?");
    check(&["a @1 anna>desk:Re: Lunch at noon", "b @2 otto>paris:AW: Lunch at noon"], "0 .1?");
    check(&["a @1 anna>desk:Lunch", "b @2 louis>desk:RE : Lunch", "c @3 otto>desk:TR: Lunch"], "0 .1? .2?");
    check(&["a @1 anna>desk:Lunch at noon", "b @2 <a", "c @3 otto>desk:Re: Lunch at noon"], "0 .1 .2?");
}

#[test]
fn strangers_who_wrote_the_same_are_not_one_conversation() {
    check(&["a @1 anna>desk:Hello", "b @2 otto>desk:Hello"], "0 | 1");
    check(&["a @1 anna>desk:Hello", "b @2 otto>paris:Re: Hello"], "0 | 1");
    check(&["a @1 anna>desk:Hello", "b @20000 otto>desk:Re: Hello"], "0 | 1");
    check(&["a @1 anna>desk:", "b @2 louis>anna:Re: "], "0 | 1");
    check(&["a @5 anna>desk:Lunch", "b @2 louis>anna:Re: Lunch"], "1 | 0");
    check(&["a @1 anna>desk:Lunch at noon", "b @44000 otto>desk:Re: Lunch at noon"], "0 | 1");
    check(&["a @1 anna>desk:Lunch at noon", "b @44000 otto>anna:Re: Lunch at noon"], "0 .1?");
    check(&["a @1 anna>desk:Lunch at noon", "b @2 <x louis>anna:Re: Lunch at noon"], "0 | _ .1");
}

#[test]
fn what_a_message_answers_is_not_where_it_was_joined() {
    let messages = ["a @1 anna>desk:Lunch", "b @2 louis>anna:Re: Lunch", "c @3 <a <x", "d @4 <y", "e @5 <b"];
    let forest = Forest::of(&corpus_of(&written(&messages)));
    assert_eq!(drawn(&forest), "0 .1? ..4 ._ ..2 | _ .3");
    let answered: Vec<Option<u32>> = (0..5).map(|n| forest.answered(MessageNo(n)).map(|it| it.0)).collect();
    assert_eq!(answered, [None, None, Some(0), None, Some(1)]);
    assert!(forest.is_guessed(MessageNo(1)) && !forest.is_guessed(MessageNo(4)));
    assert_eq!(forest.thread_number(MessageNo(2)), MessageNo(0));
    assert_eq!(forest.depth(MessageNo(2)), 2);
    let thread = forest.thread(forest.thread_of(MessageNo(4)));
    let (first, latest) = (MessageNo(0), MessageNo(4));
    assert_eq!(thread, Thread { messages: 4, first, earliest: first, latest });
}

#[test]
fn every_missing_id_can_be_told() {
    let forest = Forest::of(&corpus_of(&written(&["d @4 <a <b <c", "e @5 <a", "f @6 <z"])));
    let hashes =
        |ids: &[&str]| -> Vec<_> { ids.iter().map(|id| IdKey::default().hash(id.as_bytes())).collect() };
    assert_eq!(forest.missing(forest.roots()[0]).collect::<Vec<_>>(), hashes(&["b@x", "a@x", "c@x"]));
    assert_eq!(forest.missing(forest.roots()[1]).collect::<Vec<_>>(), hashes(&["z@x"]));
    assert_eq!(forest.missing_id(forest.roots()[1]), Some(hashes(&["z@x"])[0]));
    assert_eq!(forest.missing_id(ContainerNo(0)), None);
}

#[test]
fn a_message_that_came_later_is_a_thread_of_its_own() {
    let forest = Forest::default();
    assert_eq!(forest.thread_of(MessageNo(3)), ContainerNo(3));
    assert_eq!(forest.thread_number(MessageNo(3)), MessageNo(3));
    assert_eq!(forest.answered(MessageNo(3)), None);
}

/// Threads as many messages as asked for, each written by its number, and walks through them.
#[track_caller]
fn check_many(messages: u32, references: impl Fn(u32) -> String, deepest: u32) {
    let mut mailbox = String::new();
    for number in 0..messages {
        mailbox += &format!("From - \nMessage-ID: <{number}>\nReferences: {}\n\n\n", references(number));
    }
    let forest = Forest::of(&corpus_of(mailbox.as_bytes()));
    let steps = forest.roots().iter().flat_map(|&root| forest.walk(root));
    let (met, depth) = steps.fold((0, 0), |(met, deepest), step| {
        (met + u32::from(step.message.is_some()), step.depth.max(deepest))
    });
    assert_eq!((met, depth), (messages, deepest));
}

#[test]
fn a_chain_of_a_million_messages_is_threaded_and_walked() {
    check_many(1_000_000, |number| format!("<{}>", number.wrapping_sub(1)), 1_000_000);
}

#[test]
fn no_shape_of_references_is_quadratic() {
    const MANY: u32 = 200_000;
    // The answer before what it answers.
    check_many(MANY, |number| format!("<{}>", number + 1), MANY);
    // All answer one.
    check_many(MANY, |_| "<0>".to_owned(), 1);
    // One loop through all, and many small ones.
    check_many(MANY, |number| format!("<{}>", (number + 1) % MANY), MANY - 1);
    check_many(MANY, |number| format!("<{}>", number ^ 1), 1);
    // Combs: a long chain of missing messages with an answer to each.
    check_many(MANY, |number| format!("<m{number}> <m{}>", number + 1), MANY);
    check_many(MANY, |number| format!("<m{}> <m{number}>", number + 1), MANY);
    // A thousand references each.
    let thousand = |from: u32| (0..1000).map(|id| format!("<m{}>", from * 7 + id)).collect();
    check_many(300, thousand, 300);
}

/// Draws messages with ids among a few, referring to any of them.
fn any_messages() -> impl Strategy<Value = Vec<String>> {
    let references = prop::collection::vec(0..12_u8, 0..5);
    let message = (0..10_u8, references, 0..30_u8, 0..4_u8, 0..3_u8);
    let message = message.prop_map(|(id, references, minute, mark, subject)| {
        let references: String = references.iter().map(|id| format!(" <{id}")).collect();
        let mark = if mark > 1 { format!("#{mark}") } else { String::new() };
        let date = if minute > 0 { format!("@{minute}") } else { String::new() };
        let subject = ["Lunch at noon", "Re: Lunch at noon", "Fwd: Dinner"][usize::from(subject)];
        format!("{id}{references} {date} {mark} anna>desk:{subject}")
    });
    prop::collection::vec(message, 0..25)
}

proptest! {
    #[test]
    fn every_message_stands_once_and_below_its_parent(messages in any_messages()) {
        let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
        let corpus = corpus_of(&written(&messages));
        let forest = Forest::of(&corpus);
        let mut seen = vec![0; corpus.len()];
        for &root in forest.roots() {
            prop_assert_eq!(forest.parent(root), None);
            for step in forest.walk(root) {
                prop_assert_eq!(forest.root(step.container), root);
                prop_assert_eq!(forest.ancestors(step.container).count(), step.depth as usize);
                prop_assert_eq!(step.message.is_none(), forest.missing_id(step.container).is_some());
                match step.message {
                    Some(message) => seen[message.index()] += 1,
                    None => prop_assert!(forest.first_child(step.container).is_some()),
                }
            }
        }
        prop_assert!(seen.iter().all(|&times| times == 1), "{seen:?}");
    }

    #[test]
    fn siblings_stand_by_date(messages in any_messages()) {
        let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
        let corpus = corpus_of(&written(&messages));
        let forest = Forest::of(&corpus);
        let hints = Hints::of(&corpus);
        let moments = hints.moments();
        let key = |container: ContainerNo| {
            let first = forest.walk(container).find_map(|step| step.message).unwrap();
            (moments[first.index()], first)
        };
        prop_assert!(forest.roots().is_sorted_by_key(|&root| key(root)));
        for container in forest.roots().iter().flat_map(|&root| forest.walk(root)).map(|step| step.container) {
            if let Some(next) = forest.next_sibling(container) {
                prop_assert!(key(container) < key(next));
            }
        }
    }

    #[test]
    fn the_forest_is_the_same_however_the_mailbox_is_cut(messages in any_messages(), cut in 0..2000_u64) {
        let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
        let mailbox = written(&messages);
        let all = ByteRange::all(&mailbox);
        let middle = all.start().plus((cut as usize).min(mailbox.len()));
        let cuts = [ByteRange::new(all.start(), middle), ByteRange::new(middle, all.end())];
        let segments = cuts.map(|part| Arc::new(Segment::read(&mailbox, part, IdKey::default())));
        let cut = Corpus::default().grown(segments);
        prop_assert_eq!(drawn(&Forest::of(&cut)), drawn(&Forest::of(&corpus_of(&mailbox))));
    }
}
