//! From the text of a configuration to its settings.

use super::Config;
use super::Origin;
use super::Problem;
use super::Setting;
use super::problem::Wrong;
use crate::app::Key;
use crate::app::columns::Column;
use crate::app::columns::Columns;
use crate::app::dates::DateFormat;
use crate::app::dates::Language;
use crate::app::dates::NoSuchField;
use crate::app::keymap;
use crate::app::keymap::Binding;
use crate::app::palette::Colours;
use crate::app::palette::Theme;
use crate::watch::nearest;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// The names of the settings, as they stand in the file.
pub(super) const NAMES: [&str; 12] = [
    "theme",
    "colors",
    "columns",
    "date-format",
    "day-format",
    "language",
    "watchlists",
    "cache",
    "data",
    "trace",
    "mouse",
    "keys",
];

type Value<'a> = Spanned<DeValue<'a>>;

/// A word, and its line.
struct At {
    text: String,
    line: usize,
}

/// A file that is being read.
struct Reading<'a> {
    text: &'a str,
    config: Config,
    problems: Vec<Problem>,
}

/// Reads a file on top of what is known already.
pub(super) fn read(config: Config, text: &str) -> (Config, Vec<Problem>) {
    let mut reading = Reading { text, config, problems: Vec::new() };
    // A line that is no TOML costs what stands on it, not what stands around it.
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reading.wrong(error.span().unwrap_or_default(), Wrong::Toml(error.message().to_owned()));
    }
    for (name, value) in table.get_ref() {
        reading.setting(name.span(), name.get_ref(), value);
    }
    reading.settle_keys();
    reading.problems.sort_by_key(|problem| problem.line);
    (reading.config, reading.problems)
}

impl Reading<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        1 + before.iter().filter(|&&byte| byte == b'\n').count()
    }

    fn wrong(&mut self, span: Range<usize>, wrong: Wrong) {
        let line = self.line(&span);
        self.problems.push(Problem { line, wrong });
    }

    fn setting(&mut self, span: Range<usize>, name: &str, value: &Value<'_>) {
        match name {
            "theme" => self.choice("theme", value, &Theme::NAMES, |config| &mut config.theme),
            "colors" | "colours" => {
                self.choice("colors", value, &Colours::NAMES, |config| &mut config.colours);
            }
            "language" => self.choice("language", value, &Language::NAMES, |config| &mut config.language),
            "columns" => self.columns(value),
            "date-format" => self.format("date-format", value, |config| &mut config.date_format),
            "day-format" => self.format("day-format", value, |config| &mut config.day_format),
            "watchlists" | "watchlist" => self.watchlists(value),
            "cache" => self.folder("cache", value, |config| &mut config.cache),
            "data" => self.folder("data", value, |config| &mut config.data),
            "trace" => self.truth("trace", value, |config| &mut config.trace),
            "mouse" => self.truth("mouse", value, |config| &mut config.mouse),
            "keys" => self.keys(value),
            unknown => {
                let meant = nearest(unknown, NAMES).and_then(|near| NAMES.into_iter().find(|it| *it == near));
                self.wrong(span, Wrong::UnknownKey(unknown.to_owned(), meant));
            }
        }
    }

    fn from(&self, value: &Value<'_>) -> Origin {
        Origin::Line(self.line(&value.span()))
    }

    fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        value: &Value<'_>,
        choices: &[(&'static str, T)],
        setting: impl Fn(&mut Config) -> &mut Setting<T>,
    ) {
        let Some(word) = scalar(value) else {
            return self.wrong(value.span(), Wrong::WrongKind(name, "text between quotes"));
        };
        match chosen(name, &word, choices) {
            Ok(choice) => {
                let from = self.from(value);
                setting(&mut self.config).set(choice, from);
            }
            Err(wrong) => self.wrong(value.span(), wrong),
        }
    }

    fn columns(&mut self, value: &Value<'_>) {
        let Some(words) = self.words("columns", value) else { return };
        let mut columns = Vec::with_capacity(words.len());
        for word in &words {
            match chosen("columns", &word.text, &Column::NAMES) {
                Ok(column) => columns.push(column),
                Err(wrong) => self.problems.push(Problem { line: word.line, wrong }),
            }
        }
        if columns.is_empty() {
            // Names that are not known have been told.
            if words.is_empty() {
                self.wrong(value.span(), Wrong::NoColumns);
            }
            return;
        }
        let from = self.from(value);
        self.config.columns.set(Columns::new(columns), from);
    }

    fn format(
        &mut self,
        name: &'static str,
        value: &Value<'_>,
        setting: impl Fn(&mut Config) -> &mut Setting<DateFormat>,
    ) {
        let Some(word) = self.word(name, value) else { return };
        match DateFormat::new(&word.text) {
            Ok(format) => setting(&mut self.config).set(format, Origin::Line(word.line)),
            Err(NoSuchField(letter)) => self.wrong(value.span(), Wrong::UnknownField(name, letter)),
        }
    }

    fn watchlists(&mut self, value: &Value<'_>) {
        let Some(words) = self.words("watchlists", value) else { return };
        let from = self.from(value);
        self.config.watchlists.set(words.into_iter().map(|word| word.text).collect(), from);
    }

    fn folder(
        &mut self,
        name: &'static str,
        value: &Value<'_>,
        setting: impl Fn(&mut Config) -> &mut Setting<String>,
    ) {
        if let Some(word) = self.word(name, value) {
            setting(&mut self.config).set(word.text, Origin::Line(word.line));
        }
    }

    fn truth(
        &mut self,
        name: &'static str,
        value: &Value<'_>,
        setting: impl Fn(&mut Config) -> &mut Setting<bool>,
    ) {
        let from = self.from(value);
        match value.get_ref().as_bool() {
            Some(truth) => setting(&mut self.config).set(truth, from),
            None => self.wrong(value.span(), Wrong::WrongKind(name, "true or false")),
        }
    }

    fn keys(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value.span(), Wrong::WrongKind("keys", "a table; begin it with [keys]"));
        };
        for (name, value) in table {
            let Some(binding) = keymap::named(name.get_ref()) else {
                let names = keymap::bindings().map(Binding::name);
                let meant = nearest(name.get_ref(), names);
                let meant = keymap::bindings().map(Binding::name).find(|name| Some(*name) == meant);
                self.wrong(name.span(), Wrong::UnknownCommand(name.get_ref().to_string(), meant));
                continue;
            };
            if let Some(keys) = self.keys_of(value) {
                let line = self.line(&name.span());
                self.config.keymap.set(binding, keys);
                self.config.key_lines.insert(binding.name(), line);
            }
        }
    }

    /// Reads keys; one that is not known leaves the command as it was.
    fn keys_of(&mut self, value: &Value<'_>) -> Option<Vec<Key>> {
        let words = self.words("a key", value)?;
        let mut keys = Vec::with_capacity(words.len());
        for word in words {
            match word.text.parse() {
                Ok(key) if keys.contains(&key) => {}
                Ok(key) => keys.push(key),
                Err(_) => {
                    let meant = near_key(&word.text);
                    self.problems
                        .push(Problem { line: word.line, wrong: Wrong::UnknownKeyName(word.text, meant) });
                    return None;
                }
            }
        }
        Some(keys)
    }

    /// Takes back the later of two changes that give a key two meanings, until none does.
    fn settle_keys(&mut self) {
        while let Some(conflict) = self.config.keymap.conflict() {
            let lines = conflict.commands.map(|name| self.config.key_lines.get(name).copied());
            let is_first = lines[0] > lines[1];
            let (loser, other) = match conflict.commands {
                [first, second] if is_first => (first, second),
                [first, second] => (second, first),
            };
            let Some(line) = self.config.key_lines.remove(loser) else { return };
            if let Some(binding) = keymap::named(loser) {
                self.config.keymap.reset(binding);
            }
            self.problems.push(Problem { line, wrong: Wrong::KeyTaken(conflict.key, other) });
        }
    }

    fn word(&mut self, name: &'static str, value: &Value<'_>) -> Option<At> {
        match value.get_ref().as_str() {
            Some(text) => Some(At { text: text.to_owned(), line: self.line(&value.span()) }),
            None => {
                self.wrong(value.span(), Wrong::WrongKind(name, "text between quotes"));
                None
            }
        }
    }

    /// Reads a list of words; one word alone is a list as well.
    fn words(&mut self, name: &'static str, value: &Value<'_>) -> Option<Vec<At>> {
        match value.get_ref().as_array() {
            Some(list) => list.iter().map(|value| self.word(name, value)).collect(),
            None => self.word(name, value).map(|word| vec![word]),
        }
    }
}

/// Returns a text or a number as it was written.
fn scalar(value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn chosen<T: Copy>(name: &'static str, word: &str, choices: &[(&'static str, T)]) -> Result<T, Wrong> {
    if let Some((_, choice)) = choices.iter().find(|(known, _)| *known == word) {
        return Ok(*choice);
    }
    let names: Vec<&'static str> = choices.iter().map(|(known, _)| *known).collect();
    let meant = nearest(word, names.iter().copied());
    let meant = names.iter().copied().find(|known| Some(*known) == meant);
    Err(Wrong::UnknownValue(name, word.to_owned(), meant, names))
}

/// Returns the key that was probably meant.
fn near_key(word: &str) -> Option<String> {
    if let Some((held, letter)) = word.rsplit_once('-') {
        let is_letter = letter.len() == 1 && letter.is_ascii();
        if is_letter && nearest(held, ["ctrl", "control"]).is_some() {
            return Some(format!("Ctrl-{}", letter.to_ascii_lowercase()));
        }
    }
    let lower: Vec<String> = Key::names().map(str::to_lowercase).collect();
    let meant = nearest(word, lower.iter().map(String::as_str))?;
    Key::names().find(|name| name.to_lowercase() == meant).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (_, problems) = Config::default().read(text);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems, expected);
    }

    #[test]
    fn errors_say_where_and_what_was_meant() {
        check("", &[]);
        check("\n\nthem = \"dark\"", &["line 3: unknown key \"them\"; did you mean \"theme\"?"]);
        check("wallpaper = 1", &["line 1: unknown key \"wallpaper\"; `tranche config` prints them all"]);
        check("theme = \"drak\"", &["line 1: theme cannot be \"drak\"; did you mean \"dark\"?"]);
        check(
            "colors = 17_000_000",
            &["line 1: colors cannot be \"17000000\"; it is one of none, 16, 256, true"],
        );
        check("mouse = \"on\"", &["line 1: mouse is true or false"]);
        check("watchlists = [1]", &["line 1: watchlists is text between quotes"]);
        check(
            "columns = [\"date\",\n\"sbject\"]",
            &["line 2: columns cannot be \"sbject\"; did you mean \"subject\"?"],
        );
        check("columns = []", &["line 1: columns needs one at least"]);
        check(
            "date-format = \"%Q\"",
            &[
                "line 1: date-format: %Q means nothing; behind % there can be Y y m d e j H I M S p b B a A z %",
            ],
        );
        check("day-format = \"5 %\"", &["line 1: day-format: nothing stands behind %; write %% for one"]);
        check("keys = 3", &["line 1: keys is a table; begin it with [keys]"]);
        check(
            "[keys]\nfliter = \"x\"",
            &["line 2: no command is called \"fliter\"; did you mean \"filter\"?"],
        );
        check(
            "[keys]\nfilter = \"Crtl-f\"",
            &["line 2: no key is called \"Crtl-f\"; did you mean \"Ctrl-f\"?"],
        );
        check("[keys]\nfilter = \"spcae\"", &["line 2: no key is called \"spcae\"; did you mean \"Space\"?"]);
        check("[keys]\nfilter = 7", &["line 2: a key is text between quotes"]);
    }

    #[test]
    fn a_key_that_means_two_things_is_an_error() {
        check("[keys]\ndown = \"k\"", &["line 2: \"k\" is the key of \"up\" as well; give that another"]);
        check("[keys]\ndown = \"k\"\nup = \"j\"", &[]);
        check(
            "[keys]\nsender = \"x\"\nfilter = \"x\"",
            &["line 3: \"x\" is the key of \"sender\" as well; give that another"],
        );
        check("[keys]\nlinks = \"o\"", &[]);
    }

    #[test]
    fn what_is_right_is_in_force_beside_what_is_wrong() {
        let text =
            "theme = \"safe\"\nmuose = true\ncolors = 256\nlanguage = \n[keys]\nquit = [\"Q\", \"Ctrl-q\"]\n";
        let (config, problems) = Config::default().read(text);
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert!(lines.starts_with(&[2, 4]) && lines.iter().all(|line| *line <= 5), "{problems:?}");
        assert_eq!(config.theme, Setting { value: Theme::Safe, from: Origin::Line(1) });
        assert_eq!(config.colours, Setting { value: Colours::Indexed, from: Origin::Line(3) });
        assert_eq!(config.language, Setting::default());
        let quit = keymap::named("quit").unwrap();
        assert_eq!(config.keymap.keys(quit), [Key::Char('Q'), Key::Ctrl('q')]);
    }

    #[test]
    fn any_text_is_read_to_its_end() {
        for text in
            ["[", "= = =", "[[keys]]\n[keys]", "\u{0}", "theme = \"\"\"", "[keys]\ndown = [[[", "a.b.c = 1"]
        {
            let (_, problems) = Config::default().read(text);
            assert!(!problems.is_empty(), "{text:?}");
        }
    }
}
