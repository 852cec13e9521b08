//! What is kept of a mailbox from one session to the next: its index, and where the candidates are named.
//!
//! Both are files of columns that are used where they lie (`seal`), in one folder of the person's own
//! (`folder`), named for the mailbox. They say of which mailbox they are: how long it was, when it was last
//! changed, and what stands in it here and there (`fingerprint`). A mailbox that is longer and otherwise the
//! same has grown; any other difference, and what is kept is not believed.
//!
//! **Invariant:** a kept file is there as a whole or not at all, and one with a wrong byte is as if it were
//! not there. Whatever happens here, the mailbox can be read; it only takes longer.
//!
//! Not here: indexing (`runtime`), and what a person made (marks, tags and notes).

mod fingerprint;
mod folder;
mod found;
mod index;
mod listing;
mod seal;
mod sealing;
mod unfinished;

pub use index::Found;
pub use index::Haystacks;
pub use index::Index;
pub use listing::KeptFile;
pub use listing::kept;
pub use listing::kept_of;
pub use listing::without_links;
pub use unfinished::Unfinished;

use crate::source::Source;
use fingerprint::Fingerprint;
use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Where what is kept of one mailbox lies.
#[derive(Debug)]
pub struct Keep {
    folder: PathBuf,
    /// The path of the mailbox, without links.
    mailbox: PathBuf,
    fingerprint: OnceLock<Fingerprint>,
}

/// What the name of an index ends in.
const INDEX: &str = "index";

/// What the name of a file ends in that says where candidates are named.
const FOUND: &str = "found";

impl Keep {
    /// Keeps what is known of a mailbox below a folder. Of what does not lie in a file as it is read (standard
    /// input, what is packed, the sample) nothing is kept: there is no telling whether it is the same again
    /// before all of it has been read.
    pub fn of(source: &Source, cache: &Path) -> Option<Self> {
        source.stamp()?;
        let mailbox = without_links(source.path()?);
        Some(Self { folder: folder::within(cache), mailbox, fingerprint: OnceLock::new() })
    }

    /// Returns what the mailbox is like, looked at once.
    fn fingerprint(&self, source: &Source) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of(source))
    }

    fn file(&self, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", name_of(&self.mailbox)))
    }
}

/// Returns whether a file is named as only ours are: a person may have named a folder of theirs.
fn is_named_as_ours(file: &Path) -> bool {
    let name = file.file_name().map(OsStr::as_encoded_bytes).unwrap_or_default();
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    name.split_at_checked(NAME_DIGITS)
        .is_some_and(|(digits, rest)| digits.iter().all(is_digit) && rest.first() == Some(&b'.'))
}

/// How many digits a name has before its endings.
const NAME_DIGITS: usize = 16;

/// Returns the name under which what is kept of a mailbox lies: nobody reads off it which one that is.
fn name_of(mailbox: &Path) -> String {
    let digest = seal::digest([OsStr::as_encoded_bytes(mailbox.as_os_str())]);
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
