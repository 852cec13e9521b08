//! The words that programs write above a quote, in the languages they write them in.
//!
//! All are folded, as [`fold`](crate::text::fold) makes them: in small letters, without accents.

/// How a header of a reply begins, before the date.
pub const ON: [&str; 9] = ["on ", "le ", "am ", "el ", "il ", "op ", "em ", "den ", "w dniu "];

/// The verb at its end.
pub const WROTE: [&str; 10] = [
    "wrote",
    "writes",
    "a ecrit",
    "ecrivait",
    "schrieb",
    "escribio",
    "ha scritto",
    "schreef",
    "escreveu",
    "skrev",
];

/// What stands between two rows of dashes.
pub const BETWEEN_DASHES: [&str; 11] = [
    "original message",
    "forwarded message",
    "message d'origine",
    "message original",
    "message transfere",
    "message reexpedie",
    "courriel original",
    "ursprungliche nachricht",
    "weitergeleitete nachricht",
    "mensaje original",
    "messaggio originale",
];

/// What announces a forwarded message on a line of its own.
pub const FORWARDED: [&str; 5] = [
    "begin forwarded message",
    "debut du message reexpedie",
    "debut du message transfere",
    "anfang der weitergeleiteten nachricht",
    "inicio del mensaje reenviado",
];

/// The label of the sender, which begins a header of fields.
pub const FROM: [&str; 5] = ["from", "de", "von", "da", "van"];

/// The labels that make it one: when, and about what.
pub const SENT_OR_SUBJECT: [&str; 14] = [
    "sent",
    "date",
    "subject",
    "envoye",
    "envoye le",
    "objet",
    "gesendet",
    "datum",
    "betreff",
    "enviado",
    "asunto",
    "inviato",
    "oggetto",
    "onderwerp",
];

/// The other labels.
pub const TO: [&str; 13] = [
    "to",
    "cc",
    "bcc",
    "cci",
    "a",
    "an",
    "para",
    "aan",
    "reply-to",
    "repondre a",
    "importance",
    "organization",
    "pour",
];
