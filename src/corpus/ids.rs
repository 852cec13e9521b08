//! Message-IDs as numbers.
//!
//! Ids are compared exactly, byte for byte, by a 64-bit SipHash of them. Its key is drawn at random
//! and kept secret, so nobody can write mail whose ids collide; among a million ids the chance that
//! two collide by themselves is 3 in 100,000,000.

use siphasher::sip::SipHasher13;
use std::num::NonZeroU64;

/// The hash of a Message-ID, or of another program's mark of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdHash(NonZeroU64);

/// The secret under which the ids of one corpus are hashed.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdKey(pub [u64; 2]);

impl IdKey {
    /// Hashes an id.
    pub fn hash(self, id: &[u8]) -> IdHash {
        let [k0, k1] = self.0;
        IdHash(NonZeroU64::new(SipHasher13::new_with_keys(k0, k1).hash(id)).unwrap_or(NonZeroU64::MIN))
    }
}

impl IdHash {
    /// Returns it as a number, already well mixed.
    pub fn value(self) -> u64 {
        self.0.get()
    }
}
