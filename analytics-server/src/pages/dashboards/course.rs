//! Groups over time, beside one another: the shares of the last periods of each, drawn on one axis and
//! as numbers that lead to their ratings.

use super::view::{Shown, View};
use crate::figure_lines::percent;
use crate::pages::prelude::*;
use crate::period::Span;
use crate::stats::groups::Dimension;
use crate::stats::slice::Slice;
use jiff::civil::{Date, date};
use reports::charts::Shares;
use reports::figures::{Group, RANKED_FROM, Ratings};
use reports::numbers::Numbers;
use reports::periods::QUARTERS;
use std::iter::successors;

/// Periods of a course, with the one that is shown.
const STEPS: usize = 6;

/// The picture of a course in its own pixels, with room for the dots at its edges.
const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 36.0;
const MARGIN: f64 = 6.0;

/// The groups of one period.
pub(in crate::pages) struct CoursePeriod {
    pub span: Span,
    pub groups: Vec<Group>,
}

/// The courses of the groups of a list.
pub(in crate::pages) struct Course {
    pub note: String,
    /// The periods, the earliest first.
    pub heads: Vec<String>,
    pub rows: Vec<CourseRow>,
}

pub(in crate::pages) struct CourseRow {
    pub name: String,
    pub link: String,
    /// The lines between dots that follow one another, as points of a picture.
    pub lines: Vec<String>,
    /// The dots, from left and from above.
    pub dots: Vec<(String, String)>,
    pub cells: Vec<CourseCell>,
}

#[derive(Default)]
pub(in crate::pages) struct CourseCell {
    /// A dash where there are no ratings.
    pub share: String,
    /// Nothing where there are none.
    pub total: String,
    /// Where its ratings are, for who may see them.
    pub link: Option<String>,
    /// Too few ratings to be ranked: it has no dot.
    pub few: bool,
}

/// The periods of a course that ends with a span, the earliest first: as long as the span, quarters
/// where it is longer than one.
fn spans(span: Span) -> Vec<Span> {
    let last = match span {
        Span::Half(year, half) => Span::Quarter(year, half * 2),
        Span::NineMonths(year) => Span::Quarter(year, 3),
        Span::Year(year) => Span::Quarter(year, 4),
        other => other,
    };
    let mut spans: Vec<Span> = successors(Some(last), |span| span.previous()).take(STEPS).collect();
    spans.reverse();
    spans
}

/// Counts the groups of a dimension in each period of the course that ends with what is shown.
pub(super) async fn load(
    app: &App,
    view: &View,
    dimension: Dimension,
) -> PageResult<Vec<CoursePeriod>> {
    let mut periods = Vec::new();
    for span in spans(view.span) {
        let filter = view.narrow.filter.clone();
        let figures = app.figures(Slice { period: span.under(view.policy), filter }).await?;
        periods.push(CoursePeriod { span, groups: dimension.groups(&figures).to_vec() });
    }
    Ok(periods)
}

/// A period as the head of a column.
fn head(span: Span, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let month = |year: i16, month: i8| numbers.month_short(date(year, month, 1));
    let days = |from: Date, to: Date| {
        if from == to {
            numbers.day(from)
        } else {
            format!("{}–{}", numbers.day(from), numbers.day(to))
        }
    };
    match span {
        Span::Month(year, of_year) => format!("{}/{year}", month(year, of_year)),
        Span::Quarter(year, quarter) => {
            let place = usize::try_from(quarter).unwrap_or(1).clamp(1, 4) - 1;
            let places = [("quarter", QUARTERS[place]), ("number", &quarter.to_string())];
            format!("{}/{year}", texts.with("pages-part-quarter", &places))
        }
        Span::Half(year, _) | Span::NineMonths(year) | Span::Year(year) => year.to_string(),
        Span::Days(from, to) => days(from, to),
    }
}

impl Course {
    /// The courses of the groups of a page of the list; none where it has no groups or there is nothing
    /// to lay beside one another.
    pub fn of(
        shown: &Shown,
        dimension: Dimension,
        groups: &[&Group],
        periods: &[CoursePeriod],
    ) -> Option<Self> {
        if groups.is_empty() || periods.len() < 2 {
            return None;
        }
        let narrow = || shown.view.narrow.clone();
        let views = periods.iter().map(|one| View::of_span(shown.context, one.span, narrow()));
        let views: Vec<View> = views.collect();
        let courses: Vec<Vec<Option<&Ratings>>> =
            groups.iter().map(|group| course(group, periods)).collect();
        let drawn = courses.iter().flatten().flatten().filter(|of| is_drawn(of));
        let axis = Shares::showing(drawn.filter_map(|of| of.satisfied.share));
        let texts = shown.view.texts;
        let row = |(group, course): (&&Group, &Vec<Option<&Ratings>>)| {
            let cell = |(view, of): (&View, Option<&Ratings>)| {
                let visits = view.visits_of(dimension, &group.code, "&state=counted");
                CourseCell::of(of, visits, shown)
            };
            let (lines, dots) = picture(course, axis);
            CourseRow {
                name: group.name.clone(),
                link: shown.view.group(dimension, &group.code),
                lines,
                dots,
                cells: views.iter().zip(course.iter().copied()).map(cell).collect(),
            }
        };
        let low = shown.numbers().percent_mark(axis.low);
        let places = [("from", &*RANKED_FROM.to_string()), ("low", &*low)];
        Some(Self {
            note: texts.with("groups-course-note", &places),
            heads: periods.iter().map(|one| head(one.span, texts)).collect(),
            rows: groups.iter().zip(&courses).map(row).collect(),
        })
    }
}

/// The ratings of a group in each period; none where it had none.
fn course<'p>(group: &Group, periods: &'p [CoursePeriod]) -> Vec<Option<&'p Ratings>> {
    let of = |period: &'p CoursePeriod| {
        let same = period.groups.iter().find(|one| one.code == group.code);
        same.map(|one| &one.ratings).filter(|of| of.total > 0)
    };
    periods.iter().map(of).collect()
}

/// Whether a period has a dot: few ratings say little about a share.
fn is_drawn(of: &Ratings) -> bool {
    of.total >= RANKED_FROM
}

/// The lines and the dots of a course; a line ends where a period has no dot.
fn picture(course: &[Option<&Ratings>], axis: Shares) -> (Vec<String>, Vec<(String, String)>) {
    let step = (WIDTH - 2.0 * MARGIN) / (course.len().max(2) - 1) as f64;
    let place = |(nth, of): (usize, Option<&Ratings>)| {
        let share = of.filter(|of| is_drawn(of))?.satisfied.share?;
        let from_above = (1.0 - axis.place(share)) * (HEIGHT - 2.0 * MARGIN);
        let x = format!("{:.1}", MARGIN + nth as f64 * step);
        Some((x, format!("{:.1}", MARGIN + from_above)))
    };
    let places: Vec<Option<(String, String)>> =
        course.iter().copied().enumerate().map(place).collect();
    let line = |points: &[Option<(String, String)>]| {
        let points = points.iter().flatten().map(|(x, y)| format!("{x},{y}"));
        points.collect::<Vec<_>>().join(" ")
    };
    let pieces = places.split(Option::is_none).filter(|piece| piece.len() > 1);
    let lines = pieces.map(line).collect();
    (lines, places.into_iter().flatten().collect())
}

impl CourseCell {
    fn of(of: Option<&Ratings>, visits: String, shown: &Shown) -> Self {
        let texts = shown.view.texts;
        let Some(of) = of else {
            return Self { share: percent(None, texts), ..Self::default() };
        };
        Self {
            share: percent(of.satisfied.share, texts),
            total: shown.numbers().count(of.total),
            link: shown.context.viewer.may(Permission::Records).then_some(visits),
            few: !is_drawn(of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reports::measures::satisfied;

    #[test]
    fn a_course_has_periods_of_one_kind_and_ends_with_what_is_shown() {
        let text = |span: &str| {
            let made = spans(span.parse().unwrap());
            made.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text("2023-02"), "2022-09 2022-10 2022-11 2022-12 2023-01 2023-02");
        assert_eq!(text("2023-Q1"), "2021-Q4 2022-Q1 2022-Q2 2022-Q3 2022-Q4 2023-Q1");
        for longer in ["2023-H2", "2023"] {
            assert!(text(longer).ends_with("2023-Q3 2023-Q4"), "{longer}");
        }
        assert!(text("2023-9M").ends_with("2023-Q3") && text("2023-H1").ends_with("2023-Q2"));
        let weeks = text("2023-09-11..2023-09-17");
        assert!(weeks.starts_with("2023-08-07..2023-08-13 "), "{weeks}");
        assert_eq!(weeks.split(' ').count(), STEPS);
    }

    #[test]
    fn a_period_of_few_or_no_ratings_breaks_the_line() {
        let of = |count, total| Ratings {
            total,
            satisfied: satisfied(count, total),
            ..Ratings::default()
        };
        let all = [of(40, 40), of(30, 60), of(1, 5), of(90, 100), of(50, 50)];
        let mut course: Vec<Option<&Ratings>> = all.iter().map(Some).collect();
        course.push(None);
        let axis = Shares::showing([0.5]);
        let (lines, dots) = picture(&course, axis);
        assert_eq!(dots.len(), 4, "one has few ratings, one none");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].split(' ').count(), 2);
        assert_eq!((dots[0].1.as_str(), dots[0].0.as_str()), ("6.0", "6.0"), "100 % is above");
        let heights: Vec<f64> = dots.iter().map(|dot| dot.1.parse().unwrap()).collect();
        assert!(heights[1] > heights[2] && heights[2] > heights[3], "{heights:?}");
        assert!(heights.iter().all(|height| (0.0..=HEIGHT).contains(height)));
    }

    #[test]
    fn heads_are_short() {
        let texts = locales::texts("vi");
        let of = |span: &str| head(span.parse().unwrap(), texts);
        assert_eq!(of("2023-Q3"), "Quý III/2023");
        let september = Numbers::of(texts).month_short(date(2023, 9, 1));
        assert_eq!(of("2023-09"), format!("{september}/2023"));
        assert_eq!(of("2023-09-11..2023-09-17"), "11/9–17/9");
        assert_eq!(of("2023-09-11..2023-09-11"), "11/9");
    }
}
