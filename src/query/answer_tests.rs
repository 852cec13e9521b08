//! Queries asked of a small mailbox: who answers, in which order, and what is marked.

use super::fuzzy::Needle;
use super::fuzzy::Scratch;
use super::*;
use crate::bytes::ByteRange;
use crate::corpus::Corpus;
use crate::corpus::IdKey;
use crate::corpus::MessageNo;
use crate::corpus::Segment;
use crate::text::clusters;
use proptest::prelude::*;
use std::sync::Arc;

const MAILBOX: &str = "\
From a@desk.example Wed Feb  1 08:30:00 2017
From: Anna Roux <anna@desk.example>
To: Jean-Luc =?utf-8?Q?M=C3=A9lenchon?= <jlm@example.org>
Cc: press@example.org
Date: Wed, 1 Feb 2017 23:30:00 -0200
Message-ID: <one@desk.example>
Subject: 3 630 files
List-Id: Leaks <leaks.example.org>

The budget was
signed by M\u{E9}lenchon.

From b@desk.example Thu Feb  2 08:30:00 2017
From: Bob Budget <bob@example.org>
To: anna@desk.example
Date: Thu, 2 Feb 2017 09:30:00 +0100
Message-ID: <two@desk.example>
Subject: Melenchon at le pendant
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Le=20P=
en said nothing.
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename=\"R\u{E9}sum\u{E9} 2017.pdf\"
Content-Transfer-Encoding: base64

AAAA
--x--

From c@desk.example Thu Feb  3 08:30:00 2017
From: mailer@example.org
Subject: me, line, chon, and a big bad list

Nothing.

";

/// Knows the mark of the first message, and not yet who is a duplicate.
struct OneMark;

impl Facts for OneMark {
    fn holds(&self, fact: &Fact, message: MessageNo) -> Option<bool> {
        (*fact == Fact::Marked).then_some(message == MessageNo(0))
    }
}

fn corpus() -> Corpus {
    let bytes = MAILBOX.as_bytes();
    Corpus::default().grown([Arc::new(Segment::read(bytes, ByteRange::all(bytes), IdKey::default()))])
}

fn all(corpus: &Corpus) -> Vec<Block> {
    blocks(corpus, MessageNo(0)..MessageNo(corpus.len() as u32))
}

fn search(line: &str) -> Search {
    Search::new(&Query::parse(line).unwrap(), IdKey::default())
}

/// Answers as a caller does: the cheap terms first, and then what they leave open.
fn answers(line: &str) -> Vec<Arc<Answer>> {
    let corpus = corpus();
    let search = search(line);
    let answered = all(&corpus).into_iter().map(|block| {
        let mut answer = search.over(&block, &corpus, &OneMark, None);
        for number in answer.open().collect::<Vec<_>>() {
            let bytes = corpus.get(number).unwrap().range().of(MAILBOX.as_bytes());
            let contents = Contents::of(crate::mbox::message_of(bytes));
            answer.settle(number, search.ask(&block, &corpus, &OneMark, number, Some(&contents)));
        }
        Arc::new(answer)
    });
    answered.collect()
}

#[track_caller]
fn check(line: &str, expected: &[u64]) {
    let found = answers(line);
    let matches = |&(_, verdict): &(MessageNo, Verdict)| matches!(verdict, Verdict::Yes(_));
    let found = found.iter().flat_map(|answer| answer.iter());
    let numbers: Vec<u64> = found.filter(matches).map(|(number, _)| number.ordinal()).collect();
    assert_eq!(numbers, expected, "{line}");
}

#[test]
fn every_term_is_answered() {
    check("", &[1, 2, 3]);
    check("melench", &[1, 2, 3]);
    check("mélenchon", &[1, 2, 3]);
    check("'melenchon", &[1, 2]);
    check("\"le pen\"", &[]);
    check("\"jean luc\"", &[1]);
    check("anna -bob", &[1, 3]);
    // Its letters are scattered over all three.
    check("-lnn", &[1, 2, 3]);
    check("files OR \"big bad\"", &[1, 3]);
    check("from:anna", &[1]);
    check("to:anna OR cc:press", &[1, 2]);
    check("with:desk.example", &[1, 2]);
    check("from:\"roux anna\"", &[]);
    check("from:/^bob.b/", &[2]);
    check("subject:melenchon", &[2]);
    check("body:melenchon", &[1]);
    check("body:\"budget was signed\"", &[1]);
    check("body:\"le pen\"", &[2]);
    check("body:/le\\s+p.n/ -body:nothing", &[]);
    check("file:resume has:attachment", &[2]);
    check("-has:attachment", &[1, 3]);
    check("list:leaks", &[1]);
    check("id:<two@desk.example>", &[2]);
    check("date:2017-02-01", &[1]);
    check("after:2017-02-01", &[2, 3]);
    check("size:>400", &[2]);
    check("is:marked", &[1]);
    check("is:duplicate", &[]);
    check("is:duplicate OR 'anna", &[1, 2]);
}

#[test]
fn what_is_not_read_yet_is_open_and_not_refused() {
    let corpus = corpus();
    let blocks = all(&corpus);
    let open = |line: &str| search(line).over(&blocks[0], &corpus, &NoFacts, None).open().count();
    assert_eq!(open("body:x"), 3);
    assert_eq!(open("body:x from:anna"), 1);
    assert_eq!(open("body:x OR 'melenchon"), 1);
    assert_eq!(open("-body:x has:attachment"), 3);
    assert_eq!(open("is:marked"), 3);
}

#[test]
fn firm_matches_stand_in_mailbox_order_and_loose_ones_by_score() {
    let corpus = corpus();
    let blocks = all(&corpus);
    let ranked = |line: &str| {
        let search = search(line);
        let answers: Vec<_> =
            blocks.iter().map(|block| Arc::new(search.over(block, &corpus, &NoFacts, None))).collect();
        let scores: Vec<_> = blocks
            .iter()
            .zip(&answers)
            .map(|(block, it)| search.scores(block, it, || true).unwrap())
            .collect();
        let ranking = Ranking::of(&answers, Some(&scores));
        let of = |numbers: &[MessageNo]| numbers.iter().map(|it| it.ordinal()).collect::<Vec<_>>();
        (of(&ranking.firm()), of(&ranking.looser()))
    };
    assert_eq!(ranked("melenchon"), (vec![1, 2], vec![3]));
    assert_eq!(ranked("budget"), (vec![2], vec![]));
    assert_eq!(ranked("jlm").0, [1]);
    assert_eq!(ranked("lead").0, Vec::<u64>::new());
}

#[track_caller]
fn check_marks(line: &str, message: u32, expected: &[&str]) {
    let corpus = corpus();
    let kept = corpus.get(MessageNo(message)).unwrap();
    let people: Vec<_> = kept.people().map(|(_, person)| person).collect();
    let text = |mark: &Mark| match mark.piece {
        Piece::Name(place) => people[place].name,
        Piece::Address(place) => people[place].address,
        Piece::Subject => kept.subject(),
    };
    let marks = search(line).marks(kept);
    let marked: Vec<&str> = marks.iter().map(|mark| &text(mark)[mark.range.clone()]).collect();
    assert_eq!(marked, expected, "{line}");
}

#[test]
fn what_was_found_is_marked_in_what_is_shown() {
    check_marks("melench", 0, &["Mélench"]);
    check_marks("budget", 1, &["Budget"]);
    check_marks("jlm", 0, &["jlm"]);
    check_marks("annadesk", 0, &["anna", "desk"]);
    check_marks("-anna subject:FILES", 0, &["files"]);
    check_marks("from:anna", 0, &["Anna", "anna"]);
    check_marks("anna 'roux \"3 630\"", 0, &["Anna", "Roux", "anna", "3 630"]);
    check_marks("body:x zzz", 0, &[]);
    let text = "a Mélenchon";
    let hits = search("body:melen a").body_hits_while(text, usize::MAX, &mut || true).unwrap();
    assert_eq!(hits.into_iter().map(|hit| &text[hit]).collect::<Vec<_>>(), ["Mélen"]);
}

#[track_caller]
fn check_narrows(line: &str, wider: &str, expected: bool) {
    let query = |line| Query::parse(line).unwrap();
    assert_eq!(query(line).narrows(&query(wider)), expected, "{line} of {wider}");
}

#[test]
fn a_longer_needle_narrows_a_shorter_one() {
    check_narrows("mart", "mar", true);
    check_narrows("mart", "mat", true);
    check_narrows("mar", "mart", false);
    check_narrows("mart anna", "anna", true);
    check_narrows("'mart", "mt", true);
    check_narrows("-mart", "-mar", false);
    check_narrows("-mart", "-mart", true);
    check_narrows("a OR b c", "a OR b", true);
    check_narrows("a OR b", "a", false);
    check_narrows("mart from:x", "from:x m", true);
    check_narrows("anything", "", true);
    check_narrows("from:anna", "from:AN", true);
    check_narrows("from:an", "from:anna", false);
    check_narrows("from:anna", "to:an", false);
    check_narrows("body:\"le pen\"", "body:pen", true);
    check_narrows("from:anna", "from:\"anna\"", false);
    check_narrows("from:anna", "from:/an/", false);
    check_narrows("-from:anna", "-from:an", false);
    check_narrows("\"jean \"", "jean-", false);
}

#[test]
fn what_was_settled_narrows_further() {
    let mut history = History::default();
    for line in ["body:melenchon", "m"] {
        history.remember(Pass { query: Query::parse(line).unwrap(), answers: answers(line) });
    }
    let query = Query::parse("m body:melenchon").unwrap();
    assert_eq!(history.wider(&query).map(|pass| pass.query.to_string()).as_deref(), Some("body:melenchon"));
}

#[test]
fn the_narrowest_wider_pass_is_remembered_and_facts_are_not() {
    let mut history = History::default();
    for line in ["m", "me", "is:marked"] {
        history.remember(Pass { query: Query::parse(line).unwrap(), answers: answers(line) });
    }
    let wider = |line| history.wider(&Query::parse(line).unwrap()).map(|pass| pass.query.to_string());
    assert_eq!(wider("mel").as_deref(), Some("me"));
    assert_eq!(wider("mx").as_deref(), Some("m"));
    assert_eq!(wider("x"), None);
    assert!(history.same(&Query::parse("me").unwrap()).is_some());
    assert!(history.same(&Query::parse("is:marked").unwrap()).is_none());
}

/// Makes a message of three texts each: a subject, a name that stands in it twice, and another name.
fn corpus_of(texts: &[String]) -> Corpus {
    let message = |texts: &[String]| {
        let [subject, name, other] = [0, 1, 2].map(|place| texts.get(place).map_or("", String::as_str));
        format!(
            "From a@b Wed Feb  1 08:30:00 2017\nFrom: {name} <ab@b>\nCc: {other} <a@a>, {name} <ab@b>\n\
             Subject: {subject}\n\n\n"
        )
    };
    let mailbox: String = texts.chunks(3).map(message).collect();
    let bytes = mailbox.as_bytes();
    Corpus::default().grown([Arc::new(Segment::read(bytes, ByteRange::all(bytes), IdKey::default()))])
}

proptest! {
    #[test]
    fn asking_within_a_wider_answer_changes_nothing(
        field in prop::sample::select(vec!["", "", "from:", "to:", "with:", "subject:"]),
        words in prop::collection::vec("[abdegilmnor ]{1,5}", 2),
    ) {
        let corpus = corpus();
        let blocks = all(&corpus);
        let (one, both) = (format!("{field}{}", words[0]), format!("{field}{}", words.join("")));
        let (Ok(wider), Ok(query)) = (Query::parse(&one), Query::parse(&both)) else { return Ok(()) };
        let (one, both) = (search(&one), search(&both));
        for block in blocks.iter().filter(|_| query.narrows(&wider)) {
            let within = one.over(block, &corpus, &NoFacts, None);
            let (within, alone) = (Some(&within), None);
            let of = |within| both.over(block, &corpus, &NoFacts, within).iter().collect::<Vec<_>>();
            prop_assert_eq!(of(within), of(alone));
        }
    }

    #[test]
    fn a_block_answers_as_its_rows_do(
        texts in prop::collection::vec("[abé \\-]{0,12}|(ab ){0,90}b|([ab]{1,2}\\.){0,9}[ab]", 1..20), word in "[abé@]{1,3}|[ab]{4,14}|[ab]\\.[ab](\\.[ab])?", more in "[abé]{1,2}",
        other in prop::sample::select(vec!["", " b", " -a", " OR ab", " 'ba", " \"ab\"", " from:b", " to:ab", " cc:/a/", " with:é", " subject:b", " -subject:a"]),
    ) {
        let corpus = corpus_of(&texts);
        for block in all(&corpus) {
            let shorter = search(&word).over(&block, &corpus, &NoFacts, None);
            for line in [format!("{word}{more}"), format!("{word}{other}")] {
                let (longer, query) = (search(&line), Query::parse(&line).unwrap());
                let mut answers = vec![longer.over(&block, &corpus, &NoFacts, None)];
                if query.narrows(&Query::parse(&word).unwrap()) {
                    answers.push(longer.over(&block, &corpus, &NoFacts, Some(&shorter)));
                }
                for (number, verdict) in answers.iter().flat_map(Answer::iter) {
                    prop_assert_eq!(verdict, longer.ask(&block, &corpus, &NoFacts, number, None), "{} {}", line, number);
                }
            }
        }
    }

    #[test]
    fn entries_add_up_to_the_score_of_the_whole(
        texts in prop::collection::vec("[abc é./:-]{0,16}|(a b){0,400}c", 1..20), word in "[abc.é]{1,5}",
    ) {
        let corpus = corpus_of(&texts);
        let Ok(query) = Query::parse(&word) else { return Ok(()) };
        let search = Search::new(&query, IdKey::default());
        for block in all(&corpus) {
            let answer = search.over(&block, &corpus, &NoFacts, None);
            let needles = search.needles();
            for (number, score) in search.scores(&block, &answer, || true).unwrap() {
                let haystack = block.haystack(number).unwrap();
                let alone = |needle: &&Needle| needle.score_in(haystack.as_bytes(), &mut Scratch::default());
                prop_assert_eq!(score, needles.iter().map(alone).sum::<i32>(), "{} in {}", word, haystack);
            }
        }
    }

    #[test]
    fn marks_lie_on_whole_characters(subject in "(\\PC|[abe\u{301} ]|👩\u{200D}👧){0,40}", words in "[abe'\\- ]{1,8}") {
        let mailbox = format!("From a@b Wed Feb  1 08:30:00 2017\nFrom: abe@b\nSubject: {subject}\n\n");
        let bytes = mailbox.as_bytes();
        let corpus = Corpus::default().grown([Arc::new(Segment::read(bytes, ByteRange::all(bytes), IdKey::default()))]);
        let (Some(kept), Ok(query)) = (corpus.get(MessageNo(0)), Query::parse(&words)) else { return Ok(()) };
        let subject = kept.subject();
        let edges: Vec<usize> =
            clusters(subject).map(|(at, _)| at).chain([subject.len()]).collect();
        for mark in Search::new(&query, IdKey::default()).marks(kept) {
            if mark.piece == Piece::Subject {
                prop_assert!(edges.contains(&mark.range.start) && edges.contains(&mark.range.end));
            }
        }
    }

    #[test]
    fn marks_and_index_see_the_same_haystack(subject in "(\\PC|[abe ]){0,40}", word in "[abe]{1,4}") {
        let mailbox = format!("From a@b Wed Feb  1 08:30:00 2017\nFrom: abe@b\nSubject: {subject}\n\n");
        let bytes = mailbox.as_bytes();
        let corpus = Corpus::default().grown([Arc::new(Segment::read(bytes, ByteRange::all(bytes), IdKey::default()))]);
        let search = search(&word);
        let (Some(kept), Some(block)) = (corpus.get(MessageNo(0)), all(&corpus).pop()) else { return Ok(()) };
        let verdict = search.ask(&block, &corpus, &NoFacts, MessageNo(0), None);
        prop_assert_eq!(search.marks(kept).is_empty(), verdict == Verdict::No);
    }
}

#[test]
fn a_query_that_needs_no_haystacks_is_answered_without() {
    for line in ["body:melenchon", "-has:attachment", "file:resume OR list:leaks", "size:>1 body:\"le pen\""]
    {
        assert!(!Query::parse(line).unwrap().needs_haystacks(), "{line}");
        let (corpus, search) = (corpus(), search(line));
        let bare = Block::bare(MessageNo(0)..MessageNo(corpus.len() as u32));
        let answer = search.over(&bare, &corpus, &OneMark, None);
        let with_haystacks = search.over(&all(&corpus)[0], &corpus, &OneMark, None);
        assert_eq!(answer, with_haystacks, "{line}");
    }
    for line in ["melenchon", "-from:anna", "subject:a OR body:b"] {
        assert!(Query::parse(line).unwrap().needs_haystacks(), "{line}");
    }
}
