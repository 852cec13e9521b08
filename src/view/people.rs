//! The people of a row, in few cells.

use crate::app::list::Who;
use crate::corpus::Person;
use crate::text::Cells;
use crate::text::Printable;
use crate::text::width;

/// Returns what to call a person: the name without quotes, else what stands before the `@`.
pub fn name(person: Person<'_>) -> &str {
    let name = person.name.trim().trim_matches(['"', '\'']);
    match (name.is_empty(), person.address.is_empty()) {
        (false, _) => name,
        (true, false) => person.address,
        (true, true) => "(nobody)",
    }
}

/// Writes who wrote first and last, and how many more: `Anna Roux, Paul Petit +3`; where there is no
/// room, `Anna, Paul +3`.
pub fn shown(who: Who<'_>, cells: u16) -> String {
    let room = Cells::from(cells);
    let more = if who.others > 0 { format!(" +{}", who.others) } else { String::new() };
    let first = name(who.first);
    let Some(latest) = who.latest.map(name) else { return with(first, &more, room) };
    let whole = format!("{first}, {latest}{more}");
    if cells_of(&whole) <= room {
        return whole;
    }
    let short = format!("{}, {}", short(first), short(latest));
    with(&short, &more, room)
}

/// Writes names so that what stands behind them is seen.
fn with(names: &str, more: &str, room: Cells) -> String {
    let names = crate::text::fit(names, room.less(cells_of(more)));
    format!("{names}{more}")
}

/// Returns the first word of a name that is no title or initial (`Me`, `Dr.`, `J.`), or an address up
/// to its `@`.
fn short(name: &str) -> &str {
    let says_who = |word: &&str| word.chars().count() > 2 && !word.ends_with('.');
    let mut words = name.split([' ', '@', ',']).filter(|word| !word.is_empty());
    words.clone().find(says_who).or_else(|| words.next()).unwrap_or(name)
}

fn cells_of(text: &str) -> Cells {
    width(&Printable::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: &str, latest: Option<&str>, others: usize, cells: u16, expected: &str) {
        let person = |name| Person { name, address: "" };
        let who = Who { first: person(first), latest: latest.map(person), others };
        assert_eq!(shown(who, cells), expected);
    }

    #[test]
    fn names_give_way_to_the_number_of_people() {
        check("Anna Roux", None, 0, 20, "Anna Roux");
        check("Anna Roux", Some("Paul Petit"), 0, 22, "Anna Roux, Paul Petit");
        check("Anna Roux", Some("Paul Petit"), 3, 20, "Anna, Paul +3");
        check("Anna Roux", Some("Me J. Petit"), 3, 20, "Anna, Petit +3");
        check("Li Wu", Some("anna.roux@desk.example"), 0, 16, "Li, anna.roux");
        check("Anna Roux", None, 3, 8, "Anna… +3");
        check("Maximiliane", Some("Bartholomew"), 12, 16, "Maximiliane… +12");
    }
}
