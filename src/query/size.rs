//! `size:`: how long a message is in the mailbox, as `length` of `--json` has it.
//!
//! `K`, `M` and `G` count in steps of 1,024, as `ls -h` does; a number alone is in bytes.

use std::fmt;

/// Sizes on one side of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeRange {
    side: Side,
    bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// What is wrong with the value of a `size:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SizeError {
    /// Neither `>` nor `<` stands before it.
    NoSide,
    /// It is not a number with one of the units behind it.
    NoSize,
}

const SIDES: [(&str, Side); 4] =
    [(">=", Side::AtLeast), ("<=", Side::AtMost), (">", Side::Above), ("<", Side::Below)];
const UNITS: [(&str, u64); 4] = [("G", 1 << 30), ("M", 1 << 20), ("K", 1 << 10), ("", 1)];

impl SizeRange {
    /// Reads the value of `size:`, such as `>1M` or `<=20K`.
    pub(super) fn parse(text: &str) -> Result<Self, SizeError> {
        let found = SIDES.iter().find_map(|&(sign, side)| Some((side, text.strip_prefix(sign)?)));
        let (side, amount) = found.ok_or(SizeError::NoSide)?;
        let bytes = bytes_of(amount).ok_or(SizeError::NoSize)?;
        Ok(Self { side, bytes })
    }

    /// Returns whether a message of this length is in it.
    pub fn holds(self, bytes: u64) -> bool {
        match self.side {
            Side::Above => bytes > self.bytes,
            Side::AtLeast => bytes >= self.bytes,
            Side::Below => bytes < self.bytes,
            Side::AtMost => bytes <= self.bytes,
        }
    }
}

fn bytes_of(amount: &str) -> Option<u64> {
    let digits = amount.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = amount.split_at_checked(digits)?;
    let unit = unit.to_ascii_uppercase();
    let unit = unit.strip_suffix("IB").or_else(|| unit.strip_suffix('B')).unwrap_or(&unit);
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(*factor)
}

impl fmt::Display for SizeRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = SIDES.iter().find(|(_, side)| *side == self.side).map_or("", |(sign, _)| sign);
        let divides = |&&(_, factor): &&(&str, u64)| self.bytes > 0 && self.bytes.is_multiple_of(factor);
        let (unit, factor) = UNITS.iter().find(divides).copied().unwrap_or(("", 1));
        write!(out, "size:{sign}{}{unit}", self.bytes / factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(&str, u64), SizeError>) {
        let found = SizeRange::parse(text).map(|size| (size.to_string(), size.bytes));
        assert_eq!(found, expected.map(|(shown, bytes)| (shown.to_owned(), bytes)), "{text}");
    }

    #[test]
    fn sizes_are_read_with_their_units() {
        check(">1M", Ok(("size:>1M", 1 << 20)));
        check("<=20k", Ok(("size:<=20K", 20 << 10)));
        check(">=2GiB", Ok(("size:>=2G", 2 << 30)));
        check("<1024", Ok(("size:<1K", 1024)));
        check(">0", Ok(("size:>0", 0)));
        check("1M", Err(SizeError::NoSide));
        check(">", Err(SizeError::NoSize));
        check(">1T", Err(SizeError::NoSize));
        check(">1.5M", Err(SizeError::NoSize));
        check(">99999999999999999999", Err(SizeError::NoSize));
        check(">999999999999999999G", Err(SizeError::NoSize));
    }

    #[test]
    fn a_bound_is_in_or_out() {
        let holds = |text: &str, bytes| SizeRange::parse(text).is_ok_and(|size| size.holds(bytes));
        assert!(holds(">1K", 1025) && !holds(">1K", 1024) && holds(">=1K", 1024));
        assert!(holds("<1K", 1023) && !holds("<1K", 1024) && holds("<=1K", 1024));
    }
}
