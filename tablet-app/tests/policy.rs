//! The courier's policy, for any sequence of answers.
#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use protocol::Head;
use protocol::exchange::{Problem, ProblemCode};
use support::TABLET;
use tablet_app::courier::Failure;
use tablet_app::courier::policy::{Pace, Policy, Remedy, Step};

fn refused(code: ProblemCode, head: Option<Head>) -> Failure {
    let problem = Problem { code, message: String::new(), head };
    Failure::Refused { server: String::new(), status: 409, problem }
}

#[test]
fn settings_come_first_then_events_then_sleep() {
    let mut policy = Policy::new(Pace::default());
    assert_eq!(policy.next(3, 0), Step::FetchSettings);
    policy.settings_came(0);
    assert_eq!(policy.next(3, 0), Step::Send { events: 500 });
    policy.carried();
    policy.beat(0);
    assert_eq!(policy.next(0, 10), Step::Wait { until: 30_000 });
    assert_eq!(policy.next(0, 30_000), Step::FetchSettings);
}

#[test]
fn settings_that_do_not_come_hold_no_rating_back() {
    let mut policy = Policy::new(Pace::default());
    let mut now = 0;
    for _ in 0..5 {
        assert_eq!(policy.next(1, now), Step::FetchSettings);
        policy.settings_failed(now, 1.0);
        now += 60_000;
        assert_eq!(policy.next(0, now), Step::FetchSettings, "there is nothing to send");
        assert_eq!(policy.next(1, now), Step::Send { events: 500 });
        policy.failed(now, 1.0);
        now += 60_000;
    }
}

#[test]
fn each_answer_has_its_remedy() {
    let head = Head::start(TABLET);
    let mut policy = Policy::new(Pace::default());
    assert_eq!(policy.judge(&refused(ProblemCode::Gap, Some(head))), Remedy::GoBack(head));
    assert_eq!(policy.judge(&refused(ProblemCode::Gap, None)), Remedy::Wait);
    assert_eq!(policy.judge(&refused(ProblemCode::Fork, Some(head))), Remedy::Part);
    for code in [
        ProblemCode::Unauthorised,
        ProblemCode::Unavailable,
        ProblemCode::NotFound,
        ProblemCode::BadRequest,
        ProblemCode::Broken,
        ProblemCode::Unknown,
    ] {
        assert_eq!(policy.judge(&refused(code, None)), Remedy::Wait, "{code:?}");
    }
    policy.settings_came(0);
    policy.judge(&refused(ProblemCode::TooLarge, None));
    assert_eq!(policy.next(1, 0), Step::Send { events: 250 });
    policy.carried();
    assert_eq!(policy.next(1, 0), Step::Send { events: 500 });
}

#[test]
fn a_parted_chain_is_left_alone_and_settings_are_not() {
    let pace = Pace::default();
    let mut policy = Policy::new(pace);
    policy.settings_came(0);
    policy.beat(0);
    policy.parted(0);
    assert_eq!(policy.next(5, 1), Step::Wait { until: 30_000 });
    assert_eq!(policy.next(5, 30_000), Step::FetchSettings);
    policy.settings_came(pace.parted_ms);
    assert_eq!(policy.next(5, pace.parted_ms), Step::Send { events: 500 }, "a person may mend it");
}

#[test]
fn a_heartbeat_comes_once_a_minute_and_after_everything_else() {
    let mut policy = Policy::new(Pace::default());
    policy.settings_came(0);
    assert_eq!(policy.next(1, 0), Step::Send { events: 500 }, "a rating goes first");
    assert_eq!(policy.next(0, 0), Step::Beat);
    policy.beat(0);
    assert_eq!(policy.next(0, 1), Step::Wait { until: 30_000 });
    policy.settings_came(30_000);
    assert_eq!(policy.next(0, 30_001), Step::Wait { until: 60_000 });
    policy.failed(60_000, 0.0);
    assert_eq!(policy.next(0, 60_000), Step::Wait { until: 60_100 }, "not while it is unreached");
}

proptest! {
    #[test]
    fn waits_grow_jitter_and_end(chances in prop::collection::vec(0.0..1.0_f64, 1..200)) {
        let pace = Pace::default();
        let mut policy = Policy::new(pace);
        let mut now = 0;
        for (failures, chance) in chances.into_iter().enumerate() {
            policy.failed(now, chance);
            let Step::Wait { until } = policy.next(1, now) else {
                return Err(TestCaseError::fail("a failure is waited for"));
            };
            let bound = (pace.base_ms << failures.min(20)).min(pace.ceiling_ms);
            prop_assert!(until > now && until <= now + bound.max(1), "{failures}: {}", until - now);
            now = until;
            let waits = matches!(policy.next(1, now), Step::Wait { .. });
            prop_assert!(!waits, "the wait is over");
        }
        policy.settings_came(now);
        prop_assert_eq!(policy.next(1, now), Step::Send { events: 500 });
    }

    #[test]
    fn no_sequence_of_answers_makes_a_storm(
        answers in prop::collection::vec((0..7_u8, 0.0..1.0_f64), 1..300),
    ) {
        let mut policy = Policy::new(Pace::default());
        let head = Head::start(TABLET);
        let mut now = 0_u64;
        let mut attempts_now = 0;
        for (answer, chance) in answers {
            match policy.next(1, now) {
                Step::Wait { until } => {
                    prop_assert!(until > now);
                    now = until;
                    attempts_now = 0;
                    continue;
                }
                Step::FetchSettings => match answer % 3 {
                    0 => policy.settings_came(now),
                    1 => policy.settings_refused(now),
                    _ => policy.settings_failed(now, chance),
                },
                Step::Beat => policy.beat(now),
                Step::Send { events } => {
                    prop_assert!((1..=500).contains(&events));
                    match answer {
                        0 => policy.went_back(now, chance),
                        1 => policy.parted(now),
                        2 => {
                            policy.judge(&refused(ProblemCode::TooLarge, Some(head)));
                            policy.failed(now, chance);
                        }
                        _ => policy.failed(now, chance),
                    }
                }
            }
            attempts_now += 1;
            prop_assert!(attempts_now <= 5, "attempt after attempt without a wait");
        }
    }
}
