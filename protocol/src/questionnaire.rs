//! What is asked, as data: the question with its levels, the steps that may follow it, and how
//! long each waits. A questionnaire has a version, and an event names the one it was given under,
//! so that an answer can always be read with the words that stood above it.

use crate::settings::Texts;
use crate::words::{Level, Scale};
use serde::{Deserialize, Serialize};

/// One version of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Questionnaire {
    /// Grows by one with each version that is published.
    pub version: u32,
    /// The question.
    pub question: Texts,
    /// The levels on offer.
    pub scale: Scale,
    /// The words under the faces; the house's own where a level has none.
    #[serde(default)]
    pub levels: Vec<LevelText>,
    /// What may follow the level, in this order. Every step can be passed over.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// How long each screen waits.
    #[serde(default)]
    pub timeouts: Timeouts,
}

/// The words of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LevelText {
    /// The level.
    pub level: Level,
    /// Its words.
    pub text: Texts,
}

/// One step after the level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// After which levels it is asked; after all of them when the list is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Level>,
    /// What is asked.
    #[serde(flatten)]
    pub ask: Ask,
}

/// What a step asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ask {
    /// A level for each aspect of the service, on the questionnaire's scale.
    Aspects {
        /// The question over them.
        text: Texts,
        /// The aspects, such as spirit, responsibility and attitude.
        items: Vec<Choice>,
    },
    /// Reasons to touch, any number of them.
    Reasons {
        /// The question over them.
        text: Texts,
        /// The reasons.
        items: Vec<Choice>,
    },
    /// A comment in the person's own words.
    Comment {
        /// The question over it.
        text: Texts,
    },
    /// A kind that this version does not know; it is passed over.
    #[serde(other)]
    Unknown,
}

/// One aspect or reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Choice {
    /// What events call it, such as `waiting`.
    pub id: String,
    /// Its words.
    pub text: Texts,
}

/// Times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Timeouts {
    /// How long a question waits for an answer before it is abandoned.
    pub answer_ms: u64,
    /// How long the choice can be made again after a tap.
    pub undo_ms: u64,
    /// How long a step waits after the last touch; what was given until then is kept.
    pub step_ms: u64,
    /// How long the comment waits after the last touch: typing takes longer than touching.
    pub comment_ms: u64,
}

impl Default for Timeouts {
    fn default() -> Self {
        // 30 s to read one question and five faces; 5 s to notice a slip of the finger; 20 s to
        // read a handful of reasons; 45 s to think of the next word.
        Self { answer_ms: 30_000, undo_ms: 5_000, step_ms: 20_000, comment_ms: 45_000 }
    }
}

/// Why a questionnaire can not be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A text has no words in the first language.
    #[error("{place} has no text in “{language}”")]
    NoText {
        /// Which text.
        place: String,
        /// The language that every text must have.
        language: &'static str,
    },
    /// Words for a level that is not on the scale.
    #[error("the level {0} has words but is not on the scale")]
    LevelOffScale(Level),
    /// An id that events could not tell from another, or not carry.
    #[error(
        "the id “{0}” stands twice, is too long, or is not made of small letters, digits and _"
    )]
    BadId(String),
    /// More aspects, or more reasons, than one answer may name.
    #[error("there are {0} aspects or reasons; {limit} are the most", limit = crate::limits::CHOICES)]
    TooMany(usize),
    /// A step with nothing to choose.
    #[error("a step has no items")]
    Empty,
    /// A step of a kind that this version does not know.
    #[error("a step has an unknown kind; known are aspects, reasons and comment")]
    UnknownKind,
    /// A time that no person could keep to, or that would hold a tablet for ever.
    #[error("the time {name} is {ms} ms; write one between {least} and {most}")]
    Time {
        /// Which time.
        name: &'static str,
        /// What was written.
        ms: u64,
        /// Shortest allowed.
        least: u64,
        /// Longest allowed.
        most: u64,
    },
}

/// The language every text must have: it is shown where another one is missing.
pub const FIRST_LANGUAGE: &str = "vi";

impl Step {
    /// Whether the step follows this level and is of a kind that this version knows.
    pub fn follows(&self, level: Level) -> bool {
        (self.after.is_empty() || self.after.contains(&level)) && self.ask != Ask::Unknown
    }
}

impl Questionnaire {
    /// The steps that follow a level, by their place in [`Self::steps`].
    pub fn steps_after(&self, level: Level) -> impl Iterator<Item = usize> {
        self.steps.iter().enumerate().filter(move |(_, step)| step.follows(level)).map(|(at, _)| at)
    }

    /// Whether it can be published: for the person who writes one. A tablet does not check and shows what
    /// it gets as well as it can.
    pub fn check(&self) -> Result<(), Unfit> {
        told(&self.question, || "the question".to_owned())?;
        for one in &self.levels {
            if !self.scale.levels().contains(&one.level) {
                return Err(Unfit::LevelOffScale(one.level));
            }
            told(&one.text, || format!("the level {}", one.level))?;
        }
        let mut ids = Vec::new();
        // One answer names the aspects, and the reasons, of all steps together.
        let mut counts = [0, 0];
        for step in &self.steps {
            let (text, items) = match &step.ask {
                Ask::Aspects { text, items } | Ask::Reasons { text, items } => {
                    if items.is_empty() {
                        return Err(Unfit::Empty);
                    }
                    (text, items.as_slice())
                }
                Ask::Comment { text } => (text, &[][..]),
                Ask::Unknown => return Err(Unfit::UnknownKind),
            };
            told(text, || "a step's question".to_owned())?;
            let count = &mut counts[usize::from(matches!(step.ask, Ask::Reasons { .. }))];
            *count += items.len();
            if *count > crate::limits::CHOICES {
                return Err(Unfit::TooMany(*count));
            }
            for item in items {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                let length = 1..=crate::limits::CODE_CHARS;
                let fit = length.contains(&item.id.len()) && item.id.chars().all(plain);
                if !fit || ids.contains(&&item.id) {
                    return Err(Unfit::BadId(item.id.clone()));
                }
                ids.push(&item.id);
                told(&item.text, || format!("the item “{}”", item.id))?;
            }
        }
        self.timeouts.check()
    }
}

impl Timeouts {
    fn check(&self) -> Result<(), Unfit> {
        let times = [
            ("answer_ms", self.answer_ms, 5_000),
            ("undo_ms", self.undo_ms, 2_000),
            ("step_ms", self.step_ms, 5_000),
            ("comment_ms", self.comment_ms, 10_000),
        ];
        // Ten minutes: nobody waits longer at a counter.
        let most = 600_000;
        match times.into_iter().find(|(_, ms, least)| !(*least..=most).contains(ms)) {
            Some((name, ms, least)) => Err(Unfit::Time { name, ms, least, most }),
            None => Ok(()),
        }
    }
}

fn told(texts: &Texts, place: impl Fn() -> String) -> Result<(), Unfit> {
    match texts.get(FIRST_LANGUAGE) {
        Some(text) if !text.trim().is_empty() => Ok(()),
        _ => Err(Unfit::NoText { place: place(), language: FIRST_LANGUAGE }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(vi: &str) -> Texts {
        [("vi".to_owned(), vi.to_owned())].into()
    }

    fn questionnaire() -> Questionnaire {
        let items = ["waiting", "papers"].map(|id| Choice { id: id.to_owned(), text: texts(id) });
        Questionnaire {
            version: 1,
            question: texts("Ông/Bà hài lòng thế nào?"),
            scale: Scale::Three,
            levels: vec![LevelText { level: Level::Satisfied, text: texts("Hài lòng") }],
            steps: vec![
                Step {
                    after: vec![Level::Dissatisfied],
                    ask: Ask::Reasons { text: texts("Vì sao?"), items: items.into() },
                },
                Step { after: vec![], ask: Ask::Comment { text: texts("Góp ý") } },
            ],
            timeouts: Timeouts::default(),
        }
    }

    #[test]
    fn steps_follow_their_levels() {
        let all = questionnaire();
        assert_eq!(all.steps_after(Level::Dissatisfied).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(all.steps_after(Level::Satisfied).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_kind_of_tomorrow_is_read_and_passed_over() {
        let mut json = serde_json::to_value(questionnaire()).unwrap();
        json["steps"][1]["kind"] = "drawing".into();
        json["steps"][1]["canvas"] = serde_json::json!({ "width": 3 });
        let read: Questionnaire = serde_json::from_value(json).unwrap();
        assert_eq!(read.steps[1].ask, Ask::Unknown);
        assert_eq!(read.steps_after(Level::Satisfied).count(), 0);
        assert_eq!(read.check(), Err(Unfit::UnknownKind), "but nobody publishes it here");
    }

    #[test]
    fn what_is_not_written_has_a_default() {
        let json =
            r#"{"version":3,"question":{"vi":"?"},"scale":"five","timeouts":{"undo_ms":7000}}"#;
        let read: Questionnaire = serde_json::from_str(json).unwrap();
        assert_eq!((read.timeouts.undo_ms, read.timeouts.answer_ms), (7_000, 30_000));
        assert_eq!(read.check(), Ok(()));
    }

    #[test]
    fn what_can_not_be_published_is_named() {
        type Spoil = fn(&mut Questionnaire);
        let spoiled: [(Spoil, &str); 9] = [
            (|one| one.question = Texts::new(), "the question has no text in “vi”"),
            (|one| one.levels[0].level = Level::Neutral, "the level neutral has words"),
            (|one| one.steps[1].ask = Ask::Comment { text: Texts::new() }, "a step's question"),
            (|one| one.timeouts.undo_ms = 0, "the time undo_ms is 0 ms"),
            (|one| items(one)[0].id = "Chờ lâu".into(), "the id “Chờ lâu”"),
            (|one| items(one)[0].id = "papers".into(), "the id “papers” stands twice"),
            (|one| items(one)[0].id = "a".repeat(65), "is too long"),
            (too_many, "there are 33 aspects or reasons; 32 are the most"),
            (|one| items(one).clear(), "a step has no items"),
        ];
        assert_eq!(questionnaire().check(), Ok(()));
        for (spoil, said) in spoiled {
            let mut one = questionnaire();
            spoil(&mut one);
            let error = one.check().unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    /// Two steps of reasons, each of which alone would do.
    fn too_many(one: &mut Questionnaire) {
        let more = (0..31).map(|at| Choice { id: format!("r{at}"), text: texts("Lý do") });
        let ask = Ask::Reasons { text: texts("Và?"), items: more.collect() };
        one.steps.push(Step { after: vec![], ask });
    }

    fn items(one: &mut Questionnaire) -> &mut Vec<Choice> {
        match &mut one.steps[0].ask {
            Ask::Reasons { items, .. } => items,
            other => panic!("{other:?}"),
        }
    }
}
