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
        policy.beat(now);
        assert_eq!(policy.next(1, now), Step::FetchSettings);
        policy.settings_failed(now, 1.0);
        assert_eq!(policy.next(1, now), Step::Send { events: 500 }, "at once");
        policy.failed(now, 1.0);
        now += 60_000;
        assert_eq!(policy.next(0, now), Step::FetchSettings, "there is nothing to send");
    }
}

#[test]
fn each_answer_has_its_remedy() {
    let head = Head::start(TABLET);
    let mut policy = Policy::new(Pace::default());
    policy.settings_came(0);
    policy.beat(0);
    let server = String::new;
    for (code, head, remedy) in [
        (ProblemCode::Gap, Some(head), Remedy::GoBack(head)),
        (ProblemCode::Fork, Some(head), Remedy::Part),
        (ProblemCode::Unauthorised, None, Remedy::Wait),
        (ProblemCode::Unavailable, None, Remedy::Wait),
        (ProblemCode::NotFound, None, Remedy::Wait),
    ] {
        assert_eq!(policy.judge(&refused(code, head), 500), remedy, "{code:?}");
        assert_eq!(policy.next(1, 0), Step::Send { events: 500 }, "{code:?}: as many as before");
    }
    for failure in [
        Failure::Unreachable { server: server(), detail: String::new() },
        Failure::Unavailable { server: server(), status: 503 },
    ] {
        assert_eq!(policy.judge(&failure, 500), Remedy::Wait);
        assert_eq!(policy.next(1, 0), Step::Send { events: 500 }, "{failure}");
    }
    // What may be because of what was sent, or of how much.
    for failure in [
        refused(ProblemCode::TooLarge, None),
        refused(ProblemCode::Gap, None),
        refused(ProblemCode::BadRequest, None),
        refused(ProblemCode::Broken, None),
        refused(ProblemCode::Unknown, None),
        Failure::WrongServer { server: server(), status: 403, detail: "a web page".into() },
        Failure::TimedOut { server: server(), seconds: 15 },
        Failure::Lost { server: server(), detail: String::new() },
    ] {
        assert_eq!(policy.judge(&failure, 500), Remedy::Wait);
        assert_eq!(policy.next(1, 0), Step::Send { events: 250 }, "{failure}");
        policy.carried();
        assert_eq!(policy.next(1, 0), Step::Send { events: 500 });
    }
    // Half of what was sent, down to the one that does not pass.
    let firewall = Failure::WrongServer { server: server(), status: 403, detail: String::new() };
    for (sent, next) in [(21, 10), (10, 5), (5, 2), (2, 1), (1, 1)] {
        assert!(!policy.is_blocked());
        policy.judge(&firewall, sent);
        assert_eq!(policy.next(1, 0), Step::Send { events: next });
    }
    policy.failed(0, 0.0);
    assert!(policy.is_blocked());
    policy.carried();
    assert!(!policy.is_blocked());
}

/// A firewall lets settings through and no events: the waits grow all the same, and the fleet hears
/// of it.
#[test]
fn events_that_are_refused_are_waited_for_longer_each_time_and_told_of() {
    let pace = Pace::default();
    let mut policy = Policy::new(pace);
    let (mut sent, mut beats, mut now) = (0, 0, 0);
    while now < 3_600_000 {
        match policy.next(40, now) {
            Step::FetchSettings => policy.settings_came(now),
            Step::Send { .. } => {
                sent += 1;
                policy.failed(now, 1.0);
            }
            Step::Beat => {
                beats += 1;
                policy.beat(now);
            }
            Step::Wait { until } => now = until,
        }
    }
    assert!((60..80).contains(&sent), "once a minute in the end: {sent}");
    assert!(beats >= 50, "{beats}");
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
    policy.beat(pace.parted_ms);
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
    policy.settings_came(60_000);
    assert_eq!(policy.next(1, 119_999), Step::FetchSettings);
    policy.settings_came(119_999);
    assert_eq!(policy.next(1, 119_999), Step::Send { events: 500 });
    assert_eq!(policy.next(1, 120_000), Step::Beat, "one that is late by a minute goes first");
}

proptest! {
    #[test]
    fn waits_grow_jitter_and_end(chances in prop::collection::vec(0.0..1.0_f64, 1..200)) {
        let pace = Pace::default();
        let mut policy = Policy::new(pace);
        let mut now = 0;
        for (failures, chance) in chances.into_iter().enumerate() {
            policy.failed(now, chance);
            let mut at = now;
            loop {
                match policy.next(1, at) {
                    Step::Send { .. } => break,
                    Step::FetchSettings => policy.settings_came(at),
                    Step::Beat => policy.beat(at),
                    Step::Wait { until } => {
                        prop_assert!(until > at);
                        at = until;
                    }
                }
            }
            let bound = (pace.base_ms << failures.min(20)).min(pace.ceiling_ms);
            prop_assert!(at > now && at <= now + bound.max(1), "{failures}: {}", at - now);
            now = at;
        }
        policy.carried();
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
                            policy.judge(&refused(ProblemCode::TooLarge, Some(head)), events);
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
