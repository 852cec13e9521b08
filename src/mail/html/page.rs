//! The elements that are open, and what each does to the text.
//!
//! **Invariant:** at most [`MOST_OPEN`] elements are open, so that an end tag finds its own in bounded
//! time. Those inside have no effect of their own; their text is read all the same.

use super::Rendered;
use super::attributes::Attribute;
use super::attributes::Attributes;
use super::flow::Flow;
use super::look;
use super::look::Look;
use super::replaced;
use super::table::Table;
use super::tag::DroppedName;
use super::tag::Tag;
use html5gum::emitters::callback::CallbackEvent;

/// Threads of a hundred replies, each quoting the last in three elements, are less deep.
const MOST_OPEN: usize = 512;

/// End tags of elements in a line are looked for no further than this: markup that crosses itself does
/// so nearby.
const NEARBY: usize = 32;

const RULE: &str = "--------------------";

/// What is open, and the text so far.
#[derive(Debug, Default)]
pub(super) struct Page {
    flow: Flow,
    open: Vec<Element>,
    /// Elements inside the innermost that is kept, and not kept themselves.
    unkept: Vec<(Tag, usize)>,
    tables: Vec<Table>,
    /// Nothing is read until this ends.
    dropped: Option<DroppedName>,
    /// The text of a `noscript` is being read as markup.
    is_fallback: bool,
    tag: Tag,
    is_void: bool,
    attributes: Attributes,
}

#[derive(Clone, Copy, Debug)]
struct Element {
    tag: Tag,
    look: Look,
    line_ends: usize,
    /// The number of a list's next item.
    number: u32,
}

impl Page {
    /// Takes the next thing that the tokenizer found.
    pub(super) fn happened(&mut self, event: &CallbackEvent<'_>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag::of(name);
                self.is_void = self.tag.is_void(name);
                self.attributes.clear();
            }
            CallbackEvent::AttributeName { name } => self.attributes.name(name),
            CallbackEvent::AttributeValue { value } => self.attributes.value(value),
            CallbackEvent::CloseStartTag { .. } if self.dropped.is_none() => self.start(self.tag),
            CallbackEvent::EndTag { name } => self.end(Tag::of(name)),
            CallbackEvent::String { value } if self.dropped.is_none() => {
                self.text(&String::from_utf8_lossy(value));
            }
            _ => {}
        }
    }

    /// Closes all that is open and returns the text.
    pub(super) fn finish(mut self) -> Rendered {
        while !self.open.is_empty() {
            self.close();
        }
        self.flow.finish()
    }

    fn look(&self) -> Look {
        self.open.last().map(|element| element.look).unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        let look = self.look();
        let innermost = self.open.last().map(|element| element.tag);
        if innermost == Some(Tag::Fallback) && !self.is_fallback {
            self.is_fallback = true;
            super::read(text, self);
            self.is_fallback = false;
            return;
        }
        let text = match innermost {
            // The first line end belongs to the tag (HTML §13.1.2.5).
            Some(Tag::Pre) if self.tag == Tag::Pre => text.strip_prefix('\n').unwrap_or(text),
            Some(Tag::Table | Tag::Row) if text.trim_ascii().is_empty() => return,
            _ => text,
        };
        self.tag = Tag::None;
        // A number set above or below would run into the one before it.
        let joins = self.flow.last_letter().is_some_and(char::is_alphanumeric)
            && text.starts_with(|first: char| first.is_ascii_digit());
        match innermost {
            Some(Tag::Sup) if joins => self.flow.sign("^", look),
            Some(Tag::Sub) if joins => self.flow.sign("_", look),
            _ => {}
        }
        self.flow.text(text, look);
    }

    fn start(&mut self, tag: Tag) {
        self.close_implied(tag);
        let look = self.look().with(&self.attributes);
        replaced::backgrounds(&mut self.flow, &self.attributes);
        match tag {
            Tag::Br => self.flow.line_break(look),
            Tag::Hr => {
                self.flow.part(2);
                self.flow.word(RULE, look);
                self.flow.part(2);
            }
            Tag::Img => replaced::picture(&mut self.flow, &self.attributes, look),
            Tag::Input => replaced::field(&mut self.flow, &self.attributes, look),
            Tag::Dropped(name) => self.dropped = Some(name),
            _ if self.is_void => {}
            _ if self.open.len() >= MOST_OPEN => self.pass_over(tag),
            _ => self.open(tag, look),
        }
    }

    /// Closes what ends where `next` begins.
    fn close_implied(&mut self, next: Tag) {
        let mut outermost = None;
        for (place, element) in self.open.iter().enumerate().rev() {
            if element.tag.is_closed_by(next) {
                outermost = Some(place);
            }
            if element.tag.holds(next) || (next.line_ends() == 0 && next != Tag::A) {
                break;
            }
            if next == Tag::A && self.open.len() - place > NEARBY {
                break;
            }
        }
        if let Some(outermost) = outermost {
            self.close_to(outermost);
        }
    }

    fn open(&mut self, tag: Tag, look: Look) {
        let line_ends = self.line_ends(tag);
        if line_ends > 0 {
            self.flow.part(line_ends);
        }
        let mut element = Element { tag, look, line_ends, number: 0 };
        match tag {
            Tag::A => self.link(),
            Tag::Blockquote => element.look = self.quote(look),
            Tag::Pre => element.look = look.typed(),
            Tag::Xml => element.look = look.gone(),
            Tag::OrderedList => element.number = self.attributes.number(Attribute::Start).unwrap_or(1),
            Tag::Item => element.look = self.item(look),
            Tag::Deleted => self.flow.sign("~~", look),
            Tag::Inserted => self.flow.sign("++", look),
            Tag::Quotation => self.flow.sign("“", look),
            Tag::Button => self.flow.sign("[", look),
            Tag::Table => self.begin_table(look),
            Tag::Row => self.tables.last_mut().into_iter().for_each(Table::begin_row),
            Tag::Cell => self.flow.watch(),
            _ => {}
        }
        if matches!(tag, Tag::Blockquote | Tag::Pre | Tag::OrderedList | Tag::UnorderedList | Tag::Hr) {
            self.tables.last_mut().into_iter().for_each(Table::is_layout);
        }
        self.open.push(element);
    }

    /// Line ends around an element, as its own style has them.
    fn line_ends(&self, tag: Tag) -> usize {
        let style = self.attributes.get(Attribute::Style).unwrap_or_default();
        let is_nested_list = matches!(tag, Tag::OrderedList | Tag::UnorderedList)
            && self.open.iter().rev().take(NEARBY).any(|element| element.tag == Tag::Item);
        match tag {
            // Outlook's paragraphs are lines; it writes an empty one between them.
            Tag::Paragraph if self.attributes.has_class("Mso") || look::has_no_margin(style) => 1,
            Tag::Block(_) if self.attributes.has_class("moz-cite-prefix") => 2,
            _ if is_nested_list => 1,
            _ => tag.line_ends(),
        }
    }

    fn quote(&self, look: Look) -> Look {
        let style = self.attributes.get(Attribute::Style).unwrap_or_default();
        let is_indent = look::has_no_border(style) && !self.attributes.has_class("quote");
        let is_cited = self.attributes.get(Attribute::Type).is_some_and(|it| it.eq_ignore_ascii_case("cite"));
        if is_indent && !is_cited { look.indented(4) } else { look.quoted() }
    }

    fn link(&mut self) {
        match self.attributes.get(Attribute::Href).map(str::trim) {
            Some(target) if !target.is_empty() && !target.starts_with('#') => self.flow.begin_link(target),
            _ => self.flow.end_link(),
        }
    }

    /// Marks the next item of the innermost list.
    fn item(&mut self, look: Look) -> Look {
        let value = self.attributes.number(Attribute::Value);
        let is_list = |element: &&mut Element| matches!(element.tag, Tag::OrderedList | Tag::UnorderedList);
        let marker = match self.open.iter_mut().rev().take(NEARBY).find(is_list) {
            Some(list) if list.tag == Tag::OrderedList => {
                let number = value.unwrap_or(list.number);
                list.number = number.saturating_add(1);
                format!("{number}. ")
            }
            _ => "• ".to_owned(),
        };
        let blanks = marker.chars().count().max(3) as u8;
        self.flow.mark(marker);
        look.indented(blanks)
    }

    fn begin_table(&mut self, look: Look) {
        self.tables.last_mut().into_iter().for_each(Table::is_layout);
        let has_border = self.attributes.number(Attribute::Border).is_some_and(|border| border > 0);
        let start = self.flow.so_far().text.len();
        let mut table = Table::begin(start, has_border, look);
        if self.flow.has_link() {
            table.is_layout();
        }
        self.tables.push(table);
    }

    fn end(&mut self, tag: Tag) {
        if let Some(name) = self.dropped {
            self.dropped = self.dropped.filter(|_| tag != Tag::Dropped(name));
            return;
        }
        if self.is_unkept(tag) {
            return;
        }
        match tag {
            // A stray one is a line end too (HTML §13.2.6.4.7).
            Tag::Br => self.flow.line_break(self.look()),
            Tag::A => self.flow.end_link(),
            _ => {}
        }
        let is_line = tag.line_ends() == 0;
        let reach = if is_line { NEARBY } else { MOST_OPEN };
        let mut found = None;
        for (place, element) in self.open.iter().enumerate().rev().take(reach) {
            if element.tag == tag {
                found = Some(place);
                break;
            }
            if element.tag.ends_scope() && !matches!(tag, Tag::Table | Tag::Row | Tag::TableHead) {
                break;
            }
        }
        match found {
            Some(place) if is_line => self.close_crossed(place),
            Some(place) => self.close_to(place),
            None => {}
        }
    }

    /// Closes an element of a line; blocks that were opened in it stay.
    fn close_crossed(&mut self, place: usize) {
        let has_blocks = self.open.iter().skip(place).any(|element| element.line_ends > 0);
        if has_blocks {
            let element = self.open.remove(place);
            self.closed(element);
        } else {
            self.close_to(place);
        }
    }

    fn close_to(&mut self, place: usize) {
        while self.open.len() > place {
            self.close();
        }
    }

    fn close(&mut self) {
        self.unkept.clear();
        if let Some(element) = self.open.pop() {
            self.closed(element);
        }
    }

    fn closed(&mut self, element: Element) {
        match element.tag {
            Tag::A => self.flow.end_link(),
            Tag::Deleted => self.flow.sign("~~", element.look),
            Tag::Inserted => self.flow.sign("++", element.look),
            Tag::Quotation => self.flow.sign("”", element.look),
            Tag::Button => self.flow.sign("]", element.look),
            Tag::Cell => {
                let cell = self.flow.watched();
                self.tables.last_mut().into_iter().for_each(|table| table.cell(cell.clone()));
            }
            Tag::TableHead => {
                let end = self.flow.so_far().text.len();
                self.tables.last_mut().into_iter().for_each(|table| table.begin_behind(end));
            }
            Tag::Table => {
                if let Some(table) = self.tables.pop() {
                    let ends = if table.put_into_columns(self.flow.so_far()) { 2 } else { 1 };
                    self.flow.part(ends);
                }
            }
            _ => {}
        }
        if element.line_ends > 0 {
            self.flow.part(element.line_ends);
        }
    }

    /// Notes an element that is too deep to be kept, so that its end tag closes nothing else.
    fn pass_over(&mut self, tag: Tag) {
        let line_ends = tag.line_ends();
        if line_ends > 0 {
            self.flow.part(line_ends);
        }
        if let Some((_, count)) = self.unkept.iter_mut().find(|(it, _)| *it == tag) {
            *count += 1;
        } else if self.unkept.len() < MOST_OPEN {
            self.unkept.push((tag, 1));
        }
    }

    fn is_unkept(&mut self, tag: Tag) -> bool {
        let Some(place) = self.unkept.iter().position(|(it, _)| *it == tag) else { return false };
        if let Some((_, count)) = self.unkept.get_mut(place).filter(|(_, count)| *count > 1) {
            *count -= 1;
        } else {
            self.unkept.swap_remove(place);
        }
        if tag.line_ends() > 0 {
            self.flow.part(tag.line_ends());
        }
        true
    }
}
