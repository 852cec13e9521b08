//! Which blocks a page has, in each view, and what is written in them.
//!
//! A block is what is laid out at once; its length is bounded.

use super::Extent;
use super::Letterhead;
use super::Opened;
use super::Raw;
use super::Reader;
use super::ReaderView;
use super::letter;
use super::letterhead::FILES_IN_BLOCK;
use super::links;
use super::marks;
use super::marks::Hit;
use super::marks::Marks;
use super::outline::Quotation;
use super::outline::plain_stretches;
use super::parts;
use crate::app::dates::Dates;
use crate::app::meaning::Meaning;
use crate::app::page::Content;
use crate::app::page::Place;
use crate::app::page::Writer;
use crate::app::words;
use crate::mail::Field;
use crate::query::Search;
use crate::watch;
use crate::watch::Watchlist;
use std::ops::Range;

/// So many short things are laid out at once.
pub(super) const PARTS_IN_BLOCK: usize = 256;

/// Fields are laid out together up to this length.
const FIELDS_BYTES: usize = 16 << 10;

/// What is known to be about as long as a line, for how much of a page has been seen.
const LINE_BYTES: usize = 40;

/// A part of a page that is laid out at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Who, when and about what.
    Letterhead,
    /// More of very many attachments.
    Files(Range<usize>),
    /// A stretch of a text.
    Text(TextBlock),
    /// There is no text.
    NoText,
    /// More is being read.
    Loading,
    /// Some fields of the header.
    Fields(Range<usize>),
    /// A stretch of the value of a long one.
    Field { field: usize, stretch: Range<usize> },
    /// Some parts of the tree.
    Parts(Range<usize>),
    /// A stretch of the raw text, of this number.
    Raw(usize),
    /// Some links.
    Links(Range<usize>),
}

/// A stretch of a text, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextBlock {
    pub(super) number: usize,
    pub(super) stretch: usize,
    /// Nothing of the text is seen below it.
    pub(super) is_last: bool,
}

/// What there is to write, and how.
#[derive(Clone, Copy)]
pub(super) struct Contents<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) letterhead: &'a Letterhead,
    pub(super) opened: Option<&'a Opened>,
    pub(super) raw: Option<&'a Raw>,
    /// Why there is no message.
    pub(super) gone: Option<&'a str>,
    pub(super) watchlist: &'a Watchlist,
    pub(super) dates: &'a Dates,
    pub(super) hits: &'a [Hit],
    /// What the filter looks for.
    pub(super) search: Option<&'a Search>,
    pub(super) here: Option<usize>,
    pub(super) are_quotes_folded: bool,
    pub(super) shows_everyone: bool,
    pub(super) selected_part: usize,
}

/// Returns the blocks of what a reader shows.
pub(super) fn blocks(reader: &Reader) -> Vec<Block> {
    let Some(opened) = reader.opened.as_deref() else {
        return if reader.shown.is_some() { vec![Block::Letterhead, Block::Loading] } else { Vec::new() };
    };
    let mut blocks = match reader.view {
        ReaderView::Text => text_blocks(opened, reader.are_quotes_folded, reader.shows_everyone),
        ReaderView::Headers => field_blocks(&opened.message.fields),
        ReaderView::Parts => in_pieces(opened.order.len(), Block::Parts),
        ReaderView::Links if opened.links.listed() == 0 => vec![Block::Links(0..0)],
        ReaderView::Links => in_pieces(opened.links.listed(), Block::Links),
        ReaderView::Raw => match &reader.raw {
            Some(raw) => return (0..raw.stretches.len()).map(Block::Raw).collect(),
            None => return vec![Block::Loading],
        },
    };
    if opened.extent == Extent::Beginning {
        blocks.push(Block::Loading);
    }
    blocks
}

fn in_pieces(count: usize, block: impl Fn(Range<usize>) -> Block) -> Vec<Block> {
    (0..count).step_by(PARTS_IN_BLOCK).map(|start| block(start..count.min(start + PARTS_IN_BLOCK))).collect()
}

fn text_blocks(opened: &Opened, are_quotes_folded: bool, shows_everyone: bool) -> Vec<Block> {
    let mut blocks = vec![Block::Letterhead];
    let files = opened.message.attachments.len();
    if shows_everyone {
        let more = (FILES_IN_BLOCK..files).step_by(FILES_IN_BLOCK);
        blocks.extend(more.map(|start| Block::Files(start..files.min(start + FILES_IN_BLOCK))));
    }
    for (number, outline) in opened.outlines.iter().enumerate() {
        for (stretch, it) in outline.stretches.iter().enumerate() {
            if !are_quotes_folded || it.quotation != Quotation::GoesOn {
                blocks.push(Block::Text(TextBlock { number, stretch, is_last: false }));
            }
        }
        if let Some(Block::Text(text)) = blocks.last_mut() {
            text.is_last = true;
        }
    }
    if opened.outlines.is_empty() && opened.extent != Extent::Beginning {
        blocks.push(Block::NoText);
    }
    blocks
}

fn field_blocks(fields: &[Field]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut first, mut bytes) = (0, 0);
    for (number, field) in fields.iter().enumerate() {
        let length = field.name.len() + field.value.len();
        if bytes + length > FIELDS_BYTES && first < number {
            blocks.push(Block::Fields(first..number));
            (first, bytes) = (number, 0);
        }
        bytes += length + LINE_BYTES;
        if length > FIELDS_BYTES {
            let stretches = plain_stretches(&field.value).into_iter();
            blocks.extend(stretches.map(|stretch| Block::Field { field: number, stretch }));
            (first, bytes) = (number + 1, 0);
        }
    }
    if first < fields.len() {
        blocks.push(Block::Fields(first..fields.len()));
    }
    blocks
}

impl<'a> Contents<'a> {
    /// Returns about how many bytes stand in each block.
    pub(super) fn bytes(self) -> impl Iterator<Item = usize> + use<'a> {
        let stretch = move |it: &TextBlock| {
            let outline = self.opened?.outlines.get(it.number)?;
            Some(outline.stretches.get(it.stretch)?.range.len())
        };
        let fields = move |range: &Range<usize>| {
            let fields = self.opened?.message.fields.get(range.clone())?;
            Some(fields.iter().map(|field| field.value.len() + LINE_BYTES).sum())
        };
        let raw = move |number: usize| Some(self.raw?.stretches.get(number)?.len());
        self.blocks.iter().map(move |block| match block {
            Block::Letterhead => 8 * LINE_BYTES,
            Block::Text(text) => stretch(text).unwrap_or_default() + LINE_BYTES,
            Block::Fields(range) => fields(range).unwrap_or_default(),
            Block::Field { stretch, .. } => stretch.len(),
            Block::Files(range) | Block::Parts(range) | Block::Links(range) => LINE_BYTES * range.len(),
            Block::Raw(number) => raw(*number).unwrap_or_default(),
            Block::NoText | Block::Loading => LINE_BYTES,
        })
    }

    /// Returns the block in which a place of the message is seen, or the hit in it that is folded.
    pub(super) fn block_of(self, place: Place) -> usize {
        let is_before = |block: &Block| match block {
            Block::Letterhead | Block::Files(_) => true,
            Block::Text(text) => self.start_of(text) <= place,
            _ => false,
        };
        self.blocks.partition_point(is_before).saturating_sub(1)
    }

    /// Returns the first place of a block; `None` where no text stands in it.
    pub(super) fn start_of_block(self, block: usize) -> Option<Place> {
        match self.blocks.get(block)? {
            Block::Text(text) => Some(self.start_of(text)),
            _ => None,
        }
    }

    /// Returns the first place of a block, and how many bytes of text it has; `None` where no text stands in it.
    pub(super) fn range_of_block(self, block: usize) -> Option<(Place, usize)> {
        let Block::Text(text) = self.blocks.get(block)? else { return None };
        let stretch = self.opened?.outlines.get(text.number)?.stretches.get(text.stretch)?;
        Some((self.start_of(text), stretch.range.len()))
    }

    /// Returns the first attachment in a block of attachments.
    pub(super) fn first_file(self, block: &Block) -> Option<usize> {
        match block {
            Block::Files(range) => Some(range.start),
            _ => None,
        }
    }

    /// Returns whether a block stands behind the texts.
    pub(super) fn is_behind_texts(self, block: &Block) -> bool {
        matches!(block, Block::NoText | Block::Loading)
    }

    fn start_of(self, text: &TextBlock) -> Place {
        let outline = self.opened.and_then(|opened| opened.outlines.get(text.number));
        let stretch = outline.and_then(|outline| outline.stretches.get(text.stretch));
        Place { text: text.number, offset: stretch.map_or(0, |stretch| stretch.range.start) }
    }

    /// Returns the block in which a hit is seen, or what hides it.
    pub(super) fn block_of_hit(self, place: watch::Place, offset: usize) -> Option<usize> {
        let message = &self.opened?.message;
        if let Some(text) = marks::text_of_place(message, place) {
            return Some(self.block_of(Place { text, offset }));
        }
        let watch::Place::Attachment(number) = place else { return Some(0) };
        let holds = |block: &Block| matches!(block, Block::Files(range) if range.contains(&number));
        Some(self.blocks.iter().position(holds).unwrap_or(0))
    }

    fn marks(self) -> Marks<'a> {
        Marks { watchlist: self.watchlist, hits: self.hits, here: self.here, search: self.search }
    }

    fn write_opened(self, block: &Block, opened: &Opened, page: &mut Writer) {
        let message = &opened.message;
        match block {
            Block::Files(range) => {
                self.letterhead.write_more(page, &message.attachments, range.clone(), self.marks());
            }
            Block::Text(text) => letter::write(page, opened, *text, self.marks(), self.are_quotes_folded),
            Block::Fields(range) => {
                for field in message.fields.iter().take(range.end).skip(range.start) {
                    page.say(&field.name, Meaning::Quiet).say(": ", Meaning::Quiet).hang();
                    page.say(&field.value, Meaning::Plain).end_line();
                }
            }
            Block::Field { field, stretch } => {
                let Some(field) = message.fields.get(*field) else { return };
                if stretch.start == 0 {
                    page.say(&field.name, Meaning::Quiet).say(": ", Meaning::Quiet).hang();
                }
                page.say(field.value.get(stretch.clone()).unwrap_or_default(), Meaning::Plain).end_line();
            }
            Block::Parts(range) => {
                parts::write(page, message, &opened.order, range.clone(), self.selected_part);
            }
            Block::Links(range) => links::write(page, message, &opened.links, range.clone()),
            Block::Letterhead | Block::NoText | Block::Loading | Block::Raw(_) => {}
        }
    }
}

impl Content for Contents<'_> {
    fn write(&self, block: usize, page: &mut Writer) {
        let Some(block) = self.blocks.get(block) else { return };
        match (block, self.opened) {
            (Block::Letterhead, opened) => {
                let attachments = opened.map_or(&[][..], |opened| &opened.message.attachments);
                self.letterhead.write(page, attachments, self.marks(), self.dates, self.shows_everyone);
            }
            (Block::NoText, _) => {
                page.blank();
                page.say("(no text)", Meaning::Quiet).end_line();
            }
            (Block::Loading, _) => {
                page.blank();
                match self.gone {
                    Some(words) => page.say(words, Meaning::Odd).end_line(),
                    None => page.say("loading…", Meaning::Progress).end_line(),
                }
            }
            (Block::Raw(number), _) => write_raw(self.raw, *number, page),
            (block, Some(opened)) => self.write_opened(block, opened, page),
            (_, None) => {}
        }
    }
}

fn write_raw(raw: Option<&Raw>, number: usize, page: &mut Writer) {
    let Some((raw, range)) = raw.and_then(|raw| Some((raw, raw.stretches.get(number)?))) else { return };
    let is_last = number + 1 == raw.stretches.len();
    let text = raw.text.get(range.clone()).unwrap_or_default();
    let text = if is_last { text } else { text.strip_suffix('\n').unwrap_or(text) };
    for line in text.split('\n') {
        page.say(line.strip_suffix('\r').unwrap_or(line), Meaning::Plain).end_line();
    }
    if is_last && raw.left_out > 0 {
        let left_out = words::counted(raw.left_out as u64, "byte");
        page.say(&format!("{left_out} more are not shown here"), Meaning::Odd).end_line();
    }
}
