//! What must never import what: reads the crate graph and the `use` lines, and fails on a breach.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "layers/circles.rs"]
mod circles;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// (rooms, what must not stand in their code). Paths are relative to the repository.
const NEVER: &[(&[&str], &[&str])] = &[
    (&["protocol/src"], &["sqlx", "tokio", "egui", "axum", "std::fs", "std::net", "std::thread"]),
    (
        &["tablet-app/src/screens", "tablet-app/src/widgets"],
        &["journal", "courier", "std::fs", "clock", "reqwest", "sqlx"],
    ),
    (
        &[
            "tablet-app/src/kiosk",
            "tablet-app/src/staff",
            "tablet-app/src/startup",
            "tablet-app/src/typing.rs",
            "tablet-app/src/appearance.rs",
            "tablet-app/src/courier/policy.rs",
        ],
        &["std::fs", "std::thread", "egui", "tokio", "reqwest", "sqlx"],
    ),
    (&["tablet-app/src/journal"], &["reqwest", "egui"]),
    (&["analytics-server/src/api", "analytics-server/src/pages"], &["sqlx", "polars"]),
    (&["analytics-server/src/storage"], &["axum", "polars", "reports"]),
    (&["analytics-server/src/stats"], &["sqlx", "axum"]),
    (
        &["analytics-server/src/alerts/rules.rs"],
        &["sqlx", "axum", "polars", "tokio", "reqwest", "clock"],
    ),
    (&["analytics-server/src/alerts"], &["sqlx", "axum", "polars"]),
    (&["analytics-server/src/projections"], &["sqlx", "axum", "polars", "tokio"]),
    (&["reports/src"], &["sqlx", "axum", "tokio", "polars", "protocol"]),
];

/// (a heavy library, the only places that may name it).
const HOMES: &[(&str, &[&str])] = &[
    ("sqlx", &["analytics-server/src/storage", "tablet-app/src/journal"]),
    ("polars", &["analytics-server/src/stats"]),
    ("plotters", &["reports/src/charts"]),
    ("resvg", &["reports/src/picture.rs"]),
    (
        "typst",
        &[
            "reports/src/document.rs",
            "reports/src/world.rs",
            "reports/src/export.rs",
            "reports/src/lib.rs",
        ],
    ),
    (
        "reqwest",
        &[
            "tablet-app/src/courier",
            "analytics-server/src/demo",
            "analytics-server/src/alerts/address.rs",
            "analytics-server/src/alerts/webhook.rs",
            "analytics-server/src/checks/server.rs",
        ],
    ),
    ("lettre", &["analytics-server/src/alerts/mail.rs"]),
    ("hmac", &["analytics-server/src/alerts/webhook.rs"]),
    (
        "argon2",
        &[
            "tablet-app/src/pin.rs",
            "analytics-server/src/pin.rs",
            "analytics-server/src/auth/password.rs",
        ],
    ),
    ("aes_gcm", &["analytics-server/src/sealing.rs"]),
    ("sd_notify", &["analytics-server/src/http/service_manager.rs"]),
    ("zxcvbn", &["analytics-server/src/auth/password.rs"]),
    ("totp_rs", &["analytics-server/src/auth/second.rs"]),
    ("vi", &["tablet-app/src/typing.rs"]),
    ("fast_qr", &["analytics-server/src/qr.rs"]),
    (
        "rust_xlsxwriter",
        &[
            "analytics-server/src/table_files.rs",
            "analytics-server/src/table_files",
            "analytics-server/src/export",
            // Workbooks as offices make them, for tests of what is read.
            "analytics-server/src/import/tests",
        ],
    ),
    ("rustix", &["tablet-app/src/device.rs", "analytics-server/src/disk.rs"]),
    ("x509_parser", &["analytics-server/src/checks/certificate.rs"]),
];

/// (a crate, crates that must not be among its direct or indirect dependencies).
const GRAPH: &[(&str, &[&str])] = &[
    ("protocol", &["sqlx", "tokio", "egui", "axum", "jiff", "chrono"]),
    ("reports", &["sqlx", "axum", "tokio", "polars", "protocol"]),
    ("tablet-app", &["axum", "polars", "typst", "plotters", "reports", "analytics-server"]),
    ("analytics-server", &["eframe", "egui", "tablet-app"]),
    ("locales", &["sqlx", "tokio", "egui", "axum"]),
];

/// The rooms of the server, lowest first: each names only rooms that stand before it. `cli` is the
/// program around them.
const ORDER: &[&str] = &[
    // Types and tools without a database.
    "assets",
    "clock",
    "disk",
    "etag",
    "normalization",
    "form_reader",
    "audit_debounce",
    "centre_time",
    "gzip",
    "period",
    "portrait",
    "public",
    "qr",
    "rate_limits",
    "request_id",
    "table_files",
    "concurrency",
    "enrolment",
    "pin",
    "render_cache",
    "sealing",
    "projections",
    // What is kept, and what is read from it alone.
    "storage",
    "ingest",
    "config",
    "centre",
    "centre_settings_cache",
    "change_feed",
    "demonstration",
    "invitation_notifier",
    "invite",
    "questionnaire_words",
    "questionnaire",
    "scope",
    "write_check",
    "stats",
    "figure_lines",
    "roster",
    "import",
    "live",
    "verify",
    // All of it put together, and what is done with it.
    "state",
    "export",
    "proxy",
    "publication",
    "reporting",
    "auth",
    "audit",
    "visits",
    "alerts",
    "fleet",
    "retention",
    "checks",
    "meters",
    // Machines and people, and what surrounds both.
    "api",
    "pages",
    "http",
    "demo",
];

fn sources(room: &str) -> Vec<PathBuf> {
    let path = Path::new(ROOT).join(room);
    assert!(path.exists(), "{room} is named here but does not exist");
    if path.is_file() {
        return vec![path];
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(path.strip_prefix(ROOT).unwrap().to_str().unwrap()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Whether the code (not a comment) names the module or crate.
fn names(text: &str, word: &str) -> bool {
    text.lines().map(str::trim_start).filter(|line| !line.starts_with("//")).any(|line| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = &line[at + word.len()..];
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                && (after.starts_with("::") || (line.starts_with("use ") && after.starts_with(';')))
        })
    })
}

#[test]
fn no_room_imports_what_it_must_not() {
    let mut breaches = Vec::new();
    for (rooms, words) in NEVER {
        for path in rooms.iter().flat_map(|room| sources(room)) {
            let text = std::fs::read_to_string(&path).unwrap();
            for word in words.iter().filter(|word| names(&text, word)) {
                breaches.push(format!("{} names {word}", path.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

/// The code of a file without its tests and comments, by lines with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = (1..).zip(text[..tests].lines());
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The rooms that a line names by `crate::`, also in a list of them.
fn rooms_named(line: &str) -> Vec<&str> {
    fn word(text: &str) -> &str {
        text.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next().unwrap_or_default()
    }
    let named = line.split("crate::").skip(1);
    let rooms = named.flat_map(|rest| match rest.strip_prefix('{') {
        Some(list) => list.split(", ").map(word).collect(),
        None => vec![word(rest)],
    });
    rooms.filter(|room| !room.is_empty()).collect()
}

#[test]
fn no_room_of_the_server_names_one_above_it() {
    let place = |room: &str| {
        let found = ORDER.iter().position(|known| *known == room);
        found.unwrap_or_else(|| {
            panic!("the room {room} has no place in the order of tests/layers.rs")
        })
    };
    let src = Path::new(ROOT).join("analytics-server/src");
    let (mut breaches, mut edges) = (Vec::new(), 0);
    for path in sources("analytics-server/src") {
        let relative = path.strip_prefix(&src).unwrap().to_str().unwrap();
        let room = relative.split('/').next().unwrap().trim_end_matches(".rs");
        if ["main", "lib", "cli"].contains(&room) || relative.contains("tests") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in code(&text) {
            for named in rooms_named(line).into_iter().filter(|named| *named != room) {
                edges += 1;
                if place(named) >= place(room) {
                    breaches.push(format!("{relative}:{number}: {room} names {named}"));
                }
            }
        }
    }
    assert!(edges > 300, "only {edges} edges were found");
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn each_heavy_library_has_one_home() {
    let mut breaches = Vec::new();
    for crate_dir in ["protocol", "locales", "reports", "tablet-app", "analytics-server"] {
        for path in sources(&format!("{crate_dir}/src")) {
            let relative = path.strip_prefix(ROOT).unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            for (library, homes) in HOMES {
                let at_home = homes.iter().any(|home| relative.starts_with(home));
                if !at_home && names(&text, library) {
                    breaches.push(format!("{} names {library}", relative.display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn the_crate_graph_has_no_forbidden_way() {
    for (from, never) in GRAPH {
        let output = Command::new(env!("CARGO"))
            .args([
                "tree",
                "--offline",
                "-e",
                "normal",
                "--prefix",
                "none",
                "-f",
                "{p}",
                "-p",
                from,
            ])
            .current_dir(ROOT)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let tree = String::from_utf8(output.stdout).unwrap();
        let crates: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(crates.contains(from));
        for name in *never {
            assert!(!crates.contains(name), "{from} depends on {name}");
        }
    }
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    for crate_dir in ["protocol", "locales", "reports", "tablet-app", "analytics-server", "tests"] {
        for path in sources(crate_dir) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 400, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn a_breach_would_be_seen() {
    assert!(names("use sqlx::query;", "sqlx"));
    assert!(names("let x = crate::journal::open();", "journal"));
    assert!(names("use reqwest;", "reqwest"));
    assert!(!names("// sqlx::query is not used here", "sqlx"));
    assert!(!names("let mysqlx::y = 1;", "sqlx"));
}

/// Crates as a selection of ours compiles them: name and version, with the sets of features.
fn compiled(selection: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p}|{f}"])
        .args(selection)
        .current_dir(ROOT)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tree.stderr).into_owned();
    assert!(tree.status.success(), "{said}");
    let mut crates: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8(tree.stdout).unwrap().lines() {
        let Some((name, features)) = line.trim_end_matches(" (*)").split_once('|') else {
            continue;
        };
        crates.entry(name.to_owned()).or_default().insert(features.to_owned());
    }
    crates
}

/// The two commands of the README compile everything once: what the server alone asks for is what it
/// gets among all others, too.
#[test]
fn the_server_alone_is_compiled_as_among_all_others() {
    let alone = compiled(&["-p", "analytics-server", "-e", "normal,build"]);
    let among = compiled(&["--workspace", "-e", "normal,build,dev"]);
    assert!(alone.len() > 300, "only {} crates were found", alone.len());
    for (name, features) in alone {
        let others = &among[&name];
        assert!(
            features.is_subset(others),
            "{name} alone has {features:?}, among all {others:?}: name the missing features in \
             analytics-server/Cargo.toml, or polars and typst are compiled twice"
        );
    }
}
