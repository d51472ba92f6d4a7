//! What happens at a simulated tablet: somebody is asked, and answers as the people of the case did.

use super::dice::Dice;
use protocol::event::{Detailed, Shown, What};
use protocol::questionnaire::{Ask, Questionnaire};
use protocol::settings::Settings;
use protocol::{Level, Stage};

/// How people feel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mood {
    /// How often each level is chosen, best first.
    levels: [u64; 5],
    /// Of a hundred to whom a step is offered, how many answer it: most have left by then.
    detailed: u64,
}

impl Mood {
    /// As in the case.
    pub const USUAL: Self = Self { levels: [17_902, 4_346, 173, 41, 9], detailed: 35 };
    /// When everybody waits: made up, so that there is something to find.
    pub const WAITING: Self = Self { levels: [40, 25, 10, 17, 8], detailed: 80 };
}

/// Of a hundred asked, how many answer. The case does not tell; field reports say 5 to 52 of those
/// served, and of those who stand before a lit tablet more.
const ANSWERED: u64 = 80;

/// Of a hundred who answered, how many choose again within the undo time.
const CHANGED: u64 = 3;

/// Of a hundred who answered and added nothing, how many press once more at once, as children do or
/// somebody who wants to count twice. The rule of quick repeats finds these: made up, so that there is
/// something to look at.
const AGAIN: u64 = 1;

/// How long that takes, in milliseconds: within the seconds of the rule.
const AGAIN_MS: std::ops::Range<u64> = 1_500..5_000;

/// What people write: made up, in the manner of a comment box.
const COMMENTS: &str = include_str!("comments.txt");

/// A step of a visit: how many milliseconds after the one before, and what.
pub(super) type VisitStep = (u64, What);

/// One visit at the counter of `settings`; none when it has no officer.
pub(super) fn visit(settings: &Settings, mood: Mood, dice: &mut Dice) -> Option<Vec<VisitStep>> {
    let officer = settings.officer.as_ref()?;
    let scale = settings.questionnaire.scale;
    let levels: Vec<_> = Level::ALL
        .into_iter()
        .zip(mood.levels)
        .filter(|(level, _)| scale.levels().contains(level))
        .collect();
    let stage = settings.stage.or_else(|| dice.weighted(&Stage::ALL.map(|stage| (stage, 1))));
    let language = settings.languages.first().map_or("vi", |one| one.code.as_str());
    let shown = Shown {
        counter: settings.counter.code.clone(),
        officer: officer.code.clone(),
        stage,
        dossier: None,
        ticket: None,
        invitation: None,
        scale,
        questionnaire: settings.questionnaire.version,
        language: language.to_owned(),
    };
    let mut steps = vec![(0, What::Shown(shown))];
    if !dice.percent(ANSWERED) {
        steps.push((settings.questionnaire.timeouts.answer_ms, What::Abandoned));
        return Some(steps);
    }
    let mut level = dice.weighted(&levels)?;
    steps.push((dice.within(1_500..6_000), What::Rated { level }));
    if dice.percent(CHANGED) {
        level = dice.weighted(&levels)?;
        let undo = settings.questionnaire.timeouts.undo_ms.max(2);
        steps.push((dice.within(1..undo), What::Changed { level }));
    }
    let detailed = details(&settings.questionnaire, level, mood, dice);
    if !detailed.is_empty() {
        steps.push((dice.within(3_000..9_000), What::Detailed(detailed)));
    }
    Some(steps)
}

/// A second answer right after a visit that ended with its level: after how many milliseconds it begins,
/// and its steps. None: nobody pressed again.
pub(super) fn pressed_again(
    before: &[VisitStep],
    settings: &Settings,
    mood: Mood,
    dice: &mut Dice,
) -> Option<(u64, Vec<VisitStep>)> {
    let is_answered = matches!(before.last(), Some((_, What::Rated { .. })));
    if !is_answered || !dice.percent(AGAIN) {
        return None;
    }
    let mut steps = visit(settings, mood, dice)?;
    // Nobody who does so stays for what is asked next.
    steps.truncate(2);
    let is_rated = matches!(steps.last(), Some((_, What::Rated { .. })));
    is_rated.then(|| (dice.within(AGAIN_MS), steps))
}

/// What is added to a level, to the steps that follow it.
fn details(questionnaire: &Questionnaire, level: Level, mood: Mood, dice: &mut Dice) -> Detailed {
    let mut detailed = Detailed::default();
    for at in questionnaire.steps_after(level) {
        if !dice.percent(mood.detailed) {
            continue;
        }
        match &questionnaire.steps[at].ask {
            Ask::Aspects { items, .. } => {
                for item in items {
                    detailed.aspects.insert(item.id.clone(), level);
                }
            }
            Ask::Reasons { items, .. } => {
                let ids: Vec<_> = items.iter().map(|item| (item, 1)).collect();
                detailed.reasons.extend(dice.weighted(&ids).map(|item| item.id.clone()));
            }
            Ask::Comment { .. } => {
                let lines: Vec<_> = COMMENTS.lines().map(|line| (line, 1)).collect();
                detailed.comment = dice.weighted(&lines).map(str::to_owned);
            }
            Ask::Unknown => {}
        }
    }
    detailed
}
