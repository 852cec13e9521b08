//! Finding and opening what the corpora hold.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// One real mailbox and the answers beside it.
pub struct Box {
    /// The name of its folder.
    pub name: String,
    folder: PathBuf,
}

/// The folder of the corpora; without one it says so, and the test has nothing to do.
pub fn folder(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("TRANCHE_CORPORA").map(PathBuf::from);
    if named.is_none() {
        eprintln!("{test}: not run, TRANCHE_CORPORA is not set");
    }
    named
}

/// Every real mailbox, in the order of their names; none without the corpora.
pub fn boxes(test: &str) -> Vec<Box> {
    let Some(corpora) = folder(test) else { return Vec::new() };
    let mut boxes: Vec<Box> = fs::read_dir(corpora.join("mailboxes"))
        .expect("TRANCHE_CORPORA names a folder that holds `mailboxes`")
        .map(|found| found.unwrap().path())
        .map(|folder| Box { name: folder.file_name().unwrap().to_str().unwrap().to_owned(), folder })
        .collect();
    boxes.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!boxes.is_empty(), "no mailbox in {}", corpora.display());
    boxes
}

impl Box {
    /// The bytes of the mailbox.
    pub fn mailbox(&self) -> Vec<u8> {
        self.bytes(&format!("{}.mbox", self.name))
    }

    /// The lines of an answer file, the first left out where it names columns.
    pub fn lines(&self, file: &str) -> Vec<String> {
        let text = String::from_utf8(self.bytes(file)).expect("answers are UTF-8");
        let skipped = usize::from(file.ends_with(".tsv"));
        text.lines().skip(skipped).map(str::to_owned).collect()
    }

    /// The rows of a JSON-lines answer file.
    pub fn rows(&self, file: &str) -> Vec<serde_json::Value> {
        self.lines(file).iter().map(|line| json(line)).collect()
    }

    /// Whether there is such an answer file.
    pub fn has(&self, file: &str) -> bool {
        ["", ".zst"].iter().any(|packed| self.folder.join(format!("{file}{packed}")).exists())
    }

    fn bytes(&self, file: &str) -> Vec<u8> {
        read(&self.folder.join(file))
    }
}

/// A text with every run of white space as one blank.
pub fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in an answer; empty where there is none.
pub fn text_of<'v>(answer: &'v serde_json::Value, key: &str) -> &'v str {
    answer.get(key).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// Reads a line of JSON as Python writes it: with `\udcE9` for a byte 0xE9 that it could not decode.
///
/// JSON knows no half of a pair, so such a byte is read as U+FFFD.
pub fn json(line: &str) -> serde_json::Value {
    let mut whole = String::new();
    let mut pieces = line.split("\\udc");
    whole.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_second_half = whole.get(whole.len().saturating_sub(6)..).is_some_and(|before| {
            ["\\ud8", "\\ud9", "\\uda", "\\udb"].iter().any(|first| before.starts_with(first))
        });
        let (digits, rest) = piece.split_at(2);
        whole.push_str(&if is_second_half { format!("\\udc{digits}") } else { "\\ufffd".to_owned() });
        whole.push_str(rest);
    }
    serde_json::from_str(&whole).unwrap_or_else(|error| panic!("answers are JSON: {error}: {line}"))
}

/// Reads a file, or the `.zst` of it.
pub fn read(path: &Path) -> Vec<u8> {
    if path.exists() {
        return fs::read(path).unwrap();
    }
    let packed = PathBuf::from(format!("{}.zst", path.display()));
    let file = fs::File::open(&packed).unwrap_or_else(|error| panic!("{}: {error}", packed.display()));
    let mut unpacking = zstd::stream::Decoder::new(file).unwrap();
    unpacking.window_log_max(27).unwrap();
    let mut bytes = Vec::new();
    std::io::copy(&mut unpacking, &mut bytes).unwrap();
    bytes
}

/// The message numbers that a list of differences has for a mailbox, in order.
pub fn listed(differences: &[(&str, &str, &[usize])], name: &str) -> Vec<usize> {
    let of_box = differences.iter().filter(|(listed, _, _)| *listed == name);
    let mut numbers: Vec<usize> = of_box.flat_map(|(_, _, numbers)| numbers.iter().copied()).collect();
    numbers.sort_unstable();
    numbers
}
