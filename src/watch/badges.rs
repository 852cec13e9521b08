//! Badges and colours: those that are written, and those that are chosen where none is.

use super::candidate::Candidate;
use super::candidate::Colour;
use super::entry::At;
use super::entry::Entry;
use super::nearest;
use super::watchlist_error::Problem;
use super::watchlist_error::WatchlistError;

/// Stands where no badge was given yet; nobody can write it.
pub const NONE: char = '\0';

/// Gives the candidates at `places` what their entries say, then chooses what they do not say.
///
/// The first `known` candidates have badges and colours from another file.
pub fn give(
    candidates: &mut [Candidate],
    places: &[usize],
    entries: &[Entry],
    known: usize,
) -> Result<(), WatchlistError> {
    let mut colours: Vec<Colour> = candidates.iter().take(known).map(|candidate| candidate.colour).collect();
    for (&place, entry) in places.iter().zip(entries) {
        if let Some(badge) = &entry.badge {
            let letter = written_badge(candidates, place, badge)?;
            candidates.get_mut(place).into_iter().for_each(|candidate| candidate.badge = letter);
        }
        if let Some(colour) = &entry.colour {
            let colour = written_colour(colour)?;
            colours.push(colour);
            candidates.get_mut(place).into_iter().for_each(|candidate| candidate.colour = colour);
        }
    }
    for (&place, entry) in places.iter().zip(entries) {
        let is_new = place >= known;
        if is_new && entry.badge.is_none() {
            let letter = free_badge(candidates, &entry.name)?;
            candidates.get_mut(place).into_iter().for_each(|candidate| candidate.badge = letter);
        }
        if is_new && entry.colour.is_none() {
            let colour = rarest(&colours);
            colours.push(colour);
            candidates.get_mut(place).into_iter().for_each(|candidate| candidate.colour = colour);
        }
    }
    Ok(())
}

fn written_badge(candidates: &[Candidate], place: usize, badge: &At) -> Result<char, WatchlistError> {
    let fail = |problem| Err(WatchlistError { line: badge.line, problem });
    let mut letters = badge.text.chars();
    let (Some(letter), None) = (letters.next().filter(|letter| letter.is_alphanumeric()), letters.next())
    else {
        return fail(Problem::BadBadge(badge.text.clone()));
    };
    let letter = capital(letter);
    match owner(candidates, letter) {
        Some((owner, candidate)) if owner != place => {
            fail(Problem::BadgeTaken(letter, candidate.name.clone()))
        }
        _ => Ok(letter),
    }
}

fn owner(candidates: &[Candidate], badge: char) -> Option<(usize, &Candidate)> {
    candidates.iter().enumerate().find(|(_, candidate)| candidate.badge == badge)
}

/// Chooses the first free letter: of the words of the name from the last on, of all its letters, of
/// the alphabet, the digits, and of other alphabets.
fn free_badge(candidates: &[Candidate], name: &At) -> Result<char, WatchlistError> {
    let initials = name.text.split([' ', '-']).rev().filter_map(|word| word.chars().next());
    let plain = ('A'..='Z').chain('0'..='9').chain('À'..='Ž').chain('Α'..='Я');
    let letters = initials.chain(name.text.chars()).chain(plain);
    let mut badges = letters.filter(|letter| letter.is_alphanumeric()).map(capital);
    let free = badges.find(|&letter| owner(candidates, letter).is_none());
    free.ok_or_else(|| WatchlistError { line: name.line, problem: Problem::NoBadgeLeft(name.text.clone()) })
}

fn capital(letter: char) -> char {
    let mut capital = letter.to_uppercase();
    capital.next().filter(|_| capital.next().is_none()).unwrap_or(letter)
}

fn written_colour(colour: &At) -> Result<Colour, WatchlistError> {
    Colour::named(&colour.text).ok_or_else(|| {
        let words = Colour::ALL.map(|(_, word)| word);
        let problem = Problem::UnknownColour(colour.text.clone(), nearest(&colour.text, words));
        WatchlistError { line: colour.line, problem }
    })
}

/// Returns the first of the colours that were given least often.
fn rarest(given: &[Colour]) -> Colour {
    let times = |colour: &Colour| given.iter().filter(|other| *other == colour).count();
    Colour::ALL.map(|(colour, _)| colour).into_iter().min_by_key(times).unwrap_or(Colour::Blue)
}
