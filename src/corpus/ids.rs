//! Message-IDs as numbers.
//!
//! Ids are compared exactly, byte for byte, by a 64-bit SipHash of them. Its key is drawn at random
//! and kept secret, so nobody can write mail whose ids collide; among a million ids the chance that
//! two collide by themselves is 3 in 100,000,000.

use bytemuck::Pod;
use bytemuck::Zeroable;
use siphasher::sip::SipHasher13;

/// The hash of a Message-ID, or of another program's mark of a conversation. No id's is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct IdHash(u64);

/// The secret under which the ids of one corpus are hashed.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdKey(pub [u64; 2]);

/// Stands for “no id” in a column.
pub(super) const NO_ID: IdHash = IdHash(0);

impl IdKey {
    /// Hashes an id.
    pub fn hash(self, id: &[u8]) -> IdHash {
        let [k0, k1] = self.0;
        IdHash(SipHasher13::new_with_keys(k0, k1).hash(id).max(1))
    }
}

impl IdHash {
    /// Returns it as a number, already well mixed.
    pub fn value(self) -> u64 {
        self.0
    }
}
