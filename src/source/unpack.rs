//! Compressed mailboxes: gzip and Zstandard, known by their first bytes and not by their names.

use std::io;
use std::io::BufReader;
use std::io::Read;

/// How many bytes tell whether a file is packed.
pub(super) const MAGIC_BYTES: usize = 4;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The largest window of Zstandard that is accepted, as a power of two: that of `zstd --long=31`.
const LARGEST_WINDOW_LOG: u32 = 31;

/// Returns whether a file that begins so is packed in a way that [`unpacked`] knows.
pub(super) fn is_packed(start: &[u8]) -> bool {
    start.starts_with(GZIP) || start.starts_with(ZSTD)
}

/// Returns what is packed, unpacked as it is read.
///
/// A gzip file may have several members, one after the other (RFC 1952 §2.2), as `cat` makes them.
pub(super) fn unpacked<'a>(packed: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut packed = BufReader::new(packed);
    if io::BufRead::fill_buf(&mut packed)?.starts_with(GZIP) {
        return Ok(Box::new(flate2::bufread::MultiGzDecoder::new(packed)));
    }
    let mut unpacking = zstd::stream::Decoder::with_buffer(packed)?;
    unpacking.window_log_max(LARGEST_WINDOW_LOG)?;
    Ok(Box::new(unpacking))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packing.write_all(text).unwrap();
        packing.finish().unwrap()
    }

    #[track_caller]
    fn check(packed: &[u8], expected: &[u8]) {
        let mut bytes = Vec::new();
        assert!(is_packed(packed));
        unpacked(packed).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, expected);
    }

    #[test]
    fn every_member_and_frame_is_read() {
        check(&gzip(b"one"), b"one");
        check(&[gzip(b"one "), gzip(b"two")].concat(), b"one two");
        let zstd = |text: &[u8]| zstd::encode_all(text, 0).unwrap();
        check(&[zstd(b"one "), zstd(b"two")].concat(), b"one two");
    }

    #[test]
    fn what_came_before_a_cut_is_known() {
        let whole = gzip(&b"0123456789abcdef".repeat(100_000));
        let mut bytes = Vec::new();
        assert!(unpacked(&whole[..whole.len() / 2]).unwrap().read_to_end(&mut bytes).is_err());
        assert!(!bytes.is_empty());
    }
}
