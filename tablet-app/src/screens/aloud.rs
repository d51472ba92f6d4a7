//! What is read aloud of a screen, in its order.

use crate::kiosk::{Farewell, View};
use crate::texts::Words;
use protocol::questionnaire::{Ask, Questionnaire};
use protocol::settings::Settings;

/// Everything that decides which sentences a screen says.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What the kiosk shows.
    pub view: View,
    /// The settings in force.
    pub settings: Option<&'a Settings>,
    /// Whether the code of the dossier stands there.
    pub has_dossier: bool,
    /// Language of the screen (BCP 47).
    pub language: &'a str,
}

/// The sentences of a screen, as they stand on it; none where the screen has nothing to say to
/// citizens. Of the question each level follows its key.
pub fn aloud(subject: &Subject<'_>) -> Vec<String> {
    let words = Words::new(subject.language);
    let say = |keys: &[&str]| keys.iter().map(|key| words.get(key)).collect();
    let asked = subject.settings.map(|settings| &settings.questionnaire);
    match (subject.view, asked) {
        (View::Rate { .. }, Some(asked)) => {
            let mut said = question(&words, asked);
            let more = ["tablet-aloud-again", hint_key(subject.has_dossier)];
            said.extend(more.map(|key| words.get(key)));
            said
        }
        (View::Step { covered: true, .. }, _) => say(&["tablet-covered"]),
        (View::Step { at, .. }, Some(asked)) => step(&words, asked, at),
        (View::Noted | View::Thanks { .. }, _) => say(&["tablet-thanks", "tablet-thanks-recorded"]),
        (View::Farewell(Farewell::Declined), _) => say(&["tablet-thanks", "tablet-declined-more"]),
        (View::Disputing, _) => say(&["tablet-officer-disputed-more", "tablet-take-back-hint"]),
        (View::Farewell(Farewell::OfficerDisputed), _) => {
            let anybody = subject.settings.is_some_and(|settings| !settings.staff.is_empty());
            let then: &[&str] = if anybody { &["tablet-officer-disputed-then"] } else { &[] };
            let told = ["tablet-officer-disputed", "tablet-officer-disputed-more"];
            say(&[&told, then].concat())
        }
        (View::NotInService, _) => say(&["tablet-not-in-service", "tablet-not-in-service-more"]),
        (View::OfficerUnknown, _) => {
            say(&["tablet-officer-unknown", "tablet-officer-unknown-more"])
        }
        (View::OutOfService(_), _) => say(&["tablet-out-of-service"]),
        (View::Starting | View::Closed | View::Rate { .. } | View::Step { .. }, _) => Vec::new(),
    }
}

fn question(words: &Words, asked: &Questionnaire) -> Vec<String> {
    let mut said = vec![words.of(&asked.question).to_owned()];
    for (at, level) in asked.scale.levels().iter().enumerate() {
        said.push(words.get(&format!("tablet-aloud-key-{}", at + 1)));
        said.push(words.level(asked, *level));
    }
    said
}

/// What people are told of their rating: that it is free, and what stands with it.
pub(super) fn hint_key(has_dossier: bool) -> &'static str {
    if has_dossier { "tablet-hint-dossier" } else { "tablet-hint" }
}

fn step(words: &Words, asked: &Questionnaire, at: usize) -> Vec<String> {
    let mut said = vec![words.get("tablet-kept")];
    let (text, items) = match asked.steps.get(at).map(|step| &step.ask) {
        Some(Ask::Aspects { text, items } | Ask::Reasons { text, items }) => (text, &items[..]),
        Some(Ask::Comment { text }) => (text, &[][..]),
        Some(Ask::Unknown) | None => return said,
    };
    said.push(words.of(text).to_owned());
    said.extend(items.iter().map(|item| words.of(&item.text).to_owned()));
    said
}
