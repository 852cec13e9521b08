//! What can be odd about a message, as values.

use bytemuck::Pod;
use bytemuck::Zeroable;

/// Something odd in a message. Its word is what a person and `--json` see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Anomaly {
    /// No blank line stands before its separator.
    NoBlankLineBefore,
    /// Its header does not end in a blank line.
    NoHeaderEnd,
    /// A line of the header is neither a field nor the continuation of one.
    BadHeaderLine,
    /// No `From` field.
    NoFrom,
    /// More than one `From` field, or more than one sender in it.
    SeveralFrom,
    /// No `Date` field.
    NoDate,
    /// A `Date` field that cannot be read.
    BadDate,
    /// A `Date` that says no zone; it is taken as UTC.
    NoZone,
    /// A `Date` that had to be guessed at: two digits of a year, a zone's name, a month in another language.
    ApproximateDate,
    /// A `Date` that cannot be true: one before there was mail.
    ImpossibleDate,
    /// The date shown is the separator's.
    DateFromPostmark,
    /// A `Date` more than a year after the separator's.
    DateAfterPostmark,
    /// No `Subject` field.
    NoSubject,
    /// No `Message-ID` field.
    NoMessageId,
    /// A `Message-ID` that is not of the form `<id>`.
    BadMessageId,
    /// More than one `Message-ID` field.
    SeveralMessageIds,
    /// Another message of the mailbox has the same `Message-ID`.
    RepeatedMessageId,
    /// Bytes above 127 in the header that no encoding declares.
    RawHeaderBytes,
    /// An encoded word that cannot be decoded, and stands as written.
    BadEncodedWord,
    /// A field so long that only its beginning was read.
    FieldCut,
    /// A charset that is not known by that name.
    UnknownCharset,
    /// Text that its declared charset cannot explain; it was read as another.
    WrongCharset,
    /// Text above 127 without a declared charset.
    UndeclaredCharset,
    /// Bytes that no charset explains stand as U+FFFD.
    UndecodableText,
    /// Base64 or quoted-printable with bytes in it that do not belong there.
    BadTransferEncoding,
    /// A multipart whose boundary does not end it, or is not found.
    BadMultipart,
    /// Parts nested deeper than are read.
    NestedTooDeep,
    /// Encrypted, so that it cannot be searched.
    Encrypted,
    /// Files written into the text by uuencode or yEnc.
    InlineFile,
    /// It was joined to its thread by its subject alone.
    ThreadGuessed,
    /// Its references lead back to itself.
    ThreadLoop,
}

/// Every anomaly, in the order of their words' meaning.
const ALL: [(Anomaly, &str); 31] = [
    (Anomaly::NoBlankLineBefore, "no-blank-line-before"),
    (Anomaly::NoHeaderEnd, "no-header-end"),
    (Anomaly::BadHeaderLine, "bad-header-line"),
    (Anomaly::NoFrom, "no-from"),
    (Anomaly::SeveralFrom, "several-from"),
    (Anomaly::NoDate, "no-date"),
    (Anomaly::BadDate, "bad-date"),
    (Anomaly::NoZone, "no-zone"),
    (Anomaly::ApproximateDate, "approximate-date"),
    (Anomaly::ImpossibleDate, "impossible-date"),
    (Anomaly::DateFromPostmark, "date-from-postmark"),
    (Anomaly::DateAfterPostmark, "date-after-postmark"),
    (Anomaly::NoSubject, "no-subject"),
    (Anomaly::NoMessageId, "no-message-id"),
    (Anomaly::BadMessageId, "bad-message-id"),
    (Anomaly::SeveralMessageIds, "several-message-ids"),
    (Anomaly::RepeatedMessageId, "repeated-message-id"),
    (Anomaly::RawHeaderBytes, "raw-header-bytes"),
    (Anomaly::BadEncodedWord, "bad-encoded-word"),
    (Anomaly::FieldCut, "field-cut"),
    (Anomaly::UnknownCharset, "unknown-charset"),
    (Anomaly::WrongCharset, "wrong-charset"),
    (Anomaly::UndeclaredCharset, "undeclared-charset"),
    (Anomaly::UndecodableText, "undecodable-text"),
    (Anomaly::BadTransferEncoding, "bad-transfer-encoding"),
    (Anomaly::BadMultipart, "bad-multipart"),
    (Anomaly::NestedTooDeep, "nested-too-deep"),
    (Anomaly::Encrypted, "encrypted"),
    (Anomaly::InlineFile, "inline-file"),
    (Anomaly::ThreadGuessed, "thread-guessed"),
    (Anomaly::ThreadLoop, "thread-loop"),
];

impl Anomaly {
    /// Returns its word, such as `no-date`.
    pub fn word(self) -> &'static str {
        ALL.iter().find(|(anomaly, _)| *anomaly == self).map_or("", |(_, word)| word)
    }
}

/// A set of anomalies, in four bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct Anomalies(u32);

impl Anomalies {
    /// Adds one.
    pub fn note(&mut self, anomaly: Anomaly) {
        self.0 |= 1 << anomaly as u32;
    }

    /// Adds one where `is_so`.
    pub fn note_if(&mut self, is_so: bool, anomaly: Anomaly) {
        if is_so {
            self.note(anomaly);
        }
    }

    /// Returns those of both sets.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Returns whether one is among them.
    pub fn has(self, anomaly: Anomaly) -> bool {
        self.0 & (1 << anomaly as u32) != 0
    }

    /// Returns whether nothing is odd.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns each of them.
    pub fn iter(self) -> impl Iterator<Item = Anomaly> {
        ALL.into_iter().map(|(anomaly, _)| anomaly).filter(move |&anomaly| self.has(anomaly))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anomaly_has_a_word_of_its_own_and_a_bit() {
        let mut all = Anomalies::default();
        for (place, (anomaly, word)) in ALL.into_iter().enumerate() {
            assert_eq!(anomaly as usize, place);
            assert_eq!(anomaly.word(), word);
            all.note(anomaly);
        }
        assert_eq!(all.iter().count(), ALL.len());
    }
}
