//! How the satisfied share moved within the period.

use super::{Writer, as_count, paragraph};
use crate::charts::step_word;
use crate::content::Block;
use crate::measures::{Bucket, ENOUGH, Step};
use crate::periods::month_name;

/// Most points outside the limits that are named one by one.
const NAMED: usize = 6;

impl Writer<'_> {
    /// The course in words; nothing where there are no days at all, as in figures that were put
    /// together for readers outside.
    pub(super) fn course(&self) -> Vec<Block> {
        let days = self.figures.days.iter().filter(|day| day.total > 0).count();
        if days == 0 || self.figures.ratings.total == 0 || self.is_whole_withheld() {
            return Vec::new();
        }
        let (trend, from) = (self.trend, ENOUGH.to_string());
        if trend.buckets.is_empty() {
            return vec![paragraph(&[self.say("report-trend-few", &[("from", &from)])])];
        }
        let step = step_word(trend.step);
        let days = self.numbers.prose(as_count(days));
        let places = [("days", &*days), ("annex", &self.annex())];
        let mut sentences = vec![self.say(&format!("report-trend-{step}"), &places)];
        if trend.joined > 0 {
            let count = self.numbers.prose(as_count(trend.joined));
            let places = [("count", &*count), ("from", &from)];
            sentences.push(self.say(&format!("report-trend-joined-{step}"), &places));
        }
        sentences.push(self.outside());
        vec![paragraph(&sentences)]
    }

    /// Which points lie outside the limits, or that none does. What lies inside is not called chance:
    /// it may have a cause, too.
    pub(crate) fn outside(&self) -> String {
        let outside: Vec<_> = self.trend.outside().collect();
        let points = self.numbers.prose(as_count(self.trend.buckets.len()));
        let unit = self.unit(&self.trend.buckets);
        if outside.is_empty() {
            return self.say("report-trend-inside", &[("count", &points), ("unit", unit)]);
        }
        let mut list: Vec<String> = outside.iter().take(NAMED).map(|one| self.point(one)).collect();
        if outside.len() > NAMED {
            let more = self.numbers.prose(as_count(outside.len() - NAMED));
            list.push(self.say("report-trend-more", &[("count", &more), ("unit", unit)]));
        }
        let (count, list) = (self.numbers.prose(as_count(outside.len())), list.join("; "));
        let places = [("count", &*count), ("points", &points), ("list", &list), ("unit", unit)];
        self.say("report-trend-outside", &places)
    }

    /// What some points are called: days, weeks or months, and `joined` where one of them is several,
    /// for then their number is not that of days, weeks or months.
    pub(super) fn unit<'b>(&self, points: impl IntoIterator<Item = &'b Bucket>) -> &'static str {
        let joined = points.into_iter().any(Bucket::is_joined);
        if joined { "joined" } else { step_word(self.trend.step) }
    }

    fn point(&self, bucket: &Bucket) -> String {
        let key = if bucket.is_below() { "report-trend-below" } else { "report-trend-above" };
        let numbers = self.numbers;
        self.say(
            key,
            &[
                ("when", &self.when(bucket)),
                ("share", &numbers.percent(bucket.share)),
                ("total", &numbers.prose(bucket.total)),
                ("low", &numbers.percent(bucket.low)),
                ("high", &numbers.percent(bucket.high)),
            ],
        )
    }

    /// A day, a whole month, or from a day to another.
    pub(crate) fn when(&self, bucket: &Bucket) -> String {
        let numbers = self.numbers;
        let is_month = bucket.from.day() == 1 && bucket.to == bucket.from.last_of_month();
        if bucket.from == bucket.to {
            return self.say("report-when-day", &[("day", &numbers.document_date(bucket.from))]);
        }
        if self.trend.step == Step::Month && is_month {
            return month_name(bucket.from, self.texts);
        }
        let (from, to) = (numbers.document_date(bucket.from), numbers.document_date(bucket.to));
        self.say("report-when-days", &[("from", &from), ("to", &to)])
    }
}
