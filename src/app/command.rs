//! All that a person can ask for.

use crate::corpus::MessageNo;

/// What a person wants. Keys and the `:` line lead here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// One row or line down.
    Down,
    /// One row or line up.
    Up,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// To the first row or line.
    First,
    /// To the last row or line.
    Last,
    /// Read what is selected.
    Open,
    /// One step back; from the list, out of the program.
    Back,
    /// A page down in the reader; at the end, the next message.
    ReadOn,
    /// A page up in the reader.
    ReadBack,
    /// Unfold the thread.
    Unfold,
    /// Fold the thread.
    Fold,
    /// Unfold every thread.
    UnfoldAll,
    /// Fold every thread.
    FoldAll,
    /// The next place where a candidate is named or the filter found something in a text, in the message and
    /// then in the list.
    NextHit,
    /// The place before.
    PreviousHit,
    /// Who is named how often.
    Candidates,
    /// How many messages there are of each day, month or year.
    Activity,
    /// Who wrote how much, and to whom.
    People,
    /// On the screen of activity: the first or the last row of a stretch of time.
    Stretch,
    /// Narrow the list to the candidate of this place in the watchlist, from 0; again, widen it.
    NarrowTo(u8),
    /// The next message, in the order of the list.
    NextMessage,
    /// The message before.
    PreviousMessage,
    /// The next thread.
    NextThread,
    /// The thread before.
    PreviousThread,
    /// Threads or messages.
    TurnShape,
    /// The next order of the list.
    TurnOrder,
    /// The line for the filter.
    Filter,
    /// Narrow the list to the sender of what is selected.
    FilterToSender,
    /// Stop looking for more; then, list every message again.
    Widen,
    /// Headers, parts, raw and text in turn.
    TurnView,
    /// The list of links.
    ToggleLinks,
    /// Fold or unfold quoted text.
    ToggleQuotes,
    /// Every recipient, or the first few.
    ToggleRecipients,
    /// Go to a message by its number.
    GoTo(MessageNo),
    /// Read what is appended to the mailbox from now on, or no more.
    Follow,
    /// What the keys do.
    Help,
    /// The line for commands by name.
    Prompt,
    /// Copy what names the message for good.
    Cite,
    /// Draw everything afresh.
    Redraw,
    /// Let the shell have the terminal for a while.
    Suspend,
    /// Leave the program.
    Quit,
}
