//! Tables of departments, officers and counters: n, levels, share and its interval drawn on one
//! axis. Few ratings are shown but not ranked.

use super::dimension::Dimension;
use super::numbers::percent;
use super::view::View;
use locales::Texts;
use reports::charts::Shares;
use reports::figures::{Group, RANKED_FROM, Ratings};
use reports::numbers::Numbers;

/// Width of the interval's axis in pixels of its picture, with room for the ring at both ends.
const WIDTH: f64 = 160.0;
const MARGIN: f64 = 7.0;

/// Rows of a table beside others; the groups' own list has them all, page by page.
const MOST: usize = 60;

/// A table of groups.
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

/// One group.
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

/// Which columns a table has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Levels; a chart above may draw the intervals.
    Departments,
    /// Levels, the department and intervals.
    Officers,
    /// Only n, share and intervals.
    Counters,
}

impl Kind {
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Departments => ("pages-departments", "pages-column-department"),
            Self::Officers => ("pages-officers", "pages-column-officer"),
            Self::Counters => ("pages-counters", "pages-column-counter"),
        }
    }
}

impl Table {
    /// The same, with each name leading to its own page, and of many the first. `groups` are those
    /// it was made of.
    pub fn linked(mut self, dimension: Dimension, groups: &[Group], view: &View) -> Self {
        let rated = groups.iter().filter(|group| group.ratings.total > 0);
        for (row, group) in self.rows.iter_mut().zip(rated) {
            row.link = Some(dimension.address(&group.code, view));
        }
        let groups = self.rows.iter().filter(|row| !row.whole).count();
        if groups > MOST {
            let whole = self.rows.pop_if(|row| row.whole);
            self.rows.truncate(MOST);
            self.rows.extend(whole);
            let places = [("count", &*Numbers::of(view.texts).count(groups as u64))];
            let to = view.at(dimension.path(), "");
            self.more = Some((to, view.texts.with("pages-more-rows", &places)));
        }
        self
    }
}

/// The table of some groups; they may end with the whole of them.
pub(super) fn table(
    kind: Kind,
    groups: &[Group],
    whole: Option<&Ratings>,
    drawn: bool,
    texts: &Texts,
) -> Table {
    let numbers = Numbers::of(texts);
    let rated = || groups.iter().filter(|group| group.ratings.total > 0);
    let axis = axis(rated());
    let mut rows: Vec<Row> = rated()
        .map(|group| Row {
            name: group.name.clone(),
            department: group.department.clone().unwrap_or_default(),
            ..row(&group.ratings, false, axis, texts)
        })
        .collect();
    if let Some(whole) = whole.filter(|_| !rows.is_empty()) {
        let name = texts.get("pages-centre");
        rows.push(Row { name, ..row(whole, true, axis, texts) });
    }
    let (heading, column) = kind.names();
    let low = numbers.percent_mark(axis.low);
    let mut method = vec![texts.get("report-method-2"), texts.get("report-method-3")];
    if drawn {
        method.push(texts.with("pages-method-axis", &[("low", &low)]));
    }
    Table {
        heading: texts.get(heading),
        note: texts.with("pages-ordered", &[("from", &RANKED_FROM.to_string())]),
        column: texts.get(column),
        wide: kind != Kind::Counters,
        departments: kind == Kind::Officers,
        drawn,
        axis: [low, numbers.percent_mark(1.0)],
        rows,
        more: None,
        method,
    }
}

/// The axis of the intervals: by the groups that are ranked, or by all where none is.
pub(super) fn axis<'a>(groups: impl Iterator<Item = &'a Group> + Clone) -> Shares {
    let ranked = groups.clone().filter(|group| group.is_ranked());
    let lowest = |group: &Group| group.ratings.satisfied.low;
    let ranked: Vec<f64> = ranked.filter_map(lowest).collect();
    if ranked.is_empty() {
        Shares::showing(groups.filter_map(lowest))
    } else {
        Shares::showing(ranked)
    }
}

/// The figures of a row, without its name. The whole always looks like one that is ranked.
pub(super) fn row(ratings: &Ratings, whole: bool, axis: Shares, texts: &Texts) -> Row {
    let numbers = Numbers::of(texts);
    let of = ratings.satisfied;
    let ranked = whole || ratings.total >= RANKED_FROM;
    let unranked = texts.with("pages-unranked", &[("from", &RANKED_FROM.to_string())]);
    let place = |share: f64| format!("{:.1}", MARGIN + axis.place(share) * (WIDTH - 2.0 * MARGIN));
    let interval = of.low.zip(of.high).map(|(low, high)| Interval {
        from: place(low),
        to: place(high),
        dot: of.share.filter(|_| ranked).map(place),
        class: if ranked { "interval" } else { "interval unranked" },
        text: numbers.interval(low, high),
    });
    Row {
        name: String::new(),
        link: None,
        department: String::new(),
        total: numbers.count(ratings.total),
        levels: three(ratings).map(|count| numbers.count(count)),
        share: percent(of.share, texts),
        ranked,
        unranked: if ranked { String::new() } else { unranked },
        interval,
        whole,
    }
}

/// An officer's adjusted share.
pub(super) fn estimate(group: &Group, texts: &Texts) -> String {
    percent(group.estimate, texts)
}

/// Very satisfied, satisfied, and all levels below.
pub(super) fn three(ratings: &Ratings) -> [u64; 3] {
    let of = ratings.levels;
    [of.very_satisfied, of.satisfied, of.neutral + of.dissatisfied + of.very_dissatisfied]
}
