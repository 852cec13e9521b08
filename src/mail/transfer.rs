//! Transfer encodings: the bytes that a part stands for.
//!
//! Nothing is refused. Rubbish in base64 is skipped, a missing padding is made up, what follows the
//! padding is read on where it is base64 again and left out where it is a footer that a list server
//! put there; quoted-printable keeps what is not an escape; an unknown encoding is none
//! (RFC 2045 §6). [`Transferred::is_clean`] says whether it had to be so lenient.
//!
//! [`decoded_len`] tells the length without decoding, where the text is clean.

use super::uuencode;
use memchr::memchr;
use std::borrow::Cow;

/// How the bytes of a part are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransferEncoding {
    /// As they are: `7bit`, `8bit`, `binary`, or a name that is not known.
    #[default]
    Identity,
    /// `quoted-printable`.
    QuotedPrintable,
    /// `base64`.
    Base64,
    /// `x-uuencode`, which no RFC knows.
    Uuencode,
}

/// Decoded bytes.
pub struct Transferred<'a> {
    /// What was sent.
    pub bytes: Cow<'a, [u8]>,
    /// Nothing stood in it that does not belong there.
    pub is_clean: bool,
}

impl TransferEncoding {
    /// Returns the encoding that `Content-Transfer-Encoding` names.
    pub fn named(name: &str) -> Self {
        match name.trim_matches(|it: char| it.is_whitespace() || "\"';".contains(it)) {
            name if name.eq_ignore_ascii_case("base64") => Self::Base64,
            name if name.eq_ignore_ascii_case("quoted-printable") => Self::QuotedPrintable,
            name if ["x-uuencode", "uuencode", "x-uue", "uue"]
                .iter()
                .any(|it| name.eq_ignore_ascii_case(it)) =>
            {
                Self::Uuencode
            }
            _ => Self::Identity,
        }
    }
}

/// Decodes the bytes of a part.
pub fn decode(bytes: &[u8], encoding: TransferEncoding) -> Transferred<'_> {
    match encoding {
        TransferEncoding::Identity => Transferred { bytes: Cow::Borrowed(bytes), is_clean: true },
        TransferEncoding::QuotedPrintable => quoted_printable(bytes),
        TransferEncoding::Base64 => base64(bytes),
        TransferEncoding::Uuencode => match uuencode::decode(bytes) {
            Some(decoded) => Transferred { bytes: Cow::Owned(decoded), is_clean: true },
            None => Transferred { bytes: Cow::Borrowed(bytes), is_clean: false },
        },
    }
}

/// Returns how many bytes [`decode`] gives.
pub fn decoded_len(bytes: &[u8], encoding: TransferEncoding) -> u64 {
    let clean = if encoding == TransferEncoding::Base64 { clean_base64_len(bytes) } else { None };
    clean.unwrap_or_else(|| decode(bytes, encoding).bytes.len() as u64)
}

const NO_LETTER: u8 = 64;

/// The six bits that each byte stands for, or `NO_LETTER`.
const BASE64: [u8; 256] = {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [NO_LETTER; 256];
    let mut value = 0;
    while value < 64 {
        #[expect(clippy::indexing_slicing, reason = "worked out when it is compiled")]
        let letter = letters[value] as usize;
        #[expect(clippy::indexing_slicing, reason = "worked out when it is compiled")]
        {
            values[letter] = value as u8;
        }
        value += 1;
    }
    values
};

fn six_bits(letter: u8) -> u8 {
    BASE64.get(usize::from(letter)).copied().unwrap_or(NO_LETTER)
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | (byte == b'+') | (byte == b'/')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Returns the length of base64 that is letters, blanks and the padding at its end, and nothing else.
fn clean_base64_len(bytes: &[u8]) -> Option<u64> {
    let padding = bytes.iter().rev().take_while(|&&byte| is_blank(byte) || byte == b'=');
    let padded = padding.count();
    let body = bytes.get(..bytes.len() - padded)?;
    let (mut letters, mut blanks) = (0, 0);
    // Short chunks are counted in bytes, sixteen or more at once.
    for chunk in body.chunks(255) {
        letters += u64::from(chunk.iter().map(|&byte| u8::from(is_letter(byte))).sum::<u8>());
        blanks += u64::from(chunk.iter().map(|&byte| u8::from(is_blank(byte))).sum::<u8>());
    }
    (letters + blanks == body.len() as u64).then_some(letters * 3 / 4)
}

fn base64(bytes: &[u8]) -> Transferred<'_> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let mut is_clean = true;
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut rest = bytes;
    loop {
        if held == 0 {
            rest = whole_quanta(rest, &mut decoded);
        }
        let Some((&byte, after)) = rest.split_first() else { break };
        rest = after;
        let six = six_bits(byte);
        if six < NO_LETTER {
            bits = bits << 6 | u32::from(six);
            held += 6;
            if held >= 8 {
                held -= 8;
                decoded.push((bits >> held) as u8);
            }
            continue;
        }
        match byte {
            b'=' => held = 0,
            b'\n' if held == 0 && begins_a_footer(rest) => {
                is_clean = false;
                break;
            }
            _ => is_clean &= is_blank(byte),
        }
    }
    Transferred { bytes: Cow::Owned(decoded), is_clean }
}

/// Decodes four letters to three bytes for as long as four letters follow, and returns the rest.
fn whole_quanta<'a>(bytes: &'a [u8], decoded: &mut Vec<u8>) -> &'a [u8] {
    let mut rest = bytes;
    while let Some((&[a, b, c, d], after)) = rest.split_first_chunk::<4>() {
        let [a, b, c, d] = [six_bits(a), six_bits(b), six_bits(c), six_bits(d)];
        if (a | b | c | d) & NO_LETTER != 0 {
            break;
        }
        decoded.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
        rest = after;
    }
    rest
}

/// Returns whether the next line that says something is words and not base64: list servers put their
/// footers after an encoded body as if it were text.
fn begins_a_footer(rest: &[u8]) -> bool {
    let mut lines = rest.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let Some(line) = lines.find(|line| !line.is_empty()) else { return false };
    let strange = line.iter().filter(|&&byte| !is_letter(byte) && byte != b'=' && !is_blank(byte)).count();
    strange * 8 > line.len()
}

fn quoted_printable(bytes: &[u8]) -> Transferred<'_> {
    let Some(first) = memchr(b'=', bytes) else {
        return Transferred { bytes: Cow::Borrowed(bytes), is_clean: true };
    };
    let mut decoded = Vec::with_capacity(bytes.len());
    let (plain, mut rest) = bytes.split_at(first);
    decoded.extend_from_slice(plain);
    let mut is_clean = true;
    while let Some((_, escaped)) = rest.split_first() {
        let after = match unescape(escaped) {
            Some((byte, after)) => {
                decoded.extend(byte);
                after
            }
            None => {
                is_clean = false;
                let literal = 1 + rule_len(escaped);
                decoded.extend(std::iter::repeat_n(b'=', literal));
                escaped.get(literal - 1..).unwrap_or_default()
            }
        };
        let plain = memchr(b'=', after).unwrap_or(after.len());
        decoded.extend_from_slice(after.get(..plain).unwrap_or_default());
        rest = after.get(plain..).unwrap_or_default();
    }
    Transferred { bytes: Cow::Owned(decoded), is_clean }
}

/// Reads what follows a `=`: two hexadecimal digits are a byte, the end of the line is nothing.
fn unescape(escaped: &[u8]) -> Option<(Option<u8>, &[u8])> {
    if let Some((&[high, low], after)) = escaped.split_first_chunk::<2>() {
        let digit = |letter: u8| char::from(letter).to_digit(16);
        if let (Some(high), Some(low)) = (digit(high), digit(low)) {
            return Some((Some((high << 4 | low) as u8), after));
        }
    }
    // Blanks that were added on the way are not part of the line (RFC 2045 §6.7, rule 3).
    let blanks = escaped.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    let after = escaped.get(blanks..)?;
    match after.split_first() {
        None => Some((None, after)),
        Some((b'\n', after)) => Some((None, after)),
        Some(_) => None,
    }
}

/// Returns how many more `=` there are, where they fill the line: a rule that somebody drew, the last
/// of which breaks no line.
fn rule_len(after: &[u8]) -> usize {
    let len = after.iter().take_while(|&&byte| byte == b'=').count();
    let fills_the_line = matches!(after.get(len..), Some([] | [b'\n', ..] | [b'\r', b'\n', ..]));
    if fills_the_line { len } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TransferEncoding::Base64;
    use TransferEncoding::QuotedPrintable;
    use proptest::prelude::*;

    #[track_caller]
    fn check(written: &str, encoding: TransferEncoding, read: &str, is_clean: bool) {
        let decoded = decode(written.as_bytes(), encoding);
        assert_eq!(
            (&*String::from_utf8_lossy(&decoded.bytes), decoded.is_clean),
            (read, is_clean),
            "{written:?}"
        );
        assert_eq!(decoded_len(written.as_bytes(), encoding), decoded.bytes.len() as u64);
    }

    #[test]
    fn base64_as_it_should_be() {
        check("SGVsbG8=", Base64, "Hello", true);
        check("SGVs\r\nbG8=\r\n", Base64, "Hello", true);
        check("SGV\nsbG8h\n", Base64, "Hello!", true);
        check("", Base64, "", true);
    }

    #[test]
    fn base64_with_rubbish() {
        check("SGVsbG8", Base64, "Hello", true);
        check("SG*Vs-bG8=", Base64, "Hello", false);
        check("SGVsbG8=SGVsbG8=", Base64, "HelloHello", true);
        check("SGVsbG8=\n\nSGVsbG8=\n", Base64, "HelloHello", true);
        check("SGVsbG8=\n_______\nThe list, http://l.example\n", Base64, "Hello", false);
        check("SGVsbG8h\n\n-- \nThe list of us\n", Base64, "Hello!", false);
        check("SGVs\nb G\r8=", Base64, "Hello", true);
        check("S", Base64, "", true);
    }

    #[test]
    fn quoted_printable_with_its_breaks() {
        check("h=C3=A9 =3d=\n more", QuotedPrintable, "hé = more", true);
        check("a=\r\nb= \t\r\nc=", QuotedPrintable, "abc", true);
        check("100 =% =ZZ ==41", QuotedPrintable, "100 =% =ZZ =A", false);
        check("=====\r\nrule\n==", QuotedPrintable, "=====\r\nrule\n==", false);
        check("trailing \nblank", QuotedPrintable, "trailing \nblank", true);
    }

    #[test]
    fn names_of_encodings() {
        for (name, encoding) in
            [("BASE64 ", Base64), ("\"base64\"", Base64), ("Quoted-Printable;", QuotedPrintable)]
        {
            assert_eq!(TransferEncoding::named(name), encoding);
        }
        assert_eq!(TransferEncoding::named("8bit"), TransferEncoding::Identity);
        assert_eq!(TransferEncoding::named("x-klingon"), TransferEncoding::Identity);
    }

    proptest! {
        #[test]
        fn a_length_is_that_of_what_is_decoded(written in "[A-Za-z0-9+/=\r\n .-]{0,400}") {
            for encoding in [Base64, QuotedPrintable] {
                let decoded = decode(written.as_bytes(), encoding);
                prop_assert_eq!(decoded_len(written.as_bytes(), encoding), decoded.bytes.len() as u64);
            }
        }

        #[test]
        fn any_bytes_are_decoded(written in proptest::collection::vec(any::<u8>(), 0..400)) {
            for encoding in [Base64, QuotedPrintable, TransferEncoding::Uuencode] {
                let decoded = decode(&written, encoding);
                prop_assert!(decoded.bytes.len() <= written.len());
            }
        }
    }
}
