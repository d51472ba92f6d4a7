//! Tables of departments, officers and counters: n, levels, share and its interval drawn on one
//! axis. Few ratings are shown but not ranked; counts below five are not told.

use super::address::{self, Seen};
use super::dashboards::groups::Noun;
use locales::Texts;
use reports::charts::Shares;
use reports::figures::{Group, RANKED_FROM, Ratings};
use reports::masks::{Share, told, told_whole};
use reports::numbers::Numbers;

/// Width of the interval's axis in pixels of its picture, with room for the ring at both ends.
const WIDTH: f64 = 160.0;
const MARGIN: f64 = 7.0;

/// Rows of a table beside others; the groups' own list has them all, page by page.
const MOST: usize = 60;

/// Where there is no figure.
const NONE: &str = "–";

/// A table of groups.
pub(super) struct Table {
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
pub(super) struct Row {
    pub name: String,
    /// Where more of it is.
    pub link: Option<String>,
    pub department: String,
    pub total: String,
    /// Rất hài lòng, hài lòng, below.
    pub levels: [String; 3],
    pub share: String,
    pub ranked: bool,
    pub interval: Option<Interval>,
    /// The row of the whole centre.
    pub whole: bool,
}

/// An interval as it is drawn, in pixels of its picture.
pub(super) struct Interval {
    pub from: String,
    pub to: String,
    /// The share, of groups that are ranked.
    pub dot: Option<String>,
    /// Its looks: grey where there is no ranking, thin where it is only a bound.
    pub class: &'static str,
    /// The same in words.
    pub text: String,
}

/// Which columns a table has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Levels; beside the whole house a chart above draws the intervals.
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
    pub fn linked(mut self, noun: Noun, groups: &[Group], seen: &Seen) -> Self {
        let rated = groups.iter().filter(|group| group.ratings.total > 0);
        for (row, group) in self.rows.iter_mut().zip(rated) {
            row.link = Some(noun.address(&group.code, seen));
        }
        let groups = self.rows.iter().filter(|row| !row.whole).count();
        if groups > MOST {
            let whole = self.rows.pop_if(|row| row.whole);
            self.rows.truncate(MOST);
            self.rows.extend(whole);
            let places = [("count", &*Numbers::of(seen.texts).count(groups as u64))];
            let to = address::at(noun.path(), &seen.period.name, &seen.narrow.query, seen.texts);
            self.more = Some((to, seen.texts.with("pages-more-rows", &places)));
        }
        self
    }
}

/// The table of some groups; they may end with the whole centre.
pub(super) fn table(kind: Kind, groups: &[Group], whole: Option<&Ratings>, texts: &Texts) -> Table {
    let numbers = Numbers::of(texts);
    let rated = || groups.iter().filter(|group| group.ratings.total > 0);
    // Of what is drawn: the exact end of an interval that is not told must not show on the axis.
    let lowest = |group: &Group| match told(&group.ratings)?.satisfied {
        Share::AtMost(share) => Some(share),
        share => share.ends().map(|(low, _)| low),
    };
    let ranked: Vec<f64> = rated().filter(|group| group.is_ranked()).filter_map(lowest).collect();
    let axis = if ranked.is_empty() {
        Shares::showing(rated().filter_map(lowest))
    } else {
        Shares::showing(ranked)
    };
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
    // Beside the whole house a chart draws the intervals of the departments.
    let drawn = kind != Kind::Departments || whole.is_none();
    if drawn {
        method.push(texts.with("pages-method-axis", &[("low", &low)]));
    }
    method.push(texts.get("pages-masks"));
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

/// The figures of a row, without its name.
pub(super) fn row(ratings: &Ratings, whole: bool, axis: Shares, texts: &Texts) -> Row {
    let numbers = Numbers::of(texts);
    let ranked = ratings.total >= RANKED_FROM;
    // The whole centre's share points at nobody; a group's might, and then only a bound is told.
    let told = if whole { told_whole(ratings) } else { told(ratings) };
    let levels = match told {
        Some(told) => told.levels.map(|cell| cell.written(numbers)),
        None => [NONE; 3].map(str::to_owned),
    };
    let satisfied = told.map_or(Share::Unknown, |told| told.satisfied);
    let share = satisfied
        .written(numbers)
        .filter(|_| ranked)
        .unwrap_or_else(|| texts.with("pages-unranked", &[("from", &RANKED_FROM.to_string())]));
    let place = |share: f64| format!("{:.1}", MARGIN + axis.place(share) * (WIDTH - 2.0 * MARGIN));
    let class = match (ranked, satisfied.is_bound()) {
        (true, false) => "interval",
        (true, true) => "interval bound",
        (false, false) => "interval unranked",
        (false, true) => "interval unranked bound",
    };
    let interval = satisfied.ends().map(|(low, high)| Interval {
        from: place(low),
        to: place(high),
        dot: satisfied.exact().filter(|_| ranked).map(place),
        class,
        text: satisfied.interval(numbers).unwrap_or_else(|| NONE.to_owned()),
    });
    Row {
        name: String::new(),
        link: None,
        department: String::new(),
        total: numbers.cell(ratings.total),
        levels,
        share,
        ranked,
        interval,
        whole,
    }
}
