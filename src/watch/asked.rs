//! Whom a person means by a few letters: `candidate:macron`, `candidate:M`.

use super::candidate::Candidate;
use super::candidate::CandidateNo;
use super::nearest;
use super::watchlist::Watchlist;
use crate::text::fold;
use std::fmt::Write;

impl Watchlist {
    /// Returns whom these letters may mean: the one with this badge, else everyone with a name or
    /// spelling in which a word begins so. Where that is nobody, says who there is.
    pub fn asked(&self, letters: &str) -> Result<Vec<CandidateNo>, String> {
        let wanted = words(letters);
        let is_badge = |candidate: &Candidate| wanted.trim() == fold(&candidate.badge.to_string());
        let is_named = |candidate: &Candidate| {
            !wanted.trim().is_empty() && candidate.searched().any(|name| words(name).contains(&wanted))
        };
        let mut found = self.numbers(is_badge);
        if found.is_empty() {
            found = self.numbers(is_named);
        }
        if found.is_empty() { Err(self.refusal(letters)) } else { Ok(found) }
    }

    fn numbers(&self, is_meant: impl Fn(&Candidate) -> bool) -> Vec<CandidateNo> {
        let numbered = (0..).map(CandidateNo).zip(self.candidates());
        numbered.filter(|(_, candidate)| is_meant(candidate)).map(|(number, _)| number).collect()
    }

    fn refusal(&self, letters: &str) -> String {
        if self.candidates().is_empty() {
            return "there is no watchlist, so nobody is a candidate".to_owned();
        }
        let mut said = format!("no candidate \"{letters}\"; ");
        let names = || self.candidates().iter().map(|candidate| candidate.name.as_str());
        let pieces: Vec<&str> = names().flat_map(|name| name.split([' ', '-']).chain([name])).collect();
        if let Some(meant) = nearest(&fold(letters), pieces) {
            let _ = write!(said, "did you mean \"{meant}\"?");
            return said;
        }
        let shown: Vec<String> = self
            .candidates()
            .iter()
            .map(|candidate| format!("{} ({})", candidate.name, candidate.badge))
            .collect();
        said + "there is " + &shown.join(", ")
    }
}

/// Returns folded words, each behind one blank.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words =
        folded.split(|letter: char| letter.is_whitespace() || letter == '-').filter(|word| !word.is_empty());
    words.flat_map(|word| [" ", word]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(letters: &str, expected: &str) {
        let list = Watchlist::built_in();
        let badge = |number: &CandidateNo| list.candidates()[usize::from(number.0)].badge;
        let found = list.asked(letters).map(|found| found.iter().map(badge).collect::<String>());
        assert_eq!(found.unwrap_or_else(|said| said), expected, "{letters}");
    }

    #[test]
    fn candidates_are_asked_for_by_badge_or_part_of_a_name() {
        check("macron", "M");
        check("MACRON", "M");
        check("melench", "J");
        check("jean-luc", "J");
        check("Jean Luc", "J");
        check("le pen", "L");
        check("pen", "L");
        check("m", "M");
        check("jlm", "J");
        check("lenchon", "no candidate \"lenchon\"; did you mean \"Mélenchon\"?");
        let all = "Marine Le Pen (L), François Fillon (F), Emmanuel Macron (M), Benoît Hamon (H), \
                   Jean-Luc Mélenchon (J)";
        check("-", &format!("no candidate \"-\"; there is {all}"));
        let nobody = Watchlist::default().asked("x").unwrap_err();
        assert_eq!(nobody, "there is no watchlist, so nobody is a candidate");
    }
}
