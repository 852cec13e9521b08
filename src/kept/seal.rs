//! A kept file: a page that says what it is, the columns, and checksums of all of it.
//!
//! ```text
//! page       4096 bytes: a header with a checksum of the page, then the path of the mailbox
//! columns    in parts, each beginning at a multiple of 8
//! sums       a CRC-32 of each megabyte of the columns; their own checksum stands in the header
//! ```
//!
//! The page is checked when the file is opened, the columns where they are about to be used: so a part
//! that is not needed costs nothing. Numbers stand as the machine has them; a file of another kind of machine
//! is as foreign as one of another version.

use super::fingerprint::Fingerprint;
use crate::source::mapped;
use bytemuck::Pod;
use bytemuck::Zeroable;
use sha2::Digest;
use sha2::Sha256;
use std::fs::File;
use std::io::Read;
use std::io::Seek;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

/// Goes up with every change of what is kept or of how it is laid out, and of what is read out of a message:
/// of headers, threads, haystacks and hits. A file of another version is made afresh.
pub(super) const VERSION: u32 = 4;

pub(super) const PAGE_BYTES: usize = 4096;

/// So much has one checksum.
pub(super) const SUMMED_BYTES: usize = 1 << 20;

/// To read a shorter file costs less than to map it.
const MAPPED_FROM_BYTES: usize = 64 << 10;

/// How many parts a file has room for.
pub(super) const PARTS: usize = 3;

const MAGIC: [u8; 8] = *b"tranche\n";

/// As a machine with the other byte order would not read it.
const ORDER: u32 = 0x0102_0304;

/// Where a part begins and ends, in bytes of the columns.
pub(super) type Part = [u64; 2];

/// What a file begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Header {
    magic: [u8; 8],
    version: u32,
    order: u32,
    /// Of the page, with this as 0.
    page_sum: u32,
    /// Of the checksums.
    sums_sum: u32,
    /// How long the columns are.
    columns: u64,
    pub(super) mailbox: Fingerprint,
    /// What else must be the same for what is kept to hold.
    pub(super) about: [u8; 32],
    pub(super) parts: [Part; PARTS],
    path: u64,
}

/// A file that was opened: its page is right, its columns are not yet looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sealed {
    pub(super) header: Header,
    columns: &'static [u8],
    sums: &'static [u8],
}

impl Header {
    pub(super) fn new(mailbox: Fingerprint, about: [u8; 32], parts: [Part; PARTS], columns: u64) -> Self {
        Self {
            magic: MAGIC,
            version: VERSION,
            order: ORDER,
            page_sum: 0,
            sums_sum: 0,
            columns,
            mailbox,
            about,
            parts,
            path: 0,
        }
    }

    /// Returns the page, which says what these checksums must be.
    pub(super) fn page(mut self, mailbox: &Path, sums: &[u8]) -> Vec<u8> {
        let path = mailbox.as_os_str().as_encoded_bytes();
        let path = path.get(..PAGE_BYTES - size_of::<Self>()).unwrap_or(path);
        self.path = path.len() as u64;
        self.sums_sum = crc32fast::hash(sums);
        let page = |header: Self| {
            let mut page = [bytemuck::bytes_of(&header), path].concat();
            page.resize(PAGE_BYTES, 0);
            page
        };
        self.page_sum = crc32fast::hash(&page(self));
        page(self)
    }

    /// Reads a page, and the path of the mailbox on it; nothing where it is another program's or version's,
    /// or a byte of it is wrong.
    fn read(page: &[u8]) -> Option<(Self, PathBuf)> {
        let (header, rest) = page.split_at_checked(size_of::<Self>())?;
        let header: Self = bytemuck::try_pod_read_unaligned(header).ok()?;
        let summed = Self { page_sum: 0, ..header };
        let page_sum = crc32fast::hash(&[bytemuck::bytes_of(&summed), rest].concat());
        let is_ours = header.magic == MAGIC && header.version == VERSION && header.order == ORDER;
        let path = rest.get(..usize::try_from(header.path).ok()?)?;
        let path = PathBuf::from(String::from_utf8_lossy(path).into_owned());
        (is_ours && header.page_sum == page_sum).then_some((header, path))
    }
}

/// Returns of which mailbox a file is kept, if it is one of ours.
pub(super) fn mailbox_of(file: &Path) -> Option<PathBuf> {
    let mut page = vec![0; PAGE_BYTES];
    File::open(file).ok()?.read_exact(&mut page).ok()?;
    Header::read(&page).map(|(_, mailbox)| mailbox)
}

impl Sealed {
    /// Opens a file; nothing where there is none, or none that is whole.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let mut page = vec![0; PAGE_BYTES];
        file.read_exact(&mut page).ok()?;
        let (header, _) = Header::read(&page)?;
        let columns = usize::try_from(header.columns).ok()?;
        let sums = columns.div_ceil(SUMMED_BYTES).checked_mul(size_of::<u32>())?;
        let length = PAGE_BYTES.checked_add(columns)?.checked_add(sums)?;
        if file.metadata().ok()?.len() != length as u64 {
            return None;
        }
        let (columns, sums) = lasting(file, length)?.get(PAGE_BYTES..length)?.split_at_checked(columns)?;
        (crc32fast::hash(sums) == header.sums_sum).then_some(Self { header, columns, sums })
    }

    /// Returns some neighbouring parts; nothing where a byte of them is wrong.
    pub(super) fn parts(&self, parts: Range<usize>) -> Option<Vec<&'static [u8]>> {
        let parts = self.header.parts.get(parts)?;
        let (&[start, _], &[_, end]) = (parts.first()?, parts.last()?);
        let of =
            |[start, end]: Part| self.columns.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?);
        of([start, end])?;
        let first = start as usize / SUMMED_BYTES;
        let last = (end as usize).div_ceil(SUMMED_BYTES);
        self.is_sound(first..last).then(|| parts.iter().map(|&part| of(part)).collect())?
    }

    /// Returns whether all bytes of some summed blocks are right. Asked on all cores.
    fn is_sound(&self, blocks: Range<usize>) -> bool {
        let next = AtomicUsize::new(blocks.start);
        let is_sound = AtomicBool::new(true);
        let check = || {
            while is_sound.load(Ordering::Relaxed) {
                let block = next.fetch_add(1, Ordering::Relaxed);
                if block >= blocks.end {
                    break;
                }
                is_sound.fetch_and(self.is_block_sound(block), Ordering::Relaxed);
            }
        };
        let workers = thread::available_parallelism().map_or(1, usize::from).min(blocks.len());
        thread::scope(|scope| {
            for _ in 1..workers {
                scope.spawn(check);
            }
            check();
        });
        is_sound.into_inner()
    }

    fn is_block_sound(&self, block: usize) -> bool {
        let Some(sum) = self.sums.chunks_exact(size_of::<u32>()).nth(block) else { return false };
        let Some(bytes) = self.columns.chunks(SUMMED_BYTES).nth(block) else { return false };
        crc32fast::hash(bytes).to_ne_bytes() == sum
    }
}

/// Returns the bytes of a file, aligned, for as long as the program runs.
fn lasting(mut file: File, length: usize) -> Option<&'static [u8]> {
    if length > MAPPED_FROM_BYTES {
        return mapped(&file).ok();
    }
    let aligned: &'static mut [u64] = vec![0; length.div_ceil(size_of::<u64>())].leak();
    let bytes = bytemuck::cast_slice_mut(aligned).get_mut(..length)?;
    file.rewind().ok()?;
    file.read_exact(bytes).ok()?;
    Some(bytes)
}

/// Returns the SHA-256 of some bytes, one piece behind the other.
pub(super) fn digest<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut digest = Sha256::new();
    for piece in pieces {
        digest.update(piece);
    }
    digest.finalize().into()
}
