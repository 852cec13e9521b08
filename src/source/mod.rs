//! A mailbox that is open: its name and its bytes.
//!
//! A regular file is mapped, read-only; what cannot be mapped (standard input, a pipe, a compressed
//! file) is read into memory. Nothing is ever written to it or beside it.
//!
//! Another program may cut a file while it is mapped. What is gone then reads as zeros; so whoever reads
//! asks for the [`Source::loss`] afterwards, before they use what came of it.
//!
//! A mailbox that has grown is opened [anew](Source::grown): whoever still reads this one has the bytes of
//! before, as long as they need them.
//!
//! Not here: what the bytes say. A file is looked at only to say what it is when it is no mailbox.

mod fate;
mod kind;
mod map;
mod open_error;
mod regions;
mod stamp;
mod stream;
mod unpack;

pub use fate::Fate;
pub use kind::Kind;
pub use map::mapped;
pub use open_error::OpenError;
pub use stamp::Stamp;

use crate::bytes::ByteRange;
use crate::bytes::Loss;
use crate::mbox;
use map::Map;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Seek;
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
        Self::open_telling(path, &mut |_| {})
    }

    /// Opens a mailbox, and tells how many bytes of it have been read into memory.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_telling(path: &Path, tell: &mut dyn FnMut(u64)) -> Result<Self, OpenError> {
        let stamp = fs::metadata(path).ok().map(|about| Stamp::of(&about));
        let held = if is_standard_input(path) {
            Held::Read(stream::read_in(io::stdin().lock(), path, tell)?)
        } else {
            hold(path, tell)?
        };
        let named = Some(path.to_owned()).filter(|path| !is_standard_input(path));
        let source = Self { name: name_of(path), path: named, stamp, held };
        kind::expect_mail(source.bytes()).map_err(|kind| OpenError::no_mail(path, kind))?;
        Ok(source)
    }

    /// Returns whether it is the mailbox that is built into the program.
    pub fn is_sample(&self) -> bool {
        matches!(self.held, Held::BuiltIn(_))
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

    /// Returns a mailbox that is in memory.
    pub fn held(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), path: None, stamp: None, held: Held::Read(bytes) }
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

    /// Returns what of it is gone since it was opened, as far as the system knows now.
    ///
    /// To be asked after bytes were read, and before what came of them is used.
    pub fn loss(&self) -> Loss {
        match &self.held {
            Held::Mapped(map) => map.loss(),
            Held::Read(_) | Held::BuiltIn(_) => Loss::default(),
        }
    }

    /// Says that some of it has been read and is not needed soon; it can be read again at any time.
    pub fn let_go(&self, range: ByteRange) {
        if let Held::Mapped(map) = &self.held {
            map.let_go(range);
        }
    }

    /// Returns whether it may become longer while it is open.
    pub fn can_grow(&self) -> bool {
        matches!(self.held, Held::Mapped(_))
    }

    /// Returns what became of the file since it was opened.
    pub fn fate(&self) -> Fate {
        match (&self.held, &self.path) {
            (Held::Mapped(map), Some(path)) => map.fate(path),
            _ => Fate::Same,
        }
    }

    /// Opens the same file as long as it is now.
    ///
    /// # Errors
    ///
    /// When it cannot grow, or mapping it fails.
    pub fn grown(&self) -> io::Result<Self> {
        let Held::Mapped(map) = &self.held else { return Err(io::ErrorKind::Unsupported.into()) };
        let stamp = map.about().ok().map(|about| Stamp::of(&about));
        let (name, path) = (self.name.clone(), self.path.clone());
        Ok(Self { name, path, stamp, held: Held::Mapped(map.grown()?) })
    }

    /// Returns a message's own bytes: its range without separator and parting line end.
    pub fn message(&self, range: ByteRange) -> &[u8] {
        mbox::message_of(range.of(self.bytes()))
    }
}

/// Returns whether opening takes as long as reading: what is no file, or packed.
pub fn is_read_in(path: &Path) -> bool {
    let is_file = fs::metadata(path).is_ok_and(|about| about.is_file());
    let is_other = || fs::metadata(path).is_ok_and(|about| !about.is_dir());
    let is_packed = || File::open(path).and_then(|file| is_packed(&file)).unwrap_or(false);
    is_standard_input(path) || if is_file { is_packed() } else { is_other() }
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// Returns what to call the mailbox at a path.
pub fn name_of(path: &Path) -> String {
    if is_standard_input(path) {
        return "standard input".to_owned();
    }
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn hold(path: &Path, tell: &mut dyn FnMut(u64)) -> Result<Held, OpenError> {
    let failed = |source| OpenError::of_io(path, source);
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(OpenError::directory(path));
    }
    let file = File::open(path).map_err(failed)?;
    if !about.is_file() || is_packed(&file).map_err(failed)? {
        return stream::read_in(file, path, tell).map(Held::Read);
    }
    if about.len() == 0 {
        return Ok(Held::Read(Vec::new()));
    }
    Map::of(file).map(Held::Mapped).map_err(failed)
}

/// Returns whether a file is packed, and leaves it at its start.
fn is_packed(mut file: &File) -> io::Result<bool> {
    let mut magic = Vec::new();
    file.take(unpack::MAGIC_BYTES as u64).read_to_end(&mut magic)?;
    file.rewind()?;
    Ok(unpack::is_packed(&magic))
}
