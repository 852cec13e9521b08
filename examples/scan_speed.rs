//! How fast text is folded and scanned on one core: `cargo run --release --example scan_speed FILE…`.

use std::hint::black_box;
use std::time::Instant;
use tranche::text::Between;
use tranche::text::fold_into;
use tranche::text::fold_with_map;
use tranche::watch::Scanner;
use tranche::watch::Scratch;
use tranche::watch::Watchlist;

/// About a long message; it fits the cache as one does.
const TEXT_BYTES: usize = 1 << 14;
/// Few enough that most rounds end before the system takes the core away; the best one counts.
const TEXTS: usize = 100;
const ROUNDS: usize = 60;
/// So many invented names, every second one with letters beyond ASCII.
const NAMES: usize = 50;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("the file can be read");
        let texts: Vec<String> = bytes
            .chunks(TEXT_BYTES)
            .take(TEXTS)
            .map(|chunk| String::from_utf8_lossy(chunk).into_owned())
            .collect();
        println!("{path}");
        let mut folded = Vec::new();
        measure("fold", &texts, |text| fold_into(text, Between::Blanks, &mut folded));
        measure("fold names", &texts, |text| fold_into(text, Between::Names, &mut folded));
        measure("fold with map", &texts, |text| drop(fold_with_map(text, Between::Blanks, &mut folded)));
        let mut scratch = Scratch::default();
        let five = Scanner::new(&Watchlist::built_in());
        measure("scan for 5 names", &texts, |text| drop(black_box(five.scan(text, &mut scratch))));
        let many = Scanner::new(&names());
        measure("scan for 50 names", &texts, |text| drop(black_box(many.scan(text, &mut scratch))));
    }
}

fn measure(name: &str, texts: &[String], mut act: impl FnMut(&str)) {
    let len: usize = texts.iter().map(String::len).sum();
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        texts.iter().for_each(|text| act(text));
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("  {name:<20} {:>6.0} MB/s", len as f64 / best / 1e6);
}

fn names() -> Watchlist {
    let firsts = ["Anna", "Benoît", "Cécile", "David", "Éloïse", "Farid", "Gaëlle", "Hugo", "Inès", "Jonas"];
    let lasts = ["Castellan", "Dubreuil", "Étievant", "Lefèvre-Morin", "Zieliński"];
    let name = |which: usize| {
        format!("{} {}", firsts[which % firsts.len()], lasts[which / firsts.len() % lasts.len()])
    };
    let file: String =
        (0..NAMES).map(|which| format!("[[candidate]]\nname = \"{}\"\n", name(which))).collect();
    Watchlist::default().with(&file).expect("fifty names are a watchlist")
}
