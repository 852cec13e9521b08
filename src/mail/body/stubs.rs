//! Texts that only say that there is another one.

/// No stub that was seen is longer.
pub const LONGEST_STUB_CHARS: usize = 400;

/// Words of programs that apologise for HTML; two of them, one being HTML's name, make a stub.
const APOLOGIES: [&str; 16] = [
    "support",
    "view",
    "reader",
    "client",
    "browser",
    "display",
    "format",
    "version",
    "enable",
    "capable",
    "see ",
    "affich",
    "lire",
    "lecteur",
    "messagerie",
    "anzeig",
];

/// What programs write before the first part of a multipart, and some in a plain form of its own.
const PREAMBLES: [&str; 9] = [
    "multi-part message",
    "multipart message",
    "multipart mime message",
    "mime format",
    "mime-formatted message",
    "mime-encapsulated message",
    "mime-aware",
    "mime signed message",
    "in mime ",
];

/// Returns whether a plain text says nothing but that it should be read elsewhere: it is blank, the
/// words before the first part of a multipart, or a short apology that names HTML.
///
/// What is taken for a stub by mistake is lost to nobody: the other form is read in its place.
pub fn is_stub(text: &str) -> bool {
    let words =
        text.trim_matches(|letter: char| letter.is_whitespace() || "\u{FEFF}\u{200B}-_=.".contains(letter));
    if words.is_empty() {
        return true;
    }
    if words.chars().nth(LONGEST_STUB_CHARS).is_some() {
        return false;
    }
    let words = words.to_lowercase();
    let is_apology = names_html(&words) && APOLOGIES.iter().any(|apology| words.contains(apology));
    is_apology || PREAMBLES.iter().any(|preamble| words.contains(preamble))
}

/// Returns whether HTML is one of the words; in `page.html` it is part of an address.
fn names_html(words: &str) -> bool {
    words
        .split(|letter: char| letter.is_whitespace() || "()\"',;-".contains(letter))
        .any(|word| word.trim_end_matches(['.', '!', '?', ':']) == "html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_stub(text), expected, "{text:?}");
    }

    #[test]
    fn stubs_and_words() {
        check("", true);
        check(" \u{a0}\r\n\r\n--\n", true);
        check("This is a multi-part message in MIME format.\n", true);
        check("You will not see this in a MIME-aware mail reader.\n", true);
        check("Your mail reader does not support HTML.", true);
        check("To view this newsletter, please use an HTML-compatible reader.", true);
        check("Votre messagerie n'affiche pas le HTML.", true);
        check("See you at nine.", false);
        check("I hate HTML!", false);
        check("The client fails as in http://l.example/view/1.html, any idea?", false);
        check(&"We view HTML with a browser and much more besides. ".repeat(20), false);
    }
}
