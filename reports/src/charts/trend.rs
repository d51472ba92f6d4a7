//! The satisfied share over time with its control limits, so that a reader sees at once which days
//! stand out of chance. Limits are those of a binomial p-chart: p ± 3·√(p(1 − p)/n), n being the
//! ratings of the day (Montgomery, Introduction to Statistical Quality Control, 7.2).

use super::axis::Shares;
use super::canvas::{Canvas, Type, about_width, draw, notice, pixel};
use super::{ChartError, Size, palette};
use crate::figures::{Figures, SHOWN_FROM};
use crate::numbers::Numbers;
use jiff::ToSpan;
use jiff::civil::Date;
use locales::Texts;

/// Longest period, in days, that is drawn day by day; two months are about 44 working days, and
/// more points would run into one another on a phone.
const BY_DAY_UP_TO: i32 = 62;

/// Room at the left for the marks of the upright axis, in pixels.
const LEFT: i32 = 56;
/// Room at the right.
const RIGHT: i32 = 18;
/// Room above.
const TOP: i32 = 14;
/// Room below, for the days.
const BOTTOM: i32 = 30;

/// Most points outside the limits that get their day written beside them.
const TOLD: usize = 3;

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
}

impl Trend {
    /// The course of the period of `figures`.
    pub fn of(figures: &Figures) -> Self {
        let (first, last) = (figures.period.from, figures.period.to);
        let step = if days_between(first, last) < BY_DAY_UP_TO { Step::Day } else { Step::Week };
        let mut sums: Vec<(Date, u64, u64)> = Vec::new();
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
        let (total, satisfied) =
            sums.iter().fold((0, 0), |all, sum| (all.0 + sum.1, all.1 + sum.2));
        let mean = if total == 0 { 0.0 } else { satisfied as f64 / total as f64 };
        let left_out = sums.iter().filter(|sum| sum.1 < SHOWN_FROM).count();
        let shown = sums.into_iter().filter(|sum| sum.1 >= SHOWN_FROM);
        let buckets = shown.map(|(from, total, satisfied)| {
            let three_sigma = 3.0 * (mean * (1.0 - mean) / total as f64).sqrt();
            let (low, high) = ((mean - three_sigma).max(0.0), (mean + three_sigma).min(1.0));
            Bucket { from, total, share: satisfied as f64 / total as f64, low, high }
        });
        Self { step, mean, buckets: buckets.collect(), left_out }
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

/// The satisfied share by day, or by week when the period is longer than 62 days.
pub fn trend(figures: &Figures, texts: &Texts, size: Size) -> Result<String, ChartError> {
    let (width, height) = size.bounded();
    let title = trend_caption(figures, texts);
    let trend = Trend::of(figures);
    if trend.buckets.is_empty() {
        let key = if trend.left_out == 0 { "chart-empty" } else { "chart-too-few" };
        return notice((width, height), &title, &texts.get(key));
    }
    let plot = Plot {
        left: LEFT,
        right: pixel(f64::from(width)) - RIGHT,
        top: TOP,
        bottom: pixel(f64::from(height)) - BOTTOM,
        first: figures.period.from,
        days: days_between(figures.period.from, figures.period.to),
        axis: trend.axis(),
        numbers: Numbers::of(texts),
    };
    draw((width, height), &title, |canvas| {
        plot.band(canvas, &trend)?;
        plot.share_axis(canvas)?;
        plot.time_axis(canvas, &trend)?;
        plot.course(canvas, &trend)
    })
}

/// What the chart shows: what a point is, the band, the number of ratings, where the axis starts
/// and what was left out.
pub fn trend_caption(figures: &Figures, texts: &Texts) -> String {
    let (trend, numbers) = (Trend::of(figures), Numbers::of(texts));
    let key = match trend.step {
        Step::Day => "chart-trend-day",
        Step::Week => "chart-trend-week",
    };
    let total = numbers.count(figures.ratings.total);
    let mut caption = texts.with(key, &[("total", &total)]);
    if !trend.buckets.is_empty() {
        let (mean, low) = (numbers.percent(trend.mean), numbers.percent_mark(trend.axis().low));
        let limits = texts.with("chart-trend-limits", &[("mean", &mean), ("low", &low)]);
        caption = format!("{caption} {limits}");
    }
    caption
}

/// Where days and shares lie in the picture.
struct Plot<'t> {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    first: Date,
    days: i32,
    axis: Shares,
    numbers: Numbers<'t>,
}

impl Plot<'_> {
    /// Pixels from the left; a single day stands in the middle.
    fn x(&self, date: Date) -> i32 {
        let width = f64::from(self.right - self.left);
        if self.days <= 0 {
            return self.left + pixel(width / 2.0);
        }
        let place = f64::from(days_between(self.first, date)) / f64::from(self.days);
        self.left + pixel(width * place.clamp(0.0, 1.0))
    }

    fn y(&self, share: f64) -> i32 {
        self.bottom - pixel(f64::from(self.bottom - self.top) * self.axis.place(share))
    }

    fn share_axis(&self, canvas: &Canvas<'_>) -> Result<(), ChartError> {
        let type_ = Type::new(12.0, palette::QUIET).ending();
        for mark in self.axis.marks() {
            let y = self.y(mark);
            canvas.line(vec![(self.left, y), (self.right, y)], palette::LINE, 1)?;
            canvas.text(&self.numbers.percent_mark(mark), (self.left - 8, y), type_)?;
        }
        Ok(())
    }

    fn time_axis(&self, canvas: &Canvas<'_>, trend: &Trend) -> Result<(), ChartError> {
        let marks = match trend.step {
            Step::Day => self.days_marked(),
            Step::Week => self.months_marked(),
        };
        let type_ = Type::new(12.0, palette::QUIET).centred();
        // Every n-th mark, so that labels keep clear of one another and stand evenly.
        let widest = marks.iter().map(|(_, label)| about_width(label, type_.size));
        let needed = widest.fold(0.0, f64::max) + 14.0;
        let width = f64::from(self.right - self.left);
        let fits = pixel((width / needed).floor().max(1.0)).unsigned_abs() as usize;
        let stride = marks.len().saturating_sub(1).div_ceil(fits).max(1);
        for (date, label) in marks.into_iter().step_by(stride) {
            let (x, half) = (self.x(date), pixel(about_width(&label, type_.size) / 2.0));
            canvas.line(vec![(x, self.bottom), (x, self.bottom + 4)], palette::UNRANKED, 1)?;
            canvas.text(&label, (x.min(self.right + RIGHT - half), self.bottom + 17), type_)?;
        }
        Ok(())
    }

    fn days_marked(&self) -> Vec<(Date, String)> {
        let days = (0..=self.days.max(0)).map(|day| self.first.saturating_add(day.days()));
        days.map(|date| (date, self.numbers.day(date))).collect()
    }

    /// The first day of each month; months of several years are told with their year.
    fn months_marked(&self) -> Vec<(Date, String)> {
        let last = self.first.saturating_add(self.days.days());
        let years = last.year() != self.first.year();
        let first = self.first.first_of_month();
        let months = (0..=self.days / 28).map(|month| first.saturating_add(month.months()));
        let within = months.filter(|month| *month >= self.first && *month <= last);
        within
            .map(|month| {
                let name = self.numbers.month_short(month);
                let label = if years { format!("{name}/{}", month.year()) } else { name };
                (month, label)
            })
            .collect()
    }

    /// The band of the control limits and the centre line; a lone point gets a short band.
    fn band(&self, canvas: &Canvas<'_>, trend: &Trend) -> Result<(), ChartError> {
        let upper = trend.buckets.iter().map(|bucket| (self.x(bucket.from), self.y(bucket.high)));
        let lower = trend.buckets.iter().map(|bucket| (self.x(bucket.from), self.y(bucket.low)));
        if let [only] = trend.buckets.as_slice() {
            let x = self.x(only.from);
            let corners = [(x - 10, self.y(only.high)), (x + 10, self.y(only.low))];
            canvas.bar(corners, palette::BAND)?;
        } else {
            canvas.shape(upper.chain(lower.rev()).collect(), palette::BAND)?;
        }
        let mean = self.y(trend.mean);
        canvas.line(vec![(self.left, mean), (self.right, mean)], palette::UNRANKED, 1)
    }

    /// The line of shares, a dot for each where they have room, and red dots outside the limits.
    fn course(&self, canvas: &Canvas<'_>, trend: &Trend) -> Result<(), ChartError> {
        let at = |bucket: &Bucket| (self.x(bucket.from), self.y(bucket.share));
        let [good, .., bad] = palette::LEVELS;
        if trend.buckets.len() > 1 {
            canvas.line(trend.buckets.iter().map(at).collect(), good, 2)?;
        }
        for bucket in &trend.buckets {
            canvas.dot(at(bucket), 3, good)?;
        }
        let mut outside: Vec<_> = trend.outside().collect();
        for bucket in &outside {
            canvas.dot(at(bucket), 5, bad)?;
        }
        // The lowest are told first; a label that would cover another is left out.
        outside.sort_by(|a, b| a.share.total_cmp(&b.share));
        let mut told: Vec<i32> = Vec::new();
        for bucket in outside {
            let label = format!(
                "{}: {}",
                self.numbers.day(bucket.from),
                self.numbers.percent(bucket.share)
            );
            let type_ = Type::new(12.0, bad);
            let (half, (x, y)) = (pixel(about_width(&label, type_.size) / 2.0), at(bucket));
            let centre = x.clamp(self.left + half, (self.right - half).max(self.left + half));
            if told.len() == TOLD || told.iter().any(|other| (other - centre).abs() < 2 * half + 8)
            {
                continue;
            }
            let below = if y + 16 < self.bottom { y + 15 } else { y - 15 };
            canvas.text(&label, (centre, below), type_.centred())?;
            told.push(centre);
        }
        Ok(())
    }
}

/// Days from `first` to `last`, negative when `last` is earlier.
fn days_between(first: Date, last: Date) -> i32 {
    i32::try_from(first.duration_until(last).as_hours() / 24).unwrap_or(0)
}
