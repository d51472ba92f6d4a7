//! Charts of a page of figures, each with its numbers as a table.

use super::chart::{Chart, Plain};
use super::view::View;
use crate::pages::language;
use crate::pages::prelude::*;
use crate::report::ReportFault;
use reports::charts::{self, Bucket, ChartError, Size, Trend};
use reports::figures::Figures;
use reports::numbers::Numbers;

/// Draws a page with charts beside the others' requests: it takes some tens of milliseconds.
pub(super) async fn draw(
    page: impl FnOnce() -> Result<askama::Result<String>, ChartError> + Send + 'static,
) -> PageResult<askama::Result<String>> {
    let drawn = language::spawn_blocking(page).await.map_err(|_| PageError::Interrupted)?;
    drawn.map_err(|error| PageError::Report(ReportFault::Document(error.into())))
}

/// The course of the period.
pub(super) fn trend(figures: &Figures, texts: &Texts) -> Result<Chart, ChartError> {
    let trend = Trend::of(figures);
    let draw = |size| charts::trend_of(&trend, figures, texts, size);
    let caption = charts::trend_caption_of(&trend, figures, texts);
    Ok(Chart {
        wide: draw(Size::WIDE)?,
        narrow: draw(Size::PHONE)?,
        caption,
        numbers: points(&trend, texts),
    })
}

/// The points of a course: first day, ratings and share; none without points.
fn points(trend: &Trend, texts: &Texts) -> Option<Plain> {
    let numbers = Numbers::of(texts);
    let row = |bucket: &Bucket| {
        let cells = vec![numbers.count(bucket.total), numbers.percent(bucket.share)];
        (numbers.date(bucket.from), None, cells)
    };
    let heads = ["dashboards-column-from", "pages-column-total", "pages-column-satisfied"];
    let rows: Vec<_> = trend.buckets.iter().map(row).collect();
    (!rows.is_empty()).then(|| Plain { heads: heads.map(|key| texts.get(key)).into(), rows })
}

/// The levels; each number leads to the visits it is made of. `place` narrows those further.
pub(super) fn levels(
    figures: &Figures,
    viewer: &Viewer,
    view: &View,
    place: &str,
) -> Result<Chart, ChartError> {
    let texts = view.texts;
    let row = |(name, count): (&str, u64)| {
        let visits = || view.counted(&format!("{place}&level={name}"));
        let link = (count > 0 && viewer.may(Right::Records)).then(visits);
        (texts.get(&format!("level-{name}")), link, vec![Numbers::of(texts).count(count)])
    };
    let heads = ["report-head-level", "pages-column-total"].map(|key| texts.get(key));
    Ok(Chart {
        wide: charts::levels(figures, texts, Size::CARD)?,
        narrow: charts::levels(figures, texts, Size::PHONE)?,
        caption: charts::levels_caption(figures, texts),
        numbers: Some(Plain {
            heads: heads.into(),
            rows: figures.ratings.levels.named().map(row).into(),
        }),
    })
}
