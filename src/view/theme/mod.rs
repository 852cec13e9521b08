//! How each meaning looks: the only place that names a colour.
//!
//! No theme colours a background, and each gives every meaning a look of its own, but for counts in the
//! terminal's colours, which their column tells. Without colours attributes do it, and what they leave
//! alike is told by its place or its words.

mod ink;

use crate::app::Palette;
use crate::app::meaning::Meaning;
use crate::app::palette::Colours;
use crate::app::palette::Theme;
use crate::watch::CandidateNo;
use crate::watch::Watchlist;
use ink::Ink;
use ratatui::style::Modifier;
use ratatui::style::Style;

/// Returns how a meaning looks.
pub fn style(meaning: Meaning, palette: Palette, watchlist: &Watchlist) -> Style {
    let Palette { theme, colours } = palette;
    if colours == Colours::None {
        return by_attributes(meaning);
    }
    let (ink, attributes) = match meaning {
        Meaning::Watch(number) => (of_candidate(number, theme, watchlist), MARKED),
        Meaning::WatchHere(number) => (of_candidate(number, theme, watchlist), MARKED_HERE),
        _ => match theme {
            Theme::Terminal => in_terminal(meaning),
            Theme::Dark => on_dark(meaning),
            Theme::Light => on_light(meaning),
            Theme::Safe => safe(meaning),
        },
    };
    let style = Style::new().add_modifier(attributes);
    ink.map_or(style, |ink| style.fg(ink.of(colours)))
}

const PLAIN: Modifier = Modifier::empty();
const BOLD: Modifier = Modifier::BOLD;
const DIM: Modifier = Modifier::DIM;
const UNDERLINED: Modifier = Modifier::UNDERLINED;
const STRUCK: Modifier = Modifier::CROSSED_OUT;
const MARKED: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);
const MARKED_HERE: Modifier = Modifier::BOLD.union(Modifier::REVERSED);
const FOUND_HERE: Modifier = MARKED_HERE.union(Modifier::UNDERLINED);

/// An ink, or the terminal's own, and attributes.
type Look = (Option<Ink>, Modifier);

fn of_candidate(number: CandidateNo, theme: Theme, watchlist: &Watchlist) -> Option<Ink> {
    let candidate = watchlist.candidates().get(usize::from(number.0))?;
    Some(ink::of_candidate(candidate.colour, theme))
}

fn in_terminal(meaning: Meaning) -> Look {
    match meaning {
        Meaning::Plain | Meaning::Count => (None, PLAIN),
        Meaning::Title => (None, BOLD),
        Meaning::Quiet => (Some(ink::GREY), PLAIN),
        Meaning::Selected => (Some(ink::CYAN), BOLD),
        Meaning::Who => (Some(ink::CYAN), PLAIN),
        Meaning::Quoted => (None, DIM),
        Meaning::QuotedDeeper => (Some(ink::GREY), DIM),
        Meaning::Signature => (Some(ink::GREY), Modifier::ITALIC),
        Meaning::Link => (Some(ink::BLUE), UNDERLINED),
        Meaning::Hidden => (Some(ink::MAGENTA), STRUCK),
        Meaning::Odd => (Some(ink::YELLOW), PLAIN),
        Meaning::File => (Some(ink::MAGENTA), PLAIN),
        Meaning::Progress => (Some(ink::YELLOW), DIM),
        Meaning::Notice => (Some(ink::YELLOW), BOLD),
        Meaning::Key => (Some(ink::GREEN), PLAIN),
        Meaning::Match => (Some(ink::GREEN), BOLD),
        Meaning::MatchHere => (Some(ink::GREEN), FOUND_HERE),
        Meaning::Watch(_) => (None, MARKED),
        Meaning::WatchHere(_) => (None, MARKED_HERE),
    }
}

fn on_dark(meaning: Meaning) -> Look {
    match meaning {
        Meaning::Count => (Some(ink::PALE), PLAIN),
        Meaning::Selected => (Some(ink::LIGHT_CYAN), BOLD),
        Meaning::Who => (Some(ink::LIGHT_CYAN), PLAIN),
        Meaning::Quoted => (Some(ink::LIGHT_GREEN), DIM),
        Meaning::QuotedDeeper => (Some(ink::LIGHT_BLUE), DIM),
        Meaning::Link => (Some(ink::LIGHT_BLUE), UNDERLINED),
        Meaning::Hidden => (Some(ink::LIGHT_MAGENTA), STRUCK),
        Meaning::Odd => (Some(ink::LIGHT_YELLOW), PLAIN),
        Meaning::File => (Some(ink::LIGHT_MAGENTA), PLAIN),
        Meaning::Progress => (Some(ink::LIGHT_YELLOW), DIM),
        Meaning::Notice => (Some(ink::LIGHT_YELLOW), BOLD),
        Meaning::Key => (Some(ink::LIGHT_GREEN), PLAIN),
        Meaning::Match => (Some(ink::LIGHT_GREEN), BOLD),
        Meaning::MatchHere => (Some(ink::LIGHT_GREEN), FOUND_HERE),
        _ => in_terminal(meaning),
    }
}

fn on_light(meaning: Meaning) -> Look {
    match meaning {
        Meaning::Count => (Some(ink::BROWN), PLAIN),
        Meaning::Quiet => (Some(ink::DARK_GREY), PLAIN),
        Meaning::Selected => (Some(ink::DARK_BLUE), BOLD),
        Meaning::Who => (Some(ink::DARK_BLUE), PLAIN),
        Meaning::Quoted => (Some(ink::DARK_GREEN), DIM),
        Meaning::QuotedDeeper => (Some(ink::DARK_BLUE), DIM),
        Meaning::Signature => (Some(ink::DARK_GREY), Modifier::ITALIC),
        Meaning::Link => (Some(ink::DARK_BLUE), UNDERLINED),
        Meaning::Hidden => (Some(ink::DARK_MAGENTA), STRUCK),
        Meaning::Odd => (Some(ink::DARK_RED), PLAIN),
        Meaning::File => (Some(ink::DARK_MAGENTA), PLAIN),
        Meaning::Progress => (Some(ink::BROWN), BOLD),
        Meaning::Notice => (Some(ink::DARK_RED), BOLD),
        Meaning::Key => (Some(ink::DARK_GREEN), PLAIN),
        Meaning::Match => (Some(ink::DARK_GREEN), BOLD),
        Meaning::MatchHere => (Some(ink::DARK_GREEN), FOUND_HERE),
        _ => in_terminal(meaning),
    }
}

/// Red and green are never all that tells two meanings apart.
fn safe(meaning: Meaning) -> Look {
    match meaning {
        Meaning::Count => (Some(ink::BLUISH_GREEN), PLAIN),
        Meaning::Selected => (Some(ink::SKY), BOLD),
        Meaning::Who => (Some(ink::SKY), PLAIN),
        Meaning::Quoted => (Some(ink::BLUISH_GREEN), DIM),
        Meaning::QuotedDeeper => (Some(ink::SKY), DIM),
        Meaning::Link => (Some(ink::SKY), UNDERLINED),
        Meaning::Hidden => (Some(ink::PURPLE), STRUCK),
        Meaning::Odd => (Some(ink::ORANGE), PLAIN),
        Meaning::File => (Some(ink::PURPLE), PLAIN),
        Meaning::Progress => (Some(ink::ORANGE), DIM),
        Meaning::Notice => (Some(ink::ORANGE), BOLD),
        Meaning::Key => (Some(ink::YELLOWISH), PLAIN),
        Meaning::Match => (Some(ink::VERMILLION), BOLD),
        Meaning::MatchHere => (Some(ink::VERMILLION), FOUND_HERE),
        _ => in_terminal(meaning),
    }
}

fn by_attributes(meaning: Meaning) -> Style {
    let plain = Style::new();
    match meaning {
        Meaning::Plain | Meaning::Who | Meaning::Count | Meaning::Progress => plain,
        Meaning::Quiet | Meaning::Quoted | Meaning::QuotedDeeper | Meaning::Signature => {
            plain.add_modifier(DIM)
        }
        Meaning::Title | Meaning::Selected | Meaning::Odd | Meaning::Notice | Meaning::Key => {
            plain.add_modifier(BOLD)
        }
        Meaning::Link | Meaning::File => plain.add_modifier(UNDERLINED),
        Meaning::Hidden => plain.add_modifier(Modifier::REVERSED),
        Meaning::Match => plain.add_modifier(Modifier::REVERSED | UNDERLINED),
        Meaning::MatchHere => plain.add_modifier(FOUND_HERE),
        Meaning::Watch(_) => plain.add_modifier(MARKED),
        Meaning::WatchHere(_) => plain.add_modifier(MARKED_HERE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEANINGS: [Meaning; 20] = [
        Meaning::Plain,
        Meaning::Title,
        Meaning::Quiet,
        Meaning::Selected,
        Meaning::Who,
        Meaning::Count,
        Meaning::Quoted,
        Meaning::QuotedDeeper,
        Meaning::Signature,
        Meaning::Link,
        Meaning::Hidden,
        Meaning::Odd,
        Meaning::File,
        Meaning::Progress,
        Meaning::Notice,
        Meaning::Key,
        Meaning::Match,
        Meaning::MatchHere,
        Meaning::Watch(CandidateNo(0)),
        Meaning::WatchHere(CandidateNo(0)),
    ];

    /// Without colours these stand in one text, and must not look alike.
    const IN_ONE_TEXT: [Meaning; 8] = [
        Meaning::Plain,
        Meaning::Quoted,
        Meaning::Link,
        Meaning::Hidden,
        Meaning::Match,
        Meaning::MatchHere,
        Meaning::Watch(CandidateNo(0)),
        Meaning::WatchHere(CandidateNo(0)),
    ];

    #[track_caller]
    fn check_distinct(meanings: &[Meaning], palette: Palette, alike: &[[Meaning; 2]]) {
        let five = Watchlist::built_in();
        for (place, &one) in meanings.iter().enumerate() {
            for &other in &meanings[place + 1..] {
                let are_alike = style(one, palette, &five) == style(other, palette, &five);
                assert_eq!(are_alike, alike.contains(&[one, other]), "{one:?} and {other:?} in {palette:?}");
            }
        }
    }

    #[test]
    fn every_meaning_has_a_look_of_its_own() {
        for (_, theme) in Theme::NAMES {
            let alike = [[Meaning::Plain, Meaning::Count]];
            let alike = if theme == Theme::Terminal { &alike[..] } else { &[] };
            for colours in [Colours::Sixteen, Colours::Indexed, Colours::True] {
                check_distinct(&MEANINGS, Palette { theme, colours }, alike);
            }
        }
    }

    #[test]
    fn without_colours_nothing_in_a_text_looks_like_another() {
        let palette = Palette { colours: Colours::None, ..Palette::default() };
        check_distinct(&IN_ONE_TEXT, palette, &[]);
        let five = Watchlist::built_in();
        assert!(MEANINGS.iter().all(|&meaning| style(meaning, palette, &five).fg.is_none()));
    }

    #[test]
    fn candidates_of_different_colours_look_different() {
        let five = Watchlist::built_in();
        for (_, theme) in Theme::NAMES {
            for colours in [Colours::Sixteen, Colours::Indexed, Colours::True] {
                let looks = (0..5).map(|place| {
                    style(Meaning::Watch(CandidateNo(place)), Palette { theme, colours }, &five)
                });
                let looks: Vec<_> = looks.collect();
                let is_first =
                    |(place, look): (usize, &Style)| looks.iter().position(|it| it == look) == Some(place);
                assert!(looks.iter().enumerate().all(is_first), "{theme:?} {colours:?}");
            }
        }
    }
}
