//! The subject below its prefixes: what answers and forwards have in common with what they answer.
//!
//! Takes off, from both ends and in any mixture: `Re:` and its kin in a dozen languages, with counters
//! (`Re[2]:`, `Re^2:`) and blanks before the colon (`RE :`, as French has it); `[list]` tags; `(fwd)`;
//! the wrapping of `[fwd: …]` (RFC 5256 §2.1). Nothing is decoded or folded here, and a subject that
//! is nothing but a tag stays. Each letter is looked at a bounded number of times.

/// Words that stand before the colon of an answer or a forward, in lower case.
const PREFIXES: [&str; 42] = [
    "re",
    "fwd",
    "fw",
    "tr",
    "aw",
    "wg",
    "sv",
    "vs",
    "rif",
    "r",
    "antw",
    "réf",
    "res",
    "enc", // common
    "ref",
    "re\u{301}f", // French: Lotus, and the same decomposed
    "antwort",
    "wtr",
    "weiterleitung", // German
    "i",
    "ri", // Italian
    "rv",
    "rsp",
    "reenv", // Spanish
    "vb",
    "vl",
    "videresend", // Swedish, Finnish, Danish
    "vá",
    "továbbítás", // Hungarian
    "odp",
    "pd", // Polish
    "ynt",
    "ilt",    // Turkish
    "doorst", // Dutch
    "отв",
    "пер", // Russian
    "回复",
    "回覆",
    "答复",
    "转发",
    "轉寄",
    "返信", // Chinese, Japanese
];

/// The longest prefix word, in letters.
const WORD_LETTERS: usize = 13;

/// The longest tag of a mailing list, in bytes with its brackets; a longer one is part of the subject.
const TAG_BYTES: usize = 64;

/// The most digits of a counter.
const COUNTER_DIGITS: usize = 3;

/// Returns a subject without what answering, forwarding and mailing lists put around it, and whether
/// it says that it is an answer or a forward.
pub fn base_subject(subject: &str) -> (&str, bool) {
    let mut base = subject.trim();
    let mut had_prefix = false;
    loop {
        if let Some(rest) = without_forward_mark(base) {
            base = rest;
            had_prefix = true;
        } else if let Some(rest) = without_prefix(base) {
            base = rest.trim_start();
            had_prefix = true;
        } else if let Some(rest) = without_tag(base) {
            base = rest;
        } else if let Some(inside) = inside_forward(base) {
            base = inside;
            had_prefix = true;
        } else {
            return (base, had_prefix);
        }
    }
}

/// Takes `(fwd)` off the end.
fn without_forward_mark(text: &str) -> Option<&str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub("(fwd)".len())?)?;
    end.eq_ignore_ascii_case("(fwd)").then(|| rest.trim_end())
}

/// Takes `Re:`, `TR :` or `Re[2]:` off the beginning.
fn without_prefix(text: &str) -> Option<&str> {
    let is_letter = |letter: char| letter.is_alphabetic() || letter == '\u{301}';
    let (end, _) = text.char_indices().take(WORD_LETTERS + 1).find(|&(_, letter)| !is_letter(letter))?;
    let (word, rest) = text.split_at(end);
    let rest = without_counter(rest.trim_start()).trim_start();
    let rest = rest.strip_prefix([':', '：'])?;
    is_prefix(word).then_some(rest)
}

fn is_prefix(word: &str) -> bool {
    word.eq_ignore_ascii_case("re")
        || PREFIXES.iter().any(|prefix| word.chars().flat_map(char::to_lowercase).eq(prefix.chars()))
}

/// Takes `[2]`, `(2)`, `^2` or `2` off the beginning, where one stands there.
fn without_counter(text: &str) -> &str {
    let digits = text.trim_start_matches(['[', '(', '^']);
    let rest = digits.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_counter =
        (1..=COUNTER_DIGITS).contains(&(digits.len() - rest.len())) && text.len() - digits.len() <= 1;
    if is_counter { rest.strip_prefix([']', ')']).unwrap_or(rest) } else { text }
}

/// Takes `[list]` off the beginning, unless nothing would be left.
fn without_tag(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let end = inside.bytes().take(TAG_BYTES - 1).position(|byte| matches!(byte, b'[' | b']'))?;
    let rest = inside.get(end..)?.strip_prefix(']')?.trim_start();
    (!rest.is_empty() && !begins_a_forward(inside)).then_some(rest)
}

/// Takes off `[fwd:` and the `]` at the end.
fn inside_forward(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[').filter(|inside| begins_a_forward(inside))?;
    Some(inside.strip_suffix(']')?.get("fwd:".len()..)?.trim())
}

fn begins_a_forward(text: &str) -> bool {
    text.get(.."fwd:".len()).is_some_and(|start| start.eq_ignore_ascii_case("fwd:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: &str, base: &str, had_prefix: bool) {
        assert_eq!(base_subject(subject), (base, had_prefix), "{subject:?}");
    }

    #[test]
    fn prefixes_of_many_programs_come_off() {
        for prefix in [
            "Re:",
            "RE :",
            "re\u{a0}:",
            "RE\u{202f}:",
            "Re[2]:",
            "Re(2):",
            "Re^2:",
            "Re2:",
            "Re [12] :",
            "Fwd:",
            "FW:",
            "TR :",
            "Tr:",
            "AW:",
            "WG:",
            "SV:",
            "VS:",
            "Rif:",
            "R:",
            "Antw:",
            "Réf :",
            "Re\u{301}f :",
            "RES:",
            "ENC:",
            "回复:",
            "回复：",
            "转发:",
            "ODP:",
            "Re: Re: Re:",
            "[list] Re:",
            "Re: [list]",
            "  RE:\t",
            "VÁ:",
        ] {
            check(&format!("{prefix} 3 630 files"), "3 630 files", true);
            check(&format!("{prefix}3 630 files"), "3 630 files", true);
        }
    }

    #[test]
    fn tags_come_off_and_are_no_answer() {
        check("[desk] lunch", "lunch", false);
        check("[desk][paris] lunch", "lunch", false);
        check("[desk] Re: [desk] lunch", "lunch", true);
        check("[xyz]", "[xyz]", false);
        check("Re: [xyz]", "[xyz]", true);
        check("[no end", "[no end", false);
        check(&format!("[{}] lunch", "x".repeat(100)), &format!("[{}] lunch", "x".repeat(100)), false);
    }

    #[test]
    fn forwards_are_unwrapped() {
        check("lunch (fwd)", "lunch", true);
        check("lunch (Fwd) (fwd)", "lunch", true);
        check("[Fwd: lunch]", "lunch", true);
        check("re: [fwd: [fwd: re: [fwd: babylon]]]", "babylon", true);
        check("[foo] Fwd: [bar] Re: fw: b (fWd)  (fwd)", "b", true);
        check("[fwd: one] two", "[fwd: one] two", false);
    }

    #[test]
    fn what_is_no_prefix_stays() {
        check("", "", false);
        check("Re:", "", true);
        check("Re", "Re", false);
        check("Result: 3 of 5", "Result: 3 of 5", false);
        check("Ad: Re: x", "Ad: Re: x", false);
        check("Re[1234]: x", "Re[1234]: x", false);
        check("Re[[2]]: x", "Re[[2]]: x", false);
        check("Note : réunion", "Note : réunion", false);
        check("b (a)", "b (a)", false);
    }

    #[test]
    fn a_subject_of_a_million_prefixes_is_one_pass() {
        check(&"Re: ".repeat(1_000_000), "", true);
        check(&format!("{}x", "[a]".repeat(300_000)), "x", false);
        check(&"[fwd:".repeat(200_000), &"[fwd:".repeat(200_000), false);
        check(&"(fwd)".repeat(200_000), "", true);
        check(&format!("{}{}", "[".repeat(200_000), "(fwd)".repeat(200_000)), &"[".repeat(200_000), true);
    }
}
