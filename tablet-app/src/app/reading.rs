//! Which files say what stands on the screen. Looked up when the screen says something else, not at
//! every frame: while a finger rests on the glass there are sixty in a second.

use crate::kiosk::View;
use crate::screens::{Subject, aloud};
use protocol::settings::Settings;
use std::path::PathBuf;
use std::sync::Arc;

/// The files of the screen that stands there.
#[derive(Default)]
pub(super) struct Reading {
    read: Option<Read>,
}

struct Read {
    view: View,
    /// Held, so that no later settings can come to stand at their address.
    settings: Option<Arc<Settings>>,
    has_dossier: bool,
    language: String,
    files: Option<Vec<PathBuf>>,
}

impl Read {
    /// Whether it is about this. A [`Subject`] has everything that decides what is read aloud, so all
    /// fields are compared; the compiler leads a person who adds a field here.
    fn is_of(&self, subject: &Subject<'_>) -> bool {
        let Subject { view, settings, has_dossier, language } = *subject;
        let same_settings = match (&self.settings, settings) {
            (Some(one), Some(other)) => std::ptr::eq(Arc::as_ptr(one), other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_settings
            && self.view == view
            && self.has_dossier == has_dossier
            && self.language == language
    }
}

impl Reading {
    /// The files of all sentences of a screen, none where one of them has no file. `settings` are those
    /// of the subject; `look_up` finds the files.
    pub fn of(
        &mut self,
        subject: &Subject<'_>,
        settings: Option<&Arc<Settings>>,
        look_up: impl FnOnce(&[String]) -> Option<Vec<PathBuf>>,
    ) -> Option<&[PathBuf]> {
        if !self.read.as_ref().is_some_and(|read| read.is_of(subject)) {
            self.read = Some(Read {
                view: subject.view,
                settings: settings.cloned(),
                has_dossier: subject.has_dossier,
                language: subject.language.to_owned(),
                files: look_up(&aloud(subject)),
            });
        }
        self.read.as_ref()?.files.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::Farewell;

    fn settings(question: &str) -> Arc<Settings> {
        let json = serde_json::json!({
            "centre": {}, "time_zone": "Asia/Ho_Chi_Minh",
            "counter": { "code": "Q01", "name": "" },
            "questionnaire": { "version": 1, "question": { "vi": question }, "scale": "three" },
            "languages": [],
        });
        Arc::new(serde_json::from_value(json).unwrap())
    }

    #[test]
    fn what_a_screen_says_is_looked_up_once_and_anew_with_every_change() {
        let (mut reading, mut looked_up) = (Reading::default(), 0);
        let rate = View::Rate { active: true, again: false };
        let (one, same, other) = (settings("Một?"), settings("Một?"), settings("Hai?"));
        let screens = [
            (rate, Some(&one), false, "vi"),
            (rate, Some(&one), true, "vi"),
            (rate, Some(&one), true, "en"),
            (rate, Some(&other), true, "en"),
            (View::NotInService, Some(&other), true, "en"),
            (View::NotInService, None, true, "en"),
            (View::Farewell(Farewell::Declined), None, true, "en"),
            (rate, Some(&one), true, "en"),
            (rate, Some(&same), true, "en"),
        ];
        for (at, (view, settings, has_dossier, language)) in screens.into_iter().enumerate() {
            let of = settings.map(AsRef::as_ref);
            let subject = Subject { view, settings: of, has_dossier, language };
            let said: Vec<PathBuf> = aloud(&subject).iter().map(PathBuf::from).collect();
            for _frame in 0..3 {
                let files = reading.of(&subject, settings, |said| {
                    looked_up += 1;
                    Some(said.iter().map(PathBuf::from).collect())
                });
                assert_eq!(files, Some(&said[..]), "{at}");
            }
            assert_eq!(looked_up, at + 1);
        }
    }
}
