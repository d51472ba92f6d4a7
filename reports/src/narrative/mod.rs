//! The sentences of the satisfaction report, in the order and wording of the official one. Each
//! share stands with its n and, once, its interval; higher and lower is said only of what is more
//! than chance. Few ratings are told as counts without shares. The rule of each sentence stands
//! beside it.

mod compared;
mod groups;
mod limits;
mod opening;
mod overall;
mod trend;

#[cfg(test)]
mod tests;

pub(crate) use groups::below_the_rest;
pub(crate) use opening::closing;

use crate::content::Block;
use crate::document::Earlier;
use crate::figures::{Figures, RANKED_FROM};
use crate::measures::Trend;
use crate::numbers::Numbers;
use jiff::civil::Date;
use locales::Texts;

/// What the sentences are made of.
pub(crate) struct Writer<'a> {
    pub figures: &'a Figures,
    pub trend: &'a Trend,
    /// The periods that this one is compared with.
    pub earlier: &'a [Earlier],
    /// Reasons in words, by their ids.
    pub reasons: &'a [(String, String)],
    /// The day up to which events had arrived.
    pub cut_off: Date,
    /// For readers outside: no names, and nothing of few.
    pub published: bool,
    /// Officers are told by name in an annex of their own.
    pub with_officers: bool,
    pub texts: &'a Texts,
    pub numbers: Numbers<'a>,
}

impl Writer<'_> {
    /// All that stands between the head and the signature.
    pub fn body(&self) -> Vec<Block> {
        let mut blocks = vec![paragraph(&[self.opening()])];
        blocks.push(self.heading(1, "report-heading-satisfaction"));
        let parts = [
            ("report-heading-overall", self.overall()),
            ("report-heading-before", self.compared()),
            ("report-heading-trend", self.course()),
            ("report-heading-reasons", self.named_reasons()),
            (self.groups_heading(), self.groups()),
            ("report-heading-data", self.about_the_figures()),
        ];
        let told = parts.into_iter().filter(|(_, blocks)| !blocks.is_empty());
        for ((key, part), nth) in told.zip(1..) {
            let text = self.texts.with(key, &[("nth", &nth.to_string())]);
            blocks.push(Block::Heading { level: 2, text });
            blocks.extend(part);
        }
        blocks.extend(self.limits_and_tasks());
        blocks
    }

    /// Whether there are enough ratings to tell a share of all.
    pub fn has_share(&self) -> bool {
        self.figures.ratings.total >= RANKED_FROM
    }

    /// The departments that have ratings.
    pub fn departments(&self) -> usize {
        self.figures.departments.iter().filter(|one| one.ratings.total > 0).count()
    }

    /// Whether there is the annex of officers.
    pub fn names_officers(&self) -> bool {
        let is_rated = self.figures.officers.iter().any(|officer| officer.ratings.total > 0);
        self.with_officers && !self.published && is_rated
    }

    /// The name of the first annex as a sentence calls it; one that is alone has no number.
    fn annex(&self) -> String {
        let two = self.names_officers();
        self.texts.get(if two { "report-annex-1-in-text" } else { "report-annex-in-text" })
    }

    fn heading(&self, level: u8, key: &str) -> Block {
        Block::Heading { level, text: self.texts.get(key) }
    }

    /// A sentence with its places filled.
    fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.texts.with(key, places)
    }

    /// A sentence about a number of ratings or other things.
    fn counted(&self, key: &str, count: u64) -> String {
        self.say(key, &[("count", &self.numbers.prose(count)), ("from", &RANKED_FROM.to_string())])
    }
}

/// A paragraph of sentences.
fn paragraph(sentences: &[String]) -> Block {
    Block::Paragraph { text: sentences.join(" ") }
}

/// A paragraph of the sentences that there are; none without any.
fn paragraphs(sentences: &[String]) -> Vec<Block> {
    if sentences.is_empty() { Vec::new() } else { vec![paragraph(sentences)] }
}

/// A number of things.
fn as_count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
