//! Whether the letters of HTML can be seen in its markup.
//!
//! An entity such as `&#98;` stands for a letter that is not written, and one without its `;` runs into
//! letters that are. Where there is neither, each ASCII letter that a person reads is written as itself, and
//! beside it the one that is read beside it, or no ASCII letter.

use memchr::memchr_iter;
use memchr::memmem;

/// Entities that stand for no ASCII letter or digit, and for none with an accent.
const SIGNS: [&[u8]; 24] = [
    b"nbsp", b"amp", b"lt", b"gt", b"quot", b"apos", b"rsquo", b"lsquo", b"rdquo", b"ldquo", b"laquo",
    b"raquo", b"ndash", b"mdash", b"hellip", b"bull", b"middot", b"euro", b"copy", b"reg", b"deg", b"sect",
    b"times", b"shy",
];

/// Endings of entities that are a letter with an accent, such as `&eacute;`.
const ACCENTS: [&[u8]; 8] = [b"acute", b"grave", b"circ", b"uml", b"cedil", b"tilde", b"ring", b"slash"];

/// The longest number that an entity of a letter has.
const LONGEST_NUMBER: usize = 6;

/// Returns whether every ASCII letter that a person may read is written as itself.
///
/// Letters with an accent may be entities: what they fold to is not among those of
/// [`STANDS_FOR_ITSELF`](crate::text::STANDS_FOR_ITSELF).
pub fn is_spelled_plainly(markup: &str) -> bool {
    let bytes = markup.as_bytes();
    let mut entities = memchr_iter(b'&', bytes).map(|at| bytes.get(at + 1..).unwrap_or_default());
    entities.all(is_plain_entity) && (memmem::find(bytes, b"&amp;").is_none() || !has_twice_read(bytes))
}

/// Returns whether what stands behind an `&` is no letter that stands for itself, and runs into none.
fn is_plain_entity(behind: &[u8]) -> bool {
    match behind.first() {
        Some(b'#') => is_plain_number(behind.get(1..).unwrap_or_default()),
        Some(letter) if letter.is_ascii_alphanumeric() => {
            let name = behind.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            behind.get(name) == Some(&b';') && is_plain_name(behind.get(..name).unwrap_or_default())
        }
        _ => true,
    }
}

fn is_plain_name(name: &[u8]) -> bool {
    let has_accent = |accent: &&[u8]| match name.strip_suffix(*accent) {
        Some([letter]) => b"aceinouyAEIOUNCY".contains(letter),
        _ => false,
    };
    SIGNS.contains(&name) || ACCENTS.iter().any(has_accent)
}

/// Decimal numbers of Latin-1's letters, of punctuation, and of `€`; not of `&`, which may begin another.
fn is_plain_number(behind: &[u8]) -> bool {
    let digits = behind.iter().take(LONGEST_NUMBER).take_while(|byte| byte.is_ascii_digit()).count();
    let number = behind.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    let is_plain = number.is_some_and(
        |number: u32| matches!(number, 33..=37 | 39..=47 | 160..=255 | 0x2000..=0x203F | 0x20AC),
    );
    is_plain && behind.get(digits) == Some(&b';')
}

/// Returns whether there is a `noscript`, whose text is markup again.
fn has_twice_read(markup: &[u8]) -> bool {
    let name = b"noscript";
    let is_name = |rest: &[u8]| rest.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
    memchr_iter(b'<', markup).any(|at| markup.get(at + 1..).is_some_and(is_name))
}
