//! The satisfied share of each department (or officer, or counter) as a dot on its 95 % interval,
//! so that nobody ranks what chance alone can explain. Groups with too few ratings stand in grey
//! without a dot and are not ranked.

use super::axis::Shares;
use super::canvas::{Canvas, Type, about_width, cut, draw, notice, pixel};
use super::frame::wrapped;
use super::{ChartError, Size, palette};
use crate::figures::{Figures, Group, RANKED_FROM, Ratings};
use crate::numbers::Numbers;
use locales::Texts;
use plotters::style::RGBColor;

/// Most groups in one picture; a province has about twenty departments.
const SHOWN: usize = 30;

/// Size of names and numbers in pixels.
const LETTERS: f64 = 13.0;

/// Room above the rows for the heads of the columns, and below them for the marks, in pixels.
const HEAD: i32 = 26;
/// Room below the rows, in pixels.
const FOOT: i32 = 26;

/// Height of a narrow row in pixels, where names have one line.
const NARROW_ROW: i32 = 42;
/// From the top of such a row to its interval, in pixels.
const NARROW_LINE: i32 = 30;
/// From the middle of a name's first line to that of its second, in pixels.
const NEXT_LINE: i32 = 16;

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
    let right = pixel(f64::from(width)) - 4;
    let widest = groups.iter().map(|group| about_width(&group.name, LETTERS)).fold(0.0, f64::max);
    // Rounded up: the widest name needs all of its width.
    let names = pixel(widest.min(f64::from(width) * 0.46).ceil());
    let narrow = size.is_narrow();
    let label = |group: &Group| Label::of(group, narrow, (names, right), texts);
    let labels: Vec<Label> = groups[..listed].iter().map(label).collect();
    let second = if labels.iter().any(|one| one.name.len() > 1) { NEXT_LINE } else { 0 };
    let row = row_height(size, rows, second);
    let needed = u32::try_from(HEAD + rows * row + FOOT).unwrap_or(height);
    let plot = if narrow { (8, right - 4) } else { (names + 20, right - COUNTS - SHARES - 8) };
    let sheet = Sheet {
        narrow,
        line: NARROW_LINE + second,
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
        for ((group, label), place) in groups.iter().zip(&labels).zip(0..) {
            sheet.group(canvas, group, label, HEAD + place * row)?;
        }
        if more > 0 {
            let more = sheet.texts.with("chart-groups-more", &[("count", &more.to_string())]);
            let quiet = Type::new(LETTERS, palette::QUIET);
            canvas.text(&more, (4, sheet.bottom - row / 2), quiet)?;
        }
        Ok(())
    })
}

/// What the chart shows, with the share of the whole centre and its number of ratings, and what is grey
/// where something is.
pub fn groups_caption(figures: &Figures, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let total = numbers.count(figures.ratings.total);
    let caption = texts.with("chart-groups", &[("total", &total)]);
    let Some(share) = figures.ratings.satisfied.share else { return caption };
    let line = texts.with("chart-groups-line", &[("share", &numbers.percent(share))]);
    let few = figures.departments.iter().take(SHOWN).any(|group| !group.is_ranked());
    let few = few.then(|| texts.with("chart-groups-few", &[("from", &RANKED_FROM.to_string())]));
    [caption, line].into_iter().chain(few).collect::<Vec<_>>().join(". ")
}

/// The interval of a group's share.
fn ends(group: &Group) -> Option<(f64, f64)> {
    group.ratings.satisfied.low.zip(group.ratings.satisfied.high)
}

/// Height of a row in pixels: a share of the height that is wished for, within what reads well.
/// `second` is what the second line of a name needs.
fn row_height(size: Size, rows: i32, second: i32) -> i32 {
    if size.is_narrow() {
        return NARROW_ROW + second;
    }
    let height = i32::try_from(size.bounded().1).unwrap_or(0);
    ((height - HEAD - FOOT) / rows.max(1)).clamp(21 + second, 28 + second)
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

/// What is written of a group.
struct Label {
    /// Its name, in one line or two.
    name: Vec<String>,
    /// Its share, or that it has too few ratings for one.
    share: String,
    /// Its number of ratings.
    count: String,
}

impl Label {
    /// `ends`: how wide names are where they stand beside their rows, and where rows end.
    fn of(group: &Group, narrow: bool, ends: (i32, i32), texts: &Texts) -> Self {
        let numbers = Numbers::of(texts);
        let count = numbers.count(group.ratings.total);
        let share = match group.ratings.satisfied.share {
            Some(share) if group.is_ranked() => numbers.percent(share),
            _ => texts.with("chart-unranked", &[("from", &RANKED_FROM.to_string())]),
        };
        let room = if narrow {
            f64::from(ends.1) - about_width(&both(&share, &count), LETTERS) - 12.0
        } else {
            f64::from(ends.0)
        };
        Self { name: on_lines(&group.name, room.max(LETTERS)), share, count }
    }
}

/// Share and number of ratings where they stand together.
fn both(share: &str, count: &str) -> String {
    format!("{share} · {count}")
}

/// A name on one line where it has room, or else on two; only what two do not hold is cut.
fn on_lines(name: &str, room: f64) -> Vec<String> {
    if about_width(name, LETTERS) <= room {
        return vec![name.to_owned()];
    }
    match wrapped(name, LETTERS, room).as_slice() {
        [first, rest @ ..] if !rest.is_empty() => {
            vec![cut(first, LETTERS, room), cut(&rest.join(" "), LETTERS, room)]
        }
        _ => vec![cut(name, LETTERS, room)],
    }
}

/// Where the columns and rows lie in the picture.
struct Sheet<'t> {
    narrow: bool,
    /// From the top of a narrow row to its interval.
    line: i32,
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
            let line = top + self.line;
            canvas.line(vec![(x, line - 8), (x, line + 8)], colour, 1)?;
            top += self.row;
        }
        Ok(())
    }

    fn group(
        &self,
        canvas: &Canvas<'_>,
        group: &Group,
        label: &Label,
        top: i32,
    ) -> Result<(), ChartError> {
        let ranked = group.is_ranked();
        let words = if self.narrow { top + 12 } else { top + self.row / 2 };
        let line = if self.narrow { top + self.line } else { words };
        let quiet = Type::new(LETTERS, palette::QUIET).ending();
        let colour = if ranked { palette::TEXT } else { palette::QUIET };
        // Beside its row, a name of two lines has the row's middle between them.
        let two = !self.narrow && label.name.len() > 1;
        let mut middle = if two { words - NEXT_LINE / 2 } else { words };
        for name in &label.name {
            canvas.text(name, (4, middle), Type::new(LETTERS, colour))?;
            middle += NEXT_LINE;
        }
        if self.narrow {
            canvas.text(&both(&label.share, &label.count), (self.right, words), quiet)?;
        } else {
            let strong = if ranked { Type { colour, ..quiet.bold() } } else { quiet };
            canvas.text(&label.share, (self.right - COUNTS, words), strong)?;
            canvas.text(&label.count, (self.right, words), quiet)?;
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
