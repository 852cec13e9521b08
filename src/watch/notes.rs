//! What a person is told of a watchlist that works, but may find more or less than they think.

use super::candidate::Candidate;
use super::entry::Entry;
use super::spelling;

/// Shorter spellings, in letters, are found in much that is not about anybody.
const SHORT_LETTERS: usize = 4;

/// Words of French and English that are somebody's name, folded.
const WORDS: [&str; 96] = [
    "angel",
    "april",
    "august",
    "baker",
    "bell",
    "bernard",
    "bill",
    "bishop",
    "black",
    "blanc",
    "bois",
    "boucher",
    "boulanger",
    "brown",
    "brun",
    "bush",
    "carpenter",
    "carter",
    "chance",
    "charm",
    "chef",
    "clement",
    "constant",
    "cook",
    "cruise",
    "dawn",
    "day",
    "dean",
    "dubois",
    "faith",
    "field",
    "fisher",
    "fleur",
    "fontaine",
    "ford",
    "forest",
    "fort",
    "fox",
    "france",
    "franc",
    "gates",
    "grace",
    "grand",
    "gray",
    "green",
    "gros",
    "guerin",
    "hall",
    "hill",
    "hope",
    "hunter",
    "jade",
    "joy",
    "juste",
    "king",
    "lake",
    "law",
    "leblanc",
    "legrand",
    "lejeune",
    "leroy",
    "lopez",
    "major",
    "marchand",
    "mark",
    "marine",
    "martin",
    "mason",
    "meunier",
    "miller",
    "moreau",
    "noble",
    "page",
    "park",
    "parker",
    "pen",
    "petit",
    "piper",
    "pope",
    "porter",
    "price",
    "prince",
    "reed",
    "rich",
    "rose",
    "rousseau",
    "roux",
    "ruby",
    "smith",
    "stone",
    "summer",
    "trump",
    "will",
    "wood",
    "young",
    "may",
];

/// Returns what is to be said of an entry, which is part of `candidate` by now.
pub fn of(candidate: &Candidate, entry: &Entry) -> Vec<String> {
    let name = &candidate.name;
    let wide = entry.searched().filter_map(|word| wide(name, &word.text));
    let idle = entry.except.iter().filter(|except| is_idle(candidate, &except.text));
    let idle = idle.map(|except| {
        format!("except \"{}\" holds no spelling of {name}, so it changes nothing", except.text)
    });
    wide.chain(idle).collect()
}

/// Returns what is to be said of a spelling that finds more than it should.
fn wide(name: &str, spelling: &str) -> Option<String> {
    let folded = spelling::folded(spelling);
    let is_as_written = spelling::is_as_written(spelling);
    if !is_as_written && WORDS.iter().any(|word| word.as_bytes() == folded) {
        return Some(format!("\"{spelling}\" is an ordinary word too: not every hit will be {name}"));
    }
    let letters = spelling.chars().filter(|letter| letter.is_alphanumeric()).count();
    let least = if is_as_written { SHORT_LETTERS - 1 } else { SHORT_LETTERS };
    (letters < least).then(|| format!("\"{spelling}\" is short: not every hit will be {name}"))
}

fn is_idle(candidate: &Candidate, except: &str) -> bool {
    let except = spelling::folded(except);
    let holds = |spelling: &str| {
        let spelling = spelling::folded(spelling);
        except.windows(spelling.len().max(1)).any(|part| part == spelling)
    };
    !candidate.searched().any(holds)
}
