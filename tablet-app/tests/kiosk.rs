//! The kiosk machine: its rules as examples, and its promises for any sequence of inputs.

mod support;

use proptest::prelude::*;
use protocol::{Level, What};
use std::collections::HashMap;
use std::sync::Arc;
use support::settings;
use tablet_app::clock::Now;
use tablet_app::entry::Entry;
use tablet_app::kiosk::{
    CALM_MS, Effect, FRESH_MS, Input, Kiosk, SAVING_MS, SHORT_THANKS_MS, Trouble, View,
};
use uuid::Uuid;

/// A kiosk with a hand on its clock, and everything it recorded.
struct Bench {
    kiosk: Kiosk,
    now: Now,
    visits: u128,
    out: Option<(u64, Vec<Entry>)>,
    written: Vec<Entry>,
    alarms: Vec<Trouble>,
}

const RATE: View = View::Rate { active: true, again: false };
const AGAIN: View = View::Rate { active: true, again: true };

impl Bench {
    fn new() -> Self {
        let mut bench = Self {
            kiosk: Kiosk::new(CALM_MS),
            now: Now { wall_ms: 1_700_000_000_000, uptime_ms: 1_000 },
            visits: 0,
            out: None,
            written: Vec::new(),
            alarms: Vec::new(),
        };
        bench.put(Input::Settings(Arc::new(settings())));
        bench
    }

    fn put(&mut self, input: Input) {
        let (kiosk, effects) = self.kiosk.clone().step(input, self.now);
        self.kiosk = kiosk;
        for effect in effects {
            match effect {
                Effect::Record(id, entries) => {
                    assert!(self.out.is_none(), "two records are out at a time");
                    assert!(!entries.is_empty(), "an empty record");
                    self.out = Some((id, entries));
                }
                Effect::Alarm(trouble) => self.alarms.push(trouble),
            }
        }
    }

    fn wait(&mut self, ms: u64) {
        self.now.uptime_ms += ms;
        self.now.wall_ms += i64::try_from(ms).unwrap();
        self.put(Input::Tick);
    }

    fn fresh(&mut self) -> Uuid {
        self.visits += 1;
        Uuid::from_u128(self.visits)
    }

    fn tap(&mut self, level: Level) {
        let fresh = self.fresh();
        self.put(Input::Tap { level, fresh });
    }

    fn touch(&mut self) {
        let fresh = self.fresh();
        self.put(Input::Touch { fresh });
    }

    fn language(&mut self, code: &str) {
        let fresh = self.fresh();
        self.put(Input::Language { code: code.to_owned(), fresh });
    }

    fn commit(&mut self) {
        let (id, entries) = self.out.take().expect("nothing to commit");
        self.written.extend(entries);
        self.put(Input::Recorded(id));
    }

    fn fail(&mut self) -> Vec<Entry> {
        let (id, entries) = self.out.take().expect("nothing to fail");
        self.put(Input::RecordFailed(id, Trouble::Full));
        entries
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.written.iter().map(|entry| entry.what.kind()).collect()
    }
}

#[test]
fn one_tap_is_a_whole_rating_and_thanks_come_after_the_commit() {
    let mut bench = Bench::new();
    bench.tap(Level::Satisfied);
    assert_eq!(bench.kiosk.view(), View::Rate { active: false, again: false });
    assert_eq!(bench.out.as_ref().unwrap().1.len(), 2, "shown and rated go in one append");
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
    bench.wait(settings().timeouts.undo_ms);
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
    bench.put(Input::ChooseAgain);
    assert_eq!(bench.kiosk.view(), View::Thanks { again: true }, "a double tap is no choice");
    bench.wait(CALM_MS);
    bench.put(Input::ChooseAgain);
    bench.tap(Level::VerySatisfied);
    assert_eq!(bench.kiosk.view(), AGAIN, "nor is the second half of one");
    bench.wait(CALM_MS);
    bench.tap(Level::VerySatisfied);
    assert_eq!(bench.kiosk.view(), View::Rate { active: false, again: true });
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
    bench.wait(CALM_MS);
    bench.put(Input::ChooseAgain);
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
        bench.commit();
        bench.wait(CALM_MS);
        bench.put(Input::ChooseAgain);
        bench.wait(CALM_MS);
        if let Some(level) = level {
            bench.tap(level);
            assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
        }
        bench.wait(30_000);
        assert!(bench.kiosk.is_ready());
        assert_eq!(bench.kinds(), ["shown", "rated"]);
        assert!(bench.out.is_none());
    }
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
    assert_eq!(bench.alarms, [Trouble::Full]);
    assert_eq!(bench.kiosk.view(), View::OutOfService(Trouble::Full));
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
    assert_eq!(bench.kiosk.view(), View::OutOfService(Trouble::Slow));
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
}

#[test]
fn settings_take_force_between_visits() {
    let mut bench = Bench::new();
    bench.touch();
    let mut changed = settings();
    changed.question.version = 9;
    changed.counter.code = "Q09".to_owned();
    bench.put(Input::Settings(Arc::new(changed.clone())));
    bench.commit();
    bench.tap(Level::Satisfied);
    bench.commit();
    assert_eq!(bench.kiosk.settings().unwrap().question.version, settings().question.version);
    bench.wait(5_000);
    assert_eq!(bench.kiosk.settings().unwrap().question.version, 9);
    changed.officer = None;
    bench.put(Input::Settings(Arc::new(changed)));
    assert_eq!(bench.kiosk.view(), View::NotInService);
    bench.wait(CALM_MS);
    bench.tap(Level::Satisfied);
    bench.touch();
    assert!(bench.out.is_none());
}

#[test]
fn a_level_that_is_not_on_offer_is_no_answer() {
    let mut bench = Bench::new();
    let mut three = settings();
    three.question.scale = protocol::Scale::Three;
    bench.put(Input::Settings(Arc::new(three)));
    bench.tap(Level::Neutral);
    assert!(bench.out.is_none());
}

#[derive(Clone, Debug)]
enum Act {
    Tap(usize),
    Touch,
    Language(bool),
    ChooseAgain,
    Settings(bool),
    Commit,
    Fail,
    Stale,
    Wait(u64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..5_usize).prop_map(Act::Tap),
        2 => Just(Act::Touch),
        1 => any::<bool>().prop_map(Act::Language),
        2 => Just(Act::ChooseAgain),
        1 => any::<bool>().prop_map(Act::Settings),
        5 => Just(Act::Commit),
        1 => Just(Act::Fail),
        1 => Just(Act::Stale),
        3 => (0..2_000_u64).prop_map(Act::Wait),
        1 => (0..60_000_u64).prop_map(Act::Wait),
    ]
}

fn perform(bench: &mut Bench, act: &Act) {
    match act {
        Act::Tap(level) => bench.tap(Level::ALL[*level]),
        Act::Touch => bench.touch(),
        Act::Language(english) => bench.language(if *english { "en" } else { "vi" }),
        Act::ChooseAgain => bench.put(Input::ChooseAgain),
        Act::Settings(officer) => {
            let mut changed = settings();
            changed.officer = changed.officer.filter(|_| *officer);
            bench.put(Input::Settings(Arc::new(changed)));
        }
        Act::Commit if bench.out.is_some() => bench.commit(),
        Act::Fail if bench.out.is_some() => drop(bench.fail()),
        Act::Commit | Act::Fail => {}
        Act::Stale => {
            let id = bench.out.as_ref().map_or(1, |(id, _)| id.wrapping_sub(1));
            bench.put(Input::Recorded(id));
            bench.put(Input::RecordFailed(id, Trouble::Other));
        }
        Act::Wait(ms) => bench.wait(*ms),
    }
}

/// What each session holds, in order.
fn sessions(entries: &[Entry]) -> HashMap<Uuid, Vec<&'static str>> {
    let mut sessions: HashMap<Uuid, Vec<&'static str>> = HashMap::new();
    for entry in entries {
        sessions.entry(entry.session).or_default().push(entry.what.kind());
    }
    sessions
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_visit_is_whole_and_nobody_is_thanked_too_early(acts in prop::collection::vec(act(), 1..60)) {
        let mut bench = Bench::new();
        for act in &acts {
            let thanked = matches!(bench.kiosk.view(), View::Thanks { .. });
            perform(&mut bench, act);
            let rated = |entry: &Entry| matches!(entry.what, What::Rated { .. });
            if matches!(bench.kiosk.view(), View::Thanks { .. }) && !thanked {
                prop_assert!(bench.out.is_none(), "thanked while something is unwritten");
                let last = bench.written.iter().rfind(|entry| !matches!(entry.what, What::Changed { .. }));
                prop_assert!(last.is_some_and(rated), "thanked without a rating");
            }
        }
        for _ in 0..40 {
            // The disk is well again and everybody has left: it must find home by itself.
            if bench.out.is_some() {
                bench.commit();
            }
            if let Some(at) = bench.kiosk.wakes_at() {
                let wait = at.saturating_sub(bench.now.uptime_ms);
                bench.wait(wait);
            }
        }
        prop_assert!(bench.out.is_none() && bench.kiosk.wakes_at().is_none());
        prop_assert!(matches!(bench.kiosk.view(), RATE | View::NotInService));
        for (session, kinds) in sessions(&bench.written) {
            let whole: [&[&str]; 3] =
                [&["shown", "rated"], &["shown", "rated", "changed"], &["shown", "abandoned"]];
            prop_assert!(whole.contains(&kinds.as_slice()), "{session}: {kinds:?}");
        }
    }

    #[test]
    fn a_double_tap_on_any_faces_counts_once(first in 0..5_usize, second in 0..5_usize, gap in 0..CALM_MS) {
        let mut bench = Bench::new();
        bench.tap(Level::ALL[first]);
        bench.tap(Level::ALL[second]);
        bench.commit();
        bench.wait(gap);
        bench.put(Input::ChooseAgain);
        bench.tap(Level::ALL[second]);
        prop_assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
        prop_assert_eq!(&bench.written[1].what, &What::Rated { level: Level::ALL[first] });
        prop_assert_eq!(bench.written.len(), 2);
    }
}
