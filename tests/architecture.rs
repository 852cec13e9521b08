//! The import rule, read off the source.
//!
//! A module names only modules that `src/lib.rs` lists above it; the world is touched only below the
//! `edges` line; each outside crate has one home.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Outside crates and the modules that may name them.
const HOMES: [(&str, &[&str]); 33] = [
    ("aho_corasick", &["watch"]),
    ("bytemuck", &["bytes", "columns", "mail", "corpus", "threads", "query", "kept"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crc32fast", &["kept"]),
    ("crossterm", &["runtime"]),
    ("encoding_rs", &["mail"]),
    ("flate2", &["source"]),
    ("fuzzy_matcher", &["query"]),
    ("hashbrown", &["corpus", "query"]),
    ("html5gum", &["mail"]),
    ("jiff", &["mail"]),
    ("libc", &["source"]),
    ("mailparse", &["mail"]),
    ("memchr", &["mbox", "mail", "text", "query"]),
    ("memmap2", &["source"]),
    ("nix", &["runtime"]),
    ("num_traits", &["query"]),
    ("ratatui", &["view", "runtime"]),
    ("regex", &["query"]),
    ("rustix", &["source", "runtime"]),
    ("serde", &["report"]),
    ("serde_json", &["report"]),
    ("sha2", &["report", "kept"]),
    ("signal_hook", &["runtime"]),
    ("siphasher", &["corpus"]),
    ("termina", &["runtime"]),
    ("toml", &["watch", "config"]),
    ("unicode_segmentation", &["text", "query"]),
    ("unicode_width", &["text"]),
    ("wide", &["query"]),
    ("zstd", &["source"]),
];

/// What only the edges may touch.
const WORLD: [&str; 9] = [
    "std::fs",
    "std::thread",
    "std::process",
    "std::env",
    "std::net",
    "std::time::Instant",
    "std::time::SystemTime",
    "Instant::now",
    "SystemTime::now",
];

struct Module {
    name: String,
    is_edge: bool,
}

/// The modules in the order of `src/lib.rs`.
fn modules() -> Vec<Module> {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let (_, after_docs) = lib.split_once("\npub mod").expect("lib.rs lists its modules");
    let edges = after_docs.find("// — edges —").expect("lib.rs has an edges line");
    let mut modules = Vec::new();
    for (place, _) in format!("\npub mod{after_docs}").match_indices("\npub mod ") {
        let rest = &after_docs[place..];
        let name = rest.trim_start().split(';').next().unwrap();
        modules.push(Module { name: name.to_owned(), is_edge: place > edges });
    }
    modules
}

/// Every source file with its module and its text, comments and tests left out.
fn sources() -> Vec<(PathBuf, String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let module = module_of(&path);
                let code = code_of(&fs::read_to_string(&path).unwrap());
                found.push((path, module, code));
            }
        }
    }
    found
}

fn module_of(path: &Path) -> String {
    let below_src = path.strip_prefix("src").unwrap();
    let first = below_src.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn code_of(text: &str) -> String {
    let before_tests = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    before_tests.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// The names that follow each `prefix` in the code, as whole words.
fn named<'a>(code: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(prefix).filter_map(move |(place, _)| {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let begins = !code[..place].ends_with(|letter: char| is_word(letter) || letter == '$');
        let rest = &code[place + prefix.len()..];
        begins.then(|| rest.split(|letter| !is_word(letter)).next().unwrap())
    })
}

#[test]
fn a_module_names_only_modules_above_it() {
    let modules = modules();
    let place = |name: &str| modules.iter().position(|module| module.name == name);
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        let Some(here) = place(&module) else { continue };
        for other in named(&code, "crate::") {
            if other.is_empty() {
                wrong.push(format!("{}: one module a `use` line, never `crate::{{…}}`", path.display()));
            } else if place(other).is_some_and(|there| there > here) {
                wrong.push(format!("{}: `{module}` names `{other}`, which stands below it", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let modules = modules();
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        let is_middle = modules.iter().any(|it| it.name == module && !it.is_edge);
        for world in WORLD.iter().filter(|world| is_middle && code.contains(**world)) {
            wrong.push(format!("{}: `{world}` in `{module}`", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_outside_crate_has_its_home() {
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        for (outside, homes) in HOMES {
            let is_named = named(&code, &format!("{outside}::")).next().is_some();
            if is_named && !homes.contains(&module.as_str()) {
                wrong.push(format!("{}: `{outside}` lives in {homes:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_manifest_has_no_crate_without_a_home() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let dependencies = manifest.split("[dev-dependencies]").next().unwrap();
    let names = dependencies.split("[dependencies]").nth(1).unwrap().lines();
    let names = names.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_"));
    let homeless: Vec<String> = names.filter(|name| !HOMES.iter().any(|(home, _)| home == name)).collect();
    assert!(homeless.is_empty(), "no home for {homeless:?}");
}

#[test]
fn unsafe_code_has_one_home() {
    for (path, _, code) in sources() {
        let is_unsafe = code.contains("unsafe {") || code.contains("unsafe fn");
        assert!(!is_unsafe || path.ends_with("source/map.rs"), "{}: unsafe", path.display());
    }
}

#[test]
fn every_file_says_what_it_is_about() {
    for file in sources() {
        let text = fs::read_to_string(&file.0).unwrap();
        assert!(text.starts_with("//! "), "{}: does not open with `//!`", file.0.display());
    }
}
