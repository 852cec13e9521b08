//! Which key does what: one table, from which the help is drawn too.

use super::Command;
use super::Key;
use super::geometry::Focus;

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// In the list and in the reader.
    Both,
    /// In the list.
    List,
    /// In the reader.
    Reader,
}

/// Some keys, and what they do.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The keys, the first the one that the help names.
    pub keys: &'static [Key],
    /// What they do.
    pub command: Command,
    /// Where.
    pub place: Where,
    /// A few words for the help.
    pub words: &'static str,
    /// A word for the status line, where the key is worth a place there.
    pub short: Option<&'static str>,
}

/// Keys that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// The keys.
    pub bindings: &'static [Binding],
}

const fn bind(
    keys: &'static [Key],
    command: Command,
    place: Where,
    words: &'static str,
    short: &'static str,
) -> Binding {
    let short = if short.is_empty() { None } else { Some(short) };
    Binding { keys, command, place, words, short }
}

use Command as C;
use Key::Char;
use Key::Ctrl;
use Where::Both;
use Where::List;
use Where::Reader;

/// Every key.
pub const GROUPS: [Group; 6] = [
    Group {
        title: "move",
        bindings: &[
            bind(&[Char('j'), Key::Down], C::Down, Both, "a row or line down", ""),
            bind(&[Char('k'), Key::Up], C::Up, Both, "a row or line up", ""),
            bind(&[Key::PageDown, Ctrl('f')], C::PageDown, Both, "a page down", ""),
            bind(&[Key::PageUp, Ctrl('b')], C::PageUp, Both, "a page up", ""),
            bind(&[Ctrl('d')], C::HalfPageDown, Both, "half a page down", ""),
            bind(&[Ctrl('u')], C::HalfPageUp, Both, "half a page up", ""),
            bind(&[Char('g'), Key::Home], C::First, Both, "to the top", ""),
            bind(&[Char('G'), Key::End], C::Last, Both, "to the end", ""),
        ],
    },
    Group {
        title: "list",
        bindings: &[
            bind(&[Key::Enter, Char(' ')], C::Open, List, "read it", "read"),
            bind(&[Char('l'), Key::Right], C::Unfold, List, "unfold the conversation", "unfold"),
            bind(&[Char('h'), Key::Left], C::Fold, List, "fold it", ""),
            bind(&[Char('L')], C::UnfoldAll, List, "unfold all", ""),
            bind(&[Char('H')], C::FoldAll, List, "fold all", ""),
            bind(&[Char('t')], C::TurnShape, List, "conversations or messages", ""),
            bind(&[Char('o')], C::TurnOrder, List, "order: oldest, latest, largest, best first", "order"),
            bind(&[Char(']')], C::NextThread, Both, "next conversation", ""),
            bind(&[Char('[')], C::PreviousThread, Both, "conversation before", ""),
        ],
    },
    Group {
        title: "reader",
        bindings: &[
            bind(&[Char(' ')], C::ReadOn, Reader, "a page down, then the next message", "read on"),
            bind(&[Char('b')], C::ReadBack, Reader, "a page up", ""),
            bind(&[Char('J')], C::NextMessage, Both, "next message", ""),
            bind(&[Char('K')], C::PreviousMessage, Both, "message before", ""),
            bind(&[Char('v')], C::TurnView, Reader, "headers, parts, raw bytes, text", "headers"),
            bind(&[Char('u')], C::ToggleLinks, Reader, "where the links lead", ""),
            bind(&[Char('z')], C::ToggleQuotes, Reader, "fold or unfold quotations", "quotes"),
            bind(&[Char('r')], C::ToggleRecipients, Reader, "every recipient, or the first", ""),
            bind(&[Key::Enter], C::Open, Reader, "open an attached message", ""),
        ],
    },
    Group {
        title: "find",
        bindings: &[
            bind(&[Char('/')], C::Filter, Both, "filter: narrow the list as you type", "filter"),
            bind(&[Char('f')], C::FilterToSender, Both, "filter to this sender", ""),
            bind(&[Key::Esc], C::Widen, List, "stop a search; then, all messages", ""),
        ],
    },
    Group {
        title: "candidates",
        bindings: &[
            bind(&[Char('n')], C::NextHit, Both, "next hit, in the message and then in the list", "hit"),
            bind(&[Char('N')], C::PreviousHit, Both, "hit before", ""),
            bind(&[Char('c')], C::Candidates, Both, "who is named how often", ""),
        ],
    },
    Group {
        title: "program",
        bindings: &[
            bind(&[Char('q'), Key::Esc], C::Back, Reader, "one step back", "back"),
            bind(&[Char('q')], C::Quit, List, "quit", "quit"),
            bind(&[Char('?')], C::Help, Both, "these keys", "keys"),
            bind(&[Char(':')], C::Prompt, Both, "commands by name; :17 goes to message 17", ""),
            bind(&[Ctrl('l')], C::Redraw, Both, "draw the screen afresh", ""),
            bind(&[Ctrl('z')], C::Suspend, Both, "back to the shell for a while", ""),
        ],
    },
];

impl Where {
    fn holds(self, focus: Focus) -> bool {
        match self {
            Self::Both => true,
            Self::List => focus == Focus::List,
            Self::Reader => focus == Focus::Reader,
        }
    }
}

/// Returns what a key does in a place.
pub fn command(focus: Focus, key: Key) -> Option<Command> {
    bindings().find(|binding| binding.place.holds(focus) && binding.keys.contains(&key)).map(|it| it.command)
}

/// Returns the keys worth naming in the status line of a place.
pub fn worth_naming(focus: Focus) -> impl Iterator<Item = (&'static Binding, &'static str)> {
    bindings().filter(move |it| it.place.holds(focus)).filter_map(|it| Some((it, it.short?)))
}

fn bindings() -> impl Iterator<Item = &'static Binding> {
    GROUPS.iter().flat_map(|group| group.bindings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for focus in [Focus::List, Focus::Reader] {
            let mut seen = HashSet::new();
            for key in bindings().filter(|it| it.place.holds(focus)).flat_map(|it| it.keys) {
                assert!(seen.insert(key), "{key} twice in {focus:?}");
            }
        }
    }
}
