//! The language, row by row: what is typed, and what is understood.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(line: &str, expected: &str) {
    let shown = Query::parse(line).map(|query| query.to_string());
    assert_eq!(shown.as_deref(), Ok(expected), "{line}");
}

#[track_caller]
fn check_wrong(line: &str, (column, length): (usize, usize), expected: &str) {
    let error = Query::parse(line).expect_err(line);
    assert_eq!((error.column, error.length), (column, length), "{line}: {error}");
    assert_eq!(error.wrong.to_string(), expected, "{line}");
}

#[test]
fn words_fields_and_signs_are_understood() {
    check("", "");
    check("  melench   budget ", "melench budget");
    check("'exact \"two words\" -not", "'exact \"two words\" -not");
    check("From:Anna -to:\"two words\" -\"a b\" -'c", "from:Anna -to:\"two words\" -\"a b\" -'c");
    check("cc:a with:b subject:c body:d file:e list:f", "cc:a with:b subject:c body:d file:e list:f");
    check("id:<a@b.example> id:c@d", "id:<a@b.example> id:<c@d>");
    check("file:'/etc from:'\"", "file:'/etc from:'\"");
    check("date:2017-2 date:2017-02-01..2018 date:..2017", "date:2017-02 date:2017-02-01..2018 date:..2017");
    check("after:2017-01-31 before:2018", "after:2017-01-31 before:2018");
    check("size:>1m size:<=512 has:Attachments", "size:>1M size:<=512 has:attachment");
    check(
        "is:marked is:Duplicate is:unsearchable tag:x tag:\"to do\"",
        "is:marked is:duplicate is:unsearchable tag:x tag:\"to do\"",
    );
    check(
        "candidate:macron candidate:\"Le Pen\" thread:17",
        "candidate:macron candidate:\"Le Pen\" thread:17",
    );
    check(r"body:/le\/la pen|x y/ subject:/^re:/", r"body:/le\/la pen|x y/ subject:/^re:/");
}

#[test]
fn or_binds_its_neighbours_and_groups_bind_what_they_hold() {
    check("a OR b", "a OR b");
    check("a b OR c d", "a b OR c d");
    check("a (b OR c) d", "a b OR c d");
    check("(a b) OR c", "(a b) OR c");
    check("-(a OR from:b)", "-(a OR from:b)");
    check("-(-(a))", "-(-a)");
    check("((a)) (b c)", "a b c");
    check("a OR (b OR c)", "a OR (b OR c)");
    check("or a ORB", "or a ORB");
}

#[test]
fn what_looks_like_the_language_and_is_not_stays_a_word() {
    check(
        "12:30 http://desk.example/x :) a:b@c".split(" a:b").next().unwrap(),
        "12:30 http://desk.example/x :)",
    );
    check("sub-total --flag o'hara a\"b", "sub-total --flag o'hara a\"b");
    check("é: ", "é:");
}

#[test]
fn what_is_not_understood_is_pointed_at() {
    check_wrong("a form:x", (3, 5), "unknown field \"form:\"; did you mean \"from:\"?");
    check_wrong("é -sujet:x", (4, 6), "unknown field \"sujet:\"; did you mean \"subject:\"?");
    check_wrong("from: x", (1, 5), "\"from:\" needs a value right behind the colon");
    check_wrong("date:2017-13", (6, 7), "no such date; write 2017, 2017-02, 2017-02-01 or 2017-02..2017-04");
    check_wrong("after:1/2/2017", (7, 8), "no such date; write 2017, 2017-02 or 2017-02-01");
    check_wrong("date:2018..2017", (6, 10), "these dates end before they begin");
    check_wrong("size:1M", (6, 2), "a size needs a side; write size:>1M or size:<20K");
    check_wrong("size:>1X", (6, 3), "no such size; write a number with B, K, M or G, such as size:>1M");
    check_wrong(
        "is:marqué",
        (4, 6),
        "unknown \"is:marqué\"; there is is:marked, is:duplicate and is:unsearchable",
    );
    check_wrong("has:link", (5, 4), "unknown \"has:link\"; there is has:attachment");
    check_wrong("thread:x", (8, 1), "\"thread:\" needs the number of one of its messages, such as thread:17");
    check_wrong("a \"b c", (3, 4), "the quote is not closed; add \" where it ends");
    check_wrong("body:/a", (6, 2), "the regular expression is not closed; add / where it ends");
    check_wrong("body:/a(/", (6, 4), "not a regular expression: unclosed group");
    check_wrong("\" \"", (1, 3), "nothing stands between the quotes");
    let or = "OR needs a word on both sides; write \"OR\" in quotes to look for the word";
    check_wrong("OR a", (1, 2), or);
    check_wrong("a OR", (3, 2), or);
    check_wrong("a OR OR b", (6, 2), or);
    check_wrong("(a OR) b", (4, 2), or);
    check_wrong("a -", (3, 1), "- needs a word right behind it");
    check_wrong("' a", (1, 1), "' needs a word right behind it");
    check_wrong("b (a", (3, 1), "the group is not closed; add ) where it ends");
    check_wrong("( )", (1, 3), "nothing stands in the group");
    let foreign = "AND is not needed: all words must match; write \"AND\" in quotes to look for the word";
    check_wrong("a AND b", (3, 3), foreign);
    check_wrong(&"(".repeat(1000), (33, 1), "too many groups within groups");
}

#[test]
fn an_error_says_whether_more_letters_may_mend_it() {
    for (line, is_unfinished) in [("from:", true), ("a \"b", true), ("a OR", true), ("form:x", false)] {
        assert_eq!(Query::parse(line).expect_err(line).is_unfinished(), is_unfinished, "{line}");
    }
}

#[test]
fn a_query_says_how_much_it_must_see() {
    let depth = |line| Query::parse(line).unwrap().depth();
    assert_eq!(depth("anna from:x date:2017 tag:y"), Depth::Envelope);
    assert_eq!(depth("anna -file:x"), Depth::Structure);
    assert_eq!(depth("has:attachment OR body:x"), Depth::Text);
}

#[test]
fn a_fact_that_is_not_known_is_refused_where_it_stands() {
    let line = "é -tag:x";
    let marks_only = |fact: &Fact| match fact {
        Fact::Marked => Ok(()),
        _ => Err("tags are not kept yet".to_owned()),
    };
    let error = Query::parse(line).unwrap().knowing(line, marks_only).unwrap_err();
    assert_eq!((error.column, error.length), (4, 5));
    assert_eq!(error.to_string(), "column 4: tags are not kept yet");
    assert!(Query::parse("is:marked").unwrap().knowing("is:marked", marks_only).is_ok());
}

/// Lines in which the signs of the language are likely.
fn lines() -> impl Strategy<Value = String> {
    let pieces = "a b OR AND ( ) - ' \" : / from: body: date: 2017 .. size: > 1M \\ é \u{A0} | is:marked";
    let pieces: Vec<&str> = pieces.split(' ').chain([" ", " "]).collect();
    let piece = prop_oneof![9 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_line_is_understood_or_refused_within_it(line in lines()) {
        let characters = line.chars().count();
        match Query::parse(&line) {
            Ok(query) => prop_assert_eq!(Query::parse(&query.to_string()), Ok(query)),
            Err(error) => prop_assert!(error.column - 1 + error.length <= characters.max(1), "{}", error),
        }
        for cursor in 0..=line.len() {
            let found = complete(&line, cursor);
            prop_assert!(line.get(found.typed).is_some());
        }
    }
}
