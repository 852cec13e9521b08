//! Files written into text before there was MIME: uuencode, and yEnc's mark.
//!
//! A part may declare `x-uuencode`, and is decoded; a file in the middle of a text is only noticed,
//! and stays in it as written.

use memchr::memmem;

/// Decodes the first file of a uuencoded text; `None` where there is none.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let body = after_begin(text)?;
    let mut decoded = Vec::with_capacity(body.len() / 4 * 3);
    for line in body.split(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some((&count, letters)) = line.split_first() else { continue };
        let length = usize::from(six_bits(count));
        if length == 0 || line.starts_with(b"end") {
            break;
        }
        let begins = decoded.len();
        for group in letters.chunks(4) {
            let six = |place: usize| group.get(place).map_or(0, |&letter| six_bits(letter));
            let [a, b, c, d] = [six(0), six(1), six(2), six(3)];
            decoded.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
        }
        // Blanks at the end of a line, which stand for zeros, are easily lost on the way.
        let whole = (begins + length).min(body.len()).max(begins);
        decoded.resize(whole, 0);
    }
    Some(decoded)
}

/// Returns whether a text holds a file by uuencode or yEnc.
pub fn holds_a_file(text: &[u8]) -> bool {
    after_begin(text).is_some() || line_begins(text, b"=ybegin ").next().is_some()
}

/// Returns what follows a line such as `begin 644 report.pdf`, where a line of the file does follow.
fn after_begin(text: &[u8]) -> Option<&[u8]> {
    line_begins(text, b"begin ").find_map(|rest| {
        let end = memchr::memchr(b'\n', rest)?;
        let (line, body) = (rest.get(..end)?, rest.get(end + 1..)?);
        let mode = line.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
        let has_a_name = line.get(mode) == Some(&b' ');
        ((3..=4).contains(&mode) && has_a_name && begins_with_data(body)).then_some(body)
    })
}

/// The first letter of a line says how many bytes it holds, and so how long it is.
fn begins_with_data(body: &[u8]) -> bool {
    let line = body.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let Some((&count, letters)) = line.split_first() else { return false };
    let needed = usize::from(six_bits(count)).div_ceil(3) * 4;
    let is_written = |byte: &u8| (b' '..=b'`').contains(byte);
    line.iter().all(is_written) && letters.len() <= needed + 1 && letters.len() + 4 > needed
}

/// Returns what follows `word` wherever it begins a line.
fn line_begins<'a>(text: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    memmem::find_iter(text, word).filter_map(move |found| {
        let begins = found == 0 || text.get(found - 1) == Some(&b'\n');
        begins.then(|| text.get(found + word.len()..)).flatten()
    })
}

fn six_bits(letter: u8) -> u8 {
    letter.wrapping_sub(b' ') & 0x3F
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, file: Option<&str>) {
        let decoded = decode(text.as_bytes());
        assert_eq!(
            decoded.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).as_deref(),
            file,
            "{text}"
        );
    }

    #[test]
    fn a_file_is_decoded() {
        check("Here:\nbegin 644 cat.txt\n#0V%T\n`\nend\n", Some("Cat"));
        check("begin 644 a b.txt\r\n#0V%T\r\n \r\nend\r\n", Some("Cat"));
        check("begin 644 zeros\n#    \n#\n`\nend\n", Some("\0\0\0\0\0\0"));
        check("begin 644 two\n#0V%T\n#0V%T", Some("CatCat"));
    }

    #[test]
    fn words_are_not_a_file() {
        check("We begin 100 things", None);
        check("begin 100 things\nand end none of them, ever, since we are few\n", None);
        check("", None);
    }

    #[test]
    fn yenc_is_noticed() {
        assert!(holds_a_file(b"x\n=ybegin line=128 size=3 name=a\n"));
        assert!(!holds_a_file(b"x =ybegin"));
    }
}
