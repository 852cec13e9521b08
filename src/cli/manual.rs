//! The manual page and the completions of shells, from the same tables as the program itself.

use super::Shell;
use super::arguments::Arguments;
use crate::app::keymap;
use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::Roff;
use clap_mangen::roff::bold;
use clap_mangen::roff::roman;

/// Returns what lets a shell complete our arguments.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "tranche", &mut out);
    out
}

/// Returns the manual page in roff.
pub fn manual() -> Vec<u8> {
    let mut tranche = Arguments::command();
    tranche.build();
    let page = Man::new(tranche.clone());
    let mut out = Vec::new();
    let written = page
        .render_title(&mut out)
        .and_then(|()| page.render_name_section(&mut out))
        .and_then(|()| page.render_synopsis_section(&mut out))
        .and_then(|()| page.render_description_section(&mut out))
        .and_then(|()| page.render_options_section(&mut out))
        .and_then(|()| commands(&tranche).to_writer(&mut out))
        .and_then(|()| keys().to_writer(&mut out))
        .and_then(|()| rest().to_writer(&mut out));
    written.expect("memory takes whatever is written");
    out
}

fn commands(tranche: &clap::Command) -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["COMMANDS"]);
    for command in tranche.get_subcommands().filter(|command| command.get_name() != "help") {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").to_owned();
        page.control("SS", [usage.as_str()]);
        page.text([roman(text_of(command.get_about()))]);
        let own = command.get_arguments().filter(|it| !it.is_global_set() && !is_help(it));
        for argument in own {
            page.control("TP", []);
            page.text([bold(name_of(argument))]);
            page.text([roman(text_of(argument.get_help()))]);
        }
        if let Some(after) = command.get_after_help() {
            page.control("PP", []).control("nf", []);
            for line in after.to_string().lines() {
                page.text([roman(line)]);
            }
            page.control("fi", []);
        }
    }
    page
}

fn is_help(argument: &clap::Arg) -> bool {
    matches!(argument.get_id().as_str(), "help" | "version")
}

fn name_of(argument: &clap::Arg) -> String {
    match argument.get_long() {
        Some(long) => format!("--{long}"),
        None => argument.get_id().to_string().to_uppercase(),
    }
}

fn text_of(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

/// Writes every key and the name of what it does.
fn keys() -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["KEYS"]);
    page.text([roman(
        "As they come; [keys] in config.toml changes them. The name is what the : line knows.",
    )]);
    for group in &keymap::GROUPS {
        page.control("SS", [group.title]);
        for binding in group.bindings {
            let keys: Vec<String> = binding.keys.iter().map(|key| key.name()).collect();
            page.control("TP", []);
            page.text([bold(keys.join(", ")), roman(format!("   {}", binding.name()))]);
            page.text([roman(binding.words)]);
        }
    }
    page
}

fn rest() -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["FILES"]);
    for (file, words) in [
        (
            "$XDG_CONFIG_HOME/tranche/config.toml",
            "A person's habits; `tranche config` prints those in force.",
        ),
        (
            "$XDG_DATA_HOME/tranche",
            "What is kept of what a person did, such as the position in each mailbox.",
        ),
        ("$XDG_CACHE_HOME/tranche", "What can be made again."),
    ] {
        page.control("TP", []).text([bold(file)]).text([roman(words)]);
    }
    page.control("SH", ["EXIT STATUS"]);
    for (code, words) in [
        ("0", "Done, also with nothing found."),
        ("1", "Failed: a file, the terminal."),
        ("2", "Wrong usage: a flag, a query, a line of a watchlist."),
    ] {
        page.control("TP", []).text([bold(code)]).text([roman(words)]);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completions_and_manual_know_every_command() {
        let shells = [Shell::Bash, Shell::Zsh, Shell::Fish].map(completions);
        let [bash, zsh, fish] = shells.map(|text| String::from_utf8(text).unwrap());
        let manual = String::from_utf8(manual()).unwrap().replace("\\-", "-");
        for command in Arguments::command().get_subcommands() {
            let name = command.get_name();
            for text in [&bash, &zsh, &fish, &manual] {
                assert!(text.contains(name), "{name} is missing");
            }
            assert!(manual.contains(&format!(".SS \"tranche {name}")), "{manual}");
        }
        for binding in keymap::bindings() {
            assert!(manual.contains(binding.name()), "{} is missing", binding.name());
        }
    }
}
