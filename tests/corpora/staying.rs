//! The differences that stay, each listed with its reason.

use std::collections::BTreeSet;

/// A list of known differences, and what a run found beside it.
pub struct Staying {
    left: BTreeSet<&'static str>,
    unlisted: Vec<String>,
    found: usize,
}

impl Staying {
    /// Takes a list of differences, each named as a run will name it, with its reason.
    pub fn of(list: &[(&'static str, &'static str)]) -> Self {
        let left = list.iter().map(|&(name, _)| name).collect();
        Self { left, unlisted: Vec::new(), found: 0 }
    }

    /// Notes a difference.
    pub fn differs(&mut self, name: &str, found: &str, wanted: &str) {
        self.found += 1;
        if !self.left.remove(name) {
            self.unlisted.push(format!("{name}: {found:?}, not {wanted:?}"));
        }
    }

    /// Ends a run over everything: what was found must be what is listed.
    pub fn end(self, what: &str, compared: usize) {
        println!("{what}: {} differences in {compared}", self.found);
        assert!(self.unlisted.is_empty(), "{what}, not listed:\n{}", self.unlisted.join("\n"));
        assert!(compared == 0 || self.left.is_empty(), "{what}, listed and gone: {:#?}", self.left);
    }
}
