//! The annexes of the report: the figures as tables and charts with how they were counted, and, for
//! readers inside, the results of officers by name.

use crate::charts::{self, CHARTS};
use crate::content::{Annex, Block};
use crate::figures::{Group, PUBLISHED_FROM};
use crate::narrative::Writer;
use crate::tables;

/// Most groups that the description of a chart names.
const DESCRIBED: usize = 40;

impl Writer<'_> {
    /// All annexes; none where there is nothing to tell. `drawn` says of which charts there is a
    /// picture.
    pub fn annexes(&self, to: &str, drawn: [bool; 3]) -> Vec<Annex> {
        if self.figures.ratings.total == 0 || self.is_whole_withheld() {
            return Vec::new();
        }
        let two = self.names_officers();
        let label = if two { "report-annex-1" } else { "report-annex" };
        let mut annexes = vec![Annex {
            label: self.texts.get(label),
            title: self.texts.get("report-annex-figures"),
            to: to.to_owned(),
            blocks: self.figures_annex(drawn),
        }];
        if two {
            let note = Block::Note { text: self.texts.get("report-annex-officers-note") };
            annexes.push(Annex {
                label: self.texts.get("report-annex-2"),
                title: self.texts.get("report-annex-officers"),
                to: to.to_owned(),
                blocks: vec![note, Block::Table(tables::officers(self))],
            });
        }
        annexes
    }

    fn figures_annex(&self, [levels, trend, groups]: [bool; 3]) -> Vec<Block> {
        let (figures, texts) = (self.figures, self.texts);
        let mut blocks = vec![Block::Table(tables::levels(self))];
        let caption = charts::levels_caption(figures, texts);
        let alt = self.texts.with("report-alt-levels", &[("list", &self.levels_list().join("; "))]);
        blocks.push(self.chart(0, "report-chart-levels", &caption, alt, levels));
        if !self.trend.buckets.is_empty() {
            let caption = charts::trend_caption_of(self.trend, figures, texts);
            blocks.push(self.chart(1, "report-chart-trend", &caption, self.trend_alt(), trend));
        }
        if self.departments() > 1 {
            blocks.push(Block::Table(tables::departments(self)));
            if self.published {
                let from = PUBLISHED_FROM.to_string();
                let text = texts.with("report-published-note", &[("from", &from)]);
                blocks.push(Block::Note { text });
            }
            let caption = charts::groups_caption(figures, texts);
            blocks.push(self.chart(2, "report-chart-groups", &caption, self.groups_alt(), groups));
        }
        blocks.push(Block::Heading { level: 2, text: texts.get("report-heading-method") });
        let method = |nth| Block::Item { text: texts.get(&format!("report-method-{nth}")) };
        blocks.extend(self.methods().map(method));
        blocks
    }

    /// The sentences about how that was counted of which something is told.
    fn methods(&self) -> impl Iterator<Item = u8> {
        let figures = self.figures;
        let many = self.departments() > 1 || (!self.published && figures.officers.len() > 1);
        let told = [
            (1, true),
            (2, true),
            (3, true),
            (4, figures.ratings.asked > 0 || figures.served.is_some()),
            (5, !self.trend.buckets.is_empty()),
            (6, !self.compared().is_empty()),
            (7, many),
        ];
        told.into_iter().filter(|(_, told)| *told).map(|(nth, _)| nth)
    }

    /// A chart with its caption; in its place why there is none.
    fn chart(&self, nth: usize, key: &str, caption: &str, alt: String, drawn: bool) -> Block {
        let caption = self.texts.with(key, &[("caption", caption)]);
        if !drawn {
            let failed = self.texts.get("report-chart-failed");
            return Block::Note { text: format!("{caption}. {failed}") };
        }
        Block::Chart { file: CHARTS[nth], caption, alt }
    }

    /// The course in words: where it begins and ends, and what lies outside.
    fn trend_alt(&self) -> String {
        let shares = || self.trend.buckets.iter().map(|bucket| bucket.share);
        let lowest = self.numbers.percent(shares().fold(1.0, f64::min));
        let highest = self.numbers.percent(shares().fold(0.0, f64::max));
        let points = self.trend.buckets.len().to_string();
        let outside = self.outside();
        let places = [
            ("points", &*points),
            ("lowest", &lowest),
            ("highest", &highest),
            ("outside", &outside),
        ];
        self.texts.with("report-alt-trend", &places)
    }

    /// The shares of the departments in words.
    fn groups_alt(&self) -> String {
        let item = |group: &Group| {
            let share = group.ratings.satisfied.share.filter(|_| group.is_ranked());
            let share = share.map_or_else(|| "–".to_owned(), |share| self.numbers.percent(share));
            format!("{}: {share}", group.name)
        };
        let list: Vec<String> = self.figures.departments.iter().take(DESCRIBED).map(item).collect();
        self.texts.with("report-alt-groups", &[("list", &list.join("; "))])
    }
}
