//! Cards of a number with what it is made of. A number never stands without its n, and each that is
//! made of ratings leads to them. The overview has three: how many ratings, how satisfied, how many
//! answered.

use super::answers;
use super::filter::{NO_STAGE, SOURCES};
use super::view::Shown;
use crate::figure_lines::{NONE, interval, percent};
use crate::pages::prelude::*;
use crate::stats::measures::asked::AskedCounts;
use crate::stats::measures::{flagged, participation_rate};
use reports::figures::Figures;
use reports::numbers::Numbers;

#[derive(Default)]
pub(in crate::pages) struct Card {
    pub heading: String,
    /// The number; a dash where there is none.
    pub number: String,
    /// What the number is made of.
    pub lines: Vec<String>,
    /// Numbers with the way to what they count: address and text.
    pub links: Vec<(String, String)>,
    /// Where more is: address and text. They tell nothing by themselves, so they are not printed.
    pub ways: Vec<(String, String)>,
    /// How it is counted.
    pub method: Vec<String>,
}

impl Card {
    pub(super) fn new(heading: String, number: String, lines: Vec<String>) -> Self {
        Self { heading, number, lines, ..Self::default() }
    }

    /// Adds a text, with the way to what it tells of for a reader who may go there.
    pub(super) fn put(&mut self, link: Option<String>, text: String) {
        match link {
            Some(link) => self.links.push((link, text)),
            None => self.lines.push(text),
        }
    }
}

/// The cards of a period. The links lead to the visits, to the ratings that were found odd, and to
/// who was asked. `before`: the satisfied share against earlier periods, in sentences.
pub(super) fn cards(shown: &Shown, before: Vec<String>) -> [Card; 3] {
    let (figures, texts) = (shown.figures, shown.view.texts);
    let (mut total, mut share) = (ratings(shown), satisfied(shown));
    if figures.ratings.total == 0 {
        total.lines.insert(0, texts.get("pages-no-ratings"));
        share.lines.push(texts.get("pages-no-ratings"));
    }
    share.lines.extend(before);
    total.method = shown.sentences(&["report-method-1", "pages-method-ruled-out"]);
    share.method = shown.sentences(&["report-method-2", "report-method-3"]);
    share.links.extend(cleaned(shown).map(|text| (shown.view.at("/flags", ""), text)));
    [total, share, response(shown)]
}

/// The number of ratings with what it is made of, each part with the way to the visits of it: all
/// of them, by stage and by how they came here, and those that a ruling took out. Parts without
/// ratings are left out.
pub(super) fn ratings(shown: &Shown) -> Card {
    let (of, texts, numbers) = (&shown.figures.ratings, shown.view.texts, shown.numbers());
    let mut card = Card::new(texts.get("pages-ratings"), numbers.count(of.total), Vec::new());
    if of.total > 0 {
        let visits = shown.counted("");
        card.ways.extend(visits.map(|link| (link, texts.get("dashboards-visits"))));
    }
    let mut parts = Vec::new();
    // Where one stage alone is shown, it is all of them.
    if shown.view.narrow.filter.stage.is_none() {
        let stages = of.by_stage;
        parts.push(("stage", "receive", stages.receive));
        parts.push(("stage", "return", stages.return_));
        parts.push(("stage", NO_STAGE, stages.unstated));
    }
    for (word, imported) in SOURCES {
        let count = if imported { of.by_source.imported } else { of.by_source.tablet };
        parts.push(("source", word, count));
    }
    for (field, word, count) in parts.into_iter().filter(|part| part.2 > 0) {
        let count = numbers.count(count);
        let text = texts.with(&format!("pages-{field}-{word}"), &[("count", &count)]);
        card.put(shown.counted(&format!("&{field}={word}")), text);
    }
    let out = of.raw() - of.total;
    if out > 0 {
        let text = texts.with("pages-ruled-out", &[("count", &numbers.count(out))]);
        card.put(shown.visits("&state=ruled_out"), text);
    }
    card
}

/// The satisfied share with its interval.
pub(super) fn satisfied(shown: &Shown) -> Card {
    let (texts, numbers) = (shown.view.texts, shown.numbers());
    let of = shown.figures.ratings.satisfied;
    let mut lines = Vec::new();
    if let Some(ends) = of.low.zip(of.high) {
        let count = numbers.count(of.count);
        let total = numbers.count(shown.figures.ratings.total);
        lines.push(texts.with("pages-satisfied-of", &[("count", &count), ("total", &total)]));
        lines.push(texts.with("pages-interval", &[("interval", &interval(Some(ends), texts))]));
    }
    Card::new(texts.get("pages-satisfied"), percent(of.share, texts), lines)
}

/// The satisfied share without the ratings that a rule found odd; none where nothing was found odd
/// or the reader may not see what was.
pub(super) fn cleaned(shown: &Shown) -> Option<String> {
    let (figures, texts) = (shown.figures, shown.view.texts);
    let odd = flagged(&figures.ratings, &figures.cleaned);
    if odd == 0 || !shown.context.viewer.may(Permission::Records) {
        return None;
    }
    // All of them may have been found odd.
    let share = match figures.cleaned.satisfied.share {
        None => texts.get("dashboards-cleaned-none"),
        share => percent(share, texts),
    };
    let count = shown.numbers().count(odd);
    Some(texts.with("dashboards-cleaned", &[("count", &count), ("share", &share)]))
}

/// The participation rate of the people served, or of the numbers drawn where that is not known, and
/// what it is made of; none where it can not be right.
fn participation(figures: &Figures, texts: &Texts) -> Option<(String, String)> {
    let numbers = Numbers::of(texts);
    let total = figures.ratings.total;
    let known = figures.served.filter(|served| *served > 0).or(figures.tickets);
    let served = known.filter(|served| *served > 0 && *served >= total)?;
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
fn response(shown: &Shown) -> Card {
    let (figures, texts) = (shown.figures, shown.view.texts);
    let served = participation(figures, texts);
    let imported = figures.ratings.by_source.imported > 0;
    let mut card = if figures.ratings.asked > 0 {
        let mut card = response_rate(shown);
        card.lines.extend(imported.then(|| texts.get("pages-asked-some")));
        card.lines.extend(participation_line(figures, texts));
        card.ways.push((shown.view.at(answers::PATH, ""), texts.get("dashboards-answers")));
        card.method.push(texts.get("pages-method-response"));
        card
    } else if let Some((rate, line)) = &served {
        Card::new(texts.get("pages-participation"), rate.clone(), vec![line.clone()])
    } else {
        let key = if imported { "pages-asked-none" } else { "pages-asked-nobody" };
        Card::new(texts.get("pages-response"), NONE.to_owned(), vec![texts.get(key)])
    };
    card.method.extend(served.map(|_| texts.get("pages-method-served")));
    card
}

/// The response rate of those asked, and what it is made of: answered of those asked, those who
/// left, and those who have done neither yet.
pub(super) fn response_rate(shown: &Shown) -> Card {
    let (of, texts) = (AskedCounts::from(&shown.figures.ratings), shown.view.texts);
    let [asked, answered, abandoned, open] = of.all().map(|count| shown.numbers().count(count));
    let mut lines = vec![
        texts.with("pages-asked", &[("answered", &answered), ("asked", &asked)]),
        texts.with("pages-abandoned", &[("count", &abandoned)]),
    ];
    lines.extend((of.open > 0).then(|| texts.with("pages-open", &[("count", &open)])));
    Card::new(texts.get("pages-response"), percent(of.rate(), texts), lines)
}
