//! Text that is safe to draw.

use std::fmt;

/// Text in which nothing can act on a terminal: the only kind that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Printable(String);

impl Printable {
    /// Makes any text safe to draw.
    pub fn new(text: &str) -> Self {
        Self(text.chars().filter(|letter| !letter.is_control()).collect())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}
