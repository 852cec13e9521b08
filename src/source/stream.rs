//! Reading what cannot be mapped into memory: a pipe, a device, a packed file.
//!
//! None of them says how long it is, and some never end. So what begins without mail is given up early,
//! and nothing is read that would take most of the machine's memory.

use super::OpenError;
use super::kind;
use super::unpack;
use std::io;
use std::io::Read;
use std::path::Path;

/// How much is read at a time, and told.
const PIECE_BYTES: u64 = 1 << 20;

/// A mailbox may begin with something else, but not with more than this.
const BEGINS_WITHIN_BYTES: u64 = 64 << 20;

/// Reads to the end, unpacking what is packed, and tells how many bytes there are so far.
pub(super) fn read_in(from: impl Read, path: &Path, tell: &mut dyn FnMut(u64)) -> Result<Vec<u8>, OpenError> {
    read_up_to(room(), from, path, tell)
}

fn read_up_to(
    room: u64,
    mut from: impl Read,
    path: &Path,
    tell: &mut dyn FnMut(u64),
) -> Result<Vec<u8>, OpenError> {
    let failed = |source| OpenError::of_io(path, source);
    let mut start = Vec::new();
    from.by_ref().take(unpack::MAGIC_BYTES as u64).read_to_end(&mut start).map_err(failed)?;
    let is_packed = unpack::is_packed(&start);
    let all = io::Cursor::new(start).chain(from);
    let mut bytes = Vec::new();
    let failed = |source, after| {
        if is_packed { OpenError::Unpack { path: path.to_owned(), after, source } } else { failed(source) }
    };
    let mut all: Box<dyn Read> =
        if is_packed { unpack::unpacked(all).map_err(|error| failed(error, 0))? } else { Box::new(all) };
    let mut is_mail = false;
    loop {
        let read = all.by_ref().take(PIECE_BYTES).read_to_end(&mut bytes);
        let read = read.map_err(|error| failed(error, bytes.len()))?;
        let length = bytes.len() as u64;
        if read == 0 {
            return Ok(bytes);
        }
        if length > room {
            return Err(OpenError::TooLong { path: path.to_owned(), room });
        }
        if !is_mail && length >= BEGINS_WITHIN_BYTES {
            kind::expect_mail(&bytes).map_err(|kind| OpenError::no_mail(path, kind))?;
            is_mail = true;
        }
        tell(length);
    }
}

/// Returns how many bytes may be read into memory: most of it, where the system says how much there is.
fn room() -> u64 {
    #[cfg(target_os = "linux")]
    {
        let about = rustix::system::sysinfo();
        let memory = u64::from(about.mem_unit).saturating_mul(about.totalram as u64);
        memory / 4 * 3
    }
    #[cfg(not(target_os = "linux"))]
    u64::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(room: u64, from: impl Read) -> (Result<Vec<u8>, String>, u64) {
        let mut told = 0;
        let read = read_up_to(room, from, Path::new("it"), &mut |bytes| told = bytes);
        (read.map_err(|error| error.to_string()), told)
    }

    #[test]
    fn what_has_an_end_is_read_to_it() {
        let bytes = vec![b'x'; 3 << 20];
        assert_eq!(read(u64::MAX, bytes.as_slice()), (Ok(bytes.clone()), 3 << 20));
        assert_eq!(read(u64::MAX, io::empty()), (Ok(Vec::new()), 0));
    }

    #[test]
    fn what_has_no_end_is_given_up() {
        let (zeros, told) = read(u64::MAX, io::repeat(0));
        assert_eq!(zeros, Err("cannot open it: it is not an mbox file".to_owned()));
        assert!(told < BEGINS_WITHIN_BYTES);
        let mail = io::Cursor::new(b"Subject: x\n\n").chain(io::repeat(b'x'));
        let (mail, _) = read(BEGINS_WITHIN_BYTES * 2, mail);
        assert_eq!(mail, Err("cannot read it into memory: it is longer than 134217728 bytes".to_owned()));
    }
}
