//! What the filter found, marked in the message that is read: it is what the list was narrowed by.

use super::Person;
use super::screen;
use crate::planted;
use proptest::prelude::*;
use std::fmt::Write as _;
use tranche::app::Msg;
use tranche::app::geometry::Size;
use tranche::corpus::MessageNo;
use tranche::text::fold;
use tranche::watch::Watchlist;

const DESK: &str = "election-desk.mbox";

/// Opens a mailbox in which nobody is looked for.
fn watches_nobody(mailbox: Vec<u8>) -> Person {
    let nobody = Watchlist::default().with("[[candidate]]\nname = \"Zeno Nowhere\"\n").unwrap();
    let mut person = Person::waits_with(nobody, "found", mailbox, 80, 24);
    person.sees_messages(usize::MAX, true);
    person
}

/// A mailbox of one message.
fn mailbox(message: &str) -> Vec<u8> {
    let head = "From a@b.example Mon Mar  6 09:00:00 2017\nFrom: Anna Roux <a@b.example>\n\
                Date: Mon, 6 Mar 2017 10:00:00 +0100\n";
    format!("{head}{message}").into_bytes()
}

/// What is marked as found, of one row or all of them.
fn found(person: &Person) -> Vec<String> {
    let sees = person.sees();
    let (_, listed) = sees.split_once("---\n").unwrap();
    let of_row = |line: &str| {
        let (row, rest) = line.split_at(3);
        let words = rest.strip_prefix("match     ").or(rest.strip_prefix("match-here "))?;
        (row.trim() != "1").then(|| words.to_owned())
    };
    listed.lines().filter_map(of_row).collect()
}

fn is_here(person: &Person, words: &str) -> bool {
    person.sees().contains(&format!(" match-here {words}"))
}

#[test]
fn a_message_with_what_the_filter_found() {
    screen!(Person::opens(DESK, 80, 24).types("/body:maquette subject:\"compte\" zuzana<Enter><Enter>n"));
}

#[test]
fn the_filter_marks_beside_the_list_as_it_is_typed() {
    screen!(Person::opens(DESK, 140, 24).types("/body:parrainages hexa"));
    let person = Person::opens(DESK, 140, 24).types("/body:parrainages");
    assert!(found(&person).contains(&"parrainages".to_owned()), "{}", person.sees());
    assert!(found(&person.types("<Esc>")).is_empty());
}

#[test]
fn words_stand_where_the_query_looked_for_them() {
    let message = "To: Budget <b@desk.example>\nSubject: the budget\n\nAbout the budget.\n";
    let check = |filter: &str, expected: &[&str]| {
        let person = watches_nobody(mailbox(message)).types(&format!("/{filter}<Enter><Enter>"));
        assert_eq!(found(&person), expected, "{filter}");
    };
    check("budget", &["Budget", "budget"]);
    check("subject:budget", &["budget"]);
    check("to:budget", &["Budget"]);
    check("body:budget", &["budget"]);
    check("with:roux", &["Roux"]);
    check("from:b.example -body:zzz", &["b.example"]);
    check("body:/[a-z]u[a-z]/ body:get", &["out", "budget"]);
    check("-body:other", &[]);
    check("anna OR body:about", &["Anna", "About"]);
}

#[test]
fn the_names_of_attachments_are_marked() {
    let message = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n\
                   --b\nContent-Type: application/pdf; name=budget-2017.pdf\n\nabc\n--b--\n";
    let person = watches_nobody(mailbox(message)).types("/file:2017<Enter><Enter>");
    assert_eq!(found(&person), ["2017"]);
}

#[test]
fn what_was_found_among_those_who_are_not_seen_is_said() {
    let others: String = (1..=40).map(|n| format!("Person {n} <p{n}@desk.example>, ")).collect();
    let files: String =
        (1..9).map(|n| format!("--b\nContent-Type: application/pdf; name=f-{n}.pdf\n\nx\n")).collect();
    let message = format!(
        "To: {others}Zoltan <x@desk.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n{files}--b--\n"
    );
    let person = watches_nobody(mailbox(&message)).types("/to:zoltan file:f-8<Enter><Enter>");
    assert!(person.sees().contains("  +39, 1 found\n"), "{}", person.sees());
    assert!(person.sees().contains(" +3, 1 found\n"), "{}", person.sees());
    let person = person.types("r");
    assert_eq!(found(&person), ["Zoltan"]);
    assert_eq!(found(&person.types("G")), ["Zoltan", "f-8"]);
}

#[test]
fn where_somebody_is_named_that_is_what_is_marked() {
    let message = "Subject: x\n\nEmmanuel Macron, the spokesman of Macron; macronutrients.\n";
    let mut person = Person::waits_for("both", mailbox(message), 80, 24);
    person.sees_messages(1, true);
    let person = person.types("/body:macron body:spoke<Enter><Enter>");
    assert_eq!(found(&person), ["spoke", "macron"]);
    assert_eq!(person.sees().matches(" watch     ").count(), 2);
    let mut seen = Vec::new();
    let mut person = person.types("g");
    for _ in 0..5 {
        person = person.types("n");
        let sees = person.sees();
        let here = sees.lines().find_map(|line| line.split_once("-here ").map(|(_, words)| words.to_owned()));
        seen.push(here.unwrap_or_default());
    }
    assert_eq!(seen, ["spoke", "Macron", "macron", "macron", "macron"], "first what the filter found");
    assert_eq!(person.state.notice.as_ref().unwrap().0, "there are no hits further down");
    let person = person.types("NNN");
    assert!(person.sees().contains("watch-here Emmanuel Macron"), "{}", person.sees());
}

#[test]
fn n_unfolds_the_quotation_that_hides_a_word() {
    let quoted = "> nothing\n".repeat(5) + "> the brontolith\n" + &"> nothing\n".repeat(50);
    let message = format!("Subject: x\n\nSee below.\n\n{quoted}\nEnd.\n");
    let person = watches_nobody(mailbox(&message)).types("/body:brontolith<Enter><Enter>z");
    assert!(person.sees().contains("▸ 56 quoted lines, 1 found\n"), "{}", person.sees());
    assert!(is_here(&person.types("n"), "brontolith"));
}

#[test]
fn n_comes_to_words_in_later_parts_and_attached_messages() {
    let far = "nothing\n".repeat(100);
    let message = format!(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{far}\n\
         --b\nContent-Type: text/html\n\n<p>{far}<p>a bronto<b>lith</b>\n\
         --b\nContent-Type: message/rfc822\n\nFrom: c@d.example\nSubject: brontolith\n\n{far} brontolith\n--b--\n"
    );
    let mut person = watches_nobody(mailbox(&message)).types("/body:brontolith<Enter><Enter>");
    assert!(found(&person).is_empty(), "{}", person.sees());
    assert!(person.sees().contains("3 hits below"), "{}", person.sees());
    let mut tops = Vec::new();
    for _ in 0..3 {
        person = person.types("n");
        assert!(is_here(&person, "brontolith"), "{}", person.sees());
        tops.push(person.state.reader.top());
    }
    assert!(tops.is_sorted() && tops[1] != tops[2], "{tops:?}");
    assert_eq!(person.types("n").state.notice.unwrap().0, "there are no hits further down");
}

#[test]
fn n_goes_on_to_the_next_message_that_has_the_word() {
    let message = |subject: &str, body: &str| {
        String::from_utf8(mailbox(&format!("Subject: {subject}\n\n{body}\n\n"))).unwrap()
    };
    let all = [message("a", "brontolith"), message("b", "none"), message("c", "x\n> brontoliths\n")].concat();
    let person = watches_nobody(all.into_bytes()).types("/body:brontolith<Enter>n");
    assert_eq!(person.state.reader.shown(), Some(MessageNo(0)));
    assert!(is_here(&person, "brontolith"), "{}", person.sees());
    let person = person.types("n");
    assert_eq!(person.state.reader.shown(), Some(MessageNo(2)));
    assert!(is_here(&person, "brontolith"), "{}", person.sees());
    let person = person.types("N");
    assert_eq!(person.state.reader.shown(), Some(MessageNo(0)));
}

#[test]
fn n_goes_to_words_where_there_is_no_watchlist() {
    let mut person = Person::waits_with(Watchlist::default(), "x", mailbox("Subject: x\n\nword\n"), 80, 24);
    person.sees_messages(1, true);
    let person = person.types("/body:word<Enter><Enter>n");
    assert!(is_here(&person, "word"), "{}", person.sees());
    let person = person.types("q<Esc>n");
    assert_eq!(person.state.notice.unwrap().0, "nobody is looked for: there is no watchlist");
}

#[test]
fn a_long_message_has_its_words_too() {
    let mut text = String::from("Subject: long\n\n");
    for line in 1..=100_000 {
        let word = if line % 10_000 == 7 { "Brontolith" } else { "words" };
        writeln!(text, "line {line} {word} and some more of them").unwrap();
    }
    let mut person = watches_nobody(mailbox(&text)).types("/body:brontolith<Enter><Enter>");
    assert_eq!(found(&person), ["Brontolith"]);
    person = person.types("nn");
    assert!(person.sees().contains("line 10007 Brontolith"), "{}", person.sees());
    assert!(is_here(&person, "Brontolith"));
    assert!(person.sees().contains("1 hit above, 8 below"), "{}", person.sees());
    assert!(person.state.reader.page().laid_out() < 8);
    person.hears(Msg::Resized(Size { width: 60, height: 24 }));
    assert!(is_here(&person, "Brontolith"), "{}", person.sees());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Of a message in any encoding: it is listed if and only if what it is listed for is marked in it.
    #[test]
    fn what_a_message_is_listed_for_is_marked_in_it(
        text in 0..planted::TEXTS.len(), encoding in 0..7_usize, from in 0..60_usize, len in 1..6_usize,
        other in "[a-m]{1,2}", is_other: bool, how in 0..3_usize,
    ) {
        let (text, _) = planted::TEXTS[text];
        let encodings = planted::encodings(text);
        let Some(encoded) = encodings.get(encoding) else { return Ok(()) };
        let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let from = from.min(letters.len() - 1);
        let planted: String = letters.iter().skip(from).take(len).collect();
        let word = if is_other { other } else { planted };
        let filter = match how {
            0 => format!("body:{word}"),
            1 => format!("body:\"{word}\""),
            _ => format!("body:/(?i){word}/"),
        };
        let person = watches_nobody(planted::message(0, encoded)).types(&format!("/{filter}<Enter>"));
        let is_listed = person.state.list.narrowing().unwrap().holds(MessageNo(0));
        // A message that was open before anything was looked for in it is looked through as well.
        let person = person.types("<Esc>").types(&format!("<Enter>q/{filter}<Enter>"));
        let person = if is_listed { person.types("<Enter>") } else { person };
        let found = found(&person);
        prop_assert_eq!(is_listed, !found.is_empty(), "{} in {:?}: {}", filter, text, person.sees());
        // What goes over the end of a row is marked on both.
        let found = fold(&found.concat()).replace("\\u{200b}", "").replace("\\xad", "");
        prop_assert!(!is_listed || found.replace(['>', ' '], "").contains(&fold(&word)), "{} in {}", word, found);
    }
}
