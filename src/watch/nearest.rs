//! What a person probably meant by a word that is not known.

/// Returns the one of `words` that is nearest to `word`, where one is near.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    // More than half of the letters wrong is another word.
    let near_enough = word.chars().count().div_ceil(2).min(3);
    let measured = words.into_iter().map(|known| (distance(&word, known), known));
    measured
        .min_by_key(|&(distance, _)| distance)
        .filter(|&(distance, _)| distance <= near_enough)
        .map(|it| it.1)
}

/// Returns how many letters have to be put in, taken out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    // A word that nobody meant may be as long as a mailbox.
    let letters: Vec<char> = one.chars().take(64).collect();
    let mut above: Vec<usize> = (0..=letters.len()).collect();
    for (row, wanted) in other.chars().enumerate() {
        let mut line = vec![row + 1];
        for ((&letter, corner), over) in letters.iter().zip(&above).zip(above.iter().skip(1)) {
            let left = line.last().copied().unwrap_or(0);
            line.push((corner + usize::from(letter != wanted)).min(left + 1).min(over + 1));
        }
        above = line;
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(nearest(word, ["name", "badge", "colour", "spellings"]), expected);
    }

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        check("color", Some("colour"));
        check("spelings", Some("spellings"));
        check("Bagde", Some("badge"));
        check("nam", Some("name"));
        check("addresses", None);
        check("", None);
        check(&"x".repeat(1 << 20), None);
    }
}
