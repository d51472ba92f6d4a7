//! What falls short in the period, and one task for each. Only what the figures say by rule; a cause
//! and praise are for who signs.

use super::groups::Concentration;
use super::{Writer, as_count};
use crate::content::Block;
use crate::figures::Group;
use crate::measures::{Bucket, Comparison, compare};

/// A participation rate below this is few, in parts of all people served.
const FEW_TAKE_PART: f64 = 0.3;

/// A shortcoming and what to do about it.
type Limit = (String, String);

impl Writer<'_> {
    pub(super) fn limits_and_tasks(&self) -> Vec<Block> {
        if self.figures.ratings.total == 0 {
            let mut blocks = vec![self.heading(1, "report-heading-limits")];
            blocks.push(Block::Item { text: self.texts.get("report-limit-none") });
            blocks.push(self.heading(1, "report-heading-tasks"));
            blocks.push(Block::Item { text: self.texts.get("report-task-participation") });
            return blocks;
        }
        let limits = self.limits();
        if limits.is_empty() || self.is_whole_withheld() {
            return Vec::new();
        }
        let (limits, tasks): (Vec<String>, Vec<String>) = limits.into_iter().unzip();
        let mut blocks = Vec::new();
        for (key, items) in [("report-heading-limits", limits), ("report-heading-tasks", tasks)] {
            blocks.push(self.heading(1, key));
            blocks.extend(items.into_iter().map(|text| Block::Item { text }));
        }
        blocks
    }

    fn limits(&self) -> Vec<Limit> {
        let found = [
            self.few_take_part(),
            self.fell(),
            self.bad_points(),
            self.low_departments(),
            self.concentration().map(|found| self.concentrated(&found)),
            self.few_ratings(),
        ];
        found.into_iter().flatten().collect()
    }

    fn limit(&self, word: &str, places: &[(&str, &str)]) -> Limit {
        let say = |kind: &str| self.say(&format!("report-{kind}-{word}"), places);
        (say("limit"), say("task"))
    }

    fn few_take_part(&self) -> Option<Limit> {
        let served = self.figures.served.filter(|served| *served > 0)?;
        let total = self.figures.ratings.total;
        let few = (total as f64) < FEW_TAKE_PART * served as f64;
        let share = self.numbers.ratio(total, served);
        few.then(|| self.limit("participation", &[("share", &share)]))
    }

    fn fell(&self) -> Option<Limit> {
        self.earlier.iter().find_map(|earlier| {
            let Comparison::Lower(by) = compare(&self.figures.ratings, &earlier.figures.ratings)
            else {
                return None;
            };
            let (before, by) = (self.before(earlier), self.numbers.points(by.difference));
            Some(self.limit("lower", &[("by", &by), ("before", &before)]))
        })
    }

    fn bad_points(&self) -> Option<Limit> {
        let below = || self.trend.buckets.iter().filter(|bucket: &&Bucket| bucket.is_below());
        let found = below().count();
        let (count, unit) = (self.numbers.prose(as_count(found)), self.unit(below()));
        (found > 0).then(|| self.limit("outside", &[("count", &count), ("unit", unit)]))
    }

    fn low_departments(&self) -> Option<Limit> {
        let names: Vec<&str> =
            self.lower_departments().into_iter().map(|one: &Group| &*one.name).collect();
        let list = names.join(", ");
        (!names.is_empty()).then(|| self.limit("departments", &[("list", &list)]))
    }

    fn concentrated(&self, found: &Concentration<'_>) -> Limit {
        let count = self.numbers.prose(as_count(found.officers.len()));
        self.limit("concentrated", &[("count", &count), ("part", &self.part(found))])
    }

    fn few_ratings(&self) -> Option<Limit> {
        if self.departments() < 2 {
            return None;
        }
        let is_few = |one: &&Group| one.ratings.total > 0 && !one.is_ranked() && !one.is_pooled();
        let few = self.figures.departments.iter().filter(is_few).count();
        let places = |word| {
            let (limit, task) = (format!("report-limit-{word}"), format!("report-task-{word}"));
            (self.counted(&limit, as_count(few)), self.counted(&task, as_count(few)))
        };
        (few > 0).then(|| places("few"))
    }
}
