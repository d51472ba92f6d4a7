//! Who is rated: officers who sign in and out, the roster, and the dark screen out of hours.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::settings::{Duty, Officer, Turn};
use protocol::{Level, What};
use std::sync::Arc;
use support::bench::{Bench, RATE};
use support::full_settings;
use tablet_app::kiosk::{DEBOUNCE_MS, DUTY_MS, KioskInput, OnDuty, View};
use tablet_app::time_estimate::TimeEstimate;

fn sign_in(bench: &mut Bench, officer: &str) {
    let fresh = bench.fresh();
    bench.put(KioskInput::SignIn { officer: officer.to_owned(), fresh });
}

fn sign_out(bench: &mut Bench) {
    let fresh = bench.fresh();
    bench.put(KioskInput::SignOut { fresh });
}

fn officers(bench: &Bench) -> Vec<(&'static str, String)> {
    let said = |what: &What| match what {
        What::Shown(shown) => Some(("shown", shown.officer.clone())),
        What::SignedIn(post) => Some(("in", post.officer.clone())),
        What::SignedOut(post) => Some(("out", post.officer.clone())),
        _ => None,
    };
    bench.written.iter().filter_map(|entry| said(&entry.what)).collect()
}

fn rate(bench: &mut Bench) {
    bench.tap(Level::VerySatisfied);
    bench.commit();
    bench.wait(60_000);
    bench.wait(DEBOUNCE_MS);
}

#[test]
fn an_officer_who_signed_in_is_rated_until_they_sign_out() {
    let mut bench = Bench::full();
    rate(&mut bench);
    sign_in(&mut bench, "CC06");
    bench.commit();
    sign_in(&mut bench, "CC06");
    assert!(bench.out.is_none(), "already there");
    rate(&mut bench);
    sign_in(&mut bench, "CC05");
    bench.commit();
    sign_out(&mut bench);
    bench.commit();
    sign_out(&mut bench);
    assert!(bench.out.is_none());
    rate(&mut bench);
    let expected = [
        ("shown", "CC05"),
        ("in", "CC06"),
        ("shown", "CC06"),
        ("out", "CC06"),
        ("in", "CC05"),
        ("out", "CC05"),
        ("shown", "CC05"),
    ];
    assert_eq!(officers(&bench), expected.map(|(what, code)| (what, code.to_owned())));
}

#[test]
fn without_the_roster_nobody_is_rated_until_somebody_signs_in() {
    let mut settings = full_settings();
    settings.duty = Duty::SignIn;
    let mut bench = Bench::new();
    bench.put(KioskInput::Settings(Arc::new(settings)));
    assert_eq!(bench.kiosk.view(), View::NotInService);
    bench.tap(Level::Satisfied);
    sign_in(&mut bench, "CC99");
    assert!(bench.out.is_none(), "an officer nobody knows");
    sign_in(&mut bench, "CC06");
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
}

/// The 1st of February 2027 at noon in Tây Ninh.
const NOON: i64 = 1_801_458_000_000;

/// A kiosk at noon whose roster has CC05 until 13:00, then nobody, then CC07 from 14:00 on.
fn rostered() -> Bench {
    let mut settings = full_settings();
    settings.questionnaire.steps.clear();
    let hour = |hours: i64| NOON + hours * 3_600_000;
    let turn = |from, officer: Option<&str>| Turn { from, officer: officer.map(str::to_owned) };
    settings.turns = vec![turn(hour(1), None), turn(hour(2), Some("CC07"))];
    let officer = settings.officer.clone().unwrap();
    settings.following = vec![Officer { code: "CC07".to_owned(), ..officer }];
    let mut bench = Bench::new();
    bench.now.wall_ms = NOON;
    bench.put(KioskInput::Settings(Arc::new(settings)));
    bench
}

#[test]
fn the_roster_of_tomorrow_says_who_is_rated_without_a_network() {
    let mut bench = rostered();
    rate(&mut bench);
    bench.now.wall_ms = NOON + 3_599_999;
    bench.touch();
    bench.commit();
    bench.wait(1_000);
    assert_eq!(bench.kiosk.about().unwrap().officer.code, "CC05", "a visit keeps its officer");
    bench.wait(60_000);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::NotInService, "nobody is on duty from 13:00 on");
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Satisfied);
    assert!(bench.out.is_none());
    sign_in(&mut bench, "CC06");
    bench.commit();
    rate(&mut bench);
    sign_out(&mut bench);
    bench.commit();
    bench.now.wall_ms = NOON + 2 * 3_600_000;
    rate(&mut bench);
    let shown: Vec<_> = officers(&bench).into_iter().filter(|(what, _)| *what == "shown").collect();
    assert_eq!(
        shown.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>(),
        ["CC05", "CC05", "CC06", "CC07"]
    );
}

#[test]
fn the_roster_goes_by_the_servers_time_and_not_by_a_wrong_clock() {
    let mut bench = rostered();
    // Two hours and a half ahead: by its own clock CC07 would sit there.
    bench.now.wall_ms = NOON + 9_000_000;
    let mut time = TimeEstimate::default();
    time.observe_server_time(NOON, bench.now);
    bench.put(KioskInput::Time(time));
    assert_eq!(bench.kiosk.on_duty().unwrap().code, "CC05");
    bench.now.uptime_ms += 2 * 3_600_000;
    bench.now.wall_ms = 0;
    bench.put(KioskInput::Tick);
    assert_eq!(bench.kiosk.on_duty().unwrap().code, "CC07", "whatever the wall clock does");

    // Nobody knows the time, and the roster names two: neither is rated on a guess.
    let mut bench = rostered();
    bench.now.wall_ms = 0;
    bench.put(KioskInput::Tick);
    assert_eq!((bench.kiosk.on_duty(), bench.kiosk.view()), (None, View::OfficerUnknown));
    let fresh = bench.fresh();
    bench.put(KioskInput::SignIn { officer: "CC06".to_owned(), fresh });
    assert_eq!(bench.kiosk.on_duty().unwrap().code, "CC06");
}

#[test]
fn an_officer_who_leaves_during_a_visit_is_still_the_one_who_was_rated() {
    let mut bench = Bench::full();
    bench.touch();
    bench.commit();
    sign_in(&mut bench, "CC06");
    bench.commit();
    assert_eq!(bench.kiosk.about().unwrap().officer.code, "CC05", "the question stands");
    bench.tap(Level::VeryDissatisfied);
    bench.commit();
    bench.wait(60_000);
    assert_eq!(bench.kiosk.about().unwrap().officer.code, "CC06");
    assert_eq!(bench.kinds(), ["shown", "signed_in", "rated"]);
}

#[test]
fn a_duty_ends_after_its_time_regardless_of_the_wall_clock() {
    let mut bench = Bench::full();
    sign_in(&mut bench, "CC06");
    bench.commit();
    bench.now.wall_ms += 24 * 3_600_000;
    bench.wait(DUTY_MS - 1);
    assert_eq!(bench.kiosk.signed_in().unwrap().officer, "CC06", "a day forward ends nothing");
    bench.now.wall_ms -= 48 * 3_600_000;
    bench.wait(1);
    bench.commit();
    assert_eq!(bench.kiosk.signed_in(), None);
    assert_eq!(bench.kinds(), ["signed_in", "signed_out"]);
}

#[test]
fn an_officer_whom_the_settings_no_longer_know_is_signed_out() {
    let mut bench = Bench::full();
    sign_in(&mut bench, "CC06");
    bench.commit();
    let mut settings = full_settings();
    settings.staff.pop();
    bench.put(KioskInput::Settings(Arc::new(settings)));
    bench.commit();
    assert_eq!(bench.kinds(), ["signed_in", "signed_out"]);
    assert_eq!(bench.kiosk.about().unwrap().officer.code, "CC05");
}

#[test]
fn after_a_restart_the_wall_clock_decides_and_nobody_is_rated_on_a_guess() {
    let hours = |bench: &Bench, age: i64| {
        OnDuty::resumed("CC06".into(), bench.now.wall_ms - age * 3_600_000, None)
    };
    let mut bench = Bench::full();
    bench.put(KioskInput::Resume(hours(&bench, 11)));
    assert_eq!(bench.kiosk.about().unwrap().officer.code, "CC06", "the day goes on");
    bench.wait(3_600_000);
    bench.commit();
    assert_eq!(bench.kinds(), ["signed_out"], "twelve hours are over");
    assert_eq!(bench.kiosk.about().unwrap().officer.code, "CC05");

    let mut bench = Bench::full();
    bench.put(KioskInput::Resume(hours(&bench, 24)));
    bench.wait(0);
    bench.commit();
    assert_eq!(bench.kinds(), ["signed_out"], "yesterday's officer");

    let mut bench = Bench::full();
    bench.put(KioskInput::Resume(hours(&bench, -1)));
    bench.wait(0);
    bench.commit();
    assert_eq!(bench.kinds(), ["signed_out"], "a clock that stands before the sign-in");

    let mut bench = Bench::full();
    bench.put(KioskInput::Resume(hours(&bench, 1)));
    bench.now.wall_ms += 3 * 24 * 3_600_000;
    bench.wait(0);
    bench.commit();
    assert_eq!(bench.kinds(), ["signed_out"], "a clock that started wrong is set right");
}

#[test]
fn a_tablet_that_is_moved_signs_out_at_the_counter_where_it_was() {
    let mut bench = Bench::full();
    sign_in(&mut bench, "CC06");
    bench.commit();
    let mut elsewhere = full_settings();
    elsewhere.counter.code = "Q09".to_owned();
    bench.put(KioskInput::Settings(Arc::new(elsewhere)));
    bench.commit();
    let What::SignedOut(post) = &bench.written[1].what else { panic!("not signed out") };
    assert_eq!((post.counter.as_str(), post.officer.as_str()), ("Q05", "CC06"));
}

#[test]
fn a_tablet_that_was_moved_while_it_was_off_signs_out_at_the_counter_where_it_was() {
    let mut bench = Bench::full();
    let counter = Some("Q01".to_owned());
    let since = bench.now.wall_ms - 3_600_000;
    bench.put(KioskInput::Resume(OnDuty::resumed("CC06".into(), since, counter)));
    bench.wait(0);
    bench.commit();
    let What::SignedOut(post) = &bench.written[0].what else { panic!("not signed out") };
    assert_eq!((post.counter.as_str(), post.officer.as_str()), ("Q01", "CC06"));
    assert_eq!(bench.kiosk.signed_in(), None);
}

#[test]
fn a_visit_is_whole_while_the_wall_clock_jumps_by_a_day() {
    for day in [24 * 3_600_000, -24 * 3_600_000] {
        let mut bench = Bench::full();
        bench.touch();
        bench.commit();
        bench.now.wall_ms += day;
        bench.wait(10_000);
        assert_eq!(bench.kiosk.view(), RATE, "the question waits by a clock that never jumps");
        bench.tap(Level::VerySatisfied);
        bench.commit();
        bench.now.wall_ms -= day;
        bench.wait(60_000);
        assert!(bench.kiosk.is_ready());
        assert_eq!(bench.kinds(), ["shown", "rated"]);
    }
}

#[test]
fn a_dark_screen_is_woken_first_and_asks_nobody_by_that() {
    let mut bench = Bench::full();
    bench.put(KioskInput::Open(false));
    bench.tap(Level::Satisfied);
    assert!(bench.out.is_none(), "no face stands there");
    bench.touch();
    assert_eq!(bench.kiosk.view(), RATE);
    assert!(bench.out.is_none(), "whoever cleans the glass was not asked");
    bench.wait(30_000);
    assert_eq!(bench.kiosk.view(), View::Closed);
    bench.wait(DEBOUNCE_MS);
    bench.touch();
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Satisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"], "a late visitor is heard all the same");
    bench.wait(60_000);
    assert_eq!(bench.kiosk.view(), View::Closed);
    bench.put(KioskInput::Open(true));
    assert_eq!(bench.kiosk.view(), RATE);
}

#[test]
fn a_finger_on_its_way_does_not_rate_the_officer_who_just_came() {
    let mut bench = Bench::full();
    let mut settings = full_settings();
    settings.officer = Some(settings.staff[1].officer.clone());
    bench.put(KioskInput::Settings(Arc::new(settings)));
    bench.tap(Level::VeryDissatisfied);
    assert!(bench.out.is_none(), "meant for the officer of before");
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"]);
}
