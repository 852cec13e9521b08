//! What each letter from U+0080 to U+20FF folds to.
//!
//! A letter folds as NFKD takes it apart, in lower case, without its combining marks; letters that
//! Unicode holds whole but people write plainly (`ø`, `ł`, `ß`, `æ`), quotes and dashes have rows of their
//! own rule. The tests hold every row to Unicode's data, so a row cannot be wrong or missing.
//!
//! Letters whose lower case says it all (`Σ`, `Ж`) have no row.

use std::sync::LazyLock;

/// A letter, folded: at most [`MAX_LEN`] bytes of UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    len: u8,
    bytes: [u8; MAX_LEN],
}

/// The longest that a letter becomes, in bytes (Sinhala vowel signs of three parts).
const MAX_LEN: usize = 9;
/// The letters that the table covers.
const COVERED: std::ops::Range<u32> = 0x80..0x2100;

/// The table, made from the rows when it is first needed.
static LETTERS: LazyLock<Vec<Letter>> =
    LazyLock::new(|| COVERED.map(|value| char::from_u32(value).map_or(Letter::DROPPED, compute)).collect());

impl Letter {
    /// What folds to nothing.
    const DROPPED: Self = Self { len: 0, bytes: [0; MAX_LEN] };

    fn new(text: &str) -> Self {
        let mut bytes = [0; MAX_LEN];
        let len = text.len().min(MAX_LEN);
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Self { len: len as u8, bytes }
    }

    fn of(letter: char) -> Self {
        Self::new(letter.encode_utf8(&mut [0; 4]))
    }

    /// Returns its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Writes it behind what is folded already.
    pub fn append_to(&self, folded: &mut Vec<u8>) {
        let here = folded.len();
        folded.extend_from_slice(&self.bytes);
        folded.truncate(here + usize::from(self.len));
    }
}

/// Folds letters.
#[derive(Clone, Copy, Debug)]
pub struct Letters(&'static [Letter]);

impl Letters {
    /// Returns the table.
    pub fn new() -> Self {
        Self(&LETTERS)
    }

    /// Folds one letter.
    pub fn fold(self, letter: char) -> Letter {
        self.covered(letter).unwrap_or_else(|| self.beyond(letter))
    }

    fn covered(self, letter: char) -> Option<Letter> {
        let place = u32::from(letter).wrapping_sub(COVERED.start) as usize;
        self.0.get(place).copied()
    }

    /// Folds a letter that the table does not cover.
    fn beyond(self, letter: char) -> Letter {
        if is_mark(letter) || is_unseen(letter) {
            return Letter::DROPPED;
        }
        let ligature = (letter as usize).checked_sub(0xFB00).and_then(|place| LIGATURES.get(place));
        if let Some(ligature) = ligature {
            return Letter::new(ligature);
        }
        let small = small(letter);
        self.covered(small).unwrap_or_else(|| Letter::of(small))
    }
}

/// Folds a letter of the table.
fn compute(letter: char) -> Letter {
    if is_mark(letter) || is_unseen(letter) {
        return Letter::DROPPED;
    }
    let small = small(letter);
    let row = ROWS.iter().find(|(_, letters)| letters.contains(small));
    row.map_or_else(|| Letter::of(small), |(folded, _)| Letter::new(folded))
}

/// Returns a letter in lower case, and in its ordinary width and weight.
fn small(letter: char) -> char {
    let plain = |base: u8, offset: u32| char::from(base + offset as u8);
    match u32::from(letter) {
        0x2212 => '-',
        0x3000 => ' ',
        // Full-width forms, circled letters, and the letters of mathematics that people decorate names with.
        value @ 0xFF01..=0xFF5E => plain(b'!', value - 0xFF01).to_ascii_lowercase(),
        value @ 0x24B6..=0x24E9 => plain(b'a', (value - 0x24B6) % 26),
        value @ 0x1D400..=0x1D6A3 => plain(b'a', (value - 0x1D400) % 26),
        value @ 0x1D7CE..=0x1D7FF => plain(b'0', (value - 0x1D7CE) % 10),
        // No letter between has another case; most of them are Chinese, and are many.
        0x2E00..=0xA63F | 0xAC00..=0x103FF => letter,
        _ if letter.is_whitespace() => ' ',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// Returns whether a letter is a mark on the one before it, of a script where words are also written
/// without such marks.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter),
        0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5 | 0x5C7
        | 0x610..=0x61A | 0x64B..=0x65F | 0x670 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF
        | 0xFE20..=0xFE2F)
}

/// Returns whether a letter has no width: soft hyphens, joiners, directions, variations.
fn is_unseen(letter: char) -> bool {
    matches!(u32::from(letter),
        0xAD | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0001..=0xE01EF)
}

/// What U+FB00 to U+FB06 fold to.
const LIGATURES: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

/// What small letters fold to.
const ROWS: [(&str, &str); 251] = [
    (" ", "¨¯¸˘˙˚˛˜˝ͺ΄΅᾽᾿῀῁῍῎῏῝῞῟῭΅´῾‗‾"),
    ("!!", "‼"),
    ("!?", "⁉"),
    ("\"", "«»“”„‟″"),
    ("'", "´ʹʼʹ‘’‚‛′‵‹›"),
    ("''", "‶"),
    ("'''", "‴‷"),
    ("''''", "⁗"),
    ("'n", "ŉ"),
    ("(", "⁽₍"),
    (")", "⁾₎"),
    ("+", "⁺₊"),
    ("-", "‐‑‒–—―⁻₋"),
    (".", "․"),
    ("..", "‥"),
    ("...", "…"),
    ("/", "⁄"),
    ("0", "⁰₀"),
    ("1", "¹₁"),
    ("1/2", "½"),
    ("1/4", "¼"),
    ("2", "²₂"),
    ("3", "³₃"),
    ("3/4", "¾"),
    ("4", "⁴₄"),
    ("5", "⁵₅"),
    ("6", "⁶₆"),
    ("7", "⁷₇"),
    ("8", "⁸₈"),
    ("9", "⁹₉"),
    (";", ";"),
    ("=", "⁼₌"),
    ("?!", "⁈"),
    ("??", "⁇"),
    ("`", "`"),
    ("a", "ªàáâãäåāăąǎǟǡǻȁȃȧᴬᵃḁạảấầẩẫậắằẳẵặₐ"),
    ("ae", "æǣǽᴭ"),
    ("aʾ", "ẚ"),
    ("b", "ƀᴮᵇḃḅḇ"),
    ("c", "çćĉċčᶜḉ"),
    ("d", "ðďđɖᴰᵈᶞḋḍḏḑḓ"),
    ("dz", "ǆǳ"),
    ("e", "èéêëēĕėęěȅȇȩᴱᵉḕḗḙḛḝẹẻẽếềểễệₑ"),
    ("f", "ᶠḟ"),
    ("g", "ĝğġģǧǵᴳᵍḡ"),
    ("h", "ĥħȟʰᴴḣḥḧḩḫẖₕ"),
    ("i", "ìíîïĩīĭįİıǐȉȋɨᴵᵢᶤḭḯỉịⁱ"),
    ("ij", "ĳ"),
    ("j", "ĵǰȷʲᴶ"),
    ("k", "ķĸǩᴷᵏḱḳḵₖ"),
    ("l", "ĺļľłƚˡᴸḷḹḻḽₗ"),
    ("lj", "ǉ"),
    ("l·", "ŀ"),
    ("m", "ᴹᵐḿṁṃₘ"),
    ("n", "ñńņňŋǹᴺᵑṅṇṉṋⁿₙ"),
    ("nj", "ǌ"),
    ("o", "ºòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱᴼᵒṍṏṑṓọỏốồổỗộớờởỡợₒ"),
    ("oe", "œ"),
    ("p", "ᴾᵖṕṗₚ"),
    ("r", "ŕŗřȑȓʳᴿᵣṙṛṝṟ"),
    ("rs", "₨"),
    ("s", "śŝşšſșˢṡṣṥṧṩẛₛ"),
    ("ss", "ß"),
    ("t", "ţťŧțᵀᵗṫṭṯṱẗₜ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗʉᵁᵘᵤᶶṳṵṷṹṻụủứừửữự"),
    ("v", "ᵛᵥṽṿ"),
    ("w", "ŵʷᵂẁẃẅẇẉẘ\u{209d}"),
    ("x", "ˣẋẍₓ"),
    ("y", "ýÿŷȳʸẏẙỳỵỷỹ\u{209e}"),
    ("z", "źżžƶᶻẑẓẕ\u{209f}"),
    ("·", "·"),
    ("ƫ", "ᶵ"),
    ("ǝ", "ᴲ"),
    ("ȣ", "ᴽ"),
    ("ɐ", "ᵄ"),
    ("ɑ", "ᵅ"),
    ("ɒ", "ᶛ"),
    ("ɔ", "ᵓ"),
    ("ɕ", "ᶝ"),
    ("ə", "ᵊₔ"),
    ("ɛ", "ᵋ"),
    ("ɜ", "ᵌᶟ"),
    ("ɟ", "ᶡ"),
    ("ɡ", "ᶢ"),
    ("ɣ", "ˠ"),
    ("ɥ", "ᶣ"),
    ("ɦ", "ʱ"),
    ("ɩ", "ᶥ"),
    ("ɪ", "ᶦ"),
    ("ɭ", "ᶩ"),
    ("ɯ", "ᵚ"),
    ("ɰ", "ᶭ"),
    ("ɱ", "ᶬ"),
    ("ɲ", "ᶮ"),
    ("ɳ", "ᶯ"),
    ("ɴ", "ᶰ"),
    ("ɵ", "ᶱ"),
    ("ɸ", "ᶲ"),
    ("ɹ", "ʴ"),
    ("ɻ", "ʵ"),
    ("ʁ", "ʶ"),
    ("ʂ", "ᶳ"),
    ("ʃ", "ᶴ"),
    ("ʊ", "ᶷ"),
    ("ʋ", "ᶹ"),
    ("ʌ", "ᶺ"),
    ("ʐ", "ᶼ"),
    ("ʑ", "ᶽ"),
    ("ʒ", "ǯᶾ"),
    ("ʕ", "ˤ"),
    ("ʝ", "ᶨ"),
    ("ʟ", "ᶫ"),
    ("α", "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ"),
    ("β", "ϐᵝᵦ"),
    ("γ", "ᵞᵧ"),
    ("δ", "ᵟ"),
    ("ε", "έϵἐἑἒἓἔἕὲέ"),
    ("η", "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ"),
    ("θ", "ϑᶿ"),
    ("ι", "ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ"),
    ("κ", "ϰ"),
    ("μ", "µ"),
    ("ο", "όὀὁὂὃὄὅὸό"),
    ("π", "ϖ"),
    ("ρ", "ϱᵨῤῥ"),
    ("σ", "ςϲ"),
    ("υ", "ΰϋύϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ"),
    ("φ", "ϕᵠᵩ"),
    ("χ", "ᵡᵪ"),
    ("ω", "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"),
    ("а", "ӑӓ"),
    ("г", "ѓ"),
    ("е", "ѐёӗ"),
    ("ж", "ӂӝ"),
    ("з", "ӟ"),
    ("и", "йѝӣӥ"),
    ("к", "ќ"),
    ("н", "ᵸ"),
    ("о", "ӧ"),
    ("у", "ўӯӱӳ"),
    ("ч", "ӵ"),
    ("ы", "ӹ"),
    ("э", "ӭ"),
    ("і", "ї"),
    ("ѵ", "ѷ"),
    ("ә", "ӛ"),
    ("ө", "ӫ"),
    ("եւ", "և"),
    ("է", "\u{558}"),
    ("ի", "\u{58b}"),
    ("յ", "\u{58c}"),
    ("ا", "آأإ"),
    ("اٴ", "ٵ"),
    ("و", "ؤ"),
    ("وٴ", "ٶ"),
    ("ي", "ئ"),
    ("يٴ", "ٸ"),
    ("ہ", "ۂ"),
    ("ۇٴ", "ٷ"),
    ("ے", "ۓ"),
    ("ە", "ۀ"),
    ("क\u{93c}", "क़"),
    ("ख\u{93c}", "ख़"),
    ("ग\u{93c}", "ग़"),
    ("ज\u{93c}", "ज़"),
    ("ड\u{93c}", "ड़"),
    ("ढ\u{93c}", "ढ़"),
    ("न\u{93c}", "ऩ"),
    ("फ\u{93c}", "फ़"),
    ("य\u{93c}", "य़"),
    ("र\u{93c}", "ऱ"),
    ("ळ\u{93c}", "ऴ"),
    ("ড\u{9bc}", "ড়"),
    ("ঢ\u{9bc}", "ঢ়"),
    ("য\u{9bc}", "য়"),
    ("ে\u{9be}", "ো"),
    ("ে\u{9d7}", "ৌ"),
    ("ਖ\u{a3c}", "ਖ਼"),
    ("ਗ\u{a3c}", "ਗ਼"),
    ("ਜ\u{a3c}", "ਜ਼"),
    ("ਫ\u{a3c}", "ਫ਼"),
    ("ਲ\u{a3c}", "ਲ਼"),
    ("ਸ\u{a3c}", "ਸ਼"),
    ("ଡ\u{b3c}", "ଡ଼"),
    ("ଢ\u{b3c}", "ଢ଼"),
    ("େ\u{b3e}", "ୋ"),
    ("େ\u{b56}", "ୈ"),
    ("େ\u{b57}", "ୌ"),
    ("ஒ\u{bd7}", "ஔ"),
    ("ெ\u{bbe}", "ொ"),
    ("ெ\u{bd7}", "ௌ"),
    ("ே\u{bbe}", "ோ"),
    ("\u{c46}\u{c56}", "\u{c48}"),
    ("\u{cbf}\u{cd5}", "\u{cc0}"),
    ("\u{cc6}\u{cc2}", "\u{cca}"),
    ("\u{cc6}\u{cc2}\u{cd5}", "\u{ccb}"),
    ("\u{cc6}\u{cd5}", "\u{cc7}"),
    ("\u{cc6}\u{cd6}", "\u{cc8}"),
    ("െ\u{d3e}", "ൊ"),
    ("െ\u{d57}", "ൌ"),
    ("േ\u{d3e}", "ോ"),
    ("ෙ\u{dca}", "ේ"),
    ("ෙ\u{dcf}", "ො"),
    ("ෙ\u{dcf}\u{dca}", "ෝ"),
    ("ෙ\u{ddf}", "ෞ"),
    ("\u{e4d}า", "ำ"),
    ("ຫນ", "ໜ"),
    ("ຫມ", "ໝ"),
    ("\u{ecd}າ", "ຳ"),
    ("་", "༌"),
    ("ཀ\u{fb5}", "ཀྵ"),
    ("ག\u{fb7}", "གྷ"),
    ("ཌ\u{fb7}", "ཌྷ"),
    ("ད\u{fb7}", "དྷ"),
    ("བ\u{fb7}", "བྷ"),
    ("ཛ\u{fb7}", "ཛྷ"),
    ("\u{f71}\u{f72}", "\u{f73}"),
    ("\u{f71}\u{f74}", "\u{f75}"),
    ("\u{f71}\u{f80}", "\u{f81}"),
    ("\u{f90}\u{fb5}", "\u{fb9}"),
    ("\u{f92}\u{fb7}", "\u{f93}"),
    ("\u{f9c}\u{fb7}", "\u{f9d}"),
    ("\u{fa1}\u{fb7}", "\u{fa2}"),
    ("\u{fa6}\u{fb7}", "\u{fa7}"),
    ("\u{fab}\u{fb7}", "\u{fac}"),
    ("\u{fb2}\u{f71}\u{f80}", "\u{f77}"),
    ("\u{fb2}\u{f80}", "\u{f76}"),
    ("\u{fb3}\u{f71}\u{f80}", "\u{f79}"),
    ("\u{fb3}\u{f80}", "\u{f78}"),
    ("ဥ\u{102e}", "ဦ"),
    ("ნ", "ჼ"),
    ("ᬅ\u{1b35}", "ᬆ"),
    ("ᬇ\u{1b35}", "ᬈ"),
    ("ᬉ\u{1b35}", "ᬊ"),
    ("ᬋ\u{1b35}", "ᬌ"),
    ("ᬍ\u{1b35}", "ᬎ"),
    ("ᬑ\u{1b35}", "ᬒ"),
    ("\u{1b3a}\u{1b35}", "\u{1b3b}"),
    ("\u{1b3c}\u{1b35}", "\u{1b3d}"),
    ("ᬾ\u{1b35}", "ᭀ"),
    ("ᬿ\u{1b35}", "ᭁ"),
    ("\u{1b42}\u{1b35}", "\u{1b43}"),
    ("ᴂ", "ᵆ"),
    ("ᴖ", "ᵔ"),
    ("ᴗ", "ᵕ"),
    ("ᴜ", "ᶸ"),
    ("ᴝ", "ᵙ"),
    ("ᴥ", "ᵜ"),
    ("ᵻ", "ᶧ"),
    ("ᶅ", "ᶪ"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// Letters that Unicode does not take apart, or not as people write them.
    fn by_hand(letter: char) -> Option<&'static str> {
        Some(match letter {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'đ' | 'ð' | 'ɖ' => "d",
            'ø' => "o",
            'ł' | 'ƚ' => "l",
            'ı' | 'ɨ' => "i",
            'ħ' => "h",
            'ŧ' => "t",
            'ŋ' => "n",
            'ƀ' => "b",
            'ʉ' => "u",
            'ƶ' => "z",
            'ĸ' => "k",
            'ȷ' => "j",
            'ς' => "σ",
            '´' | 'ʹ' | 'ʼ' | '‘' | '’' | '‚' | '‛' | '′' | '‵' | '‹' | '›' => "'",
            '«' | '»' | '“' | '”' | '„' | '‟' | '″' => "\"",
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
            '⁄' => "/",
            '\u{85}' => " ",
            _ => return None,
        })
    }

    /// Folds by Unicode's data, again and again until nothing changes.
    fn by_unicode(text: &str) -> String {
        let mut folded = String::new();
        for letter in text.chars() {
            let apart = by_hand(letter).map_or_else(|| letter.nfkd().to_string(), str::to_owned);
            for letter in apart.chars().filter(|&letter| !is_mark(letter) && !is_unseen(letter)) {
                let letter = if letter.is_whitespace() { ' ' } else { letter };
                folded.extend(letter.to_lowercase().filter(|&letter| !is_mark(letter)));
            }
        }
        if folded == text { folded } else { by_unicode(&folded) }
    }

    #[track_caller]
    fn check(letters: std::ops::RangeInclusive<u32>) {
        for letter in letters.filter_map(char::from_u32) {
            let folded = Letters::new().fold(letter);
            let folded = str::from_utf8(folded.as_bytes()).unwrap();
            assert_eq!(folded, by_unicode(&letter.to_string()), "{letter} {}", letter.escape_unicode());
        }
    }

    #[test]
    fn every_letter_of_the_table_folds_as_unicode_says() {
        check(0x80..=0x20FF);
    }

    #[test]
    fn wide_and_decorated_letters_are_plain_ones() {
        check(0x24B6..=0x24E9);
        check(0x2C60..=0x2C6F);
        check(0x3000..=0x3001);
        check(0x4E00..=0x4E10);
        check(0xA640..=0xA66E);
        check(0xFB00..=0xFB06);
        check(0xFF01..=0xFF5E);
        check(0x1D400..=0x1D454);
        check(0x1D7CE..=0x1D7FF);
        check(0x10400..=0x10450);
    }

    #[test]
    fn no_row_is_longer_than_a_letter_may_be() {
        assert!(ROWS.iter().all(|(folded, _)| folded.len() <= MAX_LEN));
    }
}
