//! The four cards: how many ratings, how satisfied, how many answered, what waits for a person.
//! A number never stands without its n, and each that is made of ratings leads to them.

use super::address::{self, Seen};
use super::dashboards::answers;
use super::dashboards::cleaned;
use super::dashboards::response::AskedCounts;
use super::records::asked::{NO_STAGE, SOURCES};
use crate::auth::{Right, Viewer};
use crate::stats::measures::participation_rate;
use locales::Texts;
use reports::figures::{Figures, Ratings};
use reports::numbers::Numbers;

/// One card.
pub(super) struct Card {
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

/// Where there is no number.
const NONE: &str = "–";

/// The cards of a period. The links lead to the visits, to the ratings that were found odd, and to
/// who was asked.
pub(super) fn cards(figures: &Figures, viewer: &Viewer, seen: &Seen) -> [Card; 4] {
    let texts = seen.texts;
    let whole = !seen.narrow.is_part();
    let mut share = satisfied(&figures.ratings, texts);
    share.links.extend(cleaned::line(viewer, seen, figures));
    [
        ratings(figures, viewer, seen),
        share,
        response(figures, seen),
        quarantine(whole.then_some(figures.quarantined), texts),
    ]
}

/// The number of ratings with what it is made of, each part with the way to the visits of it.
fn ratings(figures: &Figures, viewer: &Viewer, seen: &Seen) -> Card {
    let (of, texts) = (&figures.ratings, seen.texts);
    let empty = of.total == 0;
    let mut lines = if empty { vec![texts.get("pages-no-ratings")] } else { Vec::new() };
    let mut made_of = parts(of, "", seen);
    if !viewer.may(Right::Records) {
        lines.extend(made_of.drain(..).map(|(_, text)| text));
    }
    Card {
        heading: texts.get("pages-ratings"),
        number: Numbers::of(texts).count(of.total),
        lines,
        links: made_of,
        urgent: false,
        method: ["report-method-1", "pages-method-ruled-out"].map(|key| texts.get(key)).into(),
    }
}

/// What ratings are made of, as address and text: all of them, by stage and by how they came here,
/// and those that a ruling took out. What there is none of is left out. `place` narrows the visits.
pub(super) fn parts(of: &Ratings, place: &str, seen: &Seen) -> Vec<(String, String)> {
    let texts = seen.texts;
    let numbers = Numbers::of(texts);
    let counted = |query: &str| address::counted(seen, &format!("{place}{query}"));
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
    // Where one stage alone is seen, it is all of them.
    if seen.narrow.filter.stage.is_none() {
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
        made.push((address::visits(seen, &format!("{place}&state=ruled_out")), text));
    }
    made
}

fn satisfied(ratings: &Ratings, texts: &Texts) -> Card {
    let numbers = Numbers::of(texts);
    let of = ratings.satisfied;
    let mut lines = Vec::new();
    match (of.low, of.high) {
        (Some(low), Some(high)) => {
            let (count, total) = (numbers.count(of.count), numbers.count(ratings.total));
            let places = [("count", count.as_str()), ("total", &total)];
            lines.push(texts.with("pages-satisfied-of", &places));
            let interval = numbers.interval(low, high);
            lines.push(texts.with("pages-interval", &[("interval", &interval)]));
        }
        _ => lines.push(texts.get("pages-no-ratings")),
    }
    Card {
        heading: texts.get("pages-satisfied"),
        number: of.share.map_or_else(|| NONE.to_owned(), |share| numbers.percent(share)),
        lines,
        links: Vec::new(),
        urgent: false,
        method: vec![texts.get("report-method-2"), texts.get("report-method-3")],
    }
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
fn response(figures: &Figures, seen: &Seen) -> Card {
    let (ratings, texts) = (&figures.ratings, seen.texts);
    let served = participation(figures, texts);
    let mut method = Vec::new();
    let mut heading = "pages-response";
    let (number, lines) = if ratings.asked > 0 {
        method.push(texts.get("pages-method-response"));
        let told = AskedCounts::from(ratings).written(texts);
        let mut lines = asked_lines(ratings, texts);
        if ratings.by_source.imported > 0 {
            lines.push(texts.get("pages-asked-some"));
        }
        lines.extend(participation_line(figures, texts));
        (told.rate, lines)
    } else if let Some((rate, line)) = &served {
        heading = "pages-participation";
        (rate.clone(), vec![line.clone()])
    } else {
        let imported = ratings.by_source.imported > 0;
        let key = if imported { "pages-asked-none" } else { "pages-asked-nobody" };
        (NONE.to_owned(), vec![texts.get(key)])
    };
    method.extend(served.map(|_| texts.get("pages-method-served")));
    let further = (ratings.asked > 0).then(|| {
        let to = address::at(answers::PATH, &seen.period.name, &seen.narrow.query, texts);
        (to, texts.get("dashboards-answers"))
    });
    Card {
        heading: texts.get(heading),
        number,
        lines,
        links: further.into_iter().collect(),
        urgent: false,
        method,
    }
}

/// What the response rate is made of: answered of those asked, those who left, and those who have
/// done neither yet.
pub(super) fn asked_lines(ratings: &Ratings, texts: &Texts) -> Vec<String> {
    let told = AskedCounts::from(ratings).written(texts);
    let places = [("answered", &*told.answered), ("asked", &*told.asked)];
    let mut lines = vec![
        texts.with("pages-asked", &places),
        texts.with("pages-abandoned", &[("count", &told.abandoned)]),
    ];
    if ratings.open() > 0 {
        lines.push(texts.with("pages-open", &[("count", &told.open)]));
    }
    lines
}

/// What waits belongs to no department yet, so of a part of the house nothing is known.
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
        links: Vec::new(),
        urgent: waiting.is_some_and(|count| count > 0),
        method: vec![texts.get("pages-method-quarantine")],
    }
}
