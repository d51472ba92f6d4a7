//! What may follow the level: aspects, reasons, a comment. One tap is already a complete answer, and what
//! was added is recorded in every way in which the person can leave.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::event::Detailed;
use protocol::{Level, What};
use std::sync::Arc;
use support::bench::Bench;
use support::full_settings;
use tablet_app::appearance::{Appearance, TextSize};
use tablet_app::kiosk::{
    AGAIN_MS, COVER_MS, DEBOUNCE_MS, KioskInput, NOTED_MS, SHORT_THANKS_MS, View,
};
use tablet_app::typing::{Key, Method};

const STEP_MS: u64 = 20_000;
const COMMENT_MS: u64 = 45_000;
const UNDO_MS: u64 = 5_000;

fn step(at: usize, last: bool, again: bool) -> View {
    View::Step { at, last, again, covered: false }
}

/// A low level, written, and the first step on the glass.
fn low() -> Bench {
    let mut bench = Bench::full();
    bench.tap(Level::Dissatisfied);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Noted);
    bench.wait(NOTED_MS);
    assert_eq!(bench.kiosk.view(), step(0, false, true));
    bench.wait(DEBOUNCE_MS);
    bench
}

fn next(bench: &mut Bench) {
    bench.put(KioskInput::Next);
    bench.wait(DEBOUNCE_MS);
}

fn details(bench: &Bench) -> Vec<Detailed> {
    let detailed = |what: &What| match what {
        What::Detailed(detailed) => Some(detailed.clone()),
        _ => None,
    };
    bench.written.iter().filter_map(|entry| detailed(&entry.what)).collect()
}

#[test]
fn a_whole_answer_with_everything_added() {
    let mut bench = low();
    bench.put(KioskInput::Aspect("attitude".into(), Level::VeryDissatisfied));
    bench.put(KioskInput::Aspect("spirit".into(), Level::Satisfied));
    bench.put(KioskInput::Aspect("spirit".into(), Level::Neutral));
    assert_eq!(bench.kiosk.view(), step(0, false, true), "a slip is mended after a touch, too");
    next(&mut bench);
    bench.commit();
    bench.put(KioskInput::Reason("waiting".into()));
    bench.put(KioskInput::Reason("cold".into()));
    bench.put(KioskInput::Reason("waiting".into()));
    assert_eq!(bench.kiosk.view(), step(1, false, true));
    next(&mut bench);
    bench.commit();
    bench.wait(UNDO_MS);
    assert_eq!(bench.kiosk.view(), step(2, true, false));
    for key in "Xin nhanh hown ".chars() {
        bench.put(KioskInput::Key(Key::Letter(key)));
    }
    assert_eq!(bench.kiosk.draft().unwrap().text(), "Xin nhanh hơn ");
    bench.put(KioskInput::Next);
    assert_eq!(bench.kiosk.view(), step(2, true, false), "thanks come after the commit");
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
    bench.wait(SHORT_THANKS_MS);
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "rated", "detailed", "detailed", "detailed"]);
    let last = details(&bench).pop().unwrap();
    assert_eq!(last.aspects.len(), 2);
    assert_eq!(last.aspects["spirit"], Level::Neutral);
    assert_eq!(last.reasons, ["cold"]);
    assert_eq!(last.comment.as_deref(), Some("Xin nhanh hơn"));
}

#[test]
fn every_step_can_be_passed_over() {
    let mut bench = low();
    for _ in 0..2 {
        next(&mut bench);
    }
    assert_eq!(bench.kiosk.view(), step(2, true, true));
    bench.put(KioskInput::Next);
    assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
    assert_eq!(bench.kinds(), ["shown", "rated"], "nothing was added, so nothing is recorded");
}

#[test]
fn a_high_level_is_asked_less() {
    let mut bench = Bench::full();
    bench.tap(Level::VerySatisfied);
    bench.commit_level();
    assert_eq!(bench.kiosk.view(), step(0, true, true));
}

#[test]
fn each_step_ends_by_itself_and_keeps_what_was_given() {
    let mut bench = low();
    bench.wait(STEP_MS - DEBOUNCE_MS - 1);
    bench.put(KioskInput::Aspect("spirit".into(), Level::Satisfied));
    bench.wait(STEP_MS - 1);
    assert!(!bench.kiosk.is_ready(), "a touch prolongs the time");
    bench.wait(1);
    bench.commit();
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "rated", "detailed"]);

    let mut bench = low();
    next(&mut bench);
    next(&mut bench);
    "chafo".chars().for_each(|key| bench.put(KioskInput::Key(Key::Letter(key))));
    bench.wait(COMMENT_MS);
    bench.commit();
    assert!(bench.kiosk.is_ready());
    assert_eq!(details(&bench)[0].comment.as_deref(), Some("chào"), "half a comment is kept");
}

#[test]
fn the_level_can_be_chosen_again_from_the_first_step_for_a_moment() {
    let mut bench = low();
    bench.put(KioskInput::ChooseAgain);
    assert_eq!(bench.kiosk.view(), View::Rate { active: true, again: true });
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    bench.commit_level();
    assert_eq!(bench.kiosk.view(), step(0, true, false), "the steps of the new level");
    bench.put(KioskInput::ChooseAgain);
    assert_eq!(bench.kiosk.view(), step(0, true, false), "once");
    assert_eq!(bench.kinds(), ["shown", "rated", "changed"]);

    let mut bench = low();
    bench.wait(5_000);
    assert_eq!(bench.kiosk.view(), step(0, false, false), "not by whoever comes later");
    bench.put(KioskInput::ChooseAgain);
    assert_eq!(bench.kiosk.view(), step(0, false, false));

    let mut bench = low();
    bench.put(KioskInput::ChooseAgain);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Dissatisfied);
    bench.wait(NOTED_MS);
    assert_eq!(bench.kiosk.view(), step(0, false, false), "the same level: its steps go on");
    let mut bench = low();
    bench.put(KioskInput::ChooseAgain);
    bench.wait(AGAIN_MS);
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "rated"]);
}

#[test]
fn what_is_not_on_offer_is_no_answer() {
    let mut bench = low();
    bench.put(KioskInput::Aspect("nothing".into(), Level::Satisfied));
    bench.put(KioskInput::Reason("waiting".into()));
    bench.put(KioskInput::Key(Key::Letter('a')));
    assert_eq!(bench.kiosk.added(), Some(&Detailed::default()), "each step takes its own kind");
    bench.put(KioskInput::Aspect("spirit".into(), Level::Satisfied));
    bench.put(KioskInput::Aspect("spirit".into(), Level::Satisfied));
    assert_eq!(bench.kiosk.added(), Some(&Detailed::default()), "the same twice takes it back");
    next(&mut bench);
    assert!(bench.out.is_none());

    let mut bench = Bench::full();
    let mut three = full_settings();
    three.questionnaire.scale = protocol::Scale::Three;
    bench.put(KioskInput::Settings(Arc::new(three)));
    bench.tap(Level::Dissatisfied);
    bench.commit_level();
    bench.put(KioskInput::Aspect("spirit".into(), Level::Neutral));
    assert_eq!(bench.kiosk.added(), Some(&Detailed::default()), "off the scale");
}

#[test]
fn an_unknown_kind_of_step_is_passed_over() {
    let mut bench = Bench::new();
    let mut settings = full_settings();
    settings.questionnaire.steps[0].ask = protocol::questionnaire::Ask::Unknown;
    settings.questionnaire.steps[2].ask = protocol::questionnaire::Ask::Unknown;
    bench.put(KioskInput::Settings(Arc::new(settings)));
    bench.tap(Level::VerySatisfied);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
    bench.wait(5_000);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Dissatisfied);
    bench.commit_level();
    assert_eq!(bench.kiosk.view(), step(1, true, true));
}

#[test]
fn a_questionnaire_that_changes_takes_force_after_the_visit() {
    let mut bench = low();
    let mut other = full_settings();
    other.questionnaire.version = 2;
    other.questionnaire.steps.clear();
    bench.put(KioskInput::Settings(Arc::new(other)));
    next(&mut bench);
    assert_eq!(bench.kiosk.view(), step(1, false, true));
    bench.put(KioskInput::Reason("waiting".into()));
    bench.wait(STEP_MS);
    bench.commit();
    let What::Shown(shown) = &bench.written[0].what else { panic!("not shown") };
    assert_eq!(shown.questionnaire, 1);
    assert_eq!(details(&bench)[0].reasons, ["waiting"]);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Dissatisfied);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
    let What::Shown(shown) = &bench.written[3].what else { panic!("not shown") };
    assert_eq!(shown.questionnaire, 2);
}

#[test]
fn language_and_look_last_for_the_visit() {
    let mut bench = Bench::full();
    let look = Appearance { size: TextSize::Largest, high_contrast: true };
    let fresh = bench.fresh();
    bench.put(KioskInput::Appearance { look, fresh });
    bench.commit();
    assert_eq!(bench.kinds(), ["shown"], "whoever makes the letters larger is there");
    bench.tap(Level::Dissatisfied);
    bench.commit_level();
    bench.language("en");
    assert_eq!((bench.kiosk.look(), bench.kiosk.language()), (look, "en"));
    bench.wait(STEP_MS);
    assert_eq!((bench.kiosk.look(), bench.kiosk.language()), (Appearance::default(), "vi"));
    assert_eq!(bench.kinds(), ["shown", "rated"]);
}

#[test]
fn in_other_languages_plain_letters_are_typed() {
    let mut bench = Bench::full();
    bench.language("en");
    bench.commit();
    bench.tap(Level::Dissatisfied);
    bench.commit();
    assert_eq!(bench.kiosk.draft().unwrap().method(), Method::Plain);
}

#[test]
fn what_was_added_while_the_disk_was_full_is_kept() {
    let mut bench = low();
    bench.put(KioskInput::Aspect("spirit".into(), Level::Satisfied));
    next(&mut bench);
    bench.fail();
    assert!(matches!(bench.kiosk.view(), View::OutOfService(_)));
    bench.wait(1_000);
    bench.commit();
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "rated", "detailed"]);
}

#[test]
fn a_second_tap_of_a_hand_that_trembles_finds_nothing() {
    for gap in [0, 350, 700, NOTED_MS - 1, NOTED_MS + DEBOUNCE_MS - 1] {
        let mut bench = Bench::full();
        bench.tap(Level::Dissatisfied);
        bench.commit();
        bench.wait(gap);
        bench.tap(Level::VerySatisfied);
        bench.put(KioskInput::Aspect("spirit".into(), Level::Dissatisfied));
        bench.put(KioskInput::ChooseAgain);
        bench.put(KioskInput::Next);
        assert_eq!(bench.kiosk.added(), Some(&Detailed::default()), "{gap}");
        bench.wait(NOTED_MS + DEBOUNCE_MS);
        assert_eq!(bench.kiosk.view(), step(0, false, true), "{gap}");
    }
}

#[test]
fn answers_are_covered_when_nobody_touches_them_and_shown_again_by_a_touch() {
    let mut bench = low();
    bench.wait(2 * COVER_MS);
    assert_eq!(bench.kiosk.view(), step(0, false, false), "there is nothing to cover");
    bench.put(KioskInput::Aspect("spirit".into(), Level::Satisfied));
    bench.wait(COVER_MS - 1);
    assert_eq!(bench.kiosk.view(), step(0, false, false));
    bench.wait(1);
    let covered = View::Step { at: 0, last: false, again: false, covered: true };
    assert_eq!(bench.kiosk.view(), covered);
    bench.put(KioskInput::Aspect("attitude".into(), Level::Satisfied));
    assert_eq!(bench.kiosk.view(), step(0, false, false), "the touch only shows them");
    assert_eq!(bench.kiosk.added().unwrap().aspects.len(), 1);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated", "detailed"], "what is covered is written");
    bench.wait(COVER_MS);
    bench.put(KioskInput::NextPerson);
    assert!(bench.kiosk.is_ready() && bench.out.is_none());

    let mut bench = low();
    next(&mut bench);
    next(&mut bench);
    bench.put(KioskInput::Key(Key::Letter('x')));
    bench.wait(COVER_MS);
    bench.put(KioskInput::Key(Key::Letter('i')));
    assert_eq!(bench.kiosk.draft().unwrap().text(), "xi", "no letter is lost");
}

#[test]
fn the_next_person_begins_a_visit_of_their_own() {
    let mut bench = low();
    bench.put(KioskInput::Aspect("spirit".into(), Level::Neutral));
    bench.put(KioskInput::NextPerson);
    bench.commit();
    assert!(bench.kiosk.is_ready());
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated", "detailed", "shown", "rated"]);
    assert_ne!(bench.written[2].session, bench.written[3].session);
    assert_eq!(bench.kiosk.added(), Some(&Detailed::default()));
}

#[test]
fn an_answer_to_what_is_not_asked_any_more_is_taken_back_with_the_level() {
    let mut bench = low();
    bench.put(KioskInput::Aspect("spirit".into(), Level::Neutral));
    next(&mut bench);
    bench.commit();
    bench.put(KioskInput::Reason("waiting".into()));
    next(&mut bench);
    bench.commit();
    bench.put(KioskInput::Key(Key::Letter('x')));
    bench.put(KioskInput::ChooseAgain);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    bench.commit_level();
    bench.wait(STEP_MS);
    bench.commit();
    let last = details(&bench).pop().unwrap();
    assert_eq!(last.aspects.len(), 1, "aspects are asked after every level");
    assert_eq!((last.reasons.len(), last.comment), (0, None));
}
