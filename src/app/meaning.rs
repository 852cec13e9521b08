//! What a stretch of the screen means. How that looks is the view's.

use crate::watch::CandidateNo;

/// The meaning of a stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// What a person reads.
    #[default]
    Plain,
    /// The mailbox and the subject: where one is.
    Title,
    /// What is there when one looks for it: labels, rules, guides, times.
    Quiet,
    /// The row that keys act on.
    Selected,
    /// Who wrote.
    Who,
    /// How many.
    Count,
    /// Text somebody else wrote, quoted once.
    Quoted,
    /// Quoted twice or more.
    QuotedDeeper,
    /// The lines below `-- `.
    Signature,
    /// The words of a link.
    Link,
    /// Text that the markup meant to hide.
    Hidden,
    /// Something odd, in plain words.
    Odd,
    /// A file that can be saved, or a message that can be opened.
    File,
    /// Work that goes on.
    Progress,
    /// What the program has to say.
    Notice,
    /// A key.
    Key,
    /// Letters that the filter found.
    Match,
    /// The same, where `n` and `N` have come to.
    MatchHere,
    /// Where a candidate is named.
    Watch(CandidateNo),
    /// The same, where `n` and `N` have come to.
    WatchHere(CandidateNo),
}

impl Meaning {
    /// Returns its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Title => "title",
            Self::Quiet => "quiet",
            Self::Selected => "selected",
            Self::Who => "who",
            Self::Count => "count",
            Self::Quoted => "quoted",
            Self::QuotedDeeper => "quoted-deeper",
            Self::Signature => "signature",
            Self::Link => "link",
            Self::Hidden => "hidden",
            Self::Odd => "odd",
            Self::File => "file",
            Self::Progress => "progress",
            Self::Notice => "notice",
            Self::Key => "key",
            Self::Match => "match",
            Self::MatchHere => "match-here",
            Self::Watch(_) => "watch",
            Self::WatchHere(_) => "watch-here",
        }
    }
}
