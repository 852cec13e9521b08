//! Which columns the list has.

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The number of the message.
    Number,
    /// When.
    Date,
    /// Who wrote.
    Who,
    /// How many messages a conversation has.
    Count,
    /// How long the message is.
    Size,
    /// What about.
    Subject,
    /// Who is named.
    Badges,
}

/// The columns that are shown, each in its place: from left to right as [`Column`] has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Column {
    /// Every column by its name.
    pub const NAMES: [(&str, Self); 7] = [
        ("number", Self::Number),
        ("date", Self::Date),
        ("who", Self::Who),
        ("count", Self::Count),
        ("size", Self::Size),
        ("subject", Self::Subject),
        ("badges", Self::Badges),
    ];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, column)| *column == self).map_or("", |(name, _)| name)
    }
}

impl Columns {
    /// Shows these.
    pub fn new(mut columns: Vec<Column>) -> Self {
        columns.sort_unstable();
        columns.dedup();
        Self(columns)
    }

    /// Returns whether a column is shown.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// Returns those that are shown, from left to right.
    pub fn iter(&self) -> impl Iterator<Item = Column> {
        self.0.iter().copied()
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self(vec![Column::Date, Column::Who, Column::Count, Column::Subject, Column::Badges])
    }
}
