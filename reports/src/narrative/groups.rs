//! Which departments and how many officers stand out. Nobody's name stands in the report itself.

use super::{Writer, as_count, paragraph};
use crate::content::Block;
use crate::figures::{Group, RANKED_FROM};
use crate::measures::differ_from_the_rest;

/// Most departments that are named one by one.
const NAMED: usize = 5;

/// Fewest ratings below satisfied of which it is said that they are about few officers.
const CONCENTRATED_FROM: u64 = 10;

/// Most officers that are few.
const FEW_OFFICERS: usize = 3;

/// The officers whom most of the ratings below satisfied are about.
pub(super) struct Concentration<'f> {
    pub officers: Vec<&'f Group>,
    /// Their ratings below satisfied.
    pub of: u64,
    /// All ratings below satisfied.
    pub below: u64,
}

impl Writer<'_> {
    pub(super) fn groups_heading(&self) -> &'static str {
        match (self.departments() > 1, self.published) {
            (true, false) => "report-heading-groups",
            (false, false) => "report-heading-officers",
            (_, true) => "report-heading-departments",
        }
    }

    pub(super) fn groups(&self) -> Vec<Block> {
        if self.figures.ratings.total == 0 || self.is_whole_withheld() {
            return Vec::new();
        }
        let mut blocks = Vec::new();
        match self.departments() {
            0 if self.published => {}
            0 => blocks.push(paragraph(&[self.texts.get("report-none-departments")])),
            1 => {}
            _ => blocks.push(paragraph(&[self.departments_sentence()])),
        }
        if !self.published {
            blocks.push(paragraph(&self.officers()));
        }
        blocks
    }

    /// The departments that are told apart. How many there are beside them is not told outside.
    fn departments_sentence(&self) -> String {
        let rated = self.figures.departments.iter().filter(|one| one.ratings.total > 0);
        let (pooled, rated): (Vec<&Group>, Vec<&Group>) = rated.partition(|one| one.is_pooled());
        let is_full = |one: &&&Group| one.ratings.satisfied.count == one.ratings.total;
        let full = rated.iter().filter(is_full).count();
        let few = rated.iter().filter(|one| !one.is_ranked()).count();
        let mut parts = Vec::new();
        if full > 0 {
            parts.push(self.counted("report-departments-full", as_count(full)));
        }
        let lower = self.lower_departments();
        let key = match lower.len() {
            0 => "report-departments-lower-none",
            1 => "report-departments-lower-one",
            _ => "report-departments-lower",
        };
        let item = |one: &&Group| {
            let share = one.ratings.satisfied.share.unwrap_or_default();
            let (share, total) =
                (self.numbers.percent(share), self.numbers.prose(one.ratings.total));
            let places = [("name", &*one.name), ("share", &share), ("total", &total)];
            self.say("report-department-item", &places)
        };
        let mut list: Vec<String> = lower.iter().take(NAMED).map(item).collect();
        if lower.len() > NAMED {
            list.push(self.counted("report-department-more", as_count(lower.len() - NAMED)));
        }
        let number = self.numbers.prose(as_count(lower.len()));
        parts.push(self.say(key, &[("count", &number), ("list", &list.join(", "))]));
        if few > 0 {
            parts.push(self.counted("report-departments-few", as_count(few)));
        }
        let count = self.numbers.prose(as_count(rated.len()));
        let places = [("count", &*count), ("annex", &self.annex()), ("parts", &parts.join("; "))];
        let Some(pooled) = pooled.first() else { return self.say("report-departments", &places) };
        let others = [("total", &*self.numbers.prose(pooled.ratings.total))];
        let sentences = [
            self.say("report-departments-published", &places),
            self.say("report-departments-pooled", &others),
        ];
        sentences.join(" ")
    }

    /// The departments whose share is clearly below that of all others together, lowest first.
    pub(super) fn lower_departments(&self) -> Vec<&Group> {
        let mut lower = below_the_rest(&self.figures.departments);
        lower.retain(|one| !one.is_pooled());
        lower
    }

    fn officers(&self) -> Vec<String> {
        let rated = self.figures.officers.iter().filter(|one| one.ratings.total > 0).count();
        if rated == 0 {
            return vec![self.texts.get("report-none-officers")];
        }
        let one = self.departments() == 1;
        let key = if one { "report-officers-one-department" } else { "report-officers" };
        let mut sentences = vec![self.counted(key, as_count(rated))];
        let lower = below_the_rest(&self.figures.officers).len();
        if lower > 0 {
            sentences.push(self.counted("report-officers-lower", as_count(lower)));
        }
        sentences.extend(self.concentration_sentence());
        sentences.push(if self.names_officers() {
            let annex = self.texts.get("report-annex-2-in-text");
            self.say("report-officers-annex", &[("annex", &annex)])
        } else {
            self.texts.get("report-officers-apart")
        });
        sentences
    }

    fn concentration_sentence(&self) -> Option<String> {
        let rated = self.figures.officers.iter().filter(|one| one.ratings.total > 0).count();
        if self.below() < CONCENTRATED_FROM || rated <= FEW_OFFICERS {
            return None;
        }
        let Some(found) = self.concentration() else {
            return Some(self.texts.get("report-concentrated-none"));
        };
        let (numbers, part) = (self.numbers, self.part(&found));
        let mut names: Vec<&str> = Vec::new();
        for name in found.officers.iter().filter_map(|one| one.department.as_deref()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let told = self.departments() > 1 && !names.is_empty();
        let key = if told { "report-concentrated-departments" } else { "report-concentrated" };
        let (of, below) = (numbers.prose(found.of), numbers.prose(found.below));
        let count = numbers.prose(as_count(found.officers.len()));
        let names = names.join(", ");
        let places = [
            ("part", &*part),
            ("of", &of),
            ("below", &below),
            ("count", &count),
            ("departments", &names),
        ];
        Some(self.say(key, &places))
    }

    /// How many of the ratings below satisfied are about few officers, in words or in percent.
    pub(super) fn part(&self, found: &Concentration<'_>) -> String {
        if found.of == found.below {
            return self.texts.get("report-concentrated-all");
        }
        self.numbers.ratio(found.of, found.below)
    }

    /// The officers, three at most, whom half or more of the ratings below satisfied are about,
    /// although they have less than half as large a part of all ratings. After that half, one more is
    /// named who has at least a tenth of them, or with whom nobody else is left. None where there are
    /// no more than three officers anyhow.
    pub(super) fn concentration(&self) -> Option<Concentration<'_>> {
        let below = self.below();
        let all = &self.figures.officers;
        let rated = all.iter().filter(|one| one.ratings.total > 0).count();
        if below < CONCENTRATED_FROM || rated <= FEW_OFFICERS {
            return None;
        }
        let own = |one: &Group| one.ratings.total.saturating_sub(one.ratings.satisfied.count);
        let mut officers: Vec<&Group> = all.iter().filter(|one| own(one) > 0).collect();
        officers.sort_by_key(|one| std::cmp::Reverse(own(one)));
        let no_others = officers.len() <= FEW_OFFICERS;
        let mut found = Concentration { officers: Vec::new(), of: 0, below };
        for officer in officers.into_iter().take(FEW_OFFICERS) {
            if found.of * 2 >= below && own(officer) * 10 < below && !no_others {
                break;
            }
            found.of += own(officer);
            found.officers.push(officer);
        }
        let rated: u64 = found.officers.iter().map(|one| one.ratings.total).sum();
        let (of_below, of_all) = (
            found.of as f64 / below as f64,
            rated as f64 / self.figures.ratings.total.max(1) as f64,
        );
        (of_below >= 0.5 && of_below >= 2.0 * of_all).then_some(found)
    }

    /// Ratings below satisfied.
    fn below(&self) -> u64 {
        self.figures.ratings.total.saturating_sub(self.figures.ratings.satisfied.count)
    }
}

/// The groups with a share clearly below that of all others together, lowest first.
pub(crate) fn below_the_rest(groups: &[Group]) -> Vec<&Group> {
    let counts: Vec<(u64, u64)> =
        groups.iter().map(|one| (one.ratings.satisfied.count, one.ratings.total)).collect();
    let whole = counts.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let apart = differ_from_the_rest(&counts, whole);
    let is_below = |by: &Option<crate::measures::Difference>| by.is_some_and(|by| by.high < 0.0);
    let below = groups.iter().zip(&apart).filter(|(_, by)| is_below(by));
    let mut below: Vec<&Group> = below.map(|(group, _)| group).collect();
    let share = |group: &Group| group.ratings.satisfied.share.unwrap_or(1.0);
    below.sort_by(|a, b| share(a).total_cmp(&share(b)));
    debug_assert!(below.iter().all(|one| one.ratings.total >= RANKED_FROM));
    below
}
