//! The sentences of the satisfaction report. Each share stands with its n and its interval; what
//! is not known (who was asked and did not answer) is said instead of left out.

use crate::charts::{self, Step, Trend};
use crate::content::{Block, Section, Table};
use crate::figures::{Figures, RANKED_FROM};
use crate::numbers::Numbers;
use crate::tables;
use jiff::civil::Date;
use locales::Texts;

/// Most points outside the limits that are named one by one.
const NAMED: usize = 6;

/// The name of each chart's file.
pub(crate) const CHARTS: [&str; 3] = ["levels.svg", "trend.svg", "groups.svg"];

/// All sections, in order.
pub(crate) fn sections(figures: &Figures, trend: Option<&Trend>, texts: &Texts) -> Vec<Section> {
    let writer = Writer { figures, trend, texts, numbers: Numbers::of(texts) };
    vec![
        writer.overall(),
        writer.trend(),
        writer.departments(),
        writer.officers(),
        Section {
            heading: texts.get("report-heading-method"),
            blocks: (1..=5)
                .map(|nth| Block::Item { text: texts.get(&format!("report-method-{nth}")) })
                .collect(),
        },
    ]
}

struct Writer<'a> {
    figures: &'a Figures,
    /// What of the course may be told.
    trend: Option<&'a Trend>,
    texts: &'a Texts,
    numbers: Numbers<'a>,
}

impl Writer<'_> {
    fn overall(&self) -> Section {
        let (texts, figures) = (self.texts, self.figures);
        let mut blocks = Vec::new();
        if figures.ratings.total == 0 {
            blocks.push(paragraph(&[texts.get("report-none"), self.quarantined()]));
        } else {
            blocks.push(paragraph(&[self.total(), self.stages()]));
            blocks.extend(self.satisfied().map(|sentence| paragraph(&[sentence])));
            let mut sentences = vec![self.sources()];
            sentences.extend(self.scales());
            sentences.push(self.quarantined());
            blocks.push(paragraph(&sentences));
        }
        blocks.extend(self.response().map(|sentence| paragraph(&[sentence])));
        blocks.push(paragraph(&[texts.get("report-not-sipas")]));
        blocks.extend(self.noted(tables::levels(figures, texts)));
        let caption = charts::levels_caption(figures, texts);
        blocks.extend(self.chart(CHARTS[0], "report-chart-levels", &caption));
        Section { heading: texts.get("report-heading-overall"), blocks }
    }

    fn total(&self) -> String {
        let total = self.figures.ratings.total;
        let words = self.numbers.in_words(total).unwrap_or_default();
        let total = self.numbers.count(total);
        self.texts.with("report-total", &[("total", &total), ("words", &words)])
    }

    fn stages(&self) -> String {
        let stages = self.figures.ratings.by_stage;
        let key = if stages.unstated > 0 { "report-stages-unstated" } else { "report-stages" };
        let [receive, return_, unstated] =
            [stages.receive, stages.return_, stages.unstated].map(|count| self.numbers.cell(count));
        let places = [("receive", &*receive), ("return", &return_), ("unstated", &unstated)];
        self.texts.with(key, &places)
    }

    fn satisfied(&self) -> Option<String> {
        let satisfied = self.figures.ratings.satisfied;
        let numbers = self.numbers;
        Some(self.texts.with(
            "report-satisfied",
            &[
                ("count", &numbers.count(satisfied.count)),
                ("total", &numbers.count(self.figures.ratings.total)),
                ("share", &numbers.percent(satisfied.share?)),
                ("low", &numbers.percent(satisfied.low?)),
                ("high", &numbers.percent(satisfied.high?)),
            ],
        ))
    }

    fn sources(&self) -> String {
        let sources = self.figures.ratings.by_source;
        let key = match (sources.tablet, sources.imported) {
            (0, _) => "report-source-imported",
            (_, 0) => "report-source-tablet",
            _ => "report-source-both",
        };
        let [tablet, imported] =
            [sources.tablet, sources.imported].map(|count| self.numbers.count(count));
        self.texts.with(key, &[("tablet", &tablet), ("imported", &imported)])
    }

    /// Said only where some ratings were given on three levels: their shares weigh otherwise.
    fn scales(&self) -> Option<String> {
        let three = self.figures.ratings.by_scale.three;
        let written = self.numbers.cell(three);
        (three > 0).then(|| self.texts.with("report-scale-three", &[("three", &written)]))
    }

    fn quarantined(&self) -> String {
        match self.figures.quarantined {
            0 => self.texts.get("report-quarantined-none"),
            count => {
                let count = self.numbers.count(count);
                self.texts.with("report-quarantined", &[("count", &count)])
            }
        }
    }

    fn response(&self) -> Option<String> {
        let ratings = &self.figures.ratings;
        if ratings.asked == 0 {
            return (ratings.total > 0).then(|| self.texts.get("report-response-unknown"));
        }
        let answered = ratings.asked.saturating_sub(ratings.abandoned);
        let share = self.numbers.percent(answered as f64 / ratings.asked as f64);
        let [asked, answered, abandoned] =
            [ratings.asked, answered, ratings.abandoned].map(|count| self.numbers.count(count));
        let places = [
            ("asked", asked.as_str()),
            ("answered", &answered),
            ("abandoned", &abandoned),
            ("share", &share),
        ];
        Some(self.texts.with("report-response", &places))
    }

    fn trend(&self) -> Section {
        let (texts, figures) = (self.texts, self.figures);
        let mut blocks = Vec::new();
        let rated = figures.days.iter().any(|day| day.total > 0);
        if let Some(trend) = self.trend.filter(|_| rated) {
            let days = figures.days.iter().filter(|day| day.total > 0).count().to_string();
            let intro = texts.with(&by_step("report-trend", trend.step), &[("days", &days)]);
            let mut sentences = vec![intro, self.outside(trend)];
            if trend.left_out > 0 {
                let count = trend.left_out.to_string();
                sentences.push(texts.with("report-trend-left-out", &[("count", &count)]));
            }
            blocks.push(paragraph(&sentences));
            let caption = charts::trend_caption_of(trend, figures, texts);
            blocks.extend(self.chart(CHARTS[1], "report-chart-trend", &caption));
        } else {
            let why = if rated { "report-trend-withheld" } else { "report-none" };
            blocks.push(paragraph(&[texts.get(why)]));
        }
        Section { heading: texts.get("report-heading-trend"), blocks }
    }

    fn outside(&self, trend: &Trend) -> String {
        let outside: Vec<_> = trend.outside().collect();
        if outside.is_empty() {
            return self.texts.get("report-trend-inside");
        }
        let item = match trend.step {
            Step::Day => "report-trend-day-item",
            Step::Week => "report-trend-week-item",
        };
        let told = outside.iter().take(NAMED).map(|bucket| {
            self.texts.with(
                item,
                &[
                    ("day", &self.numbers.date(bucket.from)),
                    ("share", &self.numbers.percent(bucket.share)),
                    ("limits", &self.numbers.interval(bucket.low, bucket.high)),
                    ("total", &self.numbers.count(bucket.total)),
                ],
            )
        });
        let mut list = told.collect::<Vec<_>>().join("; ");
        if outside.len() > NAMED {
            list.push_str("; …");
        }
        let count = outside.len().to_string();
        let key = by_step("report-trend-outside", trend.step);
        self.texts.with(&key, &[("count", &count), ("list", &list)])
    }

    fn departments(&self) -> Section {
        let (texts, figures) = (self.texts, self.figures);
        let mut blocks = Vec::new();
        match tables::rated(&figures.departments).count() {
            0 => blocks.push(paragraph(&[texts.get("report-none-departments")])),
            count => {
                let sentence = texts.with("report-departments", &[("count", &count.to_string())]);
                blocks.push(paragraph(&[sentence]));
                blocks.extend(self.noted(tables::departments(figures, texts)));
            }
        }
        let caption = charts::groups_caption(figures, texts);
        blocks.extend(self.chart(CHARTS[2], "report-chart-groups", &caption));
        Section { heading: texts.get("report-heading-departments"), blocks }
    }

    fn officers(&self) -> Section {
        let (texts, figures) = (self.texts, self.figures);
        let mut blocks = Vec::new();
        match tables::rated(&figures.officers).count() {
            0 => blocks.push(paragraph(&[texts.get("report-none-officers")])),
            count => {
                let (count, from) = (count.to_string(), RANKED_FROM.to_string());
                let places = [("count", count.as_str()), ("from", &from)];
                blocks.push(paragraph(&[texts.with("report-officers", &places)]));
                blocks.extend(self.noted(tables::officers(figures, texts)));
            }
        }
        Section { heading: texts.get("report-heading-officers"), blocks }
    }

    /// A table, with the meaning of its signs where it has any.
    fn noted(&self, table: Table) -> Vec<Block> {
        let note = table.has_signs().then(|| Block::Note { text: self.texts.get("report-masks") });
        std::iter::once(Block::Table(table)).chain(note).collect()
    }

    /// A chart; none where there is nothing to draw.
    fn chart(&self, file: &'static str, key: &str, caption: &str) -> Option<Block> {
        let caption = self.texts.with(key, &[("caption", caption)]);
        (self.figures.ratings.total > 0).then_some(Block::Chart { file, caption })
    }
}

/// "(Từ ngày … đến ngày …; số liệu chốt ngày …)".
pub(crate) fn period_line(figures: &Figures, cut_off: Date, texts: &Texts) -> String {
    let numbers = Numbers::of(texts);
    let [from, to, cut_off] =
        [figures.period.from, figures.period.to, cut_off].map(|date| numbers.date(date));
    texts.with("report-period", &[("from", &from), ("to", &to), ("cut-off", &cut_off)])
}

fn paragraph(sentences: &[String]) -> Block {
    Block::Paragraph { text: sentences.join(" ") }
}

fn by_step(key: &str, step: Step) -> String {
    match step {
        Step::Day => format!("{key}-day"),
        Step::Week => format!("{key}-week"),
    }
}
