//! This period against the one before and against the year before: how far the satisfied shares
//! lie apart, with the interval of that difference. Few ratings and shares that are not told are
//! compared with nothing.

use crate::auth::{Right, Viewer};
use crate::pages::address::Seen;
use crate::pages::fault::Fault;
use crate::period::{Policy, Span};
use crate::state::App;
use crate::stats::measures::difference;
use crate::stats::slice::Slice;
use locales::Texts;
use reports::figures::{RANKED_FROM, Ratings};
use reports::masks::is_told;

/// The lines of the card, in order.
pub(in crate::pages) async fn lines(
    app: &App,
    viewer: &Viewer,
    seen: &Seen,
    now: &Ratings,
) -> Result<Vec<String>, Fault> {
    let exact = !seen.narrow.is_part() || viewer.may(Right::Verify);
    let mut lines = Vec::new();
    for (key, span) in others(seen.span, seen.policy) {
        let Some(span) = span else { continue };
        let slice = Slice { period: span.under(seen.policy), filter: seen.narrow.filter.clone() };
        let before = app.figures(slice).await?.ratings;
        lines.push(line(key, now, &before, exact, seen.texts));
    }
    Ok(lines)
}

/// What a period is compared with: the one just before and the same of the year before, which for a
/// whole year are one.
fn others(span: Span, policy: Policy) -> Vec<(&'static str, Option<Span>)> {
    let before = ("dashboards-before", span.just_before(policy));
    match span {
        Span::Year(_) => vec![("dashboards-before-year", span.year_before())],
        _ => vec![before, ("dashboards-year-before", span.year_before())],
    }
}

/// One line. `exact`: the shares may be told whatever they are.
pub(in crate::pages) fn line(
    key: &str,
    now: &Ratings,
    before: &Ratings,
    exact: bool,
    texts: &Texts,
) -> String {
    let counts = |of: &Ratings| {
        let told = of.total >= RANKED_FROM && (exact || is_told(of.levels));
        told.then_some((of.satisfied.count, of.total))
    };
    let apart = counts(now).zip(counts(before));
    let Some(apart) = apart.and_then(|(now, before)| difference(now, before)) else {
        return texts.with(key, &[("difference", &texts.get("dashboards-before-none"))]);
    };
    let [by, low, high] =
        [apart.difference, apart.low, apart.high].map(|share| points(share, texts));
    let places = [("by", &*by), ("low", &low), ("high", &high)];
    texts.with(key, &[("difference", &texts.with("dashboards-difference", &places))])
}

/// A difference of shares in percentage points with its sign: `+0,3`, `−0,1`, `0,0`.
fn points(share: f64, texts: &Texts) -> String {
    let written = format!("{:.1}", share.abs() * 100.0);
    let sign = match share {
        _ if written == "0.0" => "",
        share if share < 0.0 => "−",
        _ => "+",
    };
    let written = if texts.language() == "vi" { written.replace('.', ",") } else { written };
    format!("{sign}{written}")
}
