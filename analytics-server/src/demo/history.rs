//! The last weeks at a simulated tablet, as if it had stood there without a network: at its first start it
//! brings what happened on the working days before. So there is a yesterday to look at.

use super::dice::Dice;
use super::visit::{Mood, VisitStep, pressed_again, visit};
use crate::centre_time::local;
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use protocol::settings::Settings;

/// How many days back it goes: four weeks, and the one that shows their week before.
pub(super) const DAYS: i32 = 35;

/// When a centre is open on a working day, as DOMAIN's usual hours say.
const OPEN: [(Time, Time); 2] =
    [(time(7, 0, 0, 0), time(11, 30, 0, 0)), (time(13, 30, 0, 0), time(17, 0, 0, 0))];

/// The hour of the last working day in which everybody waited.
const TROUBLE: i8 = 9;

/// Milliseconds between two people: in the hours in which most come, and in the others.
const BUSY_MS: std::ops::Range<u64> = 120_000..330_000;
const QUIET_MS: std::ops::Range<u64> = 240_000..900_000;

/// A visit of the past: when it began, milliseconds since 1970, and its steps.
pub(super) type Past = (i64, Vec<VisitStep>);

/// Begin of the days that [`past`] tells of, milliseconds since 1970.
pub(super) fn begin(now: i64, zone: &TimeZone) -> i64 {
    let day = today(now, zone).saturating_sub(DAYS.days());
    moment(day, Time::midnight(), zone).unwrap_or(now)
}

/// What happened at the tablet of `settings` before `now`, in its order.
pub(super) fn past(settings: &Settings, now: i64, zone: &TimeZone, dice: &mut Dice) -> Vec<Past> {
    let today = today(now, zone);
    let days: Vec<Date> = (0..=DAYS)
        .rev()
        .map(|back| today.saturating_sub(back.days()))
        .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
        .collect();
    let last = days.iter().rev().find(|day| **day < today).copied();
    let mut visits = Vec::new();
    for day in days {
        for (open, close) in OPEN {
            let (Some(mut at), Some(close)) = (moment(day, open, zone), moment(day, close, zone))
            else {
                continue;
            };
            loop {
                let hour = hour(at, zone);
                let busy = matches!(hour, 8..=9 | 14);
                let gap = dice.within(if busy { BUSY_MS } else { QUIET_MS });
                at += i64::try_from(gap).unwrap_or(0);
                if at >= close {
                    break;
                }
                let waiting = last == Some(day) && hour == TROUBLE;
                let mood = if waiting { Mood::WAITING } else { Mood::USUAL };
                let Some(steps) = visit(settings, mood, dice) else { return visits };
                let end = at + lasting(&steps);
                if end >= now {
                    return visits;
                }
                let again = pressed_again(&steps, settings, mood, dice);
                visits.push((at, steps));
                at = end;
                if let Some((gap, steps)) = again {
                    let begun = end + i64::try_from(gap).unwrap_or(0);
                    let end = begun + lasting(&steps);
                    if begun < close && end < now {
                        visits.push((begun, steps));
                        at = end;
                    }
                }
            }
        }
    }
    visits
}

/// How long a visit lasts, in milliseconds.
fn lasting(steps: &[VisitStep]) -> i64 {
    let long: u64 = steps.iter().map(|(after, _)| after).sum();
    i64::try_from(long).unwrap_or(0)
}

fn today(now: i64, zone: &TimeZone) -> Date {
    local(now, zone).date()
}

fn hour(at: i64, zone: &TimeZone) -> i8 {
    local(at, zone).hour()
}

fn moment(day: Date, time: Time, zone: &TimeZone) -> Option<i64> {
    Some(day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}
