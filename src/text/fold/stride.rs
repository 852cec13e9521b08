//! Eight bytes at a time: which of them fold by themselves, and to what.
//!
//! Each byte is looked at within one number, its highest bit the answer. Compilers do not find this out
//! of a loop over bytes, and it is what makes folding several times faster.

/// How many bytes are folded in one step.
pub const STRIDE: usize = 8;

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// Bytes of a text, looked at.
#[derive(Clone, Copy, Debug)]
pub struct Stride {
    bytes: u64,
    /// Bytes that fold to a blank; what it says of a byte that is not ASCII means nothing.
    blank: u64,
    /// Bytes that do not fold by themselves: what is not ASCII, and a blank before more to be joined.
    hard: u64,
}

impl Stride {
    /// Looks at bytes; with `NAMES`, as at what may stand between the words of a name.
    pub fn new<const NAMES: bool>(bytes: [u8; STRIDE]) -> Self {
        let bytes = u64::from_le_bytes(bytes);
        let wide = bytes & HIGH;
        let mut blank = is(bytes, b' ') | is_between(bytes, b'\t', b'\r');
        let (mut joined, mut hard) = (wide, wide);
        if NAMES {
            blank |= is(bytes, b'-');
            let soft = is(bytes, b'=');
            joined |= is(bytes, b'>') | soft;
            hard |= soft;
        }
        hard |= blank & ((blank | joined) >> 8);
        Self { bytes, blank, hard }
    }

    /// Returns how many bytes stand before the first hard one.
    pub fn easy(self) -> usize {
        (self.hard.trailing_zeros() / 8) as usize
    }

    /// Returns whether the last byte is a blank.
    pub fn ends_in_blank(self) -> bool {
        self.blank >> 63 == 1
    }

    /// Returns the bytes, folded; from the first hard one on they mean nothing.
    pub fn folded(self) -> [u8; STRIDE] {
        let small = self.bytes | (is_between(self.bytes, b'A', b'Z') >> 2);
        let blank = (self.blank >> 7) * 0xFF;
        ((small & !blank) | (blank & (EACH * u64::from(b' ')))).to_le_bytes()
    }
}

/// Returns the highest bit of each byte that is `wanted`.
fn is(bytes: u64, wanted: u8) -> u64 {
    is_between(bytes, wanted, wanted)
}

/// Returns the highest bit of each byte from `first` to `last`, as far as bytes are ASCII.
fn is_between(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & !HIGH;
    let reaches = |least: u8| low + EACH * u64::from(0x80 - least);
    reaches(first) & !reaches(last + 1) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8; STRIDE], folded: &str) {
        let stride = Stride::new::<true>(*bytes);
        assert_eq!(stride.folded().get(..stride.easy()), Some(folded.as_bytes()));
    }

    #[test]
    fn bytes_fold_up_to_the_first_hard_one() {
        check(b"AZaz@[`{", "azaz@[`{");
        check(b"a\tb\r-c\0~", "a b");
        check(b"a\tb-c>\0~", "a b c>\0~");
        check(b"ab\xC3\xA9    ", "ab");
        check(b"a \xC2\xA0bc=d", "a");
        check(b"a >bcdef", "a");
        check(b"ab=cdefg", "ab");
        check(b"abcdefg ", "abcdefg ");
        check(b"\x08\x0E\x1F!~\x7F./", "\x08\x0E\x1F!~\x7F./");
    }
}
