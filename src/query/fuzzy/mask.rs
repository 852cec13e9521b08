//! Which letters a row has, in 64 bits.

/// Returns the bytes of a folded text as a set: one bit for each of the 26 letters and 10 digits, twelve
/// for the rest of ASCII, sixteen for all else. A text that holds another has all of its bits.
pub fn mask_of(folded: &[u8]) -> u64 {
    folded.iter().fold(0, |mask, &byte| mask | bit(byte))
}

/// Returns whether the byte has a bit of its own, so that the mask alone says that a row has it.
pub fn is_exact(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

/// Returns whether a text with these letters is ASCII.
pub fn is_ascii(mask: u64) -> bool {
    mask >> FIRST_BEYOND_ASCII == 0
}

/// The first bit of the bytes beyond ASCII.
const FIRST_BEYOND_ASCII: u32 = 48;

const BITS: [u64; 256] = {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let place = match byte as u8 {
            letter @ b'a'..=b'z' => letter - b'a',
            digit @ b'0'..=b'9' => 26 + digit - b'0',
            other @ 0..=127 => 36 + other % 12,
            other => FIRST_BEYOND_ASCII as u8 + other % 16,
        };
        bits[byte] = 1 << place;
        byte += 1;
    }
    bits
};

fn bit(byte: u8) -> u64 {
    BITS[byte as usize]
}
