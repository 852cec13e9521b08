//! A mailbox that is open: its name and its bytes.
//!
//! A regular file is mapped, read-only; what cannot be mapped (standard input, a pipe, a compressed
//! file) is read into memory. Nothing is ever written to it or beside it.
//!
//! Not here: what the bytes say. A file is looked at only to say what it is when it is no mailbox.

mod kind;
mod map;
mod open_error;
mod stamp;
mod unpack;

pub use kind::Kind;
pub use map::mapped;
pub use open_error::OpenError;
pub use stamp::Stamp;

use crate::bytes::ByteRange;
use crate::mbox;
use map::Map;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// The invented mailbox that is built into the program.
static SAMPLE: &[u8] = include_bytes!("../../sample-mbox/election-desk.mbox");

/// A mailbox that is open.
#[derive(Debug)]
pub struct Source {
    name: String,
    path: Option<PathBuf>,
    /// As the file was before it was opened: what changed later is taken for a change.
    stamp: Option<Stamp>,
    held: Held,
}

#[derive(Debug)]
enum Held {
    Mapped(Map),
    Read(Vec<u8>),
    BuiltIn(&'static [u8]),
}

impl Source {
    /// Opens the mailbox at `path`; `-` is standard input.
    ///
    /// # Errors
    ///
    /// When there is no such file, it may not or cannot be read, or it holds no mail.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let stamp = fs::metadata(path).ok().map(|about| Stamp::of(&about));
        let (name, held) = if path == Path::new("-") {
            ("standard input".to_owned(), read_in(io::stdin().lock(), path)?)
        } else {
            (name_of(path), hold(path)?)
        };
        let path_of_file = Some(path.to_owned()).filter(|path| path != Path::new("-"));
        let source = Self { name, path: path_of_file, stamp, held };
        kind::expect_mail(source.bytes()).map_err(|kind| OpenError::no_mail(path, kind))?;
        Ok(source)
    }

    /// Returns the invented mailbox that is built into the program.
    pub fn sample() -> Self {
        Self {
            name: "sample: the election desk".to_owned(),
            path: None,
            stamp: None,
            held: Held::BuiltIn(SAMPLE),
        }
    }

    /// Returns what to call it: the last part of its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the path it was opened by, unless it came from somewhere else.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns when the file was last changed, where its bytes are the mailbox as they are.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp.filter(|_| matches!(self.held, Held::Mapped(_)))
    }

    /// Returns the whole mailbox, unpacked.
    pub fn bytes(&self) -> &[u8] {
        match &self.held {
            Held::Mapped(map) => map.bytes(),
            Held::Read(bytes) => bytes,
            Held::BuiltIn(bytes) => bytes,
        }
    }

    /// Returns a message's own bytes: its range without separator and parting line end.
    pub fn message(&self, range: ByteRange) -> &[u8] {
        mbox::message_of(range.of(self.bytes()))
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn hold(path: &Path) -> Result<Held, OpenError> {
    let failed = |source| OpenError::of_io(path, source);
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(OpenError::directory(path));
    }
    let mut file = File::open(path).map_err(failed)?;
    if !about.is_file() {
        return read_in(file, path);
    }
    let mut magic = [0; unpack::MAGIC_BYTES];
    let length = file.read(&mut magic).map_err(failed)?;
    if unpack::is_packed(&magic[..length]) {
        return read_in(File::open(path).map_err(failed)?, path);
    }
    if about.len() == 0 {
        return Ok(Held::Read(Vec::new()));
    }
    Map::of(&file).map(Held::Mapped).map_err(failed)
}

/// Reads what cannot be mapped, and unpacks it where it is packed.
fn read_in(mut from: impl Read, path: &Path) -> Result<Held, OpenError> {
    let failed = |source| OpenError::of_io(path, source);
    let mut start = Vec::new();
    from.by_ref().take(unpack::MAGIC_BYTES as u64).read_to_end(&mut start).map_err(failed)?;
    let is_packed = unpack::is_packed(&start);
    let mut all = io::Cursor::new(start).chain(from);
    let mut bytes = Vec::new();
    if is_packed {
        let unpacked = unpack::unpack(all, &mut bytes);
        unpacked.map_err(|source| OpenError::Unpack { path: path.to_owned(), after: bytes.len(), source })?;
    } else {
        all.read_to_end(&mut bytes).map_err(failed)?;
    }
    Ok(Held::Read(bytes))
}
