//! What the made mailboxes are written with. All people and places are invented.

use super::dice::Dice;

const WORDS: [&str; 72] = [
    "ministère",
    "budget",
    "conseil",
    "réunion",
    "dossier",
    "contrat",
    "virement",
    "filiale",
    "échéance",
    "the",
    "of",
    "and",
    "to",
    "in",
    "report",
    "meeting",
    "invoice",
    "account",
    "transfer",
    "version",
    "board",
    "draft",
    "question",
    "answer",
    "deadline",
    "supplier",
    "signature",
    "le",
    "la",
    "les",
    "des",
    "une",
    "pour",
    "sur",
    "avec",
    "été",
    "après",
    "très",
    "même",
    "où",
    "président",
    "cabinet",
    "trésorier",
    "association",
    "procès-verbal",
    "pièce",
    "jointe",
    "règlement",
    "société",
    "intérêt",
    "général",
    "hôtel",
    "water",
    "school",
    "bridge",
    "permit",
    "zoning",
    "harbour",
    "evening",
    "monday",
    "please",
    "regards",
    "confirm",
    "agree",
    "refuse",
    "send",
    "receive",
    "check",
    "update",
    "remove",
    "forêt",
    "œuvre",
];

const FIRSTS: [&str; 32] = [
    "Anna",
    "Louis",
    "Emma",
    "Karim",
    "Diane",
    "Hugo",
    "Hélène",
    "Loïc",
    "Zoé",
    "François",
    "Bérénice",
    "Gaël",
    "Aurélie",
    "Jérôme",
    "Søren",
    "Jürgen",
    "Łukasz",
    "Åsa",
    "Zdeněk",
    "Otto",
    "Paris",
    "Mina",
    "Thea",
    "Ivo",
    "Nadia",
    "Rosa",
    "Bruno",
    "Igor",
    "Céline",
    "Noël",
    "Irène",
    "Solène",
];

const LASTS: [&str; 32] = [
    "Roux",
    "Tavel",
    "Okoro",
    "Brandt",
    "Haddadi",
    "Quémener",
    "Bérard",
    "Châtel",
    "Müllner",
    "Østby",
    "Błaszak",
    "Wójt",
    "Castañed",
    "Désirant",
    "Gérômet",
    "Delahayne",
    "Thévenin",
    "Crépet",
    "Évrardin",
    "Höflich",
    "Lindgrenn",
    "Dvořan",
    "Bălanu",
    "Îlotte",
    "Marchand",
    "Colinet",
    "Massonet",
    "Renardin",
    "Faurel",
    "Blanchon",
    "Perrinet",
    "Gauthron",
];

const PLACES: [&str; 8] = ["desk", "harbour", "council", "bank", "cabinet", "paper", "holding", "region"];

/// Someone who writes and is written to.
#[derive(Clone, Debug)]
pub struct Person {
    pub address: String,
    /// The name as programs write it in a header: in one of the two encodings, or as it is.
    pub written: [String; 3],
}

/// Makes so many people.
pub fn people(dice: &mut Dice, count: usize) -> Vec<Person> {
    let person = |number: usize| {
        let name = format!("{} {}", dice.one_of(&FIRSTS), dice.one_of(&LASTS));
        let address = format!("writer{number}@{}.example", dice.one_of(&PLACES));
        let written = [encoded(&name, 'Q'), encoded(&name, 'B'), name];
        Person { address, written }
    };
    (0..count).map(person).collect()
}

/// The people who are looked for: so many of them.
pub fn candidates(count: usize) -> Vec<String> {
    let name = |which: usize| format!("{} {}", FIRSTS[which * 7 % 32], LASTS[(which * 11 + which / 32) % 32]);
    (0..count).map(name).collect()
}

/// Writes so many words in lines of some 70 letters.
pub fn paragraph(dice: &mut Dice, words: usize) -> String {
    let mut text = String::new();
    let mut column = 0;
    for _ in 0..words {
        let word = WORDS[dice.early(WORDS.len())];
        text += match column {
            0 => "",
            70.. => "\n",
            _ => " ",
        };
        column = if column >= 70 { word.len() } else { column + 1 + word.len() };
        text += word;
    }
    text + ".\n"
}

/// Writes a subject of a few words.
pub fn subject(dice: &mut Dice) -> String {
    let words: Vec<&str> = (0..dice.between(2, 8)).map(|_| WORDS[dice.early(WORDS.len())]).collect();
    let tag = if dice.falls(0.12) { *dice.one_of(&["[ext] ", "[URGENT] ", "[press] "]) } else { "" };
    format!("{tag}{}", words.join(" "))
}

/// Writes a text as a header has it (RFC 2047): as it is where it is ASCII.
pub fn encoded(text: &str, how: char) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let inside = if how == 'B' { base64(bytes).replace('\n', "") } else { quoted(bytes, true) };
    format!("=?utf-8?{how}?{inside}?=")
}

/// Writes bytes as quoted-printable, without soft line breaks: lines are short enough.
pub fn quoted(bytes: &[u8], in_a_word: bool) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        match byte {
            b' ' if in_a_word => out.push('_'),
            b'=' | b'?' | b'_' | 128.. => out += &format!("={byte:02X}"),
            _ => out.push(char::from(byte)),
        }
    }
    out
}

/// Writes bytes as base64 in lines of 76 letters.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len() * 3 / 2);
    for line in bytes.chunks(57) {
        for group in line.chunks(3) {
            let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for place in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
                out.push(if place > group.len() { '=' } else { char::from(letter) });
            }
        }
        out.push('\n');
    }
    out
}
