//! The badges at the end of a row: `L·3 F`.

use crate::app::watching::Badge;
use crate::watch::CandidateNo;

/// What is drawn of one badge.
pub type Shown = (Option<CandidateNo>, String);

/// Returns the badges in at most so many cells: with their numbers, else the letters alone, else as many
/// letters as fit and `+2` for the others.
pub fn shown(badges: &[Badge], cells: u16) -> Vec<Shown> {
    let cells = usize::from(cells);
    let with_numbers: Vec<Shown> = badges.iter().map(with_number).collect();
    if cells_of(&with_numbers) <= cells {
        return with_numbers;
    }
    let letters: Vec<Shown> =
        badges.iter().map(|badge| (Some(badge.candidate), badge.letter.to_string())).collect();
    if cells_of(&letters) <= cells {
        return letters;
    }
    (0..letters.len())
        .rev()
        .map(|kept| cut(&letters, kept))
        .find(|cut| cells_of(cut) <= cells)
        .unwrap_or_default()
}

/// Returns how many cells badges take, the blanks between them too.
pub fn cells_of(shown: &[Shown]) -> usize {
    let letters: usize = shown.iter().map(|(_, words)| words.chars().count()).sum();
    letters + shown.len().saturating_sub(1)
}

fn with_number(badge: &Badge) -> Shown {
    let words = match badge.messages {
        1 => badge.letter.to_string(),
        more => format!("{}·{more}", badge.letter),
    };
    (Some(badge.candidate), words)
}

fn cut(letters: &[Shown], kept: usize) -> Vec<Shown> {
    let more = (None, format!("+{}", letters.len() - kept));
    letters.iter().take(kept).cloned().chain([more]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(badges: &[(char, usize)], cells: u16, expected: &str) {
        let badge = |&(letter, messages)| Badge { candidate: CandidateNo(0), letter, messages };
        let badges: Vec<Badge> = badges.iter().map(badge).collect();
        let words: Vec<String> = shown(&badges, cells).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn numbers_give_way_to_letters() {
        check(&[('L', 3), ('F', 1)], 8, "L·3 F");
        check(&[('L', 3), ('F', 12), ('M', 1)], 8, "L F M");
        check(&[('L', 3), ('F', 1), ('M', 1), ('H', 1), ('J', 1)], 8, "L F M +2");
        check(&[], 8, "");
        check(&[('L', 1000)], 1, "L");
    }
}
