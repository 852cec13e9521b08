//! The delimiters of one multipart: which lines they are, and which were seen (RFC 2046 §5.1.1).

/// What is known of a multipart's delimiters while it is scanned.
pub struct Bounds {
    boundary: Vec<u8>,
    first: Option<usize>,
    after_last: Option<usize>,
}

/// A line that parts two parts, or ends the last.
pub struct Delimiter {
    /// Where the line begins.
    pub line_start: usize,
    /// Where the next one does.
    pub line_end: usize,
    /// Which of the open parts it belongs to, counted from the outermost.
    pub level: usize,
    /// It is the last one.
    pub is_end: bool,
}

impl Bounds {
    /// Returns the bounds of a multipart of which nothing was seen.
    pub fn new(boundary: Vec<u8>) -> Self {
        Self { boundary, first: None, after_last: None }
    }

    /// Returns whether its last delimiter was seen: what follows is no part of it.
    pub fn is_ended(&self) -> bool {
        self.after_last.is_some()
    }

    /// Takes note of a delimiter.
    pub fn saw(&mut self, delimiter: &Delimiter) {
        self.first.get_or_insert(delimiter.line_start);
        self.after_last = delimiter.is_end.then_some(delimiter.line_end);
    }

    /// Returns where the preamble ends and the epilogue begins, of those that were seen.
    pub fn seen(&self) -> (Option<usize>, Option<usize>) {
        (self.first, self.after_last)
    }

    /// Returns whether a line is the last delimiter; `None` where it is none of this multipart's.
    ///
    /// `written` is the line after its `--` and without the blanks at its end. All of it must be the
    /// boundary: `--abcd` is none of `abc`.
    pub fn is_end(&self, written: &[u8]) -> Option<bool> {
        match written.strip_prefix(self.boundary.as_slice())? {
            b"" => Some(false),
            b"--" => Some(true),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(boundary: &str, written: &str, is_end: Option<bool>) {
        assert_eq!(Bounds::new(boundary.into()).is_end(written.as_bytes()), is_end, "{written}");
    }

    #[test]
    fn all_of_the_line_is_the_boundary() {
        check("abc", "abc", Some(false));
        check("abc", "abc--", Some(true));
        check("abc", "abcd", None);
        check("abc", "abc--x", None);
        check("abc--", "abc--", Some(false));
        check("", "", Some(false));
        check("", "--", Some(true));
    }
}
