//! What is kept is what would be made afresh, or nothing.

use super::*;
use crate::app::watching::Scanned;
use crate::columns::Packer;
use crate::columns::Unpacker;
use crate::corpus::Corpus;
use crate::corpus::IdKey;
use crate::corpus::MessageNo;
use crate::corpus::Segment;
use crate::mbox;
use crate::query::BLOCK_MESSAGES;
use crate::query::Block;
use crate::query::NoFacts;
use crate::query::Query;
use crate::query::Search;
use crate::query::blocks;
use crate::threads::Forest;
use crate::watch::Scanner;
use crate::watch::Scratch;
use crate::watch::Watchlist;
use proptest::prelude::*;
use std::fs;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;
use std::time::SystemTime;
use tempfile::TempDir;

const ONE: &str = "From a@b.example Mon Mar  6 09:00:00 2017\nFrom: Anna Roux <anna@desk.example>\n\
    Subject: Macron\nMessage-ID: <1@desk.example>\nDate: Mon, 6 Mar 2017 09:00:00 +0100\n\nHello.\n\n";
const TWO: &str = "From a@b.example Mon Mar  6 09:30:00 2017\nTo: \"Zoé\" <zoe@desk.example>\n\
    Subject: Re: Macron\nReferences: <0@desk.example> <1@desk.example>\n\nFillon.\n\n";

/// A mailbox in a folder that goes away, and where what is known of it is kept.
struct Shelf {
    folder: TempDir,
}

impl Shelf {
    fn with(mailbox: &str) -> Self {
        let shelf = Self { folder: tempfile::tempdir().unwrap() };
        shelf.write(mailbox);
        shelf
    }

    fn mailbox(&self) -> PathBuf {
        self.folder.path().join("leak.mbox")
    }

    /// Writes the mailbox at a time that no earlier one was written at.
    fn write(&self, mailbox: &str) {
        let before = fs::metadata(self.mailbox()).and_then(|about| about.modified());
        fs::write(self.mailbox(), mailbox).unwrap();
        let at = before.unwrap_or(SystemTime::UNIX_EPOCH) + Duration::from_secs(100);
        File::options().write(true).open(self.mailbox()).unwrap().set_modified(at).unwrap();
    }

    fn open(&self) -> (Source, Keep) {
        let source = Source::open(&self.mailbox()).unwrap();
        let keep = Keep::of(&source, &self.folder.path().join("cache")).unwrap();
        (source, keep)
    }

    /// Keeps an index, and returns its file and what is kept.
    fn keep(&self) -> (PathBuf, String) {
        let (source, keep) = self.open();
        let (corpus, forest) = read(source.bytes());
        keep.keep_index(&source, &corpus, &forest, &Unfinished::default()).unwrap();
        (keep.file(INDEX), described(&corpus, &forest, &all_blocks(&corpus)))
    }

    fn found(&self) -> Found {
        let (source, keep) = self.open();
        keep.index(&source)
    }
}

fn read(mailbox: &[u8]) -> (Corpus, Forest) {
    let split = mbox::split(mailbox);
    let segments = split.messages.chunks(2).map(|slots| Segment::of_slots(mailbox, slots, IdKey([7, 9])));
    let corpus = Corpus::with_key(IdKey([7, 9])).behind(split.preamble).grown(segments.map(Arc::new));
    let forest = Forest::of(&corpus);
    (corpus, forest)
}

fn all_blocks(corpus: &Corpus) -> Vec<Block> {
    blocks(corpus, MessageNo(0)..MessageNo(corpus.len() as u32))
}

/// Writes down all that is kept.
fn described(corpus: &Corpus, forest: &Forest, blocks: &[Block]) -> String {
    let mut all = format!("{:?} {:?}\n", corpus.key(), corpus.preamble());
    for kept in corpus.iter() {
        let number = kept.number();
        let people: Vec<_> = kept.people().collect();
        let haystack = blocks.iter().find_map(|block| block.haystack(number));
        all += &format!(
            "{number} {:?} {:?} {:?} {:?} {people:?} {:?} {:?} {:?} {:?} {:?} {haystack:?}\n",
            kept.range(),
            kept.date(),
            kept.subject(),
            kept.anomalies(),
            kept.id(),
            kept.references(),
            kept.thread_mark(),
            forest.answered(number),
            forest.anomalies(number),
        );
    }
    for &root in forest.roots() {
        let missing: Vec<_> = forest.missing(root).collect();
        all +=
            &format!("{:?} {missing:?} {:?}\n", forest.thread(root), forest.walk(root).collect::<Vec<_>>());
    }
    all
}

#[track_caller]
fn described_index(found: Found) -> String {
    let Found::Same(index) = found else { panic!("{found:?}") };
    described(&index.corpus, &index.forest, &index.haystacks.blocks())
}

/// Every mailbox of `sample-mbox`.
fn samples() -> Vec<PathBuf> {
    let mut samples: Vec<PathBuf> =
        fs::read_dir("sample-mbox").unwrap().map(|file| file.unwrap().path()).collect();
    samples.retain(|path| path.extension().is_some_and(|ending| ending == "mbox"));
    samples.sort();
    samples
}

#[test]
fn what_is_kept_is_what_would_be_made_afresh() {
    for sample in samples() {
        let bytes = fs::read(&sample).unwrap();
        let shelf = Shelf::with("From a@b.example Mon Mar  6 09:00:00 2017\nX: y\n\n");
        fs::write(shelf.mailbox(), bytes).unwrap();
        if Source::open(&shelf.mailbox()).is_ok() {
            let (_, fresh) = shelf.keep();
            assert_eq!(described_index(shelf.found()), fresh, "{}", sample.display());
        }
    }
}

#[test]
fn a_wrong_byte_is_noticed_wherever_it_stands() {
    let shelf = Shelf::with(&[ONE, TWO].concat());
    let (file, fresh) = shelf.keep();
    let right = fs::read(&file).unwrap();
    for place in 0..right.len() {
        let mut wrong = right.clone();
        wrong[place] ^= 0x41;
        fs::write(&file, &wrong).unwrap();
        match shelf.found() {
            Found::Nothing => {}
            Found::Same(index) => {
                // Haystacks are looked at when they are needed; then they are not used.
                let (corpus, forest) = (index.corpus.clone(), index.forest.clone());
                let used = index.haystacks.blocks();
                assert!(used.is_empty() && !file.exists(), "byte {place} of {}", right.len());
                assert_eq!(described(&corpus, &forest, &all_blocks(&corpus)), fresh);
            }
            found => panic!("byte {place}: {found:?}"),
        }
    }
    fs::write(&file, &right).unwrap();
    assert_eq!(described_index(shelf.found()), fresh);
}

#[test]
fn what_is_cut_or_longer_is_not_used() {
    let shelf = Shelf::with(&[ONE, TWO].concat());
    let (file, _) = shelf.keep();
    let right = fs::read(&file).unwrap();
    for length in 0..right.len() {
        fs::write(&file, &right[..length]).unwrap();
        assert!(matches!(shelf.found(), Found::Nothing), "cut at {length}");
    }
    fs::write(&file, [&right[..], b"x"].concat()).unwrap();
    assert!(matches!(shelf.found(), Found::Nothing));
}

#[test]
fn another_version_is_not_used() {
    let shelf = Shelf::with(ONE);
    let (file, _) = shelf.keep();
    let mut other = fs::read(&file).unwrap();
    // The version stands behind the magic, the checksum of the page behind the byte order.
    other[8] ^= 1;
    other[16..20].fill(0);
    let sum = crc32fast::hash(&other[..seal::PAGE_BYTES]).to_ne_bytes();
    other[16..20].copy_from_slice(&sum);
    fs::write(&file, other).unwrap();
    assert!(matches!(shelf.found(), Found::Nothing));
    assert_eq!(kept_of(&shelf.folder.path().join("cache"), &shelf.mailbox()).len(), 1);
}

#[test]
fn a_mailbox_is_the_same_or_grown_or_changed() {
    let both = [ONE, TWO].concat();
    let shelf = Shelf::with(&both);
    shelf.keep();
    assert!(matches!(shelf.found(), Found::Same(_)));
    shelf.write(&[&both, TWO].concat());
    let Found::Grown(index) = shelf.found() else { panic!("it has grown") };
    assert_eq!((index.corpus.len(), index.bytes), (2, both.len() as u64));
    assert_eq!(index.haystacks.blocks().len(), 0, "the one block holds the last message");
    for other in [
        // The same once more, but written at another time: nobody knows what was changed.
        both.clone(),
        both.replace("Hello", "Hallo"),
        [&both.replace("Hello", "Hallo"), TWO].concat(),
        [&both, TWO].concat().replacen("Hello.", "Hello", 1),
        [TWO, ONE].concat(),
        both[..both.len() - 9].to_owned(),
        both.trim_start_matches("From ").to_owned() + TWO,
    ] {
        shelf.write(&other);
        assert!(matches!(shelf.found(), Found::Changed), "{other}");
    }
}

#[test]
fn the_blocks_before_the_last_message_of_a_grown_mailbox_are_used() {
    let mailbox = ONE.repeat(BLOCK_MESSAGES + 1000);
    let shelf = Shelf::with(&mailbox);
    shelf.keep();
    shelf.write(&(mailbox + TWO));
    let Found::Grown(index) = shelf.found() else { panic!("it has grown") };
    let blocks = index.haystacks.blocks();
    assert_eq!(blocks.last().map(|last| last.numbers().end), Some(MessageNo(BLOCK_MESSAGES as u32)));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = Shelf::with(ONE);
    let (file, _) = shelf.keep();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = file.parent().unwrap();
    assert_eq!((mode(&file), mode(folder), mode(folder.parent().unwrap())), (0o600, 0o700, 0o700));
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    shelf.keep();
    assert_eq!(mode(folder), 0o700);
}

#[test]
fn what_was_not_finished_is_no_index_and_goes_away() {
    let shelf = Shelf::with(ONE);
    let (source, keep) = shelf.open();
    let (corpus, forest) = read(source.bytes());
    let unfinished = Unfinished::default();
    unfinished.give_up();
    assert!(keep.keep_index(&source, &corpus, &forest, &unfinished).is_err());
    let folder = keep.file(INDEX).parent().unwrap().to_owned();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    // As a program leaves it that was killed.
    let (old, new) = (folder.join("0123456789abcdef.1-0.part"), folder.join("fedcba9876543210.2-0.part"));
    let somebody_elses = folder.join("thesis.part");
    for file in [&old, &new, &somebody_elses] {
        fs::write(file, "half").unwrap();
    }
    for file in [&old, &somebody_elses] {
        File::options().write(true).open(file).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    }
    assert!(matches!(shelf.found(), Found::Nothing));
    assert_eq!(kept(&shelf.folder.path().join("cache")).len(), 2);
    shelf.keep();
    assert!(!old.exists() && new.exists() && somebody_elses.exists());
    assert!(matches!(shelf.found(), Found::Same(_)));
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_and_no_more() {
    let shelf = Shelf::with(ONE);
    fs::write(shelf.folder.path().join("cache"), "in the way").unwrap();
    let (source, keep) = shelf.open();
    let (corpus, forest) = read(source.bytes());
    assert!(keep.keep_index(&source, &corpus, &forest, &Unfinished::default()).is_err());
    assert!(matches!(keep.index(&source), Found::Nothing));
}

#[test]
fn where_candidates_are_named_is_kept_for_its_watchlist_alone() {
    let shelf = Shelf::with(&[ONE, TWO].concat());
    let (source, keep) = shelf.open();
    let (corpus, _) = read(source.bytes());
    let five = Watchlist::built_in();
    let mut scanned = Scanned::new(5);
    scanned.begin(MessageNo(0));
    for kept in corpus.iter() {
        let bytes = source.message(kept.range());
        scanned.search(kept, bytes, &Scanner::new(&five), &mut Scratch::default());
    }
    keep.keep_found(&source, &five, &scanned, &Unfinished::default()).unwrap();
    assert_eq!(keep.found(&source, &five), Some(scanned));
    assert_eq!(keep.found(&source, &Watchlist::default()), None);
    shelf.write(&[ONE, TWO, TWO].concat());
    let (source, keep) = shelf.open();
    assert_eq!(keep.found(&source, &five), None);
}

#[test]
fn what_is_not_a_file_as_it_is_read_is_not_kept() {
    assert!(Keep::of(&Source::sample(), Path::new("/nowhere")).is_none());
}

/// Samples in which there is much to be read.
const READ: [&str; 14] = [
    "election-desk",
    "charsets",
    "encoded-words",
    "odd-dates",
    "groups-and-comments",
    "raw-8-bit-headers",
    "no-from",
    "several-from",
    "gmail-thread-id",
    "outlook-thread-index",
    "missing-parents",
    "loop-in-references",
    "repeated-id",
    "subject-join",
];

/// What is read out of these samples, as a digest.
///
/// An index that was kept is believed by whoever has the same [`seal::VERSION`]. So where this test fails
/// because more or something else is read out of a message now, count that up and note the digest here.
#[test]
fn whoever_reads_something_else_out_of_a_message_counts_the_version_up() {
    let mut all = String::new();
    for sample in READ {
        let bytes = fs::read(format!("sample-mbox/{sample}.mbox")).unwrap();
        let (corpus, forest) = read(&bytes);
        all += &described(&corpus, &forest, &all_blocks(&corpus));
    }
    let digest: String =
        seal::digest([all.as_bytes()])[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((seal::VERSION, digest.as_str()), (4, "64e7603cbb925f87"));
}

fn repacked(pack: impl FnOnce(&mut Packer<'_>)) -> Unpacker {
    let mut out = Vec::new();
    pack(&mut Packer::new(&mut out));
    let numbers: Vec<u64> =
        out.chunks(8).map(|eight| u64::from_ne_bytes(eight.try_into().unwrap())).collect();
    Unpacker::new(bytemuck::cast_slice(numbers.leak()))
}

proptest! {
    #[test]
    fn whatever_a_mailbox_holds_is_kept(pieces in prop::collection::vec("(\nFrom a@b.example Mon Mar  6 09:00:00 2017\n)?(From|To|Cc|Subject|Date|Message-ID|References|X-GM-THRID): [ -~é<>@,]{0,20}\n(\n.{0,10}\n)?", 0..20)) {
        let mailbox = pieces.concat();
        let (corpus, forest) = read(mailbox.as_bytes());
        let blocks = all_blocks(&corpus);
        let kept_corpus = Corpus::unpack(&mut repacked(|out| corpus.pack(out).unwrap())).unwrap();
        let kept_forest = Forest::unpack(&mut repacked(|out| forest.pack(out).unwrap())).unwrap();
        let kept_blocks: Vec<Block> = blocks
            .iter()
            .map(|block| Block::unpack(&mut repacked(|out| block.pack(out).unwrap())).unwrap())
            .collect();
        prop_assert_eq!(described(&kept_corpus, &kept_forest, &kept_blocks), described(&corpus, &forest, &blocks));
    }

    #[test]
    fn columns_of_any_numbers_lead_nowhere_at_worst(at in 0_usize..4000, with in any::<u8>()) {
        let (corpus, _) = read([ONE, TWO, ONE].concat().as_bytes());
        let mut out = Vec::new();
        corpus.pack(&mut Packer::new(&mut out)).unwrap();
        let at = at % out.len();
        out[at] = with;
        let numbers: Vec<u64> = out.chunks(8).map(|eight| u64::from_ne_bytes(eight.try_into().unwrap())).collect();
        if let Some(corpus) = Corpus::unpack(&mut Unpacker::new(bytemuck::cast_slice(numbers.leak()))) {
            for kept in corpus.iter() {
                prop_assert!(kept.people().count() <= 6 && kept.references().len() <= 6);
                prop_assert!(kept.subject().len() <= out.len());
            }
        }
    }

    #[test]
    fn a_block_of_any_numbers_leads_nowhere_at_worst(at in 0_usize..4000, with in any::<u8>(), line in "[aeio .]{1,4}") {
        let (corpus, _) = read([ONE, TWO, ONE].concat().as_bytes());
        let mut out = Vec::new();
        all_blocks(&corpus)[0].pack(&mut Packer::new(&mut out)).unwrap();
        let at = at % out.len();
        out[at] = with;
        let numbers: Vec<u64> = out.chunks(8).map(|eight| u64::from_ne_bytes(eight.try_into().unwrap())).collect();
        let block = Block::unpack(&mut Unpacker::new(bytemuck::cast_slice(numbers.leak())));
        if let (Some(block), Ok(query)) = (block, Query::parse(&line)) {
            let search = Search::new(&query, corpus.key());
            let answer = search.over(&block, &corpus, &NoFacts, None);
            prop_assert_eq!(answer.len(), block.len());
            for (number, verdict) in answer.iter() {
                prop_assert_eq!(search.ask(&block, &corpus, &NoFacts, number, None), verdict, "{}", number);
            }
            prop_assert!(search.scores(&block, &answer, || true).unwrap().len() <= 3);
        }
    }
}
