//! The satisfied share over time with its control limits, so that a reader sees at once which days
//! stand out of chance. Limits are those of a binomial p-chart: p ± 3·√(p(1 − p)/n), n being the
//! ratings of the day (Montgomery, Introduction to Statistical Quality Control, 7.2).

use super::axis::Shares;
use super::canvas::{draw, notice};
use super::trend_part;
use super::trend_plot::Plot;
use super::{ChartError, Size};
use crate::figures::{Figures, SHOWN_FROM};
use crate::numbers::Numbers;
use jiff::ToSpan;
use jiff::civil::Date;
use locales::Texts;

/// Longest period, in days, that is drawn day by day; two months are about 44 working days, and
/// more points would run into one another on a phone.
const BY_DAY_UP_TO: i32 = 62;

/// Whether a point stands for a day or for a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// A week from Monday, or from the period's first day.
    Week,
}

/// The ratings of one day or week with at least [`SHOWN_FROM`] ratings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Its first day within the period.
    pub from: Date,
    /// Number of ratings.
    pub total: u64,
    /// Satisfied share, 0 to 1.
    pub share: f64,
    /// Lower control limit, 0 to 1.
    pub low: f64,
    /// Upper control limit, 0 to 1.
    pub high: f64,
}

impl Bucket {
    /// Whether the share lies outside the control limits.
    pub fn is_outside(&self) -> bool {
        self.share < self.low - 1e-9 || self.share > self.high + 1e-9
    }
}

/// The course of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// What a point stands for.
    pub step: Step,
    /// Satisfied share over all days, 0 to 1; the centre line.
    pub mean: f64,
    /// The points, in order.
    pub buckets: Vec<Bucket>,
    /// Days or weeks with ratings that are too few to be shown.
    pub left_out: usize,
    /// Of a part of the house: only what points at nobody, and the mean of only that.
    pub part: bool,
}

/// One day or week: its first day within the period, ratings, and satisfied ones among them.
pub(super) type Sum = (Date, u64, u64);

impl Trend {
    /// The course of the period of `figures`.
    pub fn of(figures: &Figures) -> Self {
        let (step, sums) = sums(figures);
        let left_out = sums.iter().filter(|sum| sum.1 < SHOWN_FROM).count();
        let mean = mean(&sums);
        let shown = sums.into_iter().filter(|sum| sum.1 >= SHOWN_FROM);
        Self { step, mean, buckets: buckets(shown, mean), left_out, part: false }
    }

    /// The course of a part of the house, of those steps alone whose share points at nobody; the
    /// mean is theirs too, for the part's own could be one that is not told. None where no step
    /// is left.
    pub fn of_part(figures: &Figures) -> Option<Self> {
        let (step, all) = sums(figures);
        let shown = trend_part::shown(&all);
        let (mean, left_out) = (mean(&shown), all.len() - shown.len());
        let buckets = buckets(shown.into_iter(), mean);
        (!buckets.is_empty()).then_some(Self { step, mean, buckets, left_out, part: true })
    }

    /// The points outside the control limits, in order.
    pub fn outside(&self) -> impl Iterator<Item = &Bucket> {
        self.buckets.iter().filter(|bucket| bucket.is_outside())
    }

    fn axis(&self) -> Shares {
        let lowest = self.buckets.iter().flat_map(|bucket| [bucket.share, bucket.low]);
        Shares::showing(lowest)
    }
}

/// The days or weeks of a period that have ratings.
fn sums(figures: &Figures) -> (Step, Vec<Sum>) {
    let (first, last) = (figures.period.from, figures.period.to);
    let step = if days_between(first, last) < BY_DAY_UP_TO { Step::Day } else { Step::Week };
    let mut sums: Vec<Sum> = Vec::new();
    for day in figures.days.iter().filter(|day| day.total > 0) {
        let monday = i32::from(day.date.weekday().to_monday_zero_offset());
        let from = match step {
            Step::Day => day.date,
            Step::Week => day.date.saturating_sub(monday.days()).max(first),
        };
        let satisfied = day.satisfied.min(day.total);
        match sums.last_mut().filter(|sum| sum.0 == from) {
            Some(sum) => (sum.1, sum.2) = (sum.1 + day.total, sum.2 + satisfied),
            None => sums.push((from, day.total, satisfied)),
        }
    }
    (step, sums)
}

fn mean(sums: &[Sum]) -> f64 {
    let (total, satisfied) = sums.iter().fold((0, 0), |all, sum| (all.0 + sum.1, all.1 + sum.2));
    if total == 0 { 0.0 } else { satisfied as f64 / total as f64 }
}

fn buckets(sums: impl Iterator<Item = Sum>, mean: f64) -> Vec<Bucket> {
    let bucket = |(from, total, satisfied): Sum| {
        let three_sigma = 3.0 * (mean * (1.0 - mean) / total as f64).sqrt();
        let (low, high) = ((mean - three_sigma).max(0.0), (mean + three_sigma).min(1.0));
        Bucket { from, total, share: satisfied as f64 / total as f64, low, high }
    };
    sums.map(bucket).collect()
}

/// The satisfied share by day, or by week when the period is longer than 62 days.
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
        let key = if trend.left_out == 0 { "chart-empty" } else { "chart-too-few" };
        return notice((width, height), &title, &texts.get(key));
    }
    let plot = Plot::new((width, height), &figures.period, trend.axis(), Numbers::of(texts));
    draw((width, height), &title, |canvas| plot.draw(canvas, trend))
}

/// What the chart shows: what a point is, the band, the number of ratings, where the axis starts
/// and what was left out.
pub fn trend_caption(figures: &Figures, texts: &Texts) -> String {
    trend_caption_of(&Trend::of(figures), figures, texts)
}

/// The same of a course that was worked out before.
pub fn trend_caption_of(trend: &Trend, figures: &Figures, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let key = match trend.step {
        Step::Day => "chart-trend-day",
        Step::Week => "chart-trend-week",
    };
    let total = numbers.cell(figures.ratings.total);
    let mut caption = texts.with(key, &[("total", &total)]);
    if !trend.buckets.is_empty() {
        let (mean, low) = (numbers.percent(trend.mean), numbers.percent_mark(trend.axis().low));
        let key = if trend.part { "chart-trend-part" } else { "chart-trend-limits" };
        let limits = texts.with(key, &[("mean", &mean), ("low", &low)]);
        caption = format!("{caption} {limits}");
    }
    caption
}

/// Days from `first` to `last`, negative when `last` is earlier.
pub(super) fn days_between(first: Date, last: Date) -> i32 {
    i32::try_from(first.duration_until(last).as_hours() / 24).unwrap_or(0)
}
