//! Numbers and anomalies in the words a person reads.

use crate::bytes::Loss;
use crate::mail::Anomaly;

/// Writes a count with its thousands apart: `1,204`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// Writes a count with what is counted: `1 message`, `4,211 messages`.
pub fn counted(number: u64, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", count(number))
}

/// Writes how many people there are: `1 person`, `1,204 people`.
pub fn people(number: u64) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{} people", count(number)) }
}

/// Writes a length in bytes for a person: `812 B`, `4.2 KB`, `31 MB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut size = bytes as f64;
    let mut unit = "B";
    for next in UNITS {
        if size < 999.5 {
            break;
        }
        size /= 1000.0;
        unit = next;
    }
    if size < 9.95 { format!("{size:.1} {unit}") } else { format!("{size:.0} {unit}") }
}

/// Says what became of a mailbox of which something is lost.
pub fn loss(loss: &Loss) -> String {
    match loss.cut_to {
        Some(end) => format!("the file was cut to {} while it was open", counted(end.0, "byte")),
        None => "the disk does not give all of it".to_owned(),
    }
}

/// Says an anomaly in plain words, where it matters to somebody who reads the message.
pub fn anomaly(anomaly: Anomaly) -> Option<&'static str> {
    Some(match anomaly {
        Anomaly::NoBlankLineBefore => "it may be a part of the message before: no blank line parts them",
        Anomaly::NoHeaderEnd => "the header does not end",
        Anomaly::BadHeaderLine => "a line of the header is no header field",
        Anomaly::NoFrom => "it does not say who wrote it",
        Anomaly::SeveralFrom => "it names more than one sender",
        Anomaly::NoDate => "it has no date",
        Anomaly::BadDate => "its date cannot be read",
        Anomaly::NoZone => "its date names no zone; taken as UTC",
        Anomaly::ApproximateDate => "its date is written oddly and had to be guessed at",
        Anomaly::ImpossibleDate => "its date cannot be true",
        Anomaly::DateAfterPostmark => "the date is more than a year after that of the separator line",
        Anomaly::DateFromPostmark => "the date shown is that of the separator line",
        Anomaly::SeveralMessageIds => "it has more than one Message-ID",
        Anomaly::RepeatedMessageId => "another message has the same Message-ID",
        Anomaly::FieldCut => "a header field is too long; only its beginning was read",
        Anomaly::UnknownCharset => "its charset is not known by that name",
        Anomaly::WrongCharset => "its text is not in the charset it declares",
        Anomaly::UndecodableText => "some of its bytes could not be read as text; they show as \u{fffd}",
        Anomaly::BadTransferEncoding => "its encoding is damaged; some of it may be missing",
        Anomaly::BadMultipart => "its parts do not end where they should",
        Anomaly::NestedTooDeep => "parts nested too deep are not shown",
        Anomaly::Encrypted => "it is encrypted and cannot be searched",
        Anomaly::InlineFile => "a file is written into its text",
        Anomaly::ThreadGuessed => "it is in this conversation only because of its subject",
        Anomaly::ThreadLoop => "its references lead back to itself",
        Anomaly::NoSubject
        | Anomaly::NoMessageId
        | Anomaly::BadMessageId
        | Anomaly::RawHeaderBytes
        | Anomaly::BadEncodedWord
        | Anomaly::UndeclaredCharset => return None,
    })
}

/// Returns whether an anomaly makes one want to see the date as it was written.
pub fn is_about_the_date(anomaly: Anomaly) -> bool {
    matches!(anomaly, Anomaly::BadDate | Anomaly::NoZone | Anomaly::ApproximateDate | Anomaly::ImpossibleDate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_sizes_are_short() {
        assert_eq!(count(7), "7");
        assert_eq!(count(1204), "1,204");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(counted(1, "message"), "1 message");
        assert_eq!(counted(4211, "message"), "4,211 messages");
        assert_eq!(size(812), "812 B");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(4211), "4.2 KB");
        assert_eq!(size(999_700), "1.0 MB");
        assert_eq!(size(31_000_000), "31 MB");
    }
}
