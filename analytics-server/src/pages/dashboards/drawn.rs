//! Charts of a page of figures, each with its numbers as a table beside it.

use super::chart_kind::{ChartKind, PictureForm};
use super::view::Shown;
use crate::pages::language;
use crate::pages::prelude::*;
use crate::reporting::ReportFault;
use reports::charts::{self, Bucket, ChartError, Size, Trend};

/// A chart for a wide and for a narrow page.
pub(in crate::pages) struct Chart {
    pub wide: String,
    pub narrow: String,
    pub caption: String,
    /// The same as a table.
    pub numbers: Option<ChartNumbers>,
    /// Where it is to be had as a picture, as SVG and as PNG; none where there is nothing to see.
    pub files: Option<[String; 2]>,
}

pub(in crate::pages) struct ChartNumbers {
    pub heads: Vec<String>,
    /// Name, where more of it is, and the cells beside it.
    pub rows: Vec<(String, Option<String>, Vec<String>)>,
}

/// Draws a page with charts beside the others' requests: it takes some tens of milliseconds.
pub(super) async fn draw(
    page: impl FnOnce() -> Result<askama::Result<String>, ChartError> + Send + 'static,
) -> PageResult<askama::Result<String>> {
    let drawn = language::spawn_blocking(page).await.map_err(|_| PageError::Interrupted)?;
    drawn.map_err(|error| PageError::Report(ReportFault::Document(error.into())))
}

/// Where a chart of the page is to be had as a picture, where there is something to see.
pub(super) fn files(shown: &Shown, kind: ChartKind) -> Option<[String; 2]> {
    let rated = shown.figures.ratings.total > 0;
    rated.then(|| PictureForm::ALL.map(|form| shown.view.at(&kind.path(form), &shown.place)))
}

/// The course of the period. Its points: their days, ratings and share.
pub(super) fn trend(shown: &Shown) -> Result<Chart, ChartError> {
    let (figures, texts, numbers) = (shown.figures, shown.view.texts, shown.numbers());
    let trend = Trend::of(figures);
    let row = |bucket: &Bucket| {
        let cells = vec![numbers.count(bucket.total), numbers.percent(bucket.share)];
        (numbers.dates(bucket.from, bucket.to), None, cells)
    };
    let keys = ["dashboards-column-days", "pages-column-total", "pages-column-satisfied"];
    Ok(Chart {
        wide: charts::trend_of(&trend, figures, texts, Size::WIDE)?,
        narrow: charts::trend_of(&trend, figures, texts, Size::PHONE)?,
        caption: charts::trend_caption_of(&trend, figures, texts),
        numbers: (!trend.buckets.is_empty()).then(|| ChartNumbers {
            heads: shown.sentences(&keys),
            rows: trend.buckets.iter().map(row).collect(),
        }),
        files: files(shown, ChartKind::Trend),
    })
}

/// The levels; each number leads to the visits it is made of.
pub(super) fn levels(shown: &Shown) -> Result<Chart, ChartError> {
    let (figures, texts) = (shown.figures, shown.view.texts);
    let row = |(name, count): (&str, u64)| {
        let link = shown.counted(&format!("&level={name}")).filter(|_| count > 0);
        (texts.get(&format!("level-{name}")), link, vec![shown.numbers().count(count)])
    };
    Ok(Chart {
        wide: charts::levels(figures, texts, Size::CARD)?,
        narrow: charts::levels(figures, texts, Size::PHONE)?,
        caption: charts::levels_caption(figures, texts),
        numbers: Some(ChartNumbers {
            heads: shown.sentences(&["report-head-level", "pages-column-total"]),
            rows: figures.ratings.levels.named().map(row).into(),
        }),
        files: files(shown, ChartKind::Levels),
    })
}
