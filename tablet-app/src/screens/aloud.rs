//! What is read aloud of a screen, in its order.

use super::Scene;
use crate::kiosk::{Farewell, Reference, View};
use crate::texts::Words;
use protocol::questionnaire::{Ask, Questionnaire};

/// The sentences of a screen, as they stand on it; none where the screen has nothing to say to
/// citizens. Of the question each level follows its key.
pub fn aloud(scene: &Scene<'_>) -> Vec<String> {
    let words = Words::new(scene.language);
    let say = |keys: &[&str]| keys.iter().map(|key| words.get(key)).collect();
    let asked = scene.settings.map(|settings| &settings.questionnaire);
    match (scene.view, asked) {
        (View::Rate { .. }, Some(asked)) => {
            let mut said = question(&words, asked);
            said.extend(["tablet-aloud-again", hint_key(scene)].map(|key| words.get(key)));
            said
        }
        (View::Step { covered: true, .. }, _) => say(&["tablet-covered"]),
        (View::Step { at, .. }, Some(asked)) => step(&words, asked, at),
        (View::Noted | View::Thanks { .. }, _) => say(&["tablet-thanks", "tablet-thanks-recorded"]),
        (View::Farewell(Farewell::Declined), _) => say(&["tablet-thanks", "tablet-declined-more"]),
        (View::Farewell(Farewell::OfficerDisputed), _) => {
            say(&["tablet-officer-disputed", "tablet-officer-disputed-more"])
        }
        (View::NotInService, _) => say(&["tablet-not-in-service", "tablet-not-in-service-more"]),
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
pub(super) fn hint_key(scene: &Scene<'_>) -> &'static str {
    match scene.reference {
        Some(Reference::Dossier(_)) => "tablet-hint-dossier",
        Some(Reference::Ticket(_)) | None => "tablet-hint",
    }
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
