//! The fold's rules one by one, then for any order of events.

use super::*;
use proptest::prelude::*;

const SESSION: Uuid = Uuid::from_u128(1);
const TABLET: Uuid = Uuid::from_u128(3);
const BOOT: Uuid = Uuid::from_u128(2);
const PLACE: VisitPlace = VisitPlace { counter: 1, officer: 2, department: 3 };

fn shown(scale: Scale) -> What {
    What::Shown(Shown {
        counter: "Q01".into(),
        officer: "CC001".into(),
        stage: None,
        dossier: None,
        ticket: None,
        invitation: None,
        scale,
        questionnaire: 1,
        language: "vi".into(),
    })
}

fn event(what: What) -> Event {
    Event { number: 1, session: SESSION, at: 1000, boot: BOOT, uptime: 10, what }
}

/// Folds as the store does: an odd event leaves the visit as it was.
fn fold_all(events: &[What]) -> (Option<Visit>, Vec<QuarantineReason>) {
    let mut visit = None;
    let mut odd = Vec::new();
    for (what, at) in events.iter().zip(0..) {
        match fold(visit.as_ref(), TABLET, &event(what.clone()), at, |_| Ok(PLACE)) {
            Ok(next) => visit = Some(next),
            Err(reason) => odd.push(reason),
        }
    }
    (visit, odd)
}

#[test]
fn a_visit_with_a_second_choice_counts_the_second() {
    let (visit, odd) = fold_all(&[
        shown(Scale::Five),
        What::Rated { level: Level::VeryDissatisfied },
        What::Changed { level: Level::Satisfied },
    ]);
    let visit = visit.unwrap();
    assert_eq!(visit.level, Some(Level::Satisfied));
    assert_eq!(visit.first_level, Some(Level::VeryDissatisfied));
    assert_eq!((visit.asked_at, visit.answered_at), (0, Some(1)));
    assert!(odd.is_empty());
}

#[test]
fn a_level_off_the_scale_is_odd_and_changes_nothing() {
    let (visit, odd) = fold_all(&[shown(Scale::Three), What::Rated { level: Level::Neutral }]);
    assert_eq!(visit.unwrap().level, None);
    assert_eq!(
        odd,
        [QuarantineReason::LevelOffScale { level: Level::Neutral, scale: Scale::Three }]
    );
}

#[test]
fn an_answer_without_a_question_is_odd() {
    let (visit, odd) = fold_all(&[What::Rated { level: Level::Neutral }, What::Abandoned]);
    assert_eq!(visit, None);
    assert_eq!(odd, [QuarantineReason::NoQuestion(SESSION), QuarantineReason::NoQuestion(SESSION)]);
}

#[test]
fn a_visit_stays_with_its_tablet() {
    let (visit, _) = fold_all(&[shown(Scale::Five)]);
    let rated = event(What::Rated { level: Level::Neutral });
    let outcome = fold(visit.as_ref(), SESSION, &rated, 5, |_| Ok(PLACE));
    assert_eq!(outcome, Err(QuarantineReason::OtherTablet(SESSION)));
}

#[test]
fn a_late_answer_after_giving_up_still_counts() {
    let (visit, odd) =
        fold_all(&[shown(Scale::Five), What::Abandoned, What::Rated { level: Level::Satisfied }]);
    assert_eq!(visit.unwrap().level, Some(Level::Satisfied));
    assert!(odd.is_empty());
}

#[test]
fn who_says_why_there_is_no_level_has_none() {
    let ways = [
        (What::Declined, Some(Unrated::Declined)),
        (What::OfficerDisputed, Some(Unrated::OfficerDisputed)),
        (What::Abandoned, None),
    ];
    for (what, why) in ways {
        let (visit, odd) = fold_all(&[shown(Scale::Five), what.clone()]);
        let visit = visit.unwrap();
        assert_eq!((visit.level, visit.unrated, visit.abandoned_at), (None, why, Some(1)));
        assert!(odd.is_empty());
        let (_, odd) = fold_all(&[shown(Scale::Five), What::Rated { level: Level::Neutral }, what]);
        assert_eq!(odd, [QuarantineReason::AnsweredTwice(SESSION)]);
    }
    for why in [Unrated::Declined, Unrated::OfficerDisputed] {
        assert_eq!(Unrated::of_code(why.code()), Some(why));
    }
}

#[test]
fn a_clock_within_two_minutes_is_believed() {
    let sent = Sent { at: 61_000, boot: BOOT, uptime: 60_010 };
    assert_eq!(corrected(&event(What::Abandoned), &sent, 61_000 + CLOCK_SKEW_MS, 0), 1000);
}

#[test]
fn a_wrong_clock_is_corrected_by_the_age_of_the_event() {
    // Sixty seconds before the batch left, by the uptime; neither wall clock matters.
    let sent = Sent { at: 7_000_000_000, boot: BOOT, uptime: 60_010 };
    let received = 9_000_000_000;
    assert_eq!(corrected(&event(What::Abandoned), &sent, received, 0), received - 60_000);
    // Restarted in between: only the wall clock gives the age.
    let other = Sent { at: 31_000, boot: SESSION, uptime: 5 };
    assert_eq!(corrected(&event(What::Abandoned), &other, received, 0), received - 30_000);
}

#[test]
fn a_clock_that_stood_in_1970_counts_from_the_event_before() {
    // Recorded with the clock at zero, sent after it was set and the program started again.
    let received = 1_790_000_000_000;
    let sent = Sent { at: received, boot: SESSION, uptime: 5 };
    let since = received - 86_400_000;
    assert_eq!(corrected(&event(What::Abandoned), &sent, received, since), since);
    let distant = Event { at: i64::MIN, ..event(What::Abandoned) };
    assert_eq!(corrected(&distant, &sent, received, since), since);
}

fn any_what() -> impl Strategy<Value = What> {
    let level = prop::sample::select(Level::ALL.to_vec());
    prop_oneof![
        prop::sample::select(Scale::ALL.to_vec()).prop_map(shown),
        level.clone().prop_map(|level| What::Rated { level }),
        level.prop_map(|level| What::Changed { level }),
        Just(What::Detailed(Detailed::default())),
        Just(What::Abandoned),
        Just(What::Declined),
        Just(What::OfficerDisputed),
    ]
}

proptest! {
    #[test]
    fn any_order_gives_at_most_one_rating_on_its_scale(
        events in prop::collection::vec(any_what(), 0..12),
    ) {
        let (visit, odd) = fold_all(&events);
        let asked = events.iter().any(|what| matches!(what, What::Shown(_)));
        prop_assert_eq!(visit.is_some(), asked);
        prop_assert!(odd.len() <= events.len());
        if let Some(visit) = visit {
            prop_assert_eq!(visit.level.is_some(), visit.answered_at.is_some());
            if let Some(level) = visit.level {
                prop_assert!(visit.scale.levels().contains(&level));
            }
            prop_assert!(visit.first_level.is_none() || visit.level.is_some());
        }
    }

    #[test]
    fn a_corrected_time_is_never_after_the_arrival_by_more_than_the_skew(
        at in -4_000_000_000_000i64..4_000_000_000_000,
        uptime in 0u64..10_000_000,
        sent_at in -4_000_000_000_000i64..4_000_000_000_000,
        sent_uptime in 0u64..10_000_000,
        received in 1_600_000_000_000i64..1_900_000_000_000,
        since in 1_500_000_000_000i64..1_900_000_000_000,
        same_boot in any::<bool>(),
    ) {
        let boot = if same_boot { BOOT } else { SESSION };
        let event = Event { at, uptime, ..event(What::Abandoned) };
        let corrected = corrected(&event, &Sent { at: sent_at, boot, uptime: sent_uptime }, received, since);
        prop_assert!(corrected <= received + CLOCK_SKEW_MS);
        prop_assert!(corrected >= since.min(received) - CLOCK_SKEW_MS);
    }
}
