//! Which stretches of memory are maps of ours, and what of them was lost: a table that a signal handler
//! can read and write.
//!
//! It is fixed, and made of atomics: nothing in it locks, allocates or fails, so it may be used where a
//! signal interrupted anything (signal-safety(7)).
//!
//! **Invariant:** a slot is changed by whoever has [`Registered`] it, and is not given to anyone else
//! while that lives. `changes` is odd while it is changed: who finds it odd, or another one after reading
//! than before, has read a slot that is not that of a living map, and passes over it.
//!
//! Not here: what the handler does about a page that is gone (see `map`).

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicI32;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::atomic::fence;

/// How many maps there may be at once: one a mailbox, and those of before it grew until nobody reads
/// them any more.
const SLOTS: usize = 128;

/// How many pages are remembered one by one of those that the disk does not give.
const UNREADABLE_PAGES: usize = 16;

/// Stands for “not cut”, and for “no page”.
const NONE: u64 = u64::MAX;

static REGIONS: [Slot; SLOTS] = [const { Slot::free() }; SLOTS];

struct Slot {
    is_taken: AtomicBool,
    changes: AtomicU32,
    start: AtomicUsize,
    length: AtomicUsize,
    file: AtomicI32,
    /// How long the file was when a page behind its end was read.
    cut_to: AtomicU64,
    /// Offsets in the file of pages within it that could not be read.
    unreadable: [AtomicU64; UNREADABLE_PAGES],
}

/// A map that is in the table; dropping it takes it out.
#[derive(Debug)]
pub(super) struct Registered {
    slot: usize,
}

/// A map that holds an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    slot: usize,
    /// Where it begins in memory.
    pub start: usize,
    /// How many bytes it has.
    pub length: usize,
    /// The open file.
    pub file: i32,
}

impl Slot {
    const fn free() -> Self {
        Self {
            is_taken: AtomicBool::new(false),
            changes: AtomicU32::new(0),
            start: AtomicUsize::new(0),
            length: AtomicUsize::new(0),
            file: AtomicI32::new(-1),
            cut_to: AtomicU64::new(NONE),
            unreadable: [const { AtomicU64::new(NONE) }; UNREADABLE_PAGES],
        }
    }

    fn change(&self, addresses: &Range<usize>, file: i32) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        fence(Ordering::Release);
        self.start.store(addresses.start, Ordering::Relaxed);
        self.length.store(addresses.len(), Ordering::Relaxed);
        self.file.store(file, Ordering::Relaxed);
        self.cut_to.store(NONE, Ordering::Relaxed);
        for page in &self.unreadable {
            page.store(NONE, Ordering::Relaxed);
        }
        self.changes.fetch_add(1, Ordering::Release);
    }

    fn read(&self, slot: usize) -> Option<Region> {
        let before = self.changes.load(Ordering::Acquire);
        let region = Region {
            slot,
            start: self.start.load(Ordering::Relaxed),
            length: self.length.load(Ordering::Relaxed),
            file: self.file.load(Ordering::Relaxed),
        };
        fence(Ordering::Acquire);
        let after = self.changes.load(Ordering::Relaxed);
        (before == after && before.is_multiple_of(2)).then_some(region)
    }
}

/// Returns the map that holds an address, if it is one of ours.
pub(super) fn find(address: usize) -> Option<Region> {
    let regions = REGIONS.iter().enumerate().filter_map(|(place, slot)| slot.read(place));
    regions.into_iter().find(|region| (region.start..region.start + region.length).contains(&address))
}

impl Region {
    /// Notes that the file was only so long when a page behind its end was read.
    pub(super) fn note_cut(self, to: u64) {
        REGIONS[self.slot].cut_to.fetch_min(to, Ordering::AcqRel);
    }

    /// Notes that the page at this offset of the file could not be read. Where there are more of them than
    /// are remembered one by one, all from the first on counts as gone.
    pub(super) fn note_unreadable(self, page: u64) {
        let slot = &REGIONS[self.slot];
        let is_noted = slot.unreadable.iter().any(|noted| {
            let taken = noted.compare_exchange(NONE, page, Ordering::AcqRel, Ordering::Acquire);
            taken.is_ok() || taken == Err(page)
        });
        if !is_noted {
            let first = slot.unreadable.iter().map(|noted| noted.load(Ordering::Acquire)).min();
            self.note_cut(first.unwrap_or(page).min(page));
        }
    }
}

impl Registered {
    /// Puts a map into the table, unless that is full.
    pub(super) fn new(addresses: &Range<usize>, file: i32) -> Option<Self> {
        let is_free = |slot: &Slot| !slot.is_taken.swap(true, Ordering::AcqRel);
        let slot = REGIONS.iter().position(is_free)?;
        REGIONS[slot].change(addresses, file);
        Some(Self { slot })
    }

    /// Notes that the file is shorter than the map.
    pub(super) fn note_cut(&self, to: u64) {
        REGIONS[self.slot].cut_to.fetch_min(to, Ordering::AcqRel);
    }

    /// Returns how long the file was when it was shortest, where it was shorter than the map.
    pub(super) fn cut_to(&self) -> Option<u64> {
        Some(REGIONS[self.slot].cut_to.load(Ordering::Acquire)).filter(|&to| to != NONE)
    }

    /// Returns the offsets in the file of the pages that could not be read.
    pub(super) fn unreadable(&self) -> impl Iterator<Item = u64> {
        let pages = REGIONS[self.slot].unreadable.iter().map(|page| page.load(Ordering::Acquire));
        pages.filter(|&page| page != NONE)
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let slot = &REGIONS[self.slot];
        slot.change(&(0..0), -1);
        slot.is_taken.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address that no map has.
    const NOWHERE: usize = 8;

    #[test]
    fn a_map_is_found_while_it_is_registered() {
        let registered = Registered::new(&(NOWHERE..NOWHERE + 4), 7).unwrap();
        let region = find(NOWHERE + 3).unwrap();
        assert_eq!((region.start, region.length, region.file), (NOWHERE, 4, 7));
        assert!(find(NOWHERE - 1).is_none() && find(NOWHERE + 4).is_none());
        assert_eq!((registered.cut_to(), registered.unreadable().count()), (None, 0));
        region.note_cut(9);
        region.note_cut(12);
        region.note_unreadable(4096);
        region.note_unreadable(4096);
        assert_eq!((registered.cut_to(), registered.unreadable().collect()), (Some(9), vec![4096]));
        drop(registered);
        assert!(find(NOWHERE + 3).is_none());
    }

    #[test]
    fn more_unreadable_pages_than_are_remembered_are_a_cut() {
        let registered = Registered::new(&(NOWHERE + 100..NOWHERE + 200), 7).unwrap();
        for page in 1..=UNREADABLE_PAGES as u64 {
            find(NOWHERE + 100).unwrap().note_unreadable(page * 10);
        }
        assert_eq!(registered.cut_to(), None);
        find(NOWHERE + 100).unwrap().note_unreadable(5000);
        assert_eq!(registered.cut_to(), Some(10));
    }
}
