//! Circles of files inside a room: files that name one another, directly or by way of others, can only
//! be understood and changed together. What a `mod.rs` re-exports is followed to the file that defines it;
//! a file may name the `mod.rs` of its own room.

use crate::{ROOT, code, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The most files that may name one another in a circle.
const MOST: usize = 6;

/// A name that a file brings in.
struct Import {
    path: Vec<String>,
    name: String,
    public: bool,
}

/// The files of a crate by their module paths, such as `import::row`.
#[derive(Default)]
struct Files {
    imports: BTreeMap<String, Vec<Import>>,
    /// Paths that begin with `crate` or `super` elsewhere in the code.
    inline: BTreeMap<String, Vec<Vec<String>>>,
}

impl Files {
    fn add(&mut self, module: &str, text: &str) {
        let (mut imports, mut inline) = (Vec::new(), Vec::new());
        let code: Vec<&str> = code(text).map(|(_, line)| line).collect();
        let mut statement: Option<String> = None;
        for line in code {
            let begins = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "];
            if statement.is_none() && begins.iter().any(|begin| line.trim().starts_with(begin)) {
                statement = Some(String::new());
            }
            let Some(mut text) = statement.take() else {
                inline.extend(paths_of(line));
                continue;
            };
            text.push_str(line.trim());
            if !text.ends_with(';') {
                statement = Some(text);
                continue;
            }
            let public = text.starts_with("pub");
            let (_, tree) = text.trim_end_matches(';').split_once("use ").unwrap();
            expand(&[], tree, &mut |path, name| {
                imports.push(Import { path, name, public });
            });
        }
        self.imports.insert(module.to_owned(), imports);
        self.inline.insert(module.to_owned(), inline);
    }

    /// The file that defines what a path from the root of the crate names.
    fn home(&self, path: &[String], steps: usize) -> Option<String> {
        let module = (1..=path.len()).rev().map(|length| (path[..length].join("::"), length));
        let (module, length) =
            module.into_iter().find(|(one, _)| self.imports.contains_key(one))?;
        let Some(name) = path.get(length) else { return Some(module) };
        let handed = self.imports[&module].iter().filter(|one| one.name == *name && steps < 8);
        let mut behind =
            handed.filter_map(|one| self.home(&absolute(&module, &one.path), steps + 1));
        behind.next().or_else(|| Some(module.clone()))
    }

    /// The files of the same room that a file names, but for the `mod.rs` files around it.
    fn named_by(&self, module: &str) -> BTreeSet<String> {
        let inner = format!("{module}::");
        let is_door = self.imports.keys().any(|other| other.starts_with(&inner));
        let imports = self.imports[module].iter().filter(|one| !(is_door && one.public));
        let paths = imports.map(|one| &one.path).chain(&self.inline[module]);
        let homes = paths.filter_map(|path| self.home(&absolute(module, path), 0));
        let others = homes.filter(|home| {
            room_of(home) == room_of(module)
                && home != module
                && !module.starts_with(&format!("{home}::"))
        });
        others.collect()
    }

    /// The circles: sets of files each of which leads to all others.
    fn circles(&self) -> Vec<BTreeSet<String>> {
        let edges: BTreeMap<&str, BTreeSet<String>> =
            self.imports.keys().map(|module| (module.as_str(), self.named_by(module))).collect();
        let reached = |from: &str| {
            let (mut reached, mut waiting) = (BTreeSet::new(), vec![from.to_owned()]);
            while let Some(module) = waiting.pop() {
                for next in &edges[module.as_str()] {
                    if reached.insert(next.clone()) {
                        waiting.push(next.clone());
                    }
                }
            }
            reached
        };
        let reach: BTreeMap<&str, BTreeSet<String>> =
            edges.keys().map(|module| (*module, reached(module))).collect();
        let circle = |module: &str| -> BTreeSet<String> {
            let there = reach[module].iter();
            there.filter(|other| reach[other.as_str()].contains(module)).cloned().collect()
        };
        let circles: BTreeSet<BTreeSet<String>> = edges.keys().map(|one| circle(one)).collect();
        circles.into_iter().filter(|circle| circle.len() > 1).collect()
    }
}

fn room_of(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// A path as it stands in a file, from the root of the crate.
fn absolute(module: &str, path: &[String]) -> Vec<String> {
    let mut from: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => return path[1..].to_vec(),
        Some("super" | "self") => {
            while let Some("super" | "self") = rest.first().map(String::as_str) {
                if rest[0] == "super" {
                    from.pop();
                }
                rest = &rest[1..];
            }
        }
        _ => {}
    }
    from.extend(rest.iter().cloned());
    from
}

/// Calls `take` with each path of a tree of imports, such as `a::{b, c as d}`, and its name.
fn expand(begin: &[String], tree: &str, take: &mut impl FnMut(Vec<String>, String)) {
    let tree = tree.trim();
    if let Some(list) = tree.strip_prefix('{').and_then(|list| list.strip_suffix('}')) {
        let (mut depth, mut from) = (0, 0);
        for (at, sign) in list.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(begin, &list[from..at], take);
                    from = at + 1;
                }
                _ => {}
            }
        }
        expand(begin, &list[from..], take);
        return;
    }
    let mut path = begin.to_vec();
    if let Some((first, rest)) = tree.split_once("::") {
        path.push(first.to_owned());
        expand(&path, rest, take);
    } else if !tree.is_empty() {
        let (last, name) = tree.split_once(" as ").unwrap_or((tree, tree));
        if last != "self" {
            path.push(last.to_owned());
        }
        let own = path.last().cloned().unwrap_or_default();
        take(path, if name == "self" { own } else { name.to_owned() });
    }
}

/// The paths in a line of code that begin with `crate` or `super`.
fn paths_of(line: &str) -> Vec<Vec<String>> {
    let is_of_path = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == ':';
    let visible = line.replace("pub(in crate::", "(");
    let words = visible.split(|sign: char| !is_of_path(sign));
    let paths = words.filter(|word| word.starts_with("crate::") || word.starts_with("super::"));
    paths.map(|path| path.trim_end_matches(':').split("::").map(str::to_owned).collect()).collect()
}

#[test]
fn no_circle_of_files_inside_a_room_is_longer_than_six() {
    let src = Path::new(ROOT).join("analytics-server/src");
    let mut files = Files::default();
    for path in sources("analytics-server/src") {
        let relative = path.strip_prefix(&src).unwrap().to_str().unwrap();
        if ["main.rs", "lib.rs"].contains(&relative) || relative.contains("tests") {
            continue;
        }
        let module = relative.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
        files.add(&module, &std::fs::read_to_string(&path).unwrap());
    }
    let edges: usize = files.imports.keys().map(|module| files.named_by(module).len()).sum();
    assert!(edges > 500, "only {edges} edges were found");
    let too_long: Vec<_> = files
        .circles()
        .into_iter()
        .filter(|circle| circle.len() > MOST)
        .map(|circle| (circle.len(), circle))
        .collect();
    assert!(too_long.is_empty(), "{too_long:#?}");
}

#[test]
fn a_circle_would_be_seen() {
    let mut files = Files::default();
    files.add("room", "mod one;\nmod two;\nmod three;\npub use one::One;\nuse two::Two;\n");
    files.add("room::one", "use super::two::{Two, help as other};\nuse std::fmt;\n");
    files.add("room::two", "//! use super::one;\nfn two() -> crate::room::three::Three {}\n");
    // What a `mod.rs` re-exports is the file that defines it; the `mod.rs` itself is no part of a circle.
    files.add("room::three", "use super::{\n    Door, One,\n};\n#[cfg(test)]\nmod tests {\n");
    files.add("room::four", "use super::one::One;\npub(in crate::room) fn four() {}\n");
    let circle = ["room::one", "room::three", "room::two"].map(str::to_owned).into();
    assert_eq!(files.circles(), [circle]);
}
