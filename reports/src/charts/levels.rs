//! The five levels as horizontal bars, each with its word, count and percent, so that nobody has to
//! tell them apart by colour. A bar's length is its share of all ratings.

use super::canvas::{Type, draw, notice, pixel};
use super::{ChartError, Size, palette};
use crate::figures::Figures;
use crate::numbers::Numbers;
use locales::Texts;

/// Left and right of the picture stay this empty, in pixels.
const MARGIN: i32 = 4;

/// Height of a bar in pixels.
const BAR: i32 = 11;

/// Least width in pixels of the bar of a level that has ratings, so that a few are still visible.
const NARROWEST: f64 = 3.0;

/// Bars of the ratings at each level.
pub fn levels(figures: &Figures, texts: &Texts, size: Size) -> Result<String, ChartError> {
    let (width, height) = size.bounded();
    let title = levels_caption(figures, texts);
    let numbers = Numbers::of(texts);
    let total = figures.ratings.total;
    if total == 0 {
        return notice((width, height), &title, &texts.get("chart-empty"));
    }
    let named = figures.ratings.levels.named();
    let shares = numbers.parts(named.map(|(_, count)| count));
    let (left, right) = (MARGIN, pixel(f64::from(width)) - MARGIN);
    draw((width, height), &title, |canvas| {
        for (row, ((name, count), share)) in named.into_iter().zip(&shares).enumerate() {
            let (Some(colour), row) = (palette::LEVELS.get(row), row as f64) else { continue };
            let top = pixel(f64::from(height) * row / 5.0);
            let next = pixel(f64::from(height) * (row + 1.0) / 5.0);
            let bar = i32::midpoint(top, next) + 1;
            let quiet = Type::new(13.0, palette::QUIET).ending();
            let text = Type::new(14.0, palette::TEXT);
            canvas.text(&texts.get(&format!("level-{name}")), (left, bar - 10), text)?;
            let written = numbers.count(count);
            let places = [("count", &*written), ("share", share)];
            let both = texts.with("chart-count-share", &places);
            canvas.text(&both, (right, bar - 10), quiet)?;
            canvas.bar([(left, bar), (right, bar + BAR)], palette::BAND)?;
            let length = bar_length(count, total, f64::from(right - left));
            if length > 0.0 {
                canvas.bar([(left, bar), (left + pixel(length), bar + BAR)], *colour)?;
            }
        }
        Ok(())
    })
}

/// What the chart shows, with its number of ratings.
pub fn levels_caption(figures: &Figures, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    texts.with("chart-levels", &[("total", &numbers.count(figures.ratings.total))])
}

/// Length of a bar in pixels of `width`.
fn bar_length(count: u64, total: u64, width: f64) -> f64 {
    if count == 0 {
        return 0.0;
    }
    (width * (count as f64 / total as f64).clamp(0.0, 1.0)).max(NARROWEST)
}
