//! The settings in force, as a file that could be saved, or line by line.

use super::Config;
use super::Origin;
use super::Setting;
use crate::app::keymap;
use crate::text::Printable;
use std::fmt::Write;

/// One setting in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name; of a key, behind `keys.`.
    pub name: String,
    /// Its value.
    pub value: Written,
    /// Where it comes from.
    pub from: Origin,
}

/// A value as TOML and JSON both know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A text.
    Text(String),
    /// Yes or no.
    Truth(bool),
    /// Texts.
    List(Vec<String>),
}

/// Comments stand below each other as far as values allow it.
const COMMENT_COLUMN: usize = 44;

impl Config {
    /// Returns every setting, in the order of the file.
    pub fn lines(&self) -> Vec<Line> {
        let text = |name: &str, value: &str, from| Line::new(name, Written::Text(value.to_owned()), from);
        let truth =
            |name, setting: &Setting<bool>| Line::new(name, Written::Truth(setting.value), setting.from);
        let columns = self.columns.value.iter().map(|column| column.name().to_owned()).collect();
        let mut lines = vec![
            text("theme", name_in(&crate::app::palette::Theme::NAMES, self.theme.value), self.theme.from),
            text(
                "colors",
                name_in(&crate::app::palette::Colours::NAMES, self.colours.value),
                self.colours.from,
            ),
            Line::new("columns", Written::List(columns), self.columns.from),
            text("date-format", self.date_format.value.written(), self.date_format.from),
            text("day-format", self.day_format.value.written(), self.day_format.from),
            text(
                "language",
                name_in(&crate::app::dates::Language::NAMES, self.language.value),
                self.language.from,
            ),
            Line::new("watchlists", Written::List(self.watchlists.value.clone()), self.watchlists.from),
            text("cache", &self.cache.value, self.cache.from),
            text("data", &self.data.value, self.data.from),
            truth("trace", &self.trace),
            truth("mouse", &self.mouse),
        ];
        lines.extend(keymap::bindings().map(|binding| {
            let keys = self.keymap.keys(binding).iter().map(|key| key.name()).collect();
            let line = self.key_lines.get(binding.name());
            let from = line.map_or(Origin::Default, |&line| Origin::Line(line));
            Line::new(&format!("keys.{}", binding.name()), Written::List(keys), from)
        }));
        lines
    }

    /// Writes every setting as a configuration that could be saved, with where each comes from; `file` is
    /// what the configuration is called, and `path` where it is looked for.
    pub fn effective(&self, file: &str, path: &str) -> String {
        let (file, path) = (Printable::new(file), Printable::new(path));
        let (file, path) = (file.as_str(), path.as_str());
        let mut out = format!("# What is in force. Saved as {path} it is your own.\n\n");
        let mut is_in_keys = false;
        for line in self.lines() {
            let name = line.name.strip_prefix("keys.");
            if name.is_some() && !is_in_keys {
                out.push_str("\n[keys]\n");
                is_in_keys = true;
            }
            let setting = format!("{} = {}", name.unwrap_or(&line.name), line.value.toml());
            let origin = line.from.words(file);
            let _ = writeln!(out, "{setting:COMMENT_COLUMN$} # {origin}");
        }
        out
    }
}

impl Line {
    fn new(name: &str, value: Written, from: Origin) -> Self {
        Self { name: name.to_owned(), value, from }
    }
}

impl Origin {
    /// Says where a value comes from: `default`, `config.toml line 7`, `--color`, `NO_COLOR`.
    pub fn words(self, file: &str) -> String {
        match self {
            Self::Default => "default".to_owned(),
            Self::Line(line) => format!("{file} line {line}"),
            Self::Flag(name) | Self::Environment(name) => name.to_owned(),
        }
    }

    /// Returns the kind of place: `default`, `file`, `flag`, `environment`.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Line(_) => "file",
            Self::Flag(_) => "flag",
            Self::Environment(_) => "environment",
        }
    }
}

impl Written {
    fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Truth(truth) => truth.to_string(),
            Self::List(texts) => {
                format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

fn name_in<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, it)| *it == value).map_or("", |(name, _)| name)
}

/// Writes a text as a basic string of TOML (§String), with nothing in it that acts on a terminal.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            ' '..='~' => out.push(letter),
            _ if letter.is_alphanumeric() => out.push(letter),
            _ => {
                let _ = write!(out, "\\U{:08X}", u32::from(letter));
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_a_configuration_that_says_the_same() {
        let chosen = "theme = \"light\"\ncolors = 256\ncolumns = [\"subject\", \"number\"]\ndate-format = \"%e. %B \\\"%y\\\"\"\n\
                      language = \"de\"\nwatchlists = [\"é\\u001b.toml\"]\ncache = \"/tmp/a b\"\nmouse = true\ntrace = false\n\
                      [keys]\nquit = [\"Ctrl-q\"]\nnext-hit = []\nhelp = [\"\\\"\", \"\\\\\"]\n";
        let (config, problems) = Config::default().read(chosen);
        assert_eq!(problems, []);
        let printed = config.effective("config.toml", "~/config.toml");
        assert!(!printed.contains('\u{1b}'));
        let (again, problems) = Config::default().read(&printed);
        assert_eq!(problems, []);
        let values = |config: &Config| config.lines().into_iter().map(|line| (line.name, line.value));
        assert!(values(&again).eq(values(&config)));
    }

    #[test]
    fn every_setting_says_where_it_comes_from() {
        let (mut config, _) =
            Config::default().read("# mine\nmouse = true\n[keys]\ndown = [\"n\"]\nnext-hit = [\"j\"]");
        config.colours.from = Origin::Environment("NO_COLOR");
        config.data.set("/data".to_owned(), Origin::Flag("--data"));
        let printed = config.effective("config.toml", "/etc/config.toml");
        let origin = |name: &str| {
            let line = printed.lines().find(|line| line.starts_with(&format!("{name} ="))).unwrap();
            line.rsplit_once(" # ").unwrap().1
        };
        assert_eq!(origin("theme"), "default");
        assert_eq!(origin("mouse"), "config.toml line 2");
        assert_eq!(origin("down"), "config.toml line 4");
        assert_eq!(origin("colors"), "NO_COLOR");
        assert_eq!(origin("data"), "--data");
    }
}
