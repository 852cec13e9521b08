//! What is selected with the terminal's own mouse is the text of the message and nothing else.

use super::person::Person;

/// Returns whether a sign is one that frames and scroll bars are made of.
fn is_frame(sign: char) -> bool {
    matches!(sign, '\u{2500}'..='\u{259f}' | '↑' | '↓' | '▲' | '▼' | '⋮')
}

#[test]
fn the_reader_alone_on_the_screen_has_no_frame() {
    let mailbox = std::fs::read("sample-mbox/election-desk.mbox").unwrap();
    assert!(
        !String::from_utf8_lossy(&mailbox).contains(is_frame),
        "what a message draws itself would be taken for ours"
    );
    let mut person = Person::opens("election-desk.mbox", 80, 24).types("<Enter>");
    for _ in 0..80 {
        for keys in ["", "<PgDn>"] {
            person = person.types(keys);
            let buffer = person.buffer();
            for y in 1..23 {
                let row: String = (0..80).map(|x| buffer[(x, y)].symbol()).collect();
                // Where another part begins stands on a row of its own.
                let is_heading = row.starts_with(" ── ") && row.trim_end().ends_with(" ──");
                assert!(is_heading || !row.contains(is_frame), "{row}");
                let edges = [row.chars().next(), row.chars().last()];
                assert_eq!(edges, [Some(' '), Some(' ')], "{row}");
            }
        }
        person = person.types("J");
    }
}
