//! The courier's policy, for any sequence of answers.
#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use protocol::Head;
use protocol::exchange::{Problem, ProblemCode};
use support::TABLET;
use tablet_app::courier::policy::{Pace, Policy, Refused, Remedy, Step};
use tablet_app::courier::{BatchEncoding, Failure};

fn refused(code: ProblemCode, head: Option<Head>) -> Failure {
    let problem = Problem { code, message: String::new(), head };
    Failure::Refused { server: String::new(), status: 409, problem, retry_after: None }
}

fn send(events: usize) -> Step {
    Step::Send { events, encoding: BatchEncoding::Plain }
}

fn wrapped(events: usize) -> Step {
    Step::Send { events, encoding: BatchEncoding::Wrapped }
}

/// The web page of a firewall.
fn firewall() -> Failure {
    Failure::WrongServer { server: String::new(), status: 403, detail: "a web page".into() }
}

/// A courier that has settings and has just told how it is.
fn settled() -> Policy {
    let mut policy = Policy::new(Pace::default());
    policy.settings_came(0);
    policy.beat(0);
    policy
}

#[test]
fn settings_on_their_way_hold_events_back_only_at_the_start_and_for_a_moment() {
    let mut policy = Policy::new(Pace::default());
    policy.settings_requested(100);
    assert_eq!(policy.next(3, 100), Step::Wait { until: 3_100 });
    assert_eq!(policy.next(0, 100), Step::Wait { until: 60_000 }, "nor a heartbeat for long");
    assert_eq!(policy.next(3, 3_100), send(500));
    assert_eq!(policy.next(0, 60_000), Step::Beat);
    policy.settings_came(61_000);
    assert_eq!(policy.next(0, 61_000), Step::Beat);
    policy.beat(61_000);
    policy.settings_requested(91_000);
    assert_eq!(policy.next(3, 91_000), send(500), "known settings hold");
    policy.settings_overtaken(92_000);
    assert_eq!(policy.next(3, 92_000), Step::FetchSettings, "at once");
    assert!(policy.has_settings());
}

#[test]
fn settings_come_first_then_events_then_sleep() {
    let mut policy = Policy::new(Pace::default());
    assert_eq!(policy.next(3, 0), Step::FetchSettings);
    policy.settings_came(0);
    assert_eq!(policy.next(3, 0), send(500));
    policy.uploaded(0);
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
        assert_eq!(policy.next(1, now), send(500), "at once");
        policy.failed(now, 1.0);
        now += 60_000;
        assert_eq!(policy.next(0, now), Step::FetchSettings, "there is nothing to send");
    }
}

#[test]
fn each_answer_has_its_remedy() {
    let head = Head::start(TABLET);
    let mut policy = settled();
    let server = String::new;
    for (code, head, remedy) in [
        (ProblemCode::Gap, Some(head), Remedy::GoBack(head)),
        (ProblemCode::Fork, Some(head), Remedy::Fork),
        (ProblemCode::Unauthorised, None, Remedy::Wait),
        (ProblemCode::Unavailable, None, Remedy::Wait),
        (ProblemCode::TooMany, None, Remedy::Wait),
        (ProblemCode::NotFound, None, Remedy::Wait),
    ] {
        assert_eq!(policy.judge(&refused(code, head), 500, 0), remedy, "{code:?}");
        assert_eq!(policy.next(1, 0), send(500), "{code:?}: as many as before");
    }
    for failure in [
        Failure::Unreachable { server: server(), detail: String::new() },
        Failure::Clock { server: server(), detail: String::new() },
        Failure::Authority { server: server(), detail: String::new() },
        Failure::OtherName { server: server(), detail: String::new() },
        Failure::Unavailable { server: server(), status: 503, retry_after: None },
    ] {
        assert_eq!(policy.judge(&failure, 500, 0), Remedy::Wait);
        assert_eq!(policy.next(1, 0), send(500), "{failure}");
    }
    // What may be because of what was sent, or of how much.
    for failure in [
        refused(ProblemCode::TooLarge, None),
        refused(ProblemCode::Gap, None),
        refused(ProblemCode::BadRequest, None),
        refused(ProblemCode::Broken, None),
        refused(ProblemCode::Unknown, None),
        Failure::TimedOut { server: server(), seconds: 15 },
        Failure::Lost { server: server(), detail: String::new() },
    ] {
        assert_eq!(policy.judge(&failure, 500, 0), Remedy::Wait);
        assert_eq!(policy.next(1, 0), send(250), "{failure}");
        policy.uploaded(0);
        assert_eq!(policy.next(1, 0), send(500));
    }
}

/// First in the other encoding, then half of what was sent, down to the one event.
#[test]
fn what_is_refused_on_the_way_goes_in_another_form_and_then_in_halves() {
    let mut policy = settled();
    for (sent, next) in [(21, 500), (21, 10), (10, 5), (5, 2), (2, 1)] {
        assert_eq!(policy.judge(&firewall(), sent, 7), Remedy::Wait);
        policy.failed(0, 0.0);
        assert_eq!(policy.next(1, 1_000), wrapped(next), "the encoding changes before the number");
        assert_eq!(policy.refused(), None);
    }
    policy.judge(&firewall(), 1, 9);
    policy.judge(&firewall(), 1, 11);
    assert_eq!(policy.refused(), Some(Refused { since: 9, status: Some(403) }));
    policy.uploaded(0);
    assert_eq!(policy.refused(), None);
    assert_eq!(policy.next(1, 1_000), wrapped(2), "the encoding stays: it passes");
}

#[test]
fn a_server_that_reads_no_other_form_gets_the_plain_one() {
    let mut policy = settled();
    policy.judge(&firewall(), 40, 0);
    assert_eq!(policy.next(1, 0), wrapped(500));
    policy.judge(&refused(ProblemCode::BadRequest, None), 40, 0);
    assert_eq!(policy.next(1, 0), send(20));
    policy.judge(&firewall(), 20, 0);
    assert_eq!(policy.next(1, 0), send(10), "not tried again");
}

/// Some firewalls break the connection off, and some answer as if the server had failed.
#[test]
fn what_fails_again_and_again_while_settings_come_is_what_is_sent() {
    for failure in [
        Failure::Lost { server: String::new(), detail: String::new() },
        Failure::Unavailable { server: String::new(), status: 503, retry_after: None },
    ] {
        let mut policy = settled();
        for _ in 0..2 {
            policy.judge(&failure, 1, 0);
            policy.failed(0, 0.0);
            assert_eq!(policy.refused(), None);
        }
        policy.judge(&failure, 1, 3);
        assert_eq!(policy.refused(), None, "first in the other encoding");
        policy.judge(&failure, 1, 4);
        let since = policy.refused().map(|refused| (refused.since, refused.status));
        assert_eq!(since, Some((4, failure.status())), "{failure}");

        let mut away = Policy::new(Pace::default());
        away.settings_failed(0, 0.0);
        for _ in 0..9 {
            away.judge(&failure, 1, 0);
            away.failed(0, 0.0);
        }
        assert_eq!(away.refused(), None, "the server is away altogether");
    }
}

/// A batch that took twelve seconds would time out if it were doubled.
#[test]
fn a_batch_is_doubled_only_where_the_line_is_quick() {
    let mut policy = settled();
    policy.judge(&Failure::TimedOut { server: String::new(), seconds: 15 }, 500, 0);
    policy.uploaded(12_000);
    assert_eq!(policy.next(1, 0), send(250));
    policy.uploaded(2_000);
    assert_eq!(policy.next(1, 0), send(500));
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
fn a_forked_chain_is_left_alone_and_settings_are_not() {
    let pace = Pace::default();
    let mut policy = Policy::new(pace);
    policy.settings_came(0);
    policy.beat(0);
    policy.forked(0);
    assert_eq!(policy.next(5, 1), Step::Wait { until: 30_000 });
    assert_eq!(policy.next(5, 30_000), Step::FetchSettings);
    policy.settings_came(pace.forked_ms);
    policy.beat(pace.forked_ms);
    assert_eq!(policy.next(5, pace.forked_ms), send(500), "a person may mend it");
}

#[test]
fn a_heartbeat_comes_once_a_minute_and_after_everything_else() {
    let mut policy = Policy::new(Pace::default());
    policy.settings_came(0);
    assert_eq!(policy.next(1, 0), send(500), "a rating goes first");
    assert_eq!(policy.next(0, 0), Step::Beat);
    policy.beat(0);
    assert_eq!(policy.next(0, 1), Step::Wait { until: 30_000 });
    policy.settings_came(30_000);
    assert_eq!(policy.next(0, 30_001), Step::Wait { until: 60_000 });
    policy.settings_came(60_000);
    assert_eq!(policy.next(1, 119_999), Step::FetchSettings);
    policy.settings_came(119_999);
    assert_eq!(policy.next(1, 119_999), send(500));
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
        policy.uploaded(0);
        prop_assert_eq!(policy.next(1, now), send(500));
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
                Step::Send { events, .. } => {
                    prop_assert!((1..=500).contains(&events));
                    match answer {
                        0 => policy.went_back(now, chance),
                        1 => policy.forked(now),
                        2 => {
                            policy.judge(&refused(ProblemCode::TooLarge, Some(head)), events, now);
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

#[test]
fn a_server_that_says_when_to_come_back_is_not_asked_before() {
    let problem = |code| Problem { code, message: String::new(), head: None };
    let full = |seconds| Failure::Refused {
        server: String::new(),
        status: 429,
        problem: problem(ProblemCode::TooMany),
        retry_after: Some(seconds),
    };
    for (seconds, least) in [(8, 8_000), (0, 0), (3_600, 600_000), (u16::MAX, 600_000)] {
        for chance in [0.0, 0.5, 1.0] {
            let mut policy = settled();
            assert_eq!(policy.judge(&full(seconds), 500, 1_000), Remedy::Wait);
            policy.failed(1_000, chance);
            let Step::Wait { until } = policy.next(500, 1_000) else { panic!("it waits") };
            let (least, most) = (1_000 + least, 1_000 + least + 1_000);
            // Other work comes in between.
            assert!(until >= least.min(30_000) && until <= most.max(30_000), "{seconds}: {until}");
            policy.settings_came(least - 1);
            policy.beat(least - 1);
            assert!(matches!(policy.next(500, least - 1), Step::Wait { .. }), "{seconds}");
            policy.settings_came(most);
            policy.beat(most);
            assert_eq!(policy.next(500, most), send(500), "the whole of it, nothing was wrong");
        }
    }
}
