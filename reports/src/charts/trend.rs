//! The satisfied share over time with its limits, so that a reader sees at once which days, weeks or
//! months stand out. What the points and the limits are says `measures::Trend`.

use super::axis::Shares;
use super::canvas::{draw, notice};
use super::trend_plot::Plot;
use super::{ChartError, Size};
use crate::figures::Figures;
use crate::measures::{ENOUGH, Step, Trend};
use crate::numbers::Numbers;
use jiff::civil::Date;
use locales::Texts;

/// The course of a period.
pub fn trend(figures: &Figures, texts: &Texts, size: Size) -> Result<String, ChartError> {
    trend_of(&Trend::of(figures), figures, texts, size)
}

/// A course that was worked out before.
pub fn trend_of(
    trend: &Trend,
    figures: &Figures,
    texts: &Texts,
    size: Size,
) -> Result<String, ChartError> {
    let (width, height) = size.bounded();
    let title = trend_caption_of(trend, figures, texts);
    if trend.buckets.is_empty() {
        let key = if figures.ratings.total == 0 { "chart-empty" } else { "chart-too-few" };
        let sentence = texts.with(key, &[("from", &ENOUGH.to_string())]);
        return notice((width, height), &title, &sentence);
    }
    let plot = Plot::new((width, height), &figures.period, axis(trend), Numbers::of(texts));
    draw((width, height), &title, |canvas| plot.draw(canvas, trend))
}

/// What the chart shows: what a point is, the band, the number of ratings, the red points where there
/// are some, where the axis starts and what was joined.
pub fn trend_caption(figures: &Figures, texts: &Texts) -> String {
    trend_caption_of(&Trend::of(figures), figures, texts)
}

/// The same of a course that was worked out before.
pub fn trend_caption_of(trend: &Trend, figures: &Figures, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let step = step_word(trend.step);
    let total = numbers.count(figures.ratings.total);
    let mut parts = vec![texts.with(&format!("chart-trend-{step}"), &[("total", &total)])];
    if !trend.buckets.is_empty() {
        let (mean, low) = (numbers.percent(trend.mean), numbers.percent_mark(axis(trend).low));
        parts.push(texts.with("chart-trend-limits", &[("mean", &mean)]));
        if trend.outside().next().is_some() {
            parts.push(texts.get("chart-trend-outside"));
        }
        parts.push(texts.with("chart-trend-axis", &[("low", &low)]));
    }
    if trend.joined > 0 {
        let (count, from) = (trend.joined.to_string(), ENOUGH.to_string());
        let places = [("count", &*count), ("from", &from)];
        parts.push(texts.with(&format!("chart-trend-joined-{step}"), &places));
    }
    parts.join(". ")
}

/// The end of the key of a step's sentences.
pub(crate) fn step_word(step: Step) -> &'static str {
    match step {
        Step::Day => "day",
        Step::Week => "week",
        Step::Month => "month",
    }
}

/// The axis that shows every point and the lower limit of each.
fn axis(trend: &Trend) -> Shares {
    Shares::showing(trend.buckets.iter().flat_map(|bucket| [bucket.share, bucket.low]))
}

/// Days from `first` to `last`, negative when `last` is earlier.
pub(super) fn days_between(first: Date, last: Date) -> i32 {
    i32::try_from(first.duration_until(last).as_hours() / 24).unwrap_or(0)
}
