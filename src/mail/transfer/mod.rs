//! Transfer encodings: the bytes that a part stands for.
//!
//! Nothing is refused. Rubbish in base64 is skipped, a missing padding is made up, what follows the
//! padding is read on where it is base64 again and left out where it is a footer that a list server
//! put there; quoted-printable keeps what is not an escape; an unknown encoding is none
//! (RFC 2045 §6). [`Transferred::is_clean`] says whether it had to be so lenient.
//!
//! [`decoded_len`] tells the length without decoding, where the text is clean.

mod base64;
mod quoted_printable;
pub(super) mod uuencode;

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
        TransferEncoding::QuotedPrintable => quoted_printable::decode(bytes),
        TransferEncoding::Base64 => base64::decode(bytes),
        TransferEncoding::Uuencode => match uuencode::decode(bytes) {
            Some(decoded) => Transferred { bytes: Cow::Owned(decoded), is_clean: true },
            None => Transferred { bytes: Cow::Borrowed(bytes), is_clean: false },
        },
    }
}

/// Returns how many bytes [`decode`] gives.
pub fn decoded_len(bytes: &[u8], encoding: TransferEncoding) -> u64 {
    let clean = if encoding == TransferEncoding::Base64 { base64::clean_len(bytes) } else { None };
    clean.unwrap_or_else(|| decode(bytes, encoding).bytes.len() as u64)
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
        check("S", Base64, "", false);
        check("SGVsbG8h!", Base64, "Hello!", false);
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
