//! The rules, pure: rows and moments in, alerts out. What they find carries a key made from rule,
//! subject and occasion, so that finding it again changes nothing.

use super::causes::{ShareUnder, one_per_cause};
use super::occurrence::{AlertDetail, AlertOwner, AlertSubject, Occurrence, Rule, SubjectKind};
use super::settings::Thresholds;
use crate::stats::measures::wilson;
use crate::storage::alert_reads::{
    AlarmRow, ContactRow, DisputedRow, RatedRow, ShareRow, WaitingRow,
};
use protocol::Level;
use protocol::heartbeat::Blocked;
use protocol::hours::Hours;
use protocol::settings::Texts;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Milliseconds of a minute.
const MINUTE_MS: i64 = 60_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Bursts of one tablet within such a stretch are one occasion: a quarter of an hour.
const OCCASION_MS: i64 = 15 * MINUTE_MS;

/// Whether a rating is recent enough for an alert.
pub fn is_fresh(answered_at: i64, thresholds: &Thresholds, now: i64) -> bool {
    now - answered_at <= i64::from(thresholds.fresh_hours) * 60 * MINUTE_MS
}

/// A low level with a named reason or a comment, which nobody has handled meanwhile: what was done closes
/// an alert, and one that came after it would stay open. `words` gives the words of a reason's id.
pub fn low_with_reason(row: &RatedRow, words: impl Fn(&str) -> Texts) -> Option<Occurrence> {
    let low =
        matches!(Level::from_code(row.level), Some(Level::Dissatisfied | Level::VeryDissatisfied));
    let ids: Vec<String> =
        row.reasons.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    if !low || row.handled || (ids.is_empty() && !row.comment) {
        return None;
    }
    let what = AlertDetail::LowWithReason {
        level: row.level,
        reasons: ids.iter().map(|id| words(id)).collect(),
        comment: row.comment,
        at: row.answered_at,
    };
    let place = AlertOwner {
        department: Some(row.department),
        counter: Some(row.counter),
        officer: Some(row.officer),
        simulated: row.simulated,
    };
    Some(Occurrence::new(Rule::LowWithReason, "rating", row.id.to_string(), place, what))
}

/// Somebody said that another officer served them than the one on the screen.
pub fn officer_disputed(row: &DisputedRow) -> Occurrence {
    let place = AlertOwner {
        department: Some(row.department),
        counter: Some(row.counter),
        officer: Some(row.officer),
        simulated: row.simulated,
    };
    let what = AlertDetail::OfficerDisputed { at: row.at };
    Occurrence::new(Rule::OfficerDisputed, "rating", row.id.to_string(), place, what)
}

/// Whether a share is under the limit, with enough ratings to say so.
pub fn is_under(satisfied: u64, ratings: u64, thresholds: &Thresholds) -> bool {
    if ratings < u64::from(thresholds.share_ratings) || ratings == 0 {
        return false;
    }
    let share = if thresholds.share_certain {
        wilson(satisfied, ratings).map_or(1.0, |(_, high)| high)
    } else {
        satisfied as f64 / ratings as f64
    };
    share < thresholds.share_percent.share()
}

/// Departments, counters and officers whose share in the window is under the limit, one for each cause.
pub fn share_under_limit(rows: &[ShareRow], thresholds: &Thresholds, now: i64) -> Vec<Occurrence> {
    let window = i64::from(thresholds.share_days.max(1)) * DAY_MS;
    let found = one_per_cause(shares_under(rows, thresholds)).into_iter();
    found
        .map(|(one, also)| {
            let ShareUnder { subject, place, ratings, satisfied, .. } = one;
            let what = AlertDetail::ShareUnderLimit {
                ratings,
                satisfied,
                limit: thresholds.share_percent,
                days: thresholds.share_days,
                also,
            };
            let kind = subject.kind.word();
            let subject = format!("{kind} {}", subject.id);
            let found = Occurrence::new(Rule::ShareUnderLimit, kind, subject, place, what);
            found.on(now.div_euclid(window))
        })
        .collect()
}

/// All subjects whose share is under the limit.
fn shares_under(rows: &[ShareRow], thresholds: &Thresholds) -> Vec<ShareUnder> {
    let mut sums: BTreeMap<AlertSubject, ShareUnder> = BTreeMap::new();
    for (nth, row) in rows.iter().enumerate() {
        let department = Some(row.department);
        let whole = AlertOwner { department, ..AlertOwner::default() };
        let subjects = [
            (SubjectKind::Department, row.department, whole),
            (SubjectKind::Counter, row.counter, AlertOwner { counter: Some(row.counter), ..whole }),
            (SubjectKind::Officer, row.officer, AlertOwner { officer: Some(row.officer), ..whole }),
        ];
        for (kind, id, place) in subjects {
            let subject = AlertSubject { kind, id };
            let sum = sums.entry(subject).or_insert_with(|| ShareUnder {
                subject,
                place,
                ratings: 0,
                satisfied: 0,
                rows: BTreeSet::new(),
                below: BTreeSet::new(),
            });
            sum.ratings += row.ratings;
            sum.satisfied += row.satisfied;
            sum.rows.insert(nth);
            if row.satisfied < row.ratings {
                sum.below.insert(nth);
            }
            sum.place.simulated |= row.simulated > 0;
            if sum.place.department != department {
                // Ratings of a person or a counter that moved: the whole centre's business.
                sum.place.department = None;
            }
        }
    }
    sums.into_values().filter(|one| is_under(one.satisfied, one.ratings, thresholds)).collect()
}

/// For how many minutes the centre has been open at this local minute; none: it is closed.
pub fn open_for(hours: &Hours, weekday: u8, date: &str, minute: u16) -> Option<u16> {
    if !hours.open_at(weekday, date, minute) {
        return None;
    }
    let spans = hours.on(weekday, date).iter();
    let from = spans.map(|span| (span.from.minute(), span.until.minute()));
    let now = from.filter(|(from, until)| (*from..*until).contains(&minute)).map(|span| span.0);
    // A centre without hours never closes.
    Some(now.min().map_or(u16::MAX, |from| minute - from))
}

/// Whether a tablet that was last heard of at `contact_at` is silent: for so many minutes, of which
/// the centre was open all the time. The page of tablets says the same.
pub fn is_contact_too_old(contact_at: i64, open: Option<u16>, minutes: u32, now: i64) -> bool {
    let long = now - contact_at >= i64::from(minutes) * MINUTE_MS;
    long && open.is_some_and(|open| u32::from(open) >= minutes)
}

/// A tablet without a word for too long, of which the centre was open all the time. `open` as
/// [`open_for`] gives it.
pub fn tablet_silent(
    row: &ContactRow,
    open: Option<u16>,
    minutes: u32,
    now: i64,
) -> Option<Occurrence> {
    if !is_contact_too_old(row.contact_at, open, minutes, now) {
        return None;
    }
    let place = AlertOwner {
        department: Some(row.department),
        counter: Some(row.counter),
        officer: None,
        simulated: row.simulated,
    };
    let what = AlertDetail::TabletSilent { since: row.contact_at };
    let found = Occurrence::new(Rule::TabletSilent, "tablet", row.tablet.to_string(), place, what);
    Some(found.on(row.contact_at))
}

/// A tablet that is there and whose events something on the way refuses.
pub fn tablet_blocked(tablet: Uuid, place: AlertOwner, blocked: &Blocked) -> Occurrence {
    let Blocked { number, since, status } = *blocked;
    let what = AlertDetail::TabletBlocked { number, since, status };
    let found = Occurrence::new(Rule::TabletBlocked, "tablet", tablet.to_string(), place, what);
    // The same event may pass, and be refused again after the server was set back.
    found.on(format!("{number}:{since}"))
}

/// The first moment of each occasion on which at least `taps` ratings came within a minute, from
/// moments in their order: when its minute began.
pub fn bursts(moments: &[i64], taps: u32) -> BTreeMap<i64, i64> {
    let reach = (taps.max(2) as usize) - 1;
    let mut occasions = BTreeMap::new();
    for (first, last) in moments.iter().zip(moments.iter().skip(reach)) {
        if last - first < MINUTE_MS {
            occasions.entry(last.div_euclid(OCCASION_MS)).or_insert(*first);
        }
    }
    occasions
}

/// The alerts of bursts at one tablet.
pub fn burst(tablet: Uuid, place: AlertOwner, moments: &[i64], taps: u32) -> Vec<Occurrence> {
    let found = |(occasion, at)| {
        let what = AlertDetail::Burst { taps, at };
        Occurrence::new(Rule::Burst, "tablet", tablet.to_string(), place, what).on(occasion)
    };
    bursts(moments, taps).into_iter().map(found).collect()
}

/// Events of one tablet wait. Told again only once something new waits.
pub fn quarantine(row: &WaitingRow, place: AlertOwner) -> Occurrence {
    let what = AlertDetail::Quarantine { count: row.count, since: row.first_at };
    Occurrence::new(Rule::Quarantine, "tablet", row.tablet.to_string(), place, what).on(row.last_at)
}

/// Two chains under one identity, as the server noted.
pub fn fork(row: &AlarmRow, place: AlertOwner) -> Occurrence {
    let what = AlertDetail::Fork { detail: row.detail.clone(), at: row.created_at };
    let found = Occurrence::new(Rule::Fork, "tablet", row.tablet.to_string(), place, what);
    // Closing the alert closes the alarm of this number.
    Occurrence { key: format!("{}:{}", Rule::Fork.word(), row.num), ..found }
}
