//! Who was asked, who answered, who left and who has done neither yet: the whole, by department,
//! counter and officer, and by the hour of the day. Only tablets ask, so ratings from files stand in
//! none of these numbers. Each row adds up.

use super::bar::Bar;
use super::cards::{Card, participation_line};
use super::query::FigureQuery;
use super::view::{Shown, View};
use crate::export::figure_tables;
use crate::figure_lines::{hour_name, interval, percent};
use crate::pages::prelude::*;
use crate::projections::visit::Unrated;
use crate::stats::groups::Dimension;
use crate::stats::measures::asked::AskedCounts;
use crate::stats::unrated::unrated_counts;
use reports::figures::{AskedHour, Figures, Group};
use reports::numbers::Numbers;

pub(super) const PATH: &str = "/answers";

/// Rows of a table; all of them stand in the lists.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "dashboards/answers.html")]
pub(in crate::pages) struct AnswersPage {
    pub layout: Layout,
    pub bar: Bar,
    pub facts: Vec<Card>,
    /// Why there is nothing to see.
    pub empty: Option<String>,
    pub tables: Vec<AskedTable>,
    pub method: Vec<String>,
}

pub(in crate::pages) struct AskedTable {
    pub heading: String,
    /// Title of the column of names.
    pub column: String,
    pub rows: Vec<AskedRow>,
    /// Where all of them are: address and text; none where all are here.
    pub all: Option<(String, String)>,
}

pub(in crate::pages) struct AskedRow {
    pub name: String,
    pub link: Option<String>,
    pub department: String,
    /// Asked, answered, abandoned, open.
    pub counts: [String; 4],
    pub rate: String,
    pub interval: String,
}

/// `GET /answers`.
pub(super) async fn show(context: Context, Query(query): Query<FigureQuery>) -> PageResult {
    let app = &context.app;
    let view = View::open(&context, &query, PATH, "").await?;
    let figures = app.figures(view.slice()).await?;
    if let Some(format) = &query.format {
        let title = context.text("groups-answers");
        return view.file(app, title, figure_tables::asked(&figures, view.texts), format);
    }
    let moments = app.moments(&view.period);
    let unrated = unrated_counts(&app.store, &view.narrow.filter, moments).await?;
    let page = AnswersPage::of(&context, &view, &figures, &unrated);
    Ok(answer(view.status(), page.render()))
}

impl AnswersPage {
    /// `unrated`: how many of those who did not answer said which reason.
    pub fn of(
        context: &Context,
        view: &View,
        figures: &Figures,
        unrated: &[(Unrated, u64)],
    ) -> Self {
        let shown = Shown::of(context, view, figures);
        let title = context.text("groups-answers");
        let nobody = figures.ratings.asked == 0;
        Self {
            layout: shown.layout(PATH, title.clone(), ""),
            bar: Bar::of(&shown, PATH, title, None),
            facts: if nobody { Vec::new() } else { facts(&shown, unrated) },
            empty: nobody.then(|| shown.nothing("groups-answers-none")),
            tables: if nobody { Vec::new() } else { breakdowns(&shown) },
            method: shown.sentences(&["groups-method-answers", "report-method-3"]),
        }
    }
}

/// The whole, each number with what it means.
fn facts(shown: &Shown, unrated: &[(Unrated, u64)]) -> Vec<Card> {
    let (figures, texts, numbers) = (shown.figures, shown.view.texts, shown.numbers());
    let counts = AskedCounts::from(&figures.ratings);
    let fact = |word: &str, number: String| {
        let what = vec![texts.get(&format!("groups-{word}-what"))];
        Card::new(texts.get(&format!("groups-{word}")), number, what)
    };
    let mut asked = fact("asked", numbers.count(counts.asked));
    if figures.ratings.by_source.imported > 0 {
        asked.lines.push(texts.get("pages-asked-some"));
    }
    let mut answered = fact("answered", numbers.count(counts.answered));
    // What was ruled out was answered all the same.
    let out = figures.ratings.ruled_out.tablet;
    if out > 0 {
        let count = numbers.count(out);
        let line = texts.with("groups-answered-ruled-out", &[("count", &count)]);
        answered.put(shown.visits("&source=tablet&state=ruled_out"), line);
    }
    let mut abandoned = fact("abandoned", numbers.count(counts.abandoned));
    abandoned.lines.extend(reasons(shown, unrated));
    let open = fact("open", numbers.count(counts.open));
    let mut rate = fact("rate", percent(counts.rate(), texts));
    let ends = interval(counts.interval(), texts);
    rate.lines.push(texts.with("pages-interval", &[("interval", &ends)]));
    rate.lines.extend(participation_line(figures, texts));
    vec![asked, answered, abandoned, open, rate]
}

/// How many did not answer for which reason; what nobody said is left out.
fn reasons(shown: &Shown, unrated: &[(Unrated, u64)]) -> Vec<String> {
    let said = unrated.iter().filter(|(_, count)| *count > 0);
    let line = |(why, count): &(Unrated, u64)| {
        let key = match why {
            Unrated::Declined => "groups-abandoned-declined",
            Unrated::OfficerDisputed => "groups-abandoned-disputed",
        };
        shown.view.texts.with(key, &[("count", &shown.numbers().count(*count))])
    };
    said.map(line).collect()
}

/// The breakdowns that have rows.
fn breakdowns(shown: &Shown) -> Vec<AskedTable> {
    let dimensions = [Dimension::Departments, Dimension::Counters, Dimension::Officers];
    let groups = dimensions.into_iter().map(|one| groups(one, shown));
    groups.chain([hours(shown)]).filter(|table| !table.rows.is_empty()).collect()
}

/// One breakdown: the most asked first.
fn groups(dimension: Dimension, shown: &Shown) -> AskedTable {
    let (view, texts) = (shown.view, shown.view.texts);
    let groups = dimension.asked(shown.figures);
    let row = |group: &&Group| AskedRow {
        link: Some(view.group(dimension, &group.code)),
        department: group.department.clone().unwrap_or_default(),
        ..row(group.name.clone(), AskedCounts::from(&group.ratings), texts)
    };
    AskedTable {
        heading: texts.get(&format!("pages-{}", dimension.word())),
        column: texts.get(&format!("groups-column-{}", dimension.word())),
        rows: groups.iter().take(ROWS).map(row).collect(),
        all: (groups.len() > ROWS)
            .then(|| (view.list(dimension, ""), texts.get("groups-answers-all"))),
    }
}

fn hours(shown: &Shown) -> AskedTable {
    let texts = shown.view.texts;
    let row = |one: &AskedHour| row(hour_name(one.hour, texts), AskedCounts::from(one), texts);
    AskedTable {
        heading: texts.get("groups-answers-hours"),
        column: texts.get("dashboards-column-hour"),
        rows: shown.figures.asked_by_hour.iter().map(row).collect(),
        all: None,
    }
}

fn row(name: String, of: AskedCounts, texts: &Texts) -> AskedRow {
    AskedRow {
        name,
        link: None,
        department: String::new(),
        counts: of.all().map(|count| Numbers::of(texts).count(count)),
        rate: percent(of.rate(), texts),
        interval: interval(of.interval(), texts),
    }
}
