//! Invitations at the kiosk: each opens the question once, never in somebody's way.
#![allow(clippy::unwrap_used)]

mod support;

use protocol::event::Shown;
use protocol::invitation::Invitation;
use protocol::settings::{Duty, Officer};
use protocol::{Level, Stage, What};
use std::sync::Arc;
use support::bench::{Bench, RATE};
use support::full_settings;
use tablet_app::kiosk::{DEBOUNCE_MS, KioskInput, Reference, View};
use uuid::Uuid;

const VALID_MS: u64 = 90_000;

fn invitation(id: u128) -> Invitation {
    Invitation {
        id: Uuid::from_u128(id),
        stage: Some(Stage::Receive),
        dossier: Some(format!("H53.02-230914-{id:04}")),
        ticket: Some("B012".to_owned()),
        officer: None,
        valid_ms: VALID_MS,
    }
}

fn invite(bench: &mut Bench, invitation: Invitation) {
    let fresh = bench.fresh();
    bench.put(KioskInput::Invitation { invitation: Arc::new(invitation), fresh });
}

fn shown(bench: &Bench) -> Vec<Shown> {
    let shown = |what: &What| match what {
        What::Shown(shown) => Some(shown.clone()),
        _ => None,
    };
    bench.written.iter().filter_map(|entry| shown(&entry.what)).collect()
}

#[test]
fn an_invitation_opens_the_question_and_is_answered() {
    let mut bench = Bench::full();
    invite(&mut bench, invitation(7));
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
    assert!(!bench.kiosk.is_ready());
    assert_eq!(
        bench.kiosk.about().unwrap().reference,
        Some(Reference::Dossier("H53.02-230914-0007"))
    );
    bench.wait(DEBOUNCE_MS);
    bench.tap(Level::VerySatisfied);
    bench.commit();
    let shown = &shown(&bench)[0];
    assert_eq!(shown.invitation, Some(Uuid::from_u128(7)));
    assert_eq!((shown.stage, shown.ticket.as_deref()), (Some(Stage::Receive), Some("B012")));
    assert_eq!(shown.officer, "CC05", "whoever is on duty");
    assert_eq!(bench.kinds(), ["shown", "rated"]);
}

#[test]
fn it_is_abandoned_after_its_time_and_never_opens_twice() {
    let mut bench = Bench::full();
    invite(&mut bench, invitation(1));
    bench.commit();
    bench.wait(VALID_MS - 1);
    assert!(!bench.kiosk.is_ready());
    bench.wait(1);
    bench.commit();
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "abandoned"]);
    invite(&mut bench, invitation(1));
    assert!(bench.out.is_none(), "fetched twice, shown once");
}

#[test]
fn a_later_one_takes_the_place_of_one_that_nobody_touched() {
    let mut bench = Bench::full();
    invite(&mut bench, invitation(1));
    bench.commit();
    invite(&mut bench, invitation(2));
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "superseded", "shown"]);
    assert_eq!(shown(&bench)[1].invitation, Some(Uuid::from_u128(2)));
}

/// The word that the invitation before was taken back.
fn withdrawal(id: u128) -> Invitation {
    let nothing = Invitation { stage: None, dossier: None, ticket: None, ..invitation(id) };
    Invitation { valid_ms: 0, ..nothing }
}

#[test]
fn one_that_was_taken_back_leaves_the_glass_unless_somebody_touched_it() {
    let mut bench = Bench::full();
    invite(&mut bench, invitation(1));
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
    invite(&mut bench, withdrawal(2));
    bench.commit();
    assert!(bench.kiosk.is_ready());
    assert_eq!(bench.kinds(), ["shown", "superseded"]);

    // One that waits behind somebody never opens.
    let mut bench = Bench::full();
    bench.touch();
    bench.commit();
    invite(&mut bench, invitation(1));
    invite(&mut bench, withdrawal(2));
    bench.wait(30_000);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "abandoned"]);

    // Who has begun is not interrupted, and who came by themselves is not either.
    let mut bench = Bench::full();
    invite(&mut bench, invitation(1));
    bench.commit();
    bench.wait(DEBOUNCE_MS);
    bench.touch();
    invite(&mut bench, withdrawal(2));
    bench.tap(Level::Satisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"]);
}

#[test]
fn it_waits_while_somebody_answers() {
    let mut bench = Bench::full();
    bench.touch();
    bench.commit();
    invite(&mut bench, invitation(1));
    assert!(bench.out.is_none(), "somebody reads the question");
    bench.tap(Level::VerySatisfied);
    bench.commit_level();
    bench.put(KioskInput::Next);
    assert_eq!(bench.kiosk.view(), View::Thanks { again: false });
    bench.wait(3_000);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated", "shown"]);
    assert_eq!(shown(&bench)[0].invitation, None, "the walk-up visit stays what it was");
    assert!(shown(&bench)[1].invitation.is_some());

    let mut bench = Bench::full();
    invite(&mut bench, invitation(1));
    bench.commit();
    bench.wait(DEBOUNCE_MS);
    bench.touch();
    invite(&mut bench, invitation(2));
    bench.tap(Level::Satisfied);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "rated"], "a touched one is not taken away");
}

#[test]
fn one_that_waited_too_long_does_not_open() {
    let mut bench = Bench::full();
    bench.touch();
    bench.commit();
    invite(&mut bench, Invitation { valid_ms: 10_000, ..invitation(1) });
    bench.wait(30_000);
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "abandoned"]);
    assert!(bench.kiosk.is_ready() && bench.out.is_none());
}

#[test]
fn it_may_name_an_officer_and_needs_one() {
    let mut settings = full_settings();
    settings.duty = Duty::SignIn;
    let mut bench = Bench::new();
    bench.put(KioskInput::Settings(Arc::new(settings.clone())));
    assert_eq!(bench.kiosk.view(), View::NotInService);
    invite(&mut bench, invitation(1));
    assert!(bench.out.is_none(), "nobody is on duty and it names nobody");

    let named = |code: &str, name: &str| Officer {
        code: code.to_owned(),
        name: name.to_owned(),
        title: String::new(),
        department: String::new(),
        photo: None,
    };
    invite(
        &mut bench,
        Invitation { officer: Some(named("CC09", "Nguyễn Văn I")), ..invitation(2) },
    );
    bench.commit();
    assert_eq!(bench.kiosk.about().unwrap().officer.name, "Nguyễn Văn I");
    assert_eq!(shown(&bench)[0].officer, "CC09");
    invite(&mut bench, Invitation { officer: Some(named("CC06", "?")), ..invitation(3) });
    bench.commit();
    assert_eq!(bench.kiosk.about().unwrap().officer.name, "Nguyễn Văn B", "with their photo");
}

#[test]
fn it_opens_on_a_dark_screen_and_not_under_the_staffs() {
    let mut bench = Bench::full();
    bench.put(KioskInput::Open(false));
    assert_eq!(bench.kiosk.view(), View::Closed);
    invite(&mut bench, invitation(1));
    bench.commit();
    assert_eq!(bench.kiosk.view(), RATE);
    bench.put(KioskInput::Aside(true));
    bench.commit();
    invite(&mut bench, invitation(2));
    assert!(bench.out.is_none(), "nobody would see it");
    assert_eq!(bench.kinds(), ["shown", "abandoned"]);
    bench.put(KioskInput::Aside(false));
    bench.commit();
    assert_eq!(bench.kinds(), ["shown", "abandoned", "shown"]);
}

#[test]
fn one_that_comes_before_its_officer_waits_for_them_as_long_as_it_holds() {
    let sign_in = |bench: &mut Bench| {
        let fresh = bench.fresh();
        bench.put(KioskInput::SignIn { officer: "CC06".to_owned(), fresh });
        bench.commit();
    };
    let unattended = || {
        let mut settings = full_settings();
        settings.duty = Duty::SignIn;
        let mut bench = Bench::new();
        bench.put(KioskInput::Settings(Arc::new(settings)));
        bench
    };
    let mut bench = unattended();
    invite(&mut bench, invitation(1));
    bench.wait(10_000);
    sign_in(&mut bench);
    assert_eq!(shown(&bench)[0].invitation, Some(Uuid::from_u128(1)));
    assert_eq!(shown(&bench)[0].officer, "CC06");

    let mut bench = unattended();
    invite(&mut bench, invitation(1));
    bench.wait(VALID_MS);
    sign_in(&mut bench);
    assert!(bench.out.is_none() && shown(&bench).is_empty(), "its time is over");
}

#[test]
fn settings_take_force_between_invitations_that_nobody_touches() {
    let mut bench = Bench::full();
    invite(&mut bench, invitation(1));
    bench.commit();
    let mut next = full_settings();
    next.questionnaire.version = 2;
    bench.put(KioskInput::Settings(Arc::new(next.clone())));
    assert_eq!(bench.kiosk.settings().unwrap().questionnaire.version, 1, "it stands there");
    invite(&mut bench, invitation(2));
    bench.commit();
    assert_eq!(bench.kiosk.settings().unwrap().questionnaire.version, 2);
    assert_eq!(shown(&bench)[1].questionnaire, 2);

    // The tablet is carried to another counter: the officer who had signed in is not rated there.
    let fresh = bench.fresh();
    bench.put(KioskInput::SignIn { officer: "CC06".to_owned(), fresh });
    bench.commit();
    next.counter.code = "Q09".to_owned();
    bench.put(KioskInput::Settings(Arc::new(next)));
    invite(&mut bench, invitation(3));
    bench.commit();
    let last = shown(&bench).pop().unwrap();
    assert_eq!((last.counter.as_str(), last.officer.as_str()), ("Q09", "CC05"));
    assert!(bench.kiosk.signed_in().is_none());
}
