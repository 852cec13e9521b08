//! The one place of `unsafe`: a file as a slice.
//!
//! **Contract.** Mapping is unsafe because another program can change the file under the slice. What
//! could happen, and what we do about it:
//!
//! - Its bytes change: every reader takes any bytes, so it shows other text, and nothing breaks. No
//!   code relies on a byte being the same when it is read twice.
//! - It is cut short, or the disk fails: reading a page that cannot be had raises SIGBUS. Our handler
//!   maps pages of zeros over it and notes the loss, and the read goes on. Whoever read asks [`Map::loss`]
//!   before they use what came of it, so zeros are never taken for mail.
//! - It grows: the slice keeps the length that the file had when it was mapped.
//!
//! **The handler** runs where a signal interrupted anything. It reads the fixed table of atomics in
//! `regions`, and calls `fstat`, `mmap`, `sigaction` and `raise`: no lock, no allocation, nothing that can
//! panic. (`mmap` is missing from POSIX's list, and is a bare system call on every system there is.) It
//! may change `errno`; it runs only at a read of a map's memory, and nobody reads that between a call that
//! failed and asking why. A fault of ours is at an address within a registered map, which is alive: it is
//! being read. So what the handler maps over belongs to that map alone, and goes with it when the map is
//! taken down. Any other SIGBUS is somebody's bug or somebody's `kill`: the disposition that was there before is
//! put back, and takes it.

#![expect(unsafe_code, reason = "the map crate cannot promise that no other program changes the file")]

use super::fate::Fate;
use super::fate::Seen;
use super::regions;
use super::regions::Region;
use super::regions::Registered;
use crate::bytes::ByteOffset;
use crate::bytes::ByteRange;
use crate::bytes::Loss;
use memmap2::Mmap;
use memmap2::MmapOptions;
use memmap2::UncheckedAdvice;
use std::fs::File;
use std::fs::Metadata;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::AsRawFd;
use std::path::Path;
use std::ptr;
use std::sync::OnceLock;

/// Maps a file for as long as the program runs: one that nobody changes, as it is replaced and never written
/// to. The system takes its pages back when it needs them.
///
/// # Errors
///
/// When the system refuses.
pub fn mapped(file: &File) -> io::Result<&'static [u8]> {
    Ok(Box::leak(Box::new(Map::of(file.try_clone()?)?)).bytes())
}

/// A file, mapped read-only.
///
/// Its place in the table goes first, its memory next, and the file that the handler asks last.
#[derive(Debug)]
pub(super) struct Map {
    registered: Registered,
    map: Mmap,
    file: File,
    seen: Seen,
}

impl Map {
    /// Maps a file that is not empty, as long as it is now.
    pub(super) fn of(file: File) -> io::Result<Self> {
        let about = file.metadata()?;
        let seen = Seen::of(&file, &about)?;
        let length = usize::try_from(about.len()).map_err(io::Error::other)?;
        page_bytes()?;
        install_handler()?;
        // SAFETY: see the contract above; nothing here writes through the map, and no value read from
        // it is taken to be the same at a second read.
        let map = unsafe { MmapOptions::new().len(length).map(&file)? };
        let start = map.as_ptr().addr();
        let registered = Registered::new(&(start..start + map.len()), file.as_raw_fd());
        let registered = registered.ok_or_else(|| io::Error::other("too many mailboxes are open"))?;
        Ok(Self { registered, map, file, seen })
    }

    /// Returns the bytes; zeros where they are lost.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.map
    }

    /// Lets go of the memory that bytes were read into; they come from the file again when they are needed.
    ///
    /// The system takes the longer to take a map down the more of it was read: with gigabytes, longer than a
    /// person waits for the end of a program. The beginning stays, as letting go takes the same time.
    pub(super) fn let_go(&self, range: ByteRange) {
        if range.start() < STAYS_MAPPED_BELOW {
            return;
        }
        let length = usize::try_from(range.len()).unwrap_or(usize::MAX);
        let length = length.min(self.map.len().saturating_sub(range.start().index()));
        if length > 0 {
            // SAFETY: the map is of a file and read-only, so what comes back is what the file has; where the
            // handler has put zeros, it is zeros again.
            let gone = unsafe {
                self.map.unchecked_advise_range(UncheckedAdvice::DontNeed, range.start().index(), length)
            };
            // What the system will not let go of stays until the end.
            drop(gone);
        }
    }

    /// Asks the system about the file as it is now.
    pub(super) fn about(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }

    /// Maps the file anew, as long as it is now.
    pub(super) fn grown(&self) -> io::Result<Self> {
        Self::of(self.file.try_clone()?)
    }

    /// Returns what became of the file, which has this path.
    pub(super) fn fate(&self, path: &Path) -> Fate {
        let loss = self.loss();
        if loss.is_none() { self.seen.fate(path, &self.file) } else { Fate::Lost(loss) }
    }

    /// Returns what is lost of the file since it was mapped.
    ///
    /// The end of the file may lie within a page, and what is behind it there reads as zeros without a
    /// signal: so the system is asked how long the file is, each time.
    pub(super) fn loss(&self) -> Loss {
        let length = self.map.len() as u64;
        if let Some(now) = self.file.metadata().ok().map(|about| about.len()).filter(|&now| now < length) {
            self.registered.note_cut(now);
        }
        let page_bytes = page_bytes().unwrap_or_default() as u64;
        let page = |page: u64| ByteRange::new(ByteOffset(page), ByteOffset(page + page_bytes));
        Loss {
            cut_to: self.registered.cut_to().map(ByteOffset),
            unreadable: self.registered.unreadable().map(page).collect(),
        }
    }
}

/// So much is taken down in less than a tenth of a second (55 ms a gigabyte were measured).
const STAYS_MAPPED_BELOW: ByteOffset = ByteOffset(3 << 29);

/// What became of SIGBUS before us.
static BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

/// How large a page is, once somebody asked.
static PAGE_BYTES: OnceLock<usize> = OnceLock::new();

/// Asks how large a page is, the first time.
fn page_bytes() -> io::Result<usize> {
    if let Some(&known) = PAGE_BYTES.get() {
        return Ok(known);
    }
    // SAFETY: sysconf takes a number and returns one.
    let asked = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    let size = usize::try_from(asked).map_err(|_| io::Error::last_os_error())?;
    Ok(*PAGE_BYTES.get_or_init(|| size))
}

/// Lets SIGBUS come to us, the first time.
fn install_handler() -> io::Result<()> {
    static INSTALLED: OnceLock<Result<(), i32>> = OnceLock::new();
    let installed = INSTALLED.get_or_init(|| install().map_err(|error| error.raw_os_error().unwrap_or(0)));
    installed.map_err(io::Error::from_raw_os_error)
}

fn install() -> io::Result<()> {
    let mut before = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: with no new action, sigaction only writes the one there is to where it is told.
    succeeded(unsafe { libc::sigaction(libc::SIGBUS, ptr::null(), before.as_mut_ptr()) })?;
    // SAFETY: it succeeded, so it has written.
    BEFORE.get_or_init(|| unsafe { before.assume_init() });
    // SAFETY: an action is numbers and pointers, for each of which zero is a value.
    let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
    action.sa_sigaction = on_bus_error as *const () as usize;
    action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
    // SAFETY: the handler has the signature that SA_SIGINFO asks for and keeps to the contract above.
    succeeded(unsafe { libc::sigaction(libc::SIGBUS, &raw const action, ptr::null_mut()) })
}

fn succeeded(returned: i32) -> io::Result<()> {
    if returned == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Puts zeros where a map of ours has lost a page, and leaves any other SIGBUS to who had it before.
extern "C" fn on_bus_error(signal: libc::c_int, about: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // SAFETY: with SA_SIGINFO the kernel hands over what it knows of the signal; a fault has an address.
    let (is_fault, address) = unsafe { ((*about).si_code > 0, (*about).si_addr().addr()) };
    let region = if is_fault { regions::find(address) } else { None };
    if region.is_some_and(|region| put_zeros(region, address)) {
        return;
    }
    let before = BEFORE.get().map_or(ptr::null(), ptr::from_ref);
    // SAFETY: the pointer is null or to an action that lives as long as the program. Where it returns to
    // is the read that failed, which fails again; a signal that was sent is sent once more.
    unsafe {
        libc::sigaction(signal, before, ptr::null_mut());
        if !is_fault {
            libc::raise(signal);
        }
    }
}

/// Maps zeros over the page that holds an address; where the file ends before it, over all from there on,
/// for none of that can be had either. Returns whether that could be done.
fn put_zeros(region: Region, address: usize) -> bool {
    let Some(&page_bytes) = PAGE_BYTES.get() else { return false };
    let offset = (address - region.start) / page_bytes * page_bytes;
    let mut about = MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the file is open as long as its map is registered; fstat writes to where it is told, and has
    // done so when it returns 0.
    let length =
        unsafe { (libc::fstat(region.file, about.as_mut_ptr()) == 0).then(|| about.assume_init().st_size) };
    let cut_to = length.and_then(|length| u64::try_from(length).ok()).filter(|&to| to <= offset as u64);
    let bytes = if cut_to.is_some() { region.length - offset } else { page_bytes };
    let place = ptr::without_provenance_mut(region.start + offset);
    let flags = libc::MAP_PRIVATE | libc::MAP_ANON | libc::MAP_FIXED;
    // Noted before there are zeros: whoever reads them asks afterwards.
    match cut_to {
        Some(to) => region.note_cut(to),
        None => region.note_unreadable(offset as u64),
    }
    // SAFETY: the pages lie within a map of ours that is alive, as it is being read; they are read as
    // bytes, and zeros are bytes.
    let mapped = unsafe { libc::mmap(place, bytes, libc::PROT_READ, flags, -1, 0) };
    mapped != libc::MAP_FAILED
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Seek;
    use std::io::SeekFrom;
    use std::io::Write;
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    /// A file of so many bytes, none of them 0.
    fn file(bytes: usize) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&vec![b'x'; bytes]).unwrap();
        file
    }

    #[track_caller]
    fn check(bytes: usize, cut_to: u64) {
        let file = file(bytes);
        let map = Map::of(file.try_clone().unwrap()).unwrap();
        assert_eq!(map.loss(), Loss::default());
        file.set_len(cut_to).unwrap();
        let read: Vec<u8> = map.bytes().to_vec();
        assert_eq!(map.loss().cut_to, Some(ByteOffset(cut_to)));
        let (kept, gone) = read.split_at(cut_to as usize);
        assert!(kept.iter().all(|&byte| byte == b'x'));
        assert!(gone.iter().all(|&byte| byte == 0));
        file.set_len(bytes as u64).unwrap();
        assert_eq!(map.loss().cut_to, Some(ByteOffset(cut_to)), "what was lost does not come back");
    }

    #[test]
    fn what_was_cut_off_reads_as_zeros_and_is_told() {
        check(100_000, 0);
        check(100_000, 1);
        check(100_000, 4096);
        check(100_000, 65_537);
        check(100_000, 99_999);
    }

    #[test]
    fn what_was_let_go_of_is_read_again() {
        let start = STAYS_MAPPED_BELOW.0;
        let mut file = tempfile::tempfile().unwrap();
        file.seek(SeekFrom::Start(start)).unwrap();
        file.write_all(&[b'x'; 100_000]).unwrap();
        let map = Map::of(file).unwrap();
        let read = map.bytes().get(STAYS_MAPPED_BELOW.index()..).unwrap();
        for (from, to) in [(0, 100_000), (5_000, 70_000), (99_999, 1 << 40), (1 << 40, 1 << 41)] {
            map.let_go(ByteRange::new(ByteOffset(start + from), ByteOffset(start + to)));
            assert!(read.len() == 100_000 && read.iter().all(|&byte| byte == b'x'), "{from}..{to}");
        }
    }

    #[test]
    fn many_read_what_is_cut_at_once() {
        let file = file(1 << 20);
        let map = Map::of(file.try_clone().unwrap()).unwrap();
        file.set_len(10).unwrap();
        let read = || map.bytes().iter().filter(|&&byte| byte == b'x').count();
        let counts: Vec<usize> = std::thread::scope(|scope| {
            let readers: Vec<_> = (0..4).map(|_| scope.spawn(read)).collect();
            readers.into_iter().map(|reader| reader.join().unwrap()).collect()
        });
        assert_eq!(counts, [10; 4]);
    }

    /// Set where the test below runs itself, to do what must end it.
    const DIES: &str = "TRANCHE_TEST_DIES_BY_SIGBUS";

    #[test]
    fn a_fault_that_is_not_ours_ends_the_program() {
        if std::env::var_os(DIES).is_some() {
            let _ours = Map::of(file(1)).unwrap();
            let file = file(1);
            // SAFETY: none; this is the bug that must be seen.
            let foreign = unsafe { Mmap::map(&file).unwrap() };
            file.set_len(0).unwrap();
            println!("{}", foreign[0]);
            return;
        }
        let mut itself = Command::new(std::env::current_exe().unwrap());
        let name = "source::map::tests::a_fault_that_is_not_ours_ends_the_program";
        let ended = itself.args([name, "--exact", "--nocapture"]).env(DIES, "1").output().unwrap();
        assert_eq!(ended.status.signal(), Some(libc::SIGBUS), "{}", String::from_utf8_lossy(&ended.stdout));
    }
}
