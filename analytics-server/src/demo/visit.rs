//! What happens at a simulated tablet: somebody is asked, and answers as the people of the case did.

use super::dice::Dice;
use protocol::event::{Detailed, Shown, What};
use protocol::questionnaire::{Ask, Questionnaire};
use protocol::settings::Settings;
use protocol::{Level, Stage};

/// How often each level was chosen in the case.
const LEVELS: [(Level, u64); 5] = [
    (Level::VerySatisfied, 17_902),
    (Level::Satisfied, 4_346),
    (Level::Neutral, 173),
    (Level::Dissatisfied, 41),
    (Level::VeryDissatisfied, 9),
];

/// Of a hundred asked, how many answer. The case does not tell; field reports say 5 to 52 of those
/// served, and of those who stand before a lit tablet more.
const ANSWERED: u64 = 80;

/// Of a hundred who answered, how many choose again within the undo time.
const CHANGED: u64 = 3;

/// Of a hundred to whom a step is offered, how many answer it: most have left by then.
const DETAILED: u64 = 35;

/// What people write: made up, in the manner of a comment box.
const COMMENTS: &str = include_str!("comments.txt");

/// A step of a visit: how many milliseconds after the one before, and what.
pub(super) type Step = (u64, What);

/// The question at the counter of `settings`; none when it has no officer.
fn question(settings: &Settings, dice: &mut Dice) -> Option<Shown> {
    let officer = settings.officer.as_ref()?;
    let stage = settings.stage.or_else(|| dice.weighted(&Stage::ALL.map(|stage| (stage, 1))));
    let language = settings.languages.first().map_or("vi", |one| one.code.as_str());
    Some(Shown {
        counter: settings.counter.code.clone(),
        officer: officer.code.clone(),
        stage,
        dossier: None,
        ticket: None,
        invitation: None,
        scale: settings.questionnaire.scale,
        questionnaire: settings.questionnaire.version,
        language: language.to_owned(),
    })
}

/// A visit of somebody who is dissatisfied and says why. In the case that is one of hundreds; a
/// demonstration begins with some, so that there is something to look into.
pub(super) fn complaint(settings: &Settings, dice: &mut Dice) -> Option<Vec<Step>> {
    let shown = question(settings, dice)?;
    let level = Level::Dissatisfied;
    let mut detailed = Detailed::default();
    for step in &settings.questionnaire.steps {
        if let Ask::Reasons { items, .. } = &step.ask {
            let ids: Vec<_> = items.iter().map(|item| (item, 1)).collect();
            detailed.reasons.extend(dice.weighted(&ids).map(|item| item.id.clone()));
        }
    }
    Some(vec![
        (0, What::Shown(shown)),
        (dice.within(1_500..6_000), What::Rated { level }),
        (dice.within(3_000..9_000), What::Detailed(detailed)),
    ])
}

/// One visit at the counter of `settings`; none when it has no officer.
pub(super) fn visit(settings: &Settings, dice: &mut Dice) -> Option<Vec<Step>> {
    let shown = question(settings, dice)?;
    let scale = settings.questionnaire.scale;
    let levels: Vec<_> =
        LEVELS.into_iter().filter(|(level, _)| scale.levels().contains(level)).collect();
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
    let detailed = details(&settings.questionnaire, level, dice);
    if !detailed.is_empty() {
        steps.push((dice.within(3_000..9_000), What::Detailed(detailed)));
    }
    Some(steps)
}

/// What is added to a level, to the steps that follow it.
fn details(questionnaire: &Questionnaire, level: Level, dice: &mut Dice) -> Detailed {
    let mut detailed = Detailed::default();
    for at in questionnaire.steps_after(level) {
        if !dice.percent(DETAILED) {
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
