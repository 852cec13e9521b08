//! The filter beside `fzf --filter`, where that is installed: the same words over the same lines.

use super::cores::timed;
use super::filter::Haystacks;
use super::filter::milliseconds;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;
use std::time::Instant;
use tranche::corpus::MessageNo;
use tranche::query::Query;

/// Asks both for whole words, to the order of all that match.
pub fn side_by_side<'a>(haystacks: &Haystacks, words: impl Iterator<Item = &'a str>) {
    if Command::new("fzf").arg("--version").output().is_err() {
        println!("  no fzf here to stand beside");
        return;
    }
    let Ok(lines) = tempfile::NamedTempFile::new() else { return };
    if let Err(error) = write_lines(haystacks, lines.as_file()) {
        println!("  the lines for fzf cannot be written: {error}");
        return;
    }
    for word in words {
        let Ok(query) = Query::parse(word) else { continue };
        let (ours, found) = timed(|| haystacks.ask_at_once(&query));
        let begun = Instant::now();
        let Ok(input) = File::open(lines.path()) else { return };
        let fzf = Command::new("fzf").args(["--filter", word]).stdin(input).stderr(Stdio::null()).output();
        let theirs = begun.elapsed();
        let count = fzf.map_or(0, |fzf| fzf.stdout.iter().filter(|&&byte| byte == b'\n').count());
        println!(
            "  {word:12} {:>9} ({found} match), fzf {:>9} ({count})",
            milliseconds(ours.on_the_wall),
            milliseconds(theirs)
        );
    }
}

fn write_lines(haystacks: &Haystacks, file: &File) -> io::Result<()> {
    let mut lines = BufWriter::new(file);
    for block in &haystacks.blocks {
        let numbers = block.numbers();
        for number in (numbers.start.0..numbers.end.0).map(MessageNo) {
            writeln!(lines, "{}", block.haystack(number).unwrap_or_default().replace('\n', " "))?;
        }
    }
    lines.flush()
}
