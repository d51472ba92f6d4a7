//! Charts of the overview that depend on who looks and at which part of the house.

use crate::pages::overview::Chart;
use locales::Texts;
use reports::charts::{self, ChartError, Size, Trend};
use reports::figures::Figures;
use reports::masks::{Cell, masked};
use reports::numbers::Numbers;

/// The course of the period; of a part only what points at nobody.
pub(in crate::pages) fn trend(
    figures: &Figures,
    part: bool,
    texts: &Texts,
) -> Result<Option<Chart>, ChartError> {
    let trend = if part { Trend::of_part(figures) } else { Some(Trend::of(figures)) };
    let Some(trend) = trend else { return Ok(None) };
    let draw = |size| charts::trend_of(&trend, figures, texts, size);
    let (wide, narrow) = (draw(Size::WIDE)?, draw(Size::PHONE)?);
    Ok(Some(Chart { wide, narrow, caption: charts::trend_caption_of(&trend, figures, texts) }))
}

/// The counts of the levels for those who can not see the chart.
pub(in crate::pages) fn level_rows(figures: &Figures, texts: &Texts) -> Vec<[String; 2]> {
    let named = figures.ratings.levels.named();
    let cells = masked(named.map(|(_, count)| count));
    let row = |((name, _), cell): ((&str, u64), Cell)| {
        [texts.get(&format!("level-{name}")), cell.written(Numbers::of(texts))]
    };
    named.into_iter().zip(cells).map(row).collect()
}
