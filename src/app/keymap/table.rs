//! Every command that a key or a name reaches: the one table.
//!
//! Keys are as they come; which are in force is for the `Keymap` to say.

use super::Binding;
use super::Group;
use super::Where;
use super::Where::Both;
use super::Where::Everywhere;
use super::Where::Inside;
use super::Where::List;
use super::Where::Lists;
use super::Where::OnTop;
use super::Where::Reader;
use crate::app::Command;
use crate::app::Command as C;
use crate::app::Key;
use crate::app::Key::Char;
use crate::app::Key::Ctrl;

/// A row: the command, its names, its keys, where they do that, and a few words.
const fn row(
    command: Command,
    names: &'static [&'static str],
    keys: &'static [Key],
    place: Where,
    words: &'static str,
) -> Binding {
    Binding { command, names, keys, place, words, short: None }
}

/// A row whose key is worth a place in the status line, with a word for it.
const fn key(
    command: Command,
    names: &'static [&'static str],
    keys: &'static [Key],
    place: Where,
    words: &'static str,
    short: &'static str,
) -> Binding {
    Binding { short: Some(short), ..row(command, names, keys, place, words) }
}

/// One for each of the first candidates.
const DIGITS: [Key; 9] =
    [Char('1'), Char('2'), Char('3'), Char('4'), Char('5'), Char('6'), Char('7'), Char('8'), Char('9')];

/// Every command.
pub const GROUPS: [Group; 7] = [
    Group {
        title: "move",
        bindings: &[
            row(C::Down, &["down"], &[Char('j'), Key::Down], Everywhere, "a row or line down"),
            row(C::Up, &["up"], &[Char('k'), Key::Up], Everywhere, "a row or line up"),
            row(C::PageDown, &["page-down"], &[Key::PageDown, Ctrl('f')], Everywhere, "a page down"),
            row(C::PageUp, &["page-up"], &[Key::PageUp, Ctrl('b')], Everywhere, "a page up"),
            row(C::HalfPageDown, &["half-down"], &[Ctrl('d')], Everywhere, "half a page down"),
            row(C::HalfPageUp, &["half-up"], &[Ctrl('u')], Everywhere, "half a page up"),
            row(C::First, &["top"], &[Char('g'), Key::Home], Everywhere, "to the top"),
            row(C::Last, &["end"], &[Char('G'), Key::End], Everywhere, "to the end"),
        ],
    },
    Group {
        title: "list",
        bindings: &[
            key(C::Open, &["read"], &[Key::Enter, Char(' ')], List, "read it", "read"),
            key(C::Unfold, &["unfold"], &[Char('l'), Key::Right], Lists, "unfold the conversation", "unfold"),
            row(C::Fold, &["fold"], &[Char('h'), Key::Left], Lists, "fold it"),
            row(C::UnfoldAll, &["unfold-all"], &[Char('L')], List, "unfold all"),
            row(C::FoldAll, &["fold-all"], &[Char('H')], List, "fold all"),
            row(
                C::TurnShape,
                &["shape", "messages", "threads"],
                &[Char('t')],
                List,
                "conversations or messages",
            ),
            row(
                C::TurnOrder,
                &["order", "sort"],
                &[Char('o')],
                Lists,
                "oldest, latest, most hits, largest, best",
            ),
            row(C::NextThread, &["next-thread"], &[Char(']')], Both, "next conversation"),
            row(C::PreviousThread, &["previous-thread"], &[Char('[')], Both, "conversation before"),
        ],
    },
    Group {
        title: "reader",
        bindings: &[
            key(
                C::ReadOn,
                &["read-on"],
                &[Char(' ')],
                Inside,
                "a page down, then the next message",
                "read on",
            ),
            row(C::ReadBack, &["read-back"], &[Char('b'), Char('-')], Inside, "a page up"),
            row(C::NextMessage, &["next"], &[Char('J')], Both, "next message"),
            row(C::PreviousMessage, &["previous"], &[Char('K')], Both, "message before"),
            key(
                C::TurnView,
                &["view", "headers", "parts", "raw"],
                &[Char('v')],
                Reader,
                "headers, parts, raw bytes, text",
                "headers",
            ),
            row(C::ToggleLinks, &["links"], &[Char('u')], Reader, "where the links lead"),
            key(C::ToggleQuotes, &["quotes"], &[Char('z')], Reader, "fold or unfold quotations", "quotes"),
            row(C::ToggleRecipients, &["recipients"], &[Char('r')], Reader, "every recipient, or the first"),
            row(
                C::Open,
                &["open"],
                &[Key::Enter],
                Inside,
                "open an attached message; narrow to what is selected",
            ),
        ],
    },
    Group {
        title: "find",
        bindings: &[
            key(
                C::Filter,
                &["filter", "search"],
                &[Char('/')],
                Both,
                "filter: narrow the list as you type",
                "filter",
            ),
            row(C::FilterToSender, &["sender"], &[Char('f')], Both, "filter to this sender"),
            row(C::Widen, &["all"], &[Key::Esc], List, "stop a search; then, all messages"),
        ],
    },
    Group {
        title: "candidates",
        bindings: &[
            key(
                C::NextHit,
                &["next-hit"],
                &[Char('n')],
                Both,
                "next hit (candidate, body:), then in the list",
                "hit",
            ),
            row(C::PreviousHit, &["previous-hit"], &[Char('N')], Both, "hit before"),
            key(C::Candidates, &["candidates"], &[Char('c')], Everywhere, "who is named how often", "names"),
            row(C::NarrowTo(0), &["narrow"], &DIGITS, Everywhere, "filter to one candidate, and back"),
        ],
    },
    Group {
        title: "overview",
        bindings: &[
            row(C::Activity, &["activity"], &[Char('a')], Everywhere, "messages by day, month or year"),
            row(C::People, &["people"], &[Char('p')], Everywhere, "who wrote how much, to whom"),
            row(C::Stretch, &["stretch"], &[Char('v')], OnTop, "begin a stretch of time"),
        ],
    },
    Group {
        title: "program",
        bindings: &[
            key(C::Back, &["back"], &[Char('q'), Key::Esc], Inside, "one step back", "back"),
            key(C::Quit, &["quit", "q", "x", "exit"], &[Char('q')], List, "quit", "quit"),
            key(C::Help, &["help", "keys"], &[Char('?')], Everywhere, "these keys", "keys"),
            row(C::Prompt, &["command"], &[Char(':')], Both, "commands by name; :17 goes to message 17"),
            row(C::Cite, &["cite", "copy"], &[Char('y')], Both, "copy a citation: place, digest, id, date"),
            row(C::Follow, &["follow"], &[Char('F')], Both, "follow a growing mailbox, or stop"),
            row(C::Redraw, &["redraw"], &[Ctrl('l')], Everywhere, "draw the screen afresh"),
            row(C::Suspend, &["suspend"], &[Ctrl('z')], Everywhere, "back to the shell for a while"),
        ],
    },
];
