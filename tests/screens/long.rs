//! Long messages: what is seen of them is what is there, and no more than that is laid out.

use super::Person;
use std::fmt::Write as _;
use std::sync::Arc;
use tranche::app::Msg;
use tranche::app::page::Spot;
use tranche::app::reader::Extent;
use tranche::app::reader::Generation;
use tranche::app::reader::Opened;
use tranche::watch::Scanner;
use tranche::watch::Watchlist;

const HEADER: &str = "From a@b.example Mon Mar  6 09:00:00 2017\nFrom: Anna <a@b.example>\nDate: Mon, 6 Mar 2017 10:00:00 +0100\n\
                      Subject: long\n";

/// Opens the one message of a mailbox.
fn reads(message: &str) -> Person {
    let mut person = Person::waits_for("long", format!("{HEADER}{message}").into_bytes(), 80, 24);
    person.sees_messages(1, true);
    person.types("<Enter>")
}

/// The rows of the reader.
fn rows(person: &Person) -> Vec<String> {
    let sees = person.sees();
    sees.lines().skip(1).take(22).map(str::to_owned).collect()
}

/// Four megabytes of numbered lines; some name a candidate, some are quoted.
fn long_text() -> String {
    let mut text = String::from("\n");
    for line in 1..=100_000 {
        let quote = if line % 1000 > 990 || (40_000..50_000).contains(&line) { "> " } else { "" };
        let name = if line % 10_000 == 7 { "Fillon" } else { "words" };
        writeln!(text, "{quote}line {line} {name} and some more of them").unwrap();
    }
    text
}

#[test]
fn each_row_of_a_long_message_is_seen_once_and_in_order() {
    let mut person = reads(&long_text()[..150_000]);
    let mut seen: Vec<String> = rows(&person);
    let last = |seen: &Vec<String>| seen.last().cloned();
    while !person.state.reader.is_at_end() {
        person = person.types("j");
        seen.extend(last(&rows(&person)));
    }
    let numbers: Vec<usize> =
        seen.iter().filter_map(|row| row.split_once("line ")?.1.split(' ').next()?.parse().ok()).collect();
    let count = numbers.len();
    assert!(count > 3_000);
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
    let end = rows(&person);
    assert_eq!(rows(&reads(&long_text()[..150_000]).types("G")), end);
}

#[test]
fn a_key_lays_out_a_screen_whatever_the_length() {
    let mut person = reads(&long_text());
    for key in ["G", "g", " ", "G", "b", "z", "n", "n", "N", "z", "<C-d>", "vvv", "G", "v"] {
        person = person.types(key);
        let page = person.state.reader.page();
        assert!(page.blocks() > 80, "{key}");
        assert!(page.laid_out() <= 6, "{} blocks are laid out after {key}", page.laid_out());
    }
}

#[test]
fn another_width_and_folded_quotations_keep_the_place() {
    let mut person = reads(&long_text()).types("nnnnnn");
    assert!(person.sees().contains("line 50007 Fillon"), "{}", person.sees());
    person.hears(Msg::Resized(tranche::app::geometry::Size { width: 40, height: 12 }));
    let person = person.types("z");
    assert!(person.sees().contains("line 50"), "{}", person.sees());
    let person = person.types("N");
    assert!(person.sees().contains("watch-here Fillon"), "a folded quotation is unfolded for its hit");
    let folded = reads(&long_text()).types("znnnn<C-d>zz");
    assert!(folded.sees().contains("line 30"), "{}", folded.sees());
}

#[test]
fn a_long_quotation_is_one_row_when_it_is_folded() {
    let quote = "> a quoted line\n".repeat(50_000);
    let person = reads(&format!("\nabove\n{quote}below\n")).types("z");
    assert!(person.sees().contains("above\n ▸ 50,000 quoted lines\n below\n"), "{}", person.sees());
}

#[test]
fn a_line_of_megabytes_is_wrapped_where_it_is_seen() {
    let person = reads(&format!("\n{}end", "x".repeat(3 << 20))).types("G");
    assert!(person.sees().contains("x\n end\n"), "{}", person.sees());
    assert!(person.state.reader.page().laid_out() < 6);
}

/// The answers of the worker, step by step.
#[test]
fn a_long_message_comes_in_steps() {
    let message = format!("{HEADER}{}", long_text());
    let message = message.split_once('\n').unwrap().1.as_bytes();
    let scanner = Scanner::new(&Watchlist::built_in());
    let mut person = reads("\nshort\n");
    person.state.reader = tranche::app::reader::Reader::default();
    person.state.reader.set_area(tranche::app::geometry::Area { x: 0, y: 1, width: 80, height: 22 });
    let wanted = person.state.reader.show(tranche::corpus::MessageNo(0), &person.state.snapshot);
    let generation = wanted.generation;
    let loaded = |opened: Opened| Msg::MessageLoaded { generation, opened: Arc::new(opened) };
    person.hears(loaded(Opened::beginning(message, &scanner)));
    let start = rows(&person);
    assert_eq!(person.state.reader.extent(), Some(Extent::Beginning));
    assert!(!person.state.reader.named().is_empty());
    person = person.types("G");
    assert!(person.sees().contains("loading…"), "{}", person.sees());
    let at_end = person.state.reader.top();
    assert!(at_end > Spot::default());
    let steps = &mut Vec::new();
    let _ = Opened::read_in_steps(message, &[], &scanner, &mut |step| {
        steps.push(step);
        std::ops::ControlFlow::Continue(())
    });
    for step in std::mem::take(steps) {
        match step {
            tranche::app::reader::Step::Working => {}
            tranche::app::reader::Step::Read(opened) => {
                person.hears(Msg::MessageLoaded { generation: Generation(99), opened: Arc::clone(&opened) });
                assert_eq!(person.state.reader.extent(), Some(Extent::Beginning), "not this question");
                person.hears(Msg::MessageLoaded { generation, opened });
                assert_eq!(person.state.reader.extent(), Some(Extent::Unsearched));
                assert!(person.sees().contains("so far"), "{}", person.sees());
            }
            tranche::app::reader::Step::Searched(hits) => {
                person.hears(Msg::MessageSearched { generation, hits });
            }
        }
    }
    assert!(person.state.reader.is_searched());
    assert_eq!(person.state.reader.named().len(), 10);
    person.hears(loaded(Opened::beginning(message, &scanner)));
    assert!(person.state.reader.is_searched(), "less of it changes nothing");
    assert_eq!(rows(&person.types("g")), start);
}

#[test]
fn many_attachments_do_not_push_the_text_away() {
    let part = |n: usize| {
        let name = if n == 700 { "budget-fillon" } else { "file" };
        format!("--b\nContent-Type: application/zip; name={name}-{n}.zip\n\nabc\n")
    };
    let parts: String = (1..=1000).map(part).collect();
    let message = format!("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n{parts}--b--\n");
    let person = reads(&message);
    assert!(person.sees().contains("+995, names F\n"), "{}", person.sees());
    assert!(person.sees().contains("Hello.\n"), "{}", person.sees());
    let person = person.types("n");
    assert!(person.sees().contains("watch-here fillon"), "{}", person.sees());
    let person = person.types("G");
    assert!(person.sees().contains("file-1000.zip  3 B\n\n Hello.\n"), "{}", person.sees());
    assert!(person.types("r").sees().contains("Hello.\n"));
}
