//! The elements that matter to a reader.

/// An element by its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    A,
    Blockquote,
    Br,
    Button,
    /// A block of its own lines, such as `div`.
    Block(BlockName),
    Cell,
    Deleted,
    /// Shown where a program cannot do what it asks for, as this one cannot: the tokenizer gives what
    /// is in it as text.
    Fallback,
    /// Text that is for programs: nothing of it is read.
    Dropped(DroppedName),
    Heading(u8),
    Hr,
    Img,
    Input,
    Inserted,
    Item,
    OrderedList,
    Paragraph,
    Pre,
    Quotation,
    Row,
    Sub,
    Sup,
    Table,
    TableHead,
    UnorderedList,
    /// Markup of Outlook's that it does not show.
    Xml,
    /// Any other element, which is part of its line; told apart by the first letters of its name.
    Inline([u8; 8]),
    #[default]
    None,
}

/// Blocks that differ by name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockName {
    Div,
    Center,
    Form,
    Body,
    Section,
    Definition,
    Option,
    Group,
}

/// Elements whose text is for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DroppedName {
    Script,
    Style,
    Title,
    Template,
}

impl Tag {
    /// Returns the element with this name, which is in lower case.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"a" => Self::A,
            b"blockquote" => Self::Blockquote,
            b"br" => Self::Br,
            b"button" => Self::Button,
            b"div" => Self::Block(BlockName::Div),
            b"center" => Self::Block(BlockName::Center),
            b"form" => Self::Block(BlockName::Form),
            b"body" | b"html" | b"head" => Self::Block(BlockName::Body),
            b"section" | b"article" | b"header" | b"footer" | b"main" | b"nav" | b"aside" | b"address"
            | b"figure" | b"figcaption" | b"details" | b"summary" | b"hgroup" => {
                Self::Block(BlockName::Section)
            }
            b"dt" | b"dd" => Self::Block(BlockName::Definition),
            b"option" => Self::Block(BlockName::Option),
            b"dl" | b"fieldset" | b"legend" | b"select" | b"optgroup" => Self::Block(BlockName::Group),
            b"td" | b"th" => Self::Cell,
            b"caption" | b"thead" | b"tbody" | b"tfoot" => Self::TableHead,
            b"del" | b"s" | b"strike" => Self::Deleted,
            b"noscript" | b"iframe" | b"noembed" => Self::Fallback,
            b"script" => Self::Dropped(DroppedName::Script),
            b"style" => Self::Dropped(DroppedName::Style),
            b"title" => Self::Dropped(DroppedName::Title),
            b"template" => Self::Dropped(DroppedName::Template),
            [b'h', level @ b'1'..=b'6'] => Self::Heading(*level),
            b"hr" => Self::Hr,
            b"img" | b"image" => Self::Img,
            b"input" => Self::Input,
            b"ins" => Self::Inserted,
            b"li" => Self::Item,
            b"ol" => Self::OrderedList,
            b"p" => Self::Paragraph,
            b"pre" | b"listing" | b"xmp" | b"plaintext" | b"textarea" => Self::Pre,
            b"q" => Self::Quotation,
            b"tr" => Self::Row,
            b"sub" => Self::Sub,
            b"sup" => Self::Sup,
            b"table" => Self::Table,
            b"ul" | b"menu" | b"dir" => Self::UnorderedList,
            b"xml" => Self::Xml,
            _ => {
                let mut first = [0; 8];
                first.iter_mut().zip(name).for_each(|(letter, &byte)| *letter = byte);
                Self::Inline(first)
            }
        }
    }

    /// Returns whether it has no end tag and nothing in it.
    pub(super) fn is_void(self, name: &[u8]) -> bool {
        matches!(self, Self::Br | Self::Hr | Self::Img | Self::Input)
            || matches!(name, b"area" | b"base" | b"col" | b"embed" | b"link" | b"meta" | b"param")
            || matches!(name, b"source" | b"track" | b"wbr" | b"basefont" | b"bgsound" | b"frame")
    }

    /// Returns the line ends around it: none for what is part of a line, two where a blank line parts
    /// it from its neighbours.
    pub(super) fn line_ends(self) -> usize {
        match self {
            Self::Paragraph | Self::Heading(_) | Self::Pre | Self::Blockquote | Self::Hr => 2,
            Self::OrderedList | Self::UnorderedList => 2,
            Self::Block(_) | Self::Cell | Self::Item | Self::Row | Self::Table | Self::TableHead => 1,
            _ => 0,
        }
    }

    /// Returns whether an end tag of something around it leaves it open: a table's cell holds what is
    /// in it together (HTML §13.2.4.2, the elements that end a scope).
    pub(super) fn ends_scope(self) -> bool {
        matches!(self, Self::Cell | Self::Table)
    }

    /// Returns whether it is closed by the start of `next`, where nothing that ends such a search
    /// (`holds`) lies between.
    pub(super) fn is_closed_by(self, next: Self) -> bool {
        match self {
            Self::Paragraph => next.line_ends() > 0,
            Self::Item => next == Self::Item,
            Self::Cell => matches!(next, Self::Cell | Self::Row | Self::TableHead),
            Self::Row => matches!(next, Self::Row | Self::TableHead),
            Self::TableHead => next == Self::TableHead,
            Self::Heading(_) => matches!(next, Self::Heading(_)),
            Self::Block(name @ (BlockName::Definition | BlockName::Option)) => next == Self::Block(name),
            Self::A => next == Self::A,
            _ => false,
        }
    }

    /// Returns whether elements around it are not closed by the start of `next` in it.
    pub(super) fn holds(self, next: Self) -> bool {
        match next {
            Self::Cell | Self::Row | Self::TableHead => self == Self::Table,
            Self::Item => matches!(self, Self::OrderedList | Self::UnorderedList) || self.ends_scope(),
            _ => self.ends_scope() || (self.line_ends() > 0 && self != Self::Paragraph && next != Self::A),
        }
    }
}
