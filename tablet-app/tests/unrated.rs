//! Visits without a level: who declines, and who was served by somebody else.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::Level;
use support::bench::{Bench, RATE};
use tablet_app::kiosk::{DEBOUNCE_MS, Farewell, KioskInput, SHORT_THANKS_MS, View};

const UNDO_MS: u64 = 5_000;

#[test]
fn a_person_who_declines_to_rate_is_counted_as_such() {
    for touched_first in [false, true] {
        let mut bench = Bench::full();
        if touched_first {
            bench.touch();
        }
        let fresh = bench.fresh();
        bench.put(KioskInput::Decline { fresh });
        while bench.out.is_some() {
            assert_eq!(bench.kiosk.view(), View::Rate { active: false, again: false });
            bench.commit();
        }
        assert_eq!(bench.kiosk.view(), View::Farewell(Farewell::Declined));
        bench.wait(SHORT_THANKS_MS);
        assert!(bench.kiosk.is_ready() && bench.out.is_none());
        assert_eq!(bench.kinds(), ["shown", "declined"], "and not abandoned");
        assert_eq!(bench.written[0].session, bench.written[1].session);
    }
    let mut bench = Bench::full();
    bench.tap(Level::Dissatisfied);
    bench.commit_level();
    let (fresh, step) = (bench.fresh(), bench.kiosk.view());
    bench.put(KioskInput::Decline { fresh });
    assert_eq!(bench.kiosk.view(), step, "who rated did not decline");
}

fn dispute(bench: &mut Bench) {
    let fresh = bench.fresh();
    bench.put(KioskInput::DisputeOfficer { fresh });
    assert_eq!(bench.kiosk.view(), View::Disputing);
    bench.commit();
}

#[test]
fn another_officer_than_the_one_on_the_screen_is_told_and_nobody_is_rated() {
    let mut bench = Bench::full();
    dispute(&mut bench);
    bench.wait(UNDO_MS - 1);
    assert_eq!((bench.kiosk.view(), bench.kinds()), (View::Disputing, vec!["shown"]));
    bench.wait(1);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Farewell(Farewell::OfficerDisputed));
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VeryDissatisfied);
    bench.put(KioskInput::TakeBack);
    assert_eq!(bench.kiosk.view(), View::Farewell(Farewell::OfficerDisputed), "it is written");
    bench.wait(Farewell::OfficerDisputed.lasts_ms());
    assert!(bench.kiosk.is_ready() && bench.out.is_none());
    assert_eq!(bench.kinds(), ["shown", "officer_disputed"]);
}

#[test]
fn a_dispute_can_be_taken_back_for_a_moment_and_leaves_no_trace() {
    let mut bench = Bench::full();
    dispute(&mut bench);
    bench.put(KioskInput::TakeBack);
    assert_eq!(bench.kiosk.view(), View::Disputing, "a second tap of the same hand");
    bench.wait(DEBOUNCE_MS);
    bench.touch();
    bench.tap(Level::VeryDissatisfied);
    assert_eq!(bench.kiosk.view(), View::Disputing, "nothing else answers meanwhile");
    bench.put(KioskInput::TakeBack);
    assert_eq!(bench.kiosk.view(), RATE);
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::Satisfied);
    bench.commit_level();
    bench.put(KioskInput::NextPerson);
    assert_eq!(bench.kinds(), ["shown", "rated"]);

    let mut bench = Bench::full();
    dispute(&mut bench);
    bench.wait(DEBOUNCE_MS);
    bench.put(KioskInput::TakeBack);
    bench.wait(60_000);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "abandoned"], "and who says nothing more is gone");
}

#[test]
fn a_dispute_is_recorded_in_every_way_a_visit_can_end() {
    // The staff's screen comes up: the officer signs in.
    let mut bench = Bench::full();
    dispute(&mut bench);
    bench.put(KioskInput::Aside(true));
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "officer_disputed"]);

    // The disk was full for a while.
    let mut bench = Bench::full();
    let fresh = bench.fresh();
    bench.put(KioskInput::DisputeOfficer { fresh });
    bench.fail();
    bench.wait(1_000);
    bench.commit();
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "officer_disputed"]);
}

#[test]
fn nobody_is_bidden_farewell_before_it_is_written() {
    let mut bench = Bench::full();
    let fresh = bench.fresh();
    bench.put(KioskInput::Decline { fresh });
    bench.fail();
    assert!(matches!(bench.kiosk.view(), View::OutOfService(_)));
    bench.wait(1_000);
    bench.commit();
    assert_eq!(bench.kiosk.view(), View::Farewell(Farewell::Declined));
}
