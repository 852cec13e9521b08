//! Where the platform wants what belongs to a person to be kept.
//!
//! The one place that knows: the configuration and the watchlist are read from `config`, what is kept about
//! mailboxes lies in `data` and `cache`.

use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;

/// Our own folders; without a home there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folders {
    /// The home, for paths that begin with `~/`.
    pub(super) home: Option<PathBuf>,
    /// For what a person chose.
    pub(super) config: Option<Folder>,
    /// For what a person made.
    pub(super) data: Option<Folder>,
    /// For what can be made again.
    pub(super) cache: Option<Folder>,
}

/// A folder, and the variable that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    /// Where.
    pub(super) path: PathBuf,
    /// The variable of the environment, where one says so.
    pub(super) variable: Option<&'static str>,
}

impl Folders {
    /// Returns those of whoever runs the program.
    pub(super) fn of_this_person() -> Self {
        Self::of(|name| std::env::var_os(name), cfg!(target_os = "macos"))
    }

    fn of(variable: impl Fn(&str) -> Option<OsString>, is_macos: bool) -> Self {
        let home = variable("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
        let folder = |name: &'static str, below_home: &str| {
            // A relative path is to be ignored (XDG Base Directory Specification 0.8).
            let said = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
            match said {
                Some(path) => Some(Folder { path: path.join("tranche"), variable: Some(name) }),
                None => {
                    Some(Folder { path: home.as_ref()?.join(below_home).join("tranche"), variable: None })
                }
            }
        };
        let [config, data, cache] = match is_macos {
            true => ["Library/Application Support", "Library/Application Support", "Library/Caches"],
            false => [".config", ".local/share", ".cache"],
        };
        Self {
            config: folder("XDG_CONFIG_HOME", config),
            data: folder("XDG_DATA_HOME", data),
            cache: folder("XDG_CACHE_HOME", cache),
            home,
        }
    }

    /// Returns what a path means that stands in a file of this folder: `~/` is the home.
    pub(super) fn resolve(&self, written: &str, beside: Option<&Path>) -> PathBuf {
        match (written.strip_prefix("~/"), &self.home, beside) {
            (Some(below), Some(home), _) => home.join(below),
            (_, _, Some(folder)) => folder.join(written),
            _ => PathBuf::from(written),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], is_macos: bool, [config, data, cache]: [Option<&str>; 3]) {
        let variable = |name: &str| variables.iter().find(|it| it.0 == name).map(|it| OsString::from(it.1));
        let folders = Folders::of(variable, is_macos);
        let path = |folder: Option<Folder>| folder.map(|it| it.path);
        let found = [path(folders.config), path(folders.data), path(folders.cache)];
        assert_eq!(found, [config, data, cache].map(|path| path.map(PathBuf::from)));
    }

    #[test]
    fn folders_are_where_the_platform_wants_them() {
        let home = ("HOME", "/home/anna");
        let usual =
            ["/home/anna/.config/tranche", "/home/anna/.local/share/tranche", "/home/anna/.cache/tranche"];
        check(&[home], false, usual.map(Some));
        let kept = [Some("/x/tranche"), Some(usual[1]), Some(usual[2])];
        check(&[home, ("XDG_CONFIG_HOME", "/x"), ("XDG_DATA_HOME", "relative")], false, kept);
        let support = Some("/home/anna/Library/Application Support/tranche");
        check(&[home], true, [support, support, Some("/home/anna/Library/Caches/tranche")]);
        check(&[], false, [None, None, None]);
    }

    #[test]
    fn paths_of_a_file_are_beside_it_or_at_home() {
        let folders = Folders { home: Some("/home/anna".into()), ..Folders::default() };
        let beside = Some(Path::new("/etc/tranche"));
        assert_eq!(folders.resolve("~/a.toml", beside), PathBuf::from("/home/anna/a.toml"));
        assert_eq!(folders.resolve("a.toml", beside), PathBuf::from("/etc/tranche/a.toml"));
        assert_eq!(folders.resolve("/a.toml", beside), PathBuf::from("/a.toml"));
    }
}
