//! Every sentence of the program, per language. Screens, pages and documents take their words from
//! here, so that a translator finds them in one place and no sentence stands in code.
//!
//! The files `locales/<language>/<room>.ftl` are [Fluent](https://projectfluent.org) and built into
//! the program; a language is added by adding its folder. Vietnamese is complete; another language
//! may have only some rooms and some sentences, and falls back to it, sentence by sentence.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashSet;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The files of one language, by room.
type Sources = &'static [(&'static str, &'static str)];

// All languages, the complete one first.
include!(concat!(env!("OUT_DIR"), "/languages.rs"));

static LOADED: LazyLock<Vec<Texts>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(code, sources)| Texts::load(code, sources)).collect());

/// The sentences of one language.
pub struct Texts {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// The sentences of `language` (BCP 47, such as `vi`); of Vietnamese when there are none.
pub fn texts(language: &str) -> &'static Texts {
    LOADED.iter().find(|texts| texts.language == language).unwrap_or(&LOADED[0])
}

/// Codes of the languages that have sentences of their own for a room, such as `pages` or `tablet`;
/// Vietnamese first.
pub fn languages_of(room: &str) -> impl Iterator<Item = &'static str> {
    let has = move |(_, sources): &&(&str, Sources)| sources.iter().any(|(name, _)| *name == room);
    LANGUAGES.iter().filter(has).map(|(code, _)| *code)
}

/// Languages with the rooms of which they have every sentence. The sentences are built into the program and
/// do not change, so they are searched once and not for each of sixty frames a second.
static COMPLETE: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rooms = || LANGUAGES[0].1.iter().map(|(room, _)| *room);
    let all = LOADED.iter().flat_map(|texts| rooms().map(move |room| (texts, room)));
    all.filter(|(texts, room)| texts.has_all(room))
        .map(|(texts, room)| (texts.language, room))
        .collect()
});

/// Whether a language has every sentence of a room, and of the words that all rooms share and that
/// stand in front of citizens: the levels and stages.
pub fn is_complete(language: &str, room: &str) -> bool {
    COMPLETE.contains(&(language, room))
}

impl Texts {
    fn load(language: &'static str, sources: Sources) -> Self {
        let id: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks are invisible characters that fonts of documents draw as boxes.
        bundle.set_use_isolating(false);
        for (_, source) in sources {
            // A file with a fault still gives its other sentences; the tests refuse any fault.
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    fn has_all(&self, room: &str) -> bool {
        let sources = LANGUAGES[0].1.iter().filter(|(name, _)| [room, "words"].contains(name));
        let mut keys = sources.flat_map(|(name, source)| {
            let shared = *name == "words";
            let key = |line: &'static str| line.split_once(" =").map(|(key, _)| key);
            let asked = move |key: &&str| {
                !shared || ["level-", "stage-"].iter().any(|start| key.starts_with(start))
            };
            source.lines().filter_map(key).filter(asked)
        });
        let first = &LOADED[0].bundle;
        keys.all(|key| !first.has_message(key) || self.bundle.has_message(key))
    }

    /// The language of these sentences (BCP 47).
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// The sentence of `key`.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The sentence of `key` with its places filled. Numbers and dates come already written in
    /// the reader's manner. A key that no language has gives the key itself, in brackets.
    pub fn with(&self, key: &str, places: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, text) in places {
            args.set(*name, value(text));
        }
        self.find(key, &args)
            .or_else(|| LOADED[0].find(key, &args))
            .unwrap_or_else(|| format!("[{key}]"))
    }

    /// The sentence of `key` where there is one: for words that are stored, each with a sentence
    /// or without.
    pub fn known(&self, key: &str) -> Option<String> {
        let args = FluentArgs::new();
        self.find(key, &args).or_else(|| LOADED[0].find(key, &args))
    }

    fn find(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
    }
}

/// What stands in a place. A whole number in digits alone is passed as a number, so that a sentence
/// can choose its plural by it ("1 rating", "2 ratings"); all else stays as it is written: "1,234" and
/// "0.5" are plural in every language that has one, and "09" is no number.
fn value(text: &str) -> FluentValue<'_> {
    match text.parse::<u32>() {
        Ok(number) if number.to_string() == text => number.into(),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The keys of one language; fails on a fault in a file or a key that stands twice.
    fn keys(sources: Sources) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (room, source) in sources {
            FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(_, faults)| panic!("{room}.ftl: {faults:?}"));
            for line in source.lines() {
                let Some((key, _)) = line.split_once(" =") else { continue };
                if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                    assert!(keys.insert(key.to_owned()), "{key} stands twice ({room}.ftl)");
                }
            }
        }
        keys
    }

    #[test]
    fn files_read_and_languages_agree() {
        let complete = keys(LANGUAGES[0].1);
        assert!(complete.len() > 20);
        for (code, sources) in &LANGUAGES[1..] {
            let known = keys(sources);
            let strange: Vec<_> = known.difference(&complete).collect();
            assert!(strange.is_empty(), "{code} has {strange:?}, which vi has not");
            let missing: Vec<_> = complete.difference(&known).collect();
            assert!(*code != "en" || missing.is_empty(), "{code} lacks {missing:?}");
        }
    }

    #[test]
    fn a_language_of_some_rooms_falls_back() {
        assert_eq!(languages_of("report").collect::<Vec<_>>(), ["vi", "en"]);
        assert_eq!(languages_of("tablet").collect::<Vec<_>>(), ["vi", "en", "km"]);
        assert_eq!(texts("km").get("tablet-skip"), "រំលង");
        assert!(is_complete("en", "tablet") && is_complete("km", "tablet"));
        assert!(!is_complete("km", "report") && !is_complete("fr", "tablet"));
        assert_eq!(texts("km").get("report-title"), texts("vi").get("report-title"));
    }

    #[test]
    fn places_are_filled_without_invisible_marks() {
        assert_eq!(texts("vi").get("level-very_satisfied"), "Rất hài lòng");
        assert_eq!(texts("en").get("level-neutral"), "Neutral");
        assert_eq!(texts("xx").language(), "vi");
        assert_eq!(texts("vi").get("no-such-key"), "[no-such-key]");
    }

    #[test]
    fn a_count_of_one_is_singular_and_numbers_stay_as_they_are_written() {
        let count = |count: &str| texts("en").with("admin-count", &[("count", count)]);
        for (number, sentence) in [
            ("0", "0 entries"),
            ("1", "1 entry"),
            ("2", "2 entries"),
            ("21", "21 entries"),
            ("1,234", "1,234 entries"),
            ("1.0", "1.0 entries"),
            ("01", "01 entries"),
            ("4294967295", "4294967295 entries"),
            ("99999999999", "99999999999 entries"),
        ] {
            assert_eq!(count(number), sentence);
        }
        assert_eq!(texts("vi").with("admin-count", &[("count", "1")]), "1 mục");
    }
}
