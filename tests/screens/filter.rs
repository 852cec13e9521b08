//! The filter: keys in, the list narrowed.

use super::Person;
use super::person::answer;
use super::screen;
use std::fs;
use tranche::app::Msg;
use tranche::app::Progress;
use tranche::corpus::MessageNo;
use tranche::query::Ranking;

const DESK: &str = "election-desk.mbox";

#[test]
fn a_filter_while_it_is_typed() {
    screen!(Person::opens(DESK, 80, 24).types("/hamon"));
}

#[test]
fn a_filter_that_was_kept() {
    screen!(Person::opens(DESK, 80, 24).types("/melench<Enter>jl"));
}

#[test]
fn a_filter_over_messages_best_first() {
    screen!(Person::opens(DESK, 80, 24).types("t/count<Enter>oooo"));
}

#[test]
fn a_filter_beside_the_reader() {
    screen!(Person::opens(DESK, 140, 24).types("/body:\"le pen\"<Enter>"));
}

#[test]
fn a_filter_that_is_not_understood() {
    screen!(Person::opens(DESK, 80, 24).types("/anna form:x"));
}

#[test]
fn a_filter_that_leaves_nothing() {
    screen!(Person::opens(DESK, 80, 24).types("/'zzxqk<Enter>"));
}

#[test]
fn a_filter_that_is_still_reading() {
    let mut person = Person::opens(DESK, 80, 24);
    person.is_slow = true;
    let mut person = person.types("/body:vote<Enter>");
    let question = person.asked.last().unwrap().clone();
    let progress = Progress { read: 100, to_read: 291, waiting: 0 };
    let first = person.ranking(&question);
    person.hears(answer(question.generation, first, progress, false));
    screen!(person);
    let person = person.types("<Esc>");
    assert!(person.sees().contains("stopped: 100 of 291 read"));
    assert!(!person.types("<Esc>").sees().contains("body:vote"));
}

#[test]
fn what_is_pasted_is_typed_as_one_line_and_is_never_a_key() {
    let mut person = Person::opens(DESK, 80, 24).types("/from:");
    person.hears(Msg::Pasted(" Hélène\r\n".to_owned()));
    assert!(person.sees().contains("from:Hélène"));
    assert!(!person.sees().contains("no command"));
    let mut person = person.types("<Enter>");
    let before = person.sees();
    person.hears(Msg::Pasted("jjq".to_owned()));
    assert!(person.sees().contains("what is pasted goes into a line"));
    assert!(before.contains("from:Hélène"));
}

#[test]
fn esc_lists_all_messages_with_what_was_selected() {
    let person = Person::opens(DESK, 80, 24).types(":40<Enter>");
    let (before, top) = (person.state.list.message(), person.sees());
    let person = person.types("/macron");
    assert_ne!(person.sees(), top);
    let person = person.types("<Esc>");
    assert_eq!(person.state.list.message(), before);
    let person = person.types("/macron<Enter><Esc>");
    assert_eq!(person.state.list.message(), before);
    assert!(person.state.filter.query().is_none());
}

#[test]
fn the_selection_stays_where_it_is_still_listed() {
    let person = Person::opens(DESK, 80, 24).types("t/hamon<Enter>G/");
    let selected = person.state.list.message();
    let person = person.types(" -zzzz");
    assert_eq!(person.state.list.message(), selected);
}

#[test]
fn enter_opens_the_first_message_that_matches() {
    let mut person = Person::opens(DESK, 80, 24).types("/body:hamon<Enter>");
    for _ in 0..person.state.list.rows().len() {
        let message = person.state.list.message().unwrap();
        assert!(person.state.list.narrowing().unwrap().holds(message), "{message}");
        person = person.types("<Enter>");
        assert_eq!(person.state.reader.shown(), Some(message));
        person = person.types("qj");
    }
}

/// Neither by steps nor by pages, up or down, nor by conversation.
#[test]
fn the_rule_is_never_selected() {
    for filter in ["/mrn<Enter>", "/anna<Enter>", "t/mrn<Enter>", "/lnch<Enter>"] {
        let mut person = Person::opens(DESK, 80, 24).types(filter);
        assert!(person.state.list.looser() > 0, "{filter}");
        let keys = "jjjjjjjjjj]]]]]]]]GkkkkkkkkkkkkkkkkkK[[[[[[[gJJJJ<C-d><C-d><C-u>LoGgotg";
        for key in keys.split_inclusive(|letter: char| letter != '<' && letter != 'C' && letter != '-') {
            if key.starts_with('<') && !key.ends_with('>') {
                continue;
            }
            person = person.types(if key == ">" { "<C-d>" } else { key });
            let row = person.state.list.selected_row().unwrap();
            assert_ne!(row.kind, tranche::app::list::RowKind::Rule, "{filter} {key}");
        }
    }
}

#[test]
fn an_answer_to_an_old_question_is_dropped() {
    let mut person = Person::opens(DESK, 80, 24);
    person.is_slow = true;
    let mut person = person.types("/ma");
    let [first, second] = [person.asked[0].clone(), person.asked[1].clone()];
    person.hears(answer(first.generation, Ranking::default(), Progress::default(), true));
    assert!(!person.state.list.rows().is_empty());
    person.hears(answer(second.generation, Ranking::default(), Progress::default(), true));
    assert!(person.state.list.rows().is_empty());
    let mut person = person.types("<Esc>");
    person.hears(answer(second.generation, Ranking::default(), Progress::default(), true));
    assert!(!person.state.list.rows().is_empty());
}

#[test]
fn the_same_is_asked_again_while_messages_arrive() {
    let mailbox = fs::read("sample-mbox/election-desk.mbox").unwrap();
    let mut person = Person::waits_for(DESK, mailbox, 80, 24);
    person.sees_messages(60, false);
    person = person.types("/macron<Enter>");
    let few = person.state.list.rows().len();
    person.sees_messages(usize::MAX, true);
    assert!(person.state.list.rows().len() > few);
    assert_eq!(person.asked.last().unwrap().query.to_string(), "macron");
}

#[test]
fn f_filters_to_the_sender() {
    let person = Person::opens(DESK, 80, 24).types("/budget<Enter>f");
    let line = person.state.filter.line().to_owned();
    assert!(line.starts_with("budget from:"), "{line}");
    let sender =
        |number: MessageNo| person.state.snapshot.corpus.get(number).unwrap().sender().address.to_owned();
    let address = line.rsplit("from:").next().unwrap().to_owned();
    let listed = person.state.filter.found().unwrap().narrowing.ranking().numbers().to_vec();
    assert!(!listed.is_empty() && listed.into_iter().all(|number| sender(number) == address));
}

#[test]
fn kept_lines_come_back_and_tab_completes() {
    let person = Person::opens(DESK, 80, 24).types("/hamon<Enter>/<Esc>/<Up>");
    assert_eq!(person.state.filter.line(), "hamon");
    let person = person.types("<C-u>fr<Tab>max<Tab>");
    let line = person.state.filter.line();
    assert!(line.starts_with("from:max") && line.contains('@'), "{line}");
}

#[test]
fn a_message_that_the_filter_leaves_out_is_not_gone_to() {
    let person = Person::opens(DESK, 80, 24).types("t/hamon<Enter>");
    let selected = person.state.list.message();
    let left_out =
        (0..291).map(MessageNo).find(|number| !person.state.list.narrowing().unwrap().holds(*number));
    let person = person.types(&format!(":{}<Enter>", left_out.unwrap()));
    assert_eq!(person.state.list.message(), selected);
    assert!(person.state.notice.unwrap().0.contains("the filter"));
}

/// Whoever has gone down and then filters sees what matches best, and on the way back where they were.
#[test]
fn what_matches_firmly_is_seen_first_wherever_one_was() {
    let person = Person::opens(DESK, 80, 24).types("GkkkK/count");
    let person = person.types(" desk");
    let seen = person.sees();
    let rows: Vec<&str> = seen.lines().collect();
    assert!(rows[1].starts_with('▌') && rows[1].contains("[desk] What counts as a name"), "{seen}");
    let person = person.types("<Enter>jjjjjj");
    let loose = person.sees();
    assert!(loose.lines().nth(8).unwrap().starts_with('▌'), "{loose}");
    let person = person.types("<Esc>");
    assert!(!person.sees().contains("count desk"));
    let back = Person::opens(DESK, 80, 24).types("GkkkK");
    assert_eq!(Person::opens(DESK, 80, 24).types("GkkkK/count desk<Esc>").sees(), back.sees());
}
