//! The four cards: how many ratings, how satisfied, how many answered, what waits for a person.
//! A number never stands without its n.

use super::dashboards::response::{Asks, Care};
use locales::Texts;
use reports::figures::{Figures, Ratings};
use reports::masks::{Share, masked, told};
use reports::numbers::{Numbers, is_few};

/// One card.
pub(super) struct Card {
    pub heading: String,
    /// The number; a dash where there is none.
    pub number: String,
    /// What the number is made of.
    pub lines: Vec<String>,
    /// Where more is: address and text.
    pub link: Option<(String, String)>,
    /// It asks for somebody's attention.
    pub urgent: bool,
    /// How it is counted.
    pub method: Vec<String>,
}

/// Where there is no number.
const NONE: &str = "–";

/// The cards of a period. A number of 1 to 4 ratings is told as few, and no share of it; of a part
/// of the house the satisfied share is masked as a row of a table is. The links lead to the visits,
/// to the ratings that were found odd, and to who was asked.
pub(super) fn cards(
    figures: &Figures,
    part: bool,
    [visits, cleaned, answers]: [Option<(String, String)>; 3],
    texts: &Texts,
) -> [Card; 4] {
    let share = if part || is_few(figures.ratings.total) { masked_share } else { satisfied };
    [
        Card { link: visits, ..ratings(&figures.ratings, texts) },
        Card { link: cleaned, ..share(&figures.ratings, texts) },
        Card { link: answers, ..response(figures, part, texts) },
        quarantine((!part).then_some(figures.quarantined), texts),
    ]
}

fn ratings(ratings: &Ratings, texts: &Texts) -> Card {
    let numbers = Numbers::of(texts);
    let written = |cell: reports::masks::Cell| cell.written(numbers);
    let stages = ratings.by_stage;
    let [receive, return_, unstated] =
        masked([stages.receive, stages.return_, stages.unstated]).map(written);
    let mut stage = texts.with("pages-stages", &[("receive", &receive), ("return", &return_)]);
    if stages.unstated > 0 {
        stage.push_str(" · ");
        stage.push_str(&texts.with("pages-stage-unstated", &[("count", &unstated)]));
    }
    let source = ratings.by_source;
    let [tablet, imported] = masked([source.tablet, source.imported]).map(written);
    let sources = texts.with("pages-sources", &[("tablet", &tablet), ("imported", &imported)]);
    let lines =
        if ratings.total == 0 { vec![texts.get("pages-no-ratings")] } else { vec![stage, sources] };
    Card {
        heading: texts.get("pages-ratings"),
        number: numbers.cell(ratings.total),
        lines,
        link: None,
        urgent: false,
        method: vec![texts.get("report-method-1")],
    }
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
        link: None,
        urgent: false,
        method: vec![texts.get("report-method-2"), texts.get("report-method-3")],
    }
}

/// The satisfied share of a part, which could point at somebody.
fn masked_share(ratings: &Ratings, texts: &Texts) -> Card {
    let numbers = Numbers::of(texts);
    let share = told(ratings).map_or(Share::Unknown, |told| told.satisfied);
    match share {
        Share::Exact { .. } => satisfied(ratings, texts),
        _ => Card {
            heading: texts.get("pages-satisfied"),
            number: share.written(numbers).unwrap_or_else(|| NONE.to_owned()),
            lines: Vec::new(),
            link: None,
            urgent: false,
            method: ["report-method-2", "pages-masks"].map(|key| texts.get(key)).into(),
        },
    }
}

/// People served, or numbers drawn where that is not known; none where it can not be right.
fn served(figures: &Figures) -> Option<u64> {
    let known = figures.served.filter(|served| *served > 0).or(figures.tickets);
    known.filter(|served| *served > 0 && *served >= figures.ratings.total)
}

/// How many of those served rated: the share, where it is not of few, and what it is made of.
fn of_served(figures: &Figures, texts: &Texts) -> Option<(String, String)> {
    let numbers = Numbers::of(texts);
    let (total, served) = (figures.ratings.total, served(figures)?);
    let share = || numbers.percent(total as f64 / served as f64);
    let share = if is_few(total) { NONE.to_owned() } else { share() };
    let places = [("total", &*numbers.cell(total)), ("served", &numbers.count(served))];
    Some((share, texts.with("dashboards-served", &places)))
}

/// The same as one line.
pub(super) fn served_line(figures: &Figures, texts: &Texts) -> Option<String> {
    of_served(figures, texts).map(|(share, line)| format!("{share}: {line}"))
}

fn response(figures: &Figures, part: bool, texts: &Texts) -> Card {
    let ratings = &figures.ratings;
    let served = of_served(figures, texts);
    let mut method = vec![texts.get("pages-method-response")];
    if served.is_some() {
        method.push(texts.get("pages-method-served"));
    }
    let (number, lines) = if let (0, Some((share, line))) = (ratings.asked, &served) {
        method.remove(0);
        (share.clone(), vec![line.clone()])
    } else if ratings.asked == 0 {
        let imported = ratings.by_source.imported > 0;
        let key = if imported { "pages-asked-none" } else { "pages-asked-nobody" };
        (NONE.to_owned(), vec![texts.get(key)])
    } else {
        let care = if part { Care::Part } else { Care::Whole };
        let told = Asks::from(ratings).told(care, texts);
        let places = [("answered", &*told.answered), ("asked", &*told.asked)];
        let mut lines = vec![texts.with("pages-asked", &places)];
        lines.push(texts.with("pages-abandoned", &[("count", &told.abandoned)]));
        if ratings.by_source.imported > 0 {
            lines.push(texts.get("pages-asked-some"));
        }
        lines.extend(served_line(figures, texts));
        (told.rate, lines)
    };
    Card { heading: texts.get("pages-response"), number, lines, link: None, urgent: false, method }
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
        link: None,
        urgent: waiting.is_some_and(|count| count > 0),
        method: vec![texts.get("pages-method-quarantine")],
    }
}
