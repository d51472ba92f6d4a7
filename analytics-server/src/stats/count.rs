//! From parts to figures: the sums get the names of the directory, and `measures` says what each
//! counts for.

use super::kind::RatingSum;
use super::measures::{expected, shrinkage};
use super::month::day_of_number;
use super::part::{ByGroup, BySet, MonthCounts, sums};
use super::shared::{CentreSnapshot, FigureInputs};
use super::slice::{Filter, Slice};
use super::words::Dictionary;
use crate::storage::rows::{Directory, Officer};
use crate::storage::sites::Sites;
use reports::figures::{
    AskedHour, Aspect, ByChannel, Day, Figures, Group, Hour, Levels, Limits, Ratings, Reason,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The figures of a slice, from the parts of its months.
pub(super) fn figures(parts: &[Arc<MonthCounts>], inputs: &FigureInputs, slice: &Slice) -> Figures {
    let Slice { period, filter } = slice;
    let CentreSnapshot { directory, sites, quarantined } = &*inputs.centre;
    let words = &inputs.columns.words;
    let mut all = RatingSum::default();
    for part in parts {
        all.add(&part.all);
    }
    let of = |pick: fn(&MonthCounts) -> &ByGroup| sums(parts.iter().map(|part| pick(part)));
    let counters = of(|part| &part.counters);
    let at_sites = by_site(&counters, sites);
    let (departments, officers, procedures) =
        (of(|part| &part.departments), of(|part| &part.officers), of(|part| &part.procedures));
    let served = served_in(parts);
    // Only what has rows in the slice is named, even if it belongs to another part now: so the lists add
    // up to the whole. Viewers may open every visit that they may count and read these names there.
    let mut figures = Figures {
        ratings: all.ratings(false),
        cleaned: all.ratings(true),
        departments: groups(&departments, departments_of(directory)),
        officers: groups(&officers, officers_of(directory, &served)),
        counters: groups(&counters, counters_of(directory)),
        sites: groups(&at_sites, sites_of(sites)),
        procedures: groups(&procedures, procedures_of(directory)),
        channels: channels(&of(|part| &part.channels)),
        days: days(parts),
        hours: hours(parts),
        asked_by_hour: asked_by_hour(parts),
        reasons: reasons(parts, words),
        aspects: aspects(parts, words),
        flags: flags(parts, words),
        simulated: parts.iter().any(|part| part.simulated),
        // What waits belongs to no department yet: a part of the centre is told nothing of it.
        quarantined: if filter.departments.is_some() { 0 } else { *quarantined },
        period: period.clone(),
        tickets: None,
        served: None,
    };
    if filter.is_of_counters() {
        serve(&mut figures, inputs, directory, filter);
    }
    estimate(&mut figures.officers);
    figures
}

/// A group's id, code, name and the name of its department.
type GroupName<'a> = (i64, &'a String, &'a String, Option<String>);

fn department_name(directory: &Directory, id: i64) -> Option<String> {
    directory.department_of(id).map(|one| one.name.clone())
}

fn departments_of(directory: &Directory) -> impl Iterator<Item = GroupName<'_>> {
    directory.departments.iter().map(|one| (one.id, &one.code, &one.name, None))
}

/// Officers with the department of their last visit: the one that its figures belong to.
fn officers_of<'a>(
    all: &'a Directory,
    served: &HashMap<i64, i64>,
) -> impl Iterator<Item = GroupName<'a>> {
    let last = |one: &Officer| served.get(&one.id).copied().unwrap_or(one.department);
    all.officers
        .iter()
        .map(move |one| (one.id, &one.code, &one.name, department_name(all, last(one))))
}

/// The department of each officer's last visit.
fn served_in(parts: &[Arc<MonthCounts>]) -> HashMap<i64, i64> {
    // In the order of months: what comes later holds.
    let all = parts.iter().flat_map(|part| &part.served);
    all.map(|(officer, department)| (i64::from(*officer), i64::from(*department))).collect()
}

fn counters_of(all: &Directory) -> impl Iterator<Item = GroupName<'_>> {
    let named = |id| department_name(all, id);
    all.counters.iter().map(move |one| (one.id, &one.code, &one.name, named(one.department)))
}

fn procedures_of(all: &Directory) -> impl Iterator<Item = GroupName<'_>> {
    let named = |id| department_name(all, id);
    all.procedures.iter().map(move |one| (one.id, &one.code, &one.name, named(one.department)))
}

fn sites_of(sites: &Sites) -> impl Iterator<Item = GroupName<'_>> {
    sites.sites.iter().map(|one| (one.id, &one.code, &one.name, None))
}

/// Names the groups; most ratings first, then by code.
fn groups<'a>(
    counted: &HashMap<u32, RatingSum>,
    known: impl Iterator<Item = GroupName<'a>>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = known
        .filter_map(|(id, code, name, department)| {
            let sum = counted.get(&u32::try_from(id).ok()?)?;
            let (ratings, cleaned) = (sum.ratings(false), sum.ratings(true));
            let (code, name) = (code.clone(), name.clone());
            Some(Group { id, code, name, department, ratings, cleaned, ..Group::default() })
        })
        .collect();
    groups.sort_by(|a, b| b.ratings.total.cmp(&a.ratings.total).then(a.code.cmp(&b.code)));
    groups
}

/// A site is the sum of its counters.
fn by_site(counters: &HashMap<u32, RatingSum>, sites: &Sites) -> HashMap<u32, RatingSum> {
    let mut by_site: HashMap<u32, RatingSum> = HashMap::new();
    for (counter, site) in &sites.counters {
        let ids = (u32::try_from(*counter), u32::try_from(*site));
        let (Ok(counter), Ok(site)) = ids else { continue };
        if let Some(sum) = counters.get(&counter) {
            by_site.entry(site).or_default().join(sum);
        }
    }
    by_site
}

fn channels(counted: &HashMap<u32, RatingSum>) -> Vec<ByChannel> {
    let mut channels: Vec<_> = counted
        .iter()
        .map(|(channel, sum)| ByChannel {
            channel: u8::try_from(*channel).unwrap_or(0),
            ratings: sum.ratings(false),
        })
        .collect();
    channels.sort_by_key(|one| one.channel);
    channels
}

fn days(parts: &[Arc<MonthCounts>]) -> Vec<Day> {
    let mut days: BTreeMap<i32, (u64, u64)> = BTreeMap::new();
    for (day, total, satisfied) in parts.iter().flat_map(|part| &part.days) {
        let sum = days.entry(*day).or_default();
        sum.0 += u64::from(*total);
        sum.1 += u64::from(*satisfied);
    }
    let all = days.values().fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
    let limits = |n: u64| {
        let (least, most) = expected(all.1, all.0, n)?;
        Some(Limits { low: least as f64 / n as f64, high: most as f64 / n as f64 })
    };
    let day = |(day, (total, satisfied))| Day {
        date: day_of_number(day),
        total,
        satisfied,
        limits: limits(total),
    };
    days.into_iter().map(day).collect()
}

fn hours(parts: &[Arc<MonthCounts>]) -> Vec<Hour> {
    let mut sums = vec![(0_u64, 0_u64); 7 * 24];
    for part in parts {
        for (sum, (ratings, satisfied)) in sums.iter_mut().zip(&part.hours) {
            sum.0 += u64::from(*ratings);
            sum.1 += u64::from(*satisfied);
        }
    }
    let places = (1..=7).flat_map(|weekday| (0..24).map(move |hour| (weekday, hour)));
    let hour = |((weekday, hour), (ratings, satisfied))| Hour { weekday, hour, ratings, satisfied };
    places.zip(sums).map(hour).filter(|hour| hour.ratings > 0).collect()
}

fn asked_by_hour(parts: &[Arc<MonthCounts>]) -> Vec<AskedHour> {
    let mut hours: [AskedHour; 24] = std::array::from_fn(|hour| AskedHour {
        hour: u8::try_from(hour).unwrap_or(0),
        ..AskedHour::default()
    });
    for part in parts {
        for (sum, (asked, answered, abandoned)) in hours.iter_mut().zip(&part.asked) {
            sum.asked += u64::from(*asked);
            sum.answered += u64::from(*answered);
            sum.abandoned += u64::from(*abandoned);
        }
    }
    hours.into_iter().filter(|hour| hour.asked > 0).collect()
}

/// Adds up ratings by their numbers in the dictionary.
fn by_set(parts: &[Arc<MonthCounts>], pick: fn(&MonthCounts) -> &BySet) -> HashMap<u32, u64> {
    let mut sums = HashMap::new();
    for (number, count) in parts.iter().flat_map(|part| pick(part)) {
        *sums.entry(*number).or_default() += u64::from(*count);
    }
    sums
}

fn reasons(parts: &[Arc<MonthCounts>], words: &Dictionary) -> Vec<Reason> {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for (number, ratings) in by_set(parts, |part| &part.reasons) {
        for id in words.reasons(number) {
            *counts.entry(id).or_default() += ratings;
        }
    }
    let reason = |(id, ratings): (&str, u64)| Reason { id: id.to_owned(), ratings };
    let mut reasons: Vec<_> = counts.into_iter().map(reason).collect();
    reasons.sort_by(|a, b| b.ratings.cmp(&a.ratings).then(a.id.cmp(&b.id)));
    reasons
}

fn flags(parts: &[Arc<MonthCounts>], words: &Dictionary) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for (number, ratings) in by_set(parts, |part| &part.rules) {
        for rule in words.rules(number) {
            *counts.entry(rule.to_owned()).or_default() += ratings;
        }
    }
    counts
}

fn aspects(parts: &[Arc<MonthCounts>], words: &Dictionary) -> Vec<Aspect> {
    let mut counts: BTreeMap<&str, [u64; 5]> = BTreeMap::new();
    for (number, ratings) in by_set(parts, |part| &part.aspects) {
        for (id, level) in words.aspects(number) {
            let place = usize::from(level).checked_sub(1);
            if let Some(count) = place.and_then(|at| counts.entry(id).or_default().get_mut(at)) {
                *count += ratings;
            }
        }
    }
    let aspects = counts.into_iter().map(|(id, levels)| {
        let [very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied] = levels;
        let levels = Levels { very_satisfied, satisfied, neutral, dissatisfied, very_dissatisfied };
        let total = levels.named().iter().map(|(_, count)| count).sum();
        Aspect { id: id.to_owned(), levels, total }
    });
    aspects.filter(|aspect| aspect.total > 0).collect()
}

/// What the queue tells, for the counters that the slice leaves in.
fn serve(figures: &mut Figures, inputs: &FigureInputs, directory: &Directory, filter: &Filter) {
    let site = |counter: i64| {
        inputs.centre.sites.counters.iter().find(|(one, _)| *one == counter).map(|(_, site)| *site)
    };
    let (mut counters, mut departments, mut sites) =
        (HashMap::new(), HashMap::new(), HashMap::new());
    for queue in &inputs.queues {
        let Some(counter) = directory.counter_of(queue.counter) else { continue };
        let at = site(counter.id);
        if filter.departments.as_ref().is_some_and(|own| !own.contains(&counter.department))
            || filter.counter.is_some_and(|one| one != counter.id)
            || (filter.site.is_some() && filter.site != at)
        {
            continue;
        }
        *figures.tickets.get_or_insert(0) += queue.tickets;
        *figures.served.get_or_insert(0) += queue.served;
        *counters.entry(counter.id).or_insert(0) += queue.served;
        *departments.entry(counter.department).or_insert(0) += queue.served;
        if let Some(site) = at {
            *sites.entry(site).or_insert(0) += queue.served;
        }
    }
    for (groups, served) in [
        (&mut figures.counters, counters),
        (&mut figures.departments, departments),
        (&mut figures.sites, sites),
    ] {
        for group in groups {
            group.served = served.get(&group.id).copied();
        }
    }
}

/// Draws each officer's share towards that of the officers of the same department.
fn estimate(officers: &mut [Group]) {
    let pair = |ratings: &Ratings| (ratings.satisfied.count, ratings.total);
    let mut peers: HashMap<Option<String>, Vec<(u64, u64)>> = HashMap::new();
    for officer in officers.iter() {
        peers.entry(officer.department.clone()).or_default().push(pair(&officer.ratings));
    }
    let priors: HashMap<_, _> =
        peers.into_iter().map(|(name, peers)| (name, shrinkage::Prior::of(&peers))).collect();
    for officer in officers {
        let prior = priors.get(&officer.department).copied().flatten();
        officer.estimate = prior.map(|prior| prior.estimate(pair(&officer.ratings)));
    }
}
