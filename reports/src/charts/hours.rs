//! When people come, and when they leave less satisfied: hour by weekday, the darker the more
//! ratings. A red outline stands where the share lies below that of all other hours by more than
//! chance, although so many hours are looked at.

use super::canvas::{Canvas, Type, draw, notice, pixel};
use super::{ChartError, Size, palette};
use crate::figures::{Figures, Hour};
use crate::measures::lower_than_the_rest;
use crate::numbers::Numbers;
use locales::Texts;
use plotters::style::RGBColor;

/// Room at the left for the weekdays, in pixels.
const LEFT: f64 = 34.0;
/// Room below for the hours.
const BOTTOM: f64 = 24.0;
/// Between two cells.
const GAP: f64 = 4.0;
/// Narrowest column whose hour is written; below it every second one is.
const WRITTEN_FROM: f64 = 28.0;
/// Monday to Friday have a row also when nobody came.
const WORKING_DAYS: u8 = 5;
/// Hours of a week.
const HOURS: usize = 7 * 24;

/// The hours of a week.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Weekdays with a row, 1 Monday … 7 Sunday.
    pub days: Vec<u8>,
    /// Hours with a column, without gaps.
    pub hours: Vec<u8>,
    /// A row for each weekday with a slot for each hour.
    pub rows: Vec<Vec<Slot>>,
    /// The highest count.
    pub most: u64,
}

/// One hour of the week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Its ratings.
    pub count: u64,
    /// Its satisfied share lies below that of all other hours by more than chance.
    pub is_low: bool,
}

impl Week {
    /// The week of `figures`; none where no rating has an hour.
    pub fn of(figures: &Figures) -> Option<Self> {
        let place = |one: &Hour| {
            let fits = (1..=7).contains(&one.weekday) && one.hour < 24;
            fits.then(|| (usize::from(one.weekday) - 1) * 24 + usize::from(one.hour))
        };
        let mut all = [Hour::default(); HOURS];
        for one in &figures.hours {
            if let Some(slot) = place(one).and_then(|place| all.get_mut(place)) {
                *slot = Hour { satisfied: one.satisfied.min(one.ratings), ..*one };
            }
        }
        let rated = || all.iter().filter(|one| one.ratings > 0);
        let first = rated().map(|one| one.hour).min()?;
        let last = rated().map(|one| one.hour).max()?;
        let came = |day: u8| rated().any(|one| one.weekday == day);
        let days: Vec<u8> = (1..=7).filter(|day| *day <= WORKING_DAYS || came(*day)).collect();
        let hours: Vec<u8> = (first..=last).collect();
        let most = all.iter().map(|one| one.ratings).max().unwrap_or(0);
        let counts = all.map(|one| (one.satisfied, one.ratings));
        let low = lower_than_the_rest(&counts);
        let slot = |day: u8, hour: u8| {
            let place = (usize::from(day) - 1) * 24 + usize::from(hour);
            let is_low = low.get(place).copied().unwrap_or_default();
            Slot { count: counts.get(place).map_or(0, |one| one.1), is_low }
        };
        let row = |day: &u8| hours.iter().map(|hour| slot(*day, *hour)).collect();
        Some(Self { rows: days.iter().map(row).collect(), days, hours, most })
    }
}

/// The hours of the week.
pub fn hours(figures: &Figures, texts: &Texts, size: Size) -> Result<String, ChartError> {
    let size = size.bounded();
    let title = hours_caption(figures, texts);
    let Some(week) = Week::of(figures) else {
        let key = if figures.ratings.total == 0 { "chart-empty" } else { "chart-hours-none" };
        return notice(size, &title, &texts.get(key));
    };
    draw(size, &title, |canvas| Grid::of(size, &week).draw(canvas, &week, texts))
}

/// What the colours and outlines mean.
pub fn hours_caption(figures: &Figures, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let total = numbers.count(figures.ratings.total);
    let most = Week::of(figures).map_or(0, |week| week.most);
    let places = [("total", &*total), ("most", &numbers.count(most))];
    texts.with("chart-hours", &places)
}

/// Where the cells lie.
struct Grid {
    width: f64,
    height: f64,
}

impl Grid {
    fn of((width, height): (u32, u32), week: &Week) -> Self {
        let (columns, rows) = (week.hours.len().max(1) as f64, week.days.len().max(1) as f64);
        let width = (f64::from(width) - LEFT) / columns;
        Self { width, height: (f64::from(height) - BOTTOM) / rows }
    }

    /// Upper left and lower right corner.
    fn corners(&self, column: usize, row: usize) -> [(i32, i32); 2] {
        let (x, y) = (LEFT + self.width * column as f64, self.height * row as f64);
        let end = (pixel(x + self.width - GAP / 2.0), pixel(y + self.height - GAP / 2.0));
        [(pixel(x + GAP / 2.0), pixel(y + GAP / 2.0)), end]
    }

    fn draw(&self, canvas: &Canvas<'_>, week: &Week, texts: &Texts) -> Result<(), ChartError> {
        let quiet = Type::new(12.0, palette::QUIET);
        let [.., bad] = palette::LEVELS;
        for (row, (day, slots)) in week.days.iter().zip(&week.rows).enumerate() {
            let middle = pixel(self.height * (row as f64 + 0.5));
            canvas.text(&texts.get(&format!("chart-weekday-{day}")), (0, middle), quiet)?;
            for (column, slot) in slots.iter().enumerate() {
                let corners = self.corners(column, row);
                let rated = slot.count > 0;
                let colour = if rated { shade(slot.count, week.most) } else { palette::BAND };
                canvas.bar(corners, colour)?;
                if slot.is_low {
                    canvas.outline(corners, bad, 2)?;
                }
            }
        }
        let stride = if self.width < WRITTEN_FROM { 2 } else { 1 };
        let bottom = pixel(self.height * week.days.len() as f64 + BOTTOM / 2.0 + 2.0);
        for (column, hour) in week.hours.iter().enumerate().step_by(stride) {
            let x = pixel(LEFT + self.width * (column as f64 + 0.5));
            let label = texts.with("chart-hour", &[("hour", &hour.to_string())]);
            canvas.text(&label, (x, bottom), quiet.centred())?;
        }
        Ok(())
    }
}

/// The colour of so many ratings: lightest green to the green of the best level.
fn shade(count: u64, most: u64) -> RGBColor {
    let part = 0.15 + 0.7 * count as f64 / most.max(1) as f64;
    let ([good, ..], paper) = (palette::LEVELS, palette::PAPER);
    let mix = |from: u8, to: u8| {
        let value = f64::from(from) + (f64::from(to) - f64::from(from)) * part;
        u8::try_from(pixel(value)).unwrap_or(from)
    };
    RGBColor(mix(paper.0, good.0), mix(paper.1, good.1), mix(paper.2, good.2))
}
