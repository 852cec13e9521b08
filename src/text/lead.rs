//! What stands before the words of a line: quote marks, an indent, the mark of a list's item.

use super::slice;

/// What a line begins with before its words.
#[derive(Clone, Copy, Default)]
pub(super) struct Lead {
    /// All of it.
    pub(super) bytes: usize,
    /// Its quote marks, `> > ` or `>> `, with the blank behind them; each byte is a cell.
    pub(super) quote: usize,
    /// The cells of the blanks behind them, and of what marks the item of a list.
    pub(super) indent: usize,
}

impl Lead {
    /// Reads the start of a line; what is wider than `most` cells leads nothing.
    pub(super) fn of(line: &str, most: usize) -> Self {
        let quote = quote_cells(line, most);
        let said = slice(line, quote..line.len());
        let blanks = said.bytes().take(most + 1).take_while(|&byte| byte == b' ').count();
        let item = item_mark(slice(said, blanks..said.len()));
        let indent = blanks + item.chars().count();
        if quote + indent > most {
            return Self { bytes: quote, quote, indent: 0 };
        }
        Self { bytes: quote + blanks + item.len(), quote, indent }
    }
}

/// Returns the quote marks at the start of a line and the blank behind them; none where they take more
/// than `most` cells.
fn quote_cells(line: &str, most: usize) -> usize {
    let mut cells = 0;
    for (place, byte) in line.bytes().take(most + 1).enumerate() {
        match byte {
            b'>' => cells = place + 1,
            b' ' if place > 0 && place == cells => {}
            _ => break,
        }
    }
    if cells > 0 && line.as_bytes().get(cells) == Some(&b' ') {
        cells += 1;
    }
    if cells > most { 0 } else { cells }
}

/// Returns what marks a line as the item of a list: `• `, `- `, `12. `.
fn item_mark(line: &str) -> &str {
    let sign = ["• ", "- ", "* "].into_iter().find(|sign| line.starts_with(sign));
    let digits = line.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && slice(line, digits..line.len()).starts_with(". ");
    sign.unwrap_or_else(|| slice(line, 0..if is_numbered { digits + 2 } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, quote: usize, indent: usize) {
        let lead = Lead::of(line, 8);
        assert_eq!((lead.quote, lead.indent), (quote, indent), "{line:?}");
    }

    #[test]
    fn leads_are_read_as_people_write_them() {
        check("plain", 0, 0);
        check("> a", 2, 0);
        check(">> a", 3, 0);
        check("> > a", 4, 0);
        check(">a", 1, 0);
        check(">", 1, 0);
        check(" > a", 0, 1);
        check("   a", 0, 3);
        check("- a", 0, 2);
        check("-a", 0, 0);
        check("> 12. a", 2, 4);
        check(" • a", 0, 3);
        check("3 630 files", 0, 0);
        check("> > > > > a", 0, 0);
        check("> > >         a", 6, 0);
    }
}
