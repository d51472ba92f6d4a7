//! Sentences of the glass as speech, for who can not read them: a folder per language with a WAV
//! file per sentence and a list of which file says what. `packaging/speech` makes them with a
//! speech synthesiser as a stand-in; a centre that records a speaker puts its files in their place.

use crate::texts::Words;
use protocol::Level;
use protocol::questionnaire::{Ask, Questionnaire};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The list in each language's folder: lines of a file's name without its ending, a tab, and the
/// sentence. Lines that begin with `#` are notes.
pub const LIST: &str = "sentences.tsv";

/// Sentences of the program itself that are read aloud as they stand.
const OWN: [&str; 17] = [
    "tablet-hint",
    "tablet-hint-dossier",
    "tablet-thanks",
    "tablet-thanks-recorded",
    "tablet-declined-more",
    "tablet-officer-disputed",
    "tablet-officer-disputed-more",
    "tablet-officer-disputed-then",
    "tablet-take-back-hint",
    "tablet-not-in-service",
    "tablet-not-in-service-more",
    "tablet-officer-unknown",
    "tablet-officer-unknown-more",
    "tablet-kept",
    "tablet-covered",
    "tablet-out-of-service",
    "tablet-aloud-again",
];

/// The sentences that can be read aloud, by language.
#[derive(Clone, Debug, Default)]
pub struct Speech(HashMap<String, HashMap<String, PathBuf>>);

impl Speech {
    /// Reads the lists of a folder; nothing where there is none.
    pub fn open(folder: &Path) -> Self {
        let mut languages = HashMap::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let list = fs::read_to_string(entry.path().join(LIST)).unwrap_or_default();
            let file = |line: &str| {
                let (name, text) = line.split_once('\t').filter(|_| !line.starts_with('#'))?;
                let path = entry.path().join(format!("{name}.wav"));
                path.is_file().then(|| (text.to_owned(), path))
            };
            let sentences: HashMap<_, _> = list.lines().filter_map(file).collect();
            if !sentences.is_empty() {
                languages.insert(entry.file_name().to_string_lossy().into_owned(), sentences);
            }
        }
        Self(languages)
    }

    /// The files that say these texts; none where one of them can not be said: half of what stands
    /// on the screen would mislead.
    pub fn files(&self, language: &str, texts: &[String]) -> Option<Vec<PathBuf>> {
        let known = self.0.get(language)?;
        let files = texts.iter().map(|text| known.get(&spoken(text)).cloned());
        files.collect::<Option<Vec<_>>>().filter(|files| !files.is_empty())
    }
}

/// A text as it is spoken: without signs that only guide the eye.
pub fn spoken(text: &str) -> String {
    let text = text.replace("Ông/Bà", "Ông Bà").replace('\u{200b}', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that may be read aloud in a language, each with the name of its file.
pub fn sentences(language: &str, questionnaire: Option<&Questionnaire>) -> Vec<(String, String)> {
    let words = Words::new(language);
    let mut all: Vec<(String, String)> =
        OWN.iter().map(|key| ((*key).to_owned(), words.get(key))).collect();
    for (at, level) in Level::ALL.into_iter().enumerate() {
        let own = || words.get(&format!("level-{level}"));
        let text = questionnaire.map_or_else(own, |asked| words.level(asked, level));
        all.push((format!("level-{level}"), text));
        let key = format!("tablet-aloud-key-{}", at + 1);
        all.push((key.clone(), words.get(&key)));
    }
    if let Some(asked) = questionnaire {
        all.push(("question".to_owned(), words.of(&asked.question).to_owned()));
        for (at, step) in asked.steps.iter().enumerate() {
            let (text, items) = match &step.ask {
                Ask::Aspects { text, items } | Ask::Reasons { text, items } => (text, &items[..]),
                Ask::Comment { text } => (text, &[][..]),
                Ask::Unknown => continue,
            };
            all.push((format!("step-{}", at + 1), words.of(text).to_owned()));
            for item in items {
                all.push((format!("choice-{}", item.id), words.of(&item.text).to_owned()));
            }
        }
    }
    all.iter().map(|(key, text)| (key.clone(), spoken(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_read_where_all_of_it_can_be_said() {
        let dir = tempfile::tempdir().unwrap();
        let vi = dir.path().join("vi");
        fs::create_dir(&vi).unwrap();
        fs::write(vi.join(LIST), "# a stand-in\na\tXin cảm ơn Ông Bà!\nb\tTạm biệt\n").unwrap();
        fs::write(vi.join("a.wav"), "RIFF").unwrap();
        let speech = Speech::open(dir.path());
        let thanks = "Xin cảm\u{a0}ơn Ông/Bà!".to_owned();
        let bye = "Tạm biệt".to_owned();
        assert_eq!(speech.files("vi", std::slice::from_ref(&thanks)), Some(vec![vi.join("a.wav")]));
        assert_eq!(speech.files("vi", &[thanks.clone(), bye]), None, "its file is missing");
        assert_eq!(speech.files("en", &[thanks]), None);
        assert_eq!(speech.files("vi", &[]), None);
        assert_eq!(Speech::open(Path::new("/nowhere")).files("vi", &["a".to_owned()]), None);
    }
}
