//! Columns of numbers, in memory of their own or in a file that is mapped.
//!
//! What is kept from one session to the next is used where it lies: nothing is read in, copied or taken
//! apart. A [`Packer`] writes columns one behind the other; an [`Unpacker`] returns them in the same order,
//! as slices of the bytes that it was given. Which column is which is said by the order alone, so whoever
//! packs and unpacks stands side by side in one file.
//!
//! **Invariant:** unpacking any bytes gives columns or nothing, and never fails in another way. A column
//! that is there may hold any numbers.
//!
//! Not here: files, and noticing that a byte of one is wrong (`kept`).

use bytemuck::Pod;
use std::borrow::Cow;
use std::io;
use std::io::Write;

/// Many values of one kind, one a row.
pub type Column<T> = Cow<'static, [T]>;

/// Every column begins at a multiple of this, so that it is aligned for any number.
pub const ALIGNMENT_BYTES: usize = 8;

/// Writes columns.
pub struct Packer<'a> {
    out: &'a mut dyn Write,
}

/// Returns columns in the order in which they were written.
#[derive(Clone, Copy, Debug)]
pub struct Unpacker {
    rest: &'static [u8],
}

impl<'a> Packer<'a> {
    /// Begins at a place of `out` that is aligned.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out }
    }

    /// Writes a column: how many values, how large each, and the values.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn column<T: Pod>(&mut self, column: &[T]) -> io::Result<()> {
        let bytes: &[u8] = bytemuck::cast_slice(column);
        let head = [column.len() as u64, size_of::<T>() as u64];
        self.out.write_all(bytemuck::cast_slice(&head))?;
        self.out.write_all(bytes)?;
        self.out.write_all(&[0; ALIGNMENT_BYTES][..padding(bytes.len())])
    }

    /// Writes a text.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.column(text.as_bytes())
    }
}

impl Unpacker {
    /// Begins at the start of what was written.
    pub fn new(packed: &'static [u8]) -> Self {
        Self { rest: packed }
    }

    /// Returns the next column; nothing where the bytes end before it, or hold values of another size.
    pub fn column<T: Pod>(&mut self) -> Option<Column<T>> {
        self.slice().map(Cow::Borrowed)
    }

    /// Returns the next text; nothing where it is none.
    pub fn text(&mut self) -> Option<&'static str> {
        std::str::from_utf8(self.slice()?).ok()
    }

    /// Returns the next column, which must have so many values.
    pub fn values<const COUNT: usize>(&mut self) -> Option<[u64; COUNT]> {
        self.slice()?.try_into().ok()
    }

    fn slice<T: Pod>(&mut self) -> Option<&'static [T]> {
        let (head, rest) = self.rest.split_at_checked(2 * size_of::<u64>())?;
        let &[count, size] = bytemuck::try_cast_slice::<u8, u64>(head).ok()? else { return None };
        if size != size_of::<T>() as u64 {
            return None;
        }
        let bytes = usize::try_from(count).ok()?.checked_mul(size_of::<T>())?;
        let (column, rest) = rest.split_at_checked(bytes)?;
        (_, self.rest) = rest.split_at_checked(padding(bytes))?;
        bytemuck::try_cast_slice(column).ok()
    }
}

fn padding(bytes: usize) -> usize {
    bytes.wrapping_neg() % ALIGNMENT_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs into memory that lasts and is aligned.
    fn packed(pack: impl FnOnce(&mut Packer<'_>)) -> &'static [u8] {
        let mut out = Vec::new();
        pack(&mut Packer::new(&mut out));
        let numbers: Vec<u64> =
            out.chunks(8).map(|eight| u64::from_ne_bytes(eight.try_into().unwrap())).collect();
        bytemuck::cast_slice(numbers.leak())
    }

    #[test]
    fn columns_come_back_in_their_order() {
        let bytes = packed(|out| {
            out.column(&[1_u64, 2]).unwrap();
            out.column::<u16>(&[3, 4, 5]).unwrap();
            out.column::<u32>(&[]).unwrap();
            out.text("Mélenchon").unwrap();
            out.column(&[[6_u32, 7]]).unwrap();
        });
        let mut from = Unpacker::new(bytes);
        assert_eq!(from.values(), Some([1, 2]));
        assert_eq!(from.column::<u16>().as_deref(), Some(&[3, 4, 5][..]));
        assert_eq!(from.column::<u32>().as_deref(), Some(&[][..]));
        assert_eq!(from.text(), Some("Mélenchon"));
        assert_eq!(from.column::<[u32; 2]>().as_deref(), Some(&[[6, 7]][..]));
        assert!(from.column::<u8>().is_none());
    }

    #[test]
    fn what_is_no_column_is_none() {
        let bytes = packed(|out| out.column(&[1_u64, 2]).unwrap());
        for cut in 0..bytes.len() {
            assert!(Unpacker::new(&bytes[..cut]).column::<u64>().is_none(), "cut at {cut}");
        }
        assert!(Unpacker::new(bytes).column::<u32>().is_none());
        assert!(Unpacker::new(&bytes[1..]).column::<u64>().is_none());
        assert!(Unpacker::new(packed(|out| out.column(&[u64::MAX; 4]).unwrap())).values::<3>().is_none());
        let endless: &'static [u64] = vec![u64::MAX, 8].leak();
        assert!(Unpacker::new(bytemuck::cast_slice(endless)).column::<u64>().is_none());
    }
}
