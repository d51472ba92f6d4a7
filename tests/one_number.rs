//! One number for one thing: the figures of random centres, with late ratings, flags and rulings,
//! say what a plain recount of the stored rows says.
#![allow(clippy::unwrap_used)]

use analytics_server::clock::Clock;
use analytics_server::period;
use reports::figures::{Figures, Group, Ratings};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use whole_system_tests::databases::sqlite;
use whole_system_tests::random_centre::{
    DAY, Dice, PlainVisit, SEPTEMBER, by, count, fill, levels, plain_visits,
};
use whole_system_tests::server::Server;

#[path = "one_number/api.rs"]
mod api;
#[path = "one_number/report.rs"]
mod report;

/// How many centres are tried.
const CENTRES: u64 = 6;
/// The period that holds all visits.
const PERIOD: &str = "2026-09";

fn check_ratings(ratings: &Ratings, cleaned: &Ratings, visits: &[PlainVisit], what: &str) {
    let asked = |one: &PlainVisit| !one.imported;
    let answered = |one: &PlainVisit| asked(one) && one.level.is_some();
    let clean = |one: &PlainVisit| one.counts() && one.flags.is_empty();
    for (name, ours, recount) in [
        ("total", ratings.total, count(visits, PlainVisit::counts)),
        ("raw", ratings.raw(), count(visits, |one| one.level.is_some())),
        ("asked", ratings.asked, count(visits, asked)),
        ("answered", ratings.answered(), count(visits, answered)),
        ("abandoned", ratings.abandoned, count(visits, |one| asked(one) && one.abandoned)),
        (
            "open",
            ratings.open(),
            count(visits, |one| asked(one) && one.level.is_none() && !one.abandoned),
        ),
        ("cleaned", cleaned.total, count(visits, clean)),
        ("satisfied", ratings.satisfied.count, levels(visits)[..2].iter().sum()),
    ] {
        assert_eq!(ours, recount, "{name} of {what}");
    }
    assert_eq!(ratings.levels.named().map(|(_, count)| count), levels(visits), "levels of {what}");
}

fn check_groups(groups: &[Group], recount: &BTreeMap<String, Vec<PlainVisit>>) {
    assert_eq!(groups.len(), recount.len());
    for group in groups {
        check_ratings(&group.ratings, &group.cleaned, &recount[&group.code], &group.code);
    }
}

fn check_figures(figures: &Figures, visits: &[PlainVisit]) {
    check_ratings(&figures.ratings, &figures.cleaned, visits, "the centre");
    check_groups(&figures.departments, &by(visits, |one| &one.department));
    check_groups(&figures.officers, &by(visits, |one| &one.officer));
    check_groups(&figures.counters, &by(visits, |one| &one.counter));
    let hours = figures.hours.iter().map(|hour| hour.ratings).sum::<u64>();
    let days = figures.days.iter().map(|day| day.total).sum::<u64>();
    let counting = count(visits, PlainVisit::counts);
    assert_eq!((hours, days), (counting, counting), "by hour and by day");
    for reason in &figures.reasons {
        let named = |one: &PlainVisit| one.counts() && one.reasons.contains(&reason.id);
        assert_eq!(reason.ratings, count(visits, named), "{}", reason.id);
    }
    for rule in ["dossier_twice", "quick_repeat"] {
        let found = count(visits, |one| one.counts() && one.flags.contains(rule));
        assert_eq!(figures.flags.get(rule).copied().unwrap_or(0), found, "{rule}");
    }
}

/// A random centre behind a server whose clock stands in October 2026.
struct Centre {
    server: Server,
    visits: Vec<PlainVisit>,
    figures: Figures,
    /// Lives as long as the centre.
    _fresh: whole_system_tests::databases::Fresh,
}

impl Centre {
    async fn random(seed: u64) -> Self {
        let fresh = sqlite().await;
        let hand = Arc::new(AtomicI64::new(SEPTEMBER));
        let shared = Arc::clone(&hand);
        let server =
            Server::start(&fresh, Clock::from_fn(move || shared.load(Ordering::SeqCst))).await;
        fill(&server, &fresh, &mut Dice::new(seed)).await;
        hand.store(SEPTEMBER + 40 * DAY, Ordering::SeqCst);
        let visits = plain_visits(&fresh).await;
        let period = period::parse(PERIOD, server.app.centre().policy).unwrap();
        let figures = server.app.figures(&period).await.unwrap();
        Self { server, visits, figures: std::sync::Arc::unwrap_or_clone(figures), _fresh: fresh }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_say_what_a_plain_recount_says() {
    for seed in 1..=CENTRES {
        let centre = Centre::random(seed).await;
        check_figures(&centre.figures, &centre.visits);
        centre.server.stop().await;
    }
}
