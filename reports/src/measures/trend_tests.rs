//! The course of periods: nothing is left out, every point has enough answers, and the limits are
//! those of the part's own share.

use super::*;
use crate::figures::Day;
use jiff::civil::date;
use proptest::prelude::*;

fn figures(from: Date, to: Date, policy: &str, days: &[(Date, u64, u64)]) -> Figures {
    let json = include_str!("../../tests/fixture/tayninh-2023-09.json");
    let mut figures: Figures = serde_json::from_str(json).unwrap();
    figures.period = Period { from, to, policy: policy.into(), name: "2023".into() };
    figures.days = days
        .iter()
        .map(|(date, total, below)| Day {
            date: *date,
            total: *total,
            satisfied: total - below,
            limits: None,
        })
        .collect();
    figures
}

/// The working days from one day to another, each with as many ratings and as many below.
fn working(from: Date, to: Date, total: u64, below: u64) -> Vec<(Date, u64, u64)> {
    let days = from.series(1.day()).take_while(|day| *day <= to);
    let works = |day: &Date| day.weekday().to_monday_zero_offset() < 5;
    days.filter(works).map(|day| (day, total, below)).collect()
}

fn september(days: &[(Date, u64, u64)]) -> Trend {
    Trend::of(&figures(date(2023, 9, 1), date(2023, 9, 30), "calendar", days))
}

#[test]
fn the_finest_step_with_enough_answers_is_taken() {
    let month = |total| september(&working(date(2023, 9, 1), date(2023, 9, 30), total, 0));
    assert_eq!((month(58).step, month(58).buckets.len()), (Step::Day, 21));
    // About 92 in a month: four and a half a day.
    let weeks = month(4);
    assert_eq!((weeks.step, weeks.joined), (Step::Week, 1));
    // 1 September is a Friday: its 4 ratings stand with the week after it.
    assert_eq!((weeks.buckets[0].from, weeks.buckets[0].to), (date(2023, 9, 1), date(2023, 9, 10)));
    assert_eq!(weeks.buckets.len(), 4);
    // Nine months of an officer with two ratings a day: by week, for a day has two and a week ten.
    let nine = |total| {
        let days = working(date(2023, 1, 1), date(2023, 9, 30), total, 0);
        Trend::of(&figures(date(2023, 1, 1), date(2023, 9, 30), "calendar", &days))
    };
    assert_eq!((nine(2).step, nine(2).buckets.len()), (Step::Week, 39));
    assert_eq!((nine(1).step, nine(1).buckets.len()), (Step::Month, 9));
    assert_eq!(nine(120).step, Step::Week, "184 points would run into one another");
}

#[test]
fn a_week_and_a_month_of_few_answers_have_a_course() {
    let week = |total| {
        let days = working(date(2026, 11, 16), date(2026, 11, 20), total, 1);
        Trend::of(&figures(date(2026, 11, 16), date(2026, 11, 22), "calendar", &days))
    };
    assert_eq!(week(59).buckets.len(), 5);
    let few = week(6);
    assert_eq!((few.step, few.joined), (Step::Day, 5));
    assert_eq!(few.buckets.iter().map(|one| one.total).collect::<Vec<_>>(), [12, 18]);
    assert!(week(2).buckets.is_empty(), "ten answers make one point");
    // A week of holidays in the middle has nobody, one has three.
    let days =
        [(4, 20), (12, 3), (18, 25), (25, 22)].map(|(day, total)| (date(2023, 9, day), total, 0));
    let with_holidays = september(&days);
    assert_eq!(with_holidays.buckets.iter().map(|one| one.total).sum::<u64>(), 70);
    assert!(with_holidays.buckets.len() >= 3, "{with_holidays:?}");
    let one_day = september(&[(date(2023, 9, 4), 500, 3)]);
    assert!(one_day.buckets.is_empty(), "one day is no course");
    assert!(september(&[]).buckets.is_empty());
}

#[test]
fn a_quiet_saturday_does_not_hide_a_bad_day() {
    let mut days = working(date(2023, 9, 1), date(2023, 9, 30), 60, 0);
    days[10].2 = 12;
    days.push((date(2023, 9, 9), 3, 0));
    let trend = september(&days);
    assert_eq!((trend.step, trend.joined), (Step::Day, 1));
    let outside: Vec<_> = trend.outside().map(|day| (day.from, day.is_below())).collect();
    assert_eq!(outside, [(days[10].0, true)]);
    // The Saturday stands with the Monday after it, and no other days stand together.
    let joined: Vec<_> = trend.buckets.iter().filter(|one| one.is_joined()).collect();
    assert_eq!(joined.len(), 1, "{joined:?}");
    assert_eq!((joined[0].from, joined[0].to), (date(2023, 9, 9), date(2023, 9, 11)));
    assert_eq!(joined[0].parts, 2);
}

#[test]
fn limits_come_from_all_days_and_not_from_the_good_ones() {
    // The department of the review: 13 of 20 days have 1 to 4 below satisfied.
    let mut days = working(date(2023, 9, 1), date(2023, 9, 28), 60, 0);
    for (day, below) in days.iter_mut().zip([1, 2, 3, 4, 1, 1, 2, 1, 1, 2, 1, 1, 1]) {
        day.2 = below;
    }
    let trend = september(&days);
    let (total, below) = days.iter().fold((0, 0), |sum, day| (sum.0 + day.1, sum.1 + day.2));
    assert!((trend.mean - (total - below) as f64 / total as f64).abs() < 1e-12 && trend.mean < 1.0);
    assert_eq!(trend.buckets.len(), days.len());
    assert!(trend.buckets.iter().all(|day| day.low < 1.0));
}

#[test]
fn months_are_those_of_the_periods_own_policy() {
    let days: Vec<_> = (1..=9).map(|month| (date(2023, month, 20), 15, 0)).collect();
    let (from, to) = (date(2022, 12, 15), date(2023, 9, 14));
    let trend = Trend::of(&figures(from, to, "nd09", &days[..8]));
    // One day a month is fine enough for days.
    assert_eq!(trend.step, Step::Day);
    assert_eq!(
        around(date(2023, 1, 14), Step::Month, &figures(from, to, "nd09", &[]).period),
        (from, date(2023, 1, 14))
    );
    let of = |day| around(day, Step::Month, &figures(from, to, "nd09", &[]).period);
    assert_eq!(of(date(2023, 1, 15)), (date(2023, 1, 15), date(2023, 2, 14)));
    assert_eq!(of(date(2022, 12, 31)), (from, date(2023, 1, 14)));
    assert_eq!(of(date(2023, 9, 1)), (date(2023, 8, 15), to));
}

proptest! {
    #[test]
    fn points_add_up_have_enough_and_follow_one_another(
        length in 1_i32..800,
        days in proptest::collection::vec((0..800_i32, 0..200_u64, 0..40_u64), 0..300),
        nd09 in any::<bool>(),
    ) {
        let from = date(2023, 1, 1);
        let to = from.saturating_add((length - 1).days());
        let day = |(nth, total, below): &(i32, u64, u64)| {
            (from.saturating_add((nth % length).days()), *total, (*below).min(*total))
        };
        let mut days: Vec<_> = days.iter().map(day).collect();
        days.sort();
        days.dedup_by_key(|day| day.0);
        let policy = if nd09 { "nd09" } else { "calendar" };
        let all = days.iter().fold((0, 0), |sum, day| (sum.0 + day.1, sum.1 + day.1 - day.2));
        let rated = days.iter().filter(|day| day.1 > 0).count();
        let trend = Trend::of(&figures(from, to, policy, &days));
        if trend.buckets.is_empty() {
            // A single day, or too few for two points of any step.
            prop_assert!(rated < 2 || all.0 < 2 * ENOUGH + 200, "{} of {}", rated, all.0);
            return Ok(());
        }
        let add = |sum: (u64, u64), one: &Bucket| (sum.0 + one.total, sum.1 + one.satisfied);
        prop_assert_eq!(trend.buckets.iter().fold((0, 0), add), all);
        prop_assert!((trend.mean - all.1 as f64 / all.0 as f64).abs() < 1e-12);
        prop_assert!(trend.buckets.len() > 1);
        prop_assert!(trend.step == Step::Month || trend.buckets.len() <= MOST_POINTS);
        for one in &trend.buckets {
            prop_assert!(one.total >= ENOUGH && one.from <= one.to);
            prop_assert!(one.from >= from && one.to <= to);
            prop_assert_eq!(expected(all.1, all.0, one.total), Some(one.expected));
            let outside = one.share < one.low - 1e-12 || one.share > one.high + 1e-12;
            prop_assert_eq!(one.is_outside(), outside);
        }
        let parts: usize = trend.buckets.iter().map(|one| one.parts).sum();
        prop_assert!(parts >= trend.buckets.len());
        prop_assert_eq!(trend.joined > 0, parts > trend.buckets.len());
        for pair in trend.buckets.windows(2) {
            prop_assert!(pair[0].to < pair[1].from);
        }
    }
}
