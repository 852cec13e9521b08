//! A structured field's value and its parameters: `Content-Type`, `Content-Disposition`.
//!
//! Parameters are read as mail has them: with continuations and charsets (RFC 2231), with encoded
//! words in quotes (which RFC 2047 §5 forbids and everybody sends), unquoted with blanks in them,
//! without the `;` between, in raw bytes. Where a name is given in both forms that of RFC 2231 wins.

use crate::mail::charset;
use crate::mail::decode_value;
use std::borrow::Cow;

/// Comments are looked for no further than this, so that one which never ends costs little.
const LONGEST_COMMENT_BYTES: usize = 256;

/// A value and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structured<'a> {
    /// What stands before the parameters, in lower case, such as `text/plain`.
    pub value: Cow<'a, str>,
    /// Names in lower case, and what is written for each.
    params: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// Returns a field's raw value as the one line that [`Structured::read`] takes.
pub fn line_of(raw: &[u8]) -> Cow<'_, str> {
    let text = charset::decode(raw, None).text;
    if text.contains(['\r', '\n']) { Cow::Owned(text.replace(['\r', '\n'], "")) } else { text }
}

impl<'a> Structured<'a> {
    /// Reads a field's value.
    pub fn read(line: &'a str) -> Self {
        let (value, params) = split_value(line);
        Self { value: in_lower_case(value), params: read_params(params) }
    }

    /// Returns a parameter as it is written, without its quotes.
    pub fn plain(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(written, _)| written == name).map(|(_, value)| &**value)
    }

    /// Returns a parameter that a person reads, decoded, such as a file name; an empty one is none.
    pub fn decoded(&self, name: &str) -> Option<String> {
        let extended = self.extended(name).or_else(|| self.plain(name).map(decode_words));
        extended.filter(|value| !value.is_empty())
    }

    /// Returns a parameter in a form of RFC 2231: `name*=`, `name*0*=` or `name*0=`.
    fn extended(&self, name: &str) -> Option<String> {
        let mut sections: Vec<Section<'_>> =
            self.params.iter().filter_map(|(written, value)| Section::read(name, written, value)).collect();
        sections.sort_by_key(|section| section.number);
        sections.dedup_by_key(|section| section.number);
        let first = sections.first()?;
        if !first.is_encoded && sections.iter().all(|section| !section.is_encoded) {
            return Some(decode_words(&sections.iter().map(|section| section.value).collect::<String>()));
        }
        let (label, rest) = charset_of(first);
        let mut bytes = Vec::new();
        for section in &sections {
            let value = if section.number == first.number { rest } else { section.value };
            match section.is_encoded {
                true => bytes.extend(percent_decoded(value)),
                false => bytes.extend(value.bytes()),
            }
        }
        Some(charset::decode(&bytes, label).text.into_owned())
    }
}

/// One piece of a parameter that is written in several (RFC 2231 §3).
struct Section<'a> {
    number: u32,
    is_encoded: bool,
    value: &'a str,
}

impl<'a> Section<'a> {
    fn read(name: &str, written: &str, value: &'a str) -> Option<Self> {
        let marks = written.strip_prefix(name)?.strip_prefix('*')?;
        let (number, is_encoded) = match marks.strip_suffix('*') {
            Some(number) => (number, true),
            None => (marks, marks.is_empty()),
        };
        let number = if number.is_empty() { 0 } else { number.parse().ok()? };
        Some(Self { number, is_encoded, value })
    }
}

/// Splits `charset'language'text` (RFC 2231 §4); without the quotes all of it is text.
fn charset_of<'a>(first: &Section<'a>) -> (Option<&'a str>, &'a str) {
    let mut pieces = first.value.splitn(3, '\'');
    match (first.is_encoded, pieces.next(), pieces.next(), pieces.next()) {
        (true, Some(label), Some(_), Some(text)) => (Some(label).filter(|it| !it.is_empty()), text),
        _ => (None, first.value),
    }
}

fn percent_decoded(value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digit = |place| after.get(place).and_then(|&letter: &u8| char::from(letter).to_digit(16));
        match (byte, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    bytes
}

fn decode_words(value: &str) -> String {
    match value.contains("=?") {
        true => decode_value(value.as_bytes()).0.into_owned(),
        false => value.to_owned(),
    }
}

fn in_lower_case(text: &str) -> Cow<'_, str> {
    let is_large = text.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_large { Cow::Owned(text.to_ascii_lowercase()) } else { Cow::Borrowed(text) }
}

/// Splits the value from its parameters, at the `;` or, where that was forgotten, at the first blank.
fn split_value(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(|letter: char| letter == ';' || letter.is_whitespace()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn read_params(text: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let mut params = Vec::new();
    let mut rest = text;
    loop {
        rest = skip_comment(rest.trim_start_matches(|letter: char| letter == ';' || letter.is_whitespace()));
        let Some(end) = rest.find(['=', ';']) else { return params };
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let Some(after) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let (value, after) = read_value(after.trim_start());
        // What was not parted by a `;` stands before the name: `charset=utf-8 name=…` reads so.
        let name = name.trim().rsplit(char::is_whitespace).next().unwrap_or_default();
        params.push((in_lower_case(name), value));
        rest = after;
    }
}

/// Leaves out `(a comment)` where a parameter should begin.
fn skip_comment(text: &str) -> &str {
    let Some(inside) = text.strip_prefix('(') else { return text };
    let end = inside.bytes().take(LONGEST_COMMENT_BYTES).position(|byte| byte == b')');
    let after = end.and_then(|end| inside.get(end + 1..));
    after.map_or(text, |after| after.trim_start_matches([';', ' ', '\t']))
}

fn read_value(text: &str) -> (Cow<'_, str>, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = unquoted_len(text);
        let (value, after) = text.split_at_checked(end).unwrap_or((text, ""));
        return (Cow::Borrowed(value.trim_end()), after);
    };
    let mut is_escaped = false;
    let end = quoted.find(|letter| {
        let ends = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    });
    let (inside, after) = quoted.split_at_checked(end.unwrap_or(quoted.len())).unwrap_or((quoted, ""));
    // Only what must be escaped is: Windows paths keep their backslashes.
    let value = match inside.contains('\\') {
        true => Cow::Owned(inside.replace("\\\\", "\\").replace("\\\"", "\"")),
        false => Cow::Borrowed(inside),
    };
    (value, after.strip_prefix('"').unwrap_or(after))
}

/// Returns where an unquoted value ends: at the `;`, or where after a blank another `name=` begins.
fn unquoted_len(text: &str) -> usize {
    let Some(end) = text.find([';', '=']) else { return text.len() };
    let value = text.get(..end).unwrap_or_default();
    let is_equals = text.get(end..).is_some_and(|rest| rest.starts_with('='));
    let before_name = value.rfind(char::is_whitespace).filter(|&blank| {
        let name = value.get(blank..).unwrap_or_default().trim();
        is_equals
            && !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '*')
    });
    match before_name {
        Some(blank) => blank,
        None if is_equals => text.find(';').unwrap_or(text.len()),
        None => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, value: &str, name: &str, decoded: Option<&str>) {
        let line = line_of(raw.as_bytes());
        let read = Structured::read(&line);
        assert_eq!((&*read.value, read.decoded(name).as_deref()), (value, decoded), "{raw}");
    }

    #[test]
    fn plain_parameters() {
        check("text/plain", "text/plain", "charset", None);
        check("Text/Plain; CharSet=UTF-8", "text/plain", "charset", Some("UTF-8"));
        check("text/plain;\r\n charset=\"utf-8\";x=y", "text/plain", "charset", Some("utf-8"));
        check("text/plain charset=utf-8", "text/plain", "charset", Some("utf-8"));
        check("text/plain; charset=utf-8 format=flowed", "text/plain", "format", Some("flowed"));
        check("text/plain; charset=utf-8; boundary=a==b", "text/plain", "boundary", Some("a==b"));
        check("text/plain; (plain) charset=utf-8", "text/plain", "charset", Some("utf-8"));
        check("multipart/mixed; boundary=\"a=b;c\"", "multipart/mixed", "boundary", Some("a=b;c"));
        check("attachment; filename=\"\"", "attachment", "filename", None);
    }

    #[test]
    fn file_names_as_people_send_them() {
        check("attachment; filename=My file.pdf", "attachment", "filename", Some("My file.pdf"));
        check("attachment; filename=\"C:\\tmp\\a.pdf\"", "attachment", "filename", Some("C:\\tmp\\a.pdf"));
        check("attachment; filename=\"say \\\"a\\\".pdf\"", "attachment", "filename", Some("say \"a\".pdf"));
        check("attachment; filename=\"open.pdf", "attachment", "filename", Some("open.pdf"));
        check(
            "attachment; filename=\"=?utf-8?Q?=C3=A9t=C3=A9?=.pdf\"",
            "attachment",
            "filename",
            Some("été.pdf"),
        );
        check("attachment; filename=\"été.pdf\"", "attachment", "filename", Some("été.pdf"));
    }

    #[test]
    fn the_forms_of_rfc_2231() {
        check("attachment; filename*=utf-8'fr'%C3%A9t%C3%A9", "attachment", "filename", Some("été"));
        check("attachment; filename*=iso-8859-1''%E9", "attachment", "filename", Some("é"));
        check(
            "attachment; filename*0=\"long \"; filename*1=\"name\"",
            "attachment",
            "filename",
            Some("long name"),
        );
        check(
            "attachment; filename*1*=%A9.pdf; filename*0*=utf-8''%C3",
            "attachment",
            "filename",
            Some("é.pdf"),
        );
        check("attachment; filename*0*=utf-8''%41; filename*1=%41", "attachment", "filename", Some("A%41"));
        check(
            "attachment; filename=no.pdf; filename*=utf-8''yes.pdf",
            "attachment",
            "filename",
            Some("yes.pdf"),
        );
        check("attachment; filename*=plain.pdf", "attachment", "filename", Some("plain.pdf"));
    }

    #[test]
    fn rubbish_ends() {
        for raw in
            ["", ";", "=;=", "a/b;\"", "a/b; x=\"\\", "a/b; (", "a/b; *=*'", "é;é=é", "a/b; n*99999999999=1"]
        {
            Structured::read(&line_of(raw.as_bytes())).decoded("n");
        }
    }
}
