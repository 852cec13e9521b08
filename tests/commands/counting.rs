//! `count` and the hits of `--json`: what is counted is what is shown, and both are what was planted.

use super::complaint;
use super::json;
use super::numbers;
use super::printed;
use super::sample;
use super::tranche;
use super::tranche_of;
use crate::planted;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

const BADGES: [(&str, char); 5] = [
    ("Marine Le Pen", 'L'),
    ("François Fillon", 'F'),
    ("Emmanuel Macron", 'M'),
    ("Benoît Hamon", 'H'),
    ("Jean-Luc Mélenchon", 'J'),
];

fn hits(message: &Value) -> &[Value] {
    message["hits"].as_array().unwrap()
}

/// The badges of the hits of a message, small where they are quoted.
fn badges(message: &Value) -> String {
    let badge = |hit: &Value| {
        let (_, badge) = BADGES.iter().find(|(name, _)| hit["candidate"] == *name).unwrap();
        if hit["quoted"] == true { badge.to_ascii_lowercase() } else { *badge }
    };
    hits(message).iter().map(badge).collect()
}

fn written(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Counts again, from the hits of every message.
fn counted_from_hits(messages: &[Value]) -> BTreeMap<&str, Value> {
    let count = |name: &str| {
        let is_named = |hit: &&Value| hit["candidate"] == name;
        let naming: Vec<&Value> =
            messages.iter().filter(|message| hits(message).iter().any(|hit| is_named(&hit))).collect();
        let of = |message: &Value| hits(message).iter().filter(is_named).cloned().collect::<Vec<Value>>();
        let having = |is_it: &dyn Fn(&Value) -> bool| {
            naming.iter().filter(|message| of(message).iter().any(is_it)).count()
        };
        let is_text = |hit: &Value| hit["where"] == "body" || hit["where"] == "more";
        let is_file = |hit: &Value| hit["where"] == "attachment";
        let threads: BTreeSet<u64> =
            naming.iter().map(|message| message["thread"].as_u64().unwrap()).collect();
        serde_json::json!({
            "messages": naming.len(),
            "threads": threads.len(),
            "hits": naming.iter().map(|message| of(message).len()).sum::<usize>(),
            "in": {
                "headers": having(&|hit| !is_text(hit) && !is_file(hit)),
                "own": having(&|hit| is_text(hit) && hit["quoted"] == false),
                "quoted": having(&|hit| is_text(hit) && hit["quoted"] == true),
                "attachments": having(&is_file),
            },
        })
    };
    BADGES.iter().map(|&(name, _)| (name, count(name))).collect()
}

#[track_caller]
fn check_count(mailbox: &str) {
    let messages = json(&["list", mailbox, "--json", "--full"]);
    let lines = json(&["count", mailbox, "--json"]);
    let (searched, candidates) = lines.split_last().unwrap();
    let expected = counted_from_hits(&messages);
    assert_eq!(candidates.len(), expected.len());
    for candidate in candidates {
        let name = candidate["candidate"].as_str().unwrap();
        for (what, expected) in expected[name].as_object().unwrap() {
            assert_eq!(&candidate[what], expected, "{mailbox}: {what} of {name}");
        }
        let spellings = candidate["spellings"].as_object().unwrap().values();
        assert_eq!(
            spellings.map(|times| times.as_u64().unwrap()).sum::<u64>(),
            candidate["hits"].as_u64().unwrap()
        );
        let naming =
            messages.iter().filter(|message| hits(message).iter().any(|hit| hit["candidate"] == name));
        let naming: Vec<u64> = naming.map(|message| message["number"].as_u64().unwrap()).collect();
        assert_eq!(numbers(mailbox, &format!("candidate:\"{name}\"")), naming, "{mailbox}: candidate:{name}");
    }
    let unsearchable = searched["unsearchable"].as_array().unwrap().len();
    assert_eq!(searched["searched"].as_u64().unwrap() as usize + unsearchable, messages.len());
}

#[test]
fn what_is_counted_is_what_the_hits_say() {
    for file in ["election-desk.mbox", "nested-forwards.mbox", "preamble.mbox", "empty-body.mbox"] {
        check_count(&sample(file));
    }
}

#[test]
fn planted_names_are_found_in_every_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, expected) = planted::everywhere();
    let mailbox = written(&folder, "planted.mbox", &bytes);
    let messages = json(&["list", &mailbox, "--json", "--full"]);
    assert_eq!(messages.len(), expected.len());
    for (message, expected) in messages.iter().zip(&expected) {
        let headers = message["headers"].as_array().unwrap();
        assert_eq!(badges(message), *expected, "{:?} {headers:?}", message["body"]);
        for hit in hits(message) {
            let range = hit["start"].as_u64().unwrap() as usize..hit["end"].as_u64().unwrap() as usize;
            let is_in_body = hit["where"] == "body";
            let in_body = message["body"].as_str().and_then(|body| body.get(range));
            assert!(!is_in_body || in_body == hit["text"].as_str(), "{hit}");
        }
    }
    check_count(&mailbox);
    let total = |lines: &[Value]| lines.iter().filter_map(|line| line["hits"].as_u64()).sum::<u64>() as usize;
    let lines = json(&["count", &mailbox, "--json"]);
    assert_eq!(total(&lines), expected.iter().map(|named| named.len()).sum::<usize>());
}

#[test]
fn names_in_header_and_attachments_are_hits() {
    let folder = tempfile::tempdir().unwrap();
    let mail = "From a@desk.example Wed Feb  1 08:30:00 2017\n\
        From: =?iso-8859-1?Q?Beno=EEt_Hamon?= <bh@desk.example>\n\
        To: \"Fillon, =?utf-8?B?RnJhbsOnb2lz?=\" <x@desk.example>, emmanuel.macron@desk.example\n\
        Cc: <x@desk.example>\n\
        Subject: =?utf-8?Q?M=C3=A9?= =?utf-8?Q?lenchon?= and Le Pen\n\
        MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\nNobody.\n\
        --b\nContent-Type: text/plain\n\nAlso Hamon.\n\
        --b\nContent-Type: application/pdf\n\
        Content-Disposition: attachment; filename=\"budget_Fillon.pdf\"\nContent-Transfer-Encoding: base64\n\n\
        AAAA\n--b--\n";
    let mailbox = written(&folder, "a.mbox", mail.as_bytes());
    let message = &json(&["show", &mailbox, "1", "--json"])[0];
    let found: Vec<String> = hits(message)
        .iter()
        .map(|hit| format!("{} {}", hit["where"].as_str().unwrap(), hit["text"].as_str().unwrap()))
        .collect();
    let expected = [
        "from Benoît Hamon",
        "to Fillon",
        "to emmanuel.macron",
        "subject Mélenchon",
        "subject Le Pen",
        "more Hamon",
        "attachment Fillon",
    ];
    assert_eq!(found, expected);
    check_count(&mailbox);
}

#[test]
fn a_zero_says_what_was_looked_for_and_what_was_not_searched() {
    let desk = sample("election-desk.mbox");
    let folder = tempfile::tempdir().unwrap();
    let list = written(&folder, "w.toml", b"[[candidate]]\nname = \"Zeno Nowhere\"\nspellings = [\"ZNW\"]\n");
    let table = printed(&["count", &desk, "--watchlist", &list]);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[1].starts_with("N  Zeno Nowhere         0         0         0"), "{table}");
    assert_eq!(lines[2], "   looked for: Zeno Nowhere, ZNW");
    assert_eq!(lines[4], "290 messages were searched; 1 could not be, or not all of their text:");
    assert_eq!(lines[5], "  1 encrypted: 149");
    let lines = json(&["count", &desk, "--json", "--watchlist", &list]);
    assert_eq!(lines[0]["first"], Value::Null);
    let searched = r#"{"searched":290,"unsearchable":[{"number":149,"reason":"encrypted"}]}"#;
    assert_eq!(lines[1].to_string(), searched);
}

#[test]
fn a_spreadsheet_gets_no_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let list = "[[candidate]]\nname = \"=cmd|' /C calc'!A1\"\nspellings = [\"Election, desk\", \"@SUM\"]\n";
    let list = written(&folder, "w.toml", list.as_bytes());
    let table = printed(&["count", &sample("election-desk.mbox"), "--csv", "--watchlist", &list]);
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert!(
        rows[0].starts_with("candidate,messages,threads,hits,in_headers,in_own,in_quoted,in_attachments,")
    );
    assert!(rows[1].starts_with("'=cmd|' /C calc'!A1,"), "{table}");
    assert!(rows[1].contains(",\"'=cmd|' /C calc'!A1; Election, desk; @SUM\",290,1,1 encrypted"), "{table}");
    assert_eq!(rows[2..], [""]);
}

#[test]
fn watchlists_are_read_from_files_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample("election-desk.mbox");
    let one = written(&folder, "one.toml", b"[[candidate]]\nname = \"Emmanuel Macron\"\nbadge = \"M\"\n");
    let two = written(&folder, "two.toml", b"[[candidate]]\nname = \"Theresa May\"\nspellings = [\"May\"]\n");
    let both = tranche(&["count", &desk, "--json", "--watchlist", &one, "--watchlist", &two]);
    assert_eq!(String::from_utf8(both.stdout).unwrap().lines().count(), 3);
    let note = "tranche: watchlist: \"May\" is an ordinary word too: not every hit will be Theresa May\n";
    assert_eq!(String::from_utf8(both.stderr).unwrap(), note);
    assert_eq!(json(&["count", &desk, "--json", "--no-watchlist"]).len(), 1);
    let nobody = json(&["list", &desk, "--json", "--full", "--no-watchlist"]);
    assert!(nobody.iter().all(|message| hits(message).is_empty()));
}

#[test]
fn ones_own_watchlist_is_used_where_none_is_named() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("tranche");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("watchlist.toml");
    let config = home.path().to_str().unwrap();
    let desk = sample("election-desk.mbox");
    let count = |more: &[&str]| {
        let found = tranche_of(config, &[&["count", &desk, "--json"], more].concat());
        (String::from_utf8(found.stdout).unwrap(), String::from_utf8(found.stderr).unwrap())
    };
    assert_eq!(count(&[]).0.lines().count(), 6);
    std::fs::write(&file, "[[candidate]]\nname = \"Zeno Nowhere\"\n").unwrap();
    assert!(count(&[]).0.starts_with("{\"candidate\":\"Zeno Nowhere\""));
    assert_eq!(count(&["--no-watchlist"]).0.lines().count(), 1);
    std::fs::write(&file, "[[candidate]]\nname = \"Zeno\"\nbadge = \"ZN\"\n").unwrap();
    let said = count(&[]).1;
    let place = format!("tranche: watchlist {} line 3: ", file.display());
    assert!(said.starts_with(&place), "{said}");
}

#[track_caller]
fn check_refused(watchlist: &str, code: i32, said: &str) {
    let found = complaint(&["count", &sample("election-desk.mbox"), "--watchlist", watchlist]);
    assert_eq!(found, (code, said.replace("FILE", watchlist)));
}

#[test]
fn what_is_wrong_with_a_watchlist_is_said_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let taken =
        "[[candidate]]\nname = \"A B\"\nbadge = \"M\"\n\n[[candidate]]\nname = \"C D\"\nbadge = \"m\"\n";
    let hint = "  hint: choose another letter, or leave badge out and one is chosen\n";
    check_refused(
        &written(&folder, "taken.toml", taken.as_bytes()),
        2,
        &format!("tranche: watchlist FILE line 7: badge \"M\" is already A B's\n{hint}"),
    );
    check_refused(
        &written(&folder, "latin.toml", b"[[candidate]]\nname = \"Beno\xEEt\"\n"),
        2,
        "tranche: watchlist FILE line 2: not UTF-8\n  hint: save it as UTF-8\n",
    );
    check_refused(
        "no/such.toml",
        1,
        "tranche: cannot read watchlist FILE: there is no such file\n  hint: --no-watchlist does without\n",
    );
}
