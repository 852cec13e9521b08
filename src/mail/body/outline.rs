//! As much of a message as it takes to look for something in it.
//!
//! An [`Outline`] knows the parts and decodes nothing until it is asked for texts, and then one after
//! another, only until the one that is looked for is found; what is attached and not read is never decoded.
//!
//! **Invariant:** the texts that are looked into are those of `read_message`; a property test holds it to that.

use super::readable;
use super::structure;
use super::walk;
use super::walk::Place;
use super::walk::Visitor;
use super::walk::is_saved;
use crate::mail::Part;
use crate::mail::decode_value;
use crate::mail::header::fields::fields;
use crate::mail::html;
use crate::mail::transfer;
use std::borrow::Cow;
use std::ops::ControlFlow;

/// The parts of a message, its texts not yet decoded.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    message: &'a [u8],
    root: Part,
}

/// Looks for something in the texts of a message.
pub trait Looker {
    /// Returns `false` where it is certain that it is not in what a person reads of this HTML, which then
    /// is not rendered.
    fn may_be_in_html(&mut self, markup: &str) -> bool;
    /// Returns whether it is in a text.
    fn is_in(&mut self, text: &str) -> bool;
}

impl<'a> Outline<'a> {
    /// Finds the parts of a message; `message` is as for `read_message`.
    pub fn of(message: &'a [u8]) -> Self {
        Self { message, root: structure::tree(message).0 }
    }

    /// Returns whether there is something that a person can save.
    pub fn has_attachments(&self) -> bool {
        readable::attachment_count(&self.root) > 0
    }

    /// Returns the file names of what a person can save, in order.
    pub fn file_names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        add_file_names(&self.root, &mut names);
        names
    }

    /// Returns whether a text holds what is looked for.
    pub fn any_text(&self, looker: &mut impl Looker) -> bool {
        walk::walk(&self.root, self.message, Place::default(), &mut Looking { looker }).is_break()
    }
}

/// Returns the decoded values of the fields with a name that is wanted, in order.
pub fn values_of_fields<'a>(
    message: &'a [u8],
    is_wanted: impl Fn(&[u8]) -> bool,
) -> impl Iterator<Item = Cow<'a, str>> {
    fields(message).filter(move |field| is_wanted(field.name)).map(|field| decode_value(field.value).0)
}

fn add_file_names<'a>(part: &'a Part, names: &mut Vec<&'a str>) {
    if is_saved(part) {
        names.extend(part.filename.as_deref());
    }
    part.parts.iter().for_each(|inner| add_file_names(inner, names));
}

struct Looking<'a, L> {
    looker: &'a mut L,
}

impl<L: Looker> Looking<'_, L> {
    fn look(&mut self, text: Cow<'_, str>) -> ControlFlow<()> {
        if self.looker.is_in(&walk::with_lf(text)) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl<L: Looker> Visitor for Looking<'_, L> {
    fn part(&mut self, _: &Part) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn around(&mut self, _: &Part, bytes: &[u8]) -> ControlFlow<()> {
        walk::text_around(bytes).map_or(ControlFlow::Continue(()), |decoded| self.look(decoded.text))
    }

    fn message(&mut self, _: &Part, bytes: &[u8], _: bool) -> ControlFlow<()> {
        self.look(walk::header_of(bytes).into())
    }

    fn text(&mut self, part: &Part, raw: &[u8], _: Place) -> ControlFlow<()> {
        let bytes = transfer::decode(raw, part.transfer_encoding()).bytes;
        let decoded = walk::text_of(part, &bytes);
        if walk::is_html(part) {
            if !self.looker.may_be_in_html(&decoded.text) {
                return ControlFlow::Continue(());
            }
            return self.look_rendered(&decoded.text);
        }
        if walk::is_left_out(part, &decoded.text) {
            return ControlFlow::Continue(());
        }
        self.look(decoded.text)
    }

    fn file(&mut self, _: &Part, _: &[u8]) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<L: Looker> Looking<'_, L> {
    fn look_rendered(&mut self, markup: &str) -> ControlFlow<()> {
        if self.looker.is_in(&html::render(markup).text) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::read_message;
    use proptest::prelude::*;

    /// Collects what is looked into.
    #[derive(Default)]
    struct Texts(Vec<String>);

    impl Looker for Texts {
        fn may_be_in_html(&mut self, _: &str) -> bool {
            true
        }

        fn is_in(&mut self, text: &str) -> bool {
            self.0.push(text.to_owned());
            false
        }
    }

    /// Holds the outline of a message to what a reader sees of it.
    fn check(message: &[u8]) {
        let (outline, read) = (Outline::of(message), read_message(message));
        let mut texts = Texts::default();
        assert!(!outline.any_text(&mut texts));
        let mut expected: Vec<String> = read.texts.into_iter().map(|text| text.text).collect();
        texts.0.sort_unstable();
        expected.sort_unstable();
        assert_eq!(texts.0, expected);
        let names = read.attachments.iter().filter_map(|attachment| attachment.filename.as_deref());
        assert_eq!(outline.file_names(), names.collect::<Vec<_>>());
        assert_eq!(outline.has_attachments(), !read.attachments.is_empty());
    }

    proptest! {
        #[test]
        fn the_texts_are_those_of_a_reader(lines in proptest::collection::vec(prop_oneof![
            Just("Content-Type: multipart/mixed; boundary=a"), Just("Content-Type: message/rfc822"),
            Just("Content-Type: multipart/alternative; boundary=b"), Just("Content-Transfer-Encoding: base64"),
            Just("Content-Transfer-Encoding: quoted-printable"), Just("Content-Type: text/html; charset=latin1"),
            Just("Content-Disposition: attachment; filename=x"), Just("Content-Type: image/png"),
            Just("Content-Type: text/plain; charset=utf-16"), Just("Subject: a"), Just("words<b>in</b>html=\r"),
            Just(""), Just("--a"), Just("--a--"), Just("--b"), Just("--b--"), Just("text"), Just("\r"), Just("=E9=20"),
            Just("Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMgoK"), Just("a\u{e9}"), Just("no html here"), Just(" "),
        ], 0..60)) {
            check(lines.join("\n").as_bytes());
        }

        #[test]
        fn those_of_any_bytes_too(message in proptest::collection::vec(any::<u8>(), 0..400)) {
            check(&message);
        }
    }
}
