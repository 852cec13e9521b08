//! The configuration, from outside: what is printed, and what is told.

use super::complaint;
use super::sample;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::process::Output;

/// Runs the program for somebody whose home is this folder.
fn at_home(home: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut tranche = Command::new(env!("CARGO_BIN_EXE_tranche"));
    tranche.env_clear().env("HOME", home).envs(variables.iter().copied()).args(arguments).output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn home_with(config: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/tranche");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), config).unwrap();
    home
}

#[test]
fn the_configuration_in_force_says_where_it_comes_from() {
    let home = home_with(
        "theme = \"safe\"\ncache = \"~/index\"\nwatchlists = \"mine.toml\"\n[keys]\nquit = \"Q\"\n",
    );
    let flags = ["config", "--data", "/tmp/data", "--no-trace"];
    let output = at_home(home.path(), &[("NO_COLOR", "1"), ("LANG", "fr_FR.UTF-8")], &flags);
    assert_eq!(text(output.stderr), "");
    let printed = text(output.stdout).replace(home.path().to_str().unwrap(), "/home/anna");
    // How long the name of the folder is says how many blanks stand behind it.
    let aligned = |line: &str| match line.split_once(" # ") {
        Some((setting, origin)) => format!("{:44} # {origin}\n", setting.trim_end()),
        None => format!("{line}\n"),
    };
    let (settings, keys) = printed.split_once("[keys]\n").unwrap();
    let changed = keys.lines().filter(|line| line.starts_with("quit") || line.starts_with("down"));
    let printed: String = settings.lines().chain(["[keys]"]).chain(changed).map(aligned).collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(printed);
    });
    let output = at_home(home.path(), &[], &["config", "--json"]);
    let lines: Vec<Value> =
        text(output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let setting = |name: &str| lines.iter().find(|line| line["name"] == name).unwrap();
    assert_eq!(setting("theme")["value"], "safe");
    assert_eq!(
        (&setting("theme")["from"], &setting("theme")["where"]),
        (&"file".into(), &"config.toml line 1".into())
    );
    assert_eq!(setting("keys.quit")["value"], serde_json::json!(["Q"]));
    assert_eq!((&setting("mouse")["from"], &setting("mouse")["where"]), (&"default".into(), &Value::Null));
}

#[test]
fn an_error_in_it_is_told_and_the_rest_is_in_force() {
    let home = home_with("\n\n\n\n\n\nthem = \"dark\"\ntheme = \"light\"\n");
    let output = at_home(home.path(), &[], &["config"]);
    let told = text(output.stderr);
    assert_eq!(told, "tranche: config.toml line 7: unknown key \"them\"; did you mean \"theme\"?\n");
    assert!(text(output.stdout).contains("theme = \"light\""));
    let desk = sample("crlf.mbox");
    let output = at_home(home.path(), &[], &["list", &desk]);
    assert!(output.status.success() && !output.stdout.is_empty());
    assert!(text(output.stderr).contains("line 7"));
}

#[test]
fn a_configuration_that_was_named_has_to_be_there() {
    let (code, said) = complaint(&["config", "--config", "no/such.toml"]);
    assert_eq!(code, 1);
    assert_eq!(said, "tranche: cannot read configuration no/such.toml: there is no such file\n");
}

#[test]
fn watchlists_of_the_configuration_are_beside_it() {
    let home = home_with("watchlists = [\"mine.toml\"]\n");
    let list = "[[candidate]]\nname = \"Anna Roux\"\n";
    std::fs::write(home.path().join(".config/tranche/mine.toml"), list).unwrap();
    let desk = sample("crlf.mbox");
    let counted = |flags: &[&str]| {
        let arguments = [&["count", desk.as_str()], flags].concat();
        text(at_home(home.path(), &[], &arguments).stdout)
    };
    assert!(counted(&[]).contains("Anna Roux"));
    assert!(!counted(&["--no-watchlist"]).contains("Anna Roux"));
}

#[test]
fn a_citation_is_found_again() {
    let desk = sample("election-desk.mbox");
    let cited = &super::json(&["cite", &desk, "12", "--json"])[0];
    let shown = &super::json(&["show", &desk, "12", "--json"])[0];
    for name in ["number", "offset", "length", "sha256", "message_id", "date_raw"] {
        assert_eq!(cited[name], shown[name], "{name}");
    }
    let line = super::printed(&["cite", &desk, &format!("sha256:{}", cited["sha256"].as_str().unwrap())]);
    assert_eq!(
        line,
        format!(
            "election-desk.mbox, @{} ({} bytes), sha256:{}, {}, {}\n",
            cited["offset"],
            cited["length"],
            cited["sha256"].as_str().unwrap(),
            cited["message_id"].as_str().unwrap(),
            cited["date_raw"].as_str().unwrap()
        )
    );
}

#[test]
fn completions_and_the_manual_are_printed() {
    let home = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["completions", "bash"][..], "complete -F"),
        (&["completions", "zsh"], "#compdef tranche"),
        (&["completions", "fish"], "complete -c tranche"),
        (&["man"], ".TH tranche 1"),
    ] {
        let printed = text(at_home(home.path(), &[], arguments).stdout);
        assert!(printed.contains(words), "{arguments:?}: {printed}");
    }
}
