//! Whether a mailbox is the one of which something was kept.
//!
//! Asking every byte would take as long as indexing. A mailbox is the same where its length and the times
//! that the system keeps for it are the same, and some blocks of it. One that grew has other times: it is
//! taken for the same, with more behind it, where the blocks are the same up to the old length.

use super::seal;
use crate::source::Source;
use crate::source::Stamp;
use bytemuck::Pod;
use bytemuck::Zeroable;

/// What a mailbox is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Fingerprint {
    pub(super) length: u64,
    /// Seconds and nanoseconds of the last change of the bytes, and of anything about the file.
    modified: [i64; 2],
    changed: [i64; 2],
    /// The digest of some blocks.
    blocks: [u8; 32],
}

/// What became of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    Grown,
    Changed,
}

/// At the start and the end, where programs change a mailbox most.
const EDGE_BYTES: usize = 64 << 10;

/// So many blocks between them, each a page: a thousandth of a second, whatever the size.
const BLOCKS: usize = 64;
const BLOCK_BYTES: usize = 4 << 10;

impl Fingerprint {
    pub(super) fn of(source: &Source) -> Self {
        let Stamp { modified, changed } = source.stamp().unwrap_or_default();
        let bytes = source.bytes();
        Self { length: bytes.len() as u64, modified, changed, blocks: digest_of_blocks(bytes) }
    }

    /// Says what became of the mailbox that was like this.
    pub(super) fn likeness(&self, now: &Self, bytes: &[u8]) -> Likeness {
        if self == now {
            return Likeness::Same;
        }
        let start = usize::try_from(self.length).ok().and_then(|length| bytes.get(..length));
        let is_start = start.is_some_and(|start| digest_of_blocks(start) == self.blocks);
        if now.length > self.length && is_start { Likeness::Grown } else { Likeness::Changed }
    }
}

fn digest_of_blocks(bytes: &[u8]) -> [u8; 32] {
    let step = bytes.len() / BLOCKS;
    let block = |place: usize, length: usize| {
        let start = place.min(bytes.len());
        bytes.get(start..bytes.len().min(start + length)).unwrap_or_default()
    };
    let edges = [block(0, EDGE_BYTES), block(bytes.len().saturating_sub(EDGE_BYTES), EDGE_BYTES)];
    seal::digest(edges.into_iter().chain((0..BLOCKS).map(|place| block(place * step, BLOCK_BYTES))))
}
