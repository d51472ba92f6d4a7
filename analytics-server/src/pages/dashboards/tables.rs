//! Tables of departments, officers and counters: n, levels, share and its interval drawn on one
//! axis. Few ratings are shown but not ranked.

use super::view::Shown;
use crate::figure_lines::percent;
use crate::stats::groups::Dimension;
use locales::Texts;
use reports::charts::Shares;
use reports::figures::{Group, RANKED_FROM, Ratings};
use reports::numbers::Numbers;

/// Width of the interval's axis in pixels of its picture, with room for the ring at both ends.
const WIDTH: f64 = 160.0;
const MARGIN: f64 = 7.0;

/// Rows of a table beside others; the groups' own list has them all, page by page.
const MOST: usize = 30;

pub(in crate::pages) struct Table {
    pub heading: String,
    pub note: String,
    /// Title of the column of names.
    pub column: String,
    /// Whether the levels have columns.
    pub wide: bool,
    /// Whether the names of departments have a column.
    pub departments: bool,
    /// Whether intervals are drawn; otherwise they stand in words alone.
    pub drawn: bool,
    /// Both ends of the intervals' axis.
    pub axis: [String; 2],
    pub rows: Vec<Row>,
    /// Where the others are: address and text.
    pub more: Option<(String, String)>,
    pub method: Vec<String>,
}

pub(in crate::pages) struct Row {
    pub name: String,
    /// Where more of it is.
    pub link: Option<String>,
    pub department: String,
    pub total: String,
    /// Rất hài lòng, hài lòng, below.
    pub levels: [String; 3],
    pub share: String,
    pub ranked: bool,
    /// Why it is not ranked; nothing where it is.
    pub unranked: String,
    pub interval: Option<Interval>,
    /// The row of the whole centre.
    pub whole: bool,
}

/// An interval as it is drawn, in pixels of its picture.
pub(in crate::pages) struct Interval {
    pub from: String,
    pub to: String,
    /// The share, of groups that are ranked.
    pub dot: Option<String>,
    /// Its looks: grey where there is no ranking.
    pub class: &'static str,
    /// The same in words.
    pub text: String,
}

/// The table of a dimension, each name leading to its own page; the departments with the whole of
/// what is shown. Of many the first.
pub(super) fn table(shown: &Shown, dimension: Dimension, drawn: bool) -> Table {
    let (view, texts, numbers) = (shown.view, shown.view.texts, shown.numbers());
    let counted = dimension.groups(shown.figures).iter().filter(|group| group.ratings.total > 0);
    let counted: Vec<&Group> = counted.collect();
    let axis = axis(&counted);
    let row = |group: &&Group| Row {
        link: Some(view.group(dimension, &group.code)),
        ..Row::of_group(group, axis, texts)
    };
    let mut rows: Vec<Row> = counted.iter().take(MOST).map(row).collect();
    if dimension == Dimension::Departments && !rows.is_empty() {
        let name = texts.get("pages-centre");
        rows.push(Row::of(name, &shown.figures.ratings, true, axis, texts));
    }
    let low = numbers.percent_mark(axis.low);
    let mut method = shown.sentences(&["report-method-2", "report-method-3"]);
    method.extend(drawn.then(|| texts.with("pages-method-axis", &[("low", &low)])));
    let more = || {
        let count = numbers.count(counted.len() as u64);
        (view.list(dimension, ""), texts.with("pages-more-rows", &[("count", &count)]))
    };
    Table {
        heading: texts.get(&format!("pages-{}", dimension.word())),
        note: texts.with("pages-ordered", &[("from", &RANKED_FROM.to_string())]),
        column: texts.get(&format!("pages-column-{}", dimension.field())),
        wide: dimension != Dimension::Counters,
        departments: dimension == Dimension::Officers,
        drawn,
        axis: [low, numbers.percent_mark(1.0)],
        rows,
        more: (counted.len() > MOST).then(more),
        method,
    }
}

/// The axis of the intervals: by the groups that are ranked, or by all where none is.
pub(super) fn axis(groups: &[&Group]) -> Shares {
    let lowest = |group: &&Group| group.ratings.satisfied.low;
    let ranked = groups.iter().filter(|group| group.is_ranked());
    let ranked: Vec<f64> = ranked.filter_map(lowest).collect();
    if ranked.is_empty() {
        Shares::showing(groups.iter().filter_map(lowest))
    } else {
        Shares::showing(ranked)
    }
}

impl Row {
    /// The row of a group.
    pub(super) fn of_group(group: &Group, axis: Shares, texts: &Texts) -> Self {
        Self {
            department: group.department.clone().unwrap_or_default(),
            ..Self::of(group.name.clone(), &group.ratings, false, axis, texts)
        }
    }

    /// The row of some ratings. The whole always looks like one that is ranked.
    pub(super) fn of(
        name: String,
        ratings: &Ratings,
        whole: bool,
        axis: Shares,
        texts: &Texts,
    ) -> Self {
        let numbers = Numbers::of(texts);
        let of = ratings.satisfied;
        let ranked = whole || ratings.total >= RANKED_FROM;
        let unranked = || texts.with("pages-unranked", &[("from", &RANKED_FROM.to_string())]);
        let place =
            |share: f64| format!("{:.1}", MARGIN + axis.place(share) * (WIDTH - 2.0 * MARGIN));
        let interval = of.low.zip(of.high).map(|(low, high)| Interval {
            from: place(low),
            to: place(high),
            dot: of.share.filter(|_| ranked).map(place),
            class: if ranked { "interval" } else { "interval unranked" },
            text: numbers.interval(low, high),
        });
        let levels = ratings.levels;
        Self {
            name,
            link: None,
            department: String::new(),
            total: numbers.count(ratings.total),
            levels: [levels.very_satisfied, levels.satisfied, below(ratings)]
                .map(|count| numbers.count(count)),
            share: percent(of.share, texts),
            ranked,
            unranked: if ranked { String::new() } else { unranked() },
            interval,
            whole,
        }
    }
}

/// All levels below satisfied.
pub(super) fn below(ratings: &Ratings) -> u64 {
    let of = ratings.levels;
    of.neutral + of.dissatisfied + of.very_dissatisfied
}
