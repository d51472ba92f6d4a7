//! How a questionnaire looks on a tablet of 1280 by 800: the question with its faces, then each
//! step, in the tablet's words. A likeness for people who write one, not the tablet itself.

use crate::centre::Centre;
use locales::texts;
use protocol::Level;
use protocol::questionnaire::{Ask, Choice, FIRST_LANGUAGE, Questionnaire};
use protocol::settings::Texts;

/// What stands on a tablet's screen.
pub struct Screen {
    /// Name of the centre.
    pub centre: String,
    /// What is asked.
    pub question: String,
    /// Face and word of each level; none on steps.
    pub faces: Vec<(String, String)>,
    /// Aspects, each with a row of faces.
    pub aspects: Vec<(String, Vec<String>)>,
    /// Reasons to touch.
    pub reasons: Vec<String>,
    /// What stands in the empty field of a comment.
    pub comment: Option<String>,
    /// After which levels, where not after all.
    pub after: String,
    /// The button that passes over a step.
    pub skip: Option<String>,
    /// The language of all of it.
    pub language: String,
}

fn in_language(text: &Texts, language: &str) -> String {
    text.get(language).or_else(|| text.get(FIRST_LANGUAGE)).cloned().unwrap_or_default()
}

/// The screens of a questionnaire.
pub fn screens(one: &Questionnaire, language: &str, centre: &Centre) -> Vec<Screen> {
    let words_of = texts(language);
    let word = |level: Level| {
        let own = one.levels.iter().find(|text| text.level == level);
        let usual = || words_of.get(&format!("level-{}", level.name()));
        own.map_or_else(usual, |own| in_language(&own.text, language))
    };
    let levels = one.scale.levels();
    let screen = |question: &Texts| Screen {
        centre: in_language(&centre.name, language),
        question: in_language(question, language),
        faces: Vec::new(),
        aspects: Vec::new(),
        reasons: Vec::new(),
        comment: None,
        after: String::new(),
        skip: Some(words_of.get("tablet-skip")),
        language: language.to_owned(),
    };
    let faces = levels.iter().map(|level| (face(*level), word(*level))).collect();
    let mut screens = vec![Screen { faces, skip: None, ..screen(&one.question) }];
    for step in &one.steps {
        let words = |items: &[Choice]| {
            items.iter().map(|item| in_language(&item.text, language)).collect::<Vec<_>>()
        };
        let after = step.after.iter().map(|level| word(*level)).collect::<Vec<_>>().join(", ");
        let drawn = match &step.ask {
            Ask::Aspects { text, items } => {
                let row: Vec<String> = levels.iter().map(|level| face(*level)).collect();
                let aspects = words(items).into_iter().map(|item| (item, row.clone()));
                Screen { aspects: aspects.collect(), ..screen(text) }
            }
            Ask::Reasons { text, items } => Screen { reasons: words(items), ..screen(text) },
            Ask::Comment { text } => {
                Screen { comment: Some(words_of.get("tablet-comment-hint")), ..screen(text) }
            }
            Ask::Unknown => continue,
        };
        screens.push(Screen { after, ..drawn });
    }
    screens
}

/// A face, drawn as the tablet draws it in a square of 140 units.
pub fn face(level: Level) -> String {
    let mouth = match level {
        Level::VerySatisfied => "<path class=\"laugh\" d=\"M42 78Q70 112 98 78Z\"/>",
        Level::Satisfied => "<path d=\"M44 82Q70 104 96 82\"/>",
        Level::Neutral => "<path d=\"M46 90H94\"/>",
        Level::Dissatisfied => "<path d=\"M46 98Q70 78 94 98\"/>",
        Level::VeryDissatisfied => "<path d=\"M38 42L58 48M102 42L82 48M44 102Q70 74 96 102\"/>",
    };
    format!(
        "<svg class=\"face {}\" viewBox=\"0 0 140 140\" aria-hidden=\"true\"><circle \
         class=\"headed\" cx=\"70\" cy=\"70\" r=\"66\"/><circle cx=\"49\" cy=\"56\" \
         r=\"7.5\"/><circle cx=\"91\" cy=\"56\" r=\"7.5\"/>{mouth}</svg>",
        level.name()
    )
}
