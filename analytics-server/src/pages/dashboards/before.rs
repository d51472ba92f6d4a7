//! This period against the one before and against the same of the year before. Higher and lower is
//! said only of what is more than chance; of all else, why nothing is said (`measures::compare`).

use super::view::View;
use crate::pages::prelude::*;
use crate::period::{Against, Span};
use crate::stats::slice::{Filter, Slice};
use reports::figures::{RANKED_FROM, Ratings};
use reports::measures::{Comparison, Difference, compare};
use reports::numbers::Numbers;

/// The lines of the card, in order; `filter` is what `now` was counted by.
pub(super) async fn lines(
    app: &App,
    view: &View,
    filter: &Filter,
    now: &Ratings,
) -> PageResult<Vec<String>> {
    let mut lines = Vec::new();
    for (against, span) in view.span.compared(view.policy) {
        let slice = Slice { period: span.under(view.policy), filter: filter.clone() };
        let before = app.figures(slice).await?.ratings;
        lines.push(line(key(against, view.span), now, &before, view.texts));
    }
    Ok(lines)
}

fn key(against: Against, span: Span) -> &'static str {
    match (against, span) {
        (Against::Before, _) => "dashboards-before",
        (Against::YearBefore, Span::Year(_)) => "dashboards-before-year",
        (Against::YearBefore, _) => "dashboards-year-before",
    }
}

/// One line.
pub(in crate::pages) fn line(key: &str, now: &Ratings, before: &Ratings, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let say = |key: &str, by: &Difference| {
        let (low, high) = (by.low.abs().min(by.high.abs()), by.low.abs().max(by.high.abs()));
        let [by, low, high] = [by.difference, low, high].map(|one| numbers.points(one));
        texts.with(key, &[("by", &by), ("low", &low), ("high", &high)])
    };
    let few = || texts.with("compare-few", &[("from", &RANKED_FROM.to_string())]);
    let difference = match compare(now, before) {
        Comparison::Nothing => texts.get("compare-nothing"),
        Comparison::Few => few(),
        Comparison::OtherWay => texts.get("compare-way"),
        Comparison::BothFull => texts.get("compare-full"),
        Comparison::Higher(by) => say("compare-higher", &by),
        Comparison::Lower(by) => say("compare-lower", &by),
        Comparison::Alike(by) => say("compare-alike", &by),
    };
    texts.with(key, &[("difference", &difference)])
}
