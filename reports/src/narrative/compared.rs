//! This period against the one before and against the same of the year before: the whole, and the
//! departments of which it can be told that they moved.

use super::{Writer, as_count, paragraphs};
use crate::content::Block;
use crate::document::Earlier;
use crate::figures::{Group, RANKED_FROM};
use crate::measures::{Comparison, Difference, compare, compare_many};
use crate::periods::{document_period_name, is_range};

/// Most departments that are named one by one.
const NAMED: usize = 5;

/// A group with how it lies to the earlier period.
type Moved<'f> = (&'f Group, Difference);

impl Writer<'_> {
    /// Nothing where there is nothing of this period to compare.
    pub fn compared(&self) -> Vec<Block> {
        if !self.has_share() {
            return Vec::new();
        }
        self.earlier
            .iter()
            .flat_map(|earlier| {
                let mut sentences = vec![self.against(earlier)];
                sentences.extend(self.more_or_less(earlier));
                sentences.extend(self.departments_against(earlier));
                paragraphs(&sentences)
            })
            .collect()
    }

    /// The satisfied share of all against that of an earlier period.
    fn against(&self, earlier: &Earlier) -> String {
        let before = self.before(earlier);
        let (numbers, ratings) = (self.numbers, &earlier.figures.ratings);
        let share = ratings.satisfied.share.map_or_else(String::new, |one| numbers.percent(one));
        let say = |key: &str, by: &Difference| {
            let (low, high) = (by.low.abs().min(by.high.abs()), by.low.abs().max(by.high.abs()));
            let [by, low, high] = [by.difference, low, high].map(|one| numbers.points(one));
            let places = [
                ("before", &*before),
                ("share", &share),
                ("by", &by),
                ("low", &low),
                ("high", &high),
            ];
            self.say(key, &places)
        };
        let places = [("before", &*before), ("from", &RANKED_FROM.to_string())];
        match compare(&self.figures.ratings, ratings) {
            Comparison::Nothing => self.say("report-before-none", &places),
            Comparison::Few => self.say("report-before-few", &places),
            Comparison::OtherWay => self.say("report-before-way", &places),
            Comparison::BothFull => self.say("report-before-full", &places),
            Comparison::Higher(by) => say("report-before-higher", &by),
            Comparison::Lower(by) => say("report-before-lower", &by),
            Comparison::Alike(by) => {
                let by = self.numbers.signed_points(by.difference);
                let places = [("before", &*before), ("share", &share), ("by", &by)];
                self.say("report-before-alike", &places)
            }
        }
    }

    /// How many more or fewer ratings there are; only of a period that is over, beside one with
    /// enough of them.
    fn more_or_less(&self, earlier: &Earlier) -> Option<String> {
        let (now, before) = (self.figures.ratings.total, earlier.figures.ratings.total);
        let over = self.figures.period.to < self.cut_off;
        if !over || before < RANKED_FROM || now == before {
            return None;
        }
        let key = if now > before { "report-before-more" } else { "report-before-less" };
        let share = self.numbers.ratio(now.abs_diff(before), before);
        let (name, count) = (self.before(earlier), self.numbers.prose(before));
        Some(self.say(key, &[("share", &share), ("before", &name), ("count", &count)]))
    }

    /// The departments that moved by more than chance although all are looked at.
    fn departments_against(&self, earlier: &Earlier) -> Vec<String> {
        if self.departments() < 2 {
            return Vec::new();
        }
        let (moved, compared) = moved(&self.figures.departments, &earlier.figures.departments);
        if compared == 0 {
            return Vec::new();
        }
        let before = self.before(earlier);
        let mut sentences = Vec::new();
        for (word, lower) in [("lower", true), ("higher", false)] {
            let mut of_it: Vec<&Moved<'_>> =
                moved.iter().filter(|(_, by)| (by.difference < 0.0) == lower).collect();
            of_it.sort_by(|a, b| b.1.difference.abs().total_cmp(&a.1.difference.abs()));
            if of_it.is_empty() {
                continue;
            }
            let item = |(group, by): &&Moved<'_>| {
                let share = group.ratings.satisfied.share.unwrap_or_default();
                let (by, share) = (self.numbers.points(by.difference), self.numbers.percent(share));
                let places = [("name", &*group.name), ("by", &by), ("share", &share)];
                self.say(&format!("report-before-item-{word}"), &places)
            };
            let mut list: Vec<String> = of_it.iter().take(NAMED).map(item).collect();
            if of_it.len() > NAMED {
                let more = as_count(of_it.len() - NAMED);
                list.push(self.counted("report-department-more", more));
            }
            let places = [("before", &*before), ("list", &list.join("; "))];
            sentences.push(self.say(&format!("report-before-departments-{word}"), &places));
        }
        if sentences.is_empty() {
            let places = [("before", &*before), ("count", &self.numbers.prose(as_count(compared)))];
            sentences.push(self.say("report-before-departments-none", &places));
        }
        sentences
    }

    /// What stands under the name of a department or an officer in its table: how it moved against
    /// the first of the earlier periods, where that is more than chance.
    pub(crate) fn movement_notes(
        &self,
        groups: &[Group],
        of: fn(&crate::figures::Figures) -> &Vec<Group>,
    ) -> Vec<(String, String)> {
        let Some(earlier) = self.earlier.first() else { return Vec::new() };
        let before = self.before(earlier);
        let note = |(group, by): &Moved<'_>| {
            let key = if by.difference < 0.0 { "report-note-lower" } else { "report-note-higher" };
            let by = self.numbers.points(by.difference);
            (group.code.clone(), self.say(key, &[("by", &by), ("before", &before)]))
        };
        moved(groups, of(&earlier.figures)).0.iter().map(note).collect()
    }

    /// The name of an earlier period in a sentence; some days need a word that holds them together.
    pub(super) fn before(&self, earlier: &Earlier) -> String {
        let period = &earlier.figures.period;
        if !is_range(period) || period.from == period.to {
            return document_period_name(period, self.texts);
        }
        let [from, to] = [period.from, period.to].map(|date| self.numbers.document_date(date));
        self.say("report-before-days", &[("from", &from), ("to", &to)])
    }
}

/// The groups that moved by more than chance, and how many could be compared. What is told together
/// is made of other departments in another period.
fn moved<'f>(now: &'f [Group], before: &[Group]) -> (Vec<Moved<'f>>, usize) {
    let pairs: Vec<_> = now
        .iter()
        .filter(|group| !group.is_pooled())
        .filter_map(|group| {
            let same = before.iter().find(|other| other.code == group.code)?;
            Some((group, &same.ratings))
        })
        .collect();
    let compared = compare_many(pairs.iter().map(|(group, before)| (&group.ratings, *before)));
    let told = |one: &Comparison| {
        matches!(
            one,
            Comparison::Higher(_)
                | Comparison::Lower(_)
                | Comparison::Alike(_)
                | Comparison::BothFull
        )
    };
    let number = compared.iter().filter(|one| told(one)).count();
    let clear = pairs.iter().zip(&compared).filter_map(|((group, _), one)| match one {
        Comparison::Higher(by) | Comparison::Lower(by) => Some((*group, *by)),
        _ => None,
    });
    (clear.collect(), number)
}
