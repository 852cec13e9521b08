//! Which lines of a decoded text somebody else wrote: the quoted stretches, and the signature.
//!
//! A line is quoted where it begins with `>` (`> >`, `>>`, or the initials `AB>` on two lines running),
//! and where it stands under the header of a reply or a forwarded message, that header included. Under
//! a header whose quote is marked with `>` only marked lines are quoted, so an answer between them stays
//! the author's own; under one without marks everything is quoted, to the end.
//!
//! **Invariant:** the ranges are whole lines in order, they do not overlap, and neighbours that touch
//! differ in depth.
//!
//! Not here: `|` as a mark (tables have it too), and what is shown or folded of a quote.

mod line;
mod opening;
mod words;

use super::TextRange;
use line::Line;

/// A run of quoted lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Its lines, the line end of the last one included.
    pub range: TextRange,
    /// How often it was quoted: 1 is what is being answered.
    pub depth: u8,
}

/// Returns the quoted stretches of a decoded text, in time linear in its length.
pub fn quoted(text: &str) -> Vec<Quoted> {
    let mut openings = opening::openings(&mut line::lines(text)).into_iter().peekable();
    let mut found = Vec::new();
    let mut under: u8 = 0;
    for (place, line) in line::lines(text).enumerate() {
        let depth = match openings.peek() {
            Some(opening) if place >= opening.first => under.saturating_add(1),
            _ => under.saturating_add(line.marks),
        };
        add(&mut found, &line, depth);
        if let Some(opening) = openings.next_if(|opening| opening.last == place) {
            under = if opening.is_section { depth } else { under };
        }
    }
    found
}

/// Returns where the signature stands: from the last line `-- ` of the author's own text to the next
/// quote or the end. `quotes` are what [`quoted`] returns.
///
/// RFC 3676 §4.3 wants the blank after the dashes; programs that cut it are many.
pub fn signature(text: &str, quotes: &[Quoted]) -> Option<TextRange> {
    let begins_a_line = |&start: &usize| start == 0 || text.get(..start).is_some_and(|it| it.ends_with('\n'));
    let is_delimiter = |&start: &usize| {
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        matches!(line.trim_end_matches('\r'), "-- " | "--")
    };
    let dashes = text.rmatch_indices("--").map(|(start, _)| start);
    dashes.filter(begins_a_line).filter(is_delimiter).find_map(|start| {
        let after = quotes.partition_point(|quote| quote.range.end <= start);
        let next = quotes.get(after).map_or(text.len(), |quote| quote.range.start);
        (next > start).then_some(start..next)
    })
}

/// Adds a line, to the last range where it continues it.
fn add(found: &mut Vec<Quoted>, line: &Line<'_>, depth: u8) {
    if depth == 0 {
        return;
    }
    match found.last_mut() {
        Some(last) if last.depth == depth && last.range.end == line.start => last.range.end = line.end,
        _ => found.push(Quoted { range: line.start..line.end, depth }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `expected` has a digit a line: how deep it is quoted, or `s` for the signature.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let quotes = quoted(text);
        let signature = signature(text, &quotes).unwrap_or_default();
        let depth = |line: &Line<'_>| match quotes.iter().find(|quote| quote.range.contains(&line.start)) {
            Some(quote) => quote.depth.to_string(),
            None if signature.contains(&line.start) => "s".to_owned(),
            None => "0".to_owned(),
        };
        assert_eq!(line::lines(text).map(|line| depth(&line)).collect::<String>(), expected, "{text}");
    }

    #[test]
    fn marked_lines_are_quoted() {
        check("a\n> b\n> > c\n>>> d\n > e\nf", "012310");
        check(">\n>\u{A0}> a\r\nb > c\n", "120");
        check("AB> a\nAB> b\nc\nSQL> d\ne\n", "11000");
        check("", "");
    }

    #[test]
    fn answers_between_marked_lines_are_the_authors_own() {
        check("On Mon, 6 Feb 2017 at 10:00, Anna wrote:\n\n> a\nb\n> c\nd\n", "111010");
        check("Le 6 février 2017 à 10:00, Anna <anna@desk.example> a écrit\u{A0}:\n> a\nb\n", "110");
        check("Anna Roux wrote:\n> a\nb\n", "110");
        check("Here is what she wrote:\nb\n", "00");
        check("On 6 Feb 2017, Anna wrote:\n\n[cut]\n\n> a\nb\n", "100010");
    }

    #[test]
    fn all_below_a_header_without_marks_is_quoted() {
        check("a\n\nOn Mon, 6 Feb 2017 at 10:00, Anna wrote:\n\nb\n\nc", "0011111");
        check("a\nLe lun. 6 févr. 2017 à 10:00, Anna Roux\n<anna@desk.example> a\nécrit :\nb", "01111");
        check("a\nAm 06.02.2017 um 10:00 schrieb Anna Roux:\nb", "011");
        check("a\n2017-02-06 10:00 GMT+01:00 Anna Roux <anna@desk.example>:\nb", "011");
        check("a\n-----Message d'origine-----\nDe : A\nEnvoyé : lundi\nÀ : B\nObjet : c\n\nd", "01111111");
        check("a\n-----Message d’origine-----\nb", "011");
        check("a\n\n----- Original Message -----\nb\n", "0011");
        check(
            "a\n________________________________\nDe\u{A0}: A\nEnvoyé\u{A0}: lundi\nObjet\u{A0}: b\n\nc",
            "0111111",
        );
        check("a\n*From:* A\n*Sent:* Monday\n*To:* B\n*Subject:* b\n\nc", "0111111");
        check("a\nBegin forwarded message:\n\nFrom: A\nSubject: b\nDate: c\n\nd", "01111111");
        check("a\nDébut du message réexpédié :\n\n> De: A\n> Objet: b\n\nc", "0111100");
        check("a\n---------- Forwarded message ---------\nFrom: A\nDate: b\nSubject: c\n\nd", "0111111");
    }

    #[test]
    fn headers_deepen_what_stands_below_them() {
        check(
            "a\n-----Original Message-----\nFrom: A\nSent: b\nTo: c\n\nd\n> e\n\nFrom: B\nSent: f\nSubject: g\n\nh",
            "01111112122222",
        );
        check("> On Mon, 6 Feb 2017, Anna wrote:\n>> a\nb", "120");
    }

    #[test]
    fn prose_is_not_a_header() {
        check("From: here on\nto: there\n\nb\n", "0000");
        check("On Monday we met.\n\nShe wrote:\n\nb", "00000");
        check("Le Pen a écrit :\n\nb", "000");
        check("-- \n--- a ---\n", "ss");
    }

    #[test]
    fn a_signature_ends_at_the_next_quote() {
        check("a\n-- \nAnna\n\n-----Original Message-----\nb\n-- \nBenno", "0sss1111");
        check("a\n--\nAnna\n", "0ss");
        check("> -- \n> a\n", "11");
    }

    proptest! {
        #[test]
        fn ranges_are_whole_lines_in_order(
            lines in prop::collection::vec(
                prop::sample::select(vec!["> a", ">> é", "", "b", "-- ", "-----Original Message-----",
                    "On 6 Feb 2017 A wrote:", "From: a", "Sent: b", "Subject: c", "AB> d", "\u{A0}>\r"]), 0..40),
        ) {
            let text = lines.join("\n");
            let quotes = quoted(&text);
            for quote in &quotes {
                let (before, rest) = text.split_at(quote.range.start);
                prop_assert!(before.is_empty() || before.ends_with('\n'));
                let quote_text = &rest[..quote.range.len()];
                prop_assert!(quote_text.ends_with('\n') || quote.range.end == text.len());
            }
            for pair in quotes.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
                prop_assert!(pair[0].range.end < pair[1].range.start || pair[0].depth != pair[1].depth);
            }
        }
    }
}
