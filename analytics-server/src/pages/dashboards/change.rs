//! How groups moved against the period before, and what a leader is told of it in a sentence: who moved
//! most and who is lowest. Higher and lower is said only of what is more than chance although many are
//! looked at (`measures::compare_many`); the interval beside it is the usual one of 95 %.

use super::view::View;
use crate::export::figure_tables::FigureTable;
use crate::figure_lines::{NONE, percent};
use crate::pages::prelude::*;
use crate::stats::groups::{Dimension, GroupOrder};
use crate::table_files::Cell;
use reports::figures::{Figures, Group, RANKED_FROM, Ratings};
use reports::measures::{Comparison, Difference, compare_many, differ_from_the_rest, difference};
use reports::numbers::Numbers;
use reports::periods::period_name;
use std::collections::HashMap;

/// How each group of a list lies to the period before, by its code.
#[derive(Default)]
pub(super) struct Changes(HashMap<String, Change>);

struct Change {
    comparison: Comparison,
    /// The difference with its interval of 95 %; none where nothing can be compared.
    by: Option<Difference>,
}

/// A change as it is written.
#[derive(Default)]
pub(in crate::pages) struct ChangeCell {
    /// In percentage points with its sign; a dash where there is none.
    pub by: String,
    /// Its interval; nothing where there is none.
    pub interval: String,
    /// What to think of it, or why there is none.
    pub word: String,
    /// Its looks: `rise`, `fall` or nothing.
    pub class: &'static str,
}

/// A sentence about a group, with the way to it.
pub(in crate::pages) struct Headline {
    pub text: String,
    /// Address and text; none where no group is named.
    pub link: Option<(String, String)>,
}

/// Satisfied and all ratings.
fn counts(of: &Ratings) -> (u64, u64) {
    (of.satisfied.count, of.total)
}

/// A difference of shares as a number of percentage points for a file, as exact as it is shown.
fn points(share: f64) -> Cell {
    // Nothing is added to a negative zero, so that it has no sign.
    Cell::Decimal((share * 10_000.0).round() / 100.0 + 0.0, 2)
}

impl Changes {
    /// The groups of a dimension, now against before; none are known where there is no before.
    pub fn of(dimension: Dimension, now: &Figures, before: Option<&Figures>) -> Self {
        let Some(before) = before else { return Self::default() };
        let none = Ratings::default();
        let earlier = dimension.groups(before).iter().map(|one| (&*one.code, &one.ratings));
        let earlier: HashMap<&str, &Ratings> = earlier.collect();
        let groups = dimension.groups(now);
        let other = |one: &Group| earlier.get(&*one.code).copied().unwrap_or(&none);
        let others: Vec<&Ratings> = groups.iter().map(other).collect();
        let pairs = groups.iter().map(|one| &one.ratings).zip(others.iter().copied());
        let compared = compare_many(pairs);
        let change = |((group, other), comparison): ((&Group, &Ratings), Comparison)| {
            let by = match comparison {
                Comparison::Higher(_) | Comparison::Lower(_) | Comparison::Alike(_) => {
                    difference(counts(&group.ratings), counts(other))
                }
                _ => None,
            };
            (group.code.clone(), Change { comparison, by })
        };
        Self(groups.iter().zip(others).zip(compared).map(change).collect())
    }

    /// How far a group moved, −1 to 1; none where that is not known.
    pub fn difference(&self, group: &Group) -> Option<f64> {
        self.0.get(&group.code)?.by.map(|by| by.difference)
    }

    /// Puts the change of each group behind its row of a table of them.
    pub fn add_to(&self, table: &mut FigureTable, groups: &[&Group], texts: &Texts) {
        let columns = ["groups-column-change", "pages-table-change-low", "pages-table-change-high"];
        for (place, key) in columns.into_iter().enumerate() {
            let cell = |group: &&Group| {
                let by = self.0.get(&group.code).and_then(|one| one.by);
                by.map_or(Cell::Empty, |by| points([by.difference, by.low, by.high][place]))
            };
            table.add_column(texts.get(key), groups.iter().map(cell));
        }
        let word = |group: &&Group| Cell::Text(self.cell(group, texts).word);
        table.add_column(texts.get("pages-table-change-word"), groups.iter().map(word));
    }

    /// The change of a group as it is written.
    pub fn cell(&self, group: &Group, texts: &Texts) -> ChangeCell {
        let nothing = Comparison::Nothing;
        let known = self.0.get(&group.code);
        let by = known.and_then(|one| one.by);
        let (class, word) = match known.map_or(&nothing, |one| &one.comparison) {
            Comparison::Higher(_) => ("rise", texts.get("groups-change-higher")),
            Comparison::Lower(_) => ("fall", texts.get("groups-change-lower")),
            // The group's own page, where it is the only one, calls it higher or lower.
            Comparison::Alike(_) if by.is_some_and(|by| by.low > 0.0) => {
                ("", texts.get("groups-change-alone-higher"))
            }
            Comparison::Alike(_) if by.is_some_and(|by| by.high < 0.0) => {
                ("", texts.get("groups-change-alone-lower"))
            }
            Comparison::Alike(_) => ("", texts.get("groups-change-alike")),
            Comparison::BothFull => ("", texts.get("compare-full")),
            Comparison::Nothing => ("", texts.get("compare-nothing")),
            Comparison::Few => {
                ("", texts.with("groups-change-few", &[("from", &RANKED_FROM.to_string())]))
            }
            Comparison::OtherWay => ("", texts.get("groups-change-way")),
        };
        let Some(by) = by else {
            return ChangeCell { by: NONE.to_owned(), word, ..ChangeCell::default() };
        };
        let [by, low, high] =
            [by.difference, by.low, by.high].map(|one| Numbers::of(texts).signed_points(one));
        let interval = texts.with("groups-change-interval", &[("low", &low), ("high", &high)]);
        ChangeCell { by, interval, word, class }
    }
}

/// What is said above a list of groups: who moved most against the period before, and who is lowest
/// now. Nothing of a list of one.
pub(in crate::pages) fn headlines(
    view: &View,
    dimension: Dimension,
    now: &Figures,
    before: Option<&Figures>,
) -> Vec<Headline> {
    let changes = Changes::of(dimension, now, before);
    let moved = before.and_then(|before| moved(view, dimension, now, before, &changes));
    moved.into_iter().chain(lowest(view, dimension, now)).collect()
}

/// A sentence that names a group.
fn headline(view: &View, dimension: Dimension, group: &Group, text: String) -> Headline {
    let see = view.texts.with("groups-see", &[("name", &group.name)]);
    Headline { text, link: Some((view.group(dimension, &group.code), see)) }
}

/// The group that moved most, among those that moved by more than chance if there are any.
fn moved(
    view: &View,
    dimension: Dimension,
    now: &Figures,
    before: &Figures,
    changes: &Changes,
) -> Option<Headline> {
    let (texts, numbers) = (view.texts, Numbers::of(view.texts));
    let groups = dimension.groups(now);
    if groups.iter().filter(|one| one.ratings.total > 0).count() < 2 {
        return None;
    }
    let period = period_name(&before.period, texts);
    let known = groups.iter().filter_map(|group| {
        let change = changes.0.get(&group.code)?;
        Some((group, change.comparison.is_clear(), change.by?.difference))
    });
    let known: Vec<(&Group, bool, f64)> = known.collect();
    let clear = known.iter().any(|one| one.1);
    let of_it = known.iter().filter(|one| one.1 == clear);
    let most = of_it.max_by(|one, other| one.2.abs().total_cmp(&other.2.abs()));
    let Some((group, _, by)) = most else {
        // Where all were satisfied in both periods, nothing is wanting and nobody moved.
        let is_full = |change: &Change| matches!(change.comparison, Comparison::BothFull);
        if changes.0.values().any(is_full) {
            return None;
        }
        let is_empty = before.ratings.total == 0;
        let key = if is_empty { "groups-moved-nothing" } else { "groups-moved-none" };
        let text = texts.with(key, &[("before", &period)]);
        return Some(Headline { text, link: None });
    };
    let (key, by) = match (clear, *by < 0.0) {
        (true, true) => ("groups-moved-lower", numbers.points(*by)),
        (true, false) => ("groups-moved-higher", numbers.points(*by)),
        (false, _) => ("groups-moved-unclear", numbers.signed_points(*by)),
    };
    let share = percent(group.ratings.satisfied.share, texts);
    let places = [("before", &*period), ("name", &*group.name), ("by", &*by), ("share", &*share)];
    Some(headline(view, dimension, group, texts.with(key, &places)))
}

/// The ranked group with the lowest share, and whether it is lower than the rest by more than chance.
fn lowest(view: &View, dimension: Dimension, now: &Figures) -> Option<Headline> {
    let (texts, numbers) = (view.texts, Numbers::of(view.texts));
    let groups = dimension.groups(now);
    let ranked: Vec<&Group> = groups.iter().filter(|one| one.is_ranked()).collect();
    if ranked.len() < 2 {
        return None;
    }
    let order = |one: &&Group, other: &&Group| GroupOrder::Share.compare(one, other, |_| None);
    let group = ranked.into_iter().min_by(order)?;
    let (satisfied, total) = counts(&group.ratings);
    if satisfied == total {
        return Some(Headline { text: texts.get("groups-lowest-full"), link: None });
    }
    let all: Vec<(u64, u64)> = groups.iter().map(|one| counts(&one.ratings)).collect();
    let apart = differ_from_the_rest(&all, counts(&now.ratings));
    let is_lower = |by: Option<Difference>| by.is_some_and(|by| by.high < 0.0);
    let clear = groups.iter().zip(apart).any(|(one, by)| one.code == group.code && is_lower(by));
    let key = if clear { "groups-lowest-clear" } else { "groups-lowest-unclear" };
    let [satisfied, total] = [satisfied, total].map(|count| numbers.count(count));
    let share = percent(group.ratings.satisfied.share, texts);
    let places =
        [("name", &*group.name), ("share", &*share), ("count", &*satisfied), ("total", &*total)];
    Some(headline(view, dimension, group, texts.with(key, &places)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_points_that_the_page_shows() {
        for (share, number) in [(-0.105, "-10.50"), (0.012_34, "1.23"), (-0.000_01, "0.00")] {
            let Cell::Decimal(points, digits) = points(share) else { panic!("{share}") };
            assert_eq!(format!("{points:.*}", usize::from(digits)), number, "{share}");
        }
    }
}
