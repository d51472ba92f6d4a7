//! The kiosk machine's rules as examples.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::{Level, What};
use std::sync::Arc;
use support::bench::{AGAIN, Bench, RATE};
use support::settings;
use tablet_app::kiosk::{
    AGAIN_MS, DEBOUNCE_MS, FRESH_MS, KioskInput, NOTED_MS, RecordingFault, SAVING_MS,
    SHORT_THANKS_MS, View,
};

#[test]
fn one_tap_is_a_whole_rating_and_thanks_come_after_the_commit() {
    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    assert_eq!(bench.kiosk.view(), View::Rate { active: false, again: false });
    assert_eq!(bench.out.as_ref().unwrap().1.len(), 2, "shown and rated go in one append");
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
    bench.wait(settings().questionnaire.timeouts.undo_ms);
    assert_eq!(bench.kiosk.view(), RATE);
    assert_eq!(bench.kinds(), ["shown", "rated"]);
    assert_eq!(bench.written[0].session, bench.written[1].session);
}

#[test]
fn a_touch_asks_and_silence_is_abandoned() {
    let mut bench = Bench::new();
    bench.touch();
    bench.commit();
    bench.wait(29_000);
    bench.touch();
    bench.wait(29_999);
    assert_eq!(bench.kinds(), ["shown"], "a further touch prolongs the time");
    bench.wait(1);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "abandoned"]);
    assert!(bench.kiosk.is_ready());
}

#[test]
fn a_language_is_told_in_shown_and_forgotten_after_the_visit() {
    let mut bench = Bench::new();
    bench.language("fr");
    assert!(bench.out.is_none(), "a language that is not on offer is no touch");
    bench.language("en");
    assert_eq!(bench.kiosk.language(), "en");
    bench.commit();
    let What::Shown(shown) = &bench.written[0].what else { panic!("not shown") };
    assert_eq!(shown.language, "en");
    bench.tap(Level::Neutral);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"]);
    bench.wait(5_000);
    assert_eq!(bench.kiosk.language(), "vi");
}

#[test]
fn the_choice_can_be_made_again_once() {
    let mut bench = Bench::new();
    bench.tap(Level::Dissatisfied);
    bench.commit();
    bench.wait(NOTED_MS - 1);
    bench.put(KioskInput::ChooseAgain);
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true }, "a double tap is no choice");
    bench.wait(1);
    bench.put(KioskInput::ChooseAgain);
    bench.tap(Level::VerySatisfied);
    assert_eq!(bench.kiosk.view(), AGAIN, "nor is the second half of one");
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    assert_eq!(bench.kiosk.view(), View::Rate { active: false, again: true });
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
    bench.wait(DEBOUNCE_MS);
    bench.put(KioskInput::ChooseAgain);
    assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
    bench.wait(SHORT_THANKS_MS);
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "rated", "changed"]);
}

#[test]
fn the_first_tap_stands_when_the_same_or_nothing_is_chosen() {
    for level in [Some(Level::Neutral), None] {
        let mut bench = Bench::new();
        bench.tap(Level::Neutral);
        bench.commit_level();
        bench.put(KioskInput::ChooseAgain);
        bench.wait(DEBOUNCE_MS);
        if let Some(level) = level {
            bench.tap(level);
            assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
        }
        bench.wait(AGAIN_MS);
        assert!(bench.kiosk.is_ready());
        assert_eq!(bench.kinds(), ["shown", "rated"]);
        assert!(bench.out.is_none());
    }
}

#[test]
fn the_next_person_can_not_take_the_second_choice_of_the_last() {
    let mut bench = Bench::new();
    bench.tap(Level::Neutral);
    bench.commit_level();
    bench.put(KioskInput::ChooseAgain);
    for _ in 1..AGAIN_MS / 1_000 {
        bench.wait(1_000);
        bench.touch();
        bench.language("en");
    }
    bench.wait(999);
    assert_eq!(bench.kiosk.view(), AGAIN);
    bench.wait(1);
    assert!(bench.kiosk.is_ready(), "a touch does not prolong it");
    assert_eq!(bench.kiosk.language(), "vi");
    bench.tap(Level::VeryDissatisfied);
    assert!(bench.out.is_none(), "meant for the screen before");
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated", "shown", "rated"], "a visit of its own");
    assert_ne!(bench.written[1].session, bench.written[3].session);
}

#[test]
fn an_earlier_answer_is_not_taken_for_the_ratings() {
    let mut bench = Bench::new();
    bench.touch();
    bench.tap(Level::Satisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown"]);
    assert_eq!(bench.kiosk.view(), View::Rate { active: false, again: false }, "not yet written");
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
}

#[test]
fn a_failed_write_takes_the_tablet_out_of_service_until_it_succeeds() {
    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    let first = bench.fail();
    assert_eq!(bench.alarms, [RecordingFault::Full]);
    assert_eq!(bench.kiosk.view(), View::OutOfService(RecordingFault::Full));
    bench.tap(Level::Neutral);
    bench.wait(999);
    assert!(bench.out.is_none());
    bench.wait(1);
    assert_eq!(bench.fail(), first, "the same entries, with the time of the tap");
    bench.wait(2_000);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true }, "the person is still there");

    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    while bench.now.uptime_ms < 1_000 + FRESH_MS {
        bench.fail();
        let wait = bench.kiosk.wakes_at().unwrap() - bench.now.uptime_ms;
        bench.wait(wait);
    }
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE, "nobody is there to be thanked");
    assert_eq!(bench.kinds(), ["shown", "rated"]);
}

#[test]
fn a_failed_shown_gives_the_person_the_question_back() {
    let mut bench = Bench::new();
    bench.touch();
    bench.fail();
    bench.wait(1_000);
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
    bench.tap(Level::Neutral);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"]);

    let mut bench = Bench::new();
    bench.touch();
    bench.fail();
    bench.now.uptime_ms += 40_000;
    bench.wait(0);
    bench.commit();
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "abandoned"]);
    assert!(bench.kiosk.is_ready());
}

#[test]
fn a_journal_that_does_not_answer_is_trouble_too() {
    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    bench.wait(SAVING_MS);
    assert_eq!(bench.kiosk.view(), View::OutOfService(RecordingFault::Slow));
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
}

#[test]
fn settings_take_force_between_visits() {
    let mut bench = Bench::new();
    bench.touch();
    let mut changed = settings();
    changed.questionnaire.version = 9;
    changed.counter.code = "Q09".to_owned();
    bench.put(KioskInput::Settings(Arc::new(changed.clone())));
    bench.commit();
    bench.tap(Level::Satisfied);
    bench.commit();
    assert_eq!(
        bench.kiosk.settings().unwrap().questionnaire.version,
        settings().questionnaire.version
    );
    bench.wait(5_000);
    assert_eq!(bench.kiosk.settings().unwrap().questionnaire.version, 9);
    changed.officer = None;
    bench.put(KioskInput::Settings(Arc::new(changed)));
    assert_eq!(bench.kiosk.view(), View::NotInService);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Satisfied);
    bench.touch();
    assert!(bench.out.is_none());
}

#[test]
fn a_level_that_is_not_on_offer_is_no_answer() {
    let mut bench = Bench::new();
    let mut three = settings();
    three.questionnaire.scale = protocol::Scale::Three;
    bench.put(KioskInput::Settings(Arc::new(three)));
    bench.tap(Level::Neutral);
    assert!(bench.out.is_none());
}

#[test]
fn a_disk_that_turns_read_only_is_told_and_waited_for() {
    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    let (id, entries) = bench.out.take().unwrap();
    bench.put(KioskInput::RecordFailed(id, RecordingFault::ReadOnly));
    assert_eq!(bench.kiosk.view(), View::OutOfService(RecordingFault::ReadOnly));
    bench.wait(1_000);
    assert_eq!(bench.out.as_ref().unwrap().1, entries, "the same rating, tried again");
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
}

#[test]
fn a_record_that_can_never_be_written_holds_nothing_up_and_thanks_nobody() {
    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    let (id, _) = bench.out.take().unwrap();
    bench.put(KioskInput::RecordRefused(id));
    assert_eq!(bench.alarms, [RecordingFault::Other]);
    assert_eq!(bench.kiosk.view(), RATE);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Neutral);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"], "the next person is heard");
}

#[test]
fn the_languages_that_can_be_chosen_are_those_of_the_settings_in_force() {
    let mut bench = Bench::new();
    let codes = |bench: &Bench| -> Vec<String> {
        bench.kiosk.languages().iter().map(|one| one.code.clone()).collect()
    };
    assert_eq!(codes(&bench), ["vi", "en"]);
    let mut settings = settings();
    settings.languages.truncate(1);
    bench.touch();
    bench.put(KioskInput::Settings(Arc::new(settings)));
    assert_eq!(codes(&bench), ["vi", "en"], "a visit goes on as it began");
    bench.wait(60_000);
    assert_eq!(codes(&bench), ["vi"]);
    bench.language("en");
    assert_eq!(bench.kiosk.language(), "vi");
}
