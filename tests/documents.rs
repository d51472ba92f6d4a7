//! What the documents promise exists: tests named among the invariants, files named in ARCHITECTURE.md,
//! commands and pictures of the README.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use whole_system_tests::programs::{server, tablet};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn functions(dir: &Path, found: &mut HashSet<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(path).unwrap();
            for part in text.split("fn ").skip(1) {
                found.insert(part.split(['(', '<']).next().unwrap().to_owned());
            }
        }
    }
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let mut known = HashSet::new();
    for room in ["protocol", "locales", "reports", "tablet-app", "analytics-server", "tests"] {
        functions(&Path::new(ROOT).join(room), &mut known);
    }
    let text = read("docs/invariants.md");
    let mut named = 0;
    let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    for (number, line) in (1..).zip(lines) {
        assert!(line.starts_with(&format!("{number}. ")), "not in order: {line}");
        let tests: Vec<_> = quoted(line).into_iter().filter(|name| name.contains('_')).collect();
        assert!(!tests.is_empty(), "no test holds: {line}");
        for test in tests {
            assert!(
                known.contains(test),
                "{test} is named in docs/invariants.md but does not exist"
            );
            named += 1;
        }
    }
    assert!(named > 30, "only {named} tests are named");
}

#[test]
fn every_file_of_the_journey_exists() {
    let text = read("ARCHITECTURE.md");
    let journey = text.split("## The journey").nth(1).unwrap().split("\n## ").next().unwrap();
    let paths: Vec<_> = quoted(journey).into_iter().filter(|name| name.contains("/src")).collect();
    assert!(paths.len() > 8);
    for path in paths {
        assert!(Path::new(ROOT).join(path).exists(), "{path} is named but does not exist");
    }
}

#[test]
fn the_readme_shows_pictures_and_commands_that_exist() {
    let text = read("README.md");
    for part in text.split("](").skip(1) {
        let target = part.split(')').next().unwrap();
        assert!(Path::new(ROOT).join(target).exists(), "README.md points to {target}");
    }
    let help = server(["--help"]).out;
    for line in text.lines().filter_map(|line| line.trim().strip_prefix("analytics-server ")) {
        let command = line.split_whitespace().next().unwrap();
        assert!(help.contains(command), "README.md shows the command {command}");
    }
    assert!(tablet(["--help"]).out.contains("--enrol"));
}

#[test]
fn the_manual_shows_commands_and_flags_that_exist() {
    // A command may go on in the next line.
    let text = read("docs/operations.md").replace("\\\n", " ");
    let mut known = std::collections::HashMap::new();
    let mut shown = 0;
    for part in text.split("analytics-server ").skip(1) {
        // What follows is a command where it is written as code: until the line or the code ends.
        let line = part.split(['\n', '`', ';', '&']).next().unwrap();
        let mut words = line.split_whitespace();
        let Some(command) = words.next() else { continue };
        if !command.chars().all(|c| c.is_ascii_lowercase()) || command == "is" {
            continue;
        }
        let mut path = vec![command];
        let rest: Vec<_> = words.collect();
        let sub = rest.first().filter(|_| {
            let nested = ["token", "tablet", "quarantine", "user", "officer", "technician"];
            nested.contains(&command) && !rest[0].starts_with('-')
        });
        path.extend(sub);
        path.push("--help");
        let help = known.entry(path.join(" ")).or_insert_with(|| {
            let said = whole_system_tests::programs::server_with(&path);
            assert!(said.ok, "docs/operations.md shows {line}: {}", said.err);
            said.out
        });
        for flag in rest.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(*flag), "docs/operations.md shows {flag} of {command}");
        }
        shown += 1;
    }
    assert!(shown > 15, "only {shown} commands are shown");
    let unit = read("packaging/server/hai-long.service");
    assert!(unit.contains("analytics-server serve --config"));
}

/// Names of the marked blocks of a document: `run=NAME`, or a file's `id=` or path.
fn marked_blocks(text: &str) -> Vec<String> {
    let marks = text.lines().filter_map(|line| line.trim_start().strip_prefix("```"));
    let value = |mark: &str, key: &str| {
        let found = mark.split(' ').find_map(|word| word.strip_prefix(key));
        found.map(str::to_owned)
    };
    let name = |mark: &str| {
        let path = value(mark, "file=").map(|path| path.replace('/', "_"));
        value(mark, "run=").or_else(|| value(mark, "id=")).or(path)
    };
    marks.filter_map(name).collect()
}

#[test]
fn every_marked_block_of_the_manuals_is_tried() {
    let steps: String = ["server", "tablet", "around"]
        .map(|part| read(&format!("packaging/trial/{part}.sh")))
        .concat()
        // The four lists are written by one loop.
        .replace("_srv_danh-sach_$list.csv", "_srv_danh-sach_");
    let mut blocks = 0;
    for document in ["docs/operations.md", "docs/tablet.md"] {
        for name in marked_blocks(&read(document)) {
            let name = if name.starts_with("_srv_danh-sach_") { "_srv_danh-sach_" } else { &name };
            let tried = ["run", "write"].iter().any(|how| {
                let call = format!("{how} \"{name}");
                steps.contains(&call)
                    || steps.lines().any(|line| {
                        let line = line.trim();
                        line == format!("{how} {name}")
                            || line.starts_with(&format!("{how} {name} "))
                    })
            });
            assert!(
                tried,
                "{document} marks the block {name}, and no step of packaging/try runs it"
            );
            blocks += 1;
        }
    }
    assert!(blocks > 30, "only {blocks} blocks are marked");
}
