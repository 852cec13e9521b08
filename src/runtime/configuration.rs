//! The configuration of this run: the file, and what environment and flags say over it.
//!
//! A flag stands over the file. `NO_COLOR` stands over what nobody chose, and no more (no-color.org).

use super::abilities;
use super::folders::Folder;
use super::folders::Folders;
use super::run_error::RunError;
use super::terminal::Mouse;
use crate::app::Notice;
use crate::app::Palette;
use crate::app::State;
use crate::app::dates::Language;
use crate::app::palette::Colours;
use crate::cli::Colour;
use crate::cli::Form;
use crate::cli::Settings;
use crate::cli::Watch;
use crate::config::Config;
use crate::config::Line;
use crate::config::Origin;
use crate::config::Problem;
use crate::config::Setting;
use crate::config::Written;
use crate::config::Wrong;
use crate::report;
use crate::report::SettingLine;
use crate::report::SettingValue;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// What the configuration is called in its folder.
const FILE: &str = "config.toml";

/// The configuration of this run.
#[derive(Clone, Debug, Default)]
pub(super) struct Configuration {
    /// Every setting in force.
    pub(super) config: Config,
    /// Who is looked for.
    pub(super) watch: Watch,
    /// Where positions and what a person made are kept; nowhere, where nothing is to be kept.
    pub(super) data: Option<PathBuf>,
    /// What is wrong with the file, a sentence each.
    pub(super) told: Vec<String>,
    path: Option<PathBuf>,
}

impl Configuration {
    /// Reads the file, and takes in what environment and flags say.
    ///
    /// # Errors
    ///
    /// When a file that a flag names cannot be read.
    pub(super) fn of(settings: &Settings) -> Result<Self, RunError> {
        let folders = Folders::of_this_person();
        let usual = folders.config.as_ref().map(|folder| folder.path.join(FILE));
        let path = settings.config.clone().or(usual);
        let mut config = with_folders(&folders);
        let mut told = Vec::new();
        if let Some(text) = path.as_deref().map(|path| text_of(path, settings, &mut told)).transpose()? {
            let problems;
            (config, problems) = config.read(&text);
            let name = name_of(path.as_deref());
            told.extend(problems.iter().map(|problem| format!("{name} {problem}")));
        }
        let beside = path.as_deref().and_then(Path::parent);
        resolve_folders(&mut config, &folders, beside);
        let watch = watch(&mut config, settings, &folders, beside);
        listen_to_environment(&mut config, |name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        if config.colours.from == Origin::Default && abilities::has_no_colours() {
            config.colours.set(Colours::None, Origin::Environment("TERM"));
        }
        listen_to_flags(&mut config, settings);
        let data = Some(PathBuf::from(&config.data.value)).filter(|data| data.is_absolute());
        let data = settings.data.clone().or(data);
        Ok(Self { config, watch, data, told, path })
    }

    /// Prints every setting and where it comes from.
    pub(super) fn print(&self, form: Form) -> String {
        let name = name_of(self.path.as_deref());
        match form {
            Form::Table => {
                let path = self.path.as_deref().unwrap_or(Path::new(FILE)).to_string_lossy();
                self.config.effective(&name, &path)
            }
            Form::Json => self.config.lines().iter().map(|line| json_line(line, &name)).collect(),
        }
    }

    /// Returns the folder for what can be made again, if there is one.
    pub(super) fn cache(&self) -> Option<PathBuf> {
        Some(PathBuf::from(&self.config.cache.value)).filter(|path| !path.as_os_str().is_empty())
    }

    /// Returns the folder for what a person would miss, unless nothing is to be kept.
    pub(super) fn data_for_keeping(&self) -> Option<PathBuf> {
        self.data.clone().filter(|_| self.config.trace.value)
    }

    /// Returns it, unless nothing is to be kept.
    pub(super) fn cache_for_keeping(&self) -> Option<PathBuf> {
        self.cache().filter(|_| self.config.trace.value)
    }

    /// Returns whose the mouse is.
    pub(super) fn mouse(&self) -> Mouse {
        if self.config.mouse.value { Mouse::Ours } else { Mouse::Terminal }
    }

    /// Gives a state what was chosen, and tells what is wrong with it.
    pub(super) fn furnish(&self, state: &mut State) {
        state.palette = Palette { theme: self.config.theme.value, colours: self.config.colours.value };
        state.keymap = self.config.keymap.clone();
        state.columns = self.config.columns.value.clone();
        state.write_dates(self.config.dates());
        if let Some(first) = self.told.first() {
            let more = match self.told.len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more: `tranche config` tells)"),
            };
            state.notice = Some(Notice(format!("{first}{more}")));
        }
    }
}

fn json_line(line: &Line, file: &str) -> String {
    let value = match &line.value {
        Written::Text(text) => SettingValue::Text(text),
        Written::Truth(truth) => SettingValue::Truth(*truth),
        Written::List(texts) => SettingValue::List(texts),
    };
    let place = (line.from != Origin::Default).then(|| line.from.words(file));
    report::line(&SettingLine { name: &line.name, value, from: line.from.kind(), place })
}

fn name_of(path: Option<&Path>) -> String {
    path.and_then(Path::file_name).map_or_else(|| FILE.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Returns what was there before anybody chose.
fn with_folders(folders: &Folders) -> Config {
    let setting = |folder: &Option<Folder>| {
        let Some(folder) = folder else { return Setting::default() };
        let from = folder.variable.map_or(Origin::Default, Origin::Environment);
        Setting { value: folder.path.to_string_lossy().into_owned(), from }
    };
    let mut config = Config::default();
    config.cache = setting(&folders.cache);
    config.data = setting(&folders.data);
    config
}

/// Reads the file; one that nobody named may be missing, and what else keeps it from being read is told.
fn text_of(path: &Path, settings: &Settings, told: &mut Vec<String>) -> Result<String, RunError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(source) if settings.config.is_some() => {
            return Err(RunError::ReadConfig { path: path.to_owned(), source });
        }
        Err(error) => {
            let is_missing = matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
            if !is_missing {
                told.push(format!("cannot read {}: {error}", path.display()));
            }
            return Ok(String::new());
        }
    };
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| {
        let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        told.push(format!("{} {}", name_of(Some(path)), Problem { line, wrong: Wrong::NotUtf8 }));
        String::new()
    }))
}

/// Folders that stand in the file are beside it or at home.
fn resolve_folders(config: &mut Config, folders: &Folders, beside: Option<&Path>) {
    for setting in [&mut config.cache, &mut config.data] {
        if matches!(setting.from, Origin::Line(_)) {
            setting.value = folders.resolve(&setting.value, beside).to_string_lossy().into_owned();
        }
    }
}

/// Returns who is looked for: as a flag says, else as the file says.
fn watch(config: &mut Config, settings: &Settings, folders: &Folders, beside: Option<&Path>) -> Watch {
    let shown = |files: &[PathBuf]| files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
    match &settings.watch {
        Watch::Files(files) => config.watchlists.set(shown(files), Origin::Flag("--watchlist")),
        Watch::Nobody => config.watchlists.set(Vec::new(), Origin::Flag("--no-watchlist")),
        Watch::Usual if !config.watchlists.value.is_empty() => {
            let written = config.watchlists.value.iter();
            let files: Vec<PathBuf> = written.map(|file| folders.resolve(file, beside)).collect();
            config.watchlists.value = shown(&files);
            return Watch::Files(files);
        }
        Watch::Usual => {}
    }
    settings.watch.clone()
}

fn listen_to_environment(config: &mut Config, variable: impl Fn(&str) -> Option<String>) {
    if config.colours.from == Origin::Default && variable("NO_COLOR").is_some() {
        config.colours.set(Colours::None, Origin::Environment("NO_COLOR"));
    }
    if config.language.from == Origin::Default {
        // The first of these that is set is the one that counts (POSIX.1-2017 §8.2).
        let set = ["LC_ALL", "LC_TIME", "LANG"].into_iter().find_map(|name| Some((name, variable(name)?)));
        let Some((name, locale)) = set else { return };
        let language = Language::NAMES.iter().find(|(language, _)| locale.starts_with(language));
        if let Some((_, language)) = language {
            config.language.set(*language, Origin::Environment(name));
        }
    }
}

fn listen_to_flags(config: &mut Config, settings: &Settings) {
    match settings.colour {
        Colour::Auto => {}
        Colour::Never => config.colours.set(Colours::None, Origin::Flag("--color")),
        Colour::Always if config.colours.value == Colours::None => {
            config.colours.set(Colours::default(), Origin::Flag("--color"));
        }
        Colour::Always => {}
    }
    if settings.no_trace {
        config.trace.set(false, Origin::Flag("--no-trace"));
    }
    for (said, setting, flag) in
        [(&settings.cache, &mut config.cache, "--cache"), (&settings.data, &mut config.data, "--data")]
    {
        if let Some(folder) = said {
            setting.set(folder.to_string_lossy().into_owned(), Origin::Flag(flag));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, variables: &[(&str, &str)], flag: Colour, colours: Colours, from: Origin) {
        let (mut config, _) = Config::default().read(text);
        listen_to_environment(&mut config, |name| {
            variables.iter().find(|it| it.0 == name).map(|it| it.1.to_owned())
        });
        listen_to_flags(&mut config, &Settings { colour: flag, ..Settings::default() });
        assert_eq!(config.colours, Setting { value: colours, from });
    }

    #[test]
    fn a_flag_stands_over_the_file_and_the_file_over_the_environment() {
        let no_color = [("NO_COLOR", "1")];
        check("", &[], Colour::Auto, Colours::Sixteen, Origin::Default);
        check("", &no_color, Colour::Auto, Colours::None, Origin::Environment("NO_COLOR"));
        check("", &no_color, Colour::Always, Colours::Sixteen, Origin::Flag("--color"));
        check("colors = 256", &no_color, Colour::Auto, Colours::Indexed, Origin::Line(1));
        check("colors = 256", &[], Colour::Never, Colours::None, Origin::Flag("--color"));
    }

    #[test]
    fn the_language_of_dates_is_that_of_the_locale() {
        let mut config = Config::default();
        let locale = |name: &str| (name == "LC_TIME").then(|| "fr_FR.UTF-8".to_owned());
        listen_to_environment(&mut config, locale);
        assert_eq!(
            config.language,
            Setting { value: Language::French, from: Origin::Environment("LC_TIME") }
        );
    }
}
