//! Charts that depend on who looks and at which part of the house, each with its numbers as a table.

use super::groups::share;
use crate::auth::{Right, Viewer};
use crate::pages::address::{self, Seen};
use crate::pages::overview::{Chart, Plain};
use crate::stats::measures::satisfied;
use locales::Texts;
use reports::charts::{self, Bucket, ChartError, Size, Trend};
use reports::figures::{Figures, Levels, Ratings};
use reports::masks::{Cell, masked};
use reports::numbers::Numbers;

/// The course of the period.
pub(in crate::pages) fn trend(
    figures: &Figures,
    exact: bool,
    texts: &Texts,
) -> Result<Option<Chart>, ChartError> {
    let trend = Trend::of(figures);
    let draw = |size| charts::trend_of(&trend, figures, texts, size);
    let caption = charts::trend_caption_of(&trend, figures, texts);
    Ok(Some(Chart {
        wide: draw(Size::WIDE)?,
        narrow: draw(Size::PHONE)?,
        caption,
        numbers: points(&trend, exact, texts),
    }))
}

/// The points of a course: first day, ratings and share; none without points.
fn points(trend: &Trend, exact: bool, texts: &Texts) -> Option<Plain> {
    let numbers = Numbers::of(texts);
    let row = |bucket: &Bucket| {
        let share = share(&ratings(bucket), exact).written(numbers);
        let share = share.unwrap_or_else(|| "–".to_owned());
        (numbers.date(bucket.from), None, vec![numbers.count(bucket.total), share])
    };
    let heads = ["dashboards-column-from", "pages-column-total", "pages-column-satisfied"];
    let rows: Vec<_> = trend.buckets.iter().map(row).collect();
    (!rows.is_empty()).then(|| Plain { heads: heads.map(|key| texts.get(key)).into(), rows })
}

/// The ratings of a point.
fn ratings(bucket: &Bucket) -> Ratings {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=total")]
    let count = (bucket.share * bucket.total as f64).round() as u64;
    let neutral = bucket.total.saturating_sub(count);
    Ratings {
        total: bucket.total,
        levels: Levels { very_satisfied: count, neutral, ..Levels::default() },
        satisfied: satisfied(count, bucket.total),
        ..Ratings::default()
    }
}

/// The levels; each number leads to the visits it is made of. `place` narrows those further.
pub(in crate::pages) fn levels(
    figures: &Figures,
    viewer: &Viewer,
    seen: &Seen,
    place: &str,
) -> Result<Chart, ChartError> {
    let texts = seen.texts;
    let named = figures.ratings.levels.named();
    let cells = masked(named.map(|(_, count)| count));
    let row = |((name, count), cell): ((&str, u64), Cell)| {
        let visits = || address::visits(seen, &format!("{place}&level={name}"));
        let link = (count > 0 && viewer.may(Right::Records)).then(visits);
        (texts.get(&format!("level-{name}")), link, vec![cell.written(Numbers::of(texts))])
    };
    let heads = ["report-head-level", "pages-column-total"].map(|key| texts.get(key));
    Ok(Chart {
        wide: charts::levels(figures, texts, Size::CARD)?,
        narrow: charts::levels(figures, texts, Size::PHONE)?,
        caption: charts::levels_caption(figures, texts),
        numbers: Some(Plain {
            heads: heads.into(),
            rows: named.into_iter().zip(cells).map(row).collect(),
        }),
    })
}
