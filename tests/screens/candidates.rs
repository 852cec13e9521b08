//! `candidate:` and its like on the screen: keys in, the list narrowed to whom the messages name.

use super::Person;
use super::screen;
use tranche::corpus::MessageNo;

const DESK: &str = "election-desk.mbox";

/// Returns the messages that the filter lists, as people count.
fn listed(person: &Person) -> Vec<u64> {
    let narrowing = person.state.list.narrowing().expect("there is a filter");
    let numbers = (0..person.state.snapshot.corpus.len() as u32).map(MessageNo);
    numbers.filter(|&number| narrowing.holds(number)).map(MessageNo::ordinal).collect()
}

/// Returns the messages that name a candidate, by the background search.
fn naming(person: &Person, candidate: u16) -> Vec<u64> {
    let namings = person.state.watching.namings();
    namings.filter(|it| it.candidate.0 == candidate).map(|it| it.message.ordinal()).collect()
}

#[test]
fn a_filter_to_a_candidate() {
    screen!(Person::opens(DESK, 80, 24).types("/candidate:L<Enter>"));
}

#[test]
fn a_candidate_is_asked_for_by_badge_or_name() {
    for (candidate, words) in ["\"le pen\"", "F", "macron", "h", "melench"].iter().enumerate() {
        let person = Person::opens(DESK, 80, 24).types(&format!("/candidate:{words}<Enter>"));
        assert_eq!(listed(&person), naming(&person, candidate as u16), "{words}");
        let others = Person::opens(DESK, 80, 24).types(&format!("/-candidate:{words}<Enter>"));
        assert_eq!(listed(&others).len(), 291 - listed(&person).len(), "{words}");
    }
    let person = Person::opens(DESK, 80, 24).types("/candidate:lenchon");
    assert!(person.sees().contains("did you mean \"Mélenchon\"?"));
}

#[test]
fn duplicates_and_what_cannot_be_searched_are_asked_for() {
    let person = Person::opens(DESK, 80, 24).types("/is:unsearchable<Enter>");
    assert_eq!(listed(&person), [149]);
    let person = Person::opens("repeated-id.mbox", 80, 24).types("/is:duplicate<Enter>");
    assert!(!listed(&person).is_empty());
}

/// While messages are still searched the answer grows; what cannot be said yet is not guessed.
#[test]
fn an_answer_grows_as_the_messages_are_searched() {
    let mut person = Person::waits_for(DESK, std::fs::read(format!("sample-mbox/{DESK}")).unwrap(), 80, 24);
    person.search_at_most = 60;
    person.sees_messages(usize::MAX, true);
    let mut person = person.types("/-candidate:L candidate:F body:/./<Enter>");
    assert!(person.state.filter.is_running());
    let mut before = listed(&person);
    assert!(before.iter().all(|&number| number <= 60), "{before:?}");
    assert!(person.sees().contains("searching 20 %"), "{}", person.sees());
    for most in [61, 150, 290, 291] {
        person.search_at_most = most;
        person.search();
        let now = listed(&person);
        assert!(before.iter().all(|number| now.contains(number)), "nothing is taken back");
        before = now;
    }
    let whole = Person::opens(DESK, 80, 24).types("/-candidate:L candidate:F body:/./<Enter>");
    assert_eq!(before, listed(&whole));
    assert!(!person.state.filter.is_running());
}

#[test]
fn esc_stops_an_answer_that_grows() {
    let mut person = Person::waits_for(DESK, std::fs::read(format!("sample-mbox/{DESK}")).unwrap(), 80, 24);
    person.search_at_most = 60;
    person.sees_messages(usize::MAX, true);
    let mut person = person.types("/candidate:F<Enter><Esc>");
    let before = listed(&person);
    assert!(person.sees().contains("stopped: 60 of 291 read"), "{}", person.sees());
    person.search_at_most = 291;
    person.search();
    assert_eq!(listed(&person), before);
}

#[test]
fn a_digit_narrows_to_a_candidate_and_back() {
    let person = Person::opens(DESK, 80, 24).types("/budget<Enter>3");
    assert_eq!(person.state.filter.line(), "budget candidate:M");
    let person = person.types("2");
    assert_eq!(person.state.filter.line(), "budget candidate:F");
    let person = person.types("<Enter>2");
    assert_eq!(person.state.filter.line(), "budget");
    let person = Person::opens(DESK, 80, 24).types("1");
    assert_eq!(listed(&person), naming(&person, 0));
    assert!(person.types("1").state.filter.query().is_none());
    let person = Person::opens(DESK, 80, 24).types("/candidate:macron<Enter>3");
    assert!(person.state.filter.query().is_none(), "{}", person.state.filter.line());
    let person = Person::opens(DESK, 80, 24).types("6");
    assert!(person.sees().contains("the watchlist has no candidate 6"));
}

/// What is listed is what the row of the candidates screen counts, whatever the filter was before.
#[test]
fn enter_lists_what_a_row_counts() {
    for place in 0..5 {
        let person = Person::opens(DESK, 80, 24).types("/budget<Enter>c");
        let person = person.types(&"j".repeat(place)).types("<Enter>");
        assert_eq!(listed(&person), naming(&person, place as u16));
        assert!(person.state.layers.is_empty());
    }
    let person = Person::opens(DESK, 80, 24).types("cG<Enter>");
    assert_eq!(listed(&person), [149]);
    let person = Person::opens(DESK, 80, 24).types("c4");
    assert_eq!(listed(&person), naming(&person, 3));
}

#[test]
fn what_could_not_be_searched_has_a_row() {
    screen!(Person::opens(DESK, 80, 24).types("cG"));
}

#[test]
fn a_candidate_that_nobody_names_is_told_with_what_was_looked_for() {
    let list = "[[candidate]]\nname = \"Zeno Nowhere\"\nspellings = [\"Page\", \"ZNW\"]\n\
                [[candidate]]\nname = \"Emmanuel Macron\"\nspellings = [\"Macron\", \"EM\", \"Pen\"]\n";
    let person = Person::looks_for(list, DESK, 80, 24);
    screen!("a_watchlist_with_notes", person);
    screen!("candidates_of_a_watchlist_with_notes", person.types("c"));
    let person = Person::looks_for("[[candidate]]\nname = \"Zeno Nowhere\"\n", DESK, 80, 24).types("1");
    screen!("nobody_is_named", person);
}

/// With a filter on, `n` comes to every hit of what matches, and to no other.
#[test]
fn n_stays_within_what_the_filter_lists() {
    for keys in ["/candidate:H<Enter>", "/subject:desk<Enter>", "t/subject:desk<Enter>"] {
        let mut person = Person::opens(DESK, 80, 24).types(keys);
        let hits: u64 = person
            .state
            .watching
            .namings()
            .filter(|it| person.state.list.narrowing().unwrap().holds(it.message))
            .map(|it| u64::from(it.hits))
            .sum();
        let mut come_to = 0;
        for _ in 0..=hits {
            person = person.types("zn");
            if person.state.notice.is_some() {
                break;
            }
            come_to += 1;
            let shown = person.state.reader.shown().unwrap();
            assert!(person.state.list.narrowing().unwrap().holds(shown), "{keys} {shown:?}");
            assert!(person.sees().contains(" watch-here "), "{}", person.sees());
        }
        assert_eq!(come_to, hits, "{keys}");
    }
}

#[test]
fn what_names_them_most_often_is_first() {
    let person = Person::opens(DESK, 80, 24).types("too");
    assert!(person.sees().contains("most hits first"));
    let hits_of = |person: &Person, row: usize| {
        let number = MessageNo(person.state.list.rows()[row].container.0);
        person.state.watching.named().unwrap().of(number).unwrap().hits()
    };
    let hits: Vec<u64> = (0..291).map(|row| hits_of(&person, row)).collect();
    assert!(hits[0] > 5 && hits.is_sorted_by(|one, next| one >= next), "{hits:?}");
    screen!("conversations_by_hits", person.types("t"));
}
