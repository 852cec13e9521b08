//! Where the candidates of a watchlist are named, as far as a mailbox has been searched: all of it.

use super::FOUND;
use super::Keep;
use super::seal;
use super::seal::Header;
use super::seal::Sealed;
use super::sealing;
use super::unfinished::Unfinished;
use crate::app::watching::Scanned;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::source::Source;
use crate::watch::Watchlist;
use std::io;
use std::path::PathBuf;

impl Keep {
    /// Looks for what was found in this very mailbox with this very watchlist.
    pub fn found(&self, source: &Source, watchlist: &Watchlist) -> Option<Scanned> {
        let about = digest_of(watchlist);
        let file = Sealed::open(&self.found_file(about))?;
        let is_of_this = file.header.mailbox == self.fingerprint(source) && file.header.about == about;
        let parts = is_of_this.then(|| file.parts(0..1))??;
        Scanned::unpack(&mut Unpacker::new(parts.first()?))
    }

    /// Keeps what was found in the whole mailbox.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn keep_found(
        &self,
        source: &Source,
        watchlist: &Watchlist,
        scanned: &Scanned,
        unfinished: &Unfinished,
    ) -> io::Result<()> {
        let about = digest_of(watchlist);
        let mailbox = self.fingerprint(source);
        sealing::write(
            &self.found_file(about),
            &self.mailbox,
            unfinished,
            |out| {
                scanned.pack(&mut Packer::new(out))?;
                Ok([[0, out.written()], [0, 0], [0, 0]])
            },
            |parts, columns| Header::new(mailbox, about, parts, columns),
        )
    }

    fn found_file(&self, about: [u8; 32]) -> PathBuf {
        let [one, two, three, four, ..] = about;
        self.file(&format!("{one:02x}{two:02x}{three:02x}{four:02x}.{FOUND}"))
    }
}

/// Returns the digest of all that a watchlist says.
fn digest_of(watchlist: &Watchlist) -> [u8; 32] {
    seal::digest([format!("{:?}", watchlist.candidates()).as_bytes()])
}
