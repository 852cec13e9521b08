//! Rows for a spreadsheet (RFC 4180), which no spreadsheet takes for formulas.
//!
//! What is in a cell may come from hostile mail: a cell that begins as formulas do, or with a control, is
//! given an apostrophe, which spreadsheets take for "this is text". What could act on a terminal is
//! escaped as on the screen.

use crate::text::Printable;

/// Returns one row, with its line end.
pub fn row<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let shown = Printable::new(text);
    let apostrophe = if text.starts_with(begins_formula) { "'" } else { "" };
    let text = format!("{apostrophe}{shown}");
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Some spreadsheets also read the wide forms of these signs.
fn begins_formula(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') || first.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: &str) {
        assert_eq!(row(cells), format!("{expected}\r\n"));
    }

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        check(&["a", "", "Mélenchon 3"], "a,,Mélenchon 3");
        check(&["a,b", "say \"x\""], "\"a,b\",\"say \"\"x\"\"\"");
        check(&["=1+1", "+1", "-1", "@x", "＝1"], "'=1+1,'+1,'-1,'@x,'＝1");
        check(&["=a,b"], "\"'=a,b\"");
        check(&["2017-02-01", "a=b"], "2017-02-01,a=b");
        for control in ["\t=1", "\r=1", "\n=1", "\x1b[2J"] {
            let written = row([control]);
            assert!(written.trim_start_matches('"').starts_with('\''), "{written:?}");
            assert!(!written.contains('\x1b'), "{written:?}");
        }
    }
}
