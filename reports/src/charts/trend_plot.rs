//! The picture of a period's course: the band of the limits, both axes, the line of shares
//! and the red dots outside the limits.

use super::axis::Shares;
use super::canvas::{Canvas, Type, about_width, pixel};
use super::trend::days_between;
use super::{ChartError, palette};
use crate::figures::Period;
use crate::measures::{Bucket, Step, Trend};
use crate::numbers::Numbers;
use jiff::ToSpan;
use jiff::civil::Date;

/// Room at the left for the marks of the upright axis, in pixels.
const LEFT: i32 = 56;
/// Room at the right.
const RIGHT: i32 = 18;
/// Room above.
const TOP: i32 = 14;
/// Room below, for the days.
const BOTTOM: i32 = 30;

/// Most points outside the limits that get their days written beside them.
const TOLD: usize = 3;

/// Size of what is written beside a point, and the room it needs above and below its middle.
const LABEL: f64 = 12.0;
/// Half of the height of a label.
const LABEL_HALF: i32 = 8;

/// Where days and shares lie in the picture.
pub(super) struct Plot<'t> {
    left: i32,
    right: i32,
    top: i32,
    bottom: i32,
    first: Date,
    days: i32,
    axis: Shares,
    numbers: Numbers<'t>,
}

impl<'t> Plot<'t> {
    /// A plot of a period on a picture of so many pixels.
    pub fn new(
        (width, height): (u32, u32),
        period: &Period,
        axis: Shares,
        numbers: Numbers<'t>,
    ) -> Self {
        Self {
            left: LEFT,
            right: pixel(f64::from(width)) - RIGHT,
            top: TOP,
            bottom: pixel(f64::from(height)) - BOTTOM,
            first: period.from,
            days: days_between(period.from, period.to),
            axis,
            numbers,
        }
    }

    /// Draws the band, the axes and the course on top of them.
    pub fn draw(&self, canvas: &Canvas<'_>, trend: &Trend) -> Result<(), ChartError> {
        self.band(canvas, trend)?;
        self.share_axis(canvas)?;
        self.time_axis(canvas, trend)?;
        self.course(canvas, trend)
    }

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
            Step::Week | Step::Month => self.months_marked(),
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

    /// The band of the limits and the centre line; a lone point gets a short band.
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
        let lines = self.lines(trend);
        let mut told: Vec<Place> = Vec::new();
        for bucket in outside {
            if told.len() == TOLD {
                break;
            }
            let days = self.numbers.days(bucket.from, bucket.to);
            let label = format!("{days}: {}", self.numbers.percent(bucket.share));
            let Some(place) = self.place(&label, at(bucket), &lines, &told) else { continue };
            // Where every place is crossed by a line, the label stands on paper of its own.
            if place.is_crossed(&lines) {
                canvas.bar(place.corners(), palette::PAPER)?;
            }
            canvas.text(&label, (place.x, place.y), Type::new(LABEL, bad).centred())?;
            told.push(place);
        }
        Ok(())
    }

    /// The lines that a label should not stand on: those between the points, and the centre line.
    fn lines(&self, trend: &Trend) -> Vec<Segment> {
        let at = |bucket: &Bucket| (self.x(bucket.from), self.y(bucket.share));
        let mean = self.y(trend.mean);
        let pairs = trend.buckets.windows(2).filter_map(|pair| match pair {
            [one, other] => Some((at(one), at(other))),
            _ => None,
        });
        pairs.chain([((self.left, mean), (self.right, mean))]).collect()
    }

    /// Where a label stands beside its point: below, above, at the left or at the right, the first of
    /// them that no line crosses; where each is crossed, the first. None where only other labels are.
    fn place(
        &self,
        label: &str,
        (x, y): (i32, i32),
        lines: &[Segment],
        told: &[Place],
    ) -> Option<Place> {
        let half = pixel(about_width(label, LABEL) / 2.0);
        let centre = x.clamp(self.left + half, (self.right - half).max(self.left + half));
        let beside = y.clamp(self.top + LABEL_HALF, self.bottom - LABEL_HALF - 2);
        let (left, right) = ((x - half - 10, beside), (x + half + 10, beside));
        let places = [(centre, y + 15), (centre, y - 15), left, right];
        let inside = |place: &Place| {
            let [(left, top), (right, bottom)] = place.corners();
            left >= self.left && right <= self.right + RIGHT && top >= 0 && bottom <= self.bottom
        };
        let free = |place: &Place| !told.iter().any(|other| place.covers(other));
        let places = places.map(|(x, y)| Place { x, y, half });
        let places: Vec<Place> =
            places.into_iter().filter(|place| inside(place) && free(place)).collect();
        let uncrossed = places.iter().find(|place| !place.is_crossed(lines));
        uncrossed.or(places.first()).copied()
    }
}

/// A straight line between two points, the first at the left.
type Segment = ((i32, i32), (i32, i32));

/// Where a label stands: its middle, and half of its width.
#[derive(Clone, Copy)]
struct Place {
    x: i32,
    y: i32,
    half: i32,
}

impl Place {
    /// Upper left and lower right corner.
    fn corners(self) -> [(i32, i32); 2] {
        let Self { x, y, half } = self;
        [(x - half, y - LABEL_HALF), (x + half, y + LABEL_HALF)]
    }

    /// Whether another label would touch it.
    fn covers(self, other: &Self) -> bool {
        (self.x - other.x).abs() < self.half + other.half + 8
            && (self.y - other.y).abs() < 2 * LABEL_HALF
    }

    /// Whether any of some lines goes through it.
    fn is_crossed(self, lines: &[Segment]) -> bool {
        let [(left, top), (right, bottom)] = self.corners();
        lines.iter().any(|&((x1, y1), (x2, y2))| {
            let (first, last) = (left.max(x1), right.min(x2));
            if first > last {
                return false;
            }
            let height = |x: i32| {
                let along = f64::from(x - x1) / f64::from((x2 - x1).max(1));
                y1 + pixel(f64::from(y2 - y1) * along)
            };
            // A line that goes straight up has one place for all its heights.
            let (one, other) = if x1 == x2 { (y1, y2) } else { (height(first), height(last)) };
            one.min(other) <= bottom && one.max(other) >= top
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_a_label_is_seen_and_one_beside_it_is_not() {
        let place = Place { x: 100, y: 50, half: 40 };
        for (line, crossed) in [
            (((0, 0), (200, 100)), true),
            (((0, 0), (200, 20)), false),
            (((0, 50), (59, 50)), false),
            (((0, 50), (60, 50)), true),
            (((100, 0), (100, 200)), true),
            (((100, 0), (100, 41)), false),
            // Steep lines that come down at the right of it: within its width, and beyond.
            (((138, 0), (150, 400)), true),
            (((141, 0), (150, 400)), false),
        ] {
            assert_eq!(place.is_crossed(&[line]), crossed, "{line:?}");
        }
        assert!(place.covers(&Place { x: 177, y: 55, half: 30 }), "less than 8 pixels apart");
        assert!(!place.covers(&Place { x: 177, y: 80, half: 30 }));
    }
}
