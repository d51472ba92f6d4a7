//! What the kiosk machine promises, for any sequence of inputs.
#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use protocol::{Level, What};
use std::collections::HashMap;
use std::sync::Arc;
use support::bench::{Bench, RATE};
use support::settings;
use tablet_app::entry::Entry;
use tablet_app::kiosk::{CALM_MS, Input, Trouble, View};
use uuid::Uuid;

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
