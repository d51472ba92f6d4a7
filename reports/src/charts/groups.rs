//! The satisfied share of each department (or officer, or counter) as a dot on its 95 % interval,
//! so that nobody ranks what chance alone can explain. Groups with too few ratings stand in grey
//! without a dot and are not ranked.

use super::axis::Shares;
use super::canvas::{Canvas, Type, about_width, cut, draw, notice, pixel};
use super::{ChartError, Size, palette};
use crate::figures::{Figures, Group, RANKED_FROM, Ratings};
use crate::numbers::Numbers;
use locales::Texts;
use plotters::style::RGBColor;

/// Most groups in one picture; a province has about twenty departments.
const SHOWN: usize = 40;

/// Size of names and numbers in pixels.
const LETTERS: f64 = 13.0;

/// Room above the rows for the heads of the columns, and below them for the marks, in pixels.
const HEAD: i32 = 26;
/// Room below the rows, in pixels.
const FOOT: i32 = 26;

/// From the top of a narrow row to its interval, in pixels.
const NARROW_LINE: i32 = 30;

/// Widths of the columns of counts and of shares, in pixels.
const COUNTS: i32 = 62;
/// Width of the column of shares.
const SHARES: i32 = 88;

/// The departments of `figures`. The picture is as high as its rows need.
pub fn groups(figures: &Figures, texts: &Texts, size: Size) -> Result<String, ChartError> {
    let title = groups_caption(figures, texts);
    groups_of(&figures.departments, &figures.ratings, &title, texts, size)
}

/// Any groups, such as officers or counters, beside the ratings of the whole centre; `title` is
/// said to those who can not see the picture.
pub fn groups_of(
    groups: &[Group],
    whole: &Ratings,
    title: &str,
    texts: &Texts,
    size: Size,
) -> Result<String, ChartError> {
    let numbers = Numbers::of(texts);
    if whole.total == 0 || groups.is_empty() {
        return notice(size.bounded(), title, &texts.get("chart-empty"));
    }
    let (width, height) = size.bounded();
    let listed = groups.len().min(SHOWN);
    let more = groups.len() - listed;
    let rows = i32::try_from(listed + usize::from(more > 0)).unwrap_or(0);
    let row = row_height(size, rows);
    let needed = u32::try_from(HEAD + rows * row + FOOT).unwrap_or(height);
    let right = pixel(f64::from(width)) - 4;
    let widest = groups.iter().map(|group| about_width(&group.name, LETTERS)).fold(0.0, f64::max);
    let names = pixel(widest.min(f64::from(width) * 0.46));
    let plot =
        if size.is_narrow() { (8, right - 4) } else { (names + 20, right - COUNTS - SHARES - 8) };
    let sheet = Sheet {
        narrow: size.is_narrow(),
        names,
        plot,
        right,
        row,
        bottom: HEAD + rows * row,
        axis: axis(&groups[..listed], whole),
        numbers,
        texts,
    };
    draw((width, needed), title, |canvas| {
        sheet.scale(canvas, whole)?;
        for (group, place) in groups[..listed].iter().zip(0..) {
            sheet.group(canvas, group, HEAD + place * row)?;
        }
        if more > 0 {
            let more = sheet.texts.with("chart-groups-more", &[("count", &more.to_string())]);
            let quiet = Type::new(LETTERS, palette::QUIET);
            canvas.text(&more, (4, sheet.bottom - row / 2), quiet)?;
        }
        Ok(())
    })
}

/// What the chart shows, with the share of the whole centre and its number of ratings.
pub fn groups_caption(figures: &Figures, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let total = numbers.count(figures.ratings.total);
    let caption = texts.with("chart-groups", &[("total", &total)]);
    let Some(share) = figures.ratings.satisfied.share else { return caption };
    let line = texts.with("chart-groups-line", &[("share", &numbers.percent(share))]);
    format!("{caption}. {line}")
}

/// The interval of a group's share.
fn ends(group: &Group) -> Option<(f64, f64)> {
    group.ratings.satisfied.low.zip(group.ratings.satisfied.high)
}

/// Height of a row in pixels: a share of the height that is wished for, within what reads well.
fn row_height(size: Size, rows: i32) -> i32 {
    if size.is_narrow() {
        return 42;
    }
    let height = i32::try_from(size.bounded().1).unwrap_or(0);
    ((height - HEAD - FOOT) / rows.max(1)).clamp(21, 28)
}

/// Shows every ranked group's whole interval; without any, those of all groups.
fn axis(groups: &[Group], whole: &Ratings) -> Shares {
    let low = |group: &Group| ends(group).map(|(low, _)| low);
    let ranked: Vec<_> = groups.iter().filter(|group| group.is_ranked()).filter_map(low).collect();
    if ranked.is_empty() {
        return Shares::showing(groups.iter().filter_map(low));
    }
    Shares::showing(ranked.into_iter().chain(whole.satisfied.share))
}

/// Where the columns and rows lie in the picture.
struct Sheet<'t> {
    narrow: bool,
    names: i32,
    plot: (i32, i32),
    right: i32,
    row: i32,
    bottom: i32,
    axis: Shares,
    numbers: Numbers<'t>,
    texts: &'t Texts,
}

impl Sheet<'_> {
    fn x(&self, share: f64) -> i32 {
        self.plot.0 + pixel(f64::from(self.plot.1 - self.plot.0) * self.axis.place(share))
    }

    /// Heads, marks and the line of the whole centre.
    fn scale(&self, canvas: &Canvas<'_>, whole: &Ratings) -> Result<(), ChartError> {
        let quiet = Type::new(11.5, palette::QUIET);
        let head = HEAD / 2 - 3;
        if self.narrow {
            let both = self.texts.get("chart-head-share-count");
            canvas.text(&both, (self.right, head), quiet.ending())?;
        } else {
            let (share, count) = ("chart-head-share", "chart-head-count");
            let share_end = (self.right - COUNTS, head);
            canvas.text(&self.texts.get(share), share_end, quiet.ending())?;
            canvas.text(&self.texts.get(count), (self.right, head), quiet.ending())?;
        }
        for mark in self.axis.marks() {
            let x = self.x(mark);
            self.upright(canvas, x, palette::LINE)?;
            let label = self.numbers.percent_mark(mark);
            let half = pixel(about_width(&label, quiet.size) / 2.0) + 4;
            let place = x.clamp(half, self.right - half);
            canvas.text(&label, (place, self.bottom + 14), quiet.centred())?;
        }
        match whole.satisfied.share {
            Some(share) => self.upright(canvas, self.x(share), palette::INSTITUTION),
            None => Ok(()),
        }
    }

    /// A line over all rows; where names stand above their rows it leaves them free.
    fn upright(&self, canvas: &Canvas<'_>, x: i32, colour: RGBColor) -> Result<(), ChartError> {
        if !self.narrow {
            return canvas.line(vec![(x, HEAD), (x, self.bottom)], colour, 1);
        }
        let mut top = HEAD;
        while top < self.bottom {
            let line = top + NARROW_LINE;
            canvas.line(vec![(x, line - 8), (x, line + 8)], colour, 1)?;
            top += self.row;
        }
        Ok(())
    }

    fn group(&self, canvas: &Canvas<'_>, group: &Group, top: i32) -> Result<(), ChartError> {
        let ranked = group.is_ranked();
        let words = if self.narrow { top + 12 } else { top + self.row / 2 };
        let line = if self.narrow { top + NARROW_LINE } else { words };
        let quiet = Type::new(LETTERS, palette::QUIET).ending();
        let count = self.numbers.count(group.ratings.total);
        let share = match group.ratings.satisfied.share {
            Some(share) if ranked => self.numbers.percent(share),
            _ => self.texts.with("chart-unranked", &[("from", &RANKED_FROM.to_string())]),
        };
        let figures = if self.narrow { format!("{share} · {count}") } else { String::new() };
        let room = if self.narrow {
            f64::from(self.right) - about_width(&figures, LETTERS) - 12.0
        } else {
            f64::from(self.names)
        };
        let colour = if ranked { palette::TEXT } else { palette::QUIET };
        let name = cut(&group.name, LETTERS, room.max(LETTERS));
        canvas.text(&name, (4, words), Type::new(LETTERS, colour))?;
        if self.narrow {
            canvas.text(&figures, (self.right, words), quiet)?;
        } else {
            let strong = if ranked { Type { colour, ..quiet.bold() } } else { quiet };
            canvas.text(&share, (self.right - COUNTS, words), strong)?;
            canvas.text(&count, (self.right, words), quiet)?;
        }
        self.interval(canvas, group, line)
    }

    /// The interval, with a hollow dot at the share of a ranked group.
    fn interval(&self, canvas: &Canvas<'_>, group: &Group, y: i32) -> Result<(), ChartError> {
        let Some((low, high)) = ends(group) else { return Ok(()) };
        let ranked = group.is_ranked();
        let colour = if ranked { palette::LEVELS[0] } else { palette::UNRANKED };
        canvas.line(vec![(self.x(low), y), (self.x(high), y)], colour, 4)?;
        if let Some(share) = group.ratings.satisfied.share.filter(|_| ranked) {
            canvas.dot((self.x(share), y), 6, colour)?;
            canvas.dot((self.x(share), y), 3, palette::PAPER)?;
        }
        Ok(())
    }
}
