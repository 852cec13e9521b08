//! Writing a kept file: beside its place first, then moved there in one step.
//!
//! **Invariant:** under its name there is the old file or the new one, on the disk as a whole, whenever the
//! program or the machine stops.

use super::folder;
use super::seal::Header;
use super::seal::PAGE_BYTES;
use super::seal::PARTS;
use super::seal::Part;
use super::seal::SUMMED_BYTES;
use super::unfinished;
use super::unfinished::PART;
use super::unfinished::Unfinished;
use crc32fast::Hasher;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::io::BufWriter;
use std::io::Seek;
use std::io::Write;
use std::path::Path;
use std::process;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

/// A file whose columns are being written.
pub(super) struct Sealing<'a> {
    out: BufWriter<File>,
    unfinished: &'a Unfinished,
    written: u64,
    /// Of what was written of the block that is not full.
    sum: Hasher,
    summed: usize,
    sums: Vec<u32>,
}

/// Tells apart the files that one program writes.
static WRITTEN: AtomicU32 = AtomicU32::new(0);

/// Writes a file. `fill` writes its columns and says what its parts are; `header` is made of these and of the
/// length of the columns.
pub(super) fn write(
    file: &Path,
    mailbox: &Path,
    unfinished: &Unfinished,
    fill: impl FnOnce(&mut Sealing<'_>) -> io::Result<[Part; PARTS]>,
    header: impl FnOnce([Part; PARTS], u64) -> Header,
) -> io::Result<()> {
    let within = file.parent().unwrap_or(Path::new("."));
    folder::make(within)?;
    unfinished::sweep(within);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let beside = file.with_extension(format!("{}-{number}.{PART}", process::id()));
    unfinished.begin(&beside);
    let written = create(&beside)
        .and_then(|out| Sealing::new(out, unfinished).fill(mailbox, fill, header))
        .and_then(|()| unfinished.finish(&beside, file));
    if written.is_err() {
        unfinished.remove(&beside);
        return written;
    }
    // The file is in its place; a file system that syncs no folders keeps it all the same.
    let _ = sync_folder(within);
    Ok(())
}

#[cfg(unix)]
fn create(file: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
}

#[cfg(not(unix))]
fn create(file: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(file)
}

/// Makes sure that the new name is on the disk, where the platform can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl<'a> Sealing<'a> {
    fn new(out: File, unfinished: &'a Unfinished) -> Self {
        let out = BufWriter::with_capacity(SUMMED_BYTES / 4, out);
        Self { out, unfinished, written: 0, sum: Hasher::new(), summed: 0, sums: Vec::new() }
    }

    /// Returns how much of the columns has been written.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    fn fill(
        mut self,
        mailbox: &Path,
        fill: impl FnOnce(&mut Self) -> io::Result<[Part; PARTS]>,
        header: impl FnOnce([Part; PARTS], u64) -> Header,
    ) -> io::Result<()> {
        // Its place is kept free: a file that breaks off has no header.
        self.out.write_all(&[0; PAGE_BYTES])?;
        let parts = fill(&mut self)?;
        if self.summed > 0 {
            self.close_block();
        }
        let sums: &[u8] = bytemuck::cast_slice(&self.sums);
        self.out.write_all(sums)?;
        self.out.rewind()?;
        self.out.write_all(&header(parts, self.written).page(mailbox, sums))?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn close_block(&mut self) {
        self.sums.push(std::mem::take(&mut self.sum).finalize());
        self.summed = 0;
    }
}

impl Write for Sealing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.unfinished.is_given_up() {
            return Err(io::Error::other("given up"));
        }
        let bytes = &bytes[..bytes.len().min(SUMMED_BYTES - self.summed)];
        self.out.write_all(bytes)?;
        self.sum.update(bytes);
        self.written += bytes.len() as u64;
        self.summed += bytes.len();
        if self.summed == SUMMED_BYTES {
            self.close_block();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
