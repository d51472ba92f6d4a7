//! The keys that code names and the sentences that there are, held against each other: no page shows
//! a key in brackets, and no sentence is translated that nobody shows.
//!
//! Quoted words in sources and templates are read, such as `"admin-title"` and
//! `format!("admin-{}-add", …)`, whose places stand for any word. What such a place can be is tried
//! where its words are defined (`every_finding_has_its_words` and its like).
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where sentences are named by key.
const SOURCES: [&str; 5] = [
    "analytics-server/src",
    "analytics-server/templates",
    "reports/src",
    "reports/templates",
    "tablet-app/src",
];
/// Quoted words that look like keys and are something else.
const NO_KEYS: [&str; 3] = ["level-faces", "tablet-app", "tablet-yet"];
/// Beginnings to which code joins a word by itself, by a function that is given both.
const FAMILIES: [&str; 6] =
    ["account-do", "account-field", "account-is", "account-of", "account-scope", "language-"];

/// Sentences that a file of data has, too, and a test holds against it: the question of the built-in
/// questionnaire.
const OF_DATA: [&str; 1] = ["question-attitude"];

/// The keys of one language.
fn keys(language: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(language)).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let named = text.lines().filter_map(|line| line.split_once(" ="));
        let named = named.filter(|(key, _)| !key.starts_with([' ', '#', '}']));
        keys.extend(named.map(|(key, _)| key.to_owned()));
    }
    keys
}

/// All texts under a directory, without the tests that stand in them.
fn texts(directory: &Path, all: &mut Vec<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" {
                texts(&path, all);
            }
        } else if name != "tests.rs" && !name.ends_with("_tests.rs") {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            all.push(text.to_owned());
        }
    }
}

/// A quoted word without its places, cut where they stood: `admin-{}-add` is `admin-` and `-add`.
fn cut(word: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(before);
        rest = after.split_once('}')?.1;
    }
    parts.push(rest);
    let plain = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '_'
    };
    (!word.is_empty() && parts.iter().all(|part| part.chars().all(plain))).then_some(parts)
}

/// Whether a key is made of these parts, with a word of at least one letter at each cut.
fn matches(key: &str, parts: &[&str]) -> bool {
    let [first, between @ .., last] = parts else { return parts == [key] };
    let Some(mut rest) = key.strip_prefix(first) else { return false };
    for part in between {
        let Some(at) = rest.get(1..).and_then(|rest| rest.find(part)) else { return false };
        rest = &rest[at + 1 + part.len()..];
    }
    rest.len() > last.len() && rest.ends_with(last)
}

#[test]
fn every_key_that_code_names_has_a_sentence_and_every_sentence_is_named() {
    let mut sources = Vec::new();
    for directory in SOURCES {
        texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(directory), &mut sources);
    }
    // Every second piece is quoted or lies between two quotes; both are looked at, and prose is no word.
    let words: BTreeSet<&str> = sources.iter().flat_map(|text| text.split('"')).collect();
    let words: Vec<(&str, Vec<&str>)> =
        words.into_iter().filter_map(|word| Some((word, cut(word)?))).collect();
    assert!(words.len() > 2_000, "the sources were read");
    for language in ["vi", "en"] {
        let keys = keys(language);
        let rooms: BTreeSet<&str> = keys.iter().filter_map(|key| key.split('-').next()).collect();
        let of_a_room =
            |word: &str| word.contains('-') && rooms.contains(word.split('-').next().unwrap());
        let missing: Vec<&str> = words
            .iter()
            .filter(|(word, _)| {
                of_a_room(word) && !NO_KEYS.contains(word) && !FAMILIES.contains(word)
            })
            .filter(|(_, parts)| !keys.iter().any(|key| matches(key, parts)))
            .map(|(word, _)| *word)
            .collect();
        assert!(missing.is_empty(), "{language} has no sentence of {missing:?}");
        let named = |key: &str| {
            OF_DATA.contains(&key)
                || FAMILIES.iter().any(|family| key.starts_with(family))
                || words.iter().any(|(word, parts)| {
                    let says_something = parts.iter().any(|part| part.len() > 1);
                    (*word == key || (parts.len() > 1 && says_something)) && matches(key, parts)
                })
        };
        let dead: Vec<_> = keys.iter().filter(|key| !named(key)).collect();
        assert!(dead.is_empty(), "nobody shows {dead:?} ({language})");
    }
}

#[test]
fn words_with_places_match_the_keys_they_can_become() {
    let of = |word, key| cut(word).is_some_and(|parts| matches(key, &parts));
    assert!(of("admin-title", "admin-title"));
    assert!(of("admin-{}-add", "admin-site-add"));
    assert!(of("check-{}-{what}", "check-disk-full"));
    assert!(!of("admin-{}-add", "admin--add"), "a place holds a word");
    assert!(!of("admin-{}", "account-x"));
    assert!(!of("admin-title", "admin-title-more"));
    assert!(cut("What it says").is_none() && cut("{").is_none());
}
