//! What the kiosk machine promises, for any sequence of inputs.
#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use protocol::invitation::Invitation;
use protocol::{Level, What};
use std::collections::HashMap;
use std::sync::Arc;
use support::bench::{Bench, RATE};
use support::full_settings;
use tablet_app::appearance::Appearance;
use tablet_app::entry::Entry;
use tablet_app::kiosk::{KioskInput, NOTED_MS, RecordingFault, View};
use tablet_app::typing::Key;
use uuid::Uuid;

#[derive(Clone, Debug)]
enum Act {
    Tap(usize),
    Touch,
    Language(bool),
    ChooseAgain,
    Appearance(bool),
    Aspect(usize, usize),
    Reason(usize),
    Key(char),
    Next,
    NextPerson,
    Decline,
    DisputeOfficer,
    TakeBack,
    Settings(bool),
    Invitation(u128),
    Open(bool),
    Aside(bool),
    SignIn(bool),
    SignOut,
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
        1 => any::<bool>().prop_map(Act::Appearance),
        2 => (0..4_usize, 0..5_usize).prop_map(|(aspect, level)| Act::Aspect(aspect, level)),
        2 => (0..4_usize).prop_map(Act::Reason),
        2 => prop::char::range('a', 'z').prop_map(Act::Key),
        4 => Just(Act::Next),
        1 => Just(Act::NextPerson),
        1 => Just(Act::Decline),
        1 => Just(Act::DisputeOfficer),
        1 => Just(Act::TakeBack),
        1 => any::<bool>().prop_map(Act::Settings),
        2 => (0..6_u128).prop_map(Act::Invitation),
        1 => any::<bool>().prop_map(Act::Open),
        1 => any::<bool>().prop_map(Act::Aside),
        1 => any::<bool>().prop_map(Act::SignIn),
        1 => Just(Act::SignOut),
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
        Act::ChooseAgain => bench.put(KioskInput::ChooseAgain),
        Act::Appearance(high_contrast) => {
            let look = Appearance { high_contrast: *high_contrast, ..Appearance::default() };
            let fresh = bench.fresh();
            bench.put(KioskInput::Appearance { look, fresh });
        }
        Act::Aspect(at, level) => {
            let id = ["spirit", "responsibility", "attitude", "nothing"][*at];
            bench.put(KioskInput::Aspect(id.to_owned(), Level::ALL[*level]));
        }
        Act::Reason(at) => {
            let id = ["waiting", "cold", "errand", "nothing"][*at];
            bench.put(KioskInput::Reason(id.to_owned()));
        }
        Act::Key(letter) => bench.put(KioskInput::Key(Key::Letter(*letter))),
        Act::Next => bench.put(KioskInput::Next),
        Act::NextPerson => bench.put(KioskInput::NextPerson),
        Act::Decline => {
            let fresh = bench.fresh();
            bench.put(KioskInput::Decline { fresh });
        }
        Act::DisputeOfficer => {
            let fresh = bench.fresh();
            bench.put(KioskInput::DisputeOfficer { fresh });
        }
        Act::TakeBack => bench.put(KioskInput::TakeBack),
        Act::Invitation(id) => {
            let (id, fresh) = (Uuid::from_u128(*id), bench.fresh());
            let (stage, dossier, ticket, officer) = (None, None, None, None);
            let one = Invitation { id, stage, dossier, ticket, officer, valid_ms: 9_000 };
            bench.put(KioskInput::Invitation { invitation: Arc::new(one), fresh });
        }
        Act::Open(open) => bench.put(KioskInput::Open(*open)),
        Act::Aside(aside) => bench.put(KioskInput::Aside(*aside)),
        Act::SignIn(first) => {
            let officer = if *first { "CC05" } else { "CC06" }.to_owned();
            let fresh = bench.fresh();
            bench.put(KioskInput::SignIn { officer, fresh });
        }
        Act::SignOut => {
            let fresh = bench.fresh();
            bench.put(KioskInput::SignOut { fresh });
        }
        Act::Settings(officer) => {
            let mut changed = full_settings();
            changed.officer = changed.officer.filter(|_| *officer);
            bench.put(KioskInput::Settings(Arc::new(changed)));
        }
        Act::Commit if bench.out.is_some() => bench.commit(),
        Act::Fail if bench.out.is_some() => drop(bench.fail()),
        Act::Commit | Act::Fail => {}
        Act::Stale => {
            let id = bench.out.as_ref().map_or(1, |(id, _)| id.wrapping_sub(1));
            bench.put(KioskInput::Recorded(id));
            bench.put(KioskInput::RecordFailed(id, RecordingFault::Other));
        }
        Act::Wait(ms) => bench.jump(*ms),
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
        let mut bench = Bench::full();
        let thanks =
            |view: View| matches!(view, View::Noted | View::Thanks { .. } | View::Step { .. });
        for act in &acts {
            let thanked = thanks(bench.kiosk.view());
            perform(&mut bench, act);
            if thanks(bench.kiosk.view()) && !thanked {
                let rated = bench.written.iter().rfind(|entry| matches!(entry.what, What::Shown(_)));
                let session = rated.expect("thanked without a question").session;
                let kinds = sessions(&bench.written).remove(&session).unwrap();
                prop_assert_eq!(kinds.get(1), Some(&"rated"), "thanked without a rating");
                let unwritten = bench.out.iter().flat_map(|(_, entries)| entries);
                let mut unwritten = unwritten.filter(|entry| entry.session == session);
                let level = |entry: &Entry| {
                    matches!(entry.what, What::Rated { .. } | What::Changed { .. })
                };
                prop_assert!(!unwritten.any(level), "thanked while the level is unwritten");
            }
            prop_assert!(!(bench.kiosk.view() == RATE && bench.kiosk.about().is_none()));
        }
        perform(&mut bench, &Act::Aside(false));
        perform(&mut bench, &Act::Open(true));
        for _ in 0..40 {
            // The disk works again and everybody has left: the kiosk must come to rest by itself.
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
            let whole = match kinds.as_slice() {
                ["shown", "abandoned" | "superseded" | "declined" | "officer_disputed"]
                | ["signed_in" | "signed_out"]
                | ["signed_out", "signed_in"] => true,
                ["shown", "rated", "changed", rest @ ..] | ["shown", "rated", rest @ ..] => {
                    rest.iter().all(|kind| *kind == "detailed")
                }
                _ => false,
            };
            prop_assert!(whole, "{session}: {kinds:?}");
        }
        let duties = bench.written.iter().filter_map(|entry| match &entry.what {
            What::SignedIn(_) => Some(true),
            What::SignedOut(_) => Some(false),
            _ => None,
        });
        let mut there = false;
        for comes in duties {
            prop_assert_ne!(there, comes, "who comes was not there, who goes was");
            there = comes;
        }
    }

    #[test]
    fn a_double_tap_on_any_faces_counts_once(first in 0..5_usize, second in 0..5_usize, gap in 0..NOTED_MS) {
        let mut bench = Bench::new();
        bench.tap(Level::ALL[first]);
        bench.tap(Level::ALL[second]);
        bench.commit();
        bench.wait(gap);
        bench.put(KioskInput::ChooseAgain);
        bench.tap(Level::ALL[second]);
        prop_assert_eq!(bench.kiosk.view(), View::Thanks { again: true });
        prop_assert_eq!(&bench.written[1].what, &What::Rated { level: Level::ALL[first] });
        prop_assert_eq!(bench.written.len(), 2);
    }
}
