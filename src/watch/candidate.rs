//! One entry of a watchlist.

/// A candidate's place in the watchlist, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidateNo(pub u16);

/// Someone who is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The full name, which is looked for as well.
    pub name: String,
    /// One letter that stands for them, no other candidate's.
    pub badge: char,
    /// The colour of the badge and of the marks.
    pub colour: Colour,
    /// What else they are called.
    pub spellings: Vec<String>,
    /// Their addresses, in which `*` stands for anything.
    pub addresses: Vec<String>,
    /// What looks like one of them and is not.
    pub except: Vec<String>,
}

impl Candidate {
    /// Returns everything that is looked for: the name, then the other spellings.
    pub fn searched(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.spellings).map(String::as_str)
    }
}

/// A colour by its name, one of those that every terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// `red`
    Red,
    /// `green`
    Green,
    /// `yellow`
    Yellow,
    /// `blue`
    Blue,
    /// `magenta`
    Magenta,
    /// `cyan`
    Cyan,
    /// `light red`
    LightRed,
    /// `light green`
    LightGreen,
    /// `light yellow`
    LightYellow,
    /// `light blue`
    LightBlue,
    /// `light magenta`
    LightMagenta,
    /// `light cyan`
    LightCyan,
}

impl Colour {
    /// Every colour with its name, in the order in which they are given out.
    pub const ALL: [(Self, &str); 12] = [
        (Self::Blue, "blue"),
        (Self::Red, "red"),
        (Self::Green, "green"),
        (Self::Yellow, "yellow"),
        (Self::Magenta, "magenta"),
        (Self::Cyan, "cyan"),
        (Self::LightBlue, "light blue"),
        (Self::LightRed, "light red"),
        (Self::LightGreen, "light green"),
        (Self::LightYellow, "light yellow"),
        (Self::LightMagenta, "light magenta"),
        (Self::LightCyan, "light cyan"),
    ];

    /// Returns the colour of that name; `light-red` is `light red`.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace(['-', '_'], " ");
        Self::ALL.into_iter().find(|(_, word)| *word == name.trim()).map(|(colour, _)| colour)
    }

    /// Returns its name.
    pub fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(colour, _)| *colour == self).map_or("", |(_, word)| word)
    }
}
