//! Positions on disk: one small file a mailbox, in the person's folder for data.
//!
//! A file is named for the path of its mailbox and for what that begins with. It is believed where the mailbox
//! is as long as it was or longer, and the bytes at its start and before its old end are the same: so a mailbox
//! is the same however it grows, and another one under its name is another one. One that has been moved is known
//! by its beginning, as long as nothing lies where it was: two copies have a position each.

use crate::app::position::Position;
use crate::kept::KeptFile;
use crate::kept::without_links;
use crate::report;
use crate::source::Source;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::sync::Mutex;

/// The folder within the person's folder for data.
const FOLDER: &str = "positions";

/// So much is looked at, at the start and before the end. It has several messages in it mostly.
const SAMPLE_BYTES: usize = 4 << 10;

/// No position is longer; a file that is was not written by us.
const FILE_BYTES_AT_MOST: u64 = 64 << 10;

/// How many digits of a digest stand in a name.
const NAME_DIGITS: usize = 16;

/// How many of another one tell a mailbox.
const SAMPLE_DIGITS: usize = 32;

/// Where the position in one mailbox is kept, and what it is now.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    file: PathBuf,
    /// The path of the mailbox, for whoever looks what is kept.
    mailbox: PathBuf,
    /// What the mailbox is like.
    likeness: Likeness,
    /// Files that this one takes the place of.
    outdated: Vec<PathBuf>,
    /// What an earlier session has left.
    found: Option<Position>,
    /// What to write; taken by whoever ends the program.
    now: Arc<Mutex<Option<Position>>>,
}

/// What a mailbox is like, as far as a position has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Likeness {
    length: usize,
    /// Digests of what stands at its start and before its end.
    samples: [String; 2],
}

impl Kept {
    /// Returns where the position in a mailbox is kept, and what it was; nowhere for one that is no file.
    pub(super) fn of(source: &Source, data: &Path) -> Option<Self> {
        let mailbox = without_links(source.path()?);
        let bytes = source.bytes();
        let beginning = digits(start_of(bytes), NAME_DIGITS);
        let of_path = digits(mailbox.as_os_str().as_encoded_bytes(), NAME_DIGITS);
        let folder = data.join(FOLDER);
        let file = folder.join(format!("{of_path}-{beginning}"));
        let mut found = None;
        // The first versions named a file for the beginning alone.
        let first = folder.join(digits(start_of(bytes), SAMPLE_DIGITS));
        let mut outdated: Vec<PathBuf> = Some(first).filter(|file| file.exists()).into_iter().collect();
        let mut others = alike(&folder, &of_path, &beginning);
        // That of the path is the first to be believed.
        others.sort_by_key(|(_, is_of_path)| !is_of_path);
        for (other, is_of_path) in others {
            let Some(text) = text_of(&other) else { continue };
            let is_gone = |was: PathBuf| was.try_exists().is_ok_and(|exists| !exists);
            let was_moved = || mailbox_of(&text).is_some_and(is_gone);
            if !is_of_path && !was_moved() {
                continue;
            }
            let is_same = Likeness::read(&text).is_some_and(|was| was.is_start_of(bytes));
            if is_same && found.is_none() {
                found = Position::read(&text);
            }
            if other != file && (is_of_path || is_same) {
                outdated.push(other);
            }
        }
        Some(Self { file, mailbox, likeness: Likeness::of(bytes), outdated, found, now: Arc::default() })
    }

    /// Returns where an earlier session has ended.
    pub(super) fn found(&self) -> Option<Position> {
        self.found.clone()
    }

    /// Notes where one is now.
    pub(super) fn note(&self, position: Option<Position>) {
        // Only who ends the program holds it as well, and then there is nothing more to note.
        if let Ok(mut now) = self.now.try_lock() {
            *now = position;
        }
    }

    /// Writes what was noted, in one step, for the person alone.
    pub(super) fn write(&self) -> io::Result<()> {
        let Ok(Some(position)) = self.now.try_lock().map(|mut now| now.take()) else { return Ok(()) };
        let folder = self.file.parent().unwrap_or(Path::new("."));
        make(folder)?;
        let beside = self.file.with_extension(format!("{}.part", process::id()));
        // A path that cannot stand on a line is not told: nobody knows then whether it was moved.
        let mailbox = self.mailbox.to_str().filter(|path| !path.contains('\n'));
        let mailbox = mailbox.map(|path| format!("mailbox {path}\n")).unwrap_or_default();
        let text = format!("{position}{}{mailbox}", self.likeness.written());
        let written = create(&beside)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&beside, &self.file));
        match written {
            Ok(()) => self.outdated.iter().for_each(|file| drop(fs::remove_file(file))),
            Err(_) => drop(fs::remove_file(&beside)),
        }
        written
    }
}

impl Likeness {
    fn of(bytes: &[u8]) -> Self {
        let start = start_of(bytes);
        let end = bytes.get(bytes.len().saturating_sub(SAMPLE_BYTES)..).unwrap_or(bytes);
        Self { length: bytes.len(), samples: [start, end].map(|sample| digits(sample, SAMPLE_DIGITS)) }
    }

    /// Returns whether a mailbox begins with the one that was like this.
    fn is_start_of(&self, bytes: &[u8]) -> bool {
        bytes.get(..self.length).is_some_and(|start| Self::of(start) == *self)
    }

    fn written(&self) -> String {
        format!("like {} {}\n", self.length, self.samples.join(" "))
    }

    fn read(text: &str) -> Option<Self> {
        let line = text.lines().find_map(|line| line.strip_prefix("like "))?;
        let mut words = line.split(' ');
        let length = words.next()?.parse().ok()?;
        let mut sample = || words.next().map(str::to_owned);
        Some(Self { length, samples: [sample()?, sample()?] })
    }
}

/// Returns what is looked at of a mailbox's beginning.
fn start_of(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE_BYTES).unwrap_or(bytes)
}

/// Returns the first digits of a digest.
fn digits(bytes: &[u8], count: usize) -> String {
    report::digest(bytes).chars().take(count).collect()
}

/// Returns the files of a mailbox at this path, or that begins so, and whether it is the path.
fn alike(folder: &Path, of_path: &str, beginning: &str) -> Vec<(PathBuf, bool)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let alike = files.filter_map(|file| {
        let name = file.file_name().into_string().ok()?;
        let (path, start) = name.split_once('-')?;
        // What was not finished has more behind its digits.
        (start.len() == NAME_DIGITS).then_some(())?;
        (path == of_path || start == beginning).then(|| (file.path(), path == of_path))
    });
    alike.collect()
}

/// Returns what stands in a file that may be one of ours.
fn text_of(file: &Path) -> Option<String> {
    let about = fs::symlink_metadata(file).ok()?;
    let is_ours = about.is_file() && about.len() <= FILE_BYTES_AT_MOST;
    is_ours.then(|| fs::read_to_string(file).ok())?
}

fn mailbox_of(text: &str) -> Option<PathBuf> {
    text.lines().find_map(|line| line.strip_prefix("mailbox ")).map(PathBuf::from)
}

/// Returns the positions that are kept: those of one mailbox, or all.
pub(super) fn kept(data: &Path, mailbox: Option<&Path>) -> Vec<KeptFile> {
    let wanted = mailbox.map(without_links);
    let files = fs::read_dir(data.join(FOLDER)).into_iter().flatten().flatten();
    let described = files.filter_map(|file| {
        let (path, bytes) = (file.path(), file.metadata().ok()?.len());
        let mailbox = mailbox_of(&text_of(&path)?);
        let is_of = |wanted: &PathBuf| {
            let of_path = digits(wanted.as_os_str().as_encoded_bytes(), NAME_DIGITS);
            mailbox.as_ref() == Some(wanted)
                || file.file_name().as_encoded_bytes().starts_with(of_path.as_bytes())
        };
        let is_wanted = wanted.as_ref().is_none_or(is_of);
        is_wanted.then_some(KeptFile { path, mailbox, what: "position", bytes })
    });
    described.collect()
}

#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn create(file: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)
}

#[cfg(not(unix))]
fn create(file: &Path) -> io::Result<fs::File> {
    fs::File::create(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::MessageNo;

    fn at(number: u32) -> Position {
        Position { message: MessageNo(number), ..Position::default() }
    }

    /// A folder for data, and mailboxes beside it.
    struct Shelf(tempfile::TempDir);

    impl Shelf {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self, name: &str) -> PathBuf {
            fs::canonicalize(self.0.path()).unwrap().join(name)
        }

        /// Writes a mailbox of several messages, each of a kilobyte, that begins with `messages`.
        fn has(&self, name: &str, messages: &[char]) {
            let message = |letter: &char| {
                let body = letter.to_string().repeat(1000);
                format!("From a@b.example Mon Mar  6 09:00:00 2017\nSubject: x\n\n{body}\n\n")
            };
            fs::write(self.path(name), messages.iter().map(message).collect::<String>()).unwrap();
        }

        fn opens(&self, name: &str) -> Kept {
            Kept::of(&Source::open(&self.path(name)).unwrap(), &self.path("data")).unwrap()
        }

        /// Reads a mailbox, and leaves it there.
        fn is_left_at(&self, name: &str, position: Position) {
            let kept = self.opens(name);
            kept.note(Some(position));
            kept.write().unwrap();
        }

        fn files(&self) -> usize {
            fs::read_dir(self.path("data").join(FOLDER)).unwrap().count()
        }
    }

    const SEVEN: [char; 7] = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

    #[test]
    fn a_position_is_found_again() {
        let shelf = Shelf::new();
        shelf.has("a.mbox", &SEVEN);
        assert_eq!(shelf.opens("a.mbox").found(), None);
        shelf.opens("a.mbox").write().unwrap();
        assert_eq!(shelf.opens("a.mbox").found(), None, "nothing was noted");
        shelf.is_left_at("a.mbox", at(3));
        assert_eq!(shelf.opens("a.mbox").found(), Some(at(3)));
        assert_eq!(shelf.files(), 1, "what was written beside it is gone");
    }

    #[test]
    fn a_mailbox_that_has_grown_is_the_same_also_from_next_to_nothing() {
        let shelf = Shelf::new();
        for messages in 1..SEVEN.len() {
            shelf.has("a.mbox", &SEVEN[..messages]);
            shelf.is_left_at("a.mbox", at(messages as u32));
            shelf.has("a.mbox", &SEVEN[..=messages]);
            assert_eq!(shelf.opens("a.mbox").found(), Some(at(messages as u32)), "{messages}");
        }
        assert_eq!(shelf.files(), 1);
    }

    #[test]
    fn mailboxes_that_begin_alike_are_not_the_same() {
        let shelf = Shelf::new();
        shelf.has("a.mbox", &SEVEN);
        shelf.is_left_at("a.mbox", at(3));
        let other = ['a', 'b', 'c', 'd', 'e', 'f', 'x', 'g'];
        shelf.has("b.mbox", &other);
        assert_eq!(shelf.opens("b.mbox").found(), None);
        shelf.is_left_at("b.mbox", at(5));
        assert_eq!(shelf.opens("a.mbox").found(), Some(at(3)));
        assert_eq!(shelf.opens("b.mbox").found(), Some(at(5)));
        shelf.has("a.mbox", &other);
        assert_eq!(shelf.opens("a.mbox").found(), None, "it was written over");
        shelf.has("a.mbox", &SEVEN[..6]);
        assert_eq!(shelf.opens("a.mbox").found(), None, "it was cut");
    }

    #[test]
    fn a_mailbox_that_was_moved_is_the_same_and_a_copy_is_not() {
        let shelf = Shelf::new();
        shelf.has("a.mbox", &SEVEN);
        shelf.is_left_at("a.mbox", at(3));
        fs::copy(shelf.path("a.mbox"), shelf.path("copy.mbox")).unwrap();
        assert_eq!(shelf.opens("copy.mbox").found(), None);
        fs::rename(shelf.path("a.mbox"), shelf.path("moved.mbox")).unwrap();
        shelf.has("moved.mbox", &[&SEVEN[..], &['h']].concat());
        assert_eq!(shelf.opens("moved.mbox").found(), Some(at(3)));
        shelf.is_left_at("moved.mbox", at(4));
        assert_eq!(shelf.files(), 1, "that of the path of before is gone");
        assert_eq!(kept(&shelf.path("data"), Some(&shelf.path("moved.mbox"))).len(), 1);
        assert_eq!(kept(&shelf.path("data"), Some(&shelf.path("a.mbox"))), []);
        assert_eq!(kept(&shelf.path("data"), None).len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn of_a_mailbox_below_a_link_the_position_is_listed_also_when_it_is_gone() {
        let shelf = Shelf::new();
        fs::create_dir(shelf.path("there")).unwrap();
        std::os::unix::fs::symlink(shelf.path("there"), shelf.path("link")).unwrap();
        shelf.has("link/a.mbox", &SEVEN);
        shelf.is_left_at("link/a.mbox", at(3));
        let listed = |name: &str| kept(&shelf.path("data"), Some(&shelf.path(name))).len();
        assert_eq!((listed("link/a.mbox"), listed("there/a.mbox"), listed("link/b.mbox")), (1, 1, 0));
        fs::remove_file(shelf.path("there/a.mbox")).unwrap();
        assert_eq!((listed("link/a.mbox"), listed("there/a.mbox"), listed("link/b.mbox")), (1, 1, 0));
    }

    #[test]
    fn what_is_no_position_is_let_be() {
        let shelf = Shelf::new();
        shelf.has("a.mbox", &SEVEN);
        shelf.is_left_at("a.mbox", at(3));
        let file = shelf.opens("a.mbox").file;
        let text = fs::read_to_string(&file).unwrap();
        for wrong in ["", "like", "like x y z", "\u{0}", "message 4 0\nmailbox /\n"] {
            fs::write(&file, wrong).unwrap();
            assert_eq!(shelf.opens("a.mbox").found(), None, "{wrong:?}");
        }
        fs::write(&file, text).unwrap();
        assert_eq!(shelf.opens("a.mbox").found(), Some(at(3)));
    }

    #[test]
    fn a_file_of_an_older_kind_gives_way() {
        let shelf = Shelf::new();
        shelf.has("a.mbox", &SEVEN);
        shelf.is_left_at("a.mbox", at(3));
        let bytes = fs::read(shelf.path("a.mbox")).unwrap();
        let old = shelf.path("data").join(FOLDER).join(digits(&bytes[..SAMPLE_BYTES], 32));
        fs::rename(shelf.opens("a.mbox").file, &old).unwrap();
        assert_eq!(shelf.opens("a.mbox").found(), None);
        shelf.is_left_at("a.mbox", at(4));
        assert_eq!((shelf.files(), old.exists()), (1, false));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_the_person_alone() {
        use std::os::unix::fs::PermissionsExt;
        let shelf = Shelf::new();
        shelf.has("a.mbox", &SEVEN);
        shelf.is_left_at("a.mbox", at(3));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let file = shelf.opens("a.mbox").file;
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    }
}
