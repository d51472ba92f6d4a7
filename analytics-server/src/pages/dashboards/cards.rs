//! Cards of a number with what it is made of. A number never stands without its n, and each that is
//! made of ratings leads to them. The overview has four: how many ratings, how satisfied, how many
//! answered, what waits for a person.

use super::cleaned;
use super::filter::{NO_STAGE, SOURCES};
use super::numbers::{NONE, percent};
use super::response::{self, AskedCounts};
use super::view::View;
use crate::pages::prelude::*;
use crate::stats::measures::participation_rate;
use reports::figures::{Figures, Ratings};
use reports::numbers::Numbers;

/// One card.
#[derive(Default)]
pub(in crate::pages) struct Card {
    pub heading: String,
    /// The number; a dash where there is none.
    pub number: String,
    /// What the number is made of.
    pub lines: Vec<String>,
    /// Where more is: address and text.
    pub links: Vec<(String, String)>,
    /// It asks for somebody's attention.
    pub urgent: bool,
    /// How it is counted.
    pub method: Vec<String>,
}

/// The cards of a period. The links lead to the visits, to the ratings that were found odd, and to
/// who was asked.
pub(super) fn cards(figures: &Figures, viewer: &Viewer, view: &View) -> [Card; 4] {
    let (of, texts) = (&figures.ratings, view.texts);
    let mut total = ratings(of, "", viewer, view);
    let mut share = satisfied(of, texts);
    if of.total == 0 {
        total.lines.insert(0, texts.get("pages-no-ratings"));
    }
    if share.lines.is_empty() {
        share.lines.push(texts.get("pages-no-ratings"));
    }
    total.method = ["report-method-1", "pages-method-ruled-out"].map(|key| texts.get(key)).into();
    share.method = ["report-method-2", "report-method-3"].map(|key| texts.get(key)).into();
    share.links.extend(cleaned::line(viewer, view, figures));
    let whole = !view.narrow.is_part();
    let waiting = quarantine(whole.then_some(figures.quarantined), texts);
    [total, share, response(figures, view), waiting]
}

/// The number of ratings with what it is made of, each part with the way to the visits of it.
/// `place` narrows those.
pub(super) fn ratings(of: &Ratings, place: &str, viewer: &Viewer, view: &View) -> Card {
    let mut card = Card {
        heading: view.texts.get("pages-ratings"),
        number: Numbers::of(view.texts).count(of.total),
        links: parts(of, place, view),
        ..Card::default()
    };
    if !viewer.may(Right::Records) {
        card.lines = card.links.drain(..).map(|(_, text)| text).collect();
    }
    card
}

/// What ratings are made of, as address and text: all of them, by stage and by how they came here,
/// and those that a ruling took out. What there is none of is left out. `place` narrows the visits.
fn parts(of: &Ratings, place: &str, view: &View) -> Vec<(String, String)> {
    let texts = view.texts;
    let numbers = Numbers::of(texts);
    let counted = |query: &str| view.counted(&format!("{place}{query}"));
    let mut made = Vec::new();
    if of.total > 0 {
        made.push((counted(""), texts.get("dashboards-visits")));
    }
    let mut put = |query: &str, key: &str, count: u64| {
        if count > 0 {
            let text = texts.with(key, &[("count", &numbers.count(count))]);
            made.push((counted(query), text));
        }
    };
    let stages = of.by_stage;
    // Where one stage alone is shown, it is all of them.
    if view.narrow.filter.stage.is_none() {
        put("&stage=receive", "pages-stage-receive", stages.receive);
        put("&stage=return", "pages-stage-return", stages.return_);
        put(&format!("&stage={NO_STAGE}"), "pages-stage-unstated", stages.unstated);
    }
    for (word, imported) in SOURCES {
        let count = if imported { of.by_source.imported } else { of.by_source.tablet };
        put(&format!("&source={word}"), &format!("pages-source-{word}"), count);
    }
    let out = of.raw() - of.total;
    if out > 0 {
        let text = texts.with("pages-ruled-out", &[("count", &numbers.count(out))]);
        made.push((view.visits(&format!("{place}&state=ruled_out")), text));
    }
    made
}

/// The satisfied share with its interval.
pub(super) fn satisfied(ratings: &Ratings, texts: &Texts) -> Card {
    let numbers = Numbers::of(texts);
    let of = ratings.satisfied;
    let mut lines = Vec::new();
    if let Some((low, high)) = of.low.zip(of.high) {
        let (count, total) = (numbers.count(of.count), numbers.count(ratings.total));
        lines.push(texts.with("pages-satisfied-of", &[("count", &*count), ("total", &total)]));
        let interval = numbers.interval(low, high);
        lines.push(texts.with("pages-interval", &[("interval", &interval)]));
    }
    let (heading, number) = (texts.get("pages-satisfied"), percent(of.share, texts));
    Card { heading, number, lines, ..Card::default() }
}

/// People served, or numbers drawn where that is not known; none where it can not be right.
fn served(figures: &Figures) -> Option<u64> {
    let known = figures.served.filter(|served| *served > 0).or(figures.tickets);
    known.filter(|served| *served > 0 && *served >= figures.ratings.total)
}

/// The participation rate, and what it is made of.
fn participation(figures: &Figures, texts: &Texts) -> Option<(String, String)> {
    let numbers = Numbers::of(texts);
    let (total, served) = (figures.ratings.total, served(figures)?);
    let rate = numbers.percent(participation_rate(total, Some(served))?);
    let places = [("total", &*numbers.count(total)), ("served", &numbers.count(served))];
    Some((rate, texts.with("dashboards-served", &places)))
}

/// The same as one line.
pub(super) fn participation_line(figures: &Figures, texts: &Texts) -> Option<String> {
    let (rate, line) = participation(figures, texts)?;
    Some(format!("{} {rate}: {line}", texts.get("pages-participation")))
}

/// The response rate of those asked; where nobody was asked, the participation rate.
fn response(figures: &Figures, view: &View) -> Card {
    let (ratings, texts) = (&figures.ratings, view.texts);
    let served = participation(figures, texts);
    let imported = ratings.by_source.imported > 0;
    let mut card = if ratings.asked > 0 {
        let mut card = response_rate(ratings, texts);
        if imported {
            card.lines.push(texts.get("pages-asked-some"));
        }
        card.lines.extend(participation_line(figures, texts));
        card.links.push((view.at(response::PATH, ""), texts.get("dashboards-answers")));
        card.method.push(texts.get("pages-method-response"));
        card
    } else if let Some((rate, line)) = &served {
        let (number, lines) = (rate.clone(), vec![line.clone()]);
        Card { heading: texts.get("pages-participation"), number, lines, ..Card::default() }
    } else {
        let key = if imported { "pages-asked-none" } else { "pages-asked-nobody" };
        let (number, lines) = (NONE.to_owned(), vec![texts.get(key)]);
        Card { heading: texts.get("pages-response"), number, lines, ..Card::default() }
    };
    card.method.extend(served.map(|_| texts.get("pages-method-served")));
    card
}

/// The response rate of those asked, and what it is made of: answered of those asked, those who
/// left, and those who have done neither yet.
pub(super) fn response_rate(ratings: &Ratings, texts: &Texts) -> Card {
    let written = AskedCounts::from(ratings).written(texts);
    let places = [("answered", &*written.answered), ("asked", &*written.asked)];
    let mut lines = vec![
        texts.with("pages-asked", &places),
        texts.with("pages-abandoned", &[("count", &written.abandoned)]),
    ];
    if ratings.open() > 0 {
        lines.push(texts.with("pages-open", &[("count", &written.open)]));
    }
    Card { heading: texts.get("pages-response"), number: written.rate, lines, ..Card::default() }
}

/// What waits belongs to no department yet, so of a part of the centre nothing is known.
fn quarantine(waiting: Option<u64>, texts: &Texts) -> Card {
    let key = match waiting {
        None => "pages-quarantine-whole",
        Some(0) => "pages-quarantine-none",
        Some(_) => "pages-quarantine-some",
    };
    Card {
        heading: texts.get("pages-quarantine"),
        number: waiting.map_or_else(|| NONE.to_owned(), |count| Numbers::of(texts).count(count)),
        lines: vec![texts.get(key)],
        urgent: waiting.is_some_and(|count| count > 0),
        method: vec![texts.get("pages-method-quarantine")],
        ..Card::default()
    }
}
