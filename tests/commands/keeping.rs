//! What is kept from one run to the next, and `purge`.

use super::json;
use super::printed;
use super::program;
use super::sample;
use super::tranche;
use std::fs;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Returns where the index of a mailbox came from, and how many messages it has.
fn index(mailbox: &Path, cache: &Path) -> (String, u64) {
    let said = json(&["index", mailbox.to_str().unwrap(), "--json", "--cache", cache.to_str().unwrap()]);
    (said[0]["index"].as_str().unwrap().to_owned(), said[0]["messages"].as_u64().unwrap())
}

fn kept(cache: &Path) -> usize {
    fs::read_dir(cache.join("index")).into_iter().flatten().count()
}

#[test]
fn an_index_is_kept_extended_and_made_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let (mailbox, cache) = (folder.path().join("leak.mbox"), folder.path().join("cache"));
    let desk = fs::read(sample("election-desk.mbox")).unwrap();
    fs::write(&mailbox, &desk).unwrap();
    let list = |more: &[&str]| printed(&[&["list", mailbox.to_str().unwrap(), "--json"], more].concat());
    let afresh = list(&[]);
    let with_cache = || list(&["--cache", cache.to_str().unwrap()]);
    assert_eq!((with_cache(), kept(&cache)), (afresh.clone(), 0), "reading keeps nothing");
    assert_eq!(index(&mailbox, &cache), ("afresh".to_owned(), 291));
    assert_eq!(index(&mailbox, &cache), ("kept".to_owned(), 291));
    assert_eq!((with_cache(), kept(&cache)), (afresh, 1));
    File::options().append(true).open(&mailbox).unwrap().write_all(&desk).unwrap();
    assert_eq!(with_cache(), list(&[]), "the part that is new is read as well");
    assert_eq!(index(&mailbox, &cache), ("extended".to_owned(), 582));
    assert_eq!((with_cache(), index(&mailbox, &cache).0.as_str()), (list(&[]), "kept"));
    fs::write(&mailbox, &desk).unwrap();
    assert_eq!(index(&mailbox, &cache), ("afresh".to_owned(), 291));
    assert_eq!(kept(&cache), 1);
}

#[test]
fn nothing_is_kept_where_that_is_not_wanted_or_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample("election-desk.mbox");
    let cache = folder.path().join("cache");
    fs::write(&cache, "in the way").unwrap();
    let refused = tranche(&["index", &desk, "--cache", cache.to_str().unwrap()]);
    assert!(refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("the index is not kept: "), "{refused:?}");
    let home = folder.path().join("home");
    let run = |arguments: &[&str]| program().env("HOME", &home).args(arguments).output().unwrap();
    run(&["index", &desk, "--no-trace"]);
    assert!(!home.exists());
    run(&["index", &desk]);
    let below = if cfg!(target_os = "macos") { "Library/Caches/tranche" } else { ".cache/tranche" };
    assert_eq!(kept(&home.join(below)), 1);
}

#[test]
fn purge_lists_and_deletes_what_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let (one, other) = (sample("election-desk.mbox"), sample("charsets.mbox"));
    let purge = |more: &[&str]| printed(&[&["purge", "--cache", cache.to_str().unwrap()], more].concat());
    assert_eq!(purge(&["--yes"]), "nothing is kept\n");
    index(Path::new(&one), &cache);
    index(Path::new(&other), &cache);
    let refused = program().args(["purge", "--cache", cache.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said.contains("--yes") && kept(&cache) == 2, "{said}");
    let listed = purge(&[&one, "--yes"]);
    assert!(listed.contains(&one) && !listed.contains(&other), "{listed}");
    assert!(listed.contains("deleted 1 file"), "{listed}");
    assert!(purge(&[&one, "--yes"]).starts_with("nothing is kept about "));
    assert!(purge(&["--yes"]).contains(&other));
    assert_eq!(kept(&cache), 0);
}
